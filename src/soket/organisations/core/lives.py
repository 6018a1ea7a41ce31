"""The lives of units: when each stood, where, and who followed whom.

A unit is followed by those a recorded act names. Where no act speaks of the unit itself, it is
followed by the units of its own line that begin, on the day it ended, on the successors of its area.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Life(NamedTuple):
    """One dated version of a unit; [starts, ends)."""

    unit: int
    line: int
    starts: date
    ends: date | None
    parent: int | None
    area: int | None
    level: int
    name: str

    def stands(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    def nearest_day(self, day: date) -> date:
        """The day itself, or the nearest one on which this version stood."""
        last = self.ends - ONE_DAY if self.ends else day
        return max(self.starts, min(day, last))


class Step(NamedTuple):
    """From `old` to `new` on the day `on`; `share` None while undecided."""

    old: int
    new: int
    on: date
    share: Fraction | None
    basis: str


class Lives:
    """All versions, explicit unit steps and the area steps in force. Rows are sorted by unit and start."""

    def __init__(self, rows: Iterable[Life], unit_steps: Iterable[Step], area_steps: Iterable[Step]) -> None:
        self._of: dict[int, list[Life]] = {}
        for life in rows:
            self._of.setdefault(life.unit, []).append(life)
        self._forward = _by(unit_steps, "old")
        self._back = _by((step for steps in self._forward.values() for step in steps), "new")
        self._area_forward = _by(area_steps, "old")
        self._area_back = _by((step for steps in self._area_forward.values() for step in steps), "new")

    @cached_property
    def _seated(self) -> Mapping[tuple[int, int], list[int]]:
        seated: dict[tuple[int, int], list[int]] = {}
        for unit, lives in self._of.items():
            for area in {life.area for life in lives if life.area is not None}:
                seated.setdefault((lives[0].line, area), []).append(unit)
        return seated

    def of(self, unit: int) -> list[Life]:
        """The versions of a unit, oldest first; empty when unknown."""
        return self._of.get(unit, [])

    def at(self, unit: int, day: date) -> Life | None:
        return next((life for life in self.of(unit) if life.stands(day)), None)

    def nearest(self, unit: int, day: date) -> Life | None:
        """The version on that day, else the last one before it, else the first one."""
        lives = self.of(unit)
        before = [life for life in lives if life.starts <= day]
        return before[-1] if before else (lives[0] if lives else None)

    def last_day(self, unit: int) -> date | None:
        """The last day on which the unit stood; None while it stands or when it is unknown."""
        lives = self.of(unit)
        end = lives[-1].ends if lives else None
        return end - ONE_DAY if end else None

    def _ended(self, unit: int) -> date | None:
        lives = self.of(unit)
        return lives[-1].ends if lives else None

    def successors(self, unit: int) -> list[Step]:
        """Who followed: by named acts, else by the area it sat on."""
        if unit in self._forward:
            return self._forward[unit]
        ended = self._ended(unit)
        last = self.of(unit)[-1] if self.of(unit) else None
        if ended is None or last is None or last.area is None:
            return []
        return [
            Step(unit, heir, ended, step.share, step.basis)
            for step in self._area_forward.get(last.area, [])
            if step.on == ended
            for heir in self._seated.get((last.line, step.new), [])
            if self.of(heir)[0].starts == ended
        ]

    def predecessors(self, unit: int) -> list[Step]:
        """Whom it followed; the mirror of `successors`."""
        named = self._back.get(unit, [])
        lives = self.of(unit)
        if not lives or lives[0].area is None:
            return named
        first = lives[0]
        forebears = {
            old
            for step in self._area_back.get(lives[0].area, [])
            if step.on == first.starts
            for old in self._seated.get((first.line, step.old), [])
            if old not in self._forward
        }
        found = {step.old for step in named}
        derived = [step for old in sorted(forebears - found) for step in self.successors(old) if step.new == unit]
        return [*named, *derived]

    def before(self, units: Iterable[int]) -> frozenset[int]:
        """The units and all they followed, through every generation."""
        found, edge = set(units), list(units)
        while edge:
            edge = [step.old for unit in edge for step in self.predecessors(unit) if step.old not in found]
            found.update(edge)
        return frozenset(found)

    def heir(self, unit: int, day: date) -> int | None:
        """The unit itself if it stands on the day; else its one successor's heir; else that of its superior."""
        seen: set[int] = set()
        at: int | None = unit
        while at is not None and at not in seen:
            seen.add(at)
            if self.at(at, day) is not None:
                return at
            followed = self.successors(at)
            if len(followed) == 1:
                at = followed[0].new
            else:
                life = self.nearest(at, day)
                at = life.parent if life else None
        return None

    def superior(self, unit: int, as_of: date, day: date) -> int | None:
        """Who stands above the unit as of a day, or who took over from that superior by `day`."""
        life = self.nearest(unit, as_of)
        return self.heir(life.parent, day) if life is not None and life.parent is not None else None


def _by(steps: Iterable[Step], end: str) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(getattr(step, end), []).append(step)
    return found
