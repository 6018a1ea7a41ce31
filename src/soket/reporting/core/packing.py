"""Cells as columns: eight little-endian bytes of amount and one byte of state per typed indicator."""
from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from soket.reporting.core.cells import Cell, CellState
from soket.reporting.core.content import Content


def pack(columns: Sequence[str], content: Content) -> tuple[bytes, bytes]:
    """Amounts and states in the order of `columns`; a cell outside them is an error of the caller."""
    if extra := set(content.cells) - set(columns):
        raise ValueError(f"not a column: {', '.join(sorted(extra))}")
    cells = [content.cell(code) for code in columns]
    return struct.pack(f"<{len(cells)}q", *(cell.value for cell in cells)), bytes(cell.state for cell in cells)


def unpack(columns: Sequence[str], values: bytes, states: bytes) -> Mapping[str, Cell]:
    """The cells that are not missing, by indicator. Raises ValueError when the lengths do not agree."""
    if len(states) != len(columns) or len(values) != 8 * len(columns):
        raise ValueError("packed cells do not fit the columns")
    amounts = struct.unpack(f"<{len(columns)}q", values)
    cells = {code: Cell(CellState(state), value) for code, state, value in zip(columns, states, amounts, strict=True)}
    return {code: cell for code, cell in cells.items() if cell.state is not CellState.MISSING}
