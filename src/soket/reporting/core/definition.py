"""A report form read from the definition stored with its template."""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

UNTYPED = frozenset({"joint", "ratio"})
CHECK_KINDS = {
    "equation": {"plus", "minus", "equals"},
    "parts": {"total"},
    "at_most": {"cell", "limit"},
    "carried": {"current", "previous"},
}


class BadDefinition(ValueError):
    """The definition cannot be used; the text names the key and the cell."""


@dataclass(frozen=True)
class Facts:
    """What a form must know about an indicator; frozen into the template when it is published."""

    code: str
    name_vi: str
    name_en: str
    measure_vi: str
    measure_en: str
    definition_vi: str
    definition_en: str
    scale: int
    yes_no: bool
    kind: str
    over_units: str
    part_of: str
    numerator: str
    denominator: str

    @property
    def typed(self) -> bool:
        """Whether a unit fills it in: joint events and ratios are made, not typed."""
        return self.over_units not in UNTYPED


@dataclass(frozen=True)
class Row:
    indicator: str
    required: bool = False
    negative: bool = False
    group_vi: str = ""
    group_en: str = ""
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Narrative:
    key: str
    label_vi: str
    label_en: str
    required: bool = False
    max: int = 4000


@dataclass(frozen=True)
class Section:
    key: str
    title_vi: str
    title_en: str
    rows: tuple[Row, ...] = ()
    texts: tuple[Narrative, ...] = ()
    evidence: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Check:
    """A rule between cells. `kind` decides which of the other fields are used."""

    key: str
    kind: str
    severity: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    equals: str = ""
    total: str = ""
    cell: str = ""
    limit: str = ""
    current: str = ""
    previous: str = ""

    @property
    def at(self) -> str:
        """The cell under which a finding is shown."""
        return self.equals or self.total or self.cell or self.current

    def cells(self) -> tuple[str, ...]:
        named = (self.equals, self.total, self.cell, self.limit, self.current, self.previous)
        return (*self.plus, *self.minus, *(code for code in named if code))


@dataclass(frozen=True)
class Definition:
    """Sections, checks and public fields, with the facts of every indicator they name."""

    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    public: frozenset[str]
    facts: Mapping[str, Facts] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[Section, Row]]:
        return ((section, row) for section in self.sections for row in section.rows)

    def texts(self) -> Iterator[tuple[Section, Narrative]]:
        return ((section, text) for section in self.sections for text in section.texts)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The typed indicators in the order of the form: the order of packed cells."""
        return tuple(row.indicator for _, row in self.rows() if self.facts[row.indicator].typed)

    @cached_property
    def joint(self) -> tuple[str, ...]:
        return tuple(row.indicator for _, row in self.rows() if self.facts[row.indicator].over_units == "joint")

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        totals = {self.facts[code].part_of for code in self.columns}
        return {total: tuple(code for code in self.columns if self.facts[code].part_of == total) for total in totals}

    def parts_of(self, total: str) -> tuple[str, ...]:
        return self._parts.get(total, ())

    @cached_property
    def _places(self) -> dict[str, str]:
        return {row.indicator: section.key for section, row in self.rows()}

    def section_of(self, code: str) -> str:
        """The key of the section that holds the indicator; empty when none does."""
        return self._places.get(code, "")


def _made(kind: type[Any], data: Mapping[str, Any], where: str) -> Any:
    try:
        return kind(**data)
    except TypeError as problem:
        raise BadDefinition(f"{where}: {problem}") from None


def _section(data: Mapping[str, Any]) -> Section:
    where = f"section {data.get('key', '?')}"
    rows = tuple(_made(Row, row, where) for row in data.get("rows", []))
    texts = tuple(_made(Narrative, text, where) for text in data.get("texts", []))
    return _made(Section, {**data, "rows": rows, "texts": texts}, where)  # type: ignore[no-any-return]


def _check(data: Mapping[str, Any]) -> Check:
    listed = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    check: Check = _made(Check, {"severity": "warning", **listed}, f"check {data.get('key', '?')}")
    if check.kind not in CHECK_KINDS or set(data) - {"key", "kind", "severity"} != CHECK_KINDS[check.kind]:
        raise BadDefinition(f"check {check.key}: kind {check.kind!r} with {sorted(data)}")
    if check.severity not in ("warning", "error"):
        raise BadDefinition(f"check {check.key}: severity {check.severity!r}")
    return check


def read_definition(data: Mapping[str, Any]) -> Definition:
    """Read and check the stored form. Raises BadDefinition naming what is wrong."""
    facts = {code: _made(Facts, {"code": code, **fact}, code) for code, fact in data.get("indicators", {}).items()}
    definition = Definition(
        tuple(_section(section) for section in data.get("sections", [])),
        tuple(_check(check) for check in data.get("checks", [])),
        frozenset(data.get("public", [])),
        facts,
    )
    _refuse_unknown(definition)
    return definition


def _refuse_unknown(definition: Definition) -> None:
    codes = [row.indicator for _, row in definition.rows()]
    keys = [text.key for _, text in definition.texts()] + [section.key for section in definition.sections]
    for named in (codes, keys, [check.key for check in definition.checks]):
        if len(named) != len(set(named)):
            raise BadDefinition(f"named twice: {sorted(name for name in named if named.count(name) > 1)[0]}")
    if not definition.sections or not codes:
        raise BadDefinition("a form has at least one section and one indicator")
    unknown = set(codes) - set(definition.facts)
    columns = set(definition.columns) if not unknown else set()
    unknown |= {code for check in definition.checks for code in check.cells()} - columns
    if unknown:
        raise BadDefinition(f"not a cell of the form: {', '.join(sorted(unknown))}")


@lru_cache(maxsize=64)
def definition_of(text: str) -> Definition:
    """The form of a stored template, read once per text."""
    return read_definition(json.loads(text))
