"""Small organisations for tests, made through the room's own actions."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from soket.kernel.actor import NOWHERE, Office, Reach, SystemActor
from soket.kernel.door import open_door
from soket.organisations import actions
from soket.organisations.models import Area, Line, Unit

LOADER = SystemActor("loader", "Nạp danh mục đơn vị")
AT = datetime(2026, 7, 15, 3, 5, tzinfo=UTC)
LONG_AGO = date(2010, 1, 1)
BASIS = "Nghị quyết thử 01"
NAMES = {"police": "Hệ thống công an", "front": "Hệ thống Mặt trận", "mass": "Hệ thống dân vận", "people": "Ủy ban nhân dân"}


@dataclass(frozen=True)
class Clerk:
    """A person who administers the units listed, and no others."""

    units: frozenset[int]
    actor_id: str = "7"
    actor_label: str = "Cán bộ tổ chức"
    actor_kind: str = "person"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return self.reach(office, at).covers(on)

    def reach(self, office: Office, at: date) -> Reach:
        return Reach(self.units) if office is Office.ADMINISTER else NOWHERE


def load(only: Iterable[str] | None = None) -> dict[str, int]:
    """The real country, or some provinces of it (codes of 1 July 2025)."""
    return actions.load_country(by=LOADER, at=AT, only=only)


def line(code: str = "police") -> Line:
    """A line, made on first use."""
    with open_door():
        return Line.objects.get_or_create(code=code, defaults={"name_vi": NAMES[code], "name_en": code, "order": list(NAMES).index(code)})[0]


def area(name: str, kind: str = "xã", level: int = 3, parent: Area | None = None, since: date = LONG_AGO, code: str = "") -> Area:
    """An area with one version, open from `since`."""
    made = actions.create(name=name, kind=kind, level=level, parent=parent, code=code, on=since, basis=BASIS, by=LOADER, at=AT)
    assert isinstance(made, Area)
    return made


def unit(
    name: str, line_code: str = "police", level: int = 3, parent: Unit | None = None, on: Area | None = None, since: date = LONG_AGO
) -> Unit:
    """A unit with one version, open from `since`, seated on the area `on`."""
    made = actions.create(name=name, line=line(line_code), level=level, parent=parent, area=on, on=since, basis=BASIS, by=LOADER, at=AT)
    assert isinstance(made, Unit)
    return made


@dataclass(frozen=True)
class Village:
    """One province with two communes, police and Front on each."""

    province: Area
    an_phu: Area
    binh_minh: Area
    police: Unit
    police_an_phu: Unit
    police_binh_minh: Unit
    front: Unit
    front_an_phu: Unit
    front_binh_minh: Unit


def village(since: date = LONG_AGO) -> Village:
    """The smallest map on which every act has something to do."""
    province = area("Trung Châu", "tỉnh", 1, since=since)
    an_phu, binh_minh = (area(name, parent=province, since=since) for name in ("An Phú", "Bình Minh"))
    units = []
    for code, before in (("police", "Công an"), ("front", "Ủy ban MTTQ Việt Nam")):
        top = unit(f"{before} tỉnh Trung Châu", code, 1, on=province, since=since)
        units += [top, *(unit(f"{before} xã {name}", code, 3, top, on, since) for name, on in (("An Phú", an_phu), ("Bình Minh", binh_minh)))]
    return Village(province, an_phu, binh_minh, *units)
