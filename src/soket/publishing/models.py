"""Articles, their revisions with bound claims, and the released copies that the public reads."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.reviews.models import Edition, Review


class Article(LockedModel):
    """A public statement about a review, written by an office."""

    slug = models.SlugField(max_length=120, unique=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="articles")
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)


class Revision(SealedModel):
    """One saved text. {{01}} or {{01|hơn 12 nghìn}} in it is a claim bound to the edition's figure."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    lead = models.TextField()
    body = models.TextField()
    note = models.CharField(max_length=500, blank=True)  # the correction notice, where this corrects a release
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="publishing_revision_number")]


class ArticleStateName(models.TextChoices):
    DRAFT = "draft", _("Draft")
    EDITED = "edited", _("Edited, waiting for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Published with a correction")


class ArticleState(SealedModel):
    """A dated state bound to a revision; any later revision needs approval anew."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="states")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=ArticleStateName.choices)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class ReleasedCopy(SealedModel):
    """What the public reads: a finished copy of one revision with its claims, figures and notices."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="releases")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="release")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="publishing_release_number")]
