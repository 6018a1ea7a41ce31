"""What changed between two versions of a report, cell by cell and text by text."""
from __future__ import annotations

from dataclasses import dataclass

from soket.reporting.core.cells import Cell
from soket.reporting.core.content import Content, DraftContent, TypedCell
from soket.reporting.core.definition import Definition


@dataclass(frozen=True)
class CellChange:
    code: str
    before: Cell
    after: Cell


@dataclass(frozen=True)
class TextChange:
    key: str
    before: str
    after: str


def changes(definition: Definition, old: Content, new: Content) -> tuple[list[CellChange], list[TextChange]]:
    """Changed cells and changed texts in the order of the form."""
    cells = [
        CellChange(code, old.cell(code), new.cell(code))
        for code in definition.columns
        if old.cell(code) != new.cell(code)
    ]
    texts = [
        TextChange(text.key, old.texts.get(text.key, ""), new.texts.get(text.key, ""))
        for _, text in definition.texts()
        if old.texts.get(text.key, "") != new.texts.get(text.key, "")
    ]
    return cells, texts


def differing(definition: Definition, one: DraftContent, other: DraftContent) -> list[tuple[str, str, str]]:
    """Where two drafts differ, as typed: (code or key, in the first, in the second), in the order of the form."""
    found = []
    for code in definition.columns:
        first, second = one.cells.get(code, TypedCell()), other.cells.get(code, TypedCell())
        if first != second:
            found.append((code, first.text or first.state, second.text or second.state))
    for _section, text in definition.texts():
        if one.texts.get(text.key, "") != other.texts.get(text.key, ""):
            found.append((text.key, one.texts.get(text.key, ""), other.texts.get(text.key, "")))
    return found
