"""Aggregation over periods: first the units inside each round, then the rounds, in the order of their closing days."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from soket.rollup.core.errors import BadTable, Undeclared
from soket.rollup.core.figures import Coverage, FigureState, FigureValue, counted, paired, silent
from soket.rollup.core.kinds import DECLARED, Rule, TimeKind, UnitKind
from soket.rollup.core.limits import fits
from soket.rollup.core.rounds import RoundTotals
from soket.rollup.core.units import columns_of, figure

Dated = tuple[date, FigureValue]


def over_time(rule: Rule, area: int, rounds: Sequence[RoundTotals]) -> FigureValue:
    """The figure of an area over several rounds, in whatever order they are given.

    With the rule "last" the figure is that of the last round and nothing is carried forward: the units that
    did not report in it are named in `lacking`, even if they reported before.
    """
    if not rounds:
        raise BadTable(f"{rule.column}: no round to read")
    figures = [(totals.table.on, figure(rule, area, totals)) for totals in rounds]
    lacking: tuple[int, ...] = ()
    if rule.time is TimeKind.LAST:
        last = max(rounds, key=lambda totals: totals.table.on)
        missing = [unit for column in columns_of(rule) for unit in last.missing_units(column, area)]
        lacking = tuple(sorted(set(missing)))
    return combine(rule.units, rule.time, figures, lacking)


def combine(units: UnitKind, time: TimeKind, figures: Sequence[Dated], lacking: tuple[int, ...] = ()) -> FigureValue:
    """Join figures of different closing days by a declared rule.

    BadTable when two have one day, Undeclared for an undeclared rule, Overflow when a sum leaves 64 bits.
    """
    if time not in DECLARED[units]:
        raise Undeclared(f"{units} over units and {time} over time is not a declared aggregation")
    ordered = [figure for _, figure in sorted(figures, key=lambda dated: dated[0])]
    if len({day for day, _ in figures}) != len(ordered):
        raise BadTable("two rounds close on the same day: the periods overlap")
    if time is TimeKind.LAST:
        last = ordered[-1]
        return FigureValue(
            last.state, last.coverage, last.numerator, last.denominator, last.upper, last.gaps, last.shares, lacking, last.unpaired
        )
    if time is TimeKind.NONE or len(ordered) == 1 and time is not TimeKind.MEAN:
        return ordered[0] if len(ordered) == 1 else FigureValue(FigureState.BLANK, _coverage(ordered))
    return _joined(time, ordered)


def _coverage(figures: Sequence[FigureValue]) -> Coverage:
    return sum((figure.coverage for figure in figures), Coverage())


def _joined(time: TimeKind, figures: Sequence[FigureValue]) -> FigureValue:
    coverage = _coverage(figures)
    gaps = tuple(sorted({area for figure in figures for area in figure.gaps}))
    shares = tuple(note for figure in figures for note in figure.shares)
    unpaired = sum(figure.unpaired for figure in figures)
    if any(figure.state is FigureState.BLANK for figure in figures):
        return FigureValue(FigureState.BLANK, coverage)
    given = [figure for figure in figures if figure.numerator is not None]
    if not given and not gaps:
        return FigureValue(silent(coverage), coverage, unpaired=unpaired)
    numbers = [figure.numerator for figure in given if figure.numerator is not None]
    if time in (TimeKind.MAX, TimeKind.MIN):
        best = (max if time is TimeKind.MAX else min)(numbers, default=0)
        return counted(coverage, best, gaps, shares)
    total = fits(sum(numbers), "over time")
    below = [figure.denominator for figure in given if figure.denominator is not None]
    if below:
        return paired(coverage, total, fits(sum(below), "over time"), gaps, shares, unpaired)
    if time is TimeKind.MEAN:
        return paired(coverage, total, len(numbers), gaps, shares)
    return counted(coverage, total, gaps, shares)
