"""What a figure says of itself: its number or pair, its state, its coverage, its gaps and decided shares."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class FigureState(StrEnum):
    """VALUE a number or a pair; ZERO everyone who answered gave nought; NOTHING everyone had nothing to report;
    NOT_APPLICABLE, EXCUSED, MISSING nobody answered; NOT_EXPECTED no report was owed; NOT_COMPARABLE a divided
    area lies on the border; UNDEFINED a pair with nought below; RANGE only bounds are known; BLANK not
    aggregated here."""

    VALUE = "value"
    ZERO = "zero"
    NOTHING = "nothing"
    NOT_APPLICABLE = "not_applicable"
    EXCUSED = "excused"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"
    NOT_COMPARABLE = "not_comparable"
    UNDEFINED = "undefined"
    RANGE = "range"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Owed reports by the state of the cell. Not applicable and excused leave `due`, and are still shown."""

    value: int = 0
    zero: int = 0
    nothing: int = 0
    not_applicable: int = 0
    excused: int = 0
    missing: int = 0

    @classmethod
    def of(cls, counts: Sequence[int]) -> Coverage:
        """From six counts in the order of `State`."""
        missing, value, zero, nothing, not_applicable, excused = counts
        return cls(value, zero, nothing, not_applicable, excused, missing)

    @property
    def expected(self) -> int:
        """All owed reports."""
        return self.due + self.not_applicable + self.excused

    @property
    def reported(self) -> int:
        """Reports that answered: a number, zero or nothing to report."""
        return self.value + self.zero + self.nothing

    @property
    def due(self) -> int:
        """The denominator of the coverage."""
        return self.reported + self.missing

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.value + other.value, self.zero + other.zero, self.nothing + other.nothing,
            self.not_applicable + other.not_applicable, self.excused + other.excused, self.missing + other.missing,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareNote:
    """A decided share that touched a figure: of the `whole` that `area` reported in `column` of the round,
    `amount` (= `share`, rounded so that the parts sum to the whole) counts here."""

    round: str
    column: str
    area: int
    share: Fraction
    amount: int
    whole: int


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One figure. Numbers are integers in the indicator's smallest unit; a rate is a pair, never divided here.

    `numerator` is the number (None when there is none); `denominator` is there for rates and means; `upper`
    for a RANGE from `numerator` up to it. `gaps` are the reporting areas that may lie partly inside, `shares`
    the decided shares used, `lacking` the units whose last period is missing (rule "last"), `unpaired` the
    reports that gave only one half of a ratio: they count in that half and as missing in the coverage.
    """

    state: FigureState
    coverage: Coverage
    numerator: int | None = None
    denominator: int | None = None
    upper: int | None = None
    gaps: tuple[int, ...] = ()
    shares: tuple[ShareNote, ...] = ()
    lacking: tuple[int, ...] = ()
    unpaired: int = 0


def silent(coverage: Coverage) -> FigureState:
    """The state of a figure to which nobody gave a number."""
    if coverage.nothing:
        return FigureState.NOTHING
    if coverage.missing:
        return FigureState.MISSING
    if coverage.not_applicable:
        return FigureState.NOT_APPLICABLE
    return FigureState.EXCUSED if coverage.excused else FigureState.NOT_EXPECTED


def counted(coverage: Coverage, number: int, gaps: tuple[int, ...] = (), shares: Iterable[ShareNote] = ()) -> FigureValue:
    """A single number: VALUE as soon as one report gave one, else ZERO, NOTHING or the silent states.

    A figure with gaps has no number at all: a part of it is known to be unknown.
    """
    if gaps:
        return FigureValue(FigureState.NOT_COMPARABLE, coverage, gaps=gaps)
    if not coverage.reported:
        return FigureValue(silent(coverage), coverage)
    state = FigureState.VALUE if coverage.value else FigureState.ZERO if coverage.zero else FigureState.NOTHING
    return FigureValue(state, coverage, number, shares=tuple(shares))


def paired(
    coverage: Coverage, numerator: int, denominator: int, gaps: tuple[int, ...] = (), shares: Iterable[ShareNote] = (), unpaired: int = 0
) -> FigureValue:
    """A pair: VALUE, or UNDEFINED when the denominator is nought; both integers stay visible."""
    if gaps:
        return FigureValue(FigureState.NOT_COMPARABLE, coverage, gaps=gaps, unpaired=unpaired)
    if not coverage.reported and not unpaired:
        return FigureValue(silent(coverage), coverage)
    state = FigureState.VALUE if denominator else FigureState.UNDEFINED
    return FigureValue(state, coverage, numerator, denominator, shares=tuple(shares), unpaired=unpaired)
