"""One round as a table of cells: one row per owed report, one column per indicator.

A cell is a 64-bit integer in the indicator's smallest unit and a state of one byte. The states are kept
apart for ever; only VALUE carries a number other than nought. A report that never came is a row of MISSING.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.errors import BadTable
from soket.rollup.core.geography import Geography

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


class State(IntEnum):
    """The state of one cell, as stored in the bytes of a submission; EXCUSED is given to whole rows here."""

    MISSING = 0
    VALUE = 1
    ZERO = 2
    NOTHING = 3
    NOT_APPLICABLE = 4
    EXCUSED = 5


STATES = len(State)
Cell = tuple[State, int]


def number(value: int) -> Cell:
    """The cell of a typed number: VALUE, or ZERO for nought, so that one meaning has one form."""
    return (State.VALUE, value) if value else (State.ZERO, 0)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What one unit owed and gave in a round.

    `values` and `states` are the packed bytes of the accepted submission (little-endian int64 and one byte
    per column), both empty while nothing is accepted. `day` is the last day the report covers when that is
    not the closing day of the round (a unit that ended inside the period). `decision` is the sequence
    number of the act that put the row into this state.
    """

    unit: int
    area: int
    line: str = ""
    values: bytes = b""
    states: bytes = b""
    day: date | None = None
    excused: bool = False
    decision: int = 0

    @classmethod
    def of(
        cls, unit: int, cells: Sequence[Cell], *, area: int | None = None, line: str = "", day: date | None = None, decision: int = 0
    ) -> ReportRow:
        """A row from readable cells; the area defaults to the unit's own number."""
        values, states = pack_cells(cells)
        return cls(unit, unit if area is None else area, line, values, states, day, False, decision)


def pack_cells(cells: Sequence[Cell]) -> tuple[bytes, bytes]:
    """Cells as the bytes a submission stores.

    >>> pack_cells([number(3), number(0), (State.MISSING, 0)])[1]
    b'\\x01\\x02\\x00'
    """
    values = np.array([value for _, value in cells], dtype="<i8")
    return values.tobytes(), bytes(int(state) for state, _ in cells)


def unpack(rows: Sequence[ReportRow], width: int) -> tuple[Ints, Bytes]:
    """The cells of many rows as [rows, columns], checked; a row without an accepted report is all missing or
    excused. BadTable names the unit whose cells are too few or too many, of no known state, or a number under
    a state that carries none."""
    for row in rows:
        if (row.states or row.values) and (len(row.states) != width or len(row.values) != 8 * width):
            raise BadTable(f"unit {row.unit}: {len(row.states)} cells where the round has {width} columns")
    blank, gone = bytes(width), bytes([State.EXCUSED]) * width
    numbers = b"".join(row.values or bytes(8 * width) for row in rows)
    marks = b"".join(row.states or (gone if row.excused else blank) for row in rows)
    values = np.frombuffer(numbers, dtype="<i8").astype(np.int64).reshape(len(rows), width)
    states = np.frombuffer(marks, dtype=np.uint8).reshape(len(rows), width)
    unknown = np.argwhere(states >= STATES)
    if len(unknown):
        raise BadTable(f"unit {rows[unknown[0][0]].unit}: unknown cell state {states[tuple(unknown[0])]}")
    stray = np.argwhere((states != State.VALUE) & (values != 0))
    if len(stray):
        raise BadTable(f"unit {rows[stray[0][0]].unit}: a number under a state that carries none")
    states = np.where((states == State.VALUE) & (values == 0), np.uint8(State.ZERO), states)
    return np.asfortranarray(values), np.asfortranarray(states)


