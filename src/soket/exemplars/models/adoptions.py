"""Who took an exemplar over, since when, and until when."""
from __future__ import annotations

from django.db import models

from soket.exemplars.models.exemplars import Exemplar
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit


class Adoption(LockedModel):
    """A unit applies the exemplar from a day on. `confirmed_on` and `stopped_on` repeat the rows of `AdoptionAct`."""

    id = models.UUIDField(primary_key=True)  # made with the form, so that sending twice is harmless
    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    dated = models.DateField()
    document = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    confirmed_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["dated", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exemplar", "unit"], condition=models.Q(stopped_on=None), name="exemplars_one_open_adoption"),
            models.CheckConstraint(condition=~models.Q(document="") | models.Q(file__isnull=False), name="exemplars_adoption_has_evidence"),
            models.CheckConstraint(condition=models.Q(stopped_on=None) | models.Q(stopped_on__gte=models.F("dated")), name="exemplars_adoption_range"),
        ]


class AdoptionAct(SealedModel):
    """The superior confirmed the adoption, or the unit stopped applying the exemplar."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10)
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "kind"], name="exemplars_adoption_act_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["confirmed", "stopped"]), name="exemplars_adoption_act_kind"),
            models.CheckConstraint(condition=~models.Q(kind="stopped") | ~models.Q(reason=""), name="exemplars_stop_has_reason"),
        ]
