"""Dated rules: installed from the cited data file, then changed by an administrator without code. What held before stays readable."""
from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.core import ruling
from soket.commendations.models import AwardForm, Holiday, HolidayYear, Rule
from soket.commendations.queries.ruling_words import UNFIT, rule_name, value_words
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations.models import Line
from soket.reviews.rules import clean

DATA = Path(__file__).resolve().parents[1] / "data" / "rules.json"
EARLIEST, FARTHEST = date(2000, 1, 1), timedelta(days=3660)


@action
def install_rules(*, by: Actor, at: datetime) -> tuple[int, int, int]:
    """Enter the rules, forms and calendar years of the data file that are not there yet; answers how many of each. What an
    administrator has changed since stays. Forms of a line that this country does not have are passed over."""
    told = json.loads(DATA.read_text(encoding="utf-8"))
    made = (_rules(told["rules"], by, at), _forms(told["forms"], by, at), _years(told["years"], by, at))
    if any(made):
        payload = {"rules": made[0], "forms": made[1], "years": made[2]}
        record(event=events.ruling.RULES_INSTALLED, by=by, subject=Ref("commendations.rules", "rules", DATA.name), at=at, payload=payload)
    return made


def _until(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["until"]) if row.get("until") else None


def _rules(rows: list[dict[str, Any]], by: Actor, at: datetime) -> int:
    known = set(Rule.objects.values_list("key", flat=True))
    fresh = [row for row in rows if row["key"] not in known]
    for row in fresh:
        Rule(
            key=row["key"], valid_from=date.fromisoformat(row["from"]), valid_to=_until(row),
            value=canonical(ruling.checked(row["key"], row["value"])).decode(), citation=row["citation"], doubt=row["doubt"], at=at, by_label=by.actor_label,
        ).save(force_insert=True)  # fmt: skip
    return len(fresh)


def _forms(rows: list[dict[str, Any]], by: Actor, at: datetime) -> int:
    known, lines = set(AwardForm.objects.values_list("code", flat=True)), {line.code: line for line in Line.objects.all()}
    fresh = [row for row in rows if row["code"] not in known and row["line"] in lines]
    same = ("code", "kind", "name_vi", "name_en", "level", "decided_by", "recipients", "symbol", "family", "money", "citation", "doubt")
    for row in fresh:
        AwardForm(
            **{name: row[name] for name in same}, line=lines[row["line"]], dossier=canonical(row["dossier"]).decode(),
            valid_from=date.fromisoformat(row["from"]), valid_to=_until(row), at=at, by_label=by.actor_label,
        ).save(force_insert=True)  # fmt: skip
    return len(fresh)


def _years(rows: list[dict[str, Any]], by: Actor, at: datetime) -> int:
    known = set(HolidayYear.objects.values_list("year", flat=True))
    fresh = [row for row in rows if row["year"] not in known]
    for row in fresh:
        year = HolidayYear(year=row["year"], citation=row["citation"], doubt=row["doubt"], at=at, by_label=by.actor_label)
        year.save(force_insert=True)
        Holiday.objects.bulk_create(
            [Holiday(day=date.fromisoformat(one["day"]), year=year, working=one.get("working", False), name=one["name"]) for one in row["days"]]
        )
    return len(fresh)


def require_keeper(by: Actor, at: datetime) -> None:
    """Raises Refused for who does not keep the rules of the whole country."""
    if not rules.keeps_rules(by, day_of(at)):
        raise Refused(_("Only who administers the whole country changes these rules."))


def rule_ref(key: str, day: date) -> Ref:
    """How the record names a rule, in Vietnamese like the rest of it."""
    unit = ruling.unit_of(key)
    with override("vi"):
        return Ref("commendations.rule", key, rule_name(key, unit_names([unit], day)[unit] if unit is not None else ""))


def _words(key: str, value: Mapping[str, Any] | None) -> str:
    with override("vi"):
        return value_words(key, dict(value)) if value is not None else "chưa có quy định"


