"""What became of an area: the acts between two days, followed forwards or backwards.

An act links predecessors to successors. For a whole move the share is one; for a divided area the shares
are unknown until a named office decides them. The fate of an area is where its territory can be found on
another day: for certain (one area), within a set of areas (undecided), or by decided shares.
"""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from soket.rollup.core.errors import BadSuccession
from soket.rollup.core.shares import common

Stage = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """`old` went, wholly or in part, to `new` on a day (the first day of the new). `num` and `den` are both
    empty while the share is undecided. Acts of one day that follow each other have rising `step`s."""

    old: int
    new: int
    on: date
    num: int | None = None
    den: int | None = None
    step: int = 0


class Fate(NamedTuple):
    """Where an area lies on another day: somewhere within `areas`; `splits` are the decided shares, if any,
    each with the fate of its part; `same` says that the one area found is the very same territory."""

    areas: tuple[int, ...]
    splits: tuple[tuple[Fraction, Fate], ...] = ()
    same: bool = False


class _Act(NamedTuple):
    """What happened to one area at one stage: the areas on the other side, and the shares when decided."""

    stage: Stage
    others: tuple[int, ...]
    shares: tuple[Fraction, ...]
    alone: bool


class Succession:
    """All acts, indexed by the areas that ended and by those that began."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        grouped: dict[tuple[int, Stage], list[Edge]] = {}
        origins: dict[tuple[int, Stage], list[Edge]] = {}
        for day, step, old, new, edge in sorted(((e.on.toordinal(), e.step, e.old, e.new, e) for e in edges), key=itemgetter(0, 1, 2, 3)):
            stage = (day, step)
            grouped.setdefault((old, stage), []).append(edge)
            origins.setdefault((new, stage), []).append(edge)
        self._ahead: dict[int, list[_Act]] = {}
        self._behind: dict[int, list[_Act]] = {}
        for (area, stage), listed in grouped.items():
            alone = len(listed) == 1 and len(origins[listed[0].new, stage]) == 1
            act = _Act(stage, _once(area, [edge.new for edge in listed]), _shares(listed), alone)
            self._ahead.setdefault(area, []).append(act)
        for (area, stage), listed in origins.items():
            alone = len(listed) == 1 and len(grouped[listed[0].old, stage]) == 1
            self._behind.setdefault(area, []).append(_Act(stage, tuple([edge.old for edge in listed]), (), alone))

    def follow(
        self, area: int, day: date, to: date, known: Callable[[int], bool], parts: Mapping[int, tuple[int, ...]] | None = None
    ) -> Fate:
        """Where the area of `day` lies on the tree of `to`, later or earlier.

        `known` says whether an area stands on that tree. An area that ended without an act of its own (a
        district when districts were abolished) lies where its `parts` lie.
        """
        if to >= day:
            return self._forward(area, (day.toordinal(), 2**31), to, known, parts or {})
        return self._backward(area, (day.toordinal(), 2**31), to)

    def _forward(
        self, area: int, after: Stage, to: date, known: Callable[[int], bool], parts: Mapping[int, tuple[int, ...]]
    ) -> Fate:
        acts = self._ahead.get(area, ())
        at = bisect_right(acts, after, key=lambda act: act.stage)
        if at == len(acts) or acts[at].stage[0] > to.toordinal():
            if known(area) or area not in parts:
                return Fate((area,), same=True)
            return _within([self._forward(part, after, to, known, parts) for part in parts[area]])
        act = acts[at]
        fates = [self._forward(other, act.stage, to, known, parts) for other in act.others]
        if len(fates) == 1:
            return Fate(fates[0].areas, fates[0].splits, act.alone and fates[0].same)
        whole = _within(fates)
        return Fate(whole.areas, tuple(zip(act.shares, fates, strict=True))) if act.shares else whole

    def _backward(self, area: int, before: Stage, to: date) -> Fate:
        acts = self._behind.get(area, ())
        at = bisect_right(acts, before, key=lambda act: act.stage) - 1
        if at < 0 or acts[at].stage[0] <= to.toordinal():
            return Fate((area,), same=True)
        act = acts[at]
        earlier = (act.stage[0], act.stage[1] - 1)
        fates = [self._backward(other, earlier, to) for other in act.others]
        if len(fates) == 1:
            return Fate(fates[0].areas, (), act.alone and fates[0].same)
        return _within(fates)


def _within(fates: Iterable[Fate]) -> Fate:
    return Fate(tuple(sorted({area for fate in fates for area in fate.areas})))


def _once(area: int, others: list[int]) -> tuple[int, ...]:
    if len(others) > 1 and len(set(others)) != len(others):
        raise BadSuccession(f"area {area}: a successor is listed twice in one act")
    return tuple(others)


def _shares(listed: list[Edge]) -> tuple[Fraction, ...]:
    """The decided shares of one divided area, () when none is decided or it moved whole."""
    if len(listed) == 1 and listed[0].num == listed[0].den != 0:
        return ()
    decided = [edge for edge in listed if edge.num is not None and edge.den]
    if any((edge.num is None) != (edge.den is None) or edge.den == 0 for edge in listed):
        raise BadSuccession(f"area {listed[0].old}: a share needs a numerator and a denominator")
    if not decided:
        return ()
    if len(decided) != len(listed):
        raise BadSuccession(f"area {listed[0].old}: some shares are decided and some are not")
    shares = tuple(Fraction(edge.num or 0, edge.den or 1) for edge in decided)
    common(shares)
    return shares if len(shares) > 1 else ()
