"""Aggregation over the units of one round: one function per kind, all reading the same totals.

| kind | number | which cells take part |
|---|---|---|
| sum | the sum | value; zero and nothing to report add nought and are counted apart |
| max, min | the extreme | value and zero |
| last | the cell of the latest report (last day covered, then unit) | value and zero |
| wmean | the sum of value × weight over the sum of weights | reports that gave both |
| ratio | the sum of the numerator over the sum of the denominator | each column for itself |
| share | units that said yes over units due | yes is value, no is zero |
| distinct | the area's own report, else from the largest cell up to the sum | value and zero |
| none | the area's own report, else blank | the one cell |
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import STATES, Bytes, State
from soket.rollup.core.errors import Undeclared
from soket.rollup.core.figures import Coverage, FigureState, FigureValue, counted, paired, silent
from soket.rollup.core.kinds import Rule, UnitKind
from soket.rollup.core.rounds import RoundTotals, product

Ints = NDArray[np.int64]
_LOW, _HIGH = -(2**63), 2**63 - 1


def figure(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    """The figure of one rule for one of the target areas of a round."""
    maker = _MAKERS.get(rule.units)
    if maker is None:
        raise Undeclared(f"{rule.column}: {rule.units} is not made from cells")
    return maker(rule, area, totals)


def columns_of(rule: Rule) -> tuple[str, ...]:
    """The columns a rule reads; what a caller passes to `RoundTotals` to read no more than it needs."""
    if rule.numerator is not None and rule.denominator is not None:
        return (rule.numerator, rule.denominator)
    return (rule.column, rule.weight) if rule.weight is not None else (rule.column,)


def _sum(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    target = totals.target(area)
    number = int(totals.sums[totals.at(rule.column), target])
    return counted(totals.coverage(rule.column, area), number, totals.groups.gaps[target], totals.shares(rule.column, area))


def _whole_coverage(rule: Rule, target: int, totals: RoundTotals) -> Coverage:
    at = totals.at(rule.column)
    counts = totals.once(("whole", rule.column), lambda: totals.counted_whole(totals.states[at : at + 1])[:, 0])
    return Coverage.of(counts[:, target].tolist())


def _extreme(ufunc: np.ufunc, empty: int) -> Callable[[Rule, int, RoundTotals], FigureValue]:
    def make(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
        target = totals.target(area)
        number = int(_reduced(rule.column, ufunc, empty, totals)[target])
        return _measured(_whole_coverage(rule, target, totals), number, totals.groups.whole_gaps[target])

    return make


def _reduced(column: str, ufunc: np.ufunc, empty: int, totals: RoundTotals) -> Ints:
    def make() -> Ints:
        cells = np.where(totals.answered(column), totals.values[totals.at(column)], empty)
        best: Ints = totals.reduced(ufunc, cells[None, :], empty)[0]
        return best

    return totals.once((ufunc.__name__, str(empty), column), make)


def _measured(coverage: Coverage, number: int, gaps: tuple[int, ...]) -> FigureValue:
    """Like `counted`, for measurements: nothing to report is not a measurement of nought."""
    if not gaps and not coverage.value + coverage.zero:
        return FigureValue(silent(coverage), coverage)
    return counted(coverage, number, gaps)


def _last(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    target = totals.target(area)
    row = int(totals.once(("latest", rule.column), lambda: _latest(rule.column, totals))[target])
    number = int(totals.values[totals.at(rule.column), row]) if row >= 0 else 0
    return _measured(_whole_coverage(rule, target, totals), number, totals.groups.whole_gaps[target])


def _latest(column: str, totals: RoundTotals) -> Ints:
    """Per target the row of the latest answer, by last day covered and then by unit, -1 when there is none."""
    order = np.lexsort((totals.table.unit_ids, totals.table.days))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    best = totals.reduced(np.maximum, np.where(totals.answered(column), rank, -1)[None, :], -1)[0]
    return np.where(best >= 0, order[best], -1) if len(order) else best


def _joined(first: Bytes, second: Bytes, numbers: bool) -> Bytes:
    """The state of two cells read together. With `numbers`, "nothing to report" in either leaves no pair."""
    table = np.zeros((STATES, STATES), np.uint8)
    for a in State:
        for b in State:
            table[a, b] = _join(a, b, numbers)
    return table[first, second]


def _join(a: State, b: State, numbers: bool) -> State:
    for state in (State.MISSING, State.EXCUSED, State.NOT_APPLICABLE):
        if state in (a, b):
            return state
    return State.NOTHING if numbers and State.NOTHING in (a, b) else a


def _pair_counts(first: str, second: str, numbers: bool, totals: RoundTotals) -> Ints:
    """Counts [states + 1, targets] of two columns together; the last line counts reports that gave only one."""

    def make() -> Ints:
        a, b = totals.states[totals.at(first)], totals.states[totals.at(second)]
        given = [(part >= State.VALUE) & (part <= State.NOTHING) for part in (a, b)]
        half = np.where(given[0] != given[1], State.VALUE, State.MISSING).astype(np.uint8)
        counts = totals.counted(np.stack([_joined(a, b, numbers), half]))
        return np.concatenate([counts[:, 0], counts[State.VALUE, 1:2]])

    return totals.once(("pair", first, second, str(numbers)), make)


def _ratio(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    above, below = columns_of(rule)
    target = totals.target(area)
    counts = _pair_counts(above, below, False, totals)[:, target].tolist()
    numerator, denominator = (int(totals.sums[totals.at(column), target]) for column in (above, below))
    shares = totals.shares(above, area) + totals.shares(below, area)
    return paired(Coverage.of(counts[:STATES]), numerator, denominator, totals.groups.gaps[target], shares, counts[STATES])


def _weighted(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    value, weight = columns_of(rule)
    target = totals.target(area)

    def make() -> Ints:
        both = totals.answered(value) & totals.answered(weight)
        weights = np.where(both, totals.values[totals.at(weight)], 0)
        products = product(np.where(both, totals.values[totals.at(value)], 0), weights, value)
        return totals.added(np.stack([products, weights]))

    sums = totals.once(("weighted", value, weight), make)[:, target].tolist()
    counts = _pair_counts(value, weight, True, totals)[:, target].tolist()
    coverage = Coverage.of(counts[:STATES])
    gaps = totals.groups.gaps[target]
    if not gaps and not coverage.value + coverage.zero:
        return FigureValue(silent(coverage), coverage, unpaired=counts[STATES])
    return paired(coverage, sums[0], sums[1], gaps, totals.shares(value, area), counts[STATES])


def _share(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    target = totals.target(area)
    coverage = _whole_coverage(rule, target, totals)
    return paired(coverage, coverage.value, coverage.due, totals.groups.whole_gaps[target])


def _own(rule: Rule, target: int, totals: RoundTotals) -> FigureValue | None:
    row = totals.groups.own_row(target)
    if row < 0:
        return None
    at = totals.at(rule.column)
    coverage = Coverage.of(np.bincount(totals.states[at, row : row + 1], minlength=STATES).tolist())
    return counted(coverage, int(totals.values[at, row]))


def _distinct(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    target = totals.target(area)
    own = _own(rule, target, totals)
    if own is not None and own.numerator is not None:
        return own
    low = int(_reduced(rule.column, np.maximum, _LOW, totals)[target])
    at = totals.at(rule.column)
    high = int(totals.once(("whole sum", rule.column), lambda: totals.added_whole(totals.values[at : at + 1])[0])[target])
    found = _measured(_whole_coverage(rule, target, totals), low, totals.groups.whole_gaps[target])
    if found.numerator is None or low == high:
        return found
    return FigureValue(FigureState.RANGE, found.coverage, low, upper=high)


def _none(rule: Rule, area: int, totals: RoundTotals) -> FigureValue:
    target = totals.target(area)
    own = _own(rule, target, totals)
    return own if own is not None else FigureValue(FigureState.BLANK, _whole_coverage(rule, target, totals))


_MAKERS: dict[UnitKind, Callable[[Rule, int, RoundTotals], FigureValue]] = {
    UnitKind.SUM: _sum,
    UnitKind.LAST: _last,
    UnitKind.MAX: _extreme(np.maximum, _LOW),
    UnitKind.MIN: _extreme(np.minimum, _HIGH),
    UnitKind.WMEAN: _weighted,
    UnitKind.RATIO: _ratio,
    UnitKind.SHARE: _share,
    UnitKind.DISTINCT: _distinct,
    UnitKind.NONE: _none,
}
