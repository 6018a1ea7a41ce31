"""The pages: what they say on a day, whom they let act, and how much they ask of the database."""
from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soket.accounts.models import Person
from soket.kernel.door import open_door
from soket.organisations import actions, queries
from soket.organisations.models import AreaLink, Source, Succession
from tests.factories import organisations as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
Appoint = Callable[..., Person]


def text(response: Any) -> str:
    return response.content.decode()


def how(**more: Any) -> dict[str, Any]:
    return {"on": ON, "basis": "Nghị quyết 5/NQ-UBTVQH16", "by": make.LOADER, "at": make.AT} | more


def page(client: LintingClient, name: str, *args: Any, status: int = 200, **query: str) -> str:
    response = client.get(reverse(f"organisations:{name}", args=args), query)
    assert response.status_code == status
    return text(response)


def test_nobody_reads_without_signing_in(client: LintingClient) -> None:
    world = make.village()
    for name, args in (("tree", []), ("unit", [world.police.pk]), ("area", [world.an_phu.pk]), ("acts", []), ("mappings", []), ("search", [])):
        response = client.get(reverse(f"organisations:{name}", args=args))
        assert response.status_code == 302 and "/tai-khoan/" in response["Location"]


def test_the_tree_moves_with_the_day(client: LintingClient, reader: Person) -> None:
    world = make.village()
    actions.merge(subjects=[world.an_phu, world.binh_minh], name="An Bình", **how())
    before = page(client, "tree", he="police", tu=str(world.police.pk), ngay="2026-06-30")
    after = page(client, "tree", he="police", tu=str(world.police.pk), ngay="2026-07-01")
    assert "Công an xã An Phú" in before and "Công an xã An Bình" not in before
    assert "Công an xã An Bình" in after and "Công an xã An Phú" not in after
    assert "30/06/2026" in before
    assert "Xã Bình Minh" in page(client, "map", tu=str(world.province.pk), ngay="2026-06-30")
    assert "Không có đơn vị nào vào ngày này." in page(client, "map", ngay="2009-12-31")


