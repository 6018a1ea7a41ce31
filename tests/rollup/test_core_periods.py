"""Aggregation over periods, after the units: the declared table, and what each rule does with a silent period."""
from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.rollup.core import (
    DECLARED,
    BadTable,
    Cell,
    Coverage,
    Edge,
    FigureState,
    FigureValue,
    LeafTable,
    Overflow,
    ReportRow,
    RoundTotals,
    Rule,
    State,
    Succession,
    TimeKind,
    Undeclared,
    UnitKind,
    combine,
    number,
    over_time,
    restate,
)
from tests.rollup.core_world import COLUMNS, FIRST, cells, tree

pytestmark = pytest.mark.one_database
MISSING: Cell = (State.MISSING, 0)
SECOND = FIRST + timedelta(days=92)
THIRD = SECOND + timedelta(days=91)


def round_(on: date, listed: list[list[Cell]], edges: tuple[Edge, ...] = (), boundary: date | None = None) -> RoundTotals:
    """Communes 100, 101 … of province 10 on a closing day, on the boundaries of the same or another day."""
    rows = [ReportRow.of(100 + at, cell) for at, cell in enumerate(listed)]
    table = LeafTable.from_rows(rows, key=str(on), on=on, columns=COLUMNS[: len(listed[0])])
    names = {row.area: 10 for row in rows} if boundary is None else {200: 10, 201: 10}
    return RoundTotals(table, restate(table, Succession(edges), tree(boundary or on, names)).group([10]))


def series(*periods: list[list[Cell]]) -> list[RoundTotals]:
    return [round_(day, listed) for day, listed in zip((FIRST, SECOND, THIRD), periods, strict=False)]


THREE = series([[number(4)], [number(6)]], [[number(0)], [MISSING]], [[number(9)], [number(1)]])


@pytest.mark.parametrize(
    ("time", "numerator", "denominator"),
    [(TimeKind.SUM, 20, None), (TimeKind.LAST, 10, None), (TimeKind.MAX, 10, None), (TimeKind.MIN, 0, None), (TimeKind.MEAN, 20, 3)],
)
def test_each_rule_over_time(time: TimeKind, numerator: int, denominator: int | None) -> None:
    for rounds in permutations(THREE):
        shown = over_time(Rule("a", UnitKind.SUM, time), 10, rounds)
        assert (shown.state, shown.numerator, shown.denominator) == (FigureState.VALUE, numerator, denominator)
    assert over_time(Rule("a", UnitKind.SUM, TimeKind.SUM), 10, THREE).coverage == Coverage(value=4, zero=1, missing=1)


def test_last_carries_nothing_forward_and_names_who_is_silent() -> None:
    rounds = series([[number(4)], [number(6)]], [[number(5)], [MISSING]])
    shown = over_time(Rule("a", UnitKind.SUM, TimeKind.LAST), 10, rounds)
    assert (shown.numerator, shown.lacking) == (5, (101,))
    assert shown.coverage == Coverage(value=1, missing=1)
    silent = over_time(Rule("a", UnitKind.SUM, TimeKind.LAST), 10, series([[number(4)]], [[MISSING]]))
    assert (silent.state, silent.numerator, silent.lacking) == (FigureState.MISSING, None, (100,))


def test_a_silent_period_neither_lowers_a_mean_nor_hides() -> None:
    rounds = series([[number(4)]], [[MISSING]], [[number(8)]])
    shown = over_time(Rule("a", UnitKind.SUM, TimeKind.MEAN), 10, rounds)
    assert (shown.numerator, shown.denominator) == (12, 2)
    assert shown.coverage == Coverage(value=2, missing=1)


def test_none_over_time_is_blank_beyond_one_period() -> None:
    rule = Rule("a", UnitKind.SUM, TimeKind.NONE)
    assert over_time(rule, 10, THREE[:1]).numerator == 10
    assert over_time(rule, 10, THREE).state is FigureState.BLANK


def test_ratios_and_weighted_means_add_both_sums() -> None:
    rounds = series([[number(1), number(2)]], [[number(30), number(98)]])
    ratio = over_time(Rule("r", UnitKind.RATIO, TimeKind.SUM, numerator="a", denominator="b"), 10, rounds)
    assert (ratio.numerator, ratio.denominator) == (31, 100)
    mean = over_time(Rule("a", UnitKind.WMEAN, TimeKind.MEAN, weight="b"), 10, rounds)
    assert (mean.numerator, mean.denominator) == (1 * 2 + 30 * 98, 100)


