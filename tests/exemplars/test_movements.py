"""Movements, yearly registration and recognition: cells that agree, another person, versions that stay, sums with their coverage."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from soket.audit.models import Event
from soket.exemplars import actions, core, queries
from soket.exemplars.models import Count, Movement, Recognition, Registration
from soket.kernel.actor import Anonymous, SystemActor
from soket.kernel.door import Refused
from tests.factories import exemplars as make
from tests.factories import reporting

pytestmark = pytest.mark.django_db


def refused(at_field: str, act: object, **given: object) -> Refused:
    with pytest.raises(Refused) as told:
        act(**given)  # type: ignore[operator]
    assert at_field in told.value.errors
    return told.value


def recognition(world: make.World, found: Registration, **more: Any) -> Recognition:
    given = {"id": uuid4(), "registration": found, "typed": make.typed(), "dated": date(2026, 4, 1), "document": "7/QĐ", "by": world.decider, **more}
    return actions.recognise_counts(at=make.LATER, **given)


def test_a_movement_is_opened_and_changed_by_its_office(world: make.World) -> None:
    draft = actions.MovementDraft(title="Dân vận khéo", basis="Kế hoạch 10", scope=[("police", 3)])
    refused("office", actions.open_movement, office=world.centre, draft=draft, by=world.clerk, at=make.AT)
    for name, bad in (("title", " "), ("basis", ""), ("scope", []), ("scope", [("police", 9)]), ("begun_on", date(2026, 3, 3)), ("title", "a\x07")):
        wrong = actions.MovementDraft(**{**vars(draft), name: bad})
        refused(name, actions.open_movement, office=world.centre, draft=wrong, by=world.office, at=make.AT)
    assert Movement.objects.count() == 0
    first, second = (actions.open_movement(office=world.centre, draft=draft, by=world.office, at=make.AT) for _ in range(2))
    assert (first.slug, second.slug, first.begun_on) == ("dan-van-kheo", "dan-van-kheo-2", None)
    wider = actions.MovementDraft(title="Dân vận khéo", basis="Kế hoạch 11", scope=[("police", 3), ("front", 3)], begun_on=date(2009, 1, 1))
    refused("office", actions.change_movement, movement=first, draft=wider, by=world.decider, at=make.AT)
    actions.change_movement(movement=first, draft=wider, by=world.office, at=make.AT)
    make.registered(world, first)
    narrower = actions.MovementDraft(title="Dân vận khéo", basis="Kế hoạch 11", scope=[("front", 3)])
    refused("scope", actions.change_movement, movement=first, draft=narrower, by=world.office, at=make.AT)
    kept = actions.MovementDraft(title="Dân vận khéo", basis="Kế hoạch 11", scope=[("police", 3)])
    actions.change_movement(movement=first, draft=kept, by=world.office, at=make.AT)
    first.refresh_from_db()
    assert [(row.line.code, row.level) for row in first.scopes.all()] == [("police", 3)]
    assert Event.objects.filter(name="exemplars.movement_made").count() == 2
    assert Event.objects.filter(name="exemplars.movement_changed").count() == 2


def test_registering_refuses_every_cell_that_does_not_agree_and_keeps_nothing(world: make.World) -> None:
    found = make.movement(world)
    told = refused("economy_total", make.registered, world=world, found=found, typed=make.typed(economy_total=4, system_collective=None))
    assert sorted(told.errors) == ["economy_total", "system_collective"]
    assert "3" in str(told.errors["economy_total"]) and "4" in str(told.errors["economy_total"])
    refused("all_collective", make.registered, world=world, found=found, typed=make.typed(all_collective=8))
    refused("unit", make.registered, world=world, found=found, by=world.stranger)
    refused("unit", make.registered, world=world, found=found, by=world.decider)
    refused("unit", make.registered, world=world, found=found, unit=world.land.police["province"], by=SystemActor("job", "Nạp"))
    refused("year", make.registered, world=world, found=found, year=2027)
    refused("year", make.registered, world=world, found=make.movement(world, begun_on=date(2026, 1, 1)), year=2025)
    refused("version", make.registered, world=world, found=found, version=2)
    assert (Registration.objects.count(), Count.objects.count()) == (0, 0)


def test_a_correction_is_a_new_version_and_the_old_one_stays(world: make.World) -> None:
    found, key = make.movement(world), uuid4()
    first = make.registered(world, found, id=key)
    assert make.registered(world, found, id=key) == first
    refused("id", make.registered, world=world, found=found, id=key, typed=make.typed(nothing=core.FIELDS, **_blank()))
    refused("version", make.registered, world=world, found=found)
    other = make.typed(economy_collective=3, economy_total=4, all_collective=8, all_total=10)
    refused("reason", make.registered, world=world, found=found, version=2, typed=other)
    second = make.registered(world, found, version=2, typed=other, reason="Bổ sung một tập thể", at=make.LATER)
    page = queries.unit_year(found, world.one.pk, make.YEAR)
    assert [one.row for one in page.registered] == [second, first]
    assert [one.changed for one in page.registered] == [["economy"], []]
    assert [one.sheet["economy"].collective for one in page.registered] == [3, 2]
    assert page.waits
    assert Event.objects.filter(name="exemplars.registered").count() == 2
    assert "economy 3+1" in Event.objects.filter(name="exemplars.registered").last().body


def _blank() -> dict[str, None]:
    return dict.fromkeys(f"{row}_{column}" for row in (*core.FIELDS, "all") for column in core.COLUMNS)


def test_the_superior_recognises_up_to_what_was_registered_and_never_the_registrar(world: make.World) -> None:
    found = make.movement(world)
    row = make.registered(world, found)
    more = make.typed(economy_collective=3, economy_total=4, all_collective=8, all_total=10)
    told = refused("economy_collective", recognition, world=world, found=row, typed=more)
    assert "3" in str(told.message) and "2" in str(told.message)
    refused("economy_total", recognition, world=world, found=row, typed=make.typed(economy_total=5))
    for other in (world.clerk, world.second, world.stranger, world.office, Anonymous()):
        refused("by", recognition, world=world, found=row, by=other)
    both = reporting.person("hai-vai", report=world.two, decide=world.land.police["province"])
    own = make.registered(world, found, unit=world.two, by=both)
    refused("by", recognition, world=world, found=own, by=both)
    refused("document", recognition, world=world, found=row, document=" ")
    refused("dated", recognition, world=world, found=row, dated=date(2026, 5, 5))
    assert Recognition.objects.count() == 0
    fewer = make.typed(economy_individual=0, economy_total=2, all_individual=1, all_total=8)
    key = uuid4()
    said = recognition(world, row, id=key, typed=fewer)
    assert recognition(world, row, id=key, typed=fewer) == said
    refused("id", recognition, world=world, found=row, id=key)
    assert not queries.unit_year(found, world.one.pk, make.YEAR).waits
    refused("reason", recognition, world=world, found=row)
    again = recognition(world, row, reason="Bổ sung một cá nhân")
    assert (again.version, queries.newest_recognition(found, world.one.pk, make.YEAR)) == (2, again)
    assert Event.objects.filter(name="exemplars.counts_recognised").count() == 2


def test_a_correction_never_falls_below_what_was_recognised(world: make.World) -> None:
    found = make.movement(world)
    row = make.registered(world, found)
    recognition(world, row)
    fewer = make.typed(economy_collective=1, economy_total=2, all_collective=6, all_total=8)
    told = refused("economy_collective", make.registered, world=world, found=found, version=2, typed=fewer, reason="Ghi nhầm")
    assert "1" in str(told.message) and "2" in str(told.message)
    more = make.typed(economy_collective=4, economy_total=5, all_collective=9, all_total=11)
    second = make.registered(world, found, version=2, typed=more, reason="Bổ sung")
    refused("registration", recognition, world=world, found=row, reason="Xem bản cũ")
    page = queries.unit_year(found, world.one.pk, make.YEAR)
    assert page.waits and page.recognised[0].row.registration == row
    assert recognition(world, second, typed=more, reason="Theo bản mới").version == 2


def test_a_recognition_looks_only_at_the_newest_version_for_what_waits(world: make.World) -> None:
    found = make.movement(world)
    assert queries.waiting(world.decider, make.TODAY) == []
    make.registered(world, found)
    second = make.registered(world, found, version=2, reason="Bổ sung", at=make.LATER)
    assert queries.waiting(world.decider, make.TODAY) == [second]
    assert queries.waiting(world.office, make.TODAY) == queries.waiting(world.clerk, make.TODAY) == []
    item = queries.waiting_for(world.decider, make.LATER)[0]
    assert (item.url, item.count) == ("/phong-trao/dan-van-kheo/cho-cong-nhan/", 1)
    recognition(world, second)
    assert queries.waiting(world.decider, make.TODAY) == []
    assert queries.waiting_for(world.decider, make.LATER) == []


def test_the_roll_up_sums_each_registration_once_with_both_lists(world: make.World) -> None:
    found = make.movement(world)
    row = make.registered(world, found)
    make.registered(world, found, version=2, typed=make.few(10, 1), reason="Rà soát lại")
    empty = queries.roll_up(found, world.office, 2025, make.TODAY)
    assert [(one.key, one.covered, one.expected, one.rows) for one in empty.groups] == [("police/3", 0, 2, []), ("front/3", 0, 2, [])]
    made = queries.roll_up(found, world.office, make.YEAR, make.TODAY)
    police, front = made.groups
    assert (made.on, police.covered, police.expected, [node.name for node in police.missing]) == (make.TODAY, 1, 2, ["Công an xã Đông Hải"])
    assert (police.registered["all"].total, police.registered["economy"].collective, police.registered["culture"].nothing) == (11, 10, 1)
    assert (police.decided, police.recognised["all"].total, police.rows[0].recognised) == (0, 0, None)
    assert (front.covered, len(front.missing)) == (0, 2)
    recognition(world, Registration.objects.get(version=2), typed=make.few(10, 0))
    again = queries.roll_up(found, world.decider, make.YEAR, make.TODAY).groups
    assert [one.key for one in again] == ["police/3"]
    assert (again[0].decided, again[0].recognised["all"].total, again[0].rows[0].recognised_total) == (1, 10, 10)
    seen = queries.roll_up(found, world.stranger, make.YEAR, make.TODAY).groups
    assert [(one.key, one.expected, one.rows) for one in seen] == [("front/3", 1, [])]
    assert row.version == 1


def test_a_missing_field_adds_nothing_and_leaves_the_unit_without_a_total(world: make.World) -> None:
    found = make.movement(world)
    cells = {f"{row}_{column}": None for row in ("system", "all") for column in core.COLUMNS}
    make.registered(world, found, typed=make.typed(**cells))
    police = queries.roll_up(found, world.office, make.YEAR, make.TODAY).groups[0]
    assert (police.rows[0].total, police.covered) == (None, 1)
    assert (police.registered["system"].missing, police.registered["system"].total, police.registered["all"].total) == (1, 0, 8)


def test_units_that_ended_in_the_year_count_once_and_their_successor_stands_for_them(world: make.World) -> None:
    old = reporting.unit("police", "Công an xã Cũ", 3, world.land.police["province"], world.land.areas["two"], until=date(2026, 4, 1))
    found = make.movement(world)
    job = SystemActor("job", "Nạp số liệu")
    make.registered(world, found, unit=old, typed=make.few(4, 0), by=job)
    make.registered(world, found, typed=make.few(1, 0))
    police = queries.roll_up(found, world.office, make.YEAR, make.TODAY).groups[0]
    assert (police.registered["all"].total, police.expected, police.covered) == (5, 2, 1)
    assert [(row.name, row.ended) for row in police.rows] == [("Công an xã Bình Minh", False), ("Công an xã Cũ", True)]
    refused("unit", make.registered, world=world, found=found, unit=old, year=2027, by=job, at=make.AT + timedelta(days=400))
