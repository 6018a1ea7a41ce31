"""Which site hands which award over."""
from __future__ import annotations

from django.db import models

from soket.commendations.models import Award
from soket.conferences.models.planning import Site
from soket.kernel.door import LockedModel

HELD_AT = "conferences.site"  # how commendations names a site as the place of a handing over


class SiteAward(LockedModel):
    """An award is to be handed over at this site by the office named. One award has one place; whether it was handed over there is kept
    by commendations, under the id of the `Handover` that the desk wrote."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="planned_awards")
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="planned_at")
    handed_by = models.CharField(max_length=300)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["award__decision__dated", "award__decision__entry_id", "award__place"]
