"""Rounds: who is in, late and missing, by name, and how timely each line and level is."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from soket.kernel.actor import Actor
from soket.organisations.models import UnitVersion
from soket.reporting import rules
from soket.reporting.models import Report, ReportState, Round, RoundState, RoundStateName, Submission
from soket.reporting.queries.opening import ScopeDraft, tops
from soket.reporting.queries.reports import overdue, reports_visible_to


@dataclass(frozen=True)
class Timeliness:
    """Counts of the reports of a round. `owed` leaves out the excused; `on_time` and `late` speak of the
    first version sent; `missing` have sent nothing, `overdue` of these are past their deadline."""

    line_vi: str
    line_en: str
    level: int
    owed: int
    excused: int
    on_time: int
    late: int
    missing: int
    overdue: int
    submitted: int
    returned: int
    accepted: int

    @property
    def sent(self) -> int:
        return self.on_time + self.late


def closed_rounds() -> list[int]:
    """The ids of rounds that take nothing more."""
    latest = RoundState.objects.values("round_id").annotate(last=Max("id")).values("last")
    return list(RoundState.objects.filter(id__in=latest, state=RoundStateName.CLOSED).values_list("round_id", flat=True))


def round_for(actor: Actor, slug: str, day: date) -> Round | None:
    """The round, if the actor may read one of its reports."""
    rounds = Round.objects.filter(rules.visible_rounds(actor, day)).select_related("template", "rule")
    return rounds.filter(slug=slug).first()


def timeliness(reports: QuerySet[Report], at: datetime) -> list[Timeliness]:
    """Counts by line and level of the given reports."""
    then = Q(unit_id=OuterRef("unit_id"), valid_from__lte=OuterRef("covers_to")) & (
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("covers_to"))
    )
    first = Submission.objects.filter(report=OuterRef("pk"), number=1).values("late")[:1]
    owed = ~Q(state=ReportState.EXCUSED)
    rows = (
        reports.annotate(first_late=Subquery(first), level=Subquery(UnitVersion.objects.filter(then).values("level")[:1]))
        .order_by()
        .values("unit__line__name_vi", "unit__line__name_en", "unit__line__order", "level")
        .annotate(
            owed=Count("id", filter=owed),
            excused=Count("id", filter=~owed),
            on_time=Count("id", filter=owed & Q(first_late=False)),
            late=Count("id", filter=owed & Q(first_late=True)),
            missing=Count("id", filter=owed & Q(head=None)),
            overdue=Count("id", filter=overdue(at)),
            submitted=Count("id", filter=Q(state=ReportState.SUBMITTED)),
            returned=Count("id", filter=Q(state=ReportState.RETURNED)),
            accepted=Count("id", filter=Q(accepted__isnull=False)),
        )
        .order_by("unit__line__order", "level")
    )
    return [
        Timeliness(
            row["unit__line__name_vi"], row["unit__line__name_en"], row["level"] or 0, row["owed"], row["excused"],
            row["on_time"], row["late"], row["missing"], row["overdue"], row["submitted"], row["returned"], row["accepted"],
        )
        for row in rows
    ]


def round_timeliness(actor: Actor, round_: Round, at: datetime, day: date) -> list[Timeliness]:
    """`timeliness` of the reports of a round that the actor may read."""
    return timeliness(reports_visible_to(actor, day).filter(round=round_), at)


@dataclass(frozen=True)
class Progress:
    """How far a round is, of the reports a reader may see; `owed` leaves out the excused."""

    owed: int = 0
    sent: int = 0
    accepted: int = 0
    overdue: int = 0


def progress(actor: Actor, round_ids: Iterable[int], at: datetime, day: date) -> dict[int, Progress]:
    """Progress by round id."""
    owed = ~Q(state=ReportState.EXCUSED)
    rows = (
        reports_visible_to(actor, day)
        .filter(round_id__in=list(round_ids))
        .order_by()
        .values("round_id")
        .annotate(
            owed=Count("id", filter=owed),
            sent=Count("id", filter=owed & Q(head__isnull=False)),
            accepted=Count("id", filter=Q(accepted__isnull=False)),
            overdue=Count("id", filter=overdue(at)),
        )
    )
    return {row["round_id"]: Progress(row["owed"], row["sent"], row["accepted"], row["overdue"]) for row in rows}


def states_of(round_: Round) -> list[RoundState]:
    """Every dated state of the round, oldest first."""
    return list(round_.states.order_by("id"))


def scopes_of(round_: Round) -> list[ScopeDraft]:
    """The scopes a round was opened with, as drafts, with the deadlines that hold now."""
    return [ScopeDraft(one.line.code, one.level, one.due_at, one.under_id) for one in round_.scopes.select_related("line")]


def may_run(actor: Actor, round_: Round, day: date) -> bool:
    """Whether the actor's office may close and open this round."""
    return rules.runs_programmes(actor, tops(scopes_of(round_), day), day)
