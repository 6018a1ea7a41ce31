"""Exemplars, their figures, photographs and evidence, the states they went through, and what the public reads of them."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.exemplars.models.movements import Movement
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.reviews.models import Edition


class Field(models.TextChoices):
    """The four fields in which models are registered."""

    ECONOMY = "economy", _("Economy")
    CULTURE = "culture", _("Culture and society")
    DEFENCE = "defence", _("Defence and security")
    SYSTEM = "system", _("Political system")


class Holder(models.TextChoices):
    """Whose model it is. There is no third choice: a private citizen is never one."""

    COLLECTIVE = "collective", _("A collective of the unit")
    OFFICIAL = "official", _("An official of the unit, named by post")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed, waiting for recognition")
    RECOGNISED = "recognised", _("Recognised, not yet public")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Exemplar(LockedModel):
    """A model worth copying, as its unit writes it. `office` publishes it; `state` repeats the newest row of `Standing`. Its texts
    change in draft only; what the public reads is the sealed copy made when it was published."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    movement = models.ForeignKey(Movement, null=True, on_delete=models.PROTECT, related_name="exemplars")
    holder_kind = models.CharField(max_length=10, choices=Holder.choices)
    holder = models.CharField(max_length=200)  # the collective, or the post; never a private name
    field = models.CharField(max_length=10, choices=Field.choices)
    description = models.TextField()
    origin = models.TextField()
    since = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by_id = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(holder_kind__in=Holder.values) & ~models.Q(holder=""), name="exemplars_held_in_office"),
            models.CheckConstraint(condition=models.Q(field__in=Field.values), name="exemplars_exemplar_field"),
        ]


class Standing(SealedModel):
    """An act that moved the exemplar: drafted, proposed, recognised, returned, published, withdrawn, reopened."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="standings")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10)
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["exemplar", "number"], name="exemplars_standing_number"),
            models.CheckConstraint(
                condition=models.Q(act__in=["drafted", "proposed", "recognised", "returned", "published", "withdrawn", "reopened"]),
                name="exemplars_standing_act",
            ),
            models.CheckConstraint(
                condition=~models.Q(act__in=["returned", "withdrawn", "reopened"]) | ~models.Q(reason=""), name="exemplars_standing_reason"
            ),
        ]


_BOUND = models.Q(edition__isnull=False, value=None, citation="") & ~models.Q(code="")
_CITED = models.Q(edition=None, code="", value__isnull=False) & ~models.Q(citation="") & ~models.Q(measure="")


class Figure(LockedModel):
    """One side of a comparison: a figure of a frozen edition, or a whole number cited from outside the roll-up.

    `label` names what is compared and is the same on both sides; `period` says what the value stands for, as printed.
    """

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="figures")
    label = models.CharField(max_length=200)
    side = models.CharField(max_length=6)
    period = models.CharField(max_length=100)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, blank=True)
    value = models.BigIntegerField(null=True)
    measure = models.CharField(max_length=40, blank=True)
    precision = models.CharField(max_length=10, blank=True)
    citation = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exemplar", "label", "side"], name="exemplars_figure_side_once"),
            models.CheckConstraint(condition=models.Q(side__in=["before", "after"]), name="exemplars_figure_side"),
            models.CheckConstraint(condition=_BOUND | _CITED, name="exemplars_figure_bound_or_cited"),
            models.CheckConstraint(condition=models.Q(precision__in=["", "over", "nearly", "about"]), name="exemplars_figure_precision"),
        ]


class Photo(LockedModel):
    """A photograph with what every reader is owed: caption, credit, and words for those who do not see it, unless it only decorates."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=300)
    credit = models.CharField(max_length=200)
    alternative = models.CharField(max_length=500, blank=True)
    decorative = models.BooleanField(default=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exemplar", "file"], name="exemplars_photo_once"),
            models.CheckConstraint(condition=~models.Q(caption="") & ~models.Q(credit=""), name="exemplars_photo_caption_credit"),
            models.CheckConstraint(
                condition=models.Q(decorative=True, alternative="") | (models.Q(decorative=False) & ~models.Q(alternative="")),
                name="exemplars_photo_described",
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="exemplars_photo_size"),
        ]


class Evidence(LockedModel):
    """A document that proves the exemplar. `public` asks that its file be released when the exemplar is published."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    dated = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    public = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(number="") | models.Q(file__isnull=False), name="exemplars_evidence_shows"),
            models.CheckConstraint(condition=models.Q(public=False) | models.Q(file__isnull=False), name="exemplars_evidence_public_file"),
        ]


class Publication(SealedModel):
    """What the public reads: a finished copy, canonical JSON, of the exemplar as it was published."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    field = models.CharField(max_length=10)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["exemplar", "number"], name="exemplars_publication_number")]


class FigureFlag(SealedModel):
    """A newer edition was frozen after a published exemplar relied on a figure; `changed` says whether that figure's value changed."""

    exemplar = models.ForeignKey(Exemplar, on_delete=models.PROTECT, related_name="flags")
    cited = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    newer = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    changed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["exemplar", "cited", "code", "newer"], name="exemplars_flagged_once")]
