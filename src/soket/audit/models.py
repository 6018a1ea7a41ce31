"""Tables of the audit record. Events, positions, tiles and checkpoints are append-only in the database."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import LockedModel, SealedModel


class Event(SealedModel):
    """One act: canonical body, its leaf hash, and columns to find it by. Refers by kind, id and label only."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300)
    body = models.TextField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["name", "at"], name="audit_event_name"),
        ]


class Position(SealedModel):
    """The place of an event in the tree, given by the sequencer; positions have no gap."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="place")
    leaf = models.BinaryField(max_length=32)


class Tile(SealedModel):
    """The hash of 256 neighbouring leaves, so that a proof reads few rows."""

    index = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)


class Checkpoint(SealedModel):
    """A signed statement of size and root (C2SP tlog-checkpoint text)."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    text = models.TextField()
    at = models.DateTimeField()


class LogState(LockedModel):
    """The sequencer's one row: size and the compact frontier; derived, rebuilt from positions."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_logstate_single")]
