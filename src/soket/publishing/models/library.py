"""The media library: photographs with what must be known before one may be published, and their sizes for the page."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.publishing.models.articles import ReleasedCopy, Revision


class Photo(LockedModel):
    """One photograph of an office. The original stays private; `Rendition` rows are what a page shows.

    `alt` says what one sees; `decorative` that nothing is lost without it (then `alt` is empty). `consent`: on what
    ground the people in it may be shown. Nothing is published without credit and one of alt and decorative.
    """

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=300, blank=True)
    decorative = models.BooleanField(default=False)
    consent = models.CharField(max_length=300, blank=True)
    taken_on = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    retired = models.BooleanField(default=False)  # no longer offered for new texts
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "original"], name="publishing_photo_once"),
            models.CheckConstraint(condition=models.Q(decorative=False) | models.Q(alt=""), name="publishing_decorative_without_alt"),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="publishing_photo_has_size"),
        ]


class Rendition(SealedModel):
    """One size of a photograph, made anew from the pixels: place and device data are gone."""

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="renditions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "width"], name="publishing_rendition_width")]


class RevisionPhoto(SealedModel):
    """A photograph as one revision shows it: caption, credit and alt are kept as they were approved. Order 0 stands under the lead."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200)
    alt = models.CharField(max_length=300, blank=True)
    decorative = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "photo"], name="publishing_photo_in_text_once"),
            models.CheckConstraint(
                condition=models.Q(decorative=True, alt="") | (models.Q(decorative=False) & ~models.Q(alt="")), name="publishing_alt_or_decorative"
            ),
            models.CheckConstraint(condition=~models.Q(credit=""), name="publishing_photo_credited"),
        ]


class PressFile(SealedModel):
    """What the worker made of a released copy: its press kit, or its drawn picture. `key`: the digest of all that it was made from."""

    copy = models.ForeignKey(ReleasedCopy, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=[("kit", _("Press kit")), ("card", _("Drawn picture"))])
    key = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "kind", "key"], name="publishing_press_file_once")]
