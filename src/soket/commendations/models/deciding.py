"""Decisions with their numbers, awards, handing over, and what happens when the ground moves."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.commendations.models.campaign import CampaignForm
from soket.commendations.models.nominating import Nomination
from soket.documents.models import Entry
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit


class Decision(SealedModel):
    """A decision of an issuer: it awards (a list), or cancels and takes back. `entry` is its number in the issuer's register;
    `body` the canonical JSON of the facts from which its paper is set."""

    id = models.UUIDField(primary_key=True)
    campaign_form = models.ForeignKey(CampaignForm, on_delete=models.PROTECT, related_name="decisions")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # award, cancel
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    dated = models.DateField()
    signer_post = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["-dated", "-at"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=["award", "cancel"]), name="commendations_decision_kind")]


class DecisionPaper(SealedModel):
    """A decision set as an official paper, kept as a file."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="papers")
    form = models.CharField(max_length=4)  # docx, pdf
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]


class AwardStage(models.TextChoices):
    GRANTED = "granted", _("Awarded")
    CANCELLED = "cancelled", _("Cancelled by decision")


class Award(LockedModel):
    """One line of a decision's list, with the words as they were decided. `money` is what the dated rules give: canonical JSON
    {dong, rule, citation, doubt}, dong null while no rule is known. The row is never deleted: a cancelled award stays in sight."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="award")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    place = models.PositiveIntegerField()  # in the list
    recipient = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    detail = models.CharField(max_length=400, blank=True)  # post and unit of a person, the unit above a collective
    achievement = models.CharField(max_length=300)
    gold = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")  # its number in the gold book
    money = models.TextField(default="{}")
    stage = models.CharField(max_length=10, choices=AwardStage.choices, default=AwardStage.GRANTED)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["decision", "place"], name="commendations_award_place")]


class Holding(LockedModel):
    """The achievement for which an award is held. Two that meet are refused by the database: one achievement, one form.

    [valid_from, valid_to) is the time of the achievement; `programme_key` is the programme's id, 0 for the review's programmes together.
    The row goes when the award is cancelled; the award stays.
    """

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="holding")
    recipient_key = models.CharField(max_length=200)
    programme_key = models.BigIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["recipient_key"], name="commendations_holder")]
        constraints = [models.CheckConstraint(condition=models.Q(valid_to__gt=models.F("valid_from")), name="commendations_holding_range")]


class NameApproval(SealedModel):
    """The name of an awardee may be read by the public. Without it the public list counts the award and keeps the name."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="approval")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class Handing(SealedModel):
    """The award was handed over: where, when, by which office, to whom. A row that `strikes` another says it was kept by mistake.
    `site` and `held_key` name the conference's site where it was done, if it was."""

    id = models.UUIDField(primary_key=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="handings")
    site = models.CharField(max_length=300)
    held_kind = models.CharField(max_length=40, blank=True)
    held_key = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    handed_by = models.CharField(max_length=300)
    received_by = models.CharField(max_length=300)
    strikes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="struck_by")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]


class GroundKind(models.TextChoices):
    FALSE_DECLARATION = "false_declaration", _("The achievement was declared falsely")
    FORGED_DOSSIER = "forged_dossier", _("The dossier was forged")
    IMPROPER_APPRAISAL = "improper_appraisal", _("It was appraised or awarded against the rules")
    STANDARDS_NOT_MET = "standards_not_met", _("It was found later that the standards of the period were not met")


class Cancellation(SealedModel):
    """A decision took the award back, on one of the four legal grounds (Law 06/2022/QH15, Article 93)."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="cancellation")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="cancellations")
    ground = models.CharField(max_length=20, choices=GroundKind.choices)
    finding = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground__in=["false_declaration", "forged_dossier", "improper_appraisal", "standards_not_met"]),
                name="commendations_legal_ground",
            )
        ]


class Recovery(SealedModel):
    """What was taken back after a cancellation: the object, or an amount in đồng."""

    cancellation = models.ForeignKey(Cancellation, on_delete=models.PROTECT, related_name="recoveries")
    what = models.CharField(max_length=10)  # object, money
    dong = models.BigIntegerField(null=True)
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what="object", dong=None) | models.Q(what="money", dong__gt=0), name="commendations_recovered_what"
            ),
            models.UniqueConstraint(fields=["cancellation"], condition=models.Q(what="object"), name="commendations_object_back_once"),
        ]


class GroundFlag(SealedModel):
    """A figure that the nomination rests on reads otherwise in a later edition; shown to every appraiser."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="flags")
    citation_flag = models.BigIntegerField()  # reviews.CitationFlag
    code = models.CharField(max_length=12)
    label = models.CharField(max_length=300)
    old_edition = models.PositiveSmallIntegerField()
    new_edition = models.PositiveSmallIntegerField()
    was = models.CharField(max_length=120)
    now = models.CharField(max_length=120)  # empty: the later edition does not hold it
    url = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "citation_flag"], name="commendations_flagged_once")]


class GroundVerdict(SealedModel):
    """What an appraiser makes of a moved figure: the ground still bears the award, or it does not."""

    flag = models.ForeignKey(GroundFlag, on_delete=models.PROTECT, related_name="verdicts")
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    bears = models.BooleanField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flag", "authority"], name="commendations_ground_judged_once")]
