"""How a frozen figure is printed, in either language, from its entry alone."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.reporting.models import FigureKind
from soket.ui import core as ui


def printed_code(review_code: str, code: str) -> str:
    """The code as printed on paper and pages: SK-2026-01."""
    return f"{review_code}-{code}"


def shown(body: Mapping[str, Any], language: str) -> str:
    """The value in words ready to print: "4.812", "98,5 %", "hơn 410.000", "không phát sinh"."""
    lang = ui.language(language)
    with override(lang):
        return _number(body, lang) or _words(str(body["state"]))


def _number(body: Mapping[str, Any], lang: ui.Language) -> str:
    if body["numerator"] is None or body["state"] not in {"value", "zero", "range"}:
        return ""
    value, scale = int(body["numerator"]), int(body["scale"])
    if body["denominator"] is not None:
        below = int(body["denominator"])
        if not below:
            return ""
        return ui.percent(value, below, lang) if body["percent"] else ui.number(ui.half_up(value * 10, below), scale + 1, lang)
    text = ui.number(value, scale, lang)
    if body["upper"] is not None:
        text = f"{text}–{ui.number(int(body['upper']), scale, lang)}"
    mark = {"over": _("more than"), "nearly": _("nearly"), "about": _("about")}.get(str(body["precision"]), "")
    return f"{mark} {text}".strip()


def _words(state: str) -> str:
    return {
        "nothing": _("nothing to report"),
        "not_applicable": _("not applicable"),
        "excused": _("excused"),
        "not_comparable": _("not comparable"),
        "missing": _("no figure yet"),
        "zero": "0",
    }.get(state, _("no value"))


def unit_words(row: Mapping[str, Any], body: Mapping[str, Any], language: str) -> str:
    """A unit's own part: its number, or the words of its state; empty when the name alone says it."""
    lang = ui.language(language)
    if row["value"] is not None:
        return ui.number(int(row["value"]), int(body["scale"]), lang)
    with override(lang):
        words = {"nothing": _("nothing to report"), "not_applicable": _("not applicable"), "zero": "0", "yes": _("yes"), "no": _("no")}
        return words.get(str(row["state"]), "")


def note_words(row: Mapping[str, Any], body: Mapping[str, Any], group: str) -> str:
    """The remark beside a unit; a bare day in the list of an obligation's debtors is when it fell due."""
    note = str(row["note"])
    owing = body["spec"]["kind"] == "coverage" and group == "missing" and note
    return f"{_('due')} {note}" if owing else note


def kind_words(kind: str) -> str:
    """The kind of figure in the active language."""
    if kind == "cited":
        return _("cited figure")
    return str(FigureKind(kind).label) if kind in FigureKind.values else ""


def signed_number(value: int, scale: int, language: str) -> str:
    """A difference with its sign: "+16", "−3"."""
    text = ui.number(value, scale, ui.language(language))
    return f"+{text}" if value > 0 else text
