"""The loaded country says what the published sources say, on every side of every date."""
from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.organisations import queries
from soket.organisations.models import (
    Area,
    AreaLink,
    AreaVersion,
    Code,
    KnownFrom,
    Source,
    SourceChoice,
    Succession,
    Unit,
    UnitLink,
    UnitVersion,
)  # fmt: skip
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _country(country: dict[str, int], db: None) -> None:
    """Every test here reads the whole country."""


def levels(line: str | None, day: date) -> dict[int, int]:
    tree = queries.area_tree(day) if line is None else queries.unit_tree(line, day)
    return dict(sorted(Counter(tree.node(key).level for key in tree.order).items()))


def find(name: str, line: str | None, day: date) -> int:
    tree = queries.area_tree(day) if line is None else queries.unit_tree(line, day)
    (found,) = (key for key in tree.order if tree.node(key).name == name)
    return found


def test_the_loader_counts_what_it_stored(country: dict[str, int]) -> None:
    assert country == {"areas": 14_011, "units": 43_573, "acts": 68, "links": 20_756}
    assert (Area.objects.count(), Unit.objects.count(), Succession.objects.count()) == (14_011, 43_573, 68)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2008, 7, 31), {}),
        (date(2008, 8, 1), {1: 63}),
        (date(2018, 12, 31), {1: 63}),
        (date(2024, 12, 31), {1: 63}),
        (date(2025, 1, 1), {1: 63, 2: 696, 3: 10_035}),
        (BEFORE, {1: 63, 2: 696, 3: 10_035}),
        (AFTER, {1: 34, 3: 3_321}),
        (date(2026, 11, 1), {1: 34, 3: 3_321}),
    ],
)
def test_the_map_on_both_sides_of_its_edges(day: date, expected: dict[int, int]) -> None:
    assert levels(None, day) == expected


@pytest.mark.parametrize(
    ("line", "day", "expected"),
    [
        ("police", date(2016, 6, 15), {0: 2, 1: 63}),
        ("police", date(2025, 2, 28), {0: 2, 1: 63, 2: 694, 3: 10_032}),
        ("police", date(2025, 3, 1), {0: 2, 1: 63, 3: 10_032}),
        ("police", BEFORE, {0: 2, 1: 63, 3: 10_032}),
        ("police", AFTER, {0: 2, 1: 34, 3: 3_319}),
        ("front", BEFORE, {0: 1, 1: 63, 2: 696, 3: 10_035}),
        ("front", AFTER, {0: 1, 1: 34, 3: 3_321}),
        ("mass", date(2016, 6, 15), {0: 1, 1: 63}),
        ("mass", BEFORE, {0: 1, 1: 63, 2: 696}),
        ("mass", AFTER, {0: 1, 1: 34}),
        ("people", BEFORE, {0: 1, 1: 63, 2: 696, 3: 10_035}),
        ("people", AFTER, {0: 1, 1: 34, 3: 3_321}),
    ],
)
def test_each_line_changes_on_its_own_dates(line: str, day: date, expected: dict[int, int]) -> None:
    assert levels(line, day) == expected


def test_types_before_and_after_with_hue_and_dong_nai_as_cities() -> None:
    def types(day: date) -> Counter[str]:
        tree = queries.area_tree(day)
        return Counter(tree.node(key).kind for key in tree.at_level(1))

    assert types(date(2024, 12, 31)) == {"tỉnh": 58, "thành phố": 5}
    assert types(BEFORE) == {"tỉnh": 57, "thành phố": 6}
    assert types(AFTER) == types(date(2026, 4, 29)) == {"tỉnh": 28, "thành phố": 6}
    assert types(date(2026, 4, 30)) == {"tỉnh": 27, "thành phố": 7}
    tree = queries.area_tree(AFTER)
    assert Counter(tree.node(key).kind for key in tree.at_level(3)) == {"xã": 2_621, "phường": 687, "đặc khu": 13}


