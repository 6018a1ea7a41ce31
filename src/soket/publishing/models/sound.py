"""The article as sound: a recording read by a person in an office, or read by the machine."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel
from soket.publishing.models.articles import Article, Revision


class NarrationKind(models.TextChoices):
    RECORDED = "recorded", _("Recorded reading")
    MACHINE = "machine", _("Read by the machine")


class NarrationState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the worker")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class Narration(LockedModel):
    """One reading of one revision. `text_digest` is the SHA-256 of the plain text that was read, so that a moved text is noticed.

    Lengths in milliseconds; `loudness` in hundredths of LUFS (EBU R128); `waveform` a list of peaks 0..100.
    The public hears a ready one only when `released_at` is set.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="narrations")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="narrations")
    kind = models.CharField(max_length=8, choices=NarrationKind.choices)
    reader = models.CharField(max_length=200, blank=True)  # the office or role that reads, for a recording
    voice = models.CharField(max_length=100, blank=True)  # engine and voice, for the machine
    text_digest = models.CharField(max_length=64)
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    mp3 = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    opus = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    duration = models.PositiveIntegerField(null=True)
    loudness = models.IntegerField(null=True)
    waveform = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=NarrationState.choices)
    fault = models.JSONField(default=dict)  # why it failed, by language
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(mp3__isnull=False, opus__isnull=False, duration__gt=0), name="publishing_sound_whole"
            ),
            models.CheckConstraint(condition=models.Q(released_at__isnull=True) | models.Q(state="ready"), name="publishing_sound_ready_first"),
            models.CheckConstraint(
                condition=models.Q(kind="recorded", original__isnull=False) & ~models.Q(reader="") | models.Q(kind="machine", reader=""),
                name="publishing_sound_reader_named",
            ),
        ]
