"""What the roll-up reads: accepted rows, expected rows, the last decision it saw."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Subquery, Sum

from soket.kernel.clock import now
from soket.kernel.memo import once
from soket.reporting.models import Decision, Excuse, Report, ReportState, Round, Submission
from soket.reporting.queries.state import area_on_last_day, unit_names


@dataclass(frozen=True)
class AcceptedRow:
    """The accepted version of one report. `values` and `states` are packed in the template's column order;
    `area_id` is where the unit stood on the last day covered."""

    report_id: int
    unit_id: int
    area_id: int | None
    line: str
    submission_id: UUID
    decision_id: int
    values: bytes
    states: bytes


@dataclass(frozen=True)
class ExpectedRow:
    """One report owed in a round. `late`: its first version came after the deadline, or none has come and
    the deadline has passed. `excused` reports leave the denominator."""

    report_id: int
    unit_id: int
    area_id: int | None
    line: str
    state: str
    late: bool
    excused: bool
    accepted: bool
    covers_to: date


FEW = 500


def accepted_rows(round_id: int, after_decision: int = 0) -> list[AcceptedRow]:
    """The accepted reports of a round, in the order of their decisions; only those decided after a decision."""
    found = Report.objects.filter(round_id=round_id, accepted__decision__gt=after_decision)
    later = list(Decision.objects.filter(id__gt=after_decision).values_list("submission_id", flat=True)[: FEW + 1]) if after_decision else []
    if after_decision and len(later) <= FEW:
        found = found.filter(accepted_id__in=later)  # by their own keys, instead of through every report of the round
    rows = (
        found
        .annotate(area=area_on_last_day())
        .order_by("accepted__decision__id")
        .values_list(
            "id", "unit_id", "area", "unit__line__code", "accepted_id", "accepted__decision__id",
            "accepted__values", "accepted__states",
        )
    )
    return [AcceptedRow(*row[:6], bytes(row[6]), bytes(row[7])) for row in rows.iterator(5000)]  # type: ignore[call-arg]


def standing(round_id: int) -> list[tuple[int, int, str, bool]]:
    """Unit, decision that counts, digest of its content and whether excused, for every report owed in a round, by unit."""
    rows = Report.objects.filter(round_id=round_id).order_by("unit_id").values_list("unit_id", "accepted__decision__id", "accepted__digest", "state")
    return [(unit, decision or 0, digest or "", state == ReportState.EXCUSED) for unit, decision, digest, state in rows.iterator(5000)]


def expected(round_id: int, at: datetime | None = None) -> list[ExpectedRow]:
    """Every report owed in a round, by unit; lateness as of `at` (default: now)."""
    moment = at or now()
    first = Submission.objects.filter(report=OuterRef("pk"), number=1).values("late")[:1]
    rows = (
        Report.objects.filter(round_id=round_id)
        .annotate(area=area_on_last_day(), first_late=Subquery(first))
        .order_by("unit_id")
        .values_list("id", "unit_id", "area", "unit__line__code", "state", "first_late", "due_at", "accepted_id", "covers_to")
    )
    found = []
    for pk, unit, area, line, state, first_late, due_at, accepted, covers_to in rows.iterator(5000):
        excused = state == ReportState.EXCUSED
        late = bool(first_late) if first_late is not None else not excused and due_at < moment
        found.append(ExpectedRow(pk, unit, area, line, state, late, excused, accepted is not None, covers_to))
    return found


def last_decision_id() -> int:
    """The greatest decision id; 0 before the first decision."""
    return Decision.objects.aggregate(last=Max("id"))["last"] or 0


@dataclass(frozen=True)
class RoundMark:
    """What a round's figures were made from: reports owed, excuses, the greatest decision that counts with the digest of
    what it accepted, and the sum of all decisions that count."""

    rows: int
    excused: int
    last: int
    digest: str
    total: int


def round_mark(round_id: int) -> RoundMark:
    """Differs whenever a round's figures may.

    The sum tells a decision that was committed late, or one that no longer counts; the digest tells a number that
    was given anew after a transaction was rolled back.
    """
    decision = "accepted__decision__id"
    found = Report.objects.filter(round_id=round_id).aggregate(
        rows=Count("id"), last=Max(decision), total=Sum(decision), excused=Count("excuse")
    )
    last = found["last"] or 0
    return RoundMark(found["rows"], found["excused"], last, decided_digest(last), found["total"] or 0)


def decided_digest(decision_id: int) -> str:
    """The submission that a decision was about and the digest of its content; empty when there is no such decision.

    The submission too: two units may send the same content.
    """
    found = Decision.objects.filter(id=decision_id).values_list("submission_id", "submission__digest").first()
    return f"{found[0]}:{found[1]}" if found else ""


LATE = 20_000
"""How many of the last decisions are counted: no transaction stays open while so many others are committed."""


def change_mark() -> tuple[int, str, int, int, int]:
    """Differs after any decision, excuse or opening anywhere; a few looks at the end of an index. Read once for a request."""

    def look() -> tuple[int, str, int, int, int]:
        last = last_decision_id()
        near = Decision.objects.filter(id__gt=last - LATE).count()
        opened = Report.objects.aggregate(last=Max("id"))["last"] or 0
        return last, decided_digest(last), near, Excuse.objects.count(), opened

    return once("reporting.change_mark", look)


def names_on(unit_ids: Iterable[int], round_: Round) -> dict[int, tuple[str, int]]:
    """Unit id → (its name on the last day its report covers, the report's id), for units that owe in the round."""
    wanted = set(unit_ids)
    reports = [report for report in Report.objects.filter(round=round_).only("id", "unit_id", "covers_to") if report.unit_id in wanted]
    names = unit_names(reports)
    return {report.unit_id: (names[report.pk], report.pk) for report in reports}
