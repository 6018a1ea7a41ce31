"""The way of video: set by who runs the conference, shown to who keeps a site, followed without ever stopping the session."""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.queries import video as queries
from soket.conferences.video.core import video_origins
from soket.conferences.video.links import BadAddress, checked_link, checked_number
from soket.kernel.door import Refused
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
AT = make.STARTS


@pytest.mark.parametrize(("text", "code"), [
    ("http://zoom.us/j/1", "not_https"), ("https://", "not_an_address"), ("https://a b/", "not_an_address"), ("https://u:p@zoom.us/", "not_an_address"),
    ("javascript:alert(1)", "not_https"), ("https://evil.example/", "not_allowed"),
])  # fmt: skip
def test_addresses_that_are_refused(text: str, code: str) -> None:
    with pytest.raises(BadAddress) as told:
        checked_link(text, ["zoom.us"])
    assert told.value.code == code


def test_addresses_and_numbers_that_are_taken() -> None:
    assert checked_link(" https://us02.zoom.us/j/1?pwd=x ", ["zoom.us"]) == "https://us02.zoom.us/j/1?pwd=x"
    assert checked_number("024 3333 4444#") == "02433334444#"
    with pytest.raises(BadAddress):
        checked_number("gọi cho tôi")
    assert video_origins({"api": "wss://video.example.vn/janus"}) == ["wss://video.example.vn"]


def test_only_who_runs_it_sets_the_way(world: make.World) -> None:
    given = {"conference": world.conference, "kind": "link", "address": "https://hop.example.vn/so-ket", "at": AT}
    with pytest.raises(Refused):
        actions.change_video(**given, by=world.desk_one)
    actions.change_video(**given, by=world.office)
    actions.change_video(**given, by=world.office)
    assert Event.objects.filter(name="conferences.video_changed").count() == 1
    with pytest.raises(Refused):
        actions.change_video(**{**given, "address": "http://hop.example.vn"}, by=world.office)


def test_only_addresses_of_the_allowed_hosts(world: make.World, settings: Any) -> None:
    given = {"conference": world.conference, "kind": "link", "by": world.office, "at": AT}
    actions.change_video(**given, address="https://hop.khac.example/so-ket")
    settings.VIDEO_HOSTS = ("hop.example.vn",)
    world.one.conference.refresh_from_db()
    assert queries.join(world.one) is None  # set before, no longer allowed
    with pytest.raises(Refused):
        actions.change_video(**given, address="https://hop.khac.example/so-ket")
    actions.change_video(**given, address="https://a.hop.example.vn/so-ket")
    world.one.conference.refresh_from_db()
    found = queries.join(world.one)
    assert found is not None
    assert found.url == "https://a.hop.example.vn/so-ket"


def test_the_halls_screen_holds_no_key_of_the_video_server(world: make.World, settings: Any) -> None:
    settings.VIDEO = {"api": "ws://127.0.0.1:9", "admin": "http://127.0.0.1:9/admin", "secrets": "/nowhere/secrets.json"}
    actions.change_video(conference=world.conference, kind="janus", address="", by=world.office, at=AT)
    world.one.conference.refresh_from_db()
    found = queries.join(world.one)
    assert found is not None
    assert found.rooms is not None
    for person in (world.office, world.desk_two):
        client = LintingClient()
        client.force_login(person)
        for path in ("man-hinh/", "trang-thai.json"):
            page = client.get(f"/hoi-nghi/{world.conference.slug}/{path}").content.decode()
            assert found.rooms.token not in page
            assert found.rooms.pin not in page


def test_the_pages(world: make.World) -> None:
    client, base = LintingClient(), f"/hoi-nghi/{world.conference.slug}/"
    client.force_login(world.desk_one)
    assert client.get(base + "truyen-hinh/").status_code == 404
    screen = f"{base}diem-cau/{world.one.pk}/man-hinh/"
    assert 'id="video"' not in client.get(screen).content.decode()
    client.force_login(world.office)
    assert "https" in client.post(base + "truyen-hinh/", {"kind": "link", "address": "ftp://x"}).content.decode()
    assert client.post(base + "truyen-hinh/", {"kind": "link", "address": "https://hop.example.vn/so-ket"}).status_code == 302
    client.force_login(world.desk_one)
    assert 'href="https://hop.example.vn/so-ket"' in client.get(screen).content.decode()
    assert "hop.example.vn" not in client.get(base + "man-hinh/").content.decode()