def test_a_gap_in_one_period_makes_the_series_not_comparable() -> None:
    later = SECOND + timedelta(days=1)
    edges = (Edge(100, 200, later), Edge(100, 300, later), Edge(101, 201, later, 1, 1))
    rows = [[number(4)], [number(6)]]
    rounds = [RoundTotals(r.table, restate(r.table, Succession(edges), tree(THIRD, {200: 10, 201: 10, 300: 11})).group([10, 11]))
              for r in (round_(FIRST, rows), round_(SECOND, rows))]  # fmt: skip
    shown = over_time(Rule("a", UnitKind.SUM, TimeKind.SUM), 10, rounds)
    assert (shown.state, shown.numerator, shown.gaps) == (FigureState.NOT_COMPARABLE, None, (100,))
    largest = over_time(Rule("a", UnitKind.SUM, TimeKind.MAX), 10, rounds)
    assert largest.state is FigureState.NOT_COMPARABLE


def test_a_series_across_a_merger_is_equal_on_old_and_new_boundaries() -> None:
    new_day = SECOND
    edges = (Edge(100, 200, new_day, 1, 1), Edge(101, 200, new_day, 1, 1), Edge(102, 201, new_day, 1, 1))
    before = round_(FIRST, [[number(4)], [number(6)], [number(1)]])
    after_rows = [ReportRow.of(200, [number(7)]), ReportRow.of(201, [number(2)])]
    after = LeafTable.from_rows(after_rows, key="after", on=THIRD, columns=["a"])
    for boundary, names in ((FIRST, {100: 10, 101: 10, 102: 10}), (THIRD, {200: 10, 201: 10})):
        rounds = [RoundTotals(table, restate(table, Succession(edges), tree(boundary, names)).group([10])) for table in (before.table, after)]
        assert over_time(Rule("a", UnitKind.SUM, TimeKind.SUM), 10, rounds).numerator == 20


@pytest.mark.parametrize(("units", "time"), list(product(UnitKind, TimeKind)))
def test_every_pair_of_rules_is_either_declared_or_refused(units: UnitKind, time: TimeKind) -> None:
    extra = {"numerator": "a", "denominator": "b"} if units is UnitKind.RATIO else {"weight": "b"} if units is UnitKind.WMEAN else {}
    if time in DECLARED[units]:
        assert Rule("x", units, time, **extra).time is time
    else:
        with pytest.raises(Undeclared, match="not a declared aggregation"):
            Rule("x", units, time, **extra)
        with pytest.raises(Undeclared, match="not a declared aggregation"):
            combine(units, time, [])


@pytest.mark.parametrize(
    "rule",
    [
        lambda: Rule("r", UnitKind.RATIO, TimeKind.SUM, numerator="a"), lambda: Rule("a", UnitKind.SUM, denominator="b", numerator="a"),
        lambda: Rule("a", UnitKind.WMEAN, TimeKind.MEAN), lambda: Rule("a", UnitKind.SUM, weight="b"),
    ],
)
def test_a_rule_names_what_it_needs_and_nothing_else(rule: object) -> None:
    with pytest.raises(Undeclared, match="and only"):
        rule()  # type: ignore[operator]


def test_overlapping_periods_no_periods_and_overflow_are_refused() -> None:
    rule = Rule("a", UnitKind.SUM, TimeKind.SUM)
    with pytest.raises(BadTable, match="same day"):
        over_time(rule, 10, [THREE[0], round_(FIRST, [[number(1)]])])
    with pytest.raises(BadTable, match="no round"):
        over_time(rule, 10, [])
    with pytest.raises(Overflow):
        over_time(rule, 10, series([[number(2**62)]], [[number(2**62)]]))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=2, max_size=3), st.sampled_from(sorted(DECLARED[UnitKind.SUM])))
def test_sums_over_time_agree_with_the_plain_recomputation(periods: list[list[Cell]], time: TimeKind) -> None:
    shown = over_time(Rule("a", UnitKind.SUM, time), 10, series(*[[[cell] for cell in period] for period in periods]))
    reported = (State.VALUE, State.ZERO, State.NOTHING)
    per = [sum(value for _, value in period) if any(state in reported for state, _ in period) else None for period in periods]
    known = [total for total in per if total is not None]
    expected: dict[TimeKind, tuple[int | None, int | None]] = {
        TimeKind.SUM: (sum(known) if known else None, None),
        TimeKind.LAST: (per[-1], None),
        TimeKind.MAX: (max(known, default=None), None),
        TimeKind.MIN: (min(known, default=None), None),
        TimeKind.MEAN: (sum(known), len(known)) if known else (None, None),
        TimeKind.NONE: (None, None),
    }
    assert (shown.numerator, shown.denominator) == expected[time]
    assert time in (TimeKind.LAST,) or shown.coverage.expected == 3 * len(periods)


def test_an_undefined_ratio_shows_its_noughts() -> None:
    shown = over_time(Rule("r", UnitKind.RATIO, TimeKind.SUM, numerator="a", denominator="b"), 10, series([[number(0), number(0)]]))
    assert shown == FigureValue(FigureState.UNDEFINED, Coverage(zero=1), 0, 0)
