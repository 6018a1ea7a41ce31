"""Appraisal by each authority, the council with its ballots, the posted list and objections to it."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.accounts.models import Person
from soket.commendations.models.campaign import Campaign, CampaignForm
from soket.commendations.models.nominating import Nomination
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit


class Appraisal(LockedModel):
    """An authority appraises a nomination: the issuer (`lead`), or a partner asked for its opinion (hiệp y). Its state and clock
    are worked out from its acts."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="appraisals")
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField()

    class Meta:
        ordering = ["-lead", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "authority"], name="commendations_appraised_once"),
            models.UniqueConstraint(fields=["nomination"], condition=models.Q(lead=True), name="commendations_one_lead"),
        ]


class AppraisalAct(SealedModel):
    """came (the dossier arrived), received (found full: the clock of the decision starts), asked (to be completed), completed, agreed,
    declined. `due_on` is the day that the act sets, by the rule whose citation stands in `rule`; `known` False: the calendar of that
    year is not entered, so the day may move."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    due_on = models.DateField(null=True)
    known = models.BooleanField(default=True)
    rule = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="commendations_appraisal_act"),
            models.CheckConstraint(condition=~models.Q(kind__in=["asked", "declined"]) | ~models.Q(reason=""), name="commendations_appraisal_reason"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["came", "received", "asked", "completed", "agreed", "declined"]), name="commendations_appraisal_kind"
            ),
        ]


class Council(LockedModel):
    """The emulation council of an authority for a campaign. `rules` is the canonical JSON of the rule that held when it was set up:
    quorum, threshold, secret, absent; with its citation."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="councils")
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    rules = models.TextField()
    rule_citation = models.CharField(max_length=400)
    rule_doubt = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "authority"], name="commendations_council_once")]


class MemberRole(models.TextChoices):
    CHAIR = "chair", _("Chair of the council")
    DEPUTY = "deputy", _("Deputy chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Secretary, with a vote")


class Member(LockedModel):
    """A person in office with a vote since a day. One who leaves keeps the row; one who comes back sits anew."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    post = models.CharField(max_length=200)  # as printed in the minutes
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["council", "person"], name="commendations_member_once")]


class Meeting(LockedModel):
    """A meeting of the council: planned → open (ballots are taken) → counted. `present` is a JSON list of member ids, set when it opens."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    secret = models.BooleanField()
    stage = models.CharField(max_length=10, default="planned")
    present = models.TextField(default="[]")
    opened_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="commendations_meeting_number"),
            models.CheckConstraint(condition=models.Q(stage__in=["planned", "preparing", "open", "counted"]), name="commendations_meeting_stage"),
        ]


class Question(LockedModel):
    """One nomination put to the vote. For a secret vote it has a key pair of its own: the public key stays, the private one
    (PEM) is wiped when the ballots are counted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveIntegerField()
    public_key = models.TextField(blank=True)
    private_key = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["meeting", "nomination"], name="commendations_question_once")]


class Recusal(SealedModel):
    """A member declared a conflict of interest and takes no part in the vote on this nomination."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="recusals")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "nomination"], name="commendations_recused_once")]


class Turnout(SealedModel):
    """A member took the ballot of a question, once. Says nothing of what was voted, and not when within the meeting."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="turnout")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="turnout")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="commendations_one_ballot")]


class Urn(LockedModel):
    """The secret ballots of a question in one row, sorted by their random tokens and written anew with each ballot, so that neither
    row order nor row age tells who came when. `ballots` is a canonical JSON list of {token, choice, signature}."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="urn")
    ballots = models.TextField(default="[]")


class OpenBallot(SealedModel):
    """A vote by show of names."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="open_ballots")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="open_ballots")
    choice = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "member"], name="commendations_open_ballot_once"),
            models.CheckConstraint(condition=models.Q(choice__in=["yes", "no", "blank"]), name="commendations_open_choice"),
        ]


class PaperCount(SealedModel):
    """What the tellers counted when a meeting voted on paper, as entered from their minutes, which are `file`; it counts once a second
    person has confirmed it. `body` is a canonical JSON list of {question, issued, yes, no, blank}. A newer entry replaces an older one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="paper_counts")
    number = models.PositiveIntegerField()
    body = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="commendations_paper_count_number")]


class Tally(SealedModel):
    """The count of a question: whole numbers, the sorted ballots it was made from and their SHA-256, so that it can be done again."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="tally")
    members = models.PositiveIntegerField()  # with a vote, those recused for this question taken off
    present = models.PositiveIntegerField()
    issued = models.PositiveIntegerField()  # ballots taken
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    base = models.PositiveIntegerField()  # what the threshold is measured against, by the council's rule on absent votes
    passed = models.BooleanField()
    ballots = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(yes__lte=models.F("issued"), issued__lte=models.F("members")), name="commendations_tally_adds_up")
        ]


class Posting(SealedModel):
    """The list of those put forward for a form was posted for objections until a day. `listed` is a JSON list of nomination ids."""

    campaign_form = models.ForeignKey(CampaignForm, on_delete=models.PROTECT, related_name="postings")
    number = models.PositiveIntegerField()
    listed = models.TextField()
    until = models.DateField()
    known = models.BooleanField(default=True)
    rule = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign_form", "number"], name="commendations_posting_number")]


class Objection(SealedModel):
    """A unit or an office objects to one who is listed; `document` names the letter where there is one."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="objections")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="objections")
    text = models.CharField(max_length=2000)
    document = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]


class ObjectionAnswer(SealedModel):
    """The issuer's answer; upheld, the nomination is not put forward any more."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    upheld = models.BooleanField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)
