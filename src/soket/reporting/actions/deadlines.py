"""A deadline moves by an act of two: one person of the programme office asks with a reason, another agrees."""
from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.organisations.models import UnitVersion
from soket.reporting import events, rules
from soket.reporting.actions.shared import round_ref
from soket.reporting.models import Extension, ExtensionAnswer, Report, ReportState, RoundScope, RoundStateName
from soket.reporting.queries.opening import require_office
from soket.reporting.queries.owing import owing
from soket.reporting.queries.rounds import scopes_of
from soket.reporting.queries.state import round_state


def _locked(scope_id: int, by: Actor, at: datetime) -> RoundScope:
    scope: RoundScope = RoundScope.objects.select_for_update(of=("self",)).select_related("round", "line").get(pk=scope_id)
    require_office(scope.round, scopes_of(scope.round), by, day_of(at))
    if round_state(scope.round_id) == RoundStateName.CLOSED:
        raise Refused(_("The round is closed. Open it again first."))
    return scope


def _later(scope: RoundScope, due_at: datetime, at: datetime) -> None:
    if due_at <= scope.due_at:
        raise Refused(_("The new deadline must lie after the present one."), field="due_at")
    if due_at <= at:
        raise Refused(_("The new deadline has already passed."), field="due_at")


def _named(scope: RoundScope) -> str:
    return f"{scope.line.code}:{scope.level}" + (f":{scope.under_id}" if scope.under_id else "")


def _written(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"


@action
def ask_extension(*, scope: RoundScope, due_at: datetime, reason: str, by: Actor, at: datetime) -> Extension:
    """Ask to move a scope's deadline. Nothing moves until another person of a programme office agrees."""
    row = _locked(scope.pk, by, at)
    _later(row, due_at, at)
    text = rules.said(reason, "reason")
    if not text:
        raise Refused(_("State the reason."), field="reason")
    if Extension.objects.filter(scope=row, answer=None).exists():
        raise Refused(_("Another request for this deadline still waits for its answer."), field="due_at")
    asked = Extension(scope=row, due_at=due_at, reason=text[:400], at=at, by_id=by.actor_id, by_label=by.actor_label)
    asked.save(force_insert=True)
    payload = {"scope": _named(row), "due": _written(due_at), "was": _written(row.due_at)}
    record(event=events.EXTENSION_ASKED, by=by, subject=round_ref(row.round), at=at, payload=payload, reason=asked.reason)
    return asked


@action
def answer_extension(*, extension: Extension, agreed: bool, by: Actor, at: datetime) -> ExtensionAnswer:
    """Agree, so that the deadline of the scope and of its reports moves, or not. Never by the person who asked.

    What was late when it came stays late: lateness belongs to the version sent."""
    scope = _locked(extension.scope_id, by, at)
    if ExtensionAnswer.objects.filter(extension=extension).exists():
        raise Refused(_("This request has already been answered."))
    if by.actor_id == extension.by_id:
        raise Refused(_("Moving a deadline takes two people: somebody else of the programme office must agree."))
    answer = ExtensionAnswer(extension=extension, agreed=agreed, at=at, by_id=by.actor_id, by_label=by.actor_label)
    payload = {"scope": _named(scope), "due": _written(extension.due_at)}
    if agreed:
        _later(scope, extension.due_at, at)
        payload |= {"was": _written(scope.due_at), "reports": str(_moved(scope, extension.due_at, at))}
    answer.save(force_insert=True)
    event = events.EXTENSION_AGREED if agreed else events.EXTENSION_REFUSED
    record(event=event, by=by, subject=round_ref(scope.round), at=at, payload=payload, reason=extension.reason)
    return answer


def _moved(scope: RoundScope, due_at: datetime, at: datetime) -> int:
    """Write the new deadline on the scope and on the reports that stood under the old one; how many."""
    then = Q(unit_id=OuterRef("unit_id"), valid_from__lte=OuterRef("covers_to"), level=scope.level)
    on_the_day = UnitVersion.objects.filter(then).filter(Q(valid_to=None) | Q(valid_to__gt=OuterRef("covers_to")))
    reports = Report.objects.filter(Exists(on_the_day), round=scope.round_id, unit__line=scope.line_id, due_at=scope.due_at)
    if scope.under_id is not None:
        days = {"starts": scope.round.starts, "ends": scope.round.ends, "on": day_of(at)}
        units = [one.unit_id for one in owing(line=scope.line.code, level=scope.level, under=scope.under_id, **days)]
        reports = reports.filter(unit_id__in=units)
    moved = reports.exclude(state=ReportState.EXCUSED).update(due_at=due_at)
    scope.due_at = due_at
    scope.save(update_fields=["due_at"])
    return moved
