"""Nominations: who is proposed for which form, on which grounds, by whose hands."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.commendations.models.campaign import CampaignForm, RecipientKind
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.programmes.models import Programme
from soket.reviews.models import Edition


class State(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Under appraisal")
    INCOMPLETE = "incomplete", _("To be completed")
    AGREED = "agreed", _("Appraised, before the council")
    CHOSEN = "chosen", _("Put forward for decision")
    RESERVE = "reserve", _("In reserve")
    DECIDED = "decided", _("Awarded")
    DECLINED = "declined", _("Not agreed")
    LEFT_OUT = "left_out", _("Not put forward")
    WITHDRAWN = "withdrawn", _("Withdrawn by who proposed")
    CANCELLED = "cancelled", _("Awarded, cancelled by decision")


class Nomination(LockedModel):
    """One recipient proposed for one form. A person stands here in office: name, post, unit and nothing else.

    `recipient_key` says who it is for finding the same again: "unit:ID", or "person:FOLDED NAME@UNIT" with "#n" behind it once a person
    has decided that two of one name are different. The achievement is that of `programme` (None: of the review's programmes together)
    over [achieved_from, achieved_to], both days included. `state` repeats the newest move.
    """

    id = models.UUIDField(primary_key=True)  # made with the form, so that sending twice is harmless
    campaign_form = models.ForeignKey(CampaignForm, on_delete=models.PROTECT, related_name="nominations")
    number = models.PositiveIntegerField()  # in the campaign, for life
    recipient = models.CharField(max_length=10, choices=RecipientKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominated")
    person_name = models.CharField(max_length=120, blank=True)
    person_post = models.CharField(max_length=200, blank=True)
    recipient_key = models.CharField(max_length=200)
    proposer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominations")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    achieved_from = models.DateField()
    achieved_to = models.DateField()
    brief = models.CharField(max_length=300)  # the achievement in one line, as lists and certificates print it
    source_kind = models.CharField(max_length=40, blank=True)  # what it was begun from, e.g. an exemplar
    source_id = models.CharField(max_length=64, blank=True)
    source_label = models.CharField(max_length=300, blank=True)
    source_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    rank = models.PositiveIntegerField(null=True)  # place after the council's vote within form and kind of recipient
    at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["recipient_key"], name="commendations_recipient")]
        constraints = [
            models.CheckConstraint(condition=models.Q(achieved_from__lte=models.F("achieved_to")), name="commendations_achieved_range"),
            models.CheckConstraint(
                condition=models.Q(recipient="collective", person_name="", person_post="") | (models.Q(recipient="person") & ~models.Q(person_name="")),
                name="commendations_person_named",
            ),
        ]


class Wording(SealedModel):
    """One saved text of the achievement; {{CODE-01}} in it is a bound figure. The newest number counts, older ones stay."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    summary = models.TextField()
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["nomination", "number"], name="commendations_wording_number")]


class GroundFigure(SealedModel):
    """A frozen figure that a wording rests on: the edition, its code, the SHA-256 of its entry, and what it read."""

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="figures")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    display = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["wording", "edition", "code"], name="commendations_figure_once")]


class Move(SealedModel):
    """A change of the nomination's state (see core.states), by whom, why. `payload` is canonical JSON."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000, blank=True)
    payload = models.TextField(default="{}")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["nomination", "number"], name="commendations_move_number")]


class Side(models.TextChoices):
    PROPOSE = "propose", _("Proposed")
    DECIDE = "decide", _("Decided")


class Hand(SealedModel):
    """A person had a hand in a nomination, on one side. One row a person and nomination: nobody proposes and decides the same award."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="hands")
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)
    side = models.CharField(max_length=8, choices=Side.choices)
    act = models.CharField(max_length=20)  # the first act on that side
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "by_id"], name="commendations_one_side")]


class Remark(SealedModel):
    """A remark on a nomination, read by everyone who sees it."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]


class Attachment(SealedModel):
    """A paper of the dossier: made here in the right layout, or the signed copy brought back. The newest of a kind counts."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20)  # proposal, achievement, minutes, other
    title = models.CharField(max_length=300)
    document = models.CharField(max_length=80, blank=True)  # number and symbol as issued
    dated = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["-pk"]


class Twin(SealedModel):
    """Another nomination, or an award held, that may be the same achievement; a person settles it, never the machine."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="twins")
    other = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="twinned")
    exact = models.BooleanField()  # the same recipient key; else names that look alike
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "other"], name="commendations_twin_once"),
            models.CheckConstraint(condition=~models.Q(nomination=models.F("other")), name="commendations_twin_of_another"),
        ]


class TwinVerdict(SealedModel):
    """What was decided: different achievements or persons, or the same, and then which nomination stands."""

    twin = models.OneToOneField(Twin, on_delete=models.PROTECT, related_name="verdict")
    same = models.BooleanField()
    stands = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(same=True, stands__isnull=False) | models.Q(same=False, stands=None), name="commendations_verdict_names_one"
            )
        ]
