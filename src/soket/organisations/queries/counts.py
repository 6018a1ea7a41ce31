"""Counts of what stands on a day."""
from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from soket.organisations.models import Level
from soket.organisations.queries.trees import area_tree, lines, unit_tree


def level_counts(line: str | None, as_of: date, under: int | None = None) -> dict[int, int]:
    """How many stand on each level, of the map (line None) or of a line, everywhere or under one node."""
    tree = area_tree(as_of) if line is None else unit_tree(line, as_of)
    keys = tree.order if under is None else tree.subtree(under) if under in tree else []
    return dict(sorted(Counter(tree.node(key).level for key in keys if key != under).items()))


def kind_counts(area_ids: list[int], as_of: date) -> list[tuple[str, int]]:
    """How many areas of each type are among the ids that stand on the day, most frequent first."""
    tree = area_tree(as_of)
    counted = Counter(tree.node(key).kind for key in area_ids if key in tree)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def counts_on(day: date) -> list[tuple[str, int]]:
    """What the front page says about the map of the day; empty before anything is loaded."""
    areas = level_counts(None, day)
    if not areas:
        return []
    units = sum(sum(level_counts(line.code, day).values()) for line in lines())
    return [
        (_("Provinces and cities"), areas.get(Level.PROVINCE, 0)),
        *([(_("Districts"), areas[Level.DISTRICT])] if areas.get(Level.DISTRICT) else []),
        (_("Communes, wards, special zones"), areas.get(Level.COMMUNE, 0)),
        (_("Units of all lines"), units),
    ]
