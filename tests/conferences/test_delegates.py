"""Delegates by rule and by pasted table, changes, and the protocol order."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.core.delegates import DelegateDraft, joined, moved, parted
from soket.conferences.models import Conference, Delegate, Site
from soket.conferences.queries import delegates as queries
from soket.conferences.queries import inviting
from soket.kernel.door import Refused, open_door
from soket.organisations.queries import unit_nearest
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
AT = make.STARTS - timedelta(days=20)
HOME = "/hoi-nghi/hoi-nghi-thu/"


def name_of(unit: int) -> str:
    found = unit_nearest(unit, make.STARTS.date())
    assert found is not None
    return found.name


def test_a_rule_names_one_delegate_for_each_site_and_knows_who_is_listed(world: make.World) -> None:
    titles = {"commune": ["Phó Trưởng {}"], "centre": ["Cục trưởng"]}
    fresh, known, none = queries.by_rule(world.conference, "", titles, "delegate")
    assert [(one.site, one.draft.titles) for one in fresh] == [
        (world.centre.name, ("Cục trưởng",)), (world.one.name, (f"Phó Trưởng {name_of(world.one.host_id)}",)),
        (world.two.name, (f"Phó Trưởng {name_of(world.two.host_id)}",)),
    ]  # fmt: skip
    assert (known, none) == (0, [])
    assert actions.add_delegates(conference=world.conference, drafts=[one.draft for one in fresh], by=world.office, at=AT) == 3
    assert [(row.number, row.order) for row in Delegate.objects.filter(number__gt=6)] == [(7, 70), (8, 80), (9, 90)]
    again, known, none = queries.by_rule(world.conference, "", titles, "delegate")
    assert (again, known, none) == ([], 3, [])
    front, known, none = queries.by_rule(world.conference, "front", {"commune": ["Chủ tịch"]}, "delegate")
    assert [one.draft.unit for one in front] == [world.review.land.front["one"].pk, world.review.land.front["two"].pk]
    assert queries.by_rule(world.conference, "khong-co", {"commune": ["Chủ tịch"]}, "delegate")[2] == [world.one.name, world.two.name]


def test_all_are_listed_or_none_and_each_wrong_cell_is_named(world: make.World) -> None:
    good = DelegateDraft(world.one.pk, world.one.host_id, ("Trưởng ban",))
    wrong = [good, DelegateDraft(999999, 999999, (), "", "king"), DelegateDraft(world.one.pk, world.one.host_id, ("x" * 201,), "y" * 121)]
    with pytest.raises(Refused) as refused:
        actions.add_delegates(conference=world.conference, drafts=wrong, by=world.office, at=AT)
    assert sorted(refused.value.errors) == ["1.role", "1.site", "1.titles", "1.unit", "2.titles"]
    assert Delegate.objects.count() == 6
    for by in (world.desk_one, world.stranger):
        with pytest.raises(Refused):
            actions.add_delegates(conference=world.conference, drafts=[good], by=by, at=AT)


def test_thousands_are_listed_and_invited_at_once(world: make.World, django_assert_max_num_queries: Any) -> None:
    drafts = [DelegateDraft(world.one.pk, world.one.host_id, (f"Ủy viên {number}", "Đại biểu")) for number in range(3321)]
    with django_assert_max_num_queries(100):
        assert actions.add_delegates(conference=world.conference, drafts=drafts, by=world.office, at=AT) == 3321
    with django_assert_max_num_queries(160):
        assert actions.invite(conference=world.conference, by=world.office, at=AT) == 3327
    assert Delegate.objects.filter(state="invited").count() == 3327


def test_a_table_is_read_cell_by_cell() -> None:
    text = "Họ và tên;Chức danh;Đơn vị;Điểm cầu;Vai\r\n;Trưởng Công an|Ủy viên;Công an xã A;;\r\n\r\nHọ Tên Mẫu;\"Chủ tịch; kiêm\";Mặt trận;B;Khách mời\r\n"
    rows = parted(text)
    assert [(row.line, row.cell("name"), row.titles, row.cell("unit"), row.cell("role")) for row in rows] == [
        (2, "", ("Trưởng Công an", "Ủy viên"), "Công an xã A", ""), (4, "Họ Tên Mẫu", ("Chủ tịch; kiêm",), "Mặt trận", "Khách mời"),
    ]  # fmt: skip
    assert [row.cells for row in parted(joined(rows, text))] == [row.cells for row in rows]
    assert [row.cells for row in parted("a\tb; c\td")] == [("a", "b; c", "d")]
    assert parted(" \n;;\n") == []


def test_places_move_and_the_others_keep_their_order() -> None:
    assert moved([1, 2, 3, 4], {4: 1}) == [4, 1, 2, 3]
    assert moved([1, 2, 3, 4], {1: 99}) == [2, 3, 4, 1]
    assert moved([1, 2, 3, 4], {1: 2, 4: 1}) == [4, 1, 2, 3]
    assert moved([1, 2], {9: 1}) == [1, 2]


def test_a_pasted_table_keeps_what_was_refused_and_takes_the_rest(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    one, two, front = name_of(world.one.host_id), name_of(world.two.host_id), name_of(world.review.land.front["one"].pk)
    lines = [
        f";Phó Trưởng Công an;{one};;", f"Họ Tên Mẫu;Phó Chủ tịch|Ủy viên;{front};;Khách mời", ";Trưởng;;;", ";;" + two + ";;",
        ";Trưởng;Công an xã Không Có;;", f";Trưởng;{one};Điểm cầu Không Có;", f";Phó;{one};;Vua", f";{'x' * 201};{one};;", f";Phó Trưởng Công an;{one};;",
    ]  # fmt: skip
    shown = client.post(HOME + "dai-bieu/dan-bang/", {"table": "\r\n".join(lines)})
    assert (shown.status_code, Delegate.objects.count()) == (200, 8)
    guest = Delegate.objects.get(name="Họ Tên Mẫu")
    assert (guest.role, guest.unit_id, guest.site_id, guest.titles.count()) == ("guest", world.review.land.front["one"].pk, world.one.pk, 2)
    assert [(fault["line"], fault["column"]) for fault in shown.context["faults"]] == [
        (1, "Đơn vị"), (2, "Chức danh"), (3, "Đơn vị"), (4, "Điểm cầu"), (5, "Tham dự với tư cách"), (6, "Chức danh"), (7, "Chức danh"),
    ]  # fmt: skip
    left = shown.context["form"]["table"].value().splitlines()
    assert left == lines[2:]
    mended = client.post(HOME + "dai-bieu/dan-bang/", {"table": f";Trưởng phòng;{one};;\r\n"})
    assert (mended.status_code, Delegate.objects.count()) == (302, 9)
    for bad in ("", "  ", ";;;"):
        assert client.post(HOME + "dai-bieu/dan-bang/", {"table": bad}).status_code == 200


def test_a_unit_that_keeps_a_site_of_its_own_needs_no_site_named(world: make.World) -> None:
    """Central units all sit at the same place; the site of the unit itself is meant."""
    site = make.site(world.conference, world.review.land.front["centre"], "centre", 9)
    good, faults = queries.read(world.conference, parted(f";Phó Chủ tịch;{name_of(site.host_id)};;\n;Cục trưởng;{name_of(world.centre.host_id)};;"))
    assert ([draft.site for _row, draft in good], faults) == ([site.pk, world.centre.pk], [])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_rule_page_shows_everyone_before_listing_them(world: make.World, client: LintingClient, language: str) -> None:
    client.force_login(world.office)
    client.cookies["soket_language"] = language
    path = HOME + "dai-bieu/theo-quy-tac/"
    assert client.get(path).status_code == 200
    asked = {"line": "front", "centre": "", "province": "", "commune": "Chủ tịch {}", "role": "delegate"}
    assert client.get(path, {**asked, "commune": ""}).context["looked"] is False
    assert client.get(path, asked).context["total"] == 2
    assert Delegate.objects.count() == 6
    assert client.post(path, asked).status_code == 302
    assert Delegate.objects.count() == 8
    assert client.get(path, asked).context["known"] == 2
    assert client.get(HOME + "dai-bieu/dan-bang/").status_code == 200


def test_the_order_is_explicit_and_kept(world: make.World, client: LintingClient) -> None:
    def numbers() -> list[int]:
        return [row.number for row in inviting.listed(world.conference)]

    client.force_login(world.office)
    path, row = HOME + "dai-bieu/thu-tu/", {row.number: row.pk for row in Delegate.objects.all()}
    assert client.get(path).status_code == 200
    assert client.post(path, {"move": f"{row[2]}:up"}).status_code == 302
    assert numbers() == [2, 1, 3, 4, 5, 6]
    client.post(path, {"move": f"{row[2]}:down"})
    client.post(path, {f"place-{row[6]}": "1", f"place-{row[1]}": "1"})
    assert numbers() == [6, 1, 2, 3, 4, 5]
    wrong = client.post(path, {f"place-{row[6]}": "hai"})
    assert (wrong.status_code, 'value="hai"' in wrong.content.decode(), numbers()) == (200, True, [6, 1, 2, 3, 4, 5])
    for places in ({999999: 1}, {row[1]: 0}):
        with pytest.raises(Refused):
            actions.put_order(conference=world.conference, places=places, by=world.office, at=AT)
    with pytest.raises(Refused):
        actions.put_order(conference=world.conference, places={row[1]: 2}, by=world.desk_one, at=AT)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_planned_is_changed_on_pages(world: make.World, client: LintingClient, language: str) -> None:
    client.force_login(world.office)
    client.cookies["soket_language"] = language
    sent = {"title": "Hội nghị đổi tên", "chaired_by": "Bộ Công an", "starts_at": "2026-07-15T08:00", "ends_at": "2026-07-15T07:00", "place": "Hà Nội",
            "symbol": "", "budget_minutes": "5"}  # fmt: skip
    assert client.get(HOME + "sua/").status_code == 200
    assert client.post(HOME + "sua/", sent).status_code == 200
    assert client.post(HOME + "sua/", {**sent, "ends_at": "2026-07-15T12:00"}).status_code == 302
    changed = Conference.objects.get()
    assert (changed.title, changed.budget_s, changed.starts_at) == ("Hội nghị đổi tên", 300, make.STARTS)
    path = f"{HOME}diem-cau/{world.one.pk}/sua/"
    front = world.review.land.front["one"].pk
    hall = {"name": "Điểm cầu xã", "host": str(front), "room": "Phòng 3", "address": "Số 1", "capacity": "40", "secretary": "Văn phòng"}
    assert client.get(path).status_code == 200
    assert client.post(path, {**hall, "capacity": "0"}).status_code == 200
    assert client.post(path, hall).status_code == 302
    site = Site.objects.get(pk=world.one.pk)
    assert (site.host_id, site.kind, site.room, site.capacity) == (front, "commune", "Phòng 3", 40)
    path = f"{HOME}dai-bieu/{Delegate.objects.get(number=5).pk}/sua/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"titles": " ", "name": "", "role": "delegate", "site": str(world.two.pk)}).status_code == 200
    assert client.post(path, {"titles": "Phó", "name": "", "role": "speaker", "site": str(world.one.pk)}).status_code == 302
    row = Delegate.objects.get(number=5)
    assert (row.role, row.site_id, [title.text for title in row.titles.all()]) == ("speaker", world.one.pk, ["Phó"])
    names = {"conferences.changed", "conferences.site_changed", "conferences.delegate_changed"}
    assert names <= set(Event.objects.values_list("name", flat=True))


def test_a_site_keeps_one_host_and_nothing_changes_after_the_end(world: make.World) -> None:
    given: dict[str, Any] = {"site": world.one, "name": "Điểm cầu", "room": "", "address": "", "capacity": None, "secretary": "", "by": world.office, "at": AT}
    for host in (world.two.host_id, 999999):
        with pytest.raises(Refused) as refused:
            actions.change_site(**given, host=host)
        assert list(refused.value.errors) == ["host"]
    with open_door():
        type(world.conference).objects.update(stage="ended")
    for act in (lambda: actions.change_site(**given, host=world.one.host_id), lambda: actions.add_delegates(
        conference=world.conference, drafts=[DelegateDraft(world.one.pk, world.one.host_id, ("Trưởng",))], by=world.office, at=AT)):  # fmt: skip
        with pytest.raises(Refused):
            act()