def test_dong_nai_keeps_its_id_and_its_units_are_renamed_with_it() -> None:
    before, after = date(2026, 4, 29), date(2026, 4, 30)
    assert find("tỉnh Đồng Nai", None, before) == find("thành phố Đồng Nai", None, after)
    assert find("Công an tỉnh Đồng Nai", "police", before) == find("Công an thành phố Đồng Nai", "police", after)
    mass = find("Ban Tuyên giáo và Dân vận Tỉnh ủy Đồng Nai", "mass", before)
    assert mass == find("Ban Tuyên giáo và Dân vận Thành ủy Đồng Nai", "mass", after)
    act = Succession.objects.get(title="tỉnh Đồng Nai → thành phố Đồng Nai")
    assert act.basis == "Nghị quyết 30/2026/QH16 ngày 14/4/2026"
    assert "không nêu tên mười xã" in act.note


def test_new_hung_yen_is_104_from_242_and_139() -> None:
    old, new = queries.area_tree(BEFORE), queries.area_tree(AFTER)
    thai_binh, hung_yen = find("tỉnh Thái Bình", None, BEFORE), find("tỉnh Hưng Yên", None, BEFORE)
    now = find("tỉnh Hưng Yên", None, AFTER)
    assert now != hung_yen
    assert (len(old.at_level(3, thai_binh)), len(old.at_level(3, hung_yen)), len(new.at_level(3, now))) == (242, 139, 104)
    assert Counter(new.node(key).kind for key in new.at_level(3, now)) == {"xã": 93, "phường": 11}
    edges = queries.area_edges(BEFORE, AFTER)
    assert {(edge.old, edge.num, edge.den) for edge in edges if edge.new == now} == {(thai_binh, 1, 1), (hung_yen, 1, 1)}
    divided = {edge.old for edge in edges if edge.share is None}
    assert (len(divided & set(old.subtree(thai_binh))), len(divided & set(old.subtree(hung_yen)))) == (0, 3)


def test_both_mappings_are_kept_and_the_first_is_chosen_with_its_reason() -> None:
    def divided(code: str) -> int:
        return AreaLink.objects.filter(source__code=code, share_num=None).values("old_id").distinct().count()

    assert (divided("mapping-a"), divided("mapping-b")) == (471, 297)
    assert AreaLink.objects.filter(source=None).count() == 52
    chosen = queries.chosen_source()
    assert chosen is not None and chosen.code == "mapping-a"
    assert "3.321" in SourceChoice.objects.get().basis
    edges = queries.area_edges(BEFORE, AFTER)
    assert len({edge.old for edge in edges if edge.share is None}) == 471
    assert queries.area_edges(AFTER, date(2026, 12, 1)) == []


def test_edges_are_half_open() -> None:
    assert queries.area_edges(date(2025, 6, 29), BEFORE) == []
    assert len(queries.area_edges(BEFORE, AFTER)) == 52 + 10_602 - 127


def test_the_unchanged_keep_area_and_unit_and_only_their_parent_is_dated() -> None:
    ha_noi = find("thành phố Hà Nội", None, BEFORE)
    assert ha_noi == find("thành phố Hà Nội", None, AFTER)
    assert find("Công an thành phố Hà Nội", "police", date(2013, 8, 1)) == find("Công an thành phố Hà Nội", "police", AFTER)
    kept = Area.objects.filter(versions__level=3, codes__scheme="gso-old").filter(codes__scheme="qd19-2025").distinct()
    assert kept.count() == 127
    one = kept.order_by("key")[0].pk
    assert [queries.area_tree(day).node(one).parent for day in (BEFORE, AFTER)] != []
    assert queries.area_tree(BEFORE).node(queries.area_tree(BEFORE).node(one).parent or 0).level == 2
    assert queries.area_tree(AFTER).node(queries.area_tree(AFTER).node(one).parent or 0).level == 1


