"""Each succession act, what it changes from its day on, and how it is undone."""
from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from soket.audit.models import Event
from soket.audit.queries import sentence_of
from soket.kernel.door import Refused
from soket.organisations import actions, queries
from soket.organisations.models import Area, AreaLink, Code, Succession, Unit, UnitLink, UnitVersion
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
EVE = ON - timedelta(days=1)
LATER = date(2026, 9, 1)


def how(**more: Any) -> dict[str, Any]:
    return {"on": ON, "basis": "Nghị quyết 5/NQ-UBTVQH16", "by": make.LOADER, "at": make.AT} | more


def name(unit: Unit, day: date) -> str | None:
    node = queries.unit_at(unit.pk, day)
    return node.name if node else None


def area_name(area: Area, day: date) -> str | None:
    node = queries.area_tree(day).get(area.pk)
    return node.name if node else None


def last_event() -> str:
    with translation.override("en"):
        return sentence_of(Event.objects.order_by("-id")[0])


def test_rename_of_an_area_renames_its_units_from_the_day_on() -> None:
    world, version = make.village(), queries.tree_version()
    act = actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
    assert (area_name(world.an_phu, EVE), area_name(world.an_phu, ON)) == ("xã An Phú", "xã Hòa Thuận")
    assert (name(world.police_an_phu, EVE), name(world.police_an_phu, ON)) == ("Công an xã An Phú", "Công an xã Hòa Thuận")
    assert name(world.front_an_phu, ON) == "Ủy ban MTTQ Việt Nam xã Hòa Thuận"
    assert name(world.police_binh_minh, ON) == "Công an xã Bình Minh"
    assert queries.tree_version() == version + 1
    assert (act.title, act.basis) == ("xã An Phú → xã Hòa Thuận", "Nghị quyết 5/NQ-UBTVQH16")
    assert last_event() == "xã An Phú is called xã Hòa Thuận from 2026-07-01"


def test_the_order_of_siblings_follows_the_new_name() -> None:
    world = make.village()
    actions.rename(subject=world.an_phu, name="Đại An", **how())
    tree = queries.unit_tree("police", ON)
    assert [tree.node(key).name for key in tree.children(world.police.pk)] == ["Công an xã Bình Minh", "Công an xã Đại An"]


def test_rename_of_a_unit_leaves_the_area() -> None:
    world = make.village()
    actions.rename(subject=world.police_an_phu, name="Công an khu vực An Phú", **how())
    assert name(world.police_an_phu, ON) == "Công an khu vực An Phú"
    assert area_name(world.an_phu, ON) == "xã An Phú"


def test_retype_keeps_the_area_and_names_follow() -> None:
    world = make.village()
    actions.retype(subject=world.an_phu, kind="phường", **how())
    assert (area_name(world.an_phu, ON), name(world.police_an_phu, ON)) == ("phường An Phú", "Công an phường An Phú")
    assert queries.area_tree(ON).node(world.an_phu.pk).kind == "phường"
    assert last_event() == "xã An Phú became phường An Phú from 2026-07-01"


def test_move_of_an_area_takes_its_units_along() -> None:
    world = make.village()
    other = make.area("Hạ Châu", "tỉnh", 1)
    police = make.unit("Công an tỉnh Hạ Châu", "police", 1, on=other)
    actions.move(subject=world.an_phu, parent=other, **how())
    assert [queries.area_tree(day).parent_of(world.an_phu.pk) for day in (EVE, ON)] == [world.province.pk, other.pk]
    assert queries.unit_tree("police", ON).parent_of(world.police_an_phu.pk) == police.pk
    assert queries.unit_tree("front", ON).parent_of(world.front_an_phu.pk) == world.front.pk
    assert last_event() == "xã An Phú moved from tỉnh Trung Châu to tỉnh Hạ Châu on 2026-07-01"


def test_merge_of_areas_forms_a_new_area_and_new_units() -> None:
    world = make.village()
    hamlet = make.unit("Đội công an An Phú", "police", 3, world.police_an_phu)
    new = actions.merge(subjects=[world.an_phu, world.binh_minh], name="An Bình", code="01999", **how())
    assert isinstance(new, Area)
    tree = queries.area_tree(ON)
    assert [tree.node(key).name for key in tree.children(world.province.pk)] == ["xã An Bình"]
    assert [queries.area_tree(EVE).node(key).name for key in queries.area_tree(EVE).children(world.province.pk)] == ["xã An Phú", "xã Bình Minh"]
    police = queries.unit_tree("police", ON)
    (formed,) = police.children(world.police.pk)
    assert (police.node(formed).name, police.node(formed).area) == ("Công an xã An Bình", new.pk)
    assert police.children(formed) == [hamlet.pk]
    assert [(edge.old, edge.num, edge.den) for edge in queries.area_edges(EVE, ON)] == [(world.an_phu.pk, 1, 1), (world.binh_minh.pk, 1, 1)]
    assert [step.unit_id for step in queries.unit_successors(world.police_an_phu.pk)] == [formed]
    assert [step.name for step in queries.unit_predecessors(formed)] == ["Công an xã An Phú", "Công an xã Bình Minh"]
    assert queries.last_day(world.police_an_phu.pk) == EVE
    assert Code.objects.get(area=new).code == "01999"
    assert last_event() == "xã An Bình was formed on 2026-07-01 from xã An Phú + xã Bình Minh"


