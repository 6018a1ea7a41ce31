"""Which units owe a report for a period, for which days of it, and who decides on it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q

from soket.organisations import queries as organisations
from soket.organisations.models import UnitVersion

ONE_DAY = timedelta(days=1)


class _Version(NamedTuple):
    unit_id: int
    valid_from: date
    valid_to: date | None
    start_known: bool
    level: int
    parent_id: int | None
    name: str
    sort_key: bytes | memoryview


@dataclass(frozen=True)
class Owed:
    """A report owed by a unit for the days it covers; `decider` is the unit that accepts or returns it. `name` is
    the unit's on its last day covered, `sort_key` its place in Vietnamese order."""

    unit_id: int
    covers_from: date
    covers_to: date
    decider: int | None
    name: str = ""
    sort_key: bytes = b""


def owing(*, line: str, level: int, under: int | None, starts: date, ends: date, on: date) -> list[Owed]:
    """The units of a line and level that stood on any day of the period, under `under` or everywhere.

    A unit that ended inside the period owes a closing report to its last day, its successor from its
    first day. The decider is the superior on the unit's last day, or who took over from it by `on`.
    """
    found = []
    superiors: dict[tuple[int | None, date], int | None] = {}
    for versions in _by_unit(line, starts, ends):
        first, last = versions[0], versions[-1]
        if last.level != level:
            continue
        covers_from = first.valid_from if first.start_known and first.valid_from > starts else starts
        covers_to = min(ends, last.valid_to - ONE_DAY) if last.valid_to else ends
        key = (last.parent_id, covers_to)
        if key not in superiors:
            superiors[key] = organisations.superior_for(last.unit_id, covers_to, on) if last.parent_id else None
        found.append(Owed(last.unit_id, covers_from, covers_to, superiors[key], last.name, bytes(last.sort_key)))
    if under is None:
        return found
    inside = _inside(line, under, {one.covers_to for one in found})
    return [one for one in found if one.unit_id in inside[one.covers_to]]


def _by_unit(line: str, starts: date, ends: date) -> Iterable[list[_Version]]:
    rows = (
        UnitVersion.objects.filter(unit__line__code=line, valid_from__lte=ends)
        .filter(Q(valid_to=None) | Q(valid_to__gt=starts))
        .order_by("unit_id", "valid_from")
        .values_list("unit_id", "valid_from", "valid_to", "start_known", "level", "parent_id", "name", "sort_key")
    )
    for _unit, versions in groupby(rows.iterator(5000), key=lambda row: row[0]):
        yield [_Version(*row) for row in versions]


def _inside(line: str, under: int, days: set[date]) -> dict[date, set[int]]:
    """For each day, the units then standing under `under` or under a unit that it succeeded."""
    roots = organisations.unit_and_before([under])
    inside: dict[date, set[int]] = {}
    for day in days:
        tree = organisations.unit_tree(line, day)
        inside[day] = {unit for root in roots if root in tree for unit in tree.subtree(root)}
    return inside


def top_units(line: str, on: date) -> list[int]:
    """The units of a line that have no superior on that day."""
    return list(organisations.unit_tree(line, on).roots)
