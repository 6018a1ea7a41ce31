"""Joint events: one meeting or inspection has one identity, made by one partner and answered by the other."""
from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import queries as organisations
from soket.reporting import events, rules
from soket.reporting.models import Answer, Indicator, JointAnswer, JointEvent, Report, Round, RoundStateName, UnitRule
from soket.reporting.queries.joint import look_alikes
from soket.reporting.queries.state import round_state


def _ref(event: JointEvent) -> Ref:
    return Ref("reporting.joint_event", str(event.pk), event.title)


def _title(title: str) -> str:
    text = rules.said(title, "title")
    if not text:
        raise Refused(_("Write what was held together."), field="title")
    return text[:200]


def _checked(round_: Round, indicator: Indicator, held_on: date, reporter: int, counterpart: int, by: Actor, at: datetime) -> None:
    if not rules.may_report(by, reporter, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="reporter")
    if round_state(round_.pk) == RoundStateName.CLOSED:
        raise Refused(_("The round is closed."), field="round")
    if indicator.over_units != UnitRule.JOINT:
        raise Refused(_("This indicator does not count joint events."), field="indicator")
    report = Report.objects.filter(round=round_, unit_id=reporter).first()
    if report is None:
        raise Refused(_("The unit owes no report in this round."), field="reporter")
    if not report.covers_from <= held_on <= report.covers_to:
        raise Refused(
            _("The day must lie between {since:%d/%m/%Y} and {until:%d/%m/%Y}.").format(since=report.covers_from, until=report.covers_to),
            field="held_on",
        )
    if counterpart not in {node.id for node in organisations.counterparts(reporter, held_on)}:
        raise Refused(_("Choose a partner of another line in the same area on that day."), field="counterpart")


@action
def make_joint_event(
    *, id: UUID, round: Round, indicator: Indicator, held_on: date, title: str, reporter: int, counterpart: int, by: Actor, at: datetime
) -> JointEvent:
    """Record a joint event. `reporter` and `counterpart` are unit ids. The same id with the same facts gives
    the first one again. Raises Refused at the field that is wrong."""
    event = JointEvent(
        id=id, round=round, indicator=indicator, held_on=held_on, title=_title(title), reporter_id=reporter,
        counterpart_id=counterpart, made_at=at, by_label=by.actor_label,
    )
    known: JointEvent | None = JointEvent.objects.filter(pk=id).first()
    if known is not None:
        facts = ("round_id", "indicator_id", "held_on", "title", "reporter_id", "counterpart_id")
        if all(getattr(known, name) == getattr(event, name) for name in facts):
            return known
        raise Refused(_("This id already belongs to another joint event."), field="id")
    _checked(round, indicator, held_on, reporter, counterpart, by, at)
    event.save(force_insert=True)
    payload = {
        "round": round.slug, "indicator": indicator.code, "held_on": held_on.isoformat(),
        "reporter": str(reporter), "counterpart": str(counterpart),
    }
    record(event=events.JOINT_EVENT_MADE, by=by, subject=_ref(event), at=at, payload=payload)
    return event


@action
def answer_joint_event(
    *, event: JointEvent, answer: Answer, by: Actor, at: datetime, same_as: JointEvent | None = None
) -> JointAnswer:
    """The counterpart says: confirmed, not ours, or the same as another one that looks alike. The latest counts."""
    if not rules.may_report(by, event.counterpart_id, day_of(at)):
        raise Refused(_("Only the partner named in the event answers for it."))
    if round_state(event.round_id) == RoundStateName.CLOSED:
        raise Refused(_("The round is closed."))
    if (answer == Answer.SAME_AS) != (same_as is not None):
        raise Refused(_("Name the other event, and only then."), field="same_as")
    if same_as is not None and same_as.pk not in {one.pk for one in look_alikes(event)}:
        raise Refused(_("The other event must be of the same kind, the same two units and at most a day away."), field="same_as")
    row = JointAnswer(event=event, answer=answer, same_as=same_as, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    payload = {"answer": str(answer.value), "same_as": str(same_as.pk) if same_as else ""}
    record(event=events.JOINT_EVENT_ANSWERED, by=by, subject=_ref(event), at=at, payload=payload)
    return row
