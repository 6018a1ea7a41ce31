"""What an approver should see of several reports before accepting them together."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from soket.kernel.actor import Actor
from soket.kernel.text import sort_key
from soket.reporting.core import Definition, Finding, definition_of, validate
from soket.reporting.models import Report, Submission
from soket.reporting.queries.deciding import Deciders
from soket.reporting.queries.reports import waiting_for_decision
from soket.reporting.queries.state import content_of, previous_contents, unit_names
from soket.reporting.rules import own_report


@dataclass(frozen=True)
class Weighed:
    """A waiting report with what speaks for a second look: findings with their explanations, no amount above zero,
    lateness. `yours` is false when the actor wrote it or reports for that unit."""

    report: Report
    submission: Submission
    unit_name: str
    definition: Definition
    findings: list[tuple[Finding, str]]
    empty: bool
    files: int
    yours: bool


def weighed_for(actor: Actor, submission_ids: Iterable[UUID], day: date) -> list[Weighed]:
    """The reports of these submissions that still wait for this very actor with exactly that version, by unit name."""
    rows = waiting_for_decision(actor, day).filter(head_id__in=list(submission_ids)).select_related("head").prefetch_related("round__template")
    reports, deciders = list(rows), Deciders()
    names, before = unit_names(reports), previous_contents(reports)
    found = []
    for report in reports:
        if report.head is None or deciders.acting(report, actor, day) is None:
            continue
        definition, content = definition_of(report.round.template.definition), content_of(report.head)
        findings = [(one, content.explanations.get(one.key, "")) for one in validate(definition, content, before.get(report.pk))]
        empty = not any(cell.value for cell in content.cells.values())
        mine = report.head.by_id != actor.actor_id and not own_report(actor, report.unit_id, day)
        found.append(Weighed(report, report.head, names[report.pk], definition, findings, empty, len(content.evidence), mine))
    return sorted(found, key=lambda one: sort_key(one.unit_name))
