"""Rounds on disk: what is written is what is read, and damage is noticed."""
from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.rollup.columns import Stored, read_edges, read_geography, read_round, write_edges, write_geography, write_round
from soket.rollup.core import CutDamaged, Edge, LeafTable, ReportRow, number
from tests.rollup.core_world import COLUMNS, FIRST, cells, histories, tables, tree

pytestmark = pytest.mark.one_database
ARRAYS = ("unit_ids", "area_ids", "line_nos", "days", "decisions", "values", "states")


def stored(table: LeafTable) -> Stored:
    """The table with a digest for each row that tells its unit."""
    digests = np.zeros((len(table), 32), np.uint8)
    digests[:, 0] = table.unit_ids % 251
    return Stored(table, digests, "token")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_written_is_what_is_read(data: st.DataObject) -> None:
    table, _ = data.draw(tables(data.draw(histories())[-1]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q.cells"
        write_round(path, stored(table))
        read = read_round(path)
        assert (read.tree, read.table.key, read.table.on, read.table.columns, read.table.lines) == ("token", table.key, table.on, table.columns, table.lines)
        assert all(np.array_equal(getattr(read.table, name), getattr(table, name)) for name in ARRAYS)
        assert np.array_equal(read.digests, stored(table).digests)
        assert read.table.values.flags.f_contiguous


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_decisions_taken_in_whatever_order_give_the_table_of_the_latest(data: st.DataObject) -> None:
    rows = [ReportRow(100 + at, 100 + at) for at in range(4)]
    accepted = [
        ReportRow.of(data.draw(st.integers(100, 103)), data.draw(st.lists(cells, min_size=2, max_size=2)), decision=at + 1)
        for at in range(data.draw(st.integers(1, 6)))
    ]
    latest = {row.unit: row for row in sorted(accepted, key=lambda row: row.decision)}
    final = LeafTable.from_rows([latest.get(row.unit, row) for row in rows], key="q", on=FIRST, columns=COLUMNS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q.cells"
        write_round(path, stored(LeafTable.from_rows(rows, key="q", on=FIRST, columns=COLUMNS)))
        table = read_round(path).table
        for row in data.draw(st.permutations(accepted)):
            table = table.patched([row])
        assert all(np.array_equal(getattr(table, name), getattr(final, name)) for name in ARRAYS)


def test_damage_is_noticed_and_readers_of_an_older_file_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "q.cells"
    rows = [ReportRow.of(100 + at, [number(at), number(1)], decision=at + 1) for at in range(3)]
    write_round(path, stored(LeafTable.from_rows(rows, key="q", on=FIRST, columns=COLUMNS)))
    reader, whole = read_round(path).table, path.read_bytes()
    write_round(path, stored(LeafTable.from_rows(rows[:1], key="q", on=FIRST, columns=COLUMNS)))
    assert reader.values[:, 0].tolist() == [0, 1, 2]
    for damaged, words in ((whole[: len(whole) // 2], "ends inside"), (b"something else entirely, of some length", "not a file of a cut"), (b"", "not a file")):
        path.write_bytes(damaged)
        with pytest.raises(CutDamaged, match=words):
            read_round(path)
    path.unlink()
    with pytest.raises(CutDamaged, match="cannot be read"):
        read_round(path)


def test_trees_and_acts_are_kept_beside_the_rounds(tmp_path: Path) -> None:
    map_ = tree(FIRST, {100: 10, 101: 11})
    write_geography(tmp_path / "map", map_)
    read = read_geography(tmp_path / "map")
    assert (read.on, read.version, read.ids.tolist(), read.ends.tolist()) == (map_.on, 0, map_.ids.tolist(), map_.ends.tolist())
    edges = [Edge(1, 2, date(2025, 7, 1)), Edge(3, 4, date(2025, 7, 1), 1, 3, step=2)]
    write_edges(tmp_path / "acts", edges)
    assert read_edges(tmp_path / "acts") == edges
    write_edges(tmp_path / "acts", [])
    assert read_edges(tmp_path / "acts") == []


def test_an_empty_round_is_a_round(tmp_path: Path) -> None:
    write_round(tmp_path / "q.cells", stored(LeafTable.from_rows([], key="q", on=FIRST, columns=COLUMNS)))
    assert len(read_round(tmp_path / "q.cells").table) == 0
