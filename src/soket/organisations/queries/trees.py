"""Trees as of a day: the map, and each line's units on it."""
from __future__ import annotations

from bisect import bisect_right
from datetime import date

from soket.kernel.memo import once
from soket.organisations.core import Node, Tree
from soket.organisations.models import AreaVersion, KnownFrom, Line, UnitVersion
from soket.organisations.queries.cache import kept, on_day, state


def lines() -> list[Line]:
    """All lines in their printed order."""
    return list(once("organisations.lines", lambda: tuple(Line.objects.order_by("order", "code"))))


def _change_days(model: type[AreaVersion] | type[UnitVersion], line: str | None) -> list[date]:
    rows = model.objects.all() if line is None else model.objects.filter(unit__line__code=line)
    starts = rows.values_list("valid_from", flat=True).distinct()
    ends = rows.exclude(valid_to=None).values_list("valid_to", flat=True).distinct()
    return sorted({*starts, *ends})


def _same_tree_since(days: list[date], day: date) -> date:
    """The last change on or before the day: days between the same two changes share one tree."""
    at = bisect_right(days, day)
    return days[at - 1] if at else date.min


def area_tree(as_of: date) -> Tree:
    """The map on that day, siblings in Vietnamese order."""
    return _map_of(state(), as_of)[1]


def _map_of(token: str, as_of: date) -> tuple[date, Tree]:
    """The map and the day since which it has stood so."""
    since = _same_tree_since(kept(("days", "areas"), lambda: _change_days(AreaVersion, None), token), as_of)
    return since, kept(("areas", since), lambda: _area_tree(as_of), token)


def _area_tree(as_of: date) -> Tree:
    rows = AreaVersion.objects.filter(on_day(as_of)).order_by("sort_key", "area_id")
    return Tree(rows.values_list("area_id", "name", "kind", "level", "parent_id", "area_id"))


def unit_tree(line_code: str, as_of: date) -> Tree:
    """A line's units on that day, siblings in Vietnamese order. An unknown line has an empty tree."""
    token = state()
    days = kept(("days", line_code), lambda: _change_days(UnitVersion, line_code), token)
    map_since, areas = _map_of(token, as_of)
    since = max(_same_tree_since(days, as_of), map_since)
    return kept(("units", line_code, since), lambda: _unit_tree(line_code, as_of, areas), token)


def _unit_tree(line_code: str, as_of: date, areas: Tree) -> Tree:
    rows = UnitVersion.objects.filter(on_day(as_of), unit__line__code=line_code).order_by("sort_key", "unit_id")
    found = rows.values_list("unit_id", "name", "level", "parent_id", "area_id")
    return Tree((key, name, areas.kind_of(area), level, parent, area) for key, name, level, parent, area in found)


def units_of(line: str, level: int, under: int | None, as_of: date) -> list[Node]:
    """The line's units of one level on that day, everywhere or under one unit, in tree order."""
    tree = unit_tree(line, as_of)
    if under is not None and under not in tree:
        return []
    return [tree.node(key) for key in tree.at_level(level, under)]


def known_from(line: str | None, level: int) -> KnownFrom | None:
    """From which day a level of the map (line None) or of a line is loaded."""
    rows = KnownFrom.objects.filter(level=level)
    return rows.filter(line=None).first() if line is None else rows.filter(line__code=line).first()
