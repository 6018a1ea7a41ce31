"""Tables of the room: directions, who is assigned, what was done, and every decision on them."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.reviews.models import Review


class State(models.TextChoices):
    OPEN = "open", _("In progress")
    CLAIMED = "claimed", _("Reported done, waiting for the issuer")
    CLOSED = "closed", _("Brought to an end")


class Direction(LockedModel):
    """A task given by an issuer. `number` is the issuer's next and is never given again; `state` and `due_on` repeat the newest
    ruling and the newest change of the deadline."""

    id = models.UUIDField(primary_key=True)  # made by who drafts it, so that issuing twice is harmless
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=300)  # where it was given, as printed
    source_url = models.CharField(max_length=300, blank=True)
    review = models.ForeignKey(Review, null=True, on_delete=models.PROTECT, related_name="directions")
    issued_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-issued_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="directions_number_once"),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("issued_on")), name="directions_due_after_issue"),
        ]


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    SUPPORTING = "supporting", _("Supporting")
    BELOW = "below", _("Passed on")


class Assignment(SealedModel):
    """A unit that must act. One owner for each direction; `parent` is the assignment from which it was passed on."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directions")
    role = models.CharField(max_length=10, choices=Role.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    due_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["direction", "unit"], name="directions_unit_once"),
            models.UniqueConstraint(fields=["direction"], condition=models.Q(role="owner"), name="directions_one_owner"),
        ]


class Step(SealedModel):
    """What a unit did, with the day and the evidence. Progress is these rows and nothing else: nobody types a percentage."""

    id = models.UUIDField(primary_key=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="steps")
    done = models.BooleanField()  # the owner reports the whole direction done
    text = models.TextField()
    document = models.CharField(max_length=80, blank=True)
    dated = models.DateField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(done=False) | ~models.Q(document="") | models.Q(file__isnull=False), name="directions_done_has_evidence")
        ]


class Ruling(SealedModel):
    """A change of state: issued, claimed, accepted (closes), returned, reopened."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="rulings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="rulings")
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["direction", "number"], name="directions_ruling_number"),
            models.CheckConstraint(condition=models.Q(kind__in=["issued", "claimed", "accepted", "returned", "reopened"]), name="directions_ruling_kind"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["claimed", "accepted", "returned"]) | models.Q(step__isnull=False), name="directions_ruling_step"
            ),
            models.CheckConstraint(condition=~models.Q(kind__in=["returned", "reopened"]) | ~models.Q(reason=""), name="directions_ruling_reason"),
        ]


class DeadlineChange(SealedModel):
    """The issuer moved the deadline; the old one stays visible."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="deadlines")
    was = models.DateField()
    now = models.DateField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]


class Reminder(SealedModel):
    """A unit was reminded: seven days before, on the day after, and its superior a fortnight late. Once for each deadline."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=10)  # upcoming, overdue, escalated
    due_on = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["direction", "kind", "due_on", "unit"], name="directions_reminder_once")]


class Reliance(SealedModel):
    """A text or decision that stands on this direction."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="reliances")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["direction", "kind", "key"], name="directions_reliance_once")]
