"""Rules as they hold on a day, their history, the calendar of working days, and the money that goes with an award."""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from soket.commendations.core import money, ruling
from soket.commendations.core.calendar import Calendar, Deadline, after
from soket.commendations.models import AwardForm, Holiday, HolidayYear, Rule
from soket.commendations.queries.ruling_words import GROUPS, rule_name, value_words
from soket.commendations.queries.scope import unit_names
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
    return once(("commendations.rule", key, day), lambda: _rule(key, day))


def _rule(key: str, day: date) -> InForce | None:
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


def decide_clock(form: AwardForm, day: date) -> str:
    """The key of the clock within which the form is decided: the commune's own for a form of that level when it is recorded."""
    own = form.level == 3 and rule("clock.decide.commune", day) is not None
    return "clock.decide.commune" if own else "clock.decide"


def forms_on(day: date) -> list[AwardForm]:
    """The forms of commendation in force on the day."""
    return list(AwardForm.objects.filter(on_day(day)).select_related("line"))


def form_rows() -> list[AwardForm]:
    """Every row of every form, each form's newest first."""
    return list(AwardForm.objects.select_related("line").order_by("level", "line__order", "kind", "code", "-valid_from"))


def newest_form(code: str) -> AwardForm | None:
    """The newest row of the form of that code."""
    return AwardForm.objects.filter(code=code).select_related("line").order_by("-valid_from").first()


def newest(key: str) -> Rule | None:
    """The newest row of that key, whether it has begun or not."""
    return Rule.objects.filter(key=key).order_by("-valid_from").first()


def money_keys() -> list[str]:
    """The rules of money that are recorded, in or out of force."""
    return sorted(set(Rule.objects.filter(key__startswith="money.").values_list("key", flat=True)))


def money_for(form: AwardForm, recipient: str, day: date) -> dict[str, Any]:
    """What goes with an award on the day it is decided, as `Award.money` keeps it: {dong, rule, citation, doubt}, in Vietnamese like the
    decision that prints it. `dong` is None while no rule, no base salary or only a ceiling is recorded: nothing is guessed."""
    found, base = rule(form.money, day) if form.money else None, rule("base_salary", day)
    pair = found.value.get(recipient) if found else None
    if found is None or pair is None:
        return {"dong": None, "rule": "", "citation": "", "doubt": "Chưa có quy định được ghi nhận về tiền thưởng kèm theo."}
    times, ceiling = money.decimal((pair[0], pair[1])), bool(found.value.get("at_most"))
    said = f"{'không quá ' if ceiling else ''}{times} lần mức lương cơ sở"
    if base is None:
        missing = f"Chưa ghi nhận mức lương cơ sở của ngày {day:%d/%m/%Y}."
        return {"dong": None, "rule": said, "citation": found.citation, "doubt": _both(found.doubt, missing)}
    amount = money.owed((pair[0], pair[1]), base.value["dong"])
    return {
        "dong": None if ceiling else amount,
        "rule": f"{said} ({money.money_words(amount if ceiling else base.value['dong'])}{'' if ceiling else '/tháng'})",
        "citation": f"{found.citation}; {base.citation}", "doubt": _both(found.doubt, base.doubt),
    }  # fmt: skip


def _both(*doubts: str) -> str:
    return " ".join(doubt for doubt in doubts if doubt)


@dataclass(frozen=True)
class Value:
    """One row of a rule in words. `until` is the first day on which it no longer holds."""

    words: str
    since: date
    until: date | None
    citation: str
    doubt: str
    by_label: str


@dataclass(frozen=True)
class RuleRow:
    """A rule on a day: what holds, what held before, what is to come."""

    key: str
    name: str
    held: Value | None
    before: list[Value] = field(default_factory=list)
    coming: list[Value] = field(default_factory=list)


def page(day: date) -> list[tuple[str, Any, list[RuleRow]]]:
    """Every rule by group (its code, its name), as it stands on the day, with its history."""
    rows = list(Rule.objects.order_by("key", "-valid_from"))
    names = unit_names([unit for unit in {ruling.unit_of(row.key) for row in rows} if unit is not None], day)
    order = {key: place for place, key in enumerate([*ruling.PRINCIPLES, "clock.decide", "clock.incomplete", "clock.decide.commune", "notice.objections"])}
    keys = sorted({row.key for row in rows}, key=lambda key: (order.get(key, 99), key))
    told = [_told(key, [row for row in rows if row.key == key], names, day) for key in keys]
    return [(group, GROUPS[group], found) for group in ruling.GROUPS if (found := [one for one in told if ruling.group_of(one.key) == group])]


def of_key(key: str, day: date) -> RuleRow | None:
    """One rule as it stands on the day; None when there is no row of that key."""
    rows, unit = list(Rule.objects.filter(key=key).order_by("-valid_from")), ruling.unit_of(key)
    return _told(key, rows, unit_names([unit], day) if unit is not None else {}, day) if rows else None


def _told(key: str, rows: Iterable[Rule], names: dict[int, str], day: date) -> RuleRow:
    values = [Value(value_words(key, json.loads(row.value)), row.valid_from, row.valid_to, row.citation, row.doubt, row.by_label) for row in rows]
    held = next((one for one in values if one.since <= day and (one.until is None or one.until > day)), None)
    before = [one for one in values if one.until is not None and one.until <= day]
    coming = [one for one in values if one.since > day]
    return RuleRow(key, rule_name(key, names.get(ruling.unit_of(key) or 0, "")), held, before, coming)


def years() -> list[HolidayYear]:
    """The years whose days off are entered, newest first."""
    return list(HolidayYear.objects.order_by("-year"))


def year_days(year: int) -> list[Holiday]:
    """The days of the year that differ from the plain week."""
    return list(Holiday.objects.filter(day__year=year).order_by("day"))


def holiday(day: date) -> Holiday | None:
    """The entry of that day, if it has one."""
    return Holiday.objects.filter(day=day).select_related("year").first()
