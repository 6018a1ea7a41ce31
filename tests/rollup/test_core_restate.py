"""Restatement: where rows lie on other boundaries, checked against following every act by hand."""
from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.rollup.core import (
    Area,
    BadSuccession,
    Edge,
    FigureState,
    Geography,
    LeafTable,
    ReportRow,
    RoundTotals,
    Rule,
    Succession,
    TimeKind,
    UnitKind,
    apportion,
    figure,
    number,
    restate,
)
from soket.rollup.core.shares import apportion_many
from tests.rollup.core_world import (
    COLUMNS,
    FIRST,
    NATION,
    Moment,
    amount,
    areas_backward,
    histories,
    inside,
    parts_forward,
    tables,
    tree,
)

pytestmark = pytest.mark.one_database
LATER = FIRST + timedelta(days=100)
SUM = Rule("a", UnitKind.SUM, TimeKind.SUM)


def gathered(table: LeafTable, edges: list[Edge], geography: Geography, targets: list[int]) -> RoundTotals:
    return RoundTotals(table, restate(table, Succession(edges), geography).group(targets))


def antichains(moment: Moment) -> list[list[int]]:
    return [[NATION], sorted(set(moment.provinces.values())), sorted(moment.provinces)]


def simple(values: dict[int, int], on: date = FIRST) -> LeafTable:
    """One column, one report per area."""
    return LeafTable.from_rows([ReportRow.of(area, [number(value)]) for area, value in values.items()], key="q", on=on, columns=["a"])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_forward_agrees_with_following_every_act(data: st.DataObject) -> None:
    moments = data.draw(histories())
    table, rows = data.draw(tables(moments[0]))
    communes = [row for row in rows if row.area in moments[0].provinces]
    table = LeafTable.from_rows(communes, key="q", on=FIRST, columns=COLUMNS)
    edges = [edge for moment in moments for edge in moment.edges]
    last = moments[-1]
    for targets in antichains(last):
        totals = gathered(table, edges, last.geography, targets)
        for node in targets:
            total, gaps, sources = 0, set(), set()
            for row in communes:
                value = int.from_bytes(row.values[:8], "little", signed=True)
                parts = parts_forward(row.area, moments)
                if all(inside(area, node, last.provinces) for part in parts for area in part.areas):
                    total += value
                    sources.add(row.unit)
                    continue
                for part in parts:
                    within = [inside(area, node, last.provinces) for area in part.areas]
                    if all(within):
                        total += amount(part, value)
                        sources.add(row.unit)
                    elif any(within):
                        gaps.add(row.area)
            assert totals.sums[0, totals.target(node)] == total
            assert totals.groups.gaps[totals.target(node)] == tuple(sorted(gaps))
            assert set(table.unit_ids[totals.rows(node)].tolist()) == sources
            assert totals.counts[:, 0, totals.target(node)].sum() == len(sources)
            assert sum(note.amount for note in totals.shares("a", node)) == total - sum(
                int(table.values[row, 0]) for row in range(len(table)) if totals.groups.labels[row] == totals.target(node)
            )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_backward_agrees_with_following_every_act(data: st.DataObject) -> None:
    moments = data.draw(histories())
    first, last = moments[0], moments[-1]
    table, rows = data.draw(tables(last))
    rows = [row for row in rows if row.area in last.provinces]
    table = LeafTable.from_rows(rows, key="q", on=last.on, columns=COLUMNS)
    edges = [edge for moment in moments for edge in moment.edges]
    for targets in antichains(first):
        totals = gathered(table, edges, first.geography, targets)
        for node in targets:
            lies = {row.area: [inside(area, node, first.provinces) for area in areas_backward(row.area, moments)] for row in rows}
            whole = {area for area, within in lies.items() if all(within)}
            touched = {area for area, within in lies.items() if any(within) and not all(within)}
            assert {int(table.area_ids[row]) for row in totals.rows(node)} == whole
            assert totals.groups.gaps[totals.target(node)] == tuple(sorted(touched))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_restating_to_the_same_day_is_the_identity(data: st.DataObject) -> None:
    moments = data.draw(histories())
    for moment in moments:
        table, _ = data.draw(tables(moment))
        edges = [edge for one in moments for edge in one.edges]
        placement = restate(table, Succession(edges), moment.geography)
        assert moment.geography.ids[placement.places].tolist() == table.area_ids.tolist()
        assert placement.own.all()
        assert not placement.splits and not placement.lost and not len(placement.reach[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6), st.data())
