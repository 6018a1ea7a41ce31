"""Deciding: accepted, or returned with remarks, by the unit above; and excusing a unit from a round."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reporting import events, rules, signals
from soket.reporting.actions.shared import report_label, report_ref
from soket.reporting.core import NoSuchMove, definition_of, moved
from soket.reporting.models import Decision, Excuse, Report, Submission, Verdict
from soket.reporting.queries.deciding import Deciders
from soket.reporting.queries.state import unit_name, unit_names


@dataclass(frozen=True)
class Verdicting:
    """One decision to be taken. `section_remarks` are remarks by section key; `by` and `at` override the batch's."""

    submission: Submission
    verdict: Verdict
    remarks: str = ""
    section_remarks: Mapping[str, str] = field(default_factory=dict)
    by: Actor | None = None
    at: datetime | None = None


def weighed(item: Verdicting, report: Report, deciders: Deciders, by: Actor, at: datetime) -> Decision:
    """The decision, not stored. Raises Refused when it is not this actor's to take, or not on this version."""
    day = day_of(at)
    if item.submission.by_id == by.actor_id or rules.own_report(by, report.unit_id, day):
        raise Refused(_("Nobody decides on a report of their own unit."))
    unit = deciders.acting(report, by, day)
    if unit is None:
        raise Refused(_("Only the unit above decides on this report."))
    if report.head_id != item.submission.pk:
        raise Refused(_("A newer version of this report has been sent. Decide on that one."), field="submission")
    try:
        moved(report.state, "accept")
    except NoSuchMove:
        raise Refused(_("This version has already been decided."), field="submission") from None
    known = {section.key for section in definition_of(report.round.template.definition).sections}
    sections = {key: rules.said(value, f"section-{key}") for key, value in item.section_remarks.items()}
    if set(sections) - known:
        raise Refused(_("This form has no such section."), field="section_remarks")
    remarks = rules.said(item.remarks, "remarks")
    if item.verdict == Verdict.RETURNED and not remarks:
        raise Refused(_("Say what must be corrected."), field="remarks")
    return Decision(
        submission=item.submission, verdict=item.verdict, remarks=remarks, at=at, unit_id=unit,
        section_remarks=json.dumps({key: text for key, text in sections.items() if text}, ensure_ascii=False, sort_keys=True),
        by_id=by.actor_id, by_label=by.actor_label,
    )


def decision_event(decision: Decision, report: Report, name: str, by: Actor) -> EventDraft:
    event = events.REPORT_ACCEPTED if decision.verdict == Verdict.ACCEPTED else events.REPORT_RETURNED
    payload = {"report": str(report.pk), "number": decision.submission.number, "unit": str(decision.unit_id)}
    subject = Ref("reporting.submission", str(decision.submission_id), report_label(report, name))
    return EventDraft(event, by, subject, decision.at, payload, decision.remarks)


@action
def decide_many(*, items: Sequence[Verdicting], by: Actor, at: datetime) -> list[Decision]:
    """Decide on many submissions, all or none, in the order given; see `decide`."""
    ids = [item.submission.report_id for item in items]
    if len(set(ids)) != len(ids):
        raise Refused(_("One batch takes one decision per report."))
    locked = Report.objects.select_for_update(of=("self",)).filter(pk__in=ids).prefetch_related("round__template")
    reports = {report.pk: report for report in locked.order_by("pk")}
    names, deciders = unit_names(reports.values()), Deciders()
    decisions, drafts = [], []
    for item in items:
        report, actor = reports[item.submission.report_id], item.by or by
        decision = weighed(item, report, deciders, actor, item.at or at)
        decisions.append(decision)
        drafts.append(decision_event(decision, report, names[report.pk], actor))
    for decision, event in zip(decisions, record_many(drafts=drafts), strict=True):
        decision.event_id = event.pk
    Decision.objects.bulk_create(decisions, batch_size=1000)
    settle(decisions, [reports[pk] for pk in ids])
    return decisions


def settle(decisions: Sequence[Decision], reports: Sequence[Report]) -> None:
    """Move the reports, and announce the accepted ones after the commit."""
    accepted = [report for report, one in zip(reports, decisions, strict=True) if one.verdict == Verdict.ACCEPTED]
    returned = [report.pk for report, one in zip(reports, decisions, strict=True) if one.verdict == Verdict.RETURNED]
    if returned:
        Report.objects.filter(pk__in=returned).update(state=moved("submitted", "return"))
    if accepted:
        ids = [report.pk for report in accepted]
        Report.objects.filter(pk__in=ids).update(state=moved("submitted", "accept"), accepted=F("head"))
        news = {
            "report_ids": ids,
            "round_ids": sorted({report.round_id for report in accepted}),
            "last_decision_id": max(one.pk for one in decisions),
        }
        transaction.on_commit(lambda: signals.report_accepted.send(sender=Report, **news))


@action
def decide(
    *, submission: Submission, verdict: Verdict, by: Actor, at: datetime, remarks: str = "",
    section_remarks: Mapping[str, str] | None = None,
) -> Decision:
    """Accept or return the last version of a report, by the unit above or who took over from it.

    Returning needs remarks. Accepting a correction replaces the accepted version. Raises Refused: own
    unit's report, another unit's to decide, an older version, a version already decided.
    """
    return decide_many(items=[Verdicting(submission, verdict, remarks, section_remarks or {})], by=by, at=at)[0]


@action
def excuse_report(*, report: Report, reason: str, by: Actor, at: datetime) -> Excuse:
    """Excuse a unit from a round, with a reason; the report leaves the denominator visibly."""
    row = Report.objects.select_for_update(of=("self",)).select_related("round").get(pk=report.pk)
    day = day_of(at)
    if Deciders().acting(row, by, day) is None and not rules.runs_programmes(by, [row.unit_id], day):
        raise Refused(_("Only the unit above or the programme office excuses a report."))
    text = rules.said(reason, "reason")
    if not text:
        raise Refused(_("State the reason."), field="reason")
    try:
        row.state = moved(row.state, "excuse")
    except NoSuchMove:
        raise Refused(_("A report that has been sent cannot be excused.")) from None
    if row.accepted_id is not None:
        raise Refused(_("A report that has been sent cannot be excused."))
    row.save(update_fields=["state"])
    excuse = Excuse(report=row, reason=text[:400], at=at, by_label=by.actor_label)
    excuse.save(force_insert=True)
    subject = report_ref(row, unit_name(row.unit_id, row.covers_to))
    record(event=events.REPORT_EXCUSED, by=by, subject=subject, at=at, reason=excuse.reason)
    return excuse
