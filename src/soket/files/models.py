"""Stored files: one row per distinct content."""
from __future__ import annotations

from django.db import models

from soket.kernel.door import SealedModel


class StoredFile(SealedModel):
    """Bytes on disk under their SHA-256; what they are was read from the bytes."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=200)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="files_not_empty")]


class Release(SealedModel):
    """An act that makes a file public, with its reason; a file without one stays private."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="releases")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