def test_split_then_merge_returns_the_original(values: list[int], data: st.DataObject) -> None:
    on2, on3 = FIRST + timedelta(days=1), FIRST + timedelta(days=2)
    edges, after = [], {}
    for at in range(len(values)):
        halves = data.draw(st.integers(1, 4))
        for half in range(halves):
            decided = at % 2 == 0
            edges.append(Edge(100 + at, 1000 + 10 * at + half, on2, 1 if decided else None, halves if decided else None))
            edges.append(Edge(1000 + 10 * at + half, 5000 + at, on3, 1, 1))
        after[5000 + at] = 20
    table = simple({100 + at: value for at, value in enumerate(values)})
    totals = gathered(table, edges, tree(on3, after), sorted(after))
    assert totals.sums[0].tolist() == values
    assert totals.groups.gaps == ((),) * len(values)
    assert all(totals.shares("a", area) == () for area in after), "no share touches a figure that is whole again"


def test_a_divided_commune_is_exact_where_its_parts_stay_together_and_a_gap_between_them() -> None:
    table = simple({100: 7, 101: 5, 102: 3})
    edges = [Edge(100, 200, LATER), Edge(100, 201, LATER), Edge(101, 200, LATER, 1, 1), Edge(102, 300, LATER, 1, 1)]
    map_ = tree(LATER, {200: 20, 201: 20, 300: 21})
    provinces = gathered(table, edges, map_, [20, 21])
    assert [figure(SUM, area, provinces).numerator for area in (20, 21)] == [12, 3]
    communes = gathered(table, edges, map_, [200, 201, 300])
    shown = {area: figure(SUM, area, communes) for area in (200, 201, 300)}
    assert [shown[area].state for area in (200, 201, 300)] == [FigureState.NOT_COMPARABLE, FigureState.NOT_COMPARABLE, FigureState.VALUE]
    assert shown[200].numerator is None and shown[200].gaps == (100,) and shown[201].gaps == (100,)
    assert figure(SUM, NATION, gathered(table, edges, map_, [NATION])).numerator == 15


def test_decided_shares_apportion_and_are_printed_beside_the_figure() -> None:
    table = simple({100: 10})
    edges = [Edge(100, 200, LATER, 1, 3), Edge(100, 201, LATER, 1, 3), Edge(100, 202, LATER, 1, 3)]
    totals = gathered(table, edges, tree(LATER, {200: 20, 201: 20, 202: 21}), [200, 201, 202])
    assert totals.sums[0].tolist() == [4, 3, 3]
    (note,) = figure(SUM, 200, totals).shares
    assert (note.round, note.column, note.area, note.share, note.amount, note.whole) == ("q", "a", 100, Fraction(1, 3), 4, 10)
    provinces = gathered(table, edges, tree(LATER, {200: 20, 201: 20, 202: 21}), [20, 21])
    assert provinces.sums[0].tolist() == [7, 3]
    assert provinces.counts[1, 0].tolist() == [1, 1], "the divided report counts once in each province"
    assert [note.share for note in figure(SUM, 20, provinces).shares] == [Fraction(1, 3), Fraction(1, 3)]


def test_what_cannot_be_shared_out_stays_a_gap_even_with_decided_shares() -> None:
    table = simple({100: 10, 101: 4})
    edges = [Edge(100, 200, LATER, 1, 2), Edge(100, 201, LATER, 1, 2), Edge(101, 201, LATER, 1, 1)]
    totals = gathered(table, edges, tree(LATER, {200: 20, 201: 20}), [200, 201])
    assert figure(SUM, 201, totals).numerator == 9
    for kind in (UnitKind.MAX, UnitKind.MIN, UnitKind.LAST, UnitKind.SHARE, UnitKind.DISTINCT):
        shown = figure(Rule("a", kind, TimeKind.NONE), 201, totals)
        assert (shown.state, shown.gaps) == (FigureState.NOT_COMPARABLE, (100,))


def test_shares_apply_division_after_division() -> None:
    on3 = LATER + timedelta(days=1)
    edges = [
        Edge(100, 200, LATER, 1, 2), Edge(100, 201, LATER, 1, 2),
        Edge(200, 300, on3, 1, 2), Edge(200, 301, on3, 1, 2), Edge(201, 302, on3, 1, 1),
    ]  # fmt: skip
    table = simple({100: 7})
    at_two = gathered(table, edges, tree(LATER, {200: 20, 201: 20}), [200, 201])
    at_three = gathered(table, edges, tree(on3, {300: 20, 301: 20, 302: 20}), [300, 301, 302])
    assert at_two.sums[0].tolist() == [4, 3]
    assert at_three.sums[0].tolist() == [2, 2, 3], "the parts of a part sum to it"
    assert [at_three.shares("a", area)[0].share for area in (300, 301, 302)] == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]


