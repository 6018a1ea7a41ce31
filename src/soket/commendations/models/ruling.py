"""Rules as dated, cited records: an administrator changes them without code, and what held on a day stays readable."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import LockedModel
from soket.organisations.models import Level, Line


class Rule(LockedModel):
    """A rule in force on [valid_from, valid_to). `value` is canonical JSON; `citation` names its source, `doubt` what is not certain."""

    key = models.CharField(max_length=60)  # clock.decide, council, council.<unit id>, money.bang_khen.ministry …
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    value = models.TextField()
    citation = models.CharField(max_length=400)
    doubt = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")), name="commendations_rule_range"),
            models.CheckConstraint(condition=~models.Q(citation=""), name="commendations_rule_cited"),
        ]


class FormKind(models.TextChoices):
    CERTIFICATE = "bang_khen", _("Certificate of Merit")
    LETTER = "giay_khen", _("Commendation Letter")
    MEDAL = "ky_niem_chuong", _("Commemorative Medal")


class Recipients(models.TextChoices):
    BOTH = "both", _("Collectives and persons")
    COLLECTIVE = "collective", _("Collectives")
    PERSON = "person", _("Persons")


class AwardForm(LockedModel):
    """A form of commendation that units of one line and level may give. `dossier` is a JSON list of paper kinds asked for."""

    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, choices=FormKind.choices)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    decided_by = models.CharField(max_length=200)  # as printed: Bộ trưởng Bộ Công an
    recipients = models.CharField(max_length=10, choices=Recipients.choices, default=Recipients.BOTH)
    symbol = models.CharField(max_length=30)  # of its decisions: QĐ-BCA
    family = models.CharField(max_length=10, default="state")  # layout of its papers
    money = models.CharField(max_length=60, blank=True)  # key of the rule that says what goes with it; empty: no rule is known
    dossier = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    citation = models.CharField(max_length=400)
    doubt = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["level", "line__order", "kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")), name="commendations_form_range"),
            models.CheckConstraint(condition=~models.Q(citation=""), name="commendations_form_cited"),
        ]


class HolidayYear(LockedModel):
    """A year whose days off are entered; a clock that runs into another year says that its calendar is not known."""

    year = models.PositiveSmallIntegerField(unique=True)
    citation = models.CharField(max_length=400)
    doubt = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Holiday(LockedModel):
    """A day that differs from the plain week: off, or (`working`) a Saturday or Sunday worked in exchange."""

    day = models.DateField(unique=True)
    year = models.ForeignKey(HolidayYear, on_delete=models.CASCADE, related_name="days")
    working = models.BooleanField(default=False)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["day"]