def test_our_own_server_gives_each_site_its_own_token_and_nobody_elses(world: make.World, settings: Any) -> None:
    settings.VIDEO = {"api": "ws://127.0.0.1:9", "admin": "http://127.0.0.1:9/admin", "secrets": "/nowhere/secrets.json"}
    actions.change_video(conference=world.conference, kind="janus", address="", by=world.office, at=AT)
    for site in (world.one, world.two):
        site.conference.refresh_from_db()
    one, two = queries.join(world.one), queries.join(world.two)
    assert one is not None and two is not None and one.rooms is not None and two.rooms is not None  # noqa: PT018
    assert (one.rooms.audio, one.rooms.pin) == (two.rooms.audio, two.rooms.pin)
    client = LintingClient()
    client.force_login(world.desk_one)
    page = client.get(f"/hoi-nghi/{world.conference.slug}/diem-cau/{world.one.pk}/man-hinh/").content.decode()
    assert one.rooms.token in page
    assert two.rooms.token not in page
    client.force_login(world.stranger)
    assert client.get(f"/hoi-nghi/{world.conference.slug}/man-hinh/").status_code == 404


def test_a_missing_server_never_stops_the_chair(world: make.World, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.VIDEO = {"api": "ws://127.0.0.1:9", "admin": "http://127.0.0.1:9/admin", "secrets": "/nowhere/secrets.json"}
    actions.change_video(conference=world.conference, kind="janus", address="", by=world.office, at=AT)
    actions.put_item(conference=world.conference, kind="opening", title="Khai mạc", minutes=5, by=world.office, at=AT)
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT)
    world.conference.refresh_from_db()
    trouble = queries.prepare(world.conference)
    assert trouble is not None
    assert trouble.code == "not_set_up"
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.act(conference=world.conference, id=uuid4(), kind="begin", payload={}, seen=0, by=world.office, at=AT)
    assert row.sequence == 1
    client = LintingClient()
    client.force_login(world.office)
    page = client.post(f"/hoi-nghi/{world.conference.slug}/truyen-hinh/", {"kind": "janus", "address": ""}, follow=True).content.decode()
    assert "chưa có máy chủ truyền hình" in page


def test_a_finished_sound_file_goes_into_the_archive(world: make.World, settings: Any, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.json"
    settings.VIDEO = {"api": "ws://127.0.0.1:9", "admin": "http://127.0.0.1:9/admin", "secrets": str(secrets), "recordings": str(tmp_path)}
    actions.change_video(conference=world.conference, kind="janus", address="", by=world.office, at=AT)
    world.conference.refresh_from_db()
    assert queries.sound(world.conference, patience=0) is None
    (tmp_path / f"conference-{world.conference.pk}-20260715-010203.wav").write_bytes(b"RIFF" + bytes(4) + b"WAVEfmt data" + bytes(8))
    part = tmp_path / f"conference-{world.conference.pk}-20260715-020304.wav.part"
    part.touch()
    assert queries.sound(world.conference, patience=0) is None, "an older file is not taken while a newer one is being written"
    os.utime(part, (0, 0))
    kept = queries.sound(world.conference)
    assert kept is not None
    assert kept[1] == AT.replace(hour=1, minute=2, second=3)
    client, url = LintingClient(), f"/hoi-nghi/{world.conference.slug}/truyen-hinh/ghi-am/"
    client.force_login(world.desk_one)
    assert client.post(url, {"what": "on"}).status_code == 404
    client.force_login(world.office)
    assert "không thực hiện được" in client.post(url, {"what": "on"}, follow=True).content.decode()