def test_a_district_that_ended_without_an_act_lies_where_its_communes_lie() -> None:
    before = Geography.build(
        [Area(1, None, 0), Area(10, 1, 1), Area(50, 10, 2), Area(100, 50, 3), Area(101, 50, 3)], on=FIRST
    )
    edges = [Edge(100, 200, LATER, 1, 1), Edge(101, 201, LATER, 1, 1)]
    after = tree(LATER, {200: 20, 201: 20})
    table = simple({50: 9, 100: 1, 101: 2})
    told = RoundTotals(table, restate(table, Succession(edges), after, origin=before).group([20]))
    assert told.sums[0].tolist() == [12]
    untold = gathered(table, edges, after, [20])
    assert figure(SUM, 20, untold).gaps == (50,), "without its parts nobody knows where it went"


def test_a_unit_that_ends_inside_a_period_is_placed_by_its_own_last_day() -> None:
    closing = LATER + timedelta(days=20)
    rows = [ReportRow.of(1, [number(4)], area=100, day=LATER - timedelta(days=1)), ReportRow.of(2, [number(5)], area=200)]
    table = LeafTable.from_rows(rows, key="q", on=closing, columns=["a"])
    totals = gathered(table, [Edge(100, 200, LATER, 1, 1)], tree(closing, {200: 20}), [200])
    assert totals.sums[0].tolist() == [9]
    assert totals.reports(200).expected == 2


def test_an_area_that_continues_with_less_territory_is_divided_like_any_other() -> None:
    edges = [Edge(100, 100, LATER), Edge(100, 200, LATER)]
    totals = gathered(simple({100: 6}), edges, tree(LATER, {100: 20, 200: 20}), [100, 200])
    assert totals.groups.gaps == ((100,), (100,))
    back = gathered(simple({100: 6, 200: 1}, on=LATER), edges, tree(FIRST, {100: 10}), [100])
    assert back.sums[0].tolist() == [7]


def test_acts_of_one_day_follow_their_steps() -> None:
    edges = [Edge(200, 300, LATER, 1, 1, step=1), Edge(100, 200, LATER, 1, 1)]
    forward = gathered(simple({100: 6}), edges, tree(LATER, {300: 20}), [300])
    assert forward.sums[0].tolist() == [6]
    back = gathered(simple({300: 6}, on=LATER), edges, tree(FIRST, {100: 10}), [100])
    assert back.sums[0].tolist() == [6]
    assert back.groups.own_row(0) == 0, "renamed twice, the territory is the same"


def test_dropped_lines_leave_neither_numbers_nor_gaps() -> None:
    rows = [ReportRow.of(1, [number(4)], area=100, line="police"), ReportRow.of(2, [number(5)], area=101, line="front")]
    table = LeafTable.from_rows(rows, key="q", on=FIRST, columns=["a"])
    edges = [Edge(100, 200, LATER), Edge(100, 201, LATER), Edge(101, 201, LATER, 1, 1)]
    placement = restate(table, Succession(edges), tree(LATER, {200: 20, 201: 20}))
    front = RoundTotals(table, placement.group([200, 201], table.keep(["front"])))
    assert front.sums[0].tolist() == [0, 5]
    assert front.groups.gaps == ((), ())
    police = RoundTotals(table, placement.group([200, 201], table.keep(["police"])))
    assert police.groups.gaps == ((100,), (100,))


@given(st.integers(-(2**70), 2**70), st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_parts_sum_to_the_whole_and_stay_within_one_of_their_share(whole: int, weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = apportion(whole, shares)
    assert sum(parts) == whole
    assert all(abs(part - whole * share) < 1 for part, share in zip(parts, shares, strict=True))


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=4), st.lists(st.integers(1, 10**5), min_size=1, max_size=5))
def test_apportioning_many_is_apportioning_each(wholes: list[int], weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    expected = [list(parts) for parts in zip(*(apportion(whole, shares) for whole in wholes), strict=True)]
    assert apportion_many(np.array(wholes, np.int64), shares).tolist() == expected


@pytest.mark.parametrize(
    ("edges", "words"),
    [
        ([Edge(1, 2, LATER, 1, 2), Edge(1, 3, LATER, 1, 3)], "do not divide one whole"),
        ([Edge(1, 2, LATER, 1, 2)], "do not divide one whole"),
        ([Edge(1, 2, LATER, 0, 2), Edge(1, 3, LATER, 2, 2)], "do not divide one whole"),
        ([Edge(1, 2, LATER, 1, 2), Edge(1, 3, LATER)], "some shares are decided"),
        ([Edge(1, 2, LATER, 1, None), Edge(1, 3, LATER)], "a numerator and a denominator"),
        ([Edge(1, 2, LATER, 1, 0)], "a numerator and a denominator"),
        ([Edge(1, 2, LATER), Edge(1, 2, LATER)], "listed twice"),
    ],
)
def test_succession_that_contradicts_itself_is_refused(edges: list[Edge], words: str) -> None:
    with pytest.raises(BadSuccession, match=words):
        Succession(edges)
