"""Frozen figures as plain data: what an entry of a dossier holds, and how two editions differ. Pure.

Numbers are scaled integers and travel as decimal strings; a rate keeps its two integers. Texts that a
reader sees exist in Vietnamese and English.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]
GROUPS = ("contributors", "missing", "excused", "not_comparable")
PAPER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Forms of the paper and their media types, in the order in which they are offered."""
# States in which a figure says nothing that could be signed.
UNSIGNABLE = frozenset({"missing", "not_expected", "undefined", "blank"})


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    vi: str = ""
    en: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en}


@dataclass(frozen=True)
class UnitPart:
    """One unit in or outside a figure. `value` is its own part, a scaled integer (None: nothing public);
    `state` the state of its cell or duty; `note` a reason, document number or remark."""

    id: int
    name: str
    value: int | None = None
    state: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        value = None if self.value is None else str(self.value)
        return {"id": self.id, "name": self.name, "value": value, "state": self.state, "note": self.note}


@dataclass(frozen=True)
class ClaimPart:
    """An accepted document: unit, number and symbol, day of signature (ISO), SHA-256 of its file or ""."""

    unit: int
    number: str
    dated: str
    sha256: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"unit": self.unit, "number": self.number, "dated": self.dated, "sha256": self.sha256}


@dataclass(frozen=True)
class Computed:
    """A figure as its source computed it, ready to be copied into an edition.

    `kind` is count, stock, average, cumulative, ratio or cited. `coverage` counts owed things by state.
    `files` counts the evidence attached to the submissions and claims. `boundary` is "reported", a day (ISO) or "" where none applies; `as_of` a day (ISO).
    """

    state: str
    numerator: int | None = None
    denominator: int | None = None
    upper: int | None = None
    scale: int = 0
    percent: bool = False
    kind: str = ""
    measure: Words = Words()
    definition: Words = Words()
    formula: Words = Words()
    numerator_label: Words = Words()
    denominator_label: Words = Words()
    coverage: Mapping[str, int] | None = None
    contributors: Sequence[UnitPart] = ()
    missing: Sequence[UnitPart] = ()
    excused: Sequence[UnitPart] = ()
    not_comparable: Sequence[UnitPart] = ()
    submissions: Sequence[str] = ()
    claims: Sequence[ClaimPart] = ()
    files: int = 0
    notices: Sequence[Words] = ()
    precision: str = ""
    citation: str = ""
    boundary: str = ""
    as_of: str = ""
    rule_version: str = "soket-rules/1"


def figure_body(computed: Computed, *, code: str, printed: str, label: Words, spec: Mapping[str, Any], tree_version: int) -> dict[str, Any]:
    """The body of the entry figure/CODE: everything but the lists of units."""
    return {
        "code": code,
        "printed": printed,
        "label": label.as_dict(),
        "spec": dict(spec),
        "state": computed.state,
        "numerator": _decimal(computed.numerator),
        "denominator": _decimal(computed.denominator),
        "upper": _decimal(computed.upper),
        "scale": computed.scale,
        "percent": computed.percent,
        "kind": computed.kind,
        "measure": computed.measure.as_dict(),
        "definition": computed.definition.as_dict(),
        "formula": computed.formula.as_dict(),
        "numerator_label": computed.numerator_label.as_dict(),
        "denominator_label": computed.denominator_label.as_dict(),
        "coverage": dict(computed.coverage) if computed.coverage is not None else None,
        "counts": {group: len(getattr(computed, group)) for group in GROUPS},
        "evidence": {"submissions": len(computed.submissions), "claims": len(computed.claims), "files": computed.files},
        "notices": [notice.as_dict() for notice in computed.notices],
        "precision": computed.precision,
        "citation": computed.citation,
        "boundary": computed.boundary,
        "as_of": computed.as_of,
        "tree_version": tree_version,
        "rule_version": computed.rule_version,
    }


def units_body(computed: Computed, code: str) -> dict[str, Any]:
    """The body of the entry units/CODE: every unit by name, and the digests of what they sent."""
    body: dict[str, Any] = {group: [part.as_dict() for part in getattr(computed, group)] for group in GROUPS}
    body["code"] = code
    body["submissions"] = sorted(computed.submissions)
    body["claims"] = [claim.as_dict() for claim in computed.claims]
    return body


def value_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What must be equal for two editions to say the same of a figure."""
    return {name: body[name] for name in ("state", "numerator", "denominator", "upper", "scale", "percent", "precision")}


def differences(old: Sequence[Body], new: Sequence[Body]) -> list[tuple[str, Body | None, Body | None]]:
    """(code, was, now) for every figure whose value changed, appeared or went, in the order of their codes."""
    before, after = {body["code"]: body for body in old}, {body["code"]: body for body in new}
    found = []
    for code in sorted(before.keys() | after.keys()):
        was, now = before.get(code), after.get(code)
        if was is None or now is None or value_of(was) != value_of(now):
            found.append((code, was, now))
    return found


def _decimal(value: int | None) -> str | None:
    return None if value is None else str(value)
