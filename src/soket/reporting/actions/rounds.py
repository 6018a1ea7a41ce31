"""Opening and closing rounds: who owes a report is resolved once, over the tree of the closing day."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.periods import PeriodKind, period
from soket.organisations.models import Line
from soket.reporting import events, rules
from soket.reporting.actions.shared import round_ref
from soket.reporting.models import PeriodRule, Report, Round, RoundScope, RoundState, RoundStateName, Template
from soket.reporting.queries.owing import owing, top_units
from soket.reporting.queries.state import round_state

ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True)
class ScopeDraft:
    """A line (its code) at a level reports, under one unit (its id) or everywhere, by `due_at`."""

    line: str
    level: int
    due_at: datetime
    under: int | None = None


@dataclass(frozen=True)
class RoundDraft:
    template: Template
    rule: PeriodRule
    kind: PeriodKind
    year: int
    index: int
    scopes: Sequence[ScopeDraft]
    synthetic: bool = False
    slug: str = ""


def _named(kind: PeriodKind, year: int, index: int) -> tuple[str, str, str]:
    """Slug, Vietnamese title and English title."""
    if kind is PeriodKind.YEAR:
        return f"nam-{year}", f"Báo cáo năm {year}", f"Report for the year {year}"
    if kind is PeriodKind.HALF:
        half = ("đầu", "first") if index == 1 else ("cuối", "second")
        return f"nua-nam-{index}-{year}", f"Báo cáo 6 tháng {half[0]} năm {year}", f"Report for the {half[1]} half of {year}"
    if kind is PeriodKind.QUARTER:
        return f"quy-{index}-{year}", f"Báo cáo quý {ROMAN[index]} năm {year}", f"Report for quarter {index} of {year}"
    return f"thang-{index}-{year}", f"Báo cáo tháng {index} năm {year}", f"Report for month {index} of {year}"


def _round(draft: RoundDraft) -> Round:
    try:
        span = period(draft.kind, draft.year, draft.index, draft.rule.closing_day)
    except ValueError:
        raise Refused(_("There is no such period in a year."), field="index") from None
    if span.ends < draft.rule.valid_from or (draft.rule.valid_to and span.ends >= draft.rule.valid_to):
        raise Refused(_("The period rule was not in force on the closing day {day:%d/%m/%Y}.").format(day=span.ends), field="rule")
    if Round.objects.filter(template=draft.template, kind=draft.kind, year=draft.year, index=draft.index).exists():
        raise Refused(_("This round has already been opened."), field="index")
    slug, title_vi, title_en = _named(draft.kind, draft.year, draft.index)
    slug = draft.slug or slug
    if Round.objects.filter(slug=slug).exists():
        slug = f"{slug}-{draft.template.code.lower()}-{draft.template.version}"
    return Round(
        slug=slug, template=draft.template, rule=draft.rule, kind=draft.kind.value, year=draft.year, index=draft.index,
        starts=span.starts, ends=span.ends, title_vi=title_vi, title_en=title_en, synthetic=draft.synthetic,
    )


def _may_run(round_: Round, scopes: Sequence[ScopeDraft], by: Actor, at: datetime) -> None:
    day = day_of(at)
    tops = [unit for scope in scopes for unit in ([scope.under] if scope.under else top_units(scope.line, day))]
    if not rules.runs_programmes(by, tops, day):
        raise Refused(_("Only a programme office whose area this is can open or close {round}.").format(round=round_.title_vi))


def _reports(round_: Round, scopes: Sequence[ScopeDraft], at: datetime) -> list[Report]:
    rows: dict[int, Report] = {}
    for scope in scopes:
        if day_of(scope.due_at) <= round_.ends:
            raise Refused(_("The deadline must lie after the closing day."), field="due_at")
        for one in owing(
            line=scope.line, level=scope.level, under=scope.under, starts=round_.starts, ends=round_.ends, on=day_of(at)
        ):
            rows.setdefault(
                one.unit_id,
                Report(
                    round=round_, unit_id=one.unit_id, covers_from=one.covers_from, covers_to=one.covers_to,
                    decider_id=one.decider, due_at=scope.due_at,
                ),
            )
    return list(rows.values())


@action
def open_rounds(*, rounds: Sequence[RoundDraft], by: Actor, at: datetime) -> list[Round]:
    """Open several rounds; each owing unit gets its report row. Raises Refused with the field that is wrong."""
    opened = []
    for draft in rounds:
        if not draft.scopes:
            raise Refused(_("Say which line and level reports."), field="scopes")
        lines = {line.code: line for line in Line.objects.filter(code__in={scope.line for scope in draft.scopes})}
        if unknown := {scope.line for scope in draft.scopes} - set(lines):
            raise Refused(_("There is no line {code}.").format(code=sorted(unknown)[0]), field="scopes")
        round_ = _round(draft)
        _may_run(round_, draft.scopes, by, at)
        round_.save(force_insert=True)
        RoundScope.objects.bulk_create(
            [
                RoundScope(round=round_, line=lines[one.line], level=one.level, under_id=one.under, due_at=one.due_at)
                for one in draft.scopes
            ]
        )
        reports = Report.objects.bulk_create(_reports(round_, draft.scopes, at), batch_size=1000)
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
    by: Actor, at: datetime, synthetic: bool = False, slug: str = "",
) -> Round:
    """Open one round; see `open_rounds`."""
    draft = RoundDraft(template, rule, kind, year, index, scopes, synthetic, slug)
    return open_rounds(rounds=[draft], by=by, at=at)[0]


def _set_state(round_: Round, state: RoundStateName, basis: str, by: Actor, at: datetime) -> RoundState:
    scopes = [ScopeDraft(one.line.code, one.level, one.due_at, one.under_id) for one in round_.scopes.select_related("line")]
    _may_run(round_, scopes, by, at)
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
