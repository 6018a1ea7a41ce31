"""Rules as they hold on a day, and the calendar of working days."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from soket.commendations.core.calendar import Calendar, Deadline, after
from soket.commendations.models import AwardForm, Holiday, HolidayYear, Rule
from soket.kernel.memo import once


@dataclass(frozen=True)
class InForce:
    """A rule on a day: its value as data, its source, and what is not certain about it."""

    key: str
    value: dict[str, Any]
    citation: str
    doubt: str
    since: date


def on_day(day: date) -> Q:
    """Rows whose [valid_from, valid_to) holds the day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def rule(key: str, day: date) -> InForce | None:
    """The rule of that key in force on the day; None when none is recorded: unknown, never a default in code."""
    row = Rule.objects.filter(on_day(day), key=key).first()
    return None if row is None else InForce(row.key, json.loads(row.value), row.citation, row.doubt, row.valid_from)


def rule_for(key: str, unit_id: int, day: date) -> InForce | None:
    """The unit's own rule "KEY.ID" when it has one, else the general rule."""
    return rule(f"{key}.{unit_id}", day) or rule(key, day)


def calendar() -> Calendar:
    """The days entered that differ from the plain week, and the years entered."""
    return once(("commendations.calendar",), _calendar)


def _calendar() -> Calendar:
    return Calendar(dict(Holiday.objects.values_list("day", "working")), frozenset(HolidayYear.objects.values_list("year", flat=True)))


def clock(key: str, start: date) -> tuple[Deadline, str] | None:
    """The last day of the clock KEY (working days) begun on `start`, and the rule's citation; None while no rule is recorded."""
    found = rule(key, start)
    return None if found is None else (after(start, int(found.value["working_days"]), calendar()), found.citation)


def forms_on(day: date) -> list[AwardForm]:
    """The forms of commendation in force on the day."""
    return list(AwardForm.objects.filter(on_day(day)).select_related("line"))
