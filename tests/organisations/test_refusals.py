"""Bad input is refused with a message at its field; the database stands behind the actions."""
from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from soket.audit.models import Event
from soket.kernel.door import DoorClosed, Refused, open_door
from soket.organisations import actions, queries
from soket.organisations.core.naming import forms
from soket.organisations.models import (
    AreaLink,
    AreaVersion,
    Code,
    KnownFrom,
    ShareDecision,
    Source,
    SourceChoice,
    Succession,
    UnitLink,
    UnitVersion,
)
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)


def how(**more: Any) -> dict[str, Any]:
    return {"on": ON, "basis": "Nghị quyết 5/NQ-UBTVQH16", "by": make.LOADER, "at": make.AT} | more


def field_of(act: Any, **values: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**values)
    assert str(refused.value.message)
    return refused.value.field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "xã "}, "name"),
        ({"name": "An\ud800 Bình"}, "name"),
        ({"name": "An\x00 Bình"}, "name"),
        ({"name": "An\ufffd Bình"}, "name"),
        ({"name": "A" * 201}, "name"),
        ({"name": "An Phú"}, "name"),
        ({"name": "Bình Minh"}, "name"),
        ({"basis": ""}, "basis"),
        ({"basis": "\udfff"}, "basis"),
        ({"on": "2026-07-01"}, "on"),
        ({"on": date(2036, 1, 1)}, "on"),
        ({"on": date(2009, 1, 1)}, "on"),
        ({"on": make.LONG_AGO}, "on"),
    ],
)
def test_a_rename_is_refused_at_its_field(change: dict[str, Any], field: str) -> None:
    world = make.village()
    assert field_of(actions.rename, subject=world.an_phu, **({"name": "Hòa Thuận"} | how() | change)) == field


def test_a_day_before_the_known_past_is_refused() -> None:
    world = make.village()
    with open_door():
        KnownFrom(line=None, level=3, day=date(2025, 1, 1), citation="Bản chụp").save()
    assert field_of(actions.rename, subject=world.an_phu, name="Hòa Thuận", **how(on=date(2024, 12, 31))) == "on"


def test_acts_are_recorded_in_the_order_of_their_days() -> None:
    world = make.village()
    actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
    for day in (date(2026, 6, 1), ON):
        assert field_of(actions.rename, subject=world.an_phu, name="Hòa Bình", **how(on=day)) == "on"
    actions.dissolve(subject=world.binh_minh, **how())
    assert field_of(actions.rename, subject=world.binh_minh, name="Hòa Bình", **how(on=date(2026, 8, 1))) == "on"


def test_a_cycle_is_refused() -> None:
    world = make.village()
    assert field_of(actions.move, subject=world.province, parent=world.an_phu, **how()) == "parent"
    assert field_of(actions.move, subject=world.police, parent=world.police, **how()) == "parent"
    team = make.unit("Đội 1", "police", 3, world.police_an_phu)
    assert field_of(actions.move, subject=world.police_an_phu, parent=team, **how()) == "parent"
    assert field_of(actions.merge, subjects=[world.police_an_phu, world.police_binh_minh], name="X", parent=team, **how()) == "parent"


def test_a_unit_stays_in_its_line_and_on_its_level() -> None:
    world = make.village()
    assert field_of(actions.move, subject=world.police_an_phu, parent=world.front, **how()) == "parent"
    assert field_of(actions.move, subject=world.police_an_phu, parent=world.an_phu, **how()) == "parent"
    assert field_of(actions.move, subject=world.police_an_phu, parent=world.police, **how()) == "parent"
    line = make.line("police")
    assert field_of(actions.create, name="Cục 1", level=0, line=line, parent=world.police, **how()) == "parent"


def test_merging_needs_two_of_one_sort() -> None:
    world = make.village()
    assert field_of(actions.merge, subjects=[world.an_phu], name="X", **how()) == "subjects"
    assert field_of(actions.merge, subjects=[world.an_phu, world.an_phu], name="X", **how()) == "subjects"
    assert field_of(actions.merge, subjects=[world.an_phu, world.police], name="X", **how()) == "subjects"
    assert field_of(actions.merge, subjects=[world.an_phu, world.province], name="X", **how()) == "subjects"
    assert field_of(actions.merge, subjects=[world.police_an_phu, world.front_an_phu], name="X", parent=world.police, **how()) == "subjects"
    actions.retype(subject=world.an_phu, kind="phường", **how(on=date(2026, 1, 1)))
    assert field_of(actions.merge, subjects=[world.an_phu, world.binh_minh], name="X", **how()) == "kind"


