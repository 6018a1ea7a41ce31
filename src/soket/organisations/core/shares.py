"""Shares of a predecessor: exact fractions, decided wholly or not at all."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class Edge(NamedTuple):
    """`num`/`den` of what `old` had goes to `new` from the day `on`; both None while undecided."""

    old: int
    new: int
    num: int | None
    den: int | None
    on: date

    @property
    def share(self) -> Fraction | None:
        return None if self.num is None or self.den is None else Fraction(self.num, self.den)


def sum_to_one(shares: Iterable[Fraction]) -> bool:
    """Whether the shares make exactly the whole.

    >>> sum_to_one([Fraction(1, 3), Fraction(2, 3)])
    True
    """
    return sum(shares, Fraction(0)) == 1


def applied(edges: Iterable[Edge], decided: Mapping[tuple[int, int], Fraction]) -> list[Edge]:
    """The edges with decided shares written in, for predecessors whose every successor is decided
    and whose shares make the whole; a partial or outdated decision changes nothing."""
    listed = list(edges)
    open_ones: dict[tuple[int, date], list[Edge]] = {}
    for edge in listed:
        if edge.num is None:
            open_ones.setdefault((edge.old, edge.on), []).append(edge)
    whole = {
        key
        for key, group in open_ones.items()
        if all((edge.old, edge.new) in decided for edge in group)
        and sum_to_one(decided[edge.old, edge.new] for edge in group)
    }
    result = []
    for edge in listed:
        if edge.num is None and (edge.old, edge.on) in whole:
            share = decided[edge.old, edge.new]
            edge = edge._replace(num=share.numerator, den=share.denominator)
        result.append(edge)
    return result
