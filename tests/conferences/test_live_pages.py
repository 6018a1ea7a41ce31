"""The console, the screens and the state for those who poll: who gets them, and what they show and refuse."""
from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from soket.conferences import actions
from soket.conferences.models import LiveAct
from soket.conferences.queries import live as queries
from soket.kernel.door import open_door
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/hoi-nghi/hoi-nghi-thu/"
AT = make.STARTS - timedelta(days=2)


@pytest.fixture
def issued(world: make.World) -> make.World:
    """Two lines issued: an opening by the chair, and a paper on a frozen figure."""
    paper = actions.call_paper(conference=world.conference, unit=world.one.host, title="Kinh nghiệm ở cơ sở", minutes=10, by=world.office, at=AT)
    actions.bind_figure(paper=paper, edition=world.edition, code="01", by=world.office, at=AT)
    chair, speaker = world.conference.delegates.get(number=1), world.conference.delegates.get(number=3)
    actions.put_item(conference=world.conference, kind="opening", title="Khai mạc", minutes=10, speaker=chair, by=world.office, at=AT)
    actions.put_item(conference=world.conference, kind="paper", title="Tham luận", minutes=10, speaker=speaker, paper=paper, by=world.office, at=AT)
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT)
    return world


def press(client: LintingClient, kind: str, **given: Any) -> Any:
    sent = {"id": str(uuid4()), "kind": kind, "seen": str(LiveAct.objects.count()), "confirmed": "1", **given}
    return client.post(HOME + "dieu-hanh/thao-tac/", sent)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_each_page_opens_for_those_it_is_for_and_is_404_for_others(issued: make.World, client: LintingClient) -> None:
    own = f"diem-cau/{issued.one.pk}/man-hinh/"
    pages = ("dieu-hanh/", "man-hinh/", "diem-cau/", own, "trang-thai.json")
    for who, wanted in (
        (issued.office, (200, 200, 200, 200, 200)), (issued.desk_one, (404, 200, 200, 200, 200)), (issued.desk_two, (404, 200, 200, 404, 200)),
        (issued.stranger, (404, 404, 404, 404, 404)),
    ):  # fmt: skip
        client.force_login(who)
        assert tuple(client.get(HOME + page).status_code for page in pages) == wanted, who.username
    client.logout()
    assert [client.get(HOME + page).status_code for page in ("man-hinh/", "trang-thai.json")] == [404, 404]
    with open_door():
        issued.conference.open_to_public = True
        issued.conference.save()
    assert [client.get(HOME + page).status_code for page in ("man-hinh/", "trang-thai.json", "dieu-hanh/", own)] == [200, 200, 302, 302]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_of_the_console_and_the_screens_is_a_whole_page(issued: make.World, client: LintingClient, language: str) -> None:
    client.force_login(issued.office)
    client.cookies["soket_language"] = language
    site = f"{HOME}diem-cau/{issued.one.pk}/"

    def look() -> None:
        for path in (HOME + "dieu-hanh/", HOME + "man-hinh/", site + "man-hinh/"):
            assert client.get(path).status_code == 200

    look()
    assert press(client, "begin").status_code == 302
    client.post(site + "phat-bieu/", {"id": str(uuid4()), "kind": "request", "topic": "order", "minutes": "2"})
    look()
    asked = str(LiveAct.objects.get(kind="request").pk)
    press(client, "next")
    press(client, "call_site", site=str(issued.one.pk))
    press(client, "start_speech", request=asked)
    press(client, "announce", text="Nghỉ giải lao")
    press(client, "pause")
    look()
    press(client, "end")
    look()
    assert press(client, "reopen").status_code == 302


def test_the_hall_shows_the_line_with_titles_in_order_and_its_frozen_figures(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    press(client, "begin")
    first = text(client.get(HOME + "man-hinh/"))
    assert first.index("Ủy viên Trung ương Đảng") < first.index("Thứ trưởng Bộ Công an")
    press(client, "next")
    second = text(client.get(HOME + "man-hinh/"))
    assert '<h1 data-s="item.title" data-else="Hội nghị trực tuyến sơ kết chương trình thử nghiệm">Tham luận</h1>' in second
    assert '<a class="hall__no n" href="/so-ket/so-ket-thu/ban-1/so-lieu/01/">66</a>' in second


def test_opening_and_closing_are_asked_twice(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    asked = press(client, "begin", confirmed="")
    assert "Khai mạc phiên họp?" in text(asked)
    assert LiveAct.objects.count() == 0


def test_a_second_console_is_told_what_the_first_did(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    press(client, "begin")
    press(client, "next")
    late = press(client, "back", seen="1")
    assert late.status_code == 409
    assert "Một bàn điều hành khác vừa thao tác" in text(late)
    assert "2. Tham luận" in text(late)
    assert press(client, "next", id="x").status_code == 409


def test_a_site_sees_its_own_requests_and_is_refused_a_second(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    press(client, "begin")
    client.force_login(issued.desk_one)
    site = f"{HOME}diem-cau/{issued.one.pk}/"
    ask = {"kind": "request", "topic": "speak", "minutes": "3"}
    assert client.post(site + "phat-bieu/", {"id": str(uuid4()), **ask}).status_code == 302
    again = client.post(site + "phat-bieu/", {"id": str(uuid4()), **ask})
    assert again.status_code == 409
    assert "đã đăng ký phát biểu" in text(again)
    mine = str(LiveAct.objects.get(kind="request").pk)
    client.force_login(issued.desk_two)
    assert client.post(site + "phat-bieu/", {"id": str(uuid4()), "kind": "withdraw_request", "request": mine}).status_code == 404
    client.force_login(issued.desk_one)
    assert client.post(site + "phat-bieu/", {"id": str(uuid4()), "kind": "withdraw_request", "request": mine}).status_code == 302


def test_the_console_finds_sites_without_tone_marks(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    page = text(client.get(HOME + "dieu-hanh/", {"tim": "diem cau"}))
    assert page.count('name="kind" value="call_site"') == 3


def test_polling_gives_the_snapshot_only_when_it_is_newer(issued: make.World, client: LintingClient) -> None:
    client.force_login(issued.office)
    press(client, "begin")
    whole = json.loads(client.get(HOME + "trang-thai.json", {"sau": "0"}).content)
    assert (whole["sequence"], whole["snapshot"]["item"]["title"]) == (1, "Khai mạc")
    same = json.loads(client.get(HOME + "trang-thai.json", {"sau": "1"}).content)
    assert sorted(same) == ["at", "sequence"]
    for odd in ("-1", "²", "1" * 30, "x"):
        assert client.get(HOME + "trang-thai.json", {"sau": odd}).status_code == 404


def test_sessions_under_way_are_offered_to_a_hub_that_was_restarted(issued: make.World, client: LintingClient) -> None:
    assert list(queries.newest()) == []
    client.force_login(issued.office)
    press(client, "begin")
    (message,) = queries.newest()
    assert (message.sequence, json.loads(message.body)["item"]["title"]) == (1, "Khai mạc")


def test_the_screen_asks_the_database_as_often_for_many_lines_as_for_few(issued: make.World, client: LintingClient, django_assert_max_num_queries: Any) -> None:
    client.force_login(issued.office)
    press(client, "begin")
    client.get(HOME + "man-hinh/")
    with django_assert_max_num_queries(16):
        client.get(HOME + "man-hinh/")
    with django_assert_max_num_queries(25):
        client.get(HOME + "dieu-hanh/")
