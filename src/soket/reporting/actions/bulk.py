"""Accepting many reports in one act: what was shown is what is accepted; what changed meanwhile is left, with its reason."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record, record_many
from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reporting import events
from soket.reporting.actions.decide import Verdicting, decision_event, settle, weighed
from soket.reporting.models import Decision, Report, Submission, Verdict
from soket.reporting.queries.deciding import Deciders
from soket.reporting.queries.state import unit_names

MOST = 200


@dataclass(frozen=True)
class Ticked:
    """A submission as it stood on the page: its id and the digest of its content."""

    submission_id: UUID
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What became of one ticked report. `reason` says why it was left; a report that is not the actor's has no name."""

    submission_id: UUID
    report_id: int | None
    unit_name: str
    reason: Any = ""

    @property
    def accepted(self) -> bool:
        return not self.reason


@action
def accept_ticked(*, ticked: Sequence[Ticked], by: Actor, at: datetime) -> list[Outcome]:
    """Accept each ticked report that still stands as it was shown and is the actor's to decide; the others are left.

    One outcome per report, in the order given. Every acceptance is its own decision and event, as by `decide`; one
    more event holds the act together. Raises Refused for an empty or too long list."""
    if not ticked:
        raise Refused(_("Mark at least one report."), field="report")
    if len(ticked) > MOST or len({one.submission_id for one in ticked}) != len(ticked):
        raise Refused(_("At most {count} reports in one act, each once.").format(count=MOST), field="report")
    submissions = {
        row.pk: row for row in Submission.objects.filter(pk__in=[one.submission_id for one in ticked]).defer("content", "values", "states")
    }
    ids = [row.report_id for row in submissions.values()]
    locked = Report.objects.select_for_update(of=("self",)).filter(pk__in=ids).prefetch_related("round__template")
    reports = {report.pk: report for report in locked.order_by("pk")}
    names, deciders = unit_names(reports.values()), Deciders()
    outcomes, taken = [], []
    for one in ticked:
        submission = submissions.get(one.submission_id)
        report = reports[submission.report_id] if submission else None
        if submission is None or report is None or deciders.acting(report, by, day_of(at)) is None:
            outcomes.append(Outcome(one.submission_id, None, "", _("This report does not wait for you.")))
            continue
        found = _weighed(one, submission, report, deciders, by, at)
        outcomes.append(Outcome(one.submission_id, report.pk, names[report.pk], found if not isinstance(found, Decision) else ""))
        if isinstance(found, Decision):
            taken.append((found, report))
    _keep(taken, names, len(ticked), by, at)
    return outcomes


def _weighed(one: Ticked, submission: Submission, report: Report, deciders: Deciders, by: Actor, at: datetime) -> Any:
    """The decision, or why there is none."""
    if submission.digest != one.digest:
        return _("The content is not the one that was shown.")
    try:
        return weighed(Verdicting(submission, Verdict.ACCEPTED), report, deciders, by, at)
    except Refused as refused:
        return refused.message


def _keep(taken: Sequence[tuple[Decision, Report]], names: dict[int, str], asked: int, by: Actor, at: datetime) -> None:
    if not taken:
        return
    decisions = [decision for decision, _report in taken]
    drafts = [decision_event(decision, report, names[report.pk], by) for decision, report in taken]
    for decision, event in zip(decisions, record_many(drafts=drafts), strict=True):
        decision.event_id = event.pk
    Decision.objects.bulk_create(decisions)
    settle(decisions, [report for _decision, report in taken])
    listed = hex_digest(sorted([str(one.submission_id), one.submission.digest] for one in decisions))
    payload = {"accepted": len(decisions), "left": asked - len(decisions), "list": listed}
    record(event=events.REPORTS_ACCEPTED, by=by, subject=Ref("reporting.batch", listed[:16], listed[:16]), at=at, payload=payload)
