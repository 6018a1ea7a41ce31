"""The council's arithmetic in whole numbers: quorum, threshold, what it is measured against, order and reserve."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cmp_to_key

ABSENT = ("left_out", "against", "by_letter")


@dataclass(frozen=True)
class Rules:
    """A council's rules. `quorum` and `threshold` are (numerator, denominator); `absent` says how members count who do not vote:
    left_out (measured against those present), against (against all), by_letter (against all; the absent vote by letter before)."""

    quorum: tuple[int, int]
    threshold: tuple[int, int]
    secret: bool
    absent: str

    @classmethod
    def read(cls, text: str) -> Rules:
        """From the canonical JSON kept with the council. Raises ValueError for what is no rule."""
        told = json.loads(text)
        quorum, threshold = (_ratio(told[name]) for name in ("quorum", "threshold"))
        if told["absent"] not in ABSENT:
            raise ValueError(f"absent: {told['absent']!r}")
        return cls(quorum, threshold, bool(told["secret"]), told["absent"])


def _ratio(pair: list[int]) -> tuple[int, int]:
    part, of = pair
    if not 0 < part <= of:
        raise ValueError(f"not a part of a whole: {part}/{of}")
    return part, of


def reaches(part: int, of: int, ratio: tuple[int, int]) -> bool:
    """Whether part/of is at least the ratio; of nothing, never.

    >>> reaches(6, 9, (2, 3)), reaches(5, 9, (2, 3)), reaches(0, 0, (2, 3))
    (True, False, False)
    """
    return of > 0 and part * ratio[1] >= ratio[0] * of


def least(of: int, ratio: tuple[int, int]) -> int:
    """The least whole number that reaches the ratio."""
    return -(-of * ratio[0] // ratio[1])


def base(absent: str, entitled: int, present: int) -> int:
    """What a threshold is measured against: the entitled who are present, or all who are entitled."""
    return present if absent == "left_out" else entitled


@dataclass(frozen=True)
class Candidate:
    """One that was voted on: `key` names it, `place` is where the council put it on its agenda."""

    key: str
    yes: int
    base: int
    passed: bool
    place: int


@dataclass(frozen=True)
class Ranking:
    """Outcome by key. `chosen` and `reserve` are in order; ranks run on from the one into the other."""

    chosen: tuple[str, ...]
    reserve: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        return self.chosen + self.reserve


def ties(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Groups of two or more passed candidates with an equal share of votes, each in the order of the agenda."""
    passed = sorted((one for one in candidates if one.passed), key=cmp_to_key(_compared))
    groups: list[list[Candidate]] = []
    for one in passed:
        if groups and _share(groups[-1][0], one) == 0:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [sorted(group, key=lambda one: one.place) for group in groups if len(group) > 1]


def ranked(candidates: Iterable[Candidate], places: int | None, order: Mapping[str, int] | None = None) -> Ranking:
    """Those passed by share of votes, the largest first; equal shares by the council's `order`, then by the agenda. The first
    `places` are chosen (None: all), the others stand in reserve; those not passed are left out."""
    listed = list(candidates)
    wanted = order or {}
    passed = [one for one in listed if one.passed]
    passed.sort(key=lambda one: (wanted.get(one.key, len(listed)), one.place))
    passed.sort(key=cmp_to_key(_share))  # a stable sort keeps the order of equals
    keys = tuple(one.key for one in passed)
    cut = len(keys) if places is None else max(places, 0)
    out = sorted((one for one in listed if not one.passed), key=lambda one: one.place)
    return Ranking(keys[:cut], keys[cut:], tuple(one.key for one in out))


def _share(first: Candidate, second: Candidate) -> int:
    """Below zero when the first has the larger share; shares are compared as fractions, never as decimals."""
    return second.yes * first.base - first.yes * second.base


def _compared(first: Candidate, second: Candidate) -> int:
    return _share(first, second) or first.place - second.place
