"""The engine on the real map: 10,035 communes before 1 July 2025, 3,321 after, mapping A between them."""
from __future__ import annotations

from functools import cache

import pytest

from bench._country import AFTER, BEFORE, COMMUNE, NATION, PROVINCE, Country, load, made_up
from soket.rollup.core import (
    FigureState,
    Geography,
    LeafTable,
    Placement,
    ReportRow,
    RoundTotals,
    Rule,
    Succession,
    TimeKind,
    UnitKind,
    figure,
    number,
    over_time,
    restate,
)

pytestmark = pytest.mark.one_database
SUM = Rule("a", UnitKind.SUM, TimeKind.SUM)


@cache
def country() -> Country:
    return load()


@cache
def placed(new_rows: bool, new_map: bool) -> tuple[LeafTable, Placement]:
    """Every commune of one map reports the last three digits of its code plus one, placed on one of the maps."""
    here = country().new if new_rows else country().old
    rows = [ReportRow.of(area, [number(area % 1000 + 1)]) for area in here.at_level(COMMUNE)]
    table = LeafTable.from_rows(rows, key="new" if new_rows else "old", on=AFTER if new_rows else BEFORE, columns=["a"], geography=here)
    return table, restate(table, Succession(country().edges), country().new if new_map else country().old, here)


def under(new_rows: bool, new_map: bool, targets: list[int]) -> RoundTotals:
    table, placement = placed(new_rows, new_map)
    return RoundTotals(table, placement.group(targets))


def old(code: str) -> int:
    return country().id_of(False, code)


def new(code: str) -> int:
    return country().id_of(True, code)


def total(map_: Geography, area: int) -> int:
    """The plain sum over the communes below an area."""
    start = map_.place(area)
    inside = range(start, int(map_.ends[start]))
    return sum(int(map_.ids[at]) % 1000 + 1 for at in inside if map_.levels[at] == COMMUNE)


def test_the_map_has_the_published_numbers() -> None:
    assert country().source == "published lists, mapping A"
    assert [len(country().old.at_level(level)) for level in (PROVINCE, 2, COMMUNE)] == [63, 696, 10_035]
    assert [len(country().new.at_level(level)) for level in (PROVINCE, 2, COMMUNE)] == [34, 0, 3_321]


def test_no_division_crosses_a_new_province_so_every_province_is_exact() -> None:
    provinces = country().new.at_level(PROVINCE)
    totals = under(False, True, provinces)
    assert totals.groups.gaps == ((),) * 34
    assert totals.sums[0].sum() == total(country().old, NATION) == under(False, True, [NATION]).sums[0, 0]
    assert totals.counts.sum() == 10_035


def test_471_communes_are_divided_by_mapping_a_and_none_of_them_is_guessed() -> None:
    table, placement = placed(False, True)
    assert len({int(piece) for piece in placement.reach[0]}) == 471
    totals = under(False, True, country().new.at_level(COMMUNE))
    assert len({area for gaps in totals.groups.gaps for area in gaps}) == 471
    assert int((totals.groups.labels >= 0).sum()) == 10_035 - 471
    assert len(table) == 10_035 and not placement.lost


def test_new_hung_yen_is_thai_binh_and_hung_yen_on_both_maps() -> None:
    hung_yen, parts = new("33"), [old("34"), old("33")]
    sums = [total(country().old, area) for area in parts]
    assert under(False, True, [hung_yen]).sums[0, 0] == sum(sums)
    assert under(False, True, [hung_yen]).reports(hung_yen).expected == 242 + 139
    back = under(True, False, parts)
    assert back.groups.gaps == ((), ()), "no new commune lies across the old border"
    assert [back.reports(area).expected for area in parts] == [65, 39]
    assert back.sums[0].sum() == total(country().new, hung_yen)


def test_the_series_of_the_thai_binh_area_is_equal_on_old_and_new_boundaries() -> None:
    area = country().new.children(new("33"))
    _, backward = placed(True, False)
    within = backward.group([old("34")])
    communes = [commune for commune, label in zip(backward.area_ids.tolist(), within.labels.tolist(), strict=True) if label == 0]
    assert len(communes) == 65 and set(communes) <= set(area)
    on_old = over_time(SUM, old("34"), [under(False, False, [old("34")]), under(True, False, [old("34")])])
    on_new = [over_time(SUM, commune, [under(False, True, communes), under(True, True, communes)]) for commune in communes]
    assert {figure_.state for figure_ in on_new} == {FigureState.VALUE}
    assert sum(figure_.numerator or 0 for figure_ in on_new) == on_old.numerator
    assert on_old.coverage.expected == 242 + 65


def test_a_divided_commune_of_ha_noi_is_not_comparable_and_ha_noi_is() -> None:
    ba_dinh, doi_can = new("00004"), old("00019")
    successors = {edge.new for edge in country().edges if edge.old == doi_can}
    assert len(successors) > 1 and ba_dinh in successors
    shown = figure(SUM, ba_dinh, under(False, True, [ba_dinh]))
    assert shown.state is FigureState.NOT_COMPARABLE and doi_can in shown.gaps and shown.numerator is None
    city = figure(SUM, new("01"), under(False, True, [new("01")]))
    assert (city.state, city.numerator) == (FigureState.VALUE, total(country().old, old("01")))


def test_an_island_district_without_communes_became_a_special_zone() -> None:
    islands = {edge.old for edge in country().edges if edge.old % 10_000_000 // 1_000_000 == 3}
    assert len(islands) == 5
    table = LeafTable.from_rows([ReportRow.of(area, [number(1)]) for area in islands], key="q", on=BEFORE, columns=["a"])
    placement = restate(table, Succession(country().edges), country().new, country().old)
    totals = RoundTotals(table, placement.group(country().new.at_level(COMMUNE)))
    assert sorted(totals.sums[0].tolist())[-5:] == [1] * 5 and totals.sums.sum() == 5


def test_an_old_district_is_exact_for_its_province_though_no_act_names_it() -> None:
    districts = country().old.at_level(2)
    table = LeafTable.from_rows([ReportRow.of(area, [number(1)]) for area in districts], key="q", on=BEFORE, columns=["a"])
    totals = RoundTotals(
        table, restate(table, Succession(country().edges), country().new, country().old).group(country().new.at_level(PROVINCE))
    )
    assert totals.sums.sum() == 696 and totals.groups.gaps == ((),) * 34


def test_the_made_up_country_has_the_same_shape() -> None:
    other = made_up()
    assert [len(other.old.at_level(level)) for level in (PROVINCE, 2, COMMUNE)] == [63, 693, 10_035]
    assert len(other.new.at_level(PROVINCE)) == 32
