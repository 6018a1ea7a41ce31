"""Aggregation over units: every kind against a plain recomputation, and the properties a total must have."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.rollup.core import (
    BadTable,
    BadTree,
    Cell,
    Coverage,
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
    columns_of,
    figure,
    number,
    restate,
)
from soket.rollup.core.sums import LONGEST, Runs, exact_sums, state_counts
from tests.rollup.core_world import COLUMNS, FIRST, NATION, histories, inside, tables, tree

pytestmark = pytest.mark.one_database
NUMBERS = (State.VALUE, State.ZERO)
REPORTED = (State.VALUE, State.ZERO, State.NOTHING)
RULES = [
    Rule("a", UnitKind.SUM), Rule("a", UnitKind.MAX), Rule("a", UnitKind.MIN), Rule("a", UnitKind.LAST), Rule("a", UnitKind.SHARE),
    Rule("a", UnitKind.DISTINCT), Rule("a", UnitKind.NONE), Rule("r", UnitKind.RATIO, numerator="a", denominator="b"),
    Rule("a", UnitKind.WMEAN, weight="b"),
]  # fmt: skip
EMPTY: tuple[State, ...] = (State.NOTHING, State.MISSING, State.NOT_APPLICABLE, State.EXCUSED)
Found = tuple[str, int | None, int | None, int | None]


def plain(rule: Rule, rows: list[ReportRow], node: int) -> Found:
    """State, numerator, denominator and upper bound, from the cells one by one."""
    cells = [list(zip(row.states, np.frombuffer(row.values, "<i8").tolist(), strict=True)) for row in rows]
    firsts = [cell[0] for cell in cells]
    reported = [value for state, value in firsts if state in REPORTED]
    given_ = [value for state, value in firsts if state in NUMBERS]
    states = [state for state, _ in firsts]
    own = [cell for row, cell in zip(rows, firsts, strict=True) if row.area == node]
    if rule.units is UnitKind.SUM:
        return summed(states, sum(reported))
    if rule.units is UnitKind.SHARE:
        due = sum(state in (*REPORTED, State.MISSING) for state in states)
        return ("value", states.count(State.VALUE), due, None) if reported else (quiet(states), None, None, None)
    if rule.units in (UnitKind.NONE, UnitKind.DISTINCT) and own and (rule.units is UnitKind.NONE or own[0][0] in REPORTED):
        return summed([own[0][0]], own[0][1])
    if rule.units is UnitKind.NONE:
        return "blank", None, None, None
    if rule.units is UnitKind.RATIO:
        return ratio(cells, states)
    if rule.units is UnitKind.WMEAN:
        both = [(a[1], b[1]) for a, b in cells if a[0] in NUMBERS and b[0] in NUMBERS]
        weight = sum(b for _, b in both)
        joined = [together(a[0], b[0]) for a, b in cells]
        return ("value" if weight else "undefined", sum(a * b for a, b in both), weight, None) if both else (quiet(joined), None, None, None)
    if not given_:
        return quiet(states), None, None, None
    chosen: dict[UnitKind, Callable[[], int]] = {
        UnitKind.MAX: lambda: max(given_), UnitKind.MIN: lambda: min(given_), UnitKind.DISTINCT: lambda: max(given_),
        UnitKind.LAST: lambda: max((row.unit, cell[1]) for row, cell in zip(rows, firsts, strict=True) if cell[0] in NUMBERS)[1],
    }  # fmt: skip
    best = chosen[rule.units]()
    if rule.units is UnitKind.DISTINCT and best != sum(given_):
        return "range", best, None, sum(given_)
    return "value" if State.VALUE in states else "zero", best, None, None


def ratio(cells: list[list[Cell]], states: list[int]) -> Found:
    sums = [sum(cell[at][1] for cell in cells if cell[at][0] in REPORTED) for at in (0, 1)]
    if not any(cell[at][0] in REPORTED for cell in cells for at in (0, 1)):
        return quiet([together(cell[0][0], cell[1][0]) for cell in cells]), None, None, None
    return "value" if sums[1] else "undefined", sums[0], sums[1], None


def together(first: int, second: int) -> int:
    order = (State.MISSING, State.EXCUSED, State.NOT_APPLICABLE, State.NOTHING)
    return next((state for state in order if state in (first, second)), first)


def summed(states: list[int], total: int) -> Found:
    for state in (State.VALUE, State.ZERO, State.NOTHING):
        if state in states:
            return state.name.lower(), total, None, None
    return quiet(states), None, None, None


def quiet(states: list[int]) -> str:
    return next((state.name.lower() for state in EMPTY if state in states), "not_expected")


def found(value: FigureValue) -> Found:
    return value.state.value, value.numerator, value.denominator, value.upper


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.units))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_kind_agrees_with_the_plain_recomputation(rule: Rule, data: st.DataObject) -> None:
    moment = data.draw(histories())[0]
    table, rows = data.draw(tables(moment))
    placement = restate(table, Succession([]), moment.geography)
    provinces = sorted(set(moment.provinces.values()))
    for targets in ([NATION], provinces, sorted(moment.provinces)):
        totals = RoundTotals(table, placement.group(targets), columns_of(rule))
        for node in targets:
            within = [row for row in rows if inside(row.area, node, moment.provinces)]
            assert found(figure(rule, node, totals)) == plain(rule, within, node)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_children_sum_to_their_parent_in_numbers_and_in_counts(data: st.DataObject) -> None:
    moments = data.draw(histories())
    table, _ = data.draw(tables(moments[0]))
    edges = [edge for moment in moments for edge in moment.edges]
    map_ = moments[-1].geography
    placement = restate(table, Succession(edges), map_)
    below = RoundTotals(table, placement.group(map_.children(NATION)))
    whole = RoundTotals(table, placement.group([NATION]))
    if not any(below.groups.gaps):
        assert below.sums.sum(axis=1).tolist() == whole.sums[:, 0].tolist()
    if not any(below.groups.whole_gaps):
        assert below.counts.sum(axis=2).tolist() == whole.counts[:, :, 0].tolist()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_arrival_never_matters(data: st.DataObject) -> None:
    moment = data.draw(histories())[0]
    table, rows = data.draw(tables(moment))
    shuffled = LeafTable.from_rows(
        data.draw(st.permutations(rows)), key="q", on=moment.on, columns=COLUMNS, geography=moment.geography
    )
    unsorted = LeafTable.from_rows(rows, key="q", on=moment.on, columns=COLUMNS)
    assert shuffled.values.tobytes("A") == table.values.tobytes("A") and shuffled.states.tobytes("A") == table.states.tobytes("A")
    for rule in RULES:
        for node in sorted(moment.provinces)[:3]:
            shown = [
                figure(rule, node, RoundTotals(one, restate(one, Succession([]), moment.geography).group([node])))
                for one in (table, shuffled, unsorted)
            ]
            assert shown[0] == shown[1] == shown[2]


def one_province(*cells: list[Cell], columns: tuple[str, ...] = ("a",)) -> RoundTotals:
    """Communes 100, 101 … of province 10, each with its cells."""
    rows = [ReportRow.of(100 + at, cell) for at, cell in enumerate(cells)]
    map_ = tree(FIRST, {row.area: 10 for row in rows})
    table = LeafTable.from_rows(rows, key="q", on=FIRST, columns=columns, geography=map_)
    return RoundTotals(table, restate(table, Succession([]), map_).group([10]))


def test_six_states_are_counted_apart_and_two_of_them_leave_the_denominator() -> None:
    totals = one_province([number(5)], [number(0)], *([(state, 0)] for state in EMPTY))
    coverage = figure(Rule("a", UnitKind.SUM), 10, totals).coverage
    assert coverage == Coverage(value=1, zero=1, nothing=1, not_applicable=1, excused=1, missing=1)
    assert (coverage.expected, coverage.due, coverage.reported) == (6, 4, 3)
    assert totals.missing_units("a", 10) == (103,)


def test_share_of_units_counts_yes_over_all_that_are_due_the_silent_ones_too() -> None:
    shown = figure(Rule("a", UnitKind.SHARE), 10, one_province([number(1)], [number(0)], *([(state, 0)] for state in EMPTY)))
    assert (shown.numerator, shown.denominator) == (1, 4)


def test_a_ratio_divides_sums_and_says_how_many_gave_only_one_half() -> None:
    cells = [[number(9), number(10)], [number(1), number(90)], [number(3), (State.MISSING, 0)]]
    shown = figure(RULES[7], 10, one_province(*cells, columns=COLUMNS))
    assert (shown.numerator, shown.denominator, shown.unpaired) == (13, 100, 1)
    assert (shown.coverage.reported, shown.coverage.missing) == (2, 1)


def test_a_weighted_mean_keeps_both_sums() -> None:
    cells = [[number(90), number(1000)], [number(50), number(3000)], [number(7), (State.NOTHING, 0)]]
    shown = figure(RULES[8], 10, one_province(*cells, columns=COLUMNS))
    assert (shown.numerator, shown.denominator) == (90 * 1000 + 50 * 3000, 4000)
    assert (shown.coverage.value, shown.coverage.nothing) == (2, 1)


def test_persons_are_a_range_until_the_area_reports_them_itself() -> None:
    rule = Rule("a", UnitKind.DISTINCT)
    rows = [ReportRow.of(100, [number(30)]), ReportRow.of(101, [number(45)])]
    map_ = tree(FIRST, {100: 10, 101: 10})

    def shown(listed: list[ReportRow]) -> FigureValue:
        table = LeafTable.from_rows(listed, key="q", on=FIRST, columns=["a"], geography=map_)
        return figure(rule, 10, RoundTotals(table, restate(table, Succession([]), map_).group([10])))

    assert found(shown(rows)) == ("range", 45, None, 75)
    own = shown([*rows, ReportRow.of(10, [number(60)])])
    assert found(own) == ("value", 60, None, None)
    assert own.coverage.expected == 1


def test_coverage_by_weight_and_lineage_name_the_rows() -> None:
    totals = one_province([number(5)], [(State.MISSING, 0)], [(State.NOT_APPLICABLE, 0)])
    assert totals.weight_covered("a", 10, np.array([300, 100, 50])) == (300, 400)
    lineage = totals.lineage("a", 10)
    assert (lineage.rows.tolist(), lineage.values.tolist()) == ([0, 1, 2], [5, 0, 0])
    assert lineage.with_state(State.MISSING, State.NOT_APPLICABLE).tolist() == [1, 2]


def test_whole_reports_are_counted_whatever_their_columns() -> None:
    rows = [ReportRow.of(100, [number(1), (State.MISSING, 0)]), ReportRow(101, 101), ReportRow(102, 102, excused=True)]
    map_ = tree(FIRST, {100: 10, 101: 10, 102: 10})
    table = LeafTable.from_rows(rows, key="q", on=FIRST, columns=COLUMNS, geography=map_)
    totals = RoundTotals(table, restate(table, Succession([]), map_).group([10]))
    assert totals.reports(10) == Coverage(value=1, missing=1, excused=1)


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=8), st.data())
def test_sums_are_exact_to_the_last_bit_or_refused(values: list[int], data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.integers(-1, 2), min_size=len(values), max_size=len(values)))
    runs = Runs.of(np.array(labels), 3)
    expected = [sum(value for value, label in zip(values, labels, strict=True) if label == at) for at in range(3)]
    matrix = np.array([values], np.int64)
    if all(-(2**63) <= total < 2**63 for total in expected):
        assert exact_sums(matrix, runs)[0].tolist() == expected
    else:
        with pytest.raises(Overflow, match="does not fit into 64 bits"):
            exact_sums(matrix, runs)


def test_a_product_with_its_weight_that_leaves_64_bits_is_refused() -> None:
    with pytest.raises(Overflow, match="times its weight"):
        figure(RULES[8], 10, one_province([number(2**40), number(2**40)], columns=COLUMNS))
    near = figure(RULES[8], 10, one_province([number(2**40), number(2**22)], [number(-1), number(2**62)], columns=COLUMNS))
    assert near.numerator == 0


def test_runs_longer_than_the_packed_counters_are_counted_right() -> None:
    count = 3 * LONGEST + 5
    states = np.arange(count, dtype=np.int64) % 6
    counts = state_counts(states.astype(np.uint8)[None, :], Runs.of(np.zeros(count, np.int64), 1))
    assert counts[:, 0, 0].tolist() == [Counter(states.tolist())[state] for state in range(6)]


def test_an_empty_area_and_an_empty_round_have_no_expected_report() -> None:
    map_ = tree(FIRST, {100: 10, 101: 11})
    for rows in ([ReportRow.of(100, [number(5), number(1)])], []):
        table = LeafTable.from_rows(rows, key="q", on=FIRST, columns=COLUMNS, geography=map_)
        totals = RoundTotals(table, restate(table, Succession([]), map_).group([10, 11]))
        for rule in RULES:
            expected = FigureState.BLANK if rule.units is UnitKind.NONE else FigureState.NOT_EXPECTED
            assert figure(rule, 11, totals).state is expected


def test_wrong_questions_are_refused() -> None:
    totals = one_province([number(5)])
    with pytest.raises(BadTable, match="no column z"):
        figure(Rule("z", UnitKind.SUM), 10, totals)
    with pytest.raises(BadTree, match="not among the areas"):
        figure(Rule("a", UnitKind.SUM), 11, totals)
    with pytest.raises(Undeclared, match="joint is not made from cells"):
        figure(Rule("a", UnitKind.JOINT), 10, totals)
    with pytest.raises(BadTree, match="inside the other"):
        totals.groups.placement.group([NATION, 10])
    with pytest.raises(BadTable, match="another table"):
        RoundTotals(one_province([number(1)], [number(2)]).table, totals.groups)
    assert Rule("a", UnitKind.SUM).time is TimeKind.NONE
