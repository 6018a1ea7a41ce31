"""Words for fields, cells and what does not agree, in the reader's language, from the codes that are stored."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.exemplars.core import Fault
from soket.exemplars.models import Field
from soket.kernel.door import Refused
from soket.ui import core as ui

FIELD_WORDS: dict[str, Any] = {**{field.value: field.label for field in Field}, "all": _("All four fields")}
COLUMN_WORDS: dict[str, Any] = {"collective": _("collective models"), "individual": _("individual models"), "total": _("total")}
ACT_WORDS: dict[str, Any] = {
    "drafted": _("Drafted"), "proposed": _("Proposed for recognition"), "recognised": _("Recognised"), "returned": _("Returned to the unit"),
    "published": _("Published"), "withdrawn": _("Withdrawn"), "reopened": _("Draft opened again"),
}  # fmt: skip
PRECISION_WORDS: dict[str, Any] = {"over": _("more than"), "nearly": _("nearly"), "about": _("about")}
SENTENCES: dict[str, Any] = {
    "not_number": _("Enter a whole number, for example 15."),
    "nothing_and_number": _("A number stands beside “nothing to report”. Keep one of the two; where none were registered, 0 is a number."),
    "incomplete": _("Enter a whole number, 0 where there is none."),
    "range": _("The number is too large or below zero."),
    "parts": _("Collective and individual models make {made}, the total says {stated}."),
    "fields": _("The four fields make {made}, the total says {stated}."),
    "total_of_missing": _("There is no total yet, because “{about}” has no figure. Enter that field, or leave the total empty."),
    "empty": _("Enter at least one field, or say that there is nothing to report."),
    "more": _("{stated} is more than the {limit} registered."),
    "not_registered": _("No figure was registered, so nothing can be recognised. Leave it empty."),
    "less": _("{limit} is fewer than the {stated} already recognised. The superior corrects the recognition first."),
}


def cell_name(cell: str) -> str:
    """What the form calls a cell: "Economy, collective models"."""
    row, _under, column = cell.partition("_")
    return f"{FIELD_WORDS[row]}, {COLUMN_WORDS[column]}"


def sentence(fault: Fault, code: str = "") -> str:
    """What a fault says to the person at the form."""
    lang = ui.language(get_language())
    numbers = {name: ui.number(value, 0, lang) for name, value in fault.numbers.items()}
    about = str(FIELD_WORDS[fault.about]) if fault.about else ""
    return str(SENTENCES[code or fault.code]).format(about=about, **numbers)


def refused(faults: Iterable[Fault], *, less: bool = False) -> Refused:
    """One refusal with its sentence at every cell; its message names the first. `less` says that a correction falls below what has
    been recognised."""
    errors: dict[str, Any] = {}
    for fault in faults:
        errors.setdefault(fault.cell, sentence(fault, "less" if less and fault.code == "more" else ""))
    cell, first = next(iter(errors.items()))
    return Refused(f"{cell_name(cell)}: {first}", errors=errors)


def cited(value: int, precision: str) -> str:
    """A whole number from outside the roll-up as printed: "hơn 410.000"."""
    mark = str(PRECISION_WORDS[precision]) if precision else ""
    return f"{mark} {ui.number(value, 0, ui.language(get_language()))}".strip()


def side_words(side: str) -> str:
    return now_gettext("before") if side == "before" else now_gettext("after")
