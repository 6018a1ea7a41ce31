"""The columnar cut: what is written is what is read, a patched cut equals a rebuilt one, damage is noticed."""
from __future__ import annotations

import json
import multiprocessing
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.rollup import columns
from soket.rollup.columns import open_cut, read_edges, read_geography, verify, write_cut, write_edges, write_geography
from soket.rollup.core import (
    BadTable,
    CutDamaged,
    Edge,
    LeafTable,
    ReportRow,
    RoundTotals,
    Rule,
    State,
    Succession,
    UnitKind,
    figure,
    number,
    restate,
)
from tests.rollup.core_world import COLUMNS, FIRST, NATION, cells, histories, tables, tree

pytestmark = pytest.mark.one_database
SECOND = FIRST + timedelta(days=92)


def rounds(count: int = 3) -> list[LeafTable]:
    """Two rounds of the same communes; nothing accepted in the second yet."""
    given_ = [ReportRow.of(100 + at, [number(at), (State.NOTHING, 0)], line="công an", decision=at + 1) for at in range(count)]
    owed = [ReportRow(100 + at, 100 + at, line="công an") for at in range(count)]
    return [
        LeafTable.from_rows(given_, key="quý-1", on=FIRST, columns=COLUMNS),
        LeafTable.from_rows(owed, key="quý-2", on=SECOND, columns=COLUMNS),
    ]


def same(first: LeafTable, second: LeafTable) -> bool:
    arrays = ("unit_ids", "area_ids", "line_nos", "days", "decisions", "values", "states")
    plain = ("key", "on", "columns", "lines")
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in arrays) and all(
        getattr(first, name) == getattr(second, name) for name in plain
    )


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_written_is_what_is_read(data: st.DataObject) -> None:
    moment = data.draw(histories())[-1]
    table, _ = data.draw(tables(moment))
    with tempfile.TemporaryDirectory() as folder:
        digest = write_cut(Path(folder), [table], sequence=7, tree_version=3)
        cut = open_cut(Path(folder))
        assert same(cut.tables["q"], table)
        assert (cut.sequence, cut.tree_version, cut.digest()) == (7, 3, digest)
        assert verify(Path(folder)) == []
        assert cut.tables["q"].values.flags.f_contiguous


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_patched_cut_equals_a_rebuilt_one_in_whatever_order_decisions_arrive(data: st.DataObject) -> None:
    rows = [ReportRow(100 + at, 100 + at) for at in range(4)]
    accepted = [
        ReportRow.of(data.draw(st.integers(100, 103)), data.draw(st.lists(cells, min_size=2, max_size=2)), decision=at + 1)
        for at in range(data.draw(st.integers(1, 6)))
    ]
    latest = {row.unit: row for row in sorted(accepted, key=lambda row: row.decision)}
    final = LeafTable.from_rows([latest.get(row.unit, row) for row in rows], key="q", on=FIRST, columns=COLUMNS)
    map_ = tree(FIRST, {row.area: 10 + row.area % 2 for row in rows})
    with tempfile.TemporaryDirectory() as folder:
        write_cut(Path(folder), [LeafTable.from_rows(rows, key="q", on=FIRST, columns=COLUMNS)], sequence=0, tree_version=1)
        cut = open_cut(Path(folder))
        for row in data.draw(st.permutations(accepted)):
            cut.patch("q", [row])
        rebuilt = write_cut(Path(folder) / "again", [final], sequence=len(accepted), tree_version=1)
        reopened = open_cut(Path(folder))
        assert cut.digest() == reopened.digest() == rebuilt
        assert cut.sequence == reopened.sequence == len(accepted)
        groups = restate(final, Succession([]), map_).group(map_.children(NATION))
        assert RoundTotals(reopened.tables["q"], groups).sums.tolist() == RoundTotals(final, groups).sums.tolist()


def test_an_accepted_report_is_in_the_national_figure_at_once_and_for_other_readers(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(), sequence=3, tree_version=1)
    here, elsewhere = open_cut(tmp_path), open_cut(tmp_path)
    assert here.patch("quý-2", [ReportRow.of(101, [number(40), number(0)], decision=4)]) == 1
    for cut in (here, elsewhere.refresh()):
        table = cut.tables["quý-2"]
        groups = restate(table, Succession([]), tree(SECOND, {100: 10, 101: 10, 102: 11})).group([NATION])
        shown = figure(Rule("a", UnitKind.SUM), NATION, RoundTotals(table, groups))
        assert (shown.numerator, shown.coverage.reported, shown.coverage.missing, cut.sequence) == (40, 1, 2, 4)
    assert verify(tmp_path) == [], "the files themselves never change"


