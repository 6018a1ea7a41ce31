"""A small country that is reorganised on 1 July 2025, a programme over it, and holders of offices.

Before: tỉnh Đông (xã An, xã Bình) and tỉnh Tây (xã Cửa, xã Đức). After: tỉnh Đông Tây with xã An Bình
(formed from An and Bình) and xã Đức, which goes on; xã Cửa ends and nobody follows it. Police and Front
units sit on each.
"""
from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from soket.accounts.models import Person, Post
from soket.kernel.actor import Office, Reach, SystemActor
from soket.kernel.door import open_door
from soket.kernel.text import canonical_text, folded, sort_key
from soket.organisations.models import (
    Area,
    AreaLink,
    AreaVersion,
    KnownFrom,
    Level,
    Line,
    Succession,
    SuccessionKind,
    TreeVersion,
    Unit,
    UnitVersion,
)
from soket.programmes import actions
from soket.programmes.models import DueRule, Duty, Obligation, PartyRole, Programme, ProgrammeKind

JOB = SystemActor("job", "Văn phòng chương trình")
SINCE = date(2013, 1, 1)
REFORM = date(2025, 7, 1)
AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
WORDS = {"police": "Công an", "front": "Ủy ban MTTQ Việt Nam"}


@dataclass(frozen=True)
class Holder:
    """An actor with offices at named units, as the kernel's protocol asks."""

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
    """`holder("an", report=unit)`: an actor with that office at each named unit."""
    listed = {Office(office): units if isinstance(units, list) else [units] for office, units in posts.items()}
    return Holder(name, {office: frozenset(unit.pk for unit in units) for office, units in listed.items()})


def person(name: str, **posts: Unit) -> Person:
    """An account with real posts, for pages."""
    with open_door():
        row = Person(username=name, label=f"Cán bộ {name}", active_from=datetime(2024, 1, 1, tzinfo=UTC), synthetic=True)
        row.set_password("correct horse battery")
        row.save()
        for office, where in posts.items():
            Post.objects.create(person=row, unit=where, office=office, title="Cán bộ", valid_from=SINCE, basis="QĐ 1")
    return row


def _dated(name: str, level: int, since: date, until: date | None) -> dict[str, Any]:
    return {
        "valid_from": since, "valid_to": until, "name": name, "level": level,
        "canonical": canonical_text(name), "folded": folded(name), "sort_key": sort_key(name),
    }  # fmt: skip


def tree_changed() -> None:
    with open_door():
        TreeVersion.objects.update_or_create(pk=1, defaults={"number": 1, "token": uuid.uuid4().hex})


@dataclass
class Country:
    """Areas and units by a short key: centre, east, west, both, an, binh, an_binh, cua, duc."""

    areas: dict[str, Area] = field(default_factory=dict)
    police: dict[str, Unit] = field(default_factory=dict)
    front: dict[str, Unit] = field(default_factory=dict)

    def area(self, key: str, name: str, level: int, parent: str | None, since: date = SINCE, until: date | None = None) -> None:
        """A version of the area, and of each line's unit on it, under `parent`."""
        row = self.areas.get(key) or Area.objects.create(key=key)
        self.areas[key] = row
        above = self.areas[parent] if parent else None
        AreaVersion.objects.create(area=row, kind=name.split(" ")[0], parent=above, **_dated(name, level, since, until))
        for code in ("police", "front"):
            self.unit(code, key, f"{WORDS[code]} {name}", level, parent or "centre", since, until)

    def unit(self, code: str, key: str, name: str, level: int, parent: str | None, since: date = SINCE, until: date | None = None) -> None:
        units: dict[str, Unit] = getattr(self, code)
        line, _ = Line.objects.get_or_create(code=code, defaults={"name_vi": WORDS[code], "name_en": code, "order": list(WORDS).index(code)})
        row = units.get(key) or Unit.objects.create(key=f"{code}-{key}", line=line)
        units[key] = row
        above = units[parent] if parent else None
        UnitVersion.objects.create(unit=row, parent=above, area=self.areas.get(key), **_dated(name, level, since, until))