def test_district_police_ended_and_communes_stood_under_the_province_since_march() -> None:
    vu_thu = find("Công an huyện Vũ Thư", "police", date(2025, 2, 28))
    province = find("Công an tỉnh Thái Bình", "police", BEFORE)
    assert queries.last_day(vu_thu) == date(2025, 2, 28)
    assert [(step.unit_id, step.on, step.share) for step in queries.unit_successors(vu_thu)] == [(province, date(2025, 3, 1), 1)]
    before = queries.unit_tree("police", date(2025, 2, 28))
    commune = before.children(vu_thu)[0]
    assert before.node(commune).level == 3
    assert queries.unit_tree("police", date(2025, 3, 1)).parent_of(commune) == province
    assert UnitLink.objects.filter(succession__title="Công an cấp huyện kết thúc hoạt động").count() == 694


def test_two_islands_have_no_police_and_the_source_says_that_this_is_inferred() -> None:
    areas = queries.area_tree(AFTER)
    seated = {queries.unit_tree("police", AFTER).node(key).area for key in queries.unit_tree("police", AFTER).at_level(3)}
    without = [areas.node(key).name for key in areas.at_level(3) if key not in seated]
    assert without == ["đặc khu Hoàng Sa", "đặc khu Trường Sa"]
    assert "Suy ra" in Source.objects.get(code="lines").doubt


def test_unit_succession_follows_the_areas() -> None:
    old = find("Công an tỉnh Thái Bình", "police", BEFORE)
    new = find("Công an tỉnh Hưng Yên", "police", AFTER)
    (step,) = queries.unit_successors(old)
    assert (step.unit_id, step.name, step.on, step.share) == (new, "Công an tỉnh Hưng Yên", AFTER, 1)
    assert step.basis == "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
    assert [step.name for step in queries.unit_predecessors(new)] == ["Công an tỉnh Hưng Yên", "Công an tỉnh Thái Bình"]
    assert queries.superior_for(old, BEFORE, AFTER) == find("Bộ Công an", "police", AFTER)


def test_boards_merged_on_their_dates_and_carry_on() -> None:
    centre = find("Ban Dân vận Trung ương", "mass", date(2025, 1, 23))
    assert [s.name for s in queries.unit_successors(centre)] == ["Ban Tuyên giáo và Dân vận Trung ương"]
    thai_binh = find("Ban Dân vận Tỉnh ủy Thái Bình", "mass", date(2025, 2, 28))
    merged = find("Ban Tuyên giáo và Dân vận Tỉnh ủy Thái Bình", "mass", date(2025, 3, 1))
    assert [(s.unit_id, s.on) for s in queries.unit_successors(thai_binh)] == [(merged, date(2025, 3, 1))]
    assert [s.name for s in queries.unit_successors(merged)] == ["Ban Tuyên giáo và Dân vận Tỉnh ủy Hưng Yên"]
    assert UnitVersion.objects.get(unit=merged).note == "Nguồn không nêu ngày hợp nhất của ban này; ghi theo mốc chung 01/03/2025."
    find("Ban Tuyên giáo và Dân vận Tỉnh ủy Tiền Giang", "mass", date(2025, 2, 6))
    lai_chau = UnitVersion.objects.get(name="Ban Tuyên giáo và Dân vận Tỉnh ủy Lai Châu")
    assert (lai_chau.valid_from, lai_chau.note, lai_chau.opened_by.basis) == (date(2025, 3, 1), "", "Quyết định 1676-QĐ/TU ngày 10/2/2025")
    now = find("Ban Tuyên giáo và Dân vận Tỉnh ủy Hưng Yên", "mass", AFTER)
    assert centre not in queries.unit_and_before([now])
    assert thai_binh in queries.unit_and_before([now])


def test_committees_are_called_after_their_type() -> None:
    tree = queries.unit_tree("mass", date(2025, 2, 1))
    names = {tree.node(key).name for key in tree.order}
    assert {
        "Ban Dân vận Thành ủy Hà Nội", "Ban Dân vận Huyện ủy Vũ Thư", "Ban Dân vận Quận ủy Ba Đình",
        "Ban Dân vận Thị ủy Sơn Tây", "Ban Dân vận Thành ủy Thái Bình", "Ban Dân vận Thành ủy Huế",
    } <= names  # fmt: skip


