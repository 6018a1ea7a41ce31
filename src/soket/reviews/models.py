"""Reviews, their proposed and frozen editions, signatures, and who cites what."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.programmes.models import Programme


class ReviewKind(models.TextChoices):
    INTERIM = "interim", _("Interim review")
    FINAL = "final", _("Final review")


class Review(LockedModel):
    """One or more programmes looked at on an as-of day, each with its own span."""

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=30, unique=True)  # printed before figure codes, e.g. SK-2026
    kind = models.CharField(max_length=10, choices=ReviewKind.choices)
    title = models.CharField(max_length=300)
    as_of = models.DateField()
    boundary_date = models.DateField()
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=60, default="Hà Nội")
    synthetic = models.BooleanField(default=False)


class ReviewProgramme(LockedModel):
    """A programme in the review with its own span; `edges_known` False means the source does not state them."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="programmes")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reviews")
    span_from = models.DateField(null=True)
    span_to = models.DateField(null=True)
    span_text = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["review", "programme"], name="reviews_programme_once")]


class WantedFigure(LockedModel):
    """A figure chosen for the review: `code` inside the review, `spec` (JSON) says how it is computed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="figures")
    code = models.CharField(max_length=12)  # 01, 02 … printed as CODE-01
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    spec = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="reviews_figure_once")]


class Section(LockedModel):
    """A part of the draft text; {{01}} in it is replaced by the frozen figure of that code."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="sections")
    heading = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]


class Edition(SealedModel):
    """A proposed edition: the whole dossier as canonical JSON lines and its digest, for all parties to sign."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    manifest = models.TextField()
    digest = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number", "attempt"], name="reviews_edition_attempt"),
            models.CheckConstraint(condition=models.Q(number=1) | ~models.Q(reason=""), name="reviews_edition_has_reason"),
        ]


class Entry(SealedModel):
    """One entry of a dossier: key, canonical body, its SHA-256."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="reviews_entry_once")]


class Signature(SealedModel):
    """A party's holder re-authenticated and signed the digest, as an act."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    signed_for = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # the party, or its recorded successor
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)
    event_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "party"], name="reviews_signed_once")]


class Freeze(SealedModel):
    """The moment an edition was frozen: all parties signed; the server's key sealed the digest."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="freeze")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="freezes")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    seal = models.TextField()
    key_fingerprint = models.CharField(max_length=80)
    event_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="reviews_frozen_once")]


class Citation(SealedModel):
    """Someone relied on a figure of an edition. Upper rooms feed this by kind, id and label."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="citations")
    figure = models.CharField(max_length=12)
    kind = models.CharField(max_length=40)
    ref_id = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "figure", "kind", "ref_id"], name="reviews_cited_once")
        ]


class CitationFlag(SealedModel):
    """A new edition touches what a text cites; the text is flagged, never rewritten."""

    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="flags")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    changed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["citation", "edition"], name="reviews_flagged_once")]


class Paper(SealedModel):
    """An edition set as an official paper, kept as a file. The newest row counts; another comes only when bytes were lost."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="papers")
    form = models.CharField(max_length=4)  # docx, pdf
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=models.Q(form__in=["docx", "pdf"]), name="reviews_paper_form")]
