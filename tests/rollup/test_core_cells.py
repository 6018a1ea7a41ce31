"""Rounds, trees and joint events: what they hold and what they refuse."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from soket.rollup.core import (
    Area,
    BadTable,
    BadTree,
    Edge,
    Geography,
    LeafTable,
    ReportRow,
    State,
    Succession,
    joint_count,
    number,
    pack_cells,
    restate,
)
from tests.rollup.core_world import FIRST, NATION, tree

pytestmark = pytest.mark.one_database


def table(*rows: ReportRow, columns: tuple[str, ...] = ("a", "b")) -> LeafTable:
    return LeafTable.from_rows(rows, key="q", on=FIRST, columns=columns)


def test_rows_stand_in_the_order_of_the_tree_and_columns_are_contiguous() -> None:
    map_ = tree(FIRST, {100: 11, 101: 10, 102: 10})
    rows = [ReportRow.of(unit, [number(unit), number(0)], area=area) for unit, area in ((1, 100), (2, 101), (3, 102), (4, 10), (5, 999))]
    made = LeafTable.from_rows(rows, key="q", on=FIRST, columns=["a", "b"], geography=map_)
    assert made.area_ids.tolist() == [10, 101, 102, 100, 999]
    assert made.values.flags.f_contiguous and made.states.flags.f_contiguous
    assert made.values[:, 0].tolist() == [4, 2, 3, 1, 5]


def test_reports_that_never_came_are_missing_or_excused_rows() -> None:
    made = table(ReportRow(1, 1), ReportRow(2, 2, excused=True))
    assert made.states.tolist() == [[State.MISSING] * 2, [State.EXCUSED] * 2]


def test_a_typed_nought_is_zero_however_it_was_sent() -> None:
    values, states = np.array([0, 7], "<i8").tobytes(), bytes([State.VALUE, State.VALUE])
    assert table(ReportRow(1, 1, values=values, states=states)).check().states.tolist() == [[State.ZERO, State.VALUE]]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ReportRow.of(1, [number(1)]), "1 cells where the round has 2 columns"),
        (ReportRow(1, 1, values=bytes(8), states=bytes(2)), "where the round has 2 columns"),
        (ReportRow(1, 1, values=bytes(16), states=bytes([6, 0])), "unknown cell state 6"),
        (ReportRow.of(1, [(State.MISSING, 4), number(0)]), "under a state that carries none"),
    ],
)
def test_cells_that_contradict_themselves_are_refused(row: ReportRow, words: str) -> None:
    with pytest.raises(BadTable, match=words):
        table(row)


def test_a_unit_twice_a_column_twice_and_unequal_rows_are_refused() -> None:
    with pytest.raises(BadTable, match="listed twice"):
        table(ReportRow(1, 1), ReportRow(1, 2))
    with pytest.raises(BadTable, match="named twice"):
        table(columns=("a", "a"))
    with pytest.raises(BadTable, match="differ in number"):
        replace(table(ReportRow(1, 1)), days=np.zeros(2, np.int64))
    with pytest.raises(BadTable, match="are due"):
        replace(table(ReportRow(1, 1)), columns=("a",))
    with pytest.raises(BadTable, match="contradict"):
        replace(table(ReportRow(1, 1)), values=np.ones((1, 2), np.int64)).check()
    with pytest.raises(BadTable, match="unknown cell state 9"):
        replace(table(ReportRow(1, 1)), states=np.full((1, 2), 9, np.uint8)).check()
    with pytest.raises(BadTable, match="owes no report"):
        table(ReportRow(1, 1)).row_of(2)


def test_a_later_decision_replaces_a_row_and_an_earlier_one_does_not() -> None:
    first = ReportRow.of(1, [number(5), number(6)], decision=3)
    made = table(first, ReportRow(2, 2))
    later = made.patched([ReportRow.of(1, [number(8), number(0)], decision=4), ReportRow.of(2, [number(1), number(1)], decision=1)])
    assert later.values.tolist() == [[8, 0], [1, 1]]
    assert made.values.tolist() == [[5, 6], [0, 0]], "the table that figures were made from stays as it was"
    assert later.put([first]) == 0
    with pytest.raises(BadTable, match="reports from area 1, not 9"):
        made.patched([ReportRow.of(1, [number(8), number(0)], area=9, decision=4)])


def test_packed_cells_are_the_bytes_a_submission_stores() -> None:
    assert pack_cells([number(258), (State.NOTHING, 0)]) == (bytes([2, 1]) + bytes(14), bytes([1, 3]))


def test_siblings_follow_their_rank_and_every_subtree_is_one_run() -> None:
    areas = [Area(1, None, 0), Area(12, 1, 1, "đ"), Area(11, 1, 1, "d"), Area(101, 12, 3, "b"), Area(102, 12, 3, "a"), Area(103, 11, 3)]
    map_ = Geography.build(areas, on=FIRST, version=4)
    assert map_.ids.tolist() == [1, 11, 103, 12, 102, 101]
    assert map_.ends.tolist() == [6, 3, 3, 6, 5, 6]
    assert map_.parents.tolist() == [-1, 0, 1, 0, 3, 3]
    assert (map_.children(1), map_.at_level(3), map_.parts[12]) == ([11, 12], [103, 102, 101], (102, 101))
    again = Geography.of(map_.ids.tolist(), [None, 1, 11, 1, 12, 12], map_.levels.tolist(), on=FIRST)
    assert again.ends.tolist() == map_.ends.tolist() and again.parents.tolist() == map_.parents.tolist()


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ([Area(1, None, 0), Area(2, 3, 1), Area(3, 2, 1)], "in a circle"),
        ([Area(1, None, 0), Area(2, 9, 1)], "not on the tree"),
        ([Area(1, None, 0), Area(2, 1, 1), Area(2, 1, 1)], "stands twice"),
        ([], "no areas"),
    ],
)
def test_a_tree_that_is_none_is_refused(areas: list[Area], words: str) -> None:
    with pytest.raises(BadTree, match=words):
        Geography.build(areas, on=FIRST)


def test_an_order_that_is_not_depth_first_and_an_unknown_area_are_refused() -> None:
    with pytest.raises(BadTree, match="does not follow its parent"):
        Geography.of([1, 2, 3, 4], [None, 1, 1, 2], [0, 1, 1, 2], on=FIRST)
    with pytest.raises(BadTree, match="area 9 is not on the tree"):
        tree(FIRST, {100: 10}).place(9)


def joint(reports: list[tuple[str, int]], edges: list[Edge], map_: Geography, targets: list[int]) -> dict[int, tuple[int, tuple[int, ...]]]:
    rows = [ReportRow(at, area) for at, (_, area) in enumerate(reports)]
    made = LeafTable.from_rows(rows, key="joint", on=FIRST, columns=())
    counts = joint_count([reports[unit][0] for unit in made.unit_ids.tolist()], restate(made, Succession(edges), map_).group(targets))
    return {area: (found.count, found.gaps) for area, found in counts.items()}


def test_a_joint_event_counts_once_in_every_area_whichever_partner_reported_it() -> None:
    map_ = tree(FIRST, {100: 10, 101: 10, 102: 11})
    reports = [("e1", 100), ("e1", 100), ("e2", 100), ("e2", 102), ("e3", 101)]
    assert joint(reports, [], map_, [10, 11]) == {10: (3, ()), 11: (1, ())}
    assert joint(reports, [], map_, [NATION]) == {NATION: (3, ())}, "e2 joined two provinces and is one event"


def test_a_joint_event_is_a_gap_only_where_no_other_partner_settles_it() -> None:
    day = FIRST + timedelta(days=9)
    edges = [Edge(100, 200, day), Edge(100, 201, day), Edge(101, 200, day, 1, 1)]
    map_ = tree(day, {200: 10, 201: 10})
    assert joint([("e1", 100), ("e2", 100), ("e2", 101)], edges, map_, [200, 201]) == {200: (1, (100,)), 201: (0, (100,))}
    assert joint([("e2", 100), ("e2", 101)], edges, map_, [200]) == {200: (1, ())}
    with pytest.raises(BadTable, match="2 events where 1 reports"):
        one = LeafTable.from_rows([ReportRow(1, 100)], key="joint", on=FIRST, columns=())
        joint_count(["a", "b"], restate(one, Succession([]), tree(FIRST, {100: 10})).group([10]))


def test_lines_are_kept_apart_by_name() -> None:
    made = LeafTable.from_rows(
        [ReportRow(1, 1, line="front"), ReportRow(2, 1, line="police")], key="q", on=date(2025, 9, 14), columns=()
    )
    assert made.lines == ("front", "police")
    assert made.keep(["police", "unknown"]).tolist() == [False, True]
