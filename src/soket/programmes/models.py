"""Joint programmes, what they bind, and who owes what by when. States are dated rows, never flags."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.kernel.references import Ref
from soket.organisations.models import Level, Line, Unit


class ProgrammeKind(models.TextChoices):
    JOINT = "joint", _("Coordination programme")
    ACTION = "action", _("Action programme")


class Programme(LockedModel):
    """A signed programme. Any date may be unknown and then stays empty, and so may the symbol: it is
    unique where it is known and never guessed."""

    slug = models.SlugField(max_length=60, unique=True)
    symbol = models.CharField(max_length=60, unique=True, null=True)
    kind = models.CharField(max_length=10, choices=ProgrammeKind.choices)
    title = models.CharField(max_length=300)
    signed_on = models.DateField(null=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    span_text = models.CharField(max_length=100, blank=True)  # as the source states it, e.g. "2013–2023"
    unknowns = models.TextField(blank=True)
    predecessor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts=None) | models.Q(ends=None) | models.Q(ends__gt=models.F("starts")),
                name="programmes_span",
            ),
            models.CheckConstraint(condition=~models.Q(symbol=""), name="programmes_symbol_not_blank"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title

    @property
    def ref(self) -> Ref:
        return Ref("programmes.programme", str(self.pk), str(self))


class Alias(LockedModel):
    """Another spelling of the symbol met in public sources."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="aliases")
    symbol = models.CharField(max_length=60)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "symbol"], name="programmes_alias_once")]


class PartyRole(models.TextChoices):
    LEAD = "lead", _("Lead agency")
    COSIGNER = "cosigner", _("Co-signing agency")
    SUPPORTING = "supporting", _("Supporting agency")


class Party(LockedModel):
    """A unit that answers for the programme. `signed_as` is the body named in the document where that
    is not the unit itself (a Party committee represented by the unit it leads)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="parties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="party_in")
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    signed_as = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "unit"], name="programmes_party_once")]


class Basis(LockedModel):
    """A document the programme rests on or carries out."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bases")
    citation = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class Objective(LockedModel):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="objectives")
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]


class DueRule(models.TextChoices):
    DATE = "date", _("By a date")
    AFTER_SIGNATURE = "after_signature", _("Days after signature")
    EVERY_ROUND = "every_round", _("Every reporting period")
    OPEN = "open", _("No due date")


class Obligation(LockedModel):
    """What is owed, by which units (line × level × place, resolved on a date), by when, proved by what."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="obligations")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    evidence = models.CharField(max_length=300)
    under = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    due_rule = models.CharField(max_length=20, choices=DueRule.choices)
    due_on = models.DateField(null=True)
    due_days = models.PositiveIntegerField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="programmes_obligation_once"),
            models.CheckConstraint(
                condition=(models.Q(due_rule="date") & models.Q(due_on__isnull=False))
                | (models.Q(due_rule="after_signature") & models.Q(due_days__isnull=False))
                | models.Q(due_rule__in=["every_round", "open"]),
                name="programmes_due_rule_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"

    @property
    def ref(self) -> Ref:
        return Ref("programmes.obligation", str(self.pk), f"{self.code} {self.programme}")


class Scope(LockedModel):
    """One line at one level that the obligation binds; several rows bind several."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="scopes")
    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "line", "level"], name="programmes_scope_once")]


class DutyStateName(models.TextChoices):
    DUE = "due", _("To be done")
    CLAIMED = "claimed", _("Claimed, waiting for a decision")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    EXCUSED = "excused", _("Excused")
    SUCCEEDED = "succeeded", _("Taken over by a successor")
    FULFILLED = "fulfilled", _("Fulfilled before the unit ended")
    LAPSED = "lapsed", _("Lapsed")


class Duty(LockedModel):
    """Obligation × unit, from the day it was resolved over the tree. `occasion` names the reporting round
    of an "every round" obligation and is empty otherwise. `state` repeats the row written last."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    occasion = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=DutyStateName.choices, default="due")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "unit", "occasion"], name="programmes_duty_once"),
            models.CheckConstraint(
                condition=models.Q(due_on=None) | models.Q(due_on__gte=models.F("since")), name="programmes_duty_due"
            ),
            models.CheckConstraint(condition=models.Q(state__in=DutyStateName.values), name="programmes_duty_state_known"),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="programmes_duty_unit_state"),
            models.Index(fields=["obligation", "since"], name="programmes_duty_since"),
        ]

    def ref(self, unit_name: str) -> Ref:
        """How the record points at this duty; the unit's name is that of the day of the act."""
        return Ref("programmes.duty", str(self.pk), f"{self.obligation.code} {self.obligation.programme}: {unit_name}"[:300])


class Claim(SealedModel):
    """A unit says it has done it: document number, date and file. Client-made id makes a repeat harmless."""

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="claims")
    number = models.CharField(max_length=60)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class DutyState(SealedModel):
    """A dated state of a duty: counting from which day (`on`), recorded when (`at`), by whom, on what basis.

    Of the rows dated on or before a day the one with the greatest id counts for that day. An acceptance
    counts from the date of the document it accepts, so evidence entered late still tells the past."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=12, choices=DutyStateName.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    basis = models.CharField(max_length=500, blank=True)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="states")
    successor = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["duty", "on"], name="programmes_state_duty_on")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["claimed", "accepted", "returned"]) | models.Q(claim__isnull=False),
                name="programmes_claimed_has_claim",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="succeeded") | models.Q(successor__isnull=False),
                name="programmes_succeeded_has_heir",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DutyStateName.values), name="programmes_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["excused", "lapsed", "returned"]) | ~models.Q(basis=""),
                name="programmes_state_has_basis",
            ),
        ]
