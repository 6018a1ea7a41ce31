"""Reads of movements: who takes part, what a unit registered and had recognised in a year."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from soket.exemplars import core, rules
from soket.exemplars.models import Count, Movement, Recognition, Registration
from soket.exemplars.queries.naming import held_units, names
from soket.kernel.actor import Actor, Office
from soket.kernel.text import name_search
from soket.organisations import queries as organisations
from soket.organisations.models import Level

Sheet = dict[str, core.Row]
Told = TypeVar("Told", Registration, Recognition)
LEVELS = (Level.CENTRE, Level.PROVINCE, Level.COMMUNE)


def visible_movements(actor: Actor, day: date) -> QuerySet[Movement]:
    """The movements the actor knows, by title."""
    return Movement.objects.filter(rules.visible_movements(actor, day)).order_by("title", "pk")


def movement_seen(actor: Actor, slug: str, day: date) -> Movement | None:
    """One movement, None when there is none or the actor holds no office."""
    return visible_movements(actor, day).filter(slug=slug).select_related("office").first()


def found_movements(rows: QuerySet[Movement], asked: str) -> list[Movement]:
    """Those whose title holds the text, with their programmes and scope read at once."""
    holds = name_search(asked)
    found = rows.prefetch_related("programmes__programme", "scopes__line")
    return [row for row in found if not asked or holds(row.title)]


def offices(actor: Actor, day: date) -> list[tuple[int, str]]:
    """Units where the actor runs the programme office."""
    return held_units(actor, Office.PROGRAMME, day)


def movement_choices() -> list[tuple[str, str]]:
    """Every movement, for an exemplar that belongs to one."""
    return [(str(pk), title) for pk, title in Movement.objects.order_by("title").values_list("pk", "title")]


def movement_by_id(key: int) -> Movement | None:
    return Movement.objects.filter(pk=key).first()


def scope_choices() -> list[tuple[str, str]]:
    """Line and level as one choice: ("police/3", "Công an, cấp xã")."""
    return [(f"{line.code}/{level.value}", f"{line_name(line)}: {level.label}") for line in organisations.lines() for level in LEVELS]


def line_name(line: Any) -> str:
    """The line's name in the reader's language."""
    return str(line.name_en if (get_language() or "vi").startswith("en") else line.name_vi)


def scope_words(movement: Movement) -> list[str]:
    """Who takes part, in words."""
    return [f"{line_name(row.line)}: {row.get_level_display()}" for row in movement.scopes.all()]


def stood_in(unit_id: int, year: int, today: date) -> Any:
    """The unit as it stood at the end of the year (today, in a running year), or on its last day in it; None when it did not stand."""
    closing = min(date(year, 12, 31), today)
    node = organisations.unit_at(unit_id, closing)
    if node is None:
        last = organisations.last_day(unit_id)
        node = organisations.unit_at(unit_id, last) if last is not None and last.year == year else None
    return node


def takes_part(movement: Movement, unit_id: int, year: int, today: date) -> bool:
    """Whether the movement's scope holds the unit as it stood in the year."""
    node = stood_in(unit_id, year, today)
    if node is None:
        return False
    line = organisations.unit_lines([unit_id])[unit_id]
    return movement.scopes.filter(line=line, level=node.level).exists()


def newest_registration(movement: Movement, unit_id: int, year: int) -> Registration | None:
    return Registration.objects.filter(movement=movement, unit_id=unit_id, year=year).order_by("-version").first()


def newest_recognition(movement: Movement, unit_id: int, year: int) -> Recognition | None:
    """The recognition that counts, whichever version of the registration it looked at."""
    rows = Recognition.objects.filter(registration__movement=movement, registration__unit_id=unit_id, registration__year=year)
    return rows.select_related("registration").order_by("-version").first()


def sheet_of(row: Told) -> Sheet:
    """The four fields of a registration or of a recognition."""
    return sheets([row])[row.pk]


def sheets(rows: Iterable[Told]) -> dict[UUID, Sheet]:
    """The sheets of many rows of one kind, in one query."""
    listed = list(rows)
    parent = "recognition_id" if listed and isinstance(listed[0], Recognition) else "registration_id"
    found: dict[UUID, Sheet] = {row.pk: dict.fromkeys(core.FIELDS, core.Row()) for row in listed}
    fields = (parent, "field", "state", "collective", "individual")
    wanted = list(found)
    for start in range(0, len(wanted), 500):
        for key, name, *cells in Count.objects.filter(**{f"{parent}__in": wanted[start : start + 500]}).values_list(*fields):
            found[key][name] = core.Row(*cells)
    return found


@dataclass(frozen=True)
class Version:
    """One version on a unit's page: the registration or recognition with its sheet and the fields that it changed."""

    row: Any
    sheet: Sheet
    changed: list[str]


@dataclass(frozen=True)
class UnitYear:
    """What a unit registered in a year and what was recognised of it, every version, newest first."""

    unit_id: int
    name: str
    year: int
    registered: list[Version]
    recognised: list[Version]

    @property
    def waits(self) -> bool:
        """Whether the newest registration has not been looked at by the superior."""
        newest = self.registered[0].row.pk if self.registered else None
        return newest is not None and all(one.row.registration_id != newest for one in self.recognised)


def unit_year(movement: Movement, unit_id: int, year: int) -> UnitYear:
    """The unit's page for a year; both lists are empty when nothing came."""
    registered = list(Registration.objects.filter(movement=movement, unit_id=unit_id, year=year).order_by("version"))
    recognised = list(Recognition.objects.filter(registration__in=registered).select_related("registration").order_by("version"))
    name = names([unit_id], date(year, 12, 31))[unit_id]
    return UnitYear(unit_id, name, year, _versions(registered), _versions(recognised))


def _versions(rows: list[Any]) -> list[Version]:
    known, made, before = sheets(rows), [], None
    for row in rows:
        made.append(Version(row, known[row.pk], core.differing(before, known[row.pk]) if before is not None else []))
        before = known[row.pk]
    return made[::-1]


def own_units(actor: Actor, movement: Movement, year: int, today: date) -> list[tuple[int, str]]:
    """The units for which the actor registers in the movement that year."""
    return [(unit, name) for unit, name in held_units(actor, Office.REPORT, today) if takes_part(movement, unit, year, today)]


def years(movement: Movement) -> dict[int, int]:
    """Each year with a registration, newest first, and how many units registered in it."""
    found: dict[int, set[int]] = defaultdict(set)
    for year, unit in Registration.objects.filter(movement=movement).order_by().values_list("year", "unit_id").distinct():
        found[year].add(unit)
    return {year: len(found[year]) for year in sorted(found, reverse=True)}


def waiting(actor: Actor, day: date, movement: Movement | None = None) -> list[Registration]:
    """Newest registrations that nobody has recognised and on which the actor decides, oldest first."""
    newer = Registration.objects.filter(
        movement=OuterRef("movement"), unit=OuterRef("unit"), year=OuterRef("year"), version__gt=OuterRef("version")
    )
    rows = Registration.objects.filter(~Exists(newer), recognitions=None).select_related("movement").order_by("at", "pk")
    if movement is not None:
        rows = rows.filter(movement=movement)
    mine: dict[int, bool] = {}
    found = []
    for row in rows:
        if row.unit_id not in mine:
            mine[row.unit_id] = rules.decides_over(actor, row.unit_id, day)
        if mine[row.unit_id] and row.by_id != actor.actor_id:
            found.append(row)
    return found
