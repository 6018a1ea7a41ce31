"""The pages of invitations: sent, answered under a key or by the unit, badges; nobody else sees them."""
from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soket.conferences import actions
from soket.conferences.core.invitation import InvitedActor
from soket.conferences.models import Delegate
from soket.conferences.queries import inviting as queries
from soket.front.rooms import waiting_for
from soket.kernel.clock import now
from soket.kernel.door import open_door
from soket.kernel.logs import JsonFormatter
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/hoi-nghi/hoi-nghi-thu/"


@pytest.fixture
def held(world: make.World) -> make.World:
    """The conference ten days from now, everyone invited."""
    begins = now().replace(microsecond=0) + timedelta(days=10)
    with open_door():
        type(world.conference).objects.update(starts_at=begins, ends_at=begins + timedelta(hours=3))
    world.conference.refresh_from_db()
    actions.invite(conference=world.conference, by=world.office, at=now())
    return world


def delegate(number: int) -> Delegate:
    return Delegate.objects.get(number=number)


def page_of(number: int) -> str:
    return reverse("conferences:mine", args=[delegate(number).key])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_whoever_holds_the_key_reads_and_answers(held: make.World, client: LintingClient, language: str) -> None:
    client.cookies["soket_language"] = language
    actions.put_item(conference=held.conference, kind="opening", title="Khai mạc", minutes=5, by=held.office, at=now())
    actions.issue_agenda(conference=held.conference, by=held.office, at=now())
    page = page_of(3)
    shown = client.get(page)
    assert shown.status_code == 200
    assert (shown["X-Robots-Tag"], shown["Referrer-Policy"], shown["Cache-Control"]) == ("noindex, nofollow", "strict-origin", "no-store")
    text = shown.content.decode()
    assert "Trưởng Công an" in text
    assert "Khai mạc" in text
    refused = client.post(page, {"answer": "no", "note": "", "name": "", "titles": "Ghi dở", "capacity": ""})
    assert (refused.status_code, delegate(3).state) == (200, "invited")
    assert "Ghi dở" in refused.content.decode()
    sent = {"answer": "substitute", "note": "", "name": "", "titles": "Phó Trưởng Công an\r\nĐảng ủy viên", "capacity": "Phó Trưởng phụ trách"}
    assert client.post(page, sent)["Location"] == page
    other = delegate(7)
    assert (other.stands_for, other.state, delegate(3).state) == (delegate(3), "accepted", "replaced")
    for number in (3, 7):
        assert client.get(page_of(number)).status_code == 200
    assert "<svg" in client.get(page_of(7)).content.decode()
    actions.reply(invitation=queries.newest_of(delegate(3)), answer="yes", by=held.office, at=now())
    gone = client.get(page_of(7))
    assert (gone.status_code, "<svg" in gone.content.decode()) == (200, False)


def test_the_calendar_file_grows_with_each_change(held: make.World, client: LintingClient) -> None:
    address = page_of(3) + "lich.ics"
    first = client.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"\r\nSEQUENCE:0\r\n" in first.content
    actions.put_item(conference=held.conference, kind="opening", title="Khai mạc", minutes=5, by=held.office, at=now())
    actions.issue_agenda(conference=held.conference, by=held.office, at=now())
    assert b"\r\nSEQUENCE:1\r\n" in client.get(address).content
    given: dict[str, Any] = {"delegate": delegate(3), "titles": ["Phó"], "name": "", "role": "delegate", "site": held.one, "by": held.office, "at": now()}
    actions.change_delegate(**given)
    actions.invite(conference=held.conference, by=held.office, at=now())
    assert b"\r\nSEQUENCE:2\r\n" in client.get(address).content
    actions.withdraw_delegate(delegate=delegate(3), by=held.office, at=now())
    assert b"\r\nSEQUENCE:3\r\n" in client.get(address).content
    assert b"METHOD:CANCEL" in client.get(address).content


def test_the_key_never_reaches_a_log(held: make.World, client: LintingClient, caplog: pytest.LogCaptureFixture) -> None:
    key = delegate(3).key
    with caplog.at_level(logging.DEBUG):
        client.get(page_of(3))
        client.get(f"/hoi-nghi/moi-du/{key}x/")
        client.get(f"/hoi-nghi/moi-du/{key}/khac/")
        client.post(page_of(3), {"answer": "no"}, headers={"Referer": f"http://testserver{page_of(3)}"})
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("/hoi-nghi/moi-du/***/" in line for line in lines)
    assert [line for line in lines if key in line] == []
    assert all(json.loads(line) for line in lines)


def test_a_wrong_key_and_one_not_invited_yet_are_not_there(world: make.World, client: LintingClient) -> None:
    for key in ("sai", "x" * 41, delegate(3).key):
        for rest in ("", "lich.ics"):
            assert client.get(f"/hoi-nghi/moi-du/{key}/{rest}").status_code == 404


