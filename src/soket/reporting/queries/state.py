"""Small reads that the acts stand on: names of units on a day, states of rounds, what was reported before."""
from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Q, Subquery

from soket.organisations.models import UnitVersion
from soket.reporting.core import Content
from soket.reporting.models import Indicator, Report, RoundState, RoundStateName, Submission


def round_states(round_ids: Iterable[int]) -> dict[int, str]:
    """The state that counts for each round: the latest row."""
    latest = RoundState.objects.filter(round_id__in=set(round_ids)).values("round_id").annotate(last=Max("id"))
    return dict(RoundState.objects.filter(id__in=latest.values("last")).values_list("round_id", "state"))


def round_state(round_id: int) -> str:
    return round_states([round_id]).get(round_id, RoundStateName.OPEN)


def unit_names(reports: Iterable[Report]) -> dict[int, str]:
    """The unit's name on the last day that its report covers, by report id."""
    days = {report.pk: (report.unit_id, report.covers_to) for report in reports}
    versions: dict[int, list[tuple[date, date | None, str]]] = {}
    units = {unit for unit, _day in days.values()}
    for unit, since, until, name in UnitVersion.objects.filter(unit_id__in=units).values_list(
        "unit_id", "valid_from", "valid_to", "name"
    ):
        versions.setdefault(unit, []).append((since, until, name))
    return {pk: _name_on(versions.get(unit, []), day) for pk, (unit, day) in days.items()}


def _name_on(versions: list[tuple[date, date | None, str]], day: date) -> str:
    for since, until, name in versions:
        if since <= day and (until is None or day < until):
            return name
    return versions[-1][2] if versions else "?"


def unit_name(unit_id: int | None, day: date) -> str:
    """The unit's name on that day, or its last one."""
    if unit_id is None:
        return ""
    rows = UnitVersion.objects.filter(unit_id=unit_id).order_by("valid_from")
    return _name_on(list(rows.values_list("valid_from", "valid_to", "name")), day)


def previous_submissions(reports: Iterable[Report]) -> dict[int, Submission]:
    """What the same unit reported on the same form for the period just before: the accepted version, else
    the last one sent; by report id. Reports need `round.template` loaded."""
    wanted: dict[tuple[str, str, date], dict[int, int]] = {}
    for report in reports:
        key = (report.round.template.code, report.round.kind, report.round.starts - timedelta(days=1))
        wanted.setdefault(key, {})[report.unit_id] = report.pk
    found: dict[int, Submission] = {}
    for (code, kind, ended), units in wanted.items():
        earlier = Report.objects.filter(
            round__template__code=code, round__kind=kind, round__ends=ended, unit_id__in=units
        ).exclude(head=None).select_related("head", "accepted")
        for before in earlier:
            if (sent := before.accepted or before.head) is not None:
                found[units[before.unit_id]] = sent
    return found


def previous_contents(reports: Iterable[Report]) -> dict[int, Content]:
    """`previous_submissions` as content."""
    return {pk: content_of(submission) for pk, submission in previous_submissions(reports).items()}


def content_of(submission: Submission) -> Content:
    return Content.from_json(json.loads(submission.content))


def area_on_last_day() -> Subquery:
    """The area where a report's unit stood on the last day covered, as an expression over reports."""
    on_the_day = Q(valid_from__lte=OuterRef("covers_to")) & (Q(valid_to=None) | Q(valid_to__gt=OuterRef("covers_to")))
    return Subquery(UnitVersion.objects.filter(on_the_day, unit_id=OuterRef("unit_id")).values("area_id")[:1])


def indicator(code: str) -> Indicator:
    """The indicator of that code. Raises Indicator.DoesNotExist."""
    found: Indicator = Indicator.objects.get(code=code)
    return found
