"""Content that came under a used id, as its own report's readers see it."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from soket.kernel.actor import Actor
from soket.reporting import rules
from soket.reporting.core import BadContent, CellChange, Content, TextChange, changes, definition_of
from soket.reporting.models import RejectedTwin, Report, TwinSettled
from soket.reporting.queries.state import content_of


@dataclass(frozen=True)
class Twin:
    """A twin with what a person decided about it; `settled` is None while it waits."""

    row: RejectedTwin
    settled: TwinSettled | None


def twins_of(report: Report) -> list[Twin]:
    """The contents that came for this report under a used id, newest first."""
    return [Twin(row, getattr(row, "settled", None)) for row in _of(report)]


def twin_in(report: Report, twin_id: int) -> Twin | None:
    row = _of(report).filter(pk=twin_id).first()
    return Twin(row, getattr(row, "settled", None)) if row else None


def _of(report: Report) -> QuerySet[RejectedTwin]:
    mine = Q(report=report) | Q(report=None, submission__report=report)
    return RejectedTwin.objects.filter(mine).select_related("submission", "settled__submission").order_by("-id")


def to_settle(actor: Actor, day: date) -> QuerySet[RejectedTwin]:
    """Twins that wait for a person of the actor's unit."""
    mine = Report.objects.filter(rules.own_units(actor, day))
    return RejectedTwin.objects.filter(report__in=mine, settled=None).select_related("report__round").order_by("id")


@dataclass(frozen=True)
class Compared:
    """The twin's content beside what it is compared with: the submission whose id it bore when that is of the same
    report, else the report's last version; None when there is neither. `against` is that version's number."""

    content: Content
    against: int | None
    cells: list[CellChange]
    texts: list[TextChange]


def compared(twin: RejectedTwin, report: Report) -> Compared:
    """Report needs `round.template` and `head` loaded. Raises BadContent when the twin cannot be read."""
    definition = definition_of(report.round.template.definition)
    content = Content.from_json(json.loads(twin.content))
    other = twin.submission if twin.submission.report_id == report.pk else report.head
    if other is None:
        return Compared(content, None, [], [])
    cells, texts = changes(definition, content_of(other), content)
    return Compared(content, other.number, cells, texts)


__all__ = ["BadContent", "Compared", "Twin", "compared", "to_settle", "twin_in", "twins_of"]