def test_a_report_of_an_ended_commune_goes_to_who_took_over() -> None:
    tree = queries.unit_tree("front", BEFORE)
    district = find("Ủy ban MTTQ Việt Nam huyện Vũ Thư", "front", BEFORE)
    commune = tree.children(district)[0]
    assert queries.superior_for(commune, date(2025, 6, 14), date(2025, 6, 20)) == district
    assert queries.superior_for(commune, date(2025, 6, 14), AFTER) == find("Ủy ban MTTQ Việt Nam tỉnh Hưng Yên", "front", AFTER)


def test_counterparts_share_the_area() -> None:
    police = find("Công an tỉnh Hưng Yên", "police", AFTER)
    assert [node.name for node in queries.counterparts(police, AFTER)] == [
        "Ủy ban MTTQ Việt Nam tỉnh Hưng Yên", "Ban Tuyên giáo và Dân vận Tỉnh ủy Hưng Yên", "Ủy ban nhân dân tỉnh Hưng Yên",
    ]  # fmt: skip
    ministry = find("Bộ Công an", "police", AFTER)
    assert [node.name for node in queries.counterparts(ministry, AFTER)] == [
        "Ủy ban Trung ương MTTQ Việt Nam", "Ban Tuyên giáo và Dân vận Trung ương", "Chính phủ",
    ]  # fmt: skip


def test_codes_are_dated_and_given_anew() -> None:
    hung_yen = Code.objects.filter(code="33").order_by("valid_from").values_list("scheme", "area__versions__name", "valid_from", "valid_to")
    assert list(hung_yen) == [
        ("gso-old", "tỉnh Hưng Yên", date(2008, 8, 1), AFTER),
        ("qd19-2025", "tỉnh Hưng Yên", AFTER, None),
    ]
    assert Code.objects.filter(scheme="gso-old").count() == 10_794
    assert Code.objects.filter(scheme="qd19-2025").count() == 3_355


def test_what_is_known_from_when() -> None:
    assert {(k.line.code if k.line else None, k.level): k.day for k in KnownFrom.objects.select_related("line")}[None, 1] == date(2008, 8, 1)
    police = queries.known_from("police", 3)
    assert police is not None and police.day == date(2025, 1, 1)
    assert "ngày chính xác không được nêu" in police.citation
    assert queries.known_from("mass", 3) is None
    assert not AreaVersion.objects.filter(valid_from__lt=AFTER, start_known=True).exclude(name="thành phố Huế").exists()


def test_siblings_stand_in_vietnamese_order() -> None:
    tree = queries.area_tree(BEFORE)
    names = [tree.node(key).name.removeprefix("tỉnh ").removeprefix("thành phố ") for key in tree.roots]
    assert names[:8] == ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương"]
    assert names[11:21] == ["Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai"]
    wards = [tree.node(key).name for key in tree.at_level(3, find("thành phố Hồ Chí Minh", None, BEFORE)) if tree.node(key).name[-1].isdigit()]
    assert wards[:4] == ["phường 1", "phường 2", "phường 3", "phường 4"]
    police = queries.unit_tree("police", BEFORE)
    assert [police.node(key).name for key in police.children(police.roots[0])[:2]] == ["Công an tỉnh An Giang", "Công an tỉnh Bà Rịa - Vũng Tàu"]


def test_the_load_is_one_event_and_is_not_done_twice() -> None:
    assert Event.objects.filter(name="organisations.country_loaded").count() == 1
    with pytest.raises(Refused):
        make.load({"33"})


def test_versions_of_one_subject_never_overlap_and_name_their_acts() -> None:
    act = Succession.objects.get(title__startswith="tỉnh Hưng Yên + tỉnh Thái Bình")
    assert act.source is not None and act.source.code == "province-links"
    assert {version.name for version in AreaVersion.objects.filter(closed_by=act)} == {"tỉnh Hưng Yên", "tỉnh Thái Bình"}
    assert AreaVersion.objects.get(opened_by=act).valid_from == AFTER
