"""The totals of one round under a set of areas, computed once for all columns and read figure by figure."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import STATES, Bytes, LeafTable, Mask, State
from soket.rollup.core.errors import BadTable, BadTree
from soket.rollup.core.figures import Coverage, ShareNote
from soket.rollup.core.limits import LARGEST, fits, peak
from soket.rollup.core.placement import Groups
from soket.rollup.core.shares import apportion_many
from soket.rollup.core.sums import Runs, exact_sums, state_counts

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Lineage:
    """The rows behind a figure: row numbers of the round with their states and values, the parts of divided
    rows that count here, and the reporting areas that may lie partly inside."""

    rows: Ints
    states: Bytes
    values: Ints
    shares: tuple[ShareNote, ...]
    gaps: tuple[int, ...]

    def with_state(self, *states: State) -> Ints:
        """The row numbers whose cell has one of these states: missing, excused, reported …"""
        return self.rows[np.isin(self.states, [int(state) for state in states])]


class RoundTotals:
    """One round gathered under target areas, for all its columns or the few that are asked for."""

    def __init__(self, table: LeafTable, groups: Groups, columns: Sequence[str] | None = None) -> None:
        if len(groups.labels) != len(table):
            raise BadTable(f"round {table.key}: the placement was made for another table")
        self.table = table
        self.groups = groups
        self.columns = table.columns if columns is None else tuple(dict.fromkeys(columns))
        self._at = {name: at for at, name in enumerate(self.columns)}
        chosen = slice(None) if columns is None else [table.column(name) for name in self.columns]
        self.values: Ints = table.values.T[chosen]
        self.states: Bytes = table.states.T[chosen]
        self._memo: dict[tuple[str, ...], Ints] = {}

    def at(self, column: str) -> int:
        """The row of a column in the matrices below; BadTable when it was not asked for."""
        if column not in self._at:
            raise BadTable(f"round {self.table.key} has no column {column}")
        return self._at[column]

    def target(self, area: int) -> int:
        """The place of a target area in the matrices below; BadTree when it was not asked for."""
        try:
            return self.groups.index[area]
        except KeyError:
            raise BadTree(f"area {area} is not among the areas asked for") from None

    @cached_property
    def sums(self) -> Ints:
        """Exact sums [columns, targets], decided shares included."""
        return self.added(self.values)

    @cached_property
    def counts(self) -> Ints:
        """Cells by state [states, columns, targets]; a divided report counts once in every target it touches."""
        return self.counted(self.states)

    def added(self, matrix: Ints) -> Ints:
        """Sums per target of any matrix [anything, rows] of quantities that decided shares may divide."""
        if not len(self.groups.parts):
            return exact_sums(matrix, self.groups.whole_runs)
        return exact_sums(np.concatenate([matrix, self.parts_of(matrix)], axis=1), self.groups.runs)

    def counted(self, states: Bytes) -> Ints:
        """State counts per target of any matrix of states [anything, rows]."""
        if len(self.groups.parts):
            states = np.concatenate([states, states[:, self.groups.shared_rows]], axis=1)
        return state_counts(states, self.groups.count_runs)

    def counted_whole(self, states: Bytes) -> Ints:
        """State counts without divided rows, for what cannot be shared out."""
        return state_counts(states, self.groups.whole_runs)

    def added_whole(self, matrix: Ints) -> Ints:
        """Sums per target without divided rows."""
        return exact_sums(matrix, self.groups.whole_runs)

    def parts_of(self, matrix: Ints) -> Ints:
        """What falls to each part of the divided rows: [anything, parts]."""
        made: dict[int, Ints] = {}
        for split in self.groups.needed:
            whole = made[split.piece] if split.piece in made else matrix[:, split.piece]
            made.update(zip(split.children, apportion_many(whole, split.shares), strict=True))
        return np.stack([made[part] for part in self.groups.parts.tolist()], axis=1)

    def reduced(self, ufunc: np.ufunc, matrix: Ints, empty: int) -> Ints:
        """Another reduction per target, over whole rows only."""
        runs: Runs = self.groups.whole_runs
        return runs.reduce(ufunc, matrix, empty)

    def once(self, key: tuple[str, ...], make: Callable[[], Ints]) -> Ints:
        """Keep what was computed for a rule, so that the next area reads it."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    def coverage(self, column: str, area: int) -> Coverage:
        """How the owed reports of an area answered one column."""
        return Coverage.of(self.counts[:, self.at(column), self.target(area)].tolist())

    @cached_property
    def row_states(self) -> Bytes:
        """The state of each whole report: MISSING, EXCUSED, or VALUE when anything was answered."""
        highest = self.table.states.max(axis=1, initial=0)
        lowest = self.table.states.min(axis=1, initial=STATES)
        out = np.where(lowest == State.EXCUSED, State.EXCUSED, np.where(highest == 0, State.MISSING, State.VALUE))
        return out.astype(np.uint8)

    @cached_property
    def _report_counts(self) -> Ints:
        return self.counted(self.row_states[None, :])

    def reports(self, area: int) -> Coverage:
        """How many whole reports came, are missing or excused: completeness, whatever the column."""
        return Coverage.of(self._report_counts[:, 0, self.target(area)].tolist())

    def weight_covered(self, column: str, area: int, weights: Ints) -> tuple[int, int]:
        """Coverage by weight (population, say): the weight of the reports that answered and of those due."""
        lineage = self.lineage(column, area)
        reported = lineage.with_state(State.VALUE, State.ZERO, State.NOTHING)
        missing = lineage.with_state(State.MISSING)
        got = sum(weights[reported].tolist())
        return got, got + sum(weights[missing].tolist())

    def rows(self, area: int) -> Ints:
        """Numbers of the rows that count for an area, whole or by a decided share, in the order of the table."""
        target = self.target(area)
        shared = self.groups.placement.rows[self.groups.parts[self.groups.part_labels == target]]
        return np.union1d(np.flatnonzero(self.groups.labels == target), shared)

    def shares(self, column: str, area: int) -> tuple[ShareNote, ...]:
        """The decided shares by which this column of divided rows counts for an area."""
        target, at = self.target(area), self.at(column)
        here = np.flatnonzero(self.groups.part_labels == target).tolist()
        if not here:
            return ()
        amounts = self.once(("parts", column), lambda: self.parts_of(self.values[at : at + 1])[0])
        notes = []
        for part in here:
            piece = int(self.groups.parts[part])
            row = int(self.groups.placement.rows[piece])
            notes.append(
                ShareNote(
                    self.table.key, column, int(self.table.area_ids[row]), self.groups.share_of(piece),
                    int(amounts[part]), int(self.values[at, row]),
                )
            )  # fmt: skip
        return tuple(sorted(notes, key=lambda note: (note.area, note.amount)))

    def lineage(self, column: str, area: int) -> Lineage:
        """The rows behind a figure, made on demand."""
        at, rows = self.at(column), self.rows(area)
        gaps = self.groups.gaps[self.target(area)]
        return Lineage(rows, self.states[at, rows], self.values[at, rows], self.shares(column, area), gaps)

    def missing_units(self, column: str, area: int) -> tuple[int, ...]:
        """Units of the area whose cell is missing in this round."""
        rows = self.lineage(column, area).with_state(State.MISSING)
        return tuple(sorted(self.table.unit_ids[rows].tolist()))

    def answered(self, column: str) -> Mask:
        """Which rows gave a number, nought included."""
        states = self.states[self.at(column)]
        found: Mask = (states == State.VALUE) | (states == State.ZERO)
        return found


def product(first: Ints, second: Ints, what: str) -> Ints:
    """Element-wise product, exact. Overflow when one does not fit into 64 bits."""
    if peak(first) * peak(second) <= LARGEST:
        return first * second
    exact = [fits(a * b, f"{what} times its weight") for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    return np.array(exact, np.int64)
