"""Words for findings and states, in the reader's language, from the codes that are stored."""
from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import Refused
from soket.reporting.core import CellState, Definition, Finding, clean

SENTENCES: dict[str, Any] = {
    "not_number": _("{name}: write a number, for example 1.234."),
    "foreign": _("{name}: write the dot for thousands and the comma for decimals, for example 1.234,5."),
    "dot_decimal": _("{name}: decimals are written after a comma, for example 12,5."),
    "ambiguous": _("{name}: could be read two ways. For thousands write {thousands}; decimals are not taken here."),
    "not_whole": _("{name}: write a whole number, for example 15."),
    "decimals": _("{name}: at most {scale} digit after the comma."),
    "too_large": _("{name}: the number is too large."),
    "negative": _("{name}: a number below zero is not taken here."),
    "not_yes_no": _("{name}: answer yes, no or not applicable."),
    "unknown_state": _("{name}: choose one of the states shown."),
    "state_and_number": _("{name}: the number {typed} stands beside another choice. Keep one of the two."),
    "broken_text": _("{name}: the text contains characters that cannot be read. Type them again."),
    "required": _("{name}: compulsory. Enter a number or choose why there is none."),
    "required_text": _("{name}: compulsory. Write at least one sentence."),
    "too_long": _("{name}: at most {max} characters."),
    "unknown_cell": _("{name}: this form has no such cell."),
    "equation": _("{name}: the parts make {made}, the cell says {stated}."),
    "parts": _("{name}: the parts make {made}, the total says {stated}."),
    "at_most": _("{name}: {stated} is more than {other}, which is {limit}."),
    "carried": _("{name}: {stated}, while {other} of the previous period was {closed}."),
    "jump": _("{name}: {stated}, against {before} in the previous period: ten times or more. Is it right?"),
    "slip": _("{name}: {stated}, against {before} in the previous period. Is the unit a thousand times off?"),
}
STATES: dict[CellState, Any] = {
    CellState.MISSING: _("no figure yet"),
    CellState.VALUE: _("number"),
    CellState.ZERO: _("zero"),
    CellState.NOTHING: _("nothing to report"),
    CellState.NOT_APPLICABLE: _("not applicable"),
}


def in_language(vietnamese: str, english: str) -> str:
    """One of two stored texts, by the language of the page."""
    return english if (get_language() or "vi").startswith("en") else vietnamese


def cell_name(definition: Definition, key: str) -> str:
    """What the form calls an indicator or a text; an unknown key is its own name."""
    fact = definition.facts.get(key)
    if fact is not None:
        return in_language(fact.name_vi, fact.name_en)
    for _section, text in definition.texts():
        if text.key == key:
            return in_language(text.label_vi, text.label_en)
    return key


def sentence(finding: Finding, definition: Definition) -> str:
    """What a finding says to the person at the form."""
    params = dict(finding.params)
    if "other" in params:
        params["other"] = cell_name(definition, params["other"])
    return str(SENTENCES[finding.code]).format(name=cell_name(definition, finding.cell), **params)


def state_word(state: CellState) -> str:
    return str(STATES[state])


def said(value: str, name: str) -> str:
    """A text in its one normal form. Raises Refused at the field `name` when it holds broken characters."""
    try:
        return clean(value)
    except ValueError:
        raise Refused(_("The text contains characters that cannot be read. Type them again."), field=name) from None