@pytest.mark.parametrize(
    "shares", [(Fraction(1, 2), Fraction(1, 3)), (Fraction(1, 2), None), (Fraction(3, 2), Fraction(-1, 2)), (Fraction(1), Fraction(0))]
)
def test_shares_of_a_split_make_the_whole_or_are_all_left_open(shares: tuple[Fraction | None, ...]) -> None:
    world = make.village()
    parts = [actions.Part(f"An Phú {at}", share) for at, share in enumerate(shares)]
    assert field_of(actions.split, subject=world.an_phu, parts=parts, **how()) == "shares"


def test_a_split_places_every_child_once() -> None:
    world = make.village()
    for children in ([], [world.an_phu.pk, world.binh_minh.pk]):
        parts = [actions.Part("Thượng", None, [world.an_phu.pk]), actions.Part("Hạ", None, children)]
        assert field_of(actions.split, subject=world.province, parts=parts, **how()) == "parts"
    assert field_of(actions.split, subject=world.an_phu, parts=[actions.Part("A")], **how()) == "parts"
    assert field_of(actions.split, subject=world.an_phu, parts=[actions.Part("A"), actions.Part("xã A")], **how()) == "parts"


def test_nothing_ends_while_something_stands_below_it() -> None:
    world = make.village()
    assert field_of(actions.dissolve, subject=world.province, **how()) == "subject"
    assert field_of(actions.dissolve, subject=world.police, **how()) == "subject"
    make.unit("Đội 1", "police", 3, world.police_an_phu)
    assert field_of(actions.dissolve, subject=world.an_phu, **how()) == "subject"
    assert field_of(actions.dissolve, subject=world.police_binh_minh, taken_over_by=world.police_binh_minh, **how()) == "taken_over_by"


def test_a_code_in_use_is_refused() -> None:
    world = make.village()
    make.area("Cao Sơn", parent=world.province, code="01234")
    assert field_of(actions.create, name="Hạ Sơn", level=3, kind="xã", parent=world.province, code="01234", **how()) == "code"
    assert field_of(actions.create, name="Hạ Sơn", level=3, kind="xã", parent=world.province, code="1A", **how()) == "code"


def test_only_who_administers_everything_touched_may_act() -> None:
    world = make.village()
    police_only = make.Clerk(frozenset({world.police.pk, world.police_an_phu.pk}))
    with pytest.raises(Refused):
        actions.rename(subject=world.an_phu, name="Hòa Thuận", **how(by=police_only))
    actions.rename(subject=world.police_an_phu, name="Công an khu vực An Phú", **how(by=police_only))
    both = make.Clerk(frozenset({world.police_binh_minh.pk, world.front_binh_minh.pk}))
    actions.rename(subject=world.binh_minh, name="Hòa Thuận", **how(by=both))
    with pytest.raises(Refused):
        actions.create(name="Công an mới", level=1, line=make.line("police"), **how(by=both))
    with pytest.raises(Refused):
        actions.load_country(by=both, at=make.AT)


@pytest.fixture
def mapped() -> dict[str, Any]:
    """An area divided by a published mapping into two, and another mapping that sends it whole to one."""
    world = make.village()
    old = make.area("Phú Cũ", parent=world.province)
    with open_door():
        a, b, empty = (Source.objects.create(code=code, title=code, citation="x") for code in ("a", "b", "empty"))
        act = Succession.objects.create(kind="merge", on=ON, basis="x", title="x", recorded_at=make.AT, by_label="x", source=a)
        for new in (world.an_phu, world.binh_minh):
            AreaLink.objects.create(succession=act, old=old, new=new, source=a)
        AreaLink.objects.create(succession=act, old=old, new=world.an_phu, source=b, share_num=1, share_den=1)
    actions.choose_source(source=a, basis="Nối theo mã", by=make.LOADER, at=make.AT)
    return {"world": world, "old": old, "a": a, "b": b, "empty": empty}


def shares_of(mapped: dict[str, Any]) -> list[Fraction | None]:
    edges = queries.area_edges(date(2026, 6, 30), ON)
    return [edge.share for edge in edges if edge.old == mapped["old"].pk]


def test_the_choice_of_a_mapping_decides_which_links_count(mapped: dict[str, Any]) -> None:
    assert shares_of(mapped) == [None, None]
    actions.choose_source(source=mapped["b"], basis="Rà soát lại", by=make.LOADER, at=make.AT)
    assert shares_of(mapped) == [Fraction(1)]
    assert SourceChoice.objects.count() == 2
    again = {"by": make.LOADER, "at": make.AT}
    assert field_of(actions.choose_source, source=mapped["b"], basis="x", **again) == "source"
    assert field_of(actions.choose_source, source=mapped["empty"], basis="x", **again) == "source"
    assert field_of(actions.choose_source, source=mapped["a"], basis=" ", **again) == "basis"


