"""Adoptions: one open for each unit, shown by evidence, confirmed by another, stopped in sight; successors stand for units that ended."""
from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from soket.audit.models import Event
from soket.exemplars import actions, queries
from soket.exemplars.models import Adoption, AdoptionAct, Exemplar
from soket.files.actions import Upload
from soket.files.rules import may_read
from soket.kernel.actor import Anonymous, SystemActor
from soket.kernel.door import Refused, open_door
from soket.organisations.models import Succession, SuccessionKind, UnitLink
from tests.factories import exemplars as make
from tests.factories import reporting
from tests.files import samples

pytestmark = pytest.mark.django_db
JOB = SystemActor("job", "Nạp số liệu")


@pytest.fixture
def found(world: make.World) -> Exemplar:
    return make.published(world).exemplar


def refused(field: str, act: object, **given: object) -> None:
    with pytest.raises(Refused) as told:
        act(**given)  # type: ignore[operator]
    assert told.value.field == field


def test_a_unit_takes_over_once_on_evidence_and_never_its_own(world: make.World, found: Exemplar) -> None:
    given = {"world": world, "found": found}
    refused("unit", make.adopted, **given, by=world.decider)
    refused("unit", make.adopted, **given, unit=world.one, by=world.clerk)
    refused("document", make.adopted, **given, document="")
    refused("dated", make.adopted, **given, dated=date(2026, 3, 3))
    refused("unit", make.adopted, **given, dated=date(2023, 1, 1))
    refused("state", make.adopted, world=world, found=make.draft(world, title="Dự thảo"))
    key = uuid4()
    row = make.adopted(**given, key=key, document="", upload=Upload(samples.PDF, "ke-hoach.pdf"), note="Áp dụng ở ba khu nhà trọ")
    assert make.adopted(**given, key=key) == row
    refused("id", make.adopted, **given, key=key, dated=date(2026, 2, 2))
    refused("unit", make.adopted, **given)
    assert may_read(world.second, row.file) and may_read(world.decider, row.file) and may_read(world.clerk, row.file)
    assert not may_read(world.stranger, row.file) and not may_read(Anonymous(), row.file)
    assert Adoption.objects.count() == 1
    assert Event.objects.filter(name="exemplars.adopted").count() == 1


def test_confirmed_by_the_superior_and_never_by_who_recorded_it(world: make.World, found: Exemplar) -> None:
    row = make.adopted(world, found)
    for other in (world.second, world.clerk, world.office, world.stranger):
        refused("by", actions.confirm, adoption=row, by=other, at=make.LATER)
    item = queries.waiting_for(world.decider, make.LATER)[0]
    assert (item.count, item.url) == (1, f"/dien-hinh/{found.slug}/#cho-xac-nhan")
    act = actions.confirm(adoption=row, by=world.decider, at=make.LATER)
    assert actions.confirm(adoption=row, by=world.decider, at=make.LATER) == act
    assert queries.waiting_for(world.decider, make.LATER) == []
    both = reporting.person("hai-vai", report=world.land.police["province"], decide=world.centre)
    own = make.adopted(world, found, unit=world.land.police["province"], by=both)
    refused("by", actions.confirm, adoption=own, by=both, at=make.LATER)
    assert Event.objects.filter(name="exemplars.adoption_confirmed").count() == 1


def test_stopping_keeps_the_row_and_frees_the_unit_to_begin_again(world: make.World, found: Exemplar) -> None:
    row = make.confirmed(world, found)
    given = {"adoption": row, "stopped_on": date(2026, 4, 1), "reason": "Khu nhà trọ đã giải tỏa", "at": make.LATER}
    refused("unit", actions.stop, **given, by=world.decider)
    refused("reason", actions.stop, **{**given, "reason": ""}, by=world.second)
    refused("stopped_on", actions.stop, **{**given, "stopped_on": date(2026, 1, 31)}, by=world.second)
    refused("stopped_on", actions.stop, **{**given, "stopped_on": make.TODAY + timedelta(days=1)}, by=world.second)
    actions.stop(**given, by=world.second)
    refused("state", actions.stop, **given, by=world.second)
    again = make.adopted(world, found, make.LATER, dated=date(2026, 5, 1))
    page = queries.spread_page(found, world.decider, make.TODAY, make.TODAY)
    assert [(one.reason, one.stopped_on) for one in page.stopped] == [("Khu nhà trọ đã giải tỏa", date(2026, 4, 1))]
    assert ([one.id for one in page.waiting], page.applied) == ([again.pk], [])
    march = queries.spread_page(found, world.decider, date(2026, 3, 31), make.TODAY)
    assert ([one.id for one in march.applied], march.waiting, march.stopped) == ([row.pk], [], [])
    unconfirmed = make.adopted(world, found, unit=world.land.police["province"], by=JOB)
    actions.stop(adoption=unconfirmed, stopped_on=date(2026, 4, 1), reason="Ghi nhầm", by=JOB, at=make.LATER)
    refused("state", actions.confirm, adoption=unconfirmed, by=SystemActor("other", "Cấp trên"), at=make.LATER)
    assert AdoptionAct.objects.count() == 3
    assert Event.objects.filter(name="exemplars.adoption_stopped").count() == 2


