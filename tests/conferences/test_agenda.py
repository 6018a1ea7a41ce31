"""The working agenda, its issued versions, and who may read and write them."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.models import AgendaItem, AgendaVersion
from soket.conferences.queries import agenda as queries
from soket.kernel.door import Refused, open_door
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/hoi-nghi/hoi-nghi-thu/"
AT = make.STARTS - timedelta(days=9)


def put(world: make.World, title: str, minutes: int = 10, **more: Any) -> AgendaItem:
    return actions.put_item(conference=world.conference, kind=more.pop("kind", "other"), title=title, minutes=minutes, by=world.office, at=AT, **more)


def issue(world: make.World, note: str = "") -> AgendaVersion:
    return actions.issue_agenda(conference=world.conference, note=note, by=world.office, at=AT)


def test_a_version_keeps_titles_and_times_as_they_stood(world: make.World) -> None:
    chair = world.conference.delegates.get(number=1)
    put(world, "Khai mạc", 15, kind="opening", speaker=chair)
    put(world, "Báo cáo trung tâm", 30, kind="report")
    issue(world)
    with open_door():
        chair.titles.filter(order=1).update(text="Bộ trưởng Bộ Công an")
    first, second = queries.issued(world.conference)
    assert first.speaker is not None
    assert first.speaker["titles"] == ["Ủy viên Trung ương Đảng", "Thứ trưởng Bộ Công an"]
    assert (second.number, second.at - first.at) == ("2", timedelta(minutes=15))


def test_overlapping_lines_are_refused_and_both_are_named(world: make.World) -> None:
    put(world, "Khai mạc", 30)
    put(world, "Báo cáo", 10, starts_at=make.STARTS + timedelta(minutes=20))
    with pytest.raises(Refused) as refused:
        issue(world)
    assert "1. Khai mạc" in str(refused.value.message)
    assert "2. Báo cáo" in str(refused.value.message)
    assert AgendaVersion.objects.count() == 0


def test_versions_are_numbered_with_their_changes_and_stay_as_they_are(world: make.World) -> None:
    opening = put(world, "Khai mạc")
    issue(world)
    with pytest.raises(Refused):
        issue(world)
    put(world, "Kết luận", 20)
    actions.put_item(conference=world.conference, item=opening, kind="opening", title="Khai mạc hội nghị", minutes=10, by=world.office, at=AT)
    second = issue(world, "Thêm phần kết luận")
    assert [(one["kind"], one["title"]) for one in queries.change_list(second)] == [("retitled", "Khai mạc hội nghị"), ("added", "Kết luận")]
    assert [(one.number, len(queries.lines_of(one))) for one in queries.versions(world.conference)] == [(2, 2), (1, 1)]
    assert Event.objects.filter(name="conferences.agenda_issued").count() == 2


def test_order_and_dropping_change_the_working_agenda_only(world: make.World) -> None:
    first, second = put(world, "Một"), put(world, "Hai")
    put(world, "Hai một", parent=second)
    issue(world)
    actions.move_item(item=second, up=True, by=world.office, at=AT)
    assert [item.title for item, _time in queries.working(world.conference).rows] == ["Hai", "Hai một", "Một"]
    actions.drop_item(item=second, by=world.office, at=AT)
    assert [item.pk for item, _time in queries.working(world.conference).rows] == [first.pk]
    assert [line.title for line in queries.issued(world.conference)] == ["Một", "Hai", "Hai một"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("minutes", {"minutes": 0}), ("minutes", {"minutes": 601}), ("kind", {"kind": "party"}), ("title", {"title": "  "}), ("title", {"title": "a\x07"}),
        ("starts_at", {"starts_at": make.STARTS - timedelta(minutes=1)}),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused_at_its_field(world: make.World, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        actions.put_item(**{"conference": world.conference, "kind": "other", "title": "Mục", "minutes": 5, "by": world.office, "at": AT, **wrong})
    assert refused.value.errors is None or field in refused.value.errors
    assert AgendaItem.objects.count() == 0


def test_a_third_level_and_another_conference_are_refused(world: make.World) -> None:
    inner = put(world, "Con", parent=put(world, "Cha"))
    other = make.conference(world.edition, world.review.land.police["centre"], "khac", "HN-KHAC")
    with pytest.raises(Refused):
        put(world, "Cháu", parent=inner)
    with pytest.raises(Refused):
        actions.put_item(conference=other, parent=inner, kind="other", title="Lạc", minutes=5, by=world.office, at=AT)


def test_only_the_office_writes_and_who_is_not_invited_sees_nothing(world: make.World, client: LintingClient) -> None:
    put(world, "Khai mạc")
    with pytest.raises(Refused):
        actions.issue_agenda(conference=world.conference, by=world.desk_one, at=AT)
    for who, home, working in ((world.office, 200, 200), (world.desk_one, 200, 404), (world.stranger, 404, 404)):
        client.force_login(who)
        assert client.get(HOME).status_code == home
        assert client.get(HOME + "chuong-trinh/").status_code == home
        assert client.get(HOME + "chuong-trinh/soan/").status_code == working
        assert client.post(HOME + "chuong-trinh/ban-hanh/", {}).status_code == (404 if working == 404 else 302)
    client.logout()
    assert client.get(HOME).status_code == 404
    assert "hoi-nghi-thu" not in client.get("/hoi-nghi/").content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_public_conference_is_read_by_anyone_in_both_languages(world: make.World, client: LintingClient, language: str) -> None:
    put(world, "Khai mạc", 15, speaker=world.conference.delegates.get(number=1))
    issue(world)
    with open_door():
        world.conference.open_to_public = True
        world.conference.save()
    client.cookies["soket_language"] = language
    for path in ("/hoi-nghi/", HOME, HOME + "chuong-trinh/", HOME + "chuong-trinh/lan-1/", HOME + "tham-luan/"):
        assert client.get(path).status_code == 200, path
    assert client.get(HOME + "chuong-trinh/lan-2/").status_code == 404


def test_the_agenda_is_written_issued_and_read_through_the_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    path = HOME + "chuong-trinh/soan/"
    assert client.get(path + "muc/").status_code == 200
    refused = client.post(path + "muc/", {"title": "Khai mạc", "kind": "opening", "minutes": "700"})
    assert (refused.status_code, AgendaItem.objects.count()) == (200, 0)
    assert 'value="Khai mạc"' in refused.content.decode()
    for title in ("Khai mạc", "Báo cáo"):
        client.post(path + "muc/", {"title": title, "kind": "opening", "minutes": "20"})
    first, second = AgendaItem.objects.order_by("order")
    assert client.get(f"{path}muc/{first.pk}/").status_code == 200
    client.post(f"{path}muc/{second.pk}/chuyen/", {"to": "up"})
    assert "08:20" in client.get(path).content.decode()
    client.post(HOME + "chuong-trinh/ban-hanh/", {"note": "Bản đầu"})
    client.post(f"{path}muc/{first.pk}/bo/", {})
    page = client.get(HOME + "chuong-trinh/").content.decode()
    assert page.index("Báo cáo") < page.index("Khai mạc")
    assert "Bỏ: 2. Khai mạc" in client.get(path).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(world: make.World, client: LintingClient, django_assert_max_num_queries: Any) -> None:
    client.force_login(world.office)
    client.get("/hoi-nghi/")
    with django_assert_max_num_queries(16) as one:
        client.get("/hoi-nghi/")
    for number in (2, 3):
        make.conference(world.edition, world.review.land.police["centre"], f"hoi-nghi-{number}", f"HN-{number}")
    with django_assert_max_num_queries(16) as three:
        assert client.get("/hoi-nghi/", {"q": "hoi nghi truc tuyen"}).content.decode().count("<tr>") == 4
    assert abs(len(three) - len(one)) <= 1


def test_whoever_attends_instead_is_printed_as_the_speaker(world: make.World) -> None:
    from soket.conferences.actions.inviting import SubstituteDraft
    from soket.conferences.models import Invitation

    speaker, before = world.conference.delegates.get(number=3), make.STARTS - timedelta(days=5)
    actions.put_item(conference=world.conference, kind="paper", title="Tham luận", minutes=10, speaker=speaker, by=world.office, at=before)
    actions.invite(conference=world.conference, by=world.office, at=before)
    draft = SubstituteDraft(["Phó Trưởng Công an"], "Phó Trưởng phụ trách")
    actions.reply(invitation=Invitation.objects.get(delegate=speaker), answer="substitute", substitute=draft, by=world.desk_one, at=before)
    actions.issue_agenda(conference=world.conference, by=world.office, at=before)
    line = queries.issued(world.conference)[0]
    assert line.speaker is not None
    assert line.speaker["titles"] == ["Phó Trưởng Công an", "với tư cách Phó Trưởng phụ trách"]
