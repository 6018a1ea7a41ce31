"""Certificates as issued, their designs, and print runs."""
from __future__ import annotations

from django.db import models

from soket.commendations.models.deciding import Award, Decision
from soket.commendations.models.ruling import AwardForm
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel


class DesignVersion(SealedModel):
    """How certificates of a form are set: canonical JSON of documents.certificates.Design. The newest number counts."""

    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="designs")
    number = models.PositiveIntegerField()
    spec = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="commendations_design_number")]


class Certificate(SealedModel):
    """A certificate as issued; one issued again (a name put right) has the next number and supersedes the one before.

    `serial` is printed and stands in the signed QR text `qr`; `values` is the canonical JSON of what the certificate prints.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField()
    serial = models.CharField(max_length=40, unique=True)
    values = models.TextField()
    qr = models.TextField()
    key_id = models.CharField(max_length=16)
    reason = models.CharField(max_length=500, blank=True)  # why it was issued again
    status_index = models.PositiveIntegerField(unique=True)  # its bit in the status list of the Open Badges form
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["award", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="commendations_certificate_number"),
            models.CheckConstraint(condition=models.Q(number=1) | ~models.Q(reason=""), name="commendations_reissue_has_reason"),
        ]


class Batch(LockedModel):
    """A print run of a decision's certificates: asked for, made by the worker with its progress, kept as one file."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=8)  # pdf, sheets, zip
    sheet = models.CharField(max_length=8, blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    fault = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=["pdf", "sheets", "zip"]), name="commendations_batch_kind")]
