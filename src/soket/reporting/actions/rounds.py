"""Opening and closing rounds: who owes a report is resolved once, over the tree of the closing day."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.periods import PeriodKind
from soket.organisations.models import Line
from soket.reporting import events, rules
from soket.reporting.actions.shared import round_ref
from soket.reporting.models import PeriodRule, Report, Round, RoundScope, RoundState, RoundStateName, Template
from soket.reporting.queries.opening import Plan, RoundDraft, ScopeDraft, planned, require_office
from soket.reporting.queries.rounds import scopes_of
from soket.reporting.queries.state import round_state


def _reports(plan: Plan) -> list[Report]:
    return [
        Report(
            round=plan.round, unit_id=one.unit_id, covers_from=one.covers_from, covers_to=one.covers_to,
            decider_id=one.decider, due_at=scope.due_at,
        )
        for one, scope in plan.owed
    ]  # fmt: skip


@action
def open_rounds(*, rounds: Sequence[RoundDraft], by: Actor, at: datetime) -> list[Round]:
    """Open several rounds; each owing unit gets its report row. Raises Refused with the field that is wrong."""
    opened = []
    for draft in rounds:
        plan = planned(draft, by, at)
        round_, lines = plan.round, {line.code: line for line in Line.objects.all()}
        round_.save(force_insert=True)
        RoundScope.objects.bulk_create(
            [
                RoundScope(round=round_, line=lines[one.line], level=one.level, under_id=one.under, due_at=one.due_at)
                for one in draft.scopes
            ]
        )
        reports = Report.objects.bulk_create(_reports(plan), batch_size=1000)
        RoundState(round=round_, state=RoundStateName.OPEN, at=at, by_label=by.actor_label).save(force_insert=True)
        record(
            event=events.ROUND_OPENED, by=by, subject=round_ref(round_), at=at,
            payload={"reports": len(reports), "starts": round_.starts.isoformat(), "ends": round_.ends.isoformat()},
        )
        opened.append(round_)
    return opened


@action
def open_round(
    *, template: Template, rule: PeriodRule, kind: PeriodKind, year: int, index: int, scopes: Sequence[ScopeDraft],
    by: Actor, at: datetime, synthetic: bool = False, slug: str = "", starts: date | None = None, ends: date | None = None,
    title_vi: str = "", title_en: str = "",
) -> Round:
    """Open one round; see `open_rounds`. An ad hoc one has its own first and last day and its own title."""
    draft = RoundDraft(template, rule, kind, year, index, scopes, synthetic, slug, starts, ends, title_vi, title_en)
    return open_rounds(rounds=[draft], by=by, at=at)[0]


def _set_state(round_: Round, state: RoundStateName, basis: str, by: Actor, at: datetime) -> RoundState:
    require_office(round_, scopes_of(round_), by, day_of(at))
    basis = rules.said(basis, "basis")[:300]
    row = RoundState(round=round_, state=state, at=at, by_label=by.actor_label, basis=basis)
    row.save(force_insert=True)
    record(event=events.ROUND_STATE_SET, by=by, subject=round_ref(round_), at=at, payload={"state": state.value}, reason=basis)
    return row


@action
def begin_closing(*, round: Round, by: Actor, at: datetime, basis: str = "") -> RoundState:
    """From now on the round takes only what was saved on the server before the deadline, and corrections."""
    if round_state(round.pk) != RoundStateName.OPEN:
        raise Refused(_("The round is not open."))
    return _set_state(round, RoundStateName.CLOSING, basis, by, at)


@action
def close_round(*, round: Round, by: Actor, at: datetime, basis: str = "") -> RoundState:
    """Close the round: nothing more is taken. Drafts stay where they are."""
    if round_state(round.pk) == RoundStateName.CLOSED:
        raise Refused(_("The round is already closed."))
    return _set_state(round, RoundStateName.CLOSED, basis, by, at)


@action
def reopen_round(*, round: Round, basis: str, by: Actor, at: datetime) -> RoundState:
    """Open a closing or closed round again, on a stated basis."""
    if round_state(round.pk) == RoundStateName.OPEN:
        raise Refused(_("The round is open."))
    if not basis.strip():
        raise Refused(_("State on what basis the round is opened again."), field="basis")
    return _set_state(round, RoundStateName.OPEN, basis.strip(), by, at)