@pytest.mark.parametrize("typed", ["hôm qua", "2026-13-01", "31/02/2026", "0001-01-01", "1/2", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_said_at_the_field(client: LintingClient, reader: Person, typed: str) -> None:
    make.village()
    found = page(client, "tree", ngay=typed)
    assert "Nhập ngày theo dạng ngày/tháng/năm" in found
    assert 'aria-describedby="ngay-error"' in found


def test_the_unit_page_tells_where_it_came_from_and_went(client: LintingClient, reader: Person) -> None:
    world = make.village()
    new = actions.merge(subjects=[world.an_phu, world.binh_minh], name="An Bình", **how())
    (formed,) = queries.unit_tree("police", ON).children(world.police.pk)
    old = page(client, "unit", world.police_an_phu.pk, ngay="2026-08-01")
    assert "Không tồn tại vào ngày 01/08/2026" in old and "Được kế thừa ngày 01/07/2026" in old
    found = page(client, "unit", formed, ngay="2026-08-01")
    for words in (
        "Kế thừa từ ngày 01/07/2026", "Công an xã An Phú", "chuyển toàn bộ, tỷ lệ 1", "nhập nguyên vẹn, số liệu cộng được",
        "Ủy ban MTTQ Việt Nam xã An Bình", "Nghị quyết 5/NQ-UBTVQH16", "đến hết 30/06/2026",
    ):  # fmt: skip
        assert words in found
    assert f"/dia-ban/{new.pk}/" in found


def test_the_area_page_shows_both_mappings_side_by_side(client: LintingClient, reader: Person) -> None:
    world = make.village()
    old = make.area("Phú Cũ", parent=world.province)
    with open_door():
        a, b = (Source.objects.create(code=code, title=f"Bảng {code.upper()}: x", citation="x") for code in "ab")
        act = Succession.objects.create(kind="merge", on=ON, basis="x", title="x", recorded_at=make.AT, by_label="x", source=a)
        for new in (world.an_phu, world.binh_minh):
            AreaLink.objects.create(succession=act, old=old, new=new, source=a)
        AreaLink.objects.create(succession=act, old=old, new=world.an_phu, source=b, share_num=1, share_den=1)
    actions.choose_source(source=a, basis="Nối theo mã", by=make.LOADER, at=make.AT)
    found = page(client, "area", old.pk)
    assert found.index("Bảng A: x") < found.index("Nguồn được dùng") < found.index("Bảng B: x") < found.index("Giữ để đối chiếu")
    assert found.count("chưa quyết định tỷ lệ") == 2
    assert "Chưa có cơ quan quyết định tỷ lệ" in found
    listed = page(client, "mappings", tinh=str(world.province.pk))
    assert "Xã Phú Cũ" in listed and "Nối theo mã" in listed


def test_three_spellings_find_the_same(client: LintingClient, reader: Person) -> None:
    make.village()
    pages = [page(client, "search", q=q) for q in ("binh minh", "Bình Minh", unicodedata.normalize("NFD", "Bình Minh"), "BÌNH MINH")]
    for found in pages:
        assert "Xã Bình Minh" in found and "Công an xã Bình Minh" in found and "Xã An Phú" not in found
    assert "Không có đơn vị hay địa bàn nào mang tên hoặc mã này." in page(client, "search", q="bình mính")
    for nothing in ("\x85\x86", "\u202e\u202e", "a", "%%", "__"):
        assert "Tìm thấy" not in page(client, "search", q=nothing)


def test_unknown_things_are_404(client: LintingClient, reader: Person) -> None:
    for name in ("unit", "area", "act"):
        assert client.get(reverse(f"organisations:{name}", args=[999_999])).status_code == 404


def test_who_does_not_administer_meets_404(client: LintingClient, reader: Person) -> None:
    world = make.village()
    act = actions.rename(subject=world.an_phu, name="Hòa Thuận", **how())
    for name, key in (
        ("act_rename", world.police.pk), ("act_merge", world.police.pk), ("area_rename", world.an_phu.pk), ("area_merge", world.an_phu.pk),
        ("act_undo", act.pk), ("shares", world.an_phu.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"organisations:{name}", args=[key])).status_code == 404
        assert client.post(reverse(f"organisations:{name}", args=[key]), {"name": "X"}).status_code == 404
    assert client.get(reverse("organisations:choose")).status_code == 404
    assert "Hủy bằng một quyết định mới" not in page(client, "act", act.pk)


def test_the_police_administrator_of_a_province_changes_police_units_only(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    ministry = make.unit("Bộ Công an", "police", 0)
    actions.move(subject=world.police, parent=ministry, **how(on=date(2011, 1, 1)))
    appoint(world.police)
    page(client, "act_rename", world.police_an_phu.pk)
    page(client, "act_rename", ministry.pk, status=404)
    page(client, "act_rename", world.front_an_phu.pk, status=404)
    page(client, "area_rename", world.an_phu.pk, status=404)


def test_rename_is_previewed_confirmed_and_undone(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:area_rename", args=[world.an_phu.pk])
    typed = {"name": "Hòa Thuận", "on": "2026-07-01", "basis": "Nghị quyết 5", "note": ""}
    preview = client.post(url, typed)
    assert preview.status_code == 200
    for words in ("Những gì sẽ thay đổi", "Xã An Phú → xã Hòa Thuận", "Công an xã Hòa Thuận", "2 đơn vị"):
        assert words in text(preview)
    assert Succession.objects.filter(kind="rename").count() == 0
    done = client.post(url, typed | {"confirmed": "1"}, follow=True)
    assert "Đã ghi nhận quyết định." in text(done) and "Hủy bằng một quyết định mới" in text(done)
    act = Succession.objects.get(kind="rename")
    undo = reverse("organisations:act_undo", args=[act.pk])
    page(client, "act_undo", act.pk)
    assert client.post(undo, {"on": "2026-07-01", "basis": ""}).status_code == 422
    undone = client.post(undo, {"on": "2026-07-01", "basis": "Đính chính"}, follow=True)
    assert "Đã hủy bằng một quyết định mới." in text(undone)
    assert "Bị hủy từ ngày 01/07/2026" in page(client, "act", act.pk)
    assert queries.area_tree(ON).node(world.an_phu.pk).name == "xã An Phú"
    assert client.get(undo).status_code == 404


def test_a_refused_act_keeps_what_was_typed_and_says_why_at_the_field(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:area_rename", args=[world.an_phu.pk])
    refused = client.post(url, {"name": "Bình Minh", "on": "01/07/2026", "basis": "Nghị quyết 5"})
    assert refused.status_code == 422
    assert "Cùng nơi đó đã có xã Bình Minh." in text(refused) and 'value="Nghị quyết 5"' in text(refused)
    wrong = client.post(url, {"name": "", "on": "31/02/2026", "basis": ""})
    assert text(wrong).count("Chưa nhập mục này.") == 4 and "Nhập ngày theo dạng" in text(wrong)


def test_merge_is_previewed_and_confirmed(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:area_merge", args=[world.an_phu.pk])
    assert "Xã Bình Minh" in text(client.get(url)) or "xã Bình Minh" in text(client.get(url))
    typed = {"others": [str(world.binh_minh.pk)], "name": "An Bình", "code": "01999", "on": "2026-07-01", "basis": "Nghị quyết 5"}
    preview = text(client.post(url, typed))
    for words in ("Hình thành", "Công an xã An Bình", "Kết thúc", "Mã mới", "01999", "6 đơn vị"):
        assert words in preview
    done = client.post(url, typed | {"confirmed": "1"}, follow=True)
    assert "Xã An Phú + xã Bình Minh → xã An Bình" in text(done)
    assert client.post(url, typed).status_code in {404, 422}
    other = reverse("organisations:act_merge", args=[world.police.pk])
    assert client.post(other, {"name": "X", "on": "2026-08-01", "basis": "x"}).status_code == 422


def test_a_mapping_is_chosen_and_shares_are_decided(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    old = make.area("Phú Cũ", parent=world.province)
    with open_door():
        a, b = (Source.objects.create(code=code, title=f"Bảng {code.upper()}: x", citation="x") for code in "ab")
        act = Succession.objects.create(kind="merge", on=ON, basis="x", title="x", recorded_at=make.AT, by_label="x", source=a)
        for source in (a, b):
            for new in (world.an_phu, world.binh_minh):
                AreaLink.objects.create(succession=act, old=old, new=new, source=source)
    choose = reverse("organisations:choose")
    assert client.post(choose, {"source": "a", "basis": ""}).status_code == 422
    assert "Đã ghi nhận lựa chọn." in text(client.post(choose, {"source": "a", "basis": "Nối theo mã"}, follow=True))
    assert "Bảng này đang được dùng." in text(client.post(choose, {"source": "a", "basis": "x"}))
    url = reverse("organisations:shares", args=[old.pk])
    east, west = f"share_{world.an_phu.pk}", f"share_{world.binh_minh.pk}"
    who = {"office": "Sở Nội vụ", "basis": "Biên bản"}
    for first, second in (("1/3", "1/3"), ("0,5", "0,5"), ("1e9", "1"), ("1/0", "1"), ("-1", "2")):
        assert client.post(url, who | {east: first, west: second}).status_code == 422
    done = text(client.post(url, who | {east: "1/3", west: "2/3"}, follow=True))
    assert "Sở Nội vụ quyết định tỷ lệ ngày" in done and "tỷ lệ 1/3" in done


def test_before_the_known_past_the_page_says_so(client: LintingClient, reader: Person) -> None:
    make.load({"33"})
    found = page(client, "tree", he="police", ngay="2018-12-31")
    assert found.count("Chưa nạp địa giới: Cấp huyện, cấp xã") == 1
    assert "chỉ được biết từ ngày 01/01/2025" in found and "Công an tỉnh Thái Bình" in found
    assert "Chưa nạp địa giới" not in page(client, "tree", he="police", ngay="2025-01-01")
    assert "Chưa nạp địa giới: Cấp tỉnh" in page(client, "map", ngay="2008-07-31")


def test_english_pages_are_whole(client: LintingClient, reader: Person) -> None:
    world = make.village()
    client.cookies["django_language"] = "en"
    assert "Directly below" in page(client, "unit", world.police.pk)
    assert "Acts that changed the tree" in page(client, "acts")


def _queries(client: LintingClient, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(url).status_code == 200
    return len(taken)


@pytest.mark.parametrize("communes", [1, 3])
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(client: LintingClient, reader: Person, communes: int) -> None:
    province = make.area("Trung Châu", "tỉnh", 1)
    police = make.unit("Công an tỉnh Trung Châu", "police", 1, on=province)
    for at in range(communes):
        place = make.area(f"An Phú {at}", parent=province)
        make.unit(f"Công an xã An Phú {at}", "police", 3, police, place)
    asked = {
        name: _queries(client, url)
        for name, url in {
            "tree": reverse("organisations:tree") + f"?tu={police.pk}",
            "map": reverse("organisations:map") + f"?tu={province.pk}",
            "unit": reverse("organisations:unit", args=[police.pk]),
            "area": reverse("organisations:area", args=[province.pk]),
            "search": reverse("organisations:search") + "?q=an+phu",
            "acts": reverse("organisations:acts"),
            "mappings": reverse("organisations:mappings"),
        }.items()
    }
    assert asked == {"tree": 6, "map": 6, "unit": 9, "area": 14, "search": 8, "acts": 5, "mappings": 8}


def test_the_preview_names_day_and_basis_and_gives_back_what_was_entered(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:act_rename", args=[world.police_an_phu.pk])
    entered = {"name": "Công an xã Hòa Thuận", "on": ON.isoformat(), "basis": "Quyết định 12/QĐ-BCA", "note": "Theo tên xã mới"}
    shown = client.post(url, entered).content.decode()
    assert "Quyết định 12/QĐ-BCA" in shown and "01/07/2026" in shown and "Công an xã Hòa Thuận" in shown
    again = client.post(url, entered | {"again": "1"}).content.decode()
    assert all(f'value="{value}"' in again for value in entered.values())
    assert Succession.objects.filter(kind="rename").count() == 0


def test_an_act_lists_all_it_touched_in_pages(client: LintingClient, reader: Person) -> None:
    make.load({"33"})
    act = Succession.objects.get(title="Sắp xếp đơn vị hành chính cấp xã của tỉnh Hưng Yên")
    first, last = (page(client, "act", act.pk, page=str(number)) for number in (1, 99))
    assert "Dòng" in first and "Trang sau" in first and "Trang trước" in last


def test_a_predecessor_of_the_same_name_is_told_apart_and_each_day_of_succession_has_its_picture(client: LintingClient, reader: Person) -> None:
    make.load({"33"})
    tree = queries.unit_tree("police", ON)
    (unit,) = (key for key in tree.at_level(1) if tree.node(key).name == "Công an tỉnh Hưng Yên")
    found = page(client, "unit", unit)
    assert found.count("(cũ)") == 1 and found.count("Kế thừa từ ngày 01/07/2025") == 1


def test_the_map_lies_in_the_room_of_units(client: LintingClient, reader: Person) -> None:
    world = make.village()
    assert f'href="{reverse("organisations:tree")}" aria-current="page"' in page(client, "area", world.an_phu.pk)


BROKEN = ("An\x07Phú", "An\udc80Phú", "An\ufffdPhú", "An\u202ePhú", "An\ue000Phú")


@pytest.mark.parametrize("text_typed", BROKEN)
@pytest.mark.parametrize("field", ["name", "basis", "note"])
def test_broken_text_is_refused_at_its_field_before_the_preview_and_the_rest_is_kept(
    client: LintingClient, appoint: Appoint, field: str, text_typed: str
) -> None:
    world = make.village()
    appoint(world.police)
    sent = {"name": "Công an xã Mới", "on": ON.isoformat(), "basis": "Quyết định 12", "note": "Ghi chú"} | {field: text_typed}
    body = "&".join(f"{name}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}" for name, value in sent.items())
    url = reverse("organisations:act_rename", args=[world.police_an_phu.pk])
    answer = client.generic("POST", url, body, content_type="application/x-www-form-urlencoded")
    found = answer.content.decode()
    assert (answer.status_code, found.count("Có ký tự không lưu được")) == (422, 2)  # at the field and in the summary
    assert all(f'value="{value}"' in found for name, value in sent.items() if name != field)


def test_a_name_typed_in_parts_is_stored_whole_and_without_signs_of_no_width(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:act_rename", args=[world.police_an_phu.pk])
    typed = {"name": unicodedata.normalize("NFD", "Công an xã Hòa Thuận") + "\u200b", "on": ON.isoformat(), "basis": "Quyết định 12", "confirmed": "1"}
    assert client.post(url, typed).status_code == 302
    node = queries.unit_at(world.police_an_phu.pk, ON)
    assert node is not None and node.name == "Công an xã Hòa Thuận"
    other = reverse("organisations:act_rename", args=[world.police_binh_minh.pk])
    assert "Chưa nhập mục này" in client.post(other, typed | {"name": "\u200b\ufeff"}).content.decode()


def test_a_day_too_far_ahead_is_refused_before_the_preview(client: LintingClient, appoint: Appoint) -> None:
    world = make.village()
    appoint(world.police)
    url = reverse("organisations:act_rename", args=[world.police_an_phu.pk])
    found = client.post(url, {"name": "Công an xã Mới", "on": "9999-12-31", "basis": "Quyết định 12"})
    assert found.status_code == 422 and "năm năm" in found.content.decode()
