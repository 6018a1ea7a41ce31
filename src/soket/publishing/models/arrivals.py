"""The archive of an older newspaper moving in: what came, what of it could not be taken, and the old addresses."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.publishing.models.articles import Article


class Arrival(LockedModel):
    """One file of articles brought in for an office, with an optional ZIP of its photographs.

    `plan` holds "paper", "sections" ([name, articles]), "shelves" (section → category id), "notes" ([code, words]), "approved" ([id, label])
    and "declined" ([id, label, reason]).
    """

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pictures = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    form = models.CharField(max_length=4, choices=[("wxr", "WordPress WXR"), ("rss", "RSS"), ("csv", "CSV"), ("json", "JSON")])
    state = models.CharField(
        max_length=8, choices=[("waiting", _("Waiting for the worker")), ("ready", _("Read, waiting for your decision")),
                               ("approved", _("Approved, being taken over")), ("taken", _("Moved in")), ("failed", _("Failed")),
                               ("declined", _("Not taken over"))],
    )
    total = models.PositiveIntegerField(default=0)
    fault = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class ArrivalRow(LockedModel):
    """One item of the file: what it became, or why not. `faults` holds [code, words] of everything that could not be taken."""

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    old_url = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(
        max_length=7, choices=[("waiting", _("Waiting")), ("taken", _("Taken whole")), ("partly", _("Taken in part")), ("refused", _("Refused"))]
    )
    faults = models.JSONField(default=list)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "number"], name="publishing_arrival_row_number"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["taken", "partly"], article__isnull=False) | models.Q(outcome__in=["waiting", "refused"], article__isnull=True),
                name="publishing_taken_row_has_article",
            ),
        ]


class Redirect(SealedModel):
    """An old address (path with query) and the article that stands there now."""

    old_path = models.CharField(max_length=500, unique=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="redirects")
