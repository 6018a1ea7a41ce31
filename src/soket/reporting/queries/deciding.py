"""Who may decide on a report, now: the unit named for it, or who took over from that unit."""
from __future__ import annotations

from datetime import date

from soket.kernel.actor import Actor, Reach
from soket.organisations import queries as organisations
from soket.reporting import rules
from soket.reporting.models import Report, ReportState


class Deciders:
    """Answers for many reports; posts and successors are read once."""

    def __init__(self) -> None:
        self._at_units: dict[tuple[str, date], Reach] = {}
        self._heirs: dict[tuple[int, date], int | None] = {}

    def acting(self, report: Report, by: Actor, day: date) -> int | None:
        """The unit for which the actor decides on the report; None when it is not hers to decide."""
        key = (by.actor_id, day)
        if key not in self._at_units:
            self._at_units[key] = rules.decides_at(by, day)
        reach = self._at_units[key]
        if report.decider_id is None:
            return None
        if reach.covers(report.decider_id):
            return int(report.decider_id)
        heir = (report.decider_id, day)
        if heir not in self._heirs:
            self._heirs[heir] = organisations.superior_for(report.unit_id, report.covers_to, day)
        now = self._heirs[heir]
        return now if now is not None and reach.covers(now) else None


def may_decide(actor: Actor, report: Report, day: date) -> bool:
    """Whether the report waits for this actor: sent, hers to decide, and not of her own unit or hand.
    Report needs `head` loaded."""
    if report.state != ReportState.SUBMITTED or report.head is None or report.head.by_id == actor.actor_id:
        return False
    return Deciders().acting(report, actor, day) is not None and not rules.own_report(actor, report.unit_id, day)


def may_excuse(actor: Actor, report: Report, day: date) -> bool:
    """Whether the actor may excuse the unit: nothing was sent, and she decides on it or runs the programme."""
    if report.head_id is not None or report.state == ReportState.EXCUSED:
        return False
    return Deciders().acting(report, actor, day) is not None or rules.runs_programmes(actor, [report.unit_id], day)