@dataclass(frozen=True, eq=False)
class LeafTable:
    """One round. Arrays have one entry per owed report; `values` and `states` are [rows, columns], stored so
    that a column is contiguous. `days` are ordinals of the last day each report covers, `line_nos` index
    `lines`, `on` is the closing day and names the tree the round was reported on."""

    key: str
    on: date
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    unit_ids: Ints
    area_ids: Ints
    line_nos: Ints
    days: Ints
    decisions: Ints
    values: Ints
    states: Bytes

    def __post_init__(self) -> None:
        shape = (len(self.unit_ids), len(self.columns))
        if self.values.shape != shape or self.states.shape != shape:
            raise BadTable(f"round {self.key}: cells {self.values.shape}, {self.states.shape} where {shape} are due")
        if any(len(part) != shape[0] for part in (self.area_ids, self.line_nos, self.days, self.decisions)):
            raise BadTable(f"round {self.key}: the rows differ in number")
        if len(set(self.columns)) != len(self.columns):
            raise BadTable(f"round {self.key}: a column is named twice")

    @classmethod
    def from_rows(
        cls, rows: Iterable[ReportRow], *, key: str, on: date, columns: Sequence[str], geography: Geography | None = None
    ) -> LeafTable:
        """The table of a round. Rows may come in any order: they are laid down by line, then in the order of
        `geography` (areas it does not know come last), then by unit, so equal content gives equal bytes."""
        listed = list(rows)
        names = tuple(sorted({row.line for row in listed}))
        places = _places(listed, geography)
        order = sorted(range(len(listed)), key=lambda at: (listed[at].line, places[at], listed[at].unit))
        listed = [listed[at] for at in order]
        if len({row.unit for row in listed}) != len(listed):
            raise BadTable(f"round {key}: a unit is listed twice")
        values, states = unpack(listed, len(columns))

        def ints(items: Iterable[int]) -> Ints:
            return np.fromiter(items, np.int64, len(listed))

        return cls(
            key, on, tuple(columns), names,
            ints(row.unit for row in listed), ints(row.area for row in listed),
            ints(names.index(row.line) for row in listed), ints((row.day or on).toordinal() for row in listed),
            ints(row.decision for row in listed), values, states,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.unit_ids)

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {unit: row for row, unit in enumerate(self.unit_ids.tolist())}

    def row_of(self, unit: int) -> int:
        """The row of a unit; BadTable when it owed no report in this round."""
        try:
            return self._rows[unit]
        except KeyError:
            raise BadTable(f"round {self.key}: unit {unit} owes no report") from None

    def ready(self, rows: Sequence[ReportRow]) -> tuple[Ints, Ints, Bytes]:
        """Row numbers and cells of rows that are to replace those of the table; BadTable when one may not."""
        places = np.array([self.row_of(row.unit) for row in rows], np.int64)
        for row, at in zip(rows, places.tolist(), strict=True):
            if row.area != self.area_ids[at]:
                raise BadTable(f"round {self.key}: unit {row.unit} reports from area {self.area_ids[at]}, not {row.area}")
        return places, *unpack(rows, len(self.columns))

    def put(self, rows: Sequence[ReportRow]) -> int:
        """Take later decisions into this table, in place; a row is left alone when its decision is not later
        than the one it has, so order does not matter. Returns how many rows changed."""
        places, values, states = self.ready(rows)
        changed = 0
        for row, at, numbers, marks in zip(rows, places.tolist(), values, states, strict=True):
            if row.decision > self.decisions[at]:
                self.values[at], self.states[at], self.decisions[at] = numbers, marks, row.decision
                changed += 1
        return changed

    def patched(self, rows: Sequence[ReportRow]) -> LeafTable:
        """A copy with later decisions taken in; figures already made from this table stay as they are."""
        fresh = replace(
            self, values=self.values.copy(order="F"), states=self.states.copy(order="F"), decisions=self.decisions.copy()
        )
        fresh.put(rows)
        return fresh

    def column(self, name: str) -> int:
        """The place of an indicator; BadTable when the round does not ask for it."""
        try:
            return self.columns.index(name)
        except ValueError:
            raise BadTable(f"round {self.key} has no column {name}") from None

    def keep(self, lines: Iterable[str]) -> Mask:
        """Which rows belong to the named lines; a line that does not report in this round keeps none."""
        wanted = [at for at, name in enumerate(self.lines) if name in set(lines)]
        return np.isin(self.line_nos, wanted)

    def check(self) -> LeafTable:
        """Read every cell: known states, numbers only under VALUE and never nought there. Returns the table."""
        if len(self) and int(self.states.max(initial=0)) >= STATES:
            raise BadTable(f"round {self.key}: unknown cell state {int(self.states.max())}")
        if ((self.states == State.VALUE) != (self.values != 0)).any():
            raise BadTable(f"round {self.key}: a number and its state contradict each other")
        return self


def _places(rows: Sequence[ReportRow], geography: Geography | None) -> list[int]:
    if geography is None:
        return [0] * len(rows)
    found: list[int] = geography.positions(np.array([row.area for row in rows], np.int64)).tolist()
    return [place if place >= 0 else len(geography) for place in found]
