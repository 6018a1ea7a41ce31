"""Articles, their revisions with bound claims, and the released copies that the public reads."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.publishing.models.shelves import Category
from soket.reviews.models import Edition, Review


class Article(LockedModel):
    """A public text of an office. One about a `review` may claim its frozen figures; one without has none to claim."""

    slug = models.SlugField(max_length=120, unique=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="articles", null=True)
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)  # came with an archive; its numbers were never held against figures
    embargo_until = models.DateTimeField(null=True)  # not to be released before this instant by anyone
    expires_at = models.DateTimeField(null=True)  # public pages stop showing it at this instant
    changed_at = models.DateTimeField()  # begun, or the newest state of a text: the desk's order

    class Meta:
        indexes = [models.Index(fields=["-changed_at", "-id"], name="publishing_article_changed")]
        constraints = [
            models.CheckConstraint(condition=models.Q(imported=False) | models.Q(review__isnull=True), name="publishing_imported_without_review"),
            models.CheckConstraint(
                condition=models.Q(expires_at__isnull=True) | models.Q(embargo_until__isnull=True) | models.Q(expires_at__gt=models.F("embargo_until")),
                name="publishing_expires_after_embargo",
            ),
        ]


class Revision(SealedModel):
    """One saved text with everything that is approved together with it.

    {{01}} or {{01|hơn 12 nghìn}} in it is a claim bound to the edition's figure; `edition` is empty where the article has no review.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", null=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", null=True)
    title = models.CharField(max_length=200)
    lead = models.TextField()
    body = models.TextField()
    byline = models.CharField(max_length=200, blank=True)  # an office or role, as it is printed
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)  # the correction notice, where this corrects a release
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="publishing_revision_number")]


class RevisionTag(SealedModel):
    """A programme or a unit that the text is about. `key` is the programme's slug or the unit's id; `label` as it read then."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="tags")
    kind = models.CharField(max_length=10, choices=[("programme", _("Programme")), ("unit", _("Unit"))])
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "kind", "key"], name="publishing_tag_once")]


class ArticleStateName(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HANDED = "handed", _("Handed to the editors")
    RETURNED = "returned", _("Returned to its writer")
    EDITED = "edited", _("Edited, waiting for approval")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Approved, goes out at a set time")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Published with a correction")
    WITHDRAWN = "withdrawn", _("Taken down")


class ArticleState(SealedModel):
    """A dated state bound to a revision; any later revision needs approval anew. `due` is set where it is scheduled."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="states")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=ArticleStateName.choices)
    due = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        # The worker asks every second what is due.
        indexes = [models.Index(fields=["due"], condition=models.Q(due__isnull=False), name="publishing_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="scheduled", due__isnull=False) | (~models.Q(state="scheduled") & models.Q(due__isnull=True)),
                name="publishing_due_when_scheduled",
            ),
        ]


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


class EditLock(LockedModel):
    """Who has the text open. It ends by itself at `until`; every page of the desk shows its holder."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="lock")
    holder_id = models.CharField(max_length=64)
    holder_label = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="publishing_lock_lasts")]
