"""The sheet: sections and rows ready to be shown, to be typed in or only read."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.reporting import core
from soket.reporting.core import Cell, CellChange, CellState, Content, Definition, DraftContent, TextChange, TypedCell
from soket.reporting.core.findings import Finding as Found
from soket.reporting.core.findings import Severity
from soket.reporting.rules import cell_name, in_language, sentence, state_word
from soket.ui.core import DASH, half_up, language, number, percent

LONG = 300


@dataclass(frozen=True)
class Finding:
    """A finding in words, with its explanation."""

    key: str
    text: str
    error: bool
    explanation: str = ""


@dataclass(frozen=True)
class Row:
    """`kind` is number, yes_no, joint or ratio; `shown` is the value in words for reading."""

    code: str
    label: str
    name: str
    measure: str
    note: str
    meaning: str
    group: str
    kind: str
    required: bool
    text: str
    state: str
    shown: str
    previous: str
    findings: Sequence[Finding] = ()
    in_words: bool = False

    @property
    def wrong(self) -> bool:
        return any(one.error for one in self.findings)


@dataclass(frozen=True)
class TextRow:
    key: str
    label: str
    required: bool
    max: int
    text: str
    previous: str
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class SheetSection:
    key: str
    title: str
    rows: list[Row]
    texts: list[TextRow]
    evidence: str


@dataclass(frozen=True)
class Sheet:
    sections: list[SheetSection]

    def section(self, key: str) -> SheetSection | None:
        return next((one for one in self.sections if one.key == key), None)


@dataclass(frozen=True)
class Step:
    """A section in the list of steps: how many of its cells are filled."""

    key: str
    title: str
    filled: int
    total: int
    current: bool


@dataclass
class Material:
    """What a sheet is made from. `typed` is empty when the sheet is only read."""

    definition: Definition
    content: Content
    typed: DraftContent = field(default_factory=DraftContent)
    previous: Content | None = None
    joint: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, list[Finding]] = field(default_factory=dict)


def said(cell: Cell, scale: int, yes_no: bool = False) -> str:
    """A cell in words: a number, yes or no, or its state. Zero is printed as the number it is."""
    if yes_no and cell.state in (CellState.VALUE, CellState.ZERO):
        return _("Yes") if cell.value else _("No")
    if cell.state in (CellState.VALUE, CellState.ZERO):
        return number(cell.value, scale, language(get_language()))
    return state_word(cell.state)


def _ratio(material: Material, code: str) -> str:
    """A ratio of this report's own two parts, divided at display and never stored."""
    facts = material.definition.facts
    over, under = facts[code].numerator, facts[code].denominator
    top, bottom = material.content.cell(over), material.content.cell(under)
    if not (top.state.counts and bottom.state.counts) or bottom.value <= 0 or over not in facts or under not in facts:
        return DASH
    upper, lower = top.value * int(10 ** facts[under].scale), bottom.value * int(10 ** facts[over].scale)
    lang = language(get_language())
    return percent(upper, lower, lang) if facts[code].measure_vi == "%" else number(half_up(upper * 10, lower), 1, lang)


def _row(material: Material, row: core.Row, label: str) -> Row:
    fact = material.definition.facts[row.indicator]
    kind = fact.over_units if not fact.typed else "yes_no" if fact.yes_no else "number"
    typed = material.typed.cells.get(row.indicator, TypedCell())
    cell = material.content.cell(row.indicator)
    shown = {"joint": lambda: str(material.joint.get(row.indicator, 0)), "ratio": lambda: _ratio(material, row.indicator)}
    before = material.previous.cell(row.indicator) if material.previous and fact.typed else None
    return Row(
        row.indicator, label, in_language(fact.name_vi, fact.name_en), in_language(fact.measure_vi, fact.measure_en),
        in_language(row.note_vi, row.note_en), in_language(fact.definition_vi, fact.definition_en), in_language(row.group_vi, row.group_en),
        kind, row.required, typed.text, typed.state, shown.get(kind, lambda: said(cell, fact.scale, fact.yes_no))(),
        said(before, fact.scale, fact.yes_no) if before is not None else DASH, material.findings.get(row.indicator, ()),
        kind in ("number", "yes_no") and cell.state not in (CellState.VALUE, CellState.ZERO),
    )


def _section(material: Material, section: core.Section) -> SheetSection:
    rows = [_row(material, row, f"{section.key}.{place}") for place, row in enumerate(section.rows, start=1)]
    texts = [
        TextRow(
            text.key, in_language(text.label_vi, text.label_en), text.required, text.max,
            material.typed.texts.get(text.key, "") or material.content.texts.get(text.key, ""),
            material.previous.texts.get(text.key, "") if material.previous else "", material.findings.get(text.key, ()),
        )
        for text in section.texts
    ]
    evidence = in_language(section.evidence["label_vi"], section.evidence["label_en"]) if section.evidence else ""
    return SheetSection(section.key, in_language(section.title_vi, section.title_en), rows, texts, evidence)


def in_words(findings: Sequence[Found], definition: Definition, explanations: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Findings by the cell or text they belong to."""
    words: dict[str, list[Finding]] = {}
    for one in findings:
        told = Finding(one.key, sentence(one, definition), one.severity is Severity.ERROR, explanations.get(one.key, ""))
        words.setdefault(one.cell, []).append(told)
    return words


def sheet_of(
    definition: Definition, content: Content, *, typed: DraftContent | None = None, previous: Content | None = None,
    joint: Mapping[str, int] | None = None, findings: Sequence[Found] = (),
) -> Sheet:
    """The whole report as sections and rows, in the reader's language."""
    explanations = typed.explanations if typed else content.explanations
    words = in_words(findings, definition, explanations)
    material = Material(definition, content, typed or DraftContent(), previous, joint or {}, words)
    return Sheet([_section(material, section) for section in definition.sections])


def steps_of(definition: Definition, draft: DraftContent, current: str) -> list[Step]:
    """Each section with how many of its cells and texts have something in them."""
    steps = []
    for section in definition.sections:
        typed = [row.indicator for row in section.rows if definition.facts[row.indicator].typed]
        filled = sum(1 for code in typed if code in draft.cells)
        filled += sum(1 for text in section.texts if draft.texts.get(text.key, "").strip())
        title = in_language(section.title_vi, section.title_en)
        steps.append(Step(section.key, title, filled, len(typed) + len(section.texts), section.key == current))
    return steps


@dataclass(frozen=True)
class ChangeRow:
    """One change against the version before, in words."""

    name: str
    before: str
    after: str


def change_rows(definition: Definition, cells: Sequence[CellChange], texts: Sequence[TextChange]) -> list[ChangeRow]:
    """What differs between two contents, cells first."""
    rows = []
    for change in cells:
        fact = definition.facts[change.code]
        before, after = (said(cell, fact.scale, fact.yes_no) for cell in (change.before, change.after))
        rows.append(ChangeRow(in_language(fact.name_vi, fact.name_en), before, after))
    rows += [ChangeRow(cell_name(definition, one.key), _short(one.before), _short(one.after)) for one in texts]
    return rows


def _short(text: str) -> str:
    return DASH if not text else text if len(text) <= LONG else f"{text[:LONG]}…"