def test_merge_of_units_alone_links_the_units() -> None:
    world = make.village()
    new = actions.merge(subjects=[world.police_an_phu, world.police_binh_minh], name="Công an liên xã", **how())
    assert [step.share for step in queries.unit_predecessors(new.pk)] == [Fraction(1), Fraction(1)]
    assert area_name(world.an_phu, ON) == "xã An Phú"
    assert name(world.front_an_phu, ON) == "Ủy ban MTTQ Việt Nam xã An Phú"


def test_split_gives_shares_or_leaves_them_undecided() -> None:
    world = make.village()
    parts = [actions.Part("An Phú Đông", Fraction(1, 3)), actions.Part("An Phú Tây", Fraction(2, 3))]
    east, west = actions.split(subject=world.an_phu, parts=parts, **how())
    assert {edge.new: edge.share for edge in queries.area_edges(EVE, ON)} == {east.pk: Fraction(1, 3), west.pk: Fraction(2, 3)}
    assert [step.name for step in queries.unit_successors(world.police_an_phu.pk)] == ["Công an xã An Phú Đông", "Công an xã An Phú Tây"]
    actions.split(subject=world.binh_minh, parts=[actions.Part("Bình Minh 1"), actions.Part("Bình Minh 2")], **how())
    assert [edge.share for edge in queries.area_edges(EVE, ON) if edge.old == world.binh_minh.pk] == [None, None]


def test_split_sends_each_child_with_its_units() -> None:
    world = make.village()
    parts = [actions.Part("Thượng Châu", None, [world.an_phu.pk]), actions.Part("Hạ Châu", None, [world.binh_minh.pk])]
    upper, lower = actions.split(subject=world.province, parts=parts, **how())
    tree = queries.area_tree(ON)
    assert [tree.children(part.pk) for part in (upper, lower)] == [[world.an_phu.pk], [world.binh_minh.pk]]
    police = queries.unit_tree("police", ON)
    assert police.node(police.parent_of(world.police_an_phu.pk) or 0).name == "Công an tỉnh Thượng Châu"
    assert police.node(police.parent_of(world.police_binh_minh.pk) or 0).name == "Công an tỉnh Hạ Châu"


def test_dissolve_ends_the_area_and_its_units() -> None:
    world = make.village()
    actions.dissolve(subject=world.an_phu, **how())
    assert (area_name(world.an_phu, EVE), area_name(world.an_phu, ON)) == ("xã An Phú", None)
    assert name(world.police_an_phu, ON) is None
    assert queries.unit_successors(world.police_an_phu.pk) == []


def test_a_unit_may_be_taken_over() -> None:
    world = make.village()
    actions.dissolve(subject=world.police_an_phu, taken_over_by=world.police, **how())
    (step,) = queries.unit_successors(world.police_an_phu.pk)
    assert (step.unit_id, step.share) == (world.police.pk, None)
    assert queries.unit_heir(world.police_an_phu.pk, ON) == world.police.pk


def test_create_stands_from_its_day() -> None:
    world = make.village()
    made = actions.create(name="Đội 3", level=3, line=make.line("police"), parent=world.police, area=world.an_phu, **how())
    assert isinstance(made, Unit)
    assert (name(made, EVE), name(made, ON)) == (None, "Đội 3")
    assert last_event() == "Đội 3 was created from 2026-07-01"


