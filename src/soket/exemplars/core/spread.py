"""How an exemplar spread: which units apply it on a day, and how that grew, from dated adoptions alone."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Taken:
    """One adoption. `unit` is who adopted it or who took over from that unit; `place` the province it counts in, None for a unit
    above the provinces. A day that has not come is None."""

    id: str
    unit: int
    place: str | None
    dated: date
    confirmed_on: date | None
    stopped_on: date | None


@dataclass(frozen=True)
class Spread:
    """As of a day: adoptions that are applied, those that wait for the superior, those that stopped; `places` counts the units that
    apply it in each province, `central` those above the provinces."""

    on: date
    applied: tuple[str, ...]
    waiting: tuple[str, ...]
    stopped: tuple[str, ...]
    places: dict[str, int]
    central: int

    @property
    def units(self) -> int:
        return sum(self.places.values()) + self.central


def _confirmed(one: Taken, on: date) -> bool:
    return one.dated <= on and one.confirmed_on is not None and one.confirmed_on <= on


def _stopped(one: Taken, on: date) -> bool:
    return one.stopped_on is not None and one.stopped_on <= on


def spread(rows: Iterable[Taken], on: date) -> Spread:
    """What was so on that day; everything later is not looked at. A unit that stands for several counts once."""
    begun = [one for one in rows if one.dated <= on]
    applied = [one for one in begun if _confirmed(one, on) and not _stopped(one, on)]
    units = {one.unit: one.place for one in applied}
    places = Counter(place for place in units.values() if place is not None)
    return Spread(
        on, tuple(one.id for one in applied), tuple(one.id for one in begun if not _confirmed(one, on) and not _stopped(one, on)),
        tuple(one.id for one in begun if _confirmed(one, on) and _stopped(one, on)), dict(places), sum(place is None for place in units.values()),
    )  # fmt: skip


@dataclass(frozen=True)
class Month:
    """One month of the curve: adoptions begun and stopped in it, all begun so far, and those still applied at its end."""

    first: date
    begun: int
    stopped: int
    ever: int
    applied: int


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(rows: Iterable[Taken], on: date) -> list[Month]:
    """From the month of the first adoption to that of the day, every month once; empty when nothing is confirmed. Counts are of
    adoptions that were confirmed by the day, by the day on which each began and stopped."""
    known = [one for one in rows if _confirmed(one, on)]
    if not known:
        return []
    begun = Counter(one.dated.replace(day=1) for one in known)
    stopped = Counter(one.stopped_on.replace(day=1) for one in known if one.stopped_on is not None and one.stopped_on <= on)
    found: list[Month] = []
    first, ever, applied = min(begun), 0, 0
    while first <= on:
        ever += begun[first]
        applied += begun[first] - stopped[first]
        found.append(Month(first, begun[first], stopped[first], ever, applied))
        first = _next(first)
    return found
