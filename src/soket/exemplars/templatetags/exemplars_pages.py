"""Filters of this room's pages."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from soket.exemplars import core, words

register = template.Library()


@register.filter
def sheet_rows(sheet: Mapping[str, core.Row]) -> list[dict[str, Any]]:
    """The four fields in their order and the row of totals, each with its words; a missing field makes the totals missing."""
    rows = [_row(name, row.state, row.part("collective"), row.part("individual"), row.total) for name, row in sheet.items()]
    if any(row["state"] == "missing" for row in rows):
        return [*rows, _row("all", "missing", None, None, None)]
    state = "nothing" if all(row["state"] == "nothing" for row in rows) else "number"
    return [*rows, _row("all", state, *(sum(row[column] for row in rows) for column in core.COLUMNS))]


def _row(name: str, state: str, collective: int | None, individual: int | None, total: int | None) -> dict[str, Any]:
    return {"name": name, "label": words.FIELD_WORDS[name], "state": state, "collective": collective, "individual": individual, "total": total}


@register.filter
def sheet_total(sheet: Mapping[str, core.Row]) -> int | None:
    """All four fields together; None while one is missing."""
    totals = [row.total for row in sheet.values()]
    return None if None in totals else sum(one or 0 for one in totals)


@register.filter
def field_words(name: str) -> Any:
    """The field's name in the reader's language."""
    return words.FIELD_WORDS[name]


@register.filter
def act_words(name: str) -> Any:
    """What happened to an exemplar, in words."""
    return words.ACT_WORDS[name]


@register.filter
def side_words(name: str) -> str:
    """Before or after."""
    return words.side_words(name)
