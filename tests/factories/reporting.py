"""A small country for reporting: two lines, one province, two communes each, and their offices."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from soket.accounts.models import Person, Post
from soket.kernel.actor import Office, Reach, SystemActor
from soket.kernel.door import open_door
from soket.kernel.periods import PeriodKind
from soket.kernel.text import canonical_text, folded, sort_key
from soket.organisations.models import Area, AreaVersion, Level, Line, TreeVersion, Unit, UnitVersion
from soket.reporting import actions
from soket.reporting.core import NOTHING, Content, number
from soket.reporting.models import PeriodRule, Report, Round, Template

OFFICE = SystemActor("office", "Programme office")
SINCE = date(2024, 1, 1)
DUE = datetime(2025, 12, 20, 10, 0, tzinfo=UTC)
IN_TIME = datetime(2025, 12, 18, 2, 0, tzinfo=UTC)
TOO_LATE = datetime(2025, 12, 22, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """An actor with offices at given units, as the kernel's protocol asks; kind person."""

    actor_id: str
    posts: Mapping[Office, frozenset[int]] = field(default_factory=dict)
    actor_kind: str = "person"

    @property
    def actor_label(self) -> str:
        return f"Cán bộ {self.actor_id}"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return on in self.posts.get(office, frozenset())

    def reach(self, office: Office, at: date) -> Reach:
        return Reach(self.posts.get(office, frozenset()))


def holder(name: str, **posts: Unit | list[Unit]) -> Holder:
    """`holder("a", report=unit)`: an actor with an office at each named unit."""
    listed = {Office(office): units if isinstance(units, list) else [units] for office, units in posts.items()}
    return Holder(name, {office: frozenset(unit.pk for unit in units) for office, units in listed.items()})


def line(code: str, order: int = 0) -> Line:
    with open_door():
        return Line.objects.get_or_create(code=code, defaults={"name_vi": code, "name_en": code, "order": order})[0]


def _dated(name: str, level: int, since: date, until: date | None) -> dict[str, Any]:
    return {
        "valid_from": since,
        "valid_to": until,
        "start_known": since != SINCE,
        "name": name,
        "level": level,
        "canonical": canonical_text(name),
        "folded": folded(name),
        "sort_key": sort_key(name),
    }


def tree_changed() -> None:
    with open_door():
        TreeVersion.objects.update_or_create(pk=1, defaults={"number": 1, "token": uuid.uuid4().hex})


def area(name: str, level: int, parent: Area | None = None, since: date = SINCE, until: date | None = None) -> Area:
    with open_door():
        row = Area.objects.create(key=f"{name}-{uuid.uuid4().hex[:8]}")
        AreaVersion.objects.create(area=row, kind=name.split(" ")[0][:20], parent=parent, **_dated(name, level, since, until))
    tree_changed()
    return row


def unit(
    code: str, name: str, level: int, parent: Unit | None = None, on: Area | None = None, since: date = SINCE, until: date | None = None
) -> Unit:
    with open_door():
        row = Unit.objects.create(key=uuid.uuid4().hex, line=line(code))
        UnitVersion.objects.create(unit=row, parent=parent, area=on, **_dated(name, level, since, until))
    tree_changed()
    return row


def person(name: str, **posts: Unit) -> Person:
    """A real account with posts: `person("ba", report=commune)`."""
    with open_door():
        row = Person(username=name, label=f"Cán bộ {name}", active_from=datetime(2024, 1, 1, tzinfo=UTC), synthetic=True)
        row.set_password("correct horse battery")
        row.save()
        for office, where in posts.items():
            Post.objects.create(person=row, unit=where, office=office, title="Cán bộ", valid_from=SINCE, basis="QĐ 1")
    return row


@dataclass
class Country:
    """`police` and `front` map a place ("centre", "province", "one", "two") to its unit."""

    areas: dict[str, Area]
    police: dict[str, Unit]
    front: dict[str, Unit]


def country() -> Country:
    """One centre, one province with two communes; police and Front on each."""
    areas = {"province": area("tỉnh Mẫu", Level.PROVINCE)}
    for key, name in (("one", "xã Bình Minh"), ("two", "xã Đông Hải")):
        areas[key] = area(name, Level.COMMUNE, areas["province"])
    lines: dict[str, dict[str, Unit]] = {}
    for code, words in (("police", "Công an"), ("front", "Ủy ban MTTQ")):
        units = {"centre": unit(code, f"{words} trung ương", Level.CENTRE)}
        units["province"] = unit(code, f"{words} tỉnh Mẫu", Level.PROVINCE, units["centre"], areas["province"])
        units["one"] = unit(code, f"{words} xã Bình Minh", Level.COMMUNE, units["province"], areas["one"])
        units["two"] = unit(code, f"{words} xã Đông Hải", Level.COMMUNE, units["province"], areas["two"])
        lines[code] = units
    return Country(areas, lines["police"], lines["front"])


def catalogue() -> tuple[Template, Template]:
    """The yearly and the quarterly template of the first catalogue."""
    yearly, quarterly = actions.install_catalogue(by=OFFICE, at=IN_TIME)
    return yearly, quarterly


def year_round(year: int = 2025, lines: tuple[str, ...] = ("police", "front"), due: datetime = DUE, template: Template | None = None) -> Round:
    """A yearly round for the communes of the lines."""
    return actions.open_round(
        template=template or catalogue()[0],
        rule=PeriodRule.objects.get(code="nd09-2019"),
        kind=PeriodKind.YEAR,
        year=year,
        index=1,
        scopes=[actions.ScopeDraft(code, Level.COMMUNE, due) for code in lines],
        by=OFFICE,
        at=IN_TIME,
        synthetic=True,
    )


def report_of(round_: Round, where: Unit) -> Report:
    return Report.objects.get(round=round_, unit=where)


REQUIRED = {"CD01": 3, "TT01": 22, "TT02": 1735, "MH01": 12, "MH02": 3, "MH03": 1, "MH04": 14}


def content(**cells: int) -> Content:
    """A report that passes every check, with some cells changed."""
    filled = {code: number(value) for code, value in {**REQUIRED, **cells}.items()}
    return Content({"CD02": number(1), "CD03": number(0), "DV01": NOTHING, **filled}, {"t5": "Đã hoàn thành các nội dung phối hợp."})


def submitted(report: Report, by: Any = OFFICE, at: datetime = IN_TIME, base: uuid.UUID | None = None, **cells: int) -> actions.Receipt:
    """A submission with a fresh id."""
    return actions.submit(id=uuid.uuid4(), report=report, content=content(**cells), by=by, at=at, base=base)
