"""Dated rules: installed from the cited data file, then changed by an administrator without code."""
from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.models import AwardForm, Holiday, HolidayYear, Rule
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.door import action
from soket.kernel.references import Ref
from soket.organisations.models import Line

DATA = Path(__file__).resolve().parents[1] / "data" / "rules.json"


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
            key=row["key"], valid_from=date.fromisoformat(row["from"]), valid_to=_until(row), value=canonical(row["value"]).decode(),
            citation=row["citation"], doubt=row["doubt"], at=at, by_label=by.actor_label,
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