def country() -> Country:
    """The country of the module's first lines, with its one act of 1 July 2025."""
    land = Country()
    with open_door():
        for code in ("front", "police"):
            land.unit(code, "centre", f"{WORDS[code]} Trung ương", Level.CENTRE, None)
        land.area("east", "tỉnh Đông", Level.PROVINCE, None, until=REFORM)
        land.area("west", "tỉnh Tây", Level.PROVINCE, None, until=REFORM)
        land.area("both", "tỉnh Đông Tây", Level.PROVINCE, None, since=REFORM)
        land.area("an", "xã An", Level.COMMUNE, "east", until=REFORM)
        land.area("binh", "xã Bình", Level.COMMUNE, "east", until=REFORM)
        land.area("cua", "xã Cửa", Level.COMMUNE, "west", until=REFORM)
        land.area("duc", "xã Đức", Level.COMMUNE, "west", until=REFORM)
        land.area("an_binh", "xã An Bình", Level.COMMUNE, "both", since=REFORM)
        land.area("duc", "xã Đức", Level.COMMUNE, "both", since=REFORM)
        act = Succession.objects.create(
            kind=SuccessionKind.MERGE, on=REFORM, basis="Nghị quyết 202/2025/QH15", recorded_at=AT, by_label="job", title="Sắp xếp"
        )
        for old, new in (("an", "an_binh"), ("binh", "an_binh"), ("east", "both"), ("west", "both")):
            pair = {"old": land.areas[old], "new": land.areas[new]}
            AreaLink.objects.create(succession=act, share_num=1, share_den=1, **pair)
        for line in Line.objects.all():
            for level in (Level.CENTRE, Level.PROVINCE, Level.COMMUNE):
                KnownFrom.objects.create(line=line, level=level, day=SINCE, citation="Danh mục thử")
    tree_changed()
    return land


def programme(land: Country, **changes: Any) -> Programme:
    """A coordination programme of both lines signed on 1 August 2023."""
    parties = [
        actions.PartyDraft(land.police["centre"].pk, PartyRole.LEAD),
        actions.PartyDraft(land.front["centre"].pk, PartyRole.COSIGNER),
    ]
    given: dict[str, Any] = {
        "title": "Phối hợp thử nghiệm", "kind": ProgrammeKind.JOINT, "parties": parties, "symbol": "12/CTr-THU",
        "signed_on": date(2023, 8, 1), "span_text": "2023–2033", "synthetic": True, "by": JOB, "at": AT,
    }  # fmt: skip
    return actions.create_programme(**{**given, **changes})


def obligation(owner: Programme, *scopes: tuple[str, int], code: str = "NV-03", **changes: Any) -> Obligation:
    """An obligation for the given lines and levels; without any, both lines at commune level."""
    bound = scopes or (("police", Level.COMMUNE), ("front", Level.COMMUNE))
    given: dict[str, Any] = {
        "title": "Ký chương trình phối hợp cấp xã", "evidence": "Số, ngày, tệp", "due_rule": DueRule.DATE,
        "due_on": date(2024, 12, 14), "by": JOB, "at": AT,
    }  # fmt: skip
    drafts = [actions.ScopeDraft(*scope) for scope in bound]
    return actions.add_obligation(programme=owner, code=code, scopes=drafts, **{**given, **changes})


def duty(of: Obligation, unit: Unit) -> Duty:
    return Duty.objects.select_related("obligation__programme").get(obligation=of, unit=unit)


def claimed(one: Duty, number: str = "5/CTr", dated: date = date(2024, 5, 6), by: Any = JOB, at: datetime = AT, **more: Any) -> Duty:
    """The duty, claimed by a document."""
    actions.claim(id=uuid.uuid4(), duty=one, number=number, dated=dated, by=by, at=at, **more)
    one.refresh_from_db()
    return one


def accepted(one: Duty, dated: date = date(2024, 5, 6), at: datetime = AT) -> Duty:
    """The duty, claimed and accepted."""
    actions.accept_claim(duty=claimed(one, dated=dated, at=at), by=JOB, at=at)
    one.refresh_from_db()
    return one
