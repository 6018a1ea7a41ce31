"""Lists of delegates as they are pasted or made by rule. Pure."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soket.kernel.text import folded

COLUMNS = ("name", "titles", "unit", "site", "role")
HEADERS = frozenset({"ho va ten", "ho ten", "ho, ten", "name", "full name"})


@dataclass(frozen=True)
class DelegateDraft:
    """Somebody in office to be put on the list: site and unit by id, titles in the order in which they are read."""

    site: int
    unit: int
    titles: tuple[str, ...]
    name: str = ""
    role: str = "delegate"


@dataclass(frozen=True)
class Pasted:
    """One line of a pasted table: its number as the writer counts and its cells by column."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: str) -> str:
        place = COLUMNS.index(column)
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cell("titles").replace("\n", "|").split("|") if part.strip())


@dataclass(frozen=True)
class Fault:
    """A cell that was refused, and why."""

    line: int
    column: str
    message: str


def parted(text: str) -> list[Pasted]:
    """The lines of a table copied from a spreadsheet (tabs) or written with semicolons; blank lines and a heading are left out."""
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=_sign(text))
    found = [Pasted(number, tuple(cells)) for number, cells in enumerate(lines, 1) if any(cell.strip() for cell in cells)]
    return found[1:] if found and _heading(found[0].cell("name")) else found


def joined(rows: Iterable[Pasted], like: str) -> str:
    """The lines as text again, parted as `like` was, for the box in which they are mended."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_sign(like), lineterminator="\n")
    writer.writerows(row.cells for row in rows)
    return out.getvalue()


def moved(ids: Sequence[int], places: dict[int, int]) -> list[int]:
    """The ids with some put at new places, counted from 1; the others keep their order among themselves."""
    kept = [one for one in ids if one not in places]
    for one, place in sorted(((one, place) for one, place in places.items() if one in set(ids)), key=lambda pair: pair[1]):
        kept.insert(min(max(place - 1, 0), len(kept)), one)
    return kept


def _sign(text: str) -> str:
    return "\t" if "\t" in text else ";"


def _heading(text: str) -> bool:
    try:
        return folded(text) in HEADERS
    except ValueError:
        return False
