"""Joint events: what counts, what waits for an answer, what looks like the same meeting twice."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from soket.kernel.actor import Actor, Office
from soket.organisations import queries as organisations
from soket.organisations.models import UnitVersion
from soket.reporting.models import Answer, JointAnswer, JointEvent, Report

NEAR = timedelta(days=1)


@dataclass(frozen=True)
class JointRow:
    """A joint event as the roll-up reads it. `answer` is "" while the partner has not answered; `counts`
    says whether it counts: once while confirmed or unanswered, not when denied or the same as another."""

    event_id: UUID
    round_id: int
    held_on: date
    title: str
    reporter_id: int
    counterpart_id: int
    area_id: int | None
    counterpart_area_id: int | None
    line: str
    counterpart_line: str
    answer: str
    same_as: UUID | None

    @property
    def counts(self) -> bool:
        return self.answer in ("", Answer.CONFIRMED)


def _latest(field: str) -> Subquery:
    return Subquery(JointAnswer.objects.filter(event=OuterRef("pk")).order_by("-id").values(field)[:1])


def _area(field: str) -> Subquery:
    then = Q(valid_from__lte=OuterRef("held_on")) & (Q(valid_to=None) | Q(valid_to__gt=OuterRef("held_on")))
    return Subquery(UnitVersion.objects.filter(then, unit_id=OuterRef(field)).values("area_id")[:1])


def joint_rows(round_ids: Iterable[int], indicator: str) -> list[JointRow]:
    """The joint events of some rounds under one indicator, each once, in the order of their day."""
    rows = (
        JointEvent.objects.filter(round_id__in=list(round_ids), indicator__code=indicator)
        .annotate(answer=_latest("answer"), same=_latest("same_as_id"), here=_area("reporter_id"), there=_area("counterpart_id"))
        .order_by("held_on", "id")
        .values_list(
            "id", "round_id", "held_on", "title", "reporter_id", "counterpart_id", "here", "there",
            "reporter__line__code", "counterpart__line__code", "answer", "same",
        )
    )
    return [JointRow(*row[:10], row[10] or "", row[11]) for row in rows]  # type: ignore[call-arg]


def with_answers(events: QuerySet[JointEvent]) -> QuerySet[Any]:
    """Events with `answer` (None: not yet) and `same` (the id of the other one), in the order of their day."""
    return events.annotate(answer=_latest("answer"), same=_latest("same_as_id")).order_by("held_on", "id")


def look_alikes(event: JointEvent) -> list[JointEvent]:
    """Other events of the same kind between the same two units, on the same day or the day before or after.
    They are pointed out to a person and never merged."""
    pair = Q(reporter=event.reporter_id, counterpart=event.counterpart_id) | Q(
        reporter=event.counterpart_id, counterpart=event.reporter_id
    )
    near = Q(held_on__gte=event.held_on - NEAR, held_on__lte=event.held_on + NEAR)
    return list(
        JointEvent.objects.filter(pair & near, round=event.round_id, indicator=event.indicator_id)
        .exclude(pk=event.pk)
        .order_by("held_on", "id")
    )


def joint_events_of(units: Iterable[int], round_id: int) -> list[JointEvent]:
    """The events a unit made or is named in, within a round, with their answers and look-alikes flagged."""
    ids = list(units)
    events = JointEvent.objects.filter(Q(reporter_id__in=ids) | Q(counterpart_id__in=ids), round_id=round_id)
    found = list(with_answers(events).select_related("indicator"))
    for event in found:
        event.alike = [other for other in found if _alike(event, other)]  # type: ignore[attr-defined]
    return found


def _alike(one: JointEvent, other: JointEvent) -> bool:
    return (
        one.pk != other.pk
        and one.indicator_id == other.indicator_id
        and {one.reporter_id, one.counterpart_id} == {other.reporter_id, other.counterpart_id}
        and abs(one.held_on - other.held_on) <= NEAR
    )


def to_answer(actor: Actor, day: date) -> QuerySet[Any]:
    """Events that wait for the answer of a unit the actor reports for."""
    reach = actor.reach(Office.REPORT, day)
    mine = Q() if reach.everything else Q(counterpart_id__in=reach.units)
    return with_answers(JointEvent.objects.filter(mine)).filter(answer=None)


def partners(unit_id: int, day: date) -> list[tuple[int, str]]:
    """Whom a joint event of that day can be shared with: id and name."""
    return [(node.id, node.name) for node in organisations.counterparts(unit_id, day)]


def joint_counts(report: Report) -> dict[str, int]:
    """How many joint events of each indicator the report's unit made or shared in the round and that count."""
    events = JointEvent.objects.filter(Q(reporter=report.unit_id) | Q(counterpart=report.unit_id), round=report.round_id)
    counts: dict[str, int] = {}
    for event in with_answers(events).select_related("indicator"):
        if event.answer in (None, Answer.CONFIRMED):
            counts[event.indicator.code] = counts.get(event.indicator.code, 0) + 1
    return counts
