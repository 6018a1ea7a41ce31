"""Movements, who takes part, and what each unit registered and had recognised in a year. Corrections are new versions."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Level, Line, Unit
from soket.programmes.models import Programme


class Movement(LockedModel):
    """An emulation movement run by an office. `begun_on` stays empty where the day is not known."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=500)
    begun_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(basis=""), name="exemplars_movement_named")]


class MovementProgramme(LockedModel):
    """A programme that the movement serves."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="programmes")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["movement", "programme"], name="exemplars_movement_programme_once")]


class MovementScope(LockedModel):
    """Units of one line and level take part."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="scopes")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        ordering = ["line__order", "level"]
        constraints = [models.UniqueConstraint(fields=["movement", "line", "level"], name="exemplars_scope_once")]


class Registration(SealedModel):
    """What a unit registered for a year; the newest version counts, the earlier ones stay."""

    id = models.UUIDField(primary_key=True)  # made with the form, so that sending twice is harmless
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "unit", "year", "version"], name="exemplars_registration_version"),
            models.CheckConstraint(condition=models.Q(version=1) | ~models.Q(reason=""), name="exemplars_registration_reason"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="exemplars_registration_from_one"),
        ]


class Recognition(SealedModel):
    """What the superior recognised of a registration, by a dated decision; the newest version of the unit's year counts."""

    id = models.UUIDField(primary_key=True)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="recognitions")
    version = models.PositiveSmallIntegerField()  # within the movement, unit and year
    dated = models.DateField()
    document = models.CharField(max_length=80)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "version"], name="exemplars_recognition_version"),
            models.CheckConstraint(condition=models.Q(version=1) | ~models.Q(reason=""), name="exemplars_recognition_reason"),
            models.CheckConstraint(condition=~models.Q(document=""), name="exemplars_recognition_document"),
        ]


_NUMBERED = models.Q(state="number", collective__isnull=False, individual__isnull=False)
_WITHOUT = models.Q(state__in=["nothing", "missing"], collective__isnull=True, individual__isnull=True)


class Count(SealedModel):
    """One field of a registration or of a recognition: two whole numbers, nothing to report, or missing."""

    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="counts")
    recognition = models.ForeignKey(Recognition, null=True, on_delete=models.PROTECT, related_name="counts")
    field = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    collective = models.PositiveIntegerField(null=True)
    individual = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registration=None, recognition__isnull=False) | models.Q(registration__isnull=False, recognition=None),
                name="exemplars_count_of_one",
            ),
            models.CheckConstraint(condition=models.Q(field__in=["economy", "culture", "defence", "system"]), name="exemplars_count_field"),
            models.CheckConstraint(condition=_NUMBERED | _WITHOUT, name="exemplars_count_state"),
            models.UniqueConstraint(fields=["registration", "field"], name="exemplars_count_registered_once"),
            models.UniqueConstraint(fields=["recognition", "field"], name="exemplars_count_recognised_once"),
        ]