def begins(valid_from: date, last: Rule | AwardForm | None, at: datetime) -> None:
    """Raises Refused unless a new row may begin that day: after the row before it began, and not too far off."""
    if not EARLIEST <= valid_from <= day_of(at) + FARTHEST:
        raise Refused(_("The day lies between 2000 and ten years from now."), field="valid_from")
    if last is not None and valid_from <= last.valid_from:
        told = _("The newest entry began on %(day)s; another begins after that day, so that what held before stays as it was.")
        raise Refused(told % {"day": f"{last.valid_from:%d/%m/%Y}"}, field="valid_from")


def close(last: Rule | AwardForm | None, valid_from: date) -> None:
    """End the row before on the day that the new one begins, unless it ended earlier."""
    if last is not None and (last.valid_to is None or last.valid_to > valid_from):
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])


@action
def change_rule(
    *, key: str, value: Mapping[str, Any], valid_from: date, citation: str, reason: str, by: Actor, at: datetime, doubt: str = ""
) -> Rule:  # fmt: skip
    """From `valid_from` on the rule reads `value`; the row before ends that day and stays. The first row of a key opens it.

    Raises Refused at key, at the part of the value that is wrong, at valid_from (not after the newest row began), citation, doubt, reason,
    or when nothing would change.
    """
    require_keeper(by, at)
    try:
        held = ruling.checked(key, dict(value))
    except ruling.Unfit as unfit:
        raise Refused(UNFIT[unfit.code], field=unfit.field) from None
    _known_unit(key, valid_from)
    citation, doubt, reason = clean(citation, "citation", 400), clean(doubt, "doubt", 600, required=False), clean(reason, "reason", 500)
    last = Rule.objects.select_for_update().filter(key=key).order_by("-valid_from").first()
    begins(valid_from, last, at)
    was = json.loads(last.value) if last is not None and (last.valid_to is None or last.valid_to >= valid_from) else None
    if last is not None and (was, last.citation, last.doubt) == (held, citation, doubt):
        raise Refused(_("Nothing would change: this is what the rule says already."))
    close(last, valid_from)
    made = Rule(
        key=key, valid_from=valid_from, value=canonical(held).decode(), citation=citation, doubt=doubt, at=at, by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    payload = {"key": key, "was": _words(key, was), "now": _words(key, held), "valid_from": valid_from.isoformat(), "citation": citation, "doubt": doubt}
    record(event=events.ruling.RULE_CHANGED, by=by, subject=rule_ref(key, valid_from), at=at, payload=payload, reason=reason)
    return made


def _known_unit(key: str, day: date) -> None:
    unit = ruling.unit_of(key)
    if unit is not None and not unit_names([unit], day)[unit]:
        raise Refused(_("The unit does not exist on that day."), field="unit")


@action
def end_rule(*, key: str, valid_to: date, reason: str, by: Actor, at: datetime) -> Rule:
    """The rule no longer holds from `valid_to` on; nothing takes its place. Raises Refused at key (nothing in force), valid_to or reason."""
    require_keeper(by, at)
    last = Rule.objects.select_for_update().filter(key=key).order_by("-valid_from").first()
    if last is None or last.valid_to is not None:
        raise Refused(_("No rule of this kind is in force."), field="key")
    ends(valid_to, last, at)
    reason = clean(reason, "reason", 500)
    last.valid_to = valid_to
    last.save(update_fields=["valid_to"])
    payload = {"key": key, "was": _words(key, json.loads(last.value)), "valid_to": valid_to.isoformat()}
    record(event=events.ruling.RULE_ENDED, by=by, subject=rule_ref(key, valid_to), at=at, payload=payload, reason=reason)
    return last


def ends(valid_to: date, last: Rule | AwardForm, at: datetime) -> None:
    """Raises Refused unless the row may end that day: after it began, and not too far off."""
    if not last.valid_from < valid_to <= day_of(at) + FARTHEST:
        told = {"day": f"{last.valid_from:%d/%m/%Y}"}
        raise Refused(_("The end lies after %(day)s, the day on which it began, and at most ten years ahead.") % told, field="valid_to")
