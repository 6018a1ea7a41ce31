"""The declared ways to aggregate, over units and over time. What is not declared here is refused."""
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from soket.rollup.core.errors import Undeclared


class UnitKind(StrEnum):
    """How one figure is made from several units. The values are those stored with an indicator."""

    SUM = "sum"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    WMEAN = "wmean"
    RATIO = "ratio"
    SHARE = "share"
    DISTINCT = "distinct"
    JOINT = "joint"
    NONE = "none"


class TimeKind(StrEnum):
    """How one figure is made from several periods, after the units of each."""

    SUM = "sum"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    MEAN = "mean"
    NONE = "none"


_T = TimeKind
DECLARED: dict[UnitKind, frozenset[TimeKind]] = {
    UnitKind.SUM: frozenset(_T),
    UnitKind.LAST: frozenset({_T.LAST, _T.MAX, _T.MIN, _T.NONE}),
    UnitKind.MAX: frozenset({_T.MAX, _T.LAST, _T.NONE}),
    UnitKind.MIN: frozenset({_T.MIN, _T.LAST, _T.NONE}),
    UnitKind.WMEAN: frozenset({_T.MEAN, _T.LAST, _T.NONE}),
    UnitKind.RATIO: frozenset({_T.SUM, _T.LAST, _T.NONE}),
    UnitKind.SHARE: frozenset({_T.LAST, _T.NONE}),
    UnitKind.DISTINCT: frozenset({_T.LAST, _T.NONE}),
    UnitKind.JOINT: frozenset({_T.SUM, _T.LAST, _T.NONE}),
    UnitKind.NONE: frozenset(_T),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is rolled up.

    `column` is where its cells stand. A ratio has no cells of its own: it names the columns of its numerator
    and denominator. A weighted mean names the column of its weight. Undeclared for any other combination.
    """

    column: str
    units: UnitKind
    time: TimeKind = TimeKind.NONE
    numerator: str | None = None
    denominator: str | None = None
    weight: str | None = None

    def __post_init__(self) -> None:
        if self.time not in DECLARED[self.units]:
            raise Undeclared(f"{self.column}: {self.units} over units and {self.time} over time is not a declared aggregation")
        if (self.units is UnitKind.RATIO) != (self.numerator is not None and self.denominator is not None):
            raise Undeclared(f"{self.column}: a ratio, and only a ratio, names its numerator and denominator")
        if (self.units is UnitKind.WMEAN) != (self.weight is not None):
            raise Undeclared(f"{self.column}: a weighted mean, and only one, names its weight")
