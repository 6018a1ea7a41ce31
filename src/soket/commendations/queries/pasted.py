"""What the lines of a pasted table propose, and what stands in the way, cell by cell."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from soket.commendations.core.pasting import COLUMNS, KINDS, Fault, Pasted, day, known
from soket.commendations.queries.naming import UnitBook
from soket.kernel.door import Refused


def read(rows: Iterable[Pasted], book: UnitBook) -> tuple[list[tuple[Pasted, dict[str, Any]]], list[Fault]]:
    """The lines that can be tried, each with what it states, and the wrong cells of the others."""
    good: list[tuple[Pasted, dict[str, Any]]] = []
    faults: list[Fault] = []
    for row in rows:
        told, wrong = _line(row, book)
        faults += [Fault(row.line, column, message) for column, message in wrong.items()]
        if not wrong:
            good.append((row, told))
    return good, faults


def _line(row: Pasted, book: UnitBook) -> tuple[dict[str, Any], dict[str, str]]:
    wrong: dict[str, str] = {}
    told: dict[str, Any] = {name: row.cell(name) for name in ("person_name", "person_post", "brief")}
    if not told["brief"]:
        wrong["brief"] = _("This field is required.")
    told["recipient"] = KINDS.get(known(row.cell("recipient")), "")
    if not told["recipient"]:
        wrong["recipient"] = _("Write “collective” or “person”, not “%(cell)s”.") % {"cell": row.cell("recipient")[:40]}
    try:
        told["unit"] = book.called(row.cell("unit"))
    except Refused as refused:
        wrong["unit"] = str(refused.message)
    for column in ("achieved_from", "achieved_to"):
        told[column] = day(row.cell(column))
        if told[column] is None:
            wrong[column] = _("Enter a day, for example 14/06/2026.")
    if len(row.cells) > len(COLUMNS):
        wrong["achieved_to"] = _("This line has more than seven cells.")
    return told, wrong
