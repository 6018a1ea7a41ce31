"""Nominations as they are pasted from a table. Pure."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soket.kernel.text import folded

COLUMNS = ("recipient", "unit", "person_name", "person_post", "brief", "achieved_from", "achieved_to")
KINDS = {"tap the": "collective", "collective": "collective", "ca nhan": "person", "person": "person"}
HEADERS = frozenset({"loai", "doi tuong", "hinh thuc", "kind", "recipient"})


@dataclass(frozen=True)
class Pasted:
    """One line of the table: its number as the writer counts, and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: str) -> str:
        place = COLUMNS.index(column)
        return self.cells[place].strip() if place < len(self.cells) else ""


@dataclass(frozen=True)
class Fault:
    """A cell that was refused, and why."""

    line: int
    column: str
    message: str


def parted(text: str) -> list[Pasted]:
    """The lines of a table copied from a spreadsheet (tabs) or written with semicolons, without blank ones and the heading."""
    found = [Pasted(number, tuple(cells)) for number, cells in enumerate(_lines(text), 1) if any(cell.strip() for cell in cells)]
    return found[1:] if found and known(found[0].cell("recipient")) in HEADERS else found


def _lines(text: str) -> list[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(plain), delimiter=_sign(text)))
    except csv.Error:  # a quotation mark that is never closed swallows the rest of a long table
        return [line.split(_sign(text)) for line in plain.split("\n")]


def joined(rows: Iterable[Pasted], like: str) -> str:
    """The lines as text again, parted as `like` was, for the box in which they are mended."""
    out = io.StringIO()
    csv.writer(out, delimiter=_sign(like), lineterminator="\n").writerows(row.cells for row in rows)
    return out.getvalue()


def known(text: str) -> str:
    """The folded text; empty for what is damaged."""
    try:
        return folded(text)
    except ValueError:
        return ""


def day(text: str) -> date | None:
    """14/06/2026 or 2026-06-14; None for anything else."""
    parts = text.replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    year, month, on = parts if len(parts[0]) == 4 else reversed(parts)
    try:
        return date(int(year), int(month), int(on)) if len(year) == 4 else None
    except ValueError:
        return None


def _sign(text: str) -> str:
    return "\t" if "\t" in text else ";"