@pytest.mark.parametrize("undone_on", [ON, LATER])
def test_undo_of_a_merge_brings_back_what_stood_before(undone_on: date) -> None:
    world = make.village()
    new = actions.merge(subjects=[world.an_phu, world.binh_minh], name="An Bình", **how())
    act = Succession.objects.get(kind="merge")
    counter = actions.undo(act=act, **how(on=undone_on))
    assert (counter.kind, counter.undoes, counter.on) == ("undo", act, undone_on)
    tree = queries.area_tree(undone_on)
    assert [tree.node(key).name for key in tree.children(world.province.pk)] == ["xã An Phú", "xã Bình Minh"]
    assert name(world.police_an_phu, undone_on) == "Công an xã An Phú"
    assert area_name(new, undone_on) is None  # type: ignore[arg-type]
    between = LATER - timedelta(days=1)
    assert area_name(new, between) == (None if undone_on == ON else "xã An Bình")  # type: ignore[arg-type]
    assert last_event() == f"The act “xã An Phú + xã Bình Minh → xã An Bình” was undone from {undone_on}"
    edges = [(edge.old, edge.new, edge.share) for edge in queries.area_edges(EVE, LATER)]
    forth = [(world.an_phu.pk, new.pk, 1), (world.binh_minh.pk, new.pk, 1)]
    back = [(new.pk, world.an_phu.pk, None), (new.pk, world.binh_minh.pk, None)]
    assert edges == ([] if undone_on == ON else forth + back)


def test_undo_of_a_rename_and_of_a_move() -> None:
    world = make.village()
    actions.undo(act=actions.rename(subject=world.an_phu, name="Hòa Thuận", **how()), **how(on=LATER))
    assert [area_name(world.an_phu, day) for day in (EVE, ON, LATER)] == ["xã An Phú", "xã Hòa Thuận", "xã An Phú"]
    assert [name(world.front_an_phu, day) for day in (EVE, ON, LATER)][2] == "Ủy ban MTTQ Việt Nam xã An Phú"
    other = make.unit("Công an tỉnh Hạ Châu", "police", 1)
    moved = actions.move(subject=world.police_binh_minh, parent=other, **how())
    actions.undo(act=moved, **how())
    assert queries.unit_tree("police", ON).parent_of(world.police_binh_minh.pk) == world.police.pk


def test_undo_of_create_split_and_dissolve() -> None:
    world = make.village()
    made = actions.create(name="Đội 3", level=3, line=make.line("police"), parent=world.police, **how())
    actions.undo(act=Succession.objects.latest("id"), **how())
    assert UnitVersion.objects.filter(unit_id=made.pk).count() == 0
    actions.split(subject=world.an_phu, parts=[actions.Part("An Phú Đông"), actions.Part("An Phú Tây")], **how())
    actions.undo(act=Succession.objects.latest("id"), **how())
    assert queries.area_edges(EVE, ON) == []
    ended = actions.dissolve(subject=world.police_an_phu, taken_over_by=world.police, **how())
    actions.undo(act=ended, **how())
    assert name(world.police_an_phu, ON) == "Công an xã An Phú"
    assert queries.unit_successors(world.police_an_phu.pk) == []


def test_undo_is_refused_when_a_later_act_depends_on_it() -> None:
    world = make.village()
    first = actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
    actions.rename(subject=world.an_phu, name="Hòa Bình", **how(on=LATER))
    with pytest.raises(Refused) as refused:
        actions.undo(act=first, **how())
    assert refused.value.field == "act"
    new = actions.merge(subjects=[world.police_an_phu, world.police_binh_minh], name="Công an liên xã", **how(on=date(2026, 10, 1)))
    merged = Succession.objects.get(kind="merge")
    make.unit("Đội 1", "police", 3, new, since=date(2026, 11, 1))  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        actions.undo(act=merged, **how(on=date(2026, 12, 1)))
    assert refused.value.field == "act"


def test_an_act_is_undone_once_and_not_before_its_day() -> None:
    world = make.village()
    act = actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
    with pytest.raises(Refused) as refused:
        actions.undo(act=act, **how(on=EVE))
    assert refused.value.field == "on"
    counter = actions.undo(act=act, **how())
    for again in (act, counter):
        with pytest.raises(Refused) as refused:
            actions.undo(act=again, **how())
        assert refused.value.field == "act"


def test_a_refused_act_leaves_nothing_behind() -> None:
    world = make.village()
    before = (Succession.objects.count(), Event.objects.count(), Area.objects.count(), queries.tree_version())
    with pytest.raises(Refused):
        actions.merge(subjects=[world.an_phu, world.binh_minh], name="An Bình", code="12 34", **how())
    assert (Succession.objects.count(), Event.objects.count(), Area.objects.count(), queries.tree_version()) == before
    assert AreaLink.objects.count() == UnitLink.objects.count() == 0


def test_a_tree_of_a_rolled_back_act_is_not_kept() -> None:
    world = make.village()
    queries.area_tree(ON)
    with transaction.atomic():
        actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
        assert area_name(world.an_phu, ON) == "xã Hòa Thuận"
        transaction.set_rollback(True)
    assert area_name(world.an_phu, ON) == "xã An Phú"
    actions.rename(subject=world.an_phu, name="Hòa Bình", **how())
    assert area_name(world.an_phu, ON) == "xã Hòa Bình"