def test_an_excuse_is_a_decision_too(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(), sequence=3, tree_version=1)
    open_cut(tmp_path).patch("quý-2", [ReportRow(101, 101, excused=True, decision=9)])
    assert open_cut(tmp_path).tables["quý-2"].states[1].tolist() == [State.EXCUSED] * 2


def test_a_refused_row_takes_nothing_with_it(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(), sequence=3, tree_version=1)
    cut = open_cut(tmp_path)
    good = ReportRow.of(100, [number(1), number(2)], decision=4)
    for bad, words in ((ReportRow.of(999, [number(1)] * 2, decision=5), "owes no report"), (ReportRow.of(101, [number(1)], decision=5), "1 cells")):
        with pytest.raises(BadTable, match=words):
            cut.patch("quý-2", [good, bad])
    with pytest.raises(BadTable, match="no round quý-9"):
        cut.patch("quý-9", [good])
    assert (cut.sequence, open_cut(tmp_path).sequence) == (3, 3)


def test_rewriting_keeps_unchanged_rounds_and_readers_move_to_the_new_cut(tmp_path: Path) -> None:
    first, second = rounds()
    write_cut(tmp_path, [first, second], sequence=3, tree_version=1)
    reader = open_cut(tmp_path)
    kept = {path.name: path.stat().st_ino for path in tmp_path.glob("*.cells")}
    reader.patch("quý-2", [ReportRow.of(101, [number(40), number(0)], decision=4)])
    write_cut(tmp_path, open_cut(tmp_path).tables.values(), sequence=4, tree_version=1)
    files = {path.name: path.stat().st_ino for path in tmp_path.glob("*.cells")}
    assert len(files) == 2 and len(set(files.items()) & set(kept.items())) == 1
    assert reader.tables["quý-2"].values[1, 0] == 40, "what was mapped stays readable"
    moved = reader.refresh()
    assert moved is not reader and moved.sequence == 4 and moved.tables["quý-2"].values[1, 0] == 40
    assert moved.refresh() is moved


def _patch(folder: Path, units: range) -> None:
    cut = open_cut(folder)
    for unit in units:
        cut.patch("quý-2", [ReportRow.of(unit, [number(unit), number(1)], decision=unit)])


def test_processes_that_patch_at_once_lose_nothing(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(60), sequence=60, tree_version=1)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_patch, args=(tmp_path, units)) for units in (range(100, 130), range(130, 160))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert open_cut(tmp_path).tables["quý-2"].values[:, 0].tolist() == list(range(100, 160))


def test_damage_is_noticed(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(), sequence=3, tree_version=1)
    cut = open_cut(tmp_path)
    name = json.loads((tmp_path / columns.MANIFEST).read_text(encoding="utf-8"))["files"]["quý-1"]
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert verify(tmp_path) == ["quý-1"]
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CutDamaged, match="ends inside"):
        open_cut(tmp_path)
    (tmp_path / name).write_bytes(b"something else entirely, of some length")
    with pytest.raises(CutDamaged, match="not a file of a cut"):
        open_cut(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(CutDamaged, match="cannot be read"):
        open_cut(tmp_path)
    (tmp_path / name).write_bytes(whole)
    cut.journal.write_bytes(b'00000000 ["nonsense"]\n')
    with pytest.raises(CutDamaged, match="checksum"):
        open_cut(tmp_path)


def test_a_journal_line_cut_short_is_not_taken_and_not_built_upon(tmp_path: Path) -> None:
    write_cut(tmp_path, rounds(), sequence=3, tree_version=1)
    row = ReportRow.of(101, [number(40), number(0)], decision=4)
    open_cut(tmp_path).patch("quý-2", [row])
    journal = open_cut(tmp_path).journal
    journal.write_bytes(journal.read_bytes()[:-5])
    cut = open_cut(tmp_path)
    assert (cut.sequence, cut.tables["quý-2"].values[1, 0]) == (3, 0), "the caller sees that decision 4 is still to come"
    with pytest.raises(CutDamaged, match="inside a line"):
        cut.patch("quý-2", [row])


def test_trees_and_acts_are_kept_beside_the_cut(tmp_path: Path) -> None:
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
    write_cut(tmp_path, [LeafTable.from_rows([], key="q", on=FIRST, columns=COLUMNS)], sequence=0, tree_version=1)
    assert len(open_cut(tmp_path).tables["q"]) == 0
