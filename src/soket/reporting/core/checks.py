"""Checks of one report: compulsory cells, rules between cells, and rules against the previous period.

A rule speaks only when every cell it needs stands for an amount; a missing or not applicable cell
keeps it silent. Amounts of different scales are compared in one common unit.
"""
from __future__ import annotations

from collections.abc import Iterator

from soket.reporting.core.cells import Cell, CellState, format_number
from soket.reporting.core.content import EXPLANATION_MAX, Content
from soket.reporting.core.definition import Check, Definition
from soket.reporting.core.findings import Finding, Severity, error

JUMP = 10     # times the previous amount from which a jump is pointed out
SLIP = 500    # times from which a slip of three places (thousands) is the likelier reading
COMMON = 9    # decimals of the common unit; no indicator has more


def validate(definition: Definition, content: Content, previous: Content | None) -> list[Finding]:
    """Everything to be said about a report before it is taken; errors first, then in the order of the form."""
    found = [*_unknown(definition, content), *_compulsory(definition, content), *_lengths(definition, content)]
    for check in definition.checks:
        found.extend(_run(check, definition, content, previous))
    if previous is not None:
        for code in definition.columns:
            found.extend(_jump(code, definition, content, previous))
    order = {code: place for place, code in enumerate(definition.columns)}
    return sorted(found, key=lambda one: (one.severity is not Severity.ERROR, order.get(one.cell, len(order))))


def unexplained(findings: list[Finding], content: Content) -> list[Finding]:
    """The warnings that the reporter has not explained yet."""
    return [one for one in findings if one.severity is Severity.WARNING and not content.explanations.get(one.key)]


def _unknown(definition: Definition, content: Content) -> Iterator[Finding]:
    known = {text.key for _, text in definition.texts()}
    for code in sorted(set(content.cells) - set(definition.columns)):
        yield error("unknown_cell", cell=code, section="")
    for key in sorted(set(content.texts) - known):
        yield error("unknown_cell", cell=key, section="")
    for mark in content.evidence:
        if mark.section not in {section.key for section in definition.sections if section.evidence}:
            yield error("unknown_cell", cell=mark.section, section=mark.section)


def _compulsory(definition: Definition, content: Content) -> Iterator[Finding]:
    for section, row in definition.rows():
        fact = definition.facts[row.indicator]
        cell = content.cell(row.indicator)
        if row.required and fact.typed and cell.state is CellState.MISSING:
            yield error("required", cell=row.indicator, section=section.key)
        if cell.value < 0 and not row.negative:
            yield error("negative", cell=row.indicator, section=section.key)
        if fact.yes_no and cell.value not in (0, 1):
            yield error("not_yes_no", cell=row.indicator, section=section.key)
    for section, text in definition.texts():
        if text.required and not content.texts.get(text.key):
            yield error("required_text", cell=text.key, section=section.key)


def _lengths(definition: Definition, content: Content) -> Iterator[Finding]:
    for section, text in definition.texts():
        if len(content.texts.get(text.key, "")) > text.max:
            yield error("too_long", cell=text.key, section=section.key, max=str(text.max))
    for key, text_ in content.explanations.items():
        if len(text_) > EXPLANATION_MAX:
            yield error("too_long", cell=key, section="", max=str(EXPLANATION_MAX))


def _amount(definition: Definition, code: str, cell: Cell) -> int:
    return cell.value * int(10 ** (COMMON - definition.facts[code].scale))


def _said(amount: int) -> str:
    return format_number(amount, COMMON)


def _finding(check: Check, definition: Definition, code: str, **params: str) -> Finding:
    return Finding(check.key, code, Severity(check.severity), check.at, definition.section_of(check.at), params)


def _run(check: Check, definition: Definition, content: Content, previous: Content | None) -> Iterator[Finding]:
    if check.kind == "carried":
        yield from _carried(check, definition, content, previous)
        return
    codes = (check.total, *definition.parts_of(check.total)) if check.kind == "parts" else check.cells()
    if not all(content.cell(code).state.counts for code in codes):
        return
    amounts = {code: _amount(definition, code, content.cell(code)) for code in codes}
    if check.kind == "equation":
        made = sum(amounts[code] for code in check.plus) - sum(amounts[code] for code in check.minus)
        if made != amounts[check.equals]:
            yield _finding(check, definition, "equation", made=_said(made), stated=_said(amounts[check.equals]))
    elif check.kind == "parts":
        made = sum(amounts.values()) - amounts[check.total]
        if len(codes) > 1 and made != amounts[check.total]:
            yield _finding(check, definition, "parts", made=_said(made), stated=_said(amounts[check.total]))
    elif amounts[check.cell] > amounts[check.limit]:
        yield _finding(
            check, definition, "at_most", stated=_said(amounts[check.cell]), limit=_said(amounts[check.limit]), other=check.limit
        )


def _carried(check: Check, definition: Definition, content: Content, previous: Content | None) -> Iterator[Finding]:
    now, before = content.cell(check.current), previous.cell(check.previous) if previous else Cell()
    if not (now.state.counts and before.state.counts):
        return
    stated, closed = _amount(definition, check.current, now), _amount(definition, check.previous, before)
    if stated != closed:
        yield _finding(check, definition, "carried", stated=_said(stated), closed=_said(closed), other=check.previous)


def _jump(code: str, definition: Definition, content: Content, previous: Content) -> Iterator[Finding]:
    now, before = content.cell(code).value, previous.cell(code).value
    if definition.facts[code].yes_no or now <= 0 or before <= 0:
        return
    slip = now >= SLIP * before or before >= SLIP * now
    if slip or now >= JUMP * before:
        scale = definition.facts[code].scale
        params = {"stated": format_number(now, scale), "before": format_number(before, scale)}
        yield Finding(
            f"jump:{code}", "slip" if slip else "jump", Severity.WARNING, code, definition.section_of(code), params
        )
