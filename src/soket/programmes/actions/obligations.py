"""What is owed: an obligation with its lines, levels, evidence and due rule."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.organisations.models import Line, Unit
from soket.programmes import core, events
from soket.programmes.actions.programme import _require_run, _text
from soket.programmes.models import DueRule, Duty, Obligation, Programme, Scope


@dataclass(frozen=True)
class ScopeDraft:
    """One line (by code) at one level."""

    line: str
    level: int


def _check_due(rule: str, due_on: date | None, due_days: int | None, programme: Programme) -> dict[str, Any]:
    """The due columns that belong to the rule; the others are emptied."""
    if rule not in DueRule.values:
        raise Refused(_("Choose when the obligation falls due."), field="due_rule")
    if rule == DueRule.DATE:
        if due_on is None:
            raise Refused(_("Give the day by which it is due."), field="due_on")
        first = core.earliest_day(programme.signed_on, programme.starts, programme.span_text)
        if first is not None and due_on < first:
            raise Refused(_("The due day lies before the programme begins."), field="due_on")
        return {"due_on": due_on, "due_days": None}
    if rule == DueRule.AFTER_SIGNATURE:
        if due_days is None or not 1 <= due_days <= 3650:
            raise Refused(_("Give the number of days after signature, from 1 to 3650."), field="due_days")
        return {"due_on": None, "due_days": due_days}
    return {"due_on": None, "due_days": None}


def _due_text(row: Obligation) -> str:
    return row.due_on.isoformat() if row.due_on else str(row.due_days or "")


def _lines_of(scopes: Sequence[ScopeDraft]) -> dict[str, Line]:
    if not scopes:
        raise Refused(_("Choose at least one line and level."), field="scopes")
    if len(set(scopes)) < len(scopes):
        raise Refused(_("A line and level stand once."), field="scopes")
    found = {line.code: line for line in Line.objects.filter(code__in=[scope.line for scope in scopes])}
    if any(scope.line not in found for scope in scopes):
        raise Refused(_("This line is not known."), field="scopes")
    return found


@action
def add_obligation(
    *,
    programme: Programme,
    code: str,
    title: str,
    evidence: str,
    scopes: Sequence[ScopeDraft],
    due_rule: DueRule,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    due_days: int | None = None,
    under: Unit | None = None,
    synthetic: bool = False,
) -> Obligation:
    """State what the programme's units owe. Duties arise when the list is drawn up (`resolve_duties`).

    Raises Refused at code, title, evidence, scopes, due_rule, due_on or due_days.
    """
    _require_run(by, programme, at)
    short = _text(code, "code", 20).upper()
    if core.slug_of(short).upper() != short:
        raise Refused(_("A code has letters without marks, digits and hyphens, for example NV-05."), field="code")
    if programme.obligations.filter(code=short).exists():
        raise Refused(_("This programme already has an obligation with this code."), field="code")
    lines = _lines_of(scopes)
    row = Obligation(
        programme=programme,
        code=short,
        title=_text(title, "title", 300),
        evidence=_text(evidence, "evidence", 300),
        under=under,
        due_rule=due_rule,
        synthetic=synthetic,
        **_check_due(due_rule, due_on, due_days, programme),
    )
    row.save(force_insert=True)
    Scope.objects.bulk_create(Scope(obligation=row, line=lines[scope.line], level=scope.level) for scope in scopes)
    payload = {
        "title": row.title,
        "scopes": [f"{scope.line}:{scope.level}" for scope in scopes],
        "due_rule": str(due_rule),
        "due": _due_text(row),
    }
    record(event=events.OBLIGATION_ADDED, by=by, subject=row.ref, at=at, payload=payload)
    return row


@action
def change_obligation(
    *,
    obligation: Obligation,
    title: str,
    evidence: str,
    due_rule: DueRule,
    reason: str,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    due_days: int | None = None,
) -> Obligation:
    """Change words or due date, with a reason; the due days of duties still open follow. Scopes stay:
    other units are bound by another obligation."""
    _require_run(by, obligation.programme, at)
    why = _text(reason, "reason", 500)
    before = {
        "title": obligation.title, "evidence": obligation.evidence, "due_rule": obligation.due_rule, "due": _due_text(obligation),
    }
    due = _check_due(due_rule, due_on, due_days, obligation.programme)
    obligation.title, obligation.evidence = _text(title, "title", 300), _text(evidence, "evidence", 300)
    obligation.due_rule, obligation.due_on, obligation.due_days = due_rule, due["due_on"], due["due_days"]
    obligation.save()
    if due_rule != DueRule.EVERY_ROUND:
        for since in set(obligation.duties.values_list("since", flat=True)):
            still_open = Duty.objects.filter(obligation=obligation, since=since, state__in=core.OPEN)
            still_open.update(due_on=_due_for(obligation, since, None))
    payload = {"title": obligation.title, "due_rule": str(due_rule), "due": _due_text(obligation), "before": before}
    record(event=events.OBLIGATION_CHANGED, by=by, subject=obligation.ref, at=at, payload=payload, reason=why)
    return obligation


def _due_for(obligation: Obligation, since: date, round_due: date | None) -> date | None:
    return core.due_date(
        obligation.due_rule,
        since=since,
        due_on=round_due or obligation.due_on,
        due_days=obligation.due_days,
        signed_on=obligation.programme.signed_on,
    )
