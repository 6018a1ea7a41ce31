"""Links between areas and units in force, by the chosen mapping and the decided shares."""
from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, QuerySet

from soket.organisations.core import Edge, Step, applied
from soket.organisations.models import AreaLink, ShareDecision, Source, SourceChoice, UnitLink
from soket.organisations.queries.cache import kept

COMMUNES_2025 = "communes-2025"


def in_force(links: QuerySet[Any]) -> QuerySet[Any]:
    """Links of acts that were not withdrawn from their first day."""
    return links.exclude(succession__undone_by__on=F("succession__on"))


def chosen_source(topic: str = COMMUNES_2025) -> Source | None:
    """The mapping that counts for a topic: the latest recorded choice."""
    choice = SourceChoice.objects.filter(topic=topic).select_related("source").order_by("-id").first()
    return choice.source if choice else None


def decided_shares() -> dict[tuple[int, int], Fraction]:
    """The latest decision for each pair of old and new area."""
    rows = ShareDecision.objects.order_by("id").values_list("old_id", "new_id", "num", "den")
    return {(old, new): Fraction(num, den) for old, new, num, den in rows}


def counted_area_links() -> QuerySet[AreaLink]:
    """The links of acts themselves and those of the chosen mapping."""
    chosen = chosen_source()
    counted = Q(source=None) | Q(source=chosen) if chosen else Q(source=None)
    return in_force(AreaLink.objects.filter(counted))


def _all_area_edges() -> list[tuple[Edge, str]]:
    rows = counted_area_links().order_by("succession__on", "old_id", "new_id")
    found = list(rows.values_list("old_id", "new_id", "share_num", "share_den", "succession__on", "succession__basis"))
    edges = applied((Edge(*row[:5]) for row in found), decided_shares())
    return [(edge, row[5]) for edge, row in zip(edges, found, strict=True)]


def _edges() -> list[tuple[Edge, str]]:
    return kept(("edges",), _all_area_edges)


def area_edges(since: date, until: date) -> list[Edge]:
    """Steps between areas that took effect after `since` and up to `until` (both are days one looks at
    the map), with the chosen mapping and the decided shares. An undecided step has no share."""
    return [edge for edge, _basis in _edges() if since < edge.on <= until]


def area_steps() -> list[Step]:
    """The same for all days, with the basis of each act."""
    return [Step(edge.old, edge.new, edge.on, edge.share, basis) for edge, basis in _edges()]


def unit_steps() -> list[Step]:
    """Steps that acts name between units themselves."""
    rows = in_force(UnitLink.objects.all()).order_by("succession__on", "old_id", "new_id")
    found = rows.values_list("old_id", "new_id", "succession__on", "share_num", "share_den", "succession__basis")
    return [
        Step(old, new, on, None if num is None else Fraction(num, den), basis) for old, new, on, num, den, basis in found
    ]
