"""What a unit writes: as typed in a draft, and as read into cells in a submission.

A draft keeps every keystroke, wrong ones too. A submission's content is canonical: only cells that
are not missing, amounts as whole numbers of the smallest unit, texts in one normal form.
"""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from soket.kernel.text import nfc
from soket.reporting.core.cells import MISSING, ZERO, Cell, CellState, NumberProblem, format_number, number, parse_number
from soket.reporting.core.definition import Definition, Row
from soket.reporting.core.findings import Finding, error

EXPLANATION_MAX = 1000
_AMOUNT = re.compile(r"-?[0-9]{1,19}")
_WITH_AMOUNT, _WITHOUT = {"state", "value"}, {"state"}
_BARE = {state: Cell(state) for state in CellState if state is not CellState.VALUE}


class BadContent(ValueError):
    """Content that is not in the agreed form; the text names the key."""


class TypedCell(NamedTuple):
    """A cell of a draft: the chosen state ("" when none was chosen) and the text as typed."""

    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class DraftContent:
    """The unfinished content of a report, as typed."""

    cells: Mapping[str, TypedCell] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)

    def to_text(self) -> str:
        """JSON in ASCII, so that even broken text is kept as it came."""
        cells = {code: {"state": cell.state, "value": cell.text} for code, cell in self.cells.items()}
        return json.dumps({"cells": cells, "texts": dict(self.texts), "explanations": dict(self.explanations)})

    @classmethod
    def from_text(cls, text: str) -> DraftContent:
        data = json.loads(text)
        cells = {code: TypedCell(cell.get("state", ""), cell.get("value", "")) for code, cell in data["cells"].items()}
        return cls(cells, data["texts"], data["explanations"])


class EvidenceMark(NamedTuple):
    """A file named in the content, so that the digest covers it: section, SHA-256, title."""

    section: str
    sha256: str
    title: str


@dataclass(frozen=True)
class Content:
    """Cells, texts and explanations of one submission; missing cells and empty texts are left out."""

    cells: Mapping[str, Cell] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[EvidenceMark, ...] = ()

    def cell(self, code: str) -> Cell:
        return self.cells.get(code, MISSING)

    def to_json(self) -> dict[str, Any]:
        """The canonical form, of which the digest is taken; amounts are decimal strings."""
        cells = {code: _cell_json(cell) for code, cell in self.cells.items() if cell.state is not CellState.MISSING}
        texts = {key: text for key, text in self.texts.items() if text}
        explanations = {key: text for key, text in self.explanations.items() if text}
        body: dict[str, Any] = {"cells": cells, "texts": texts, "explanations": explanations}
        if self.evidence:
            body["evidence"] = [mark._asdict() for mark in sorted(self.evidence)]
        return body

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Content:
        """Read the canonical form. Raises BadContent on an unknown key, state or amount."""
        if set(data) - {"cells", "texts", "explanations", "evidence"}:
            raise BadContent(f"unknown key {sorted(set(data))}")
        return cls(
            {code: _cell_from(code, cell) for code, cell in data.get("cells", {}).items()},
            _texts_from(data.get("texts", {})),
            _texts_from(data.get("explanations", {})),
            tuple(EvidenceMark(**mark) for mark in data.get("evidence", [])),
        )


def _cell_json(cell: Cell) -> dict[str, str]:
    if cell.state is CellState.VALUE:
        return {"state": "value", "value": str(cell.value)}
    return {"state": cell.state.word}


def _cell_from(code: str, data: Mapping[str, Any]) -> Cell:
    try:
        state = CellState.of(data["state"])
        if data.keys() != (_WITH_AMOUNT if state is CellState.VALUE else _WITHOUT):
            raise ValueError("an amount belongs to the state value, and to no other")
        if state is not CellState.VALUE:
            return _BARE[state]
        if not _AMOUNT.fullmatch(data["value"]):
            raise ValueError(f"not a whole number of the smallest unit: {data['value']!r}")
        return number(int(data["value"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise BadContent(f"cell {code}: {problem}") from None


def _texts_from(data: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {str(key): clean(value) for key, value in data.items()}
    except (AttributeError, TypeError, ValueError) as problem:
        raise BadContent(str(problem)) from None


def clean(text: str) -> str:
    """One normal form of a text: NFC, plain line ends. Raises ValueError on broken Unicode."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def typed_from(definition: Definition, content: Content) -> DraftContent:
    """The draft a person would have typed for this content; the start of a correction."""
    cells = {}
    for code, cell in content.cells.items():
        text = format_number(cell.value, definition.facts[code].scale) if cell.state is CellState.VALUE else ""
        cells[code] = TypedCell(cell.state.word, text)
    return DraftContent(cells, dict(content.texts), dict(content.explanations))


def _read_cell(typed: TypedCell, row: Row, scale: int, yes_no: bool) -> Cell:
    """One typed cell as a cell. Raises NumberProblem."""
    text = typed.text.strip()
    if typed.state not in ("", *(state.word for state in CellState)):
        raise NumberProblem("unknown_state")
    state = CellState.of(typed.state or "value")
    if yes_no and state is CellState.VALUE:
        return number(1) if text in ("", "1") and typed.state else MISSING
    if state in (CellState.VALUE, CellState.MISSING):
        return number(parse_number(text, scale=scale, negative=row.negative)) if text else MISSING
    if text and not (state is CellState.ZERO and not text.strip("0")):
        raise NumberProblem("state_and_number", {"typed": text[:40]})
    return ZERO if state is CellState.ZERO else Cell(state)


def read_draft(definition: Definition, draft: DraftContent) -> tuple[Content, list[Finding]]:
    """Read what was typed. Findings are errors at the cells and texts that cannot be read; those are left out."""
    findings: list[Finding] = []
    cells: dict[str, Cell] = {}
    for section, row in definition.rows():
        fact = definition.facts[row.indicator]
        if not fact.typed:
            continue
        try:
            cell = _read_cell(draft.cells.get(row.indicator, TypedCell()), row, fact.scale, fact.yes_no)
        except NumberProblem as problem:
            findings.append(error(problem.code, cell=row.indicator, section=section.key, **problem.params))
            continue
        if cell.state is not CellState.MISSING:
            cells[row.indicator] = cell
    texts = _read_texts(draft.texts, {text.key: section.key for section, text in definition.texts()}, findings)
    explanations = _read_texts(draft.explanations, dict.fromkeys(draft.explanations, ""), findings)
    return Content(cells, texts, explanations), findings


def _read_texts(typed: Mapping[str, str], known: Mapping[str, str], findings: list[Finding]) -> dict[str, str]:
    texts = {}
    for key, section in known.items():
        try:
            text = clean(typed.get(key, ""))
        except ValueError:
            findings.append(error("broken_text", cell=key, section=section))
            continue
        if text:
            texts[key] = text
    return texts