def test_an_office_decides_the_shares_and_they_make_exactly_one(mapped: dict[str, Any]) -> None:
    world, old = mapped["world"], mapped["old"]
    who = {"old": old, "office": "Sở Nội vụ", "basis": "Biên bản bàn giao", "by": make.LOADER, "at": make.AT}
    pair = world.an_phu.pk, world.binh_minh.pk
    for shares in (
        {pair[0]: Fraction(1, 3), pair[1]: Fraction(1, 3)},
        {pair[0]: Fraction(1)},
        {pair[0]: Fraction(2), pair[1]: Fraction(-1)},
        {},
    ):
        assert field_of(actions.decide_shares, shares=shares, **who) == "shares"
    assert field_of(actions.decide_shares, shares=dict.fromkeys(pair, Fraction(1, 2)), **(who | {"office": ""})) == "office"
    assert field_of(actions.decide_shares, shares=dict.fromkeys(pair, Fraction(1, 2)), **(who | {"old": world.province})) == "shares"
    actions.decide_shares(shares={pair[0]: Fraction(1, 3), pair[1]: Fraction(2, 3)}, **who)
    assert sorted(share for share in shares_of(mapped) if share) == [Fraction(1, 3), Fraction(2, 3)]
    assert Event.objects.filter(name="organisations.shares_decided").count() == 1
    actions.choose_source(source=mapped["b"], basis="Rà soát lại", by=make.LOADER, at=make.AT)
    assert shares_of(mapped) == [Fraction(1)]


def refused_by_database(build: Any, match: str) -> None:
    with open_door(), pytest.raises(DatabaseError, match=match), transaction.atomic():
        build()


def test_the_database_refuses_overlaps_on_insert() -> None:
    world = make.village()
    area = {"level": 3, "valid_from": ON, **forms("xã X", "X")}
    refused_by_database(lambda: AreaVersion.objects.create(area=world.an_phu, kind="xã", **area), "overlap")
    refused_by_database(lambda: UnitVersion.objects.create(unit=world.police, **area), "overlap")
    made = make.area("Cao Sơn", parent=world.province, code="01234")
    code = {"scheme": "qd19-2025", "valid_from": ON}
    refused_by_database(lambda: Code.objects.create(area=made, code="99999", **code), "overlap")
    refused_by_database(lambda: Code.objects.create(area=world.an_phu, code="01234", **code), "taken")
    turned = {**area, "valid_to": date(2026, 6, 1)}
    refused_by_database(lambda: UnitVersion.objects.create(unit=world.police, **turned), "organisations_unit_range|unit_range")


def test_the_database_refuses_a_cycle_only_where_the_days_meet() -> None:
    world = make.village()
    with open_door():
        AreaVersion.objects.filter(area=world.province).update(valid_to=ON)
    later = {"level": 1, "kind": "tỉnh", "valid_from": ON, "parent": world.an_phu, **forms("tỉnh X", "X")}
    refused_by_database(lambda: AreaVersion.objects.create(area=world.province, **later), "parent lies below")
    with open_door():
        AreaVersion.objects.filter(area=world.an_phu).update(valid_to=ON)
        AreaVersion.objects.create(area=world.province, **later)


def test_the_database_refuses_shares_beyond_the_whole() -> None:
    world = make.village()
    with open_door():
        act = Succession.objects.create(kind="merge", on=ON, basis="x", title="x", recorded_at=make.AT, by_label="x")
        UnitLink.objects.create(succession=act, old=world.police_an_phu, new=world.police, share_num=2, share_den=3)
    link = {"succession": act, "old": world.police_an_phu, "new": world.police_binh_minh}
    refused_by_database(lambda: UnitLink.objects.create(**link, share_num=1, share_den=2), "shares exceed 1")
    refused_by_database(lambda: UnitLink.objects.create(**link, share_num=1), "share")
    refused_by_database(lambda: UnitLink.objects.create(**link, share_num=3, share_den=2), "share")
    itself = {"succession": act, "old": world.an_phu, "new": world.an_phu, "share_num": 1, "share_den": 1}
    refused_by_database(lambda: AreaLink.objects.create(**itself), "shares exceed 1")
    decision = {"old": world.an_phu, "new": world.binh_minh, "at": make.AT, "by_label": "x", "basis": "x"}
    refused_by_database(lambda: ShareDecision.objects.create(num=3, den=2, **decision), "decided_share")


def test_choices_and_decisions_are_sealed(mapped: dict[str, Any]) -> None:
    choice = SourceChoice.objects.get()
    with open_door(), pytest.raises(DoorClosed):
        choice.save()
    refused_by_database(lambda: SourceChoice.objects.filter(pk=choice.pk).update(basis="y"), "append-only")
    refused_by_database(lambda: SourceChoice.objects.filter(pk=choice.pk).delete(), "append-only")


def test_rows_are_not_written_outside_an_action() -> None:
    world = make.village()
    with pytest.raises(DoorClosed):
        UnitVersion.objects.filter(unit=world.police).update(name="X")