def test_the_unit_replies_for_its_delegates_and_sees_no_others(held: make.World, client: LintingClient) -> None:
    client.force_login(held.desk_one)
    shown = client.get(HOME + "don-vi/")
    assert (shown.status_code, len(shown.context["rows"])) == (200, 1)
    mine, other = delegate(3), delegate(5)
    assert [label for label, items in waiting_for(held.desk_one, now()) if any(item.url == HOME + "don-vi/" for item in items)] != []
    for rest in ("tra-loi/", "the/", "lich.ics"):
        assert client.get(f"{HOME}dai-bieu/{mine.pk}/{rest}").status_code == 200
        assert client.get(f"{HOME}dai-bieu/{other.pk}/{rest}").status_code == 404
    assert client.post(f"{HOME}dai-bieu/{mine.pk}/tra-loi/", {"answer": "yes", "name": "Nguyễn Văn Mẫu"})["Location"] == HOME + "don-vi/"
    assert (delegate(3).state, delegate(3).name) == ("accepted", "Nguyễn Văn Mẫu")
    assert client.post(f"{HOME}dai-bieu/{other.pk}/tra-loi/", {"answer": "yes"}).status_code == 404


def test_pages_of_the_office_are_404_for_everyone_else(held: make.World, client: LintingClient) -> None:
    with open_door():
        type(held.conference).objects.update(open_to_public=True)
    pk, site = delegate(5).pk, held.two.pk
    for who in (held.desk_one, held.stranger, None):
        if who:
            client.force_login(who)
        else:
            client.logout()
        for path in ("giay-moi/", "giay-moi/danh-sach.csv", "sua/", "dai-bieu/theo-quy-tac/", "dai-bieu/dan-bang/", "dai-bieu/thu-tu/", f"dai-bieu/{pk}/sua/",
                     f"diem-cau/{site}/sua/", f"dai-bieu/{pk}/tra-loi/", f"dai-bieu/{pk}/the/", f"diem-cau/{site}/the/"):  # fmt: skip
            assert client.get(HOME + path).status_code == (404 if who else 302), path
        assert client.post(HOME + "giay-moi/gui/", {"all": "1"}).status_code == (404 if who else 302)
    client.force_login(held.stranger)
    assert client.get(HOME + "don-vi/").status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_office_sends_and_reads_the_answers(world: make.World, client: LintingClient, language: str) -> None:
    begins = now() + timedelta(days=10)
    with open_door():
        type(world.conference).objects.update(starts_at=begins, ends_at=begins + timedelta(hours=3))
    client.force_login(world.office)
    client.cookies["soket_language"] = language
    assert client.get(HOME + "giay-moi/").context["waiting"] == 6
    client.post(HOME + "giay-moi/gui/", {"all": "0", "delegate": [str(delegate(4).pk), "x", "9" * 30]})
    assert [row.number for row in Delegate.objects.filter(state="invited")] == [4]
    client.post(HOME + "giay-moi/gui/", {"all": "1"})
    assert Delegate.objects.filter(state="invited").count() == 6
    actions.reply(invitation=queries.newest_of(delegate(4)), answer="no", note="=1+1", by=world.office, at=now())
    for state, count in (("", 6), ("?state=declined", 1), ("?state=accepted", 0)):
        assert len(client.get(HOME + "giay-moi/" + state).context["rows"]) == count
    table = client.get(HOME + "giay-moi/danh-sach.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 7
    assert table[1].endswith(f"http://testserver{page_of(1)}")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_badges_ten_to_a_sheet_with_the_text_that_the_desk_reads(held: make.World, client: LintingClient, language: str) -> None:
    client.cookies["soket_language"] = language
    for number in range(7, 17):
        make.delegate(held.one, held.one.host, number)
    client.force_login(held.desk_one)
    shown = client.get(f"{HOME}diem-cau/{held.one.pk}/the/")
    text = shown.content.decode()
    assert (text.count('class="sheet"'), text.count('class="badge"'), text.count("<svg")) == (2, 12, 12)
    actions.reply(invitation=queries.newest_of(delegate(3)), answer="yes", by=InvitedActor(delegate(3).pk, "Đại biểu"), at=now())
    assert client.get(f"{HOME}dai-bieu/{delegate(3).pk}/the/").status_code == 200


def test_lists_take_as_many_queries_for_three_rows_as_for_one(held: make.World, client: LintingClient) -> None:
    def asked(path: str) -> int:
        client.get(HOME + path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(HOME + path).status_code == 200
        return len(found)

    paths = ("giay-moi/", "dai-bieu/thu-tu/", f"diem-cau/{held.one.pk}/the/", "giay-moi/danh-sach.csv")
    client.force_login(held.office)
    before = {path: asked(path) for path in paths}
    for number in range(7, 10):
        make.delegate(held.one, held.one.host, number)
    actions.invite(conference=held.conference, by=held.office, at=now())
    assert {path: asked(path) for path in paths} == before