def test_nothing_new_begins_once_it_is_withdrawn_but_what_began_goes_on(world: make.World, found: Exemplar) -> None:
    row = make.adopted(world, found)
    actions.withdraw(exemplar=found, reason="Số liệu sai", by=world.publisher, at=make.LATER)
    refused("state", make.adopted, world=world, found=found, unit=world.land.police["province"], by=JOB)
    actions.confirm(adoption=row, by=world.decider, at=make.LATER)
    assert queries.spread_page(found, world.decider, make.TODAY, make.TODAY).counts.units == 1


def test_a_unit_that_ended_is_represented_by_its_successor(world: make.World, found: Exemplar) -> None:
    province, area = world.land.police["province"], world.land.areas["two"]
    old = [reporting.unit("police", f"Công an xã {name}", 3, province, area, until=date(2026, 4, 1)) for name in ("Cũ Một", "Cũ Hai")]
    new = reporting.unit("police", "Công an xã Mới", 3, province, area, since=date(2026, 4, 1))
    with open_door():
        act = Succession.objects.create(kind=SuccessionKind.MERGE, on=date(2026, 4, 1), basis="NQ 1", recorded_at=make.AT, by_label="job", title="Sáp nhập")
        for unit in old:
            UnitLink.objects.create(succession=act, old=unit, new=new, share_num=1, share_den=1)
    reporting.tree_changed()
    for unit in old:
        make.confirmed(world, found, unit=unit, by=JOB)
    before = queries.spread_page(found, world.decider, date(2026, 3, 31), make.TODAY)
    assert (before.counts.units, sorted(row.unit for row in before.applied)) == (2, ["Công an xã Cũ Hai", "Công an xã Cũ Một"])
    after = queries.spread_page(found, world.decider, make.TODAY, make.TODAY)
    assert (after.counts.units, after.counts.places, len(after.applied)) == (1, {"Mẫu": 1}, 2)
    assert {(row.unit, row.was) for row in after.applied} == {("Công an xã Mới", "Công an xã Cũ Hai"), ("Công an xã Mới", "Công an xã Cũ Một")}
    refused("unit", make.adopted, world=world, found=found, at=make.LATER, unit=new, dated=date(2026, 5, 1), by=JOB)
    heir = reporting.person("xa-moi", report=new)
    stopping = Adoption.objects.get(unit=old[0])
    actions.stop(adoption=stopping, stopped_on=date(2026, 5, 1), reason="Gộp thành một tổ", by=heir, at=make.LATER)
    assert queries.spread_page(found, world.decider, make.TODAY, make.TODAY).counts.units == 1


def test_the_map_prints_the_units_of_each_province_and_always_the_islands(world: make.World, found: Exemplar) -> None:
    make.confirmed(world, found)
    province = make.adopted(world, found, unit=world.land.police["province"], by=JOB)
    page = queries.spread_page(found, world.clerk, make.TODAY, make.TODAY)
    assert {tile.name: tile.count for tile in page.tiles if tile.count is not None} == {"Mẫu": 1}
    assert [tile.name for tile in page.tiles if tile.province] == ["Hoàng Sa", "Trường Sa"]
    assert ([(row.name, row.value) for row in page.places], page.none) == ([("Mẫu", "1")], [])
    assert [one.id for one in page.waiting] == [province.pk]
    assert page.wide is not None
    assert (page.wide.last, page.months[-1].applied) == (1, 1)
    rights = {row.id: (row.may_confirm, row.may_stop) for row in (*page.applied, *page.waiting)}
    assert set(rights.values()) == {(False, False)}
    seen = queries.spread_page(found, world.decider, make.TODAY, make.TODAY)
    assert [(row.may_confirm, row.may_stop) for row in seen.waiting] == [(False, False)]
    mine = queries.spread_page(found, world.second, make.TODAY, make.TODAY)
    assert [(row.may_confirm, row.may_stop) for row in mine.applied] == [(False, True)]
    data = queries.as_data(found, found.title, page)
    assert (data["units_applying"], data["provinces"], data["boundary"]) == (1, {"Mẫu": 1}, "2026-05-04")
    assert [(row["state"], row["unit"], row["since"]) for row in data["adoptions"]] == [
        ("applied", "Công an xã Đông Hải", "2026-02-01"), ("unconfirmed", "Công an tỉnh Mẫu", "2026-02-01"),
    ]  # fmt: skip
    early = queries.spread_page(found, world.clerk, date(2025, 1, 1), make.TODAY)
    assert (early.counts.units, early.wide, early.months, early.counts.on) == (0, None, [], date(2025, 1, 1))
