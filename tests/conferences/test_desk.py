"""The desk of a site: devices let in by a secret that no log holds, its page with and without scripts, and its API."""
from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.core.presence import badge_text
from soket.conferences.models import Beat, Device, Handover, Headcount, Scan, Site
from soket.kernel.clock import now
from soket.kernel.door import Refused, open_door
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
OURS = {"HTTP_X_SOKET_DESK": "1"}


def today(world: make.World) -> None:
    """The conference is this hour, so that devices may be let in."""
    at = now()
    with open_door():
        type(world.conference).objects.filter(pk=world.conference.pk).update(starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
    for site in (world.centre, world.one, world.two):
        site.refresh_from_db()


def device(world: make.World, site: Site, person: object) -> tuple[Client, Device, str]:
    """A browser that keeps the desk."""
    today(world)
    made, token = actions.let_in_device(site=site, label="Điện thoại ở cửa", by=person, at=now())  # type: ignore[arg-type]
    client = LintingClient()
    assert client.post("/ban/vao/", {"key": f"http://localhost/ban/#{token}"}).status_code == 302
    return client, made, token


def post(client: Client, path: str, body: dict[str, object], **more: str) -> tuple[int, dict[str, object]]:
    answer = client.post(path, json.dumps(body), content_type="application/json", **{**OURS, **more})
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}


def scan(raw: str, **more: object) -> dict[str, object]:
    return {"id": str(uuid4()), "raw": raw, "way": "entry", "how": "qr", "at": now().isoformat(), **more}


def test_a_device_is_let_in_once_and_its_secret_is_in_no_log(world: make.World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client, made, token = device(world, world.one, world.desk_one)
    page = client.get("/ban/")
    assert page.status_code == 200
    assert "Điểm cầu" in page.content.decode()
    assert token not in page.content.decode()
    assert token not in "".join(str(record.__dict__) for record in caplog.records)
    assert made.token_sha256 != token
    assert [event.name for event in Event.objects.filter(name__startswith="conferences.device")] == ["conferences.device_let_in"]


def test_a_browser_without_a_device_gets_the_door_and_no_data(world: make.World) -> None:
    client = LintingClient()
    assert client.get("/ban/").status_code == 200
    assert client.get("/ban/danh-sach.json").status_code == 404
    assert client.get("/ban/man-hinh/").status_code == 404
    assert post(client, "/ban/diem-danh.json", {"now": now().isoformat(), "scans": []})[0] == 404
    assert client.post("/ban/vao/", {"key": "sai"}).status_code == 404
    assert client.post("/ban/", {"what": "scan", "raw": "3"}).status_code == 404


def test_shut_out_or_past_its_day_the_device_finds_nothing(world: make.World) -> None:
    client, made, _token = device(world, world.one, world.desk_one)
    keeper = LintingClient()
    keeper.force_login(world.desk_one)
    url = f"/hoi-nghi/{world.conference.slug}/diem-cau/{world.one.pk}/thiet-bi/"
    assert "Điện thoại ở cửa" in keeper.get(url).content.decode()
    assert keeper.post(f"{url}{made.pk}/bo/").status_code == 302
    assert client.get("/ban/danh-sach.json").status_code == 404
    assert [event.name for event in Event.objects.filter(name="conferences.device_shut_out")] == ["conferences.device_shut_out"]
    other, late, _token = device(world, world.one, world.desk_one)
    with open_door():
        Device.objects.filter(pk=late.pk).update(until=now())
    assert other.get("/ban/danh-sach.json").status_code == 404


def test_the_keeper_of_another_site_finds_neither_devices_nor_presence(world: make.World) -> None:
    client = LintingClient()
    for person in (world.desk_two, world.stranger):
        client.force_login(person)
        for part in ("thiet-bi", "co-mat"):
            assert client.get(f"/hoi-nghi/{world.conference.slug}/diem-cau/{world.one.pk}/{part}/").status_code == 404
        for path in ("co-mat/", "trung-co-mat/", "bang-diem-cau/", "co-mat/3/"):
            assert client.get(f"/hoi-nghi/{world.conference.slug}/{path}").status_code == 404
    today(world)
    with pytest.raises(Refused):
        actions.let_in_device(site=world.one, label="x", by=world.desk_two, at=now())


def test_the_list_holds_its_own_site_without_badges(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    answer = client.get("/ban/danh-sach.json")
    rows = answer.json()["rows"]
    assert [row["n"] for row in rows] == [3, 4]
    assert f"b{world.conference.pk}-3" not in answer.content.decode()
    assert client.get("/ban/danh-sach.json", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_scans_over_the_api_answer_in_words_and_repeat_harmlessly(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    sent = {"now": now().isoformat(), "scans": [scan(badge_text(world.conference.code, f"b{world.conference.pk}-3")), scan("SOKET:HN-KHAC:x"), scan("77")]}
    status, told = post(client, "/ban/diem-danh.json", sent)
    assert status == 200
    assert [row["outcome"] for row in told["answers"]] == ["accepted", "other", "unknown"]  # type: ignore[attr-defined]
    assert told["answers"][0]["says"] == "Đã điểm danh đại biểu số 3."  # type: ignore[index]
    assert post(client, "/ban/diem-danh.json", sent)[1]["answers"] == told["answers"]
    assert Scan.objects.count() == 3
    assert Scan.objects.get(outcome="accepted").by_label == f"Điện thoại ở cửa, {world.one.name}"


def test_a_device_an_hour_ahead_is_told_so(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    ahead = now() + timedelta(hours=1)
    _status, told = post(client, "/ban/diem-danh.json", {"now": ahead.isoformat(), "scans": [scan("3", at=ahead.isoformat())]})
    assert "nhanh 60 phút" in str(told["clock"]) or "nhanh 59 phút" in str(told["clock"])
    assert abs((Scan.objects.get().counted_at - now()).total_seconds()) < 60


@pytest.mark.parametrize("body", [
    {}, {"now": "x", "scans": []}, {"now": "2026-07-15T08:00:00", "scans": []}, {"now": "2026-07-15T08:00:00Z", "scans": [{}]},
    {"now": "2026-07-15T08:00:00Z", "scans": [{"id": 5, "raw": "3", "way": "entry", "how": "typed", "at": "2026-07-15T08:00:00Z"}]},
    {"now": "0001-01-01T00:00:00Z", "scans": []}, {"now": "9999-12-31T00:00:00Z", "scans": []},
])  # fmt: skip
def test_broken_requests_are_refused_whole(world: make.World, body: dict[str, object]) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    assert post(client, "/ban/diem-danh.json", body)[0] == 400
    assert Scan.objects.count() == 0


@pytest.mark.parametrize(("year", "kept"), [(1969, None), (2150, 2**31 - 1)])
def test_a_clock_that_lost_its_year_loses_no_scan(world: make.World, year: int, kept: int | None) -> None:
    """A device without a battery falls back to 1970, in Viet Nam's zone a few hours before it."""
    client, _made, _token = device(world, world.one, world.desk_one)
    wrong = datetime(year, 12, 31, 17, 0, tzinfo=UTC)
    status, told = post(client, "/ban/diem-danh.json", {"now": wrong.isoformat(), "scans": [scan("3", at=wrong.isoformat())]})
    assert (status, told["answers"][0]["outcome"]) == (200, "accepted")  # type: ignore[index]
    row = Scan.objects.get()
    assert abs((row.counted_at - now()).total_seconds()) < 60
    assert row.skew_s == (kept or pytest.approx((wrong - now()).total_seconds(), abs=60))


def test_json_too_deep_to_read_is_refused(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    answer = client.post("/ban/diem-danh.json", "[" * 100_000, content_type="application/json", headers={"X-Soket-Desk": "1"})
    assert answer.status_code == 400


def test_other_pages_and_forms_cannot_write(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    sent = {"now": now().isoformat(), "scans": [scan("3")]}
    assert client.post("/ban/diem-danh.json", json.dumps(sent), content_type="application/json").status_code == 404
    assert post(client, "/ban/diem-danh.json", sent, HTTP_SEC_FETCH_SITE="cross-site")[0] == 404
    assert Scan.objects.count() == 0


def test_halls_awards_and_beats(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    count, award = str(uuid4()), str(uuid4())
    for _again in range(2):
        assert post(client, "/ban/dem.json", {"id": count, "count": "41", "at": now().isoformat()})[1]["count"] == 41
        words = {"award": "Bằng khen", "recipient": "Công an xã", "handed_by": "Chủ tịch UBND xã"}
        assert post(client, "/ban/trao.json", {"id": award, "at": now().isoformat(), **words})[0] == 200
    assert (Headcount.objects.count(), Handover.objects.count()) == (1, 1)
    assert post(client, "/ban/dem.json", {"id": str(uuid4()), "count": -1, "at": now().isoformat()})[0] == 409
    assert post(client, "/ban/nhip.json", {"now": now().isoformat(), "sequence": 3, "waiting": 2, "delay": 80, "link": "live"})[0] == 200
    beat = Beat.objects.get()
    assert (beat.site_id, beat.sequence, beat.waiting, beat.delay_ms, beat.link) == (world.one.pk, 3, 2, 80, "live")
    names = set(Event.objects.values_list("name", flat=True))
    assert {"conferences.heads_counted", "conferences.handed_over"} <= names
    keeper = LintingClient()
    keeper.force_login(world.desk_one)
    page = keeper.get(f"/hoi-nghi/{world.conference.slug}/diem-cau/{world.one.pk}/co-mat/").content.decode()
    assert "41 người" in page
    assert "Bằng khen" in page


def test_without_scripts_the_desk_is_forms(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    assert client.post("/ban/", {"what": "scan", "id": str(uuid4()), "raw": "3", "way": "entry"}).status_code == 302
    page = client.get("/ban/").content.decode()
    assert "Đã điểm danh đại biểu số 3." in page
    assert client.post("/ban/", {"what": "heads", "id": str(uuid4()), "count": "12"}).status_code == 302
    wrong = client.post("/ban/", {"what": "award", "id": str(uuid4()), "award": "Bằng khen"})
    assert wrong.status_code == 200
    assert 'value="Bằng khen"' in wrong.content.decode()
    good = {"what": "award", "id": str(uuid4()), "award": "Bằng khen", "recipient": "Công an xã", "handed_by": "Chủ tịch UBND xã"}
    assert client.post("/ban/", good).status_code == 302
    assert "Bằng khen" in client.get("/ban/").content.decode()
    strike = {"what": "strike", "raw": good["id"]}
    assert client.post("/ban/", strike).status_code == 302
    assert client.post("/ban/", strike).status_code == 404
    assert Handover.objects.count() == 2, "both rows stay"
    kept = client.get("/ban/").content.decode().split("Khen thưởng đã trao tại đây</h2>")[1].split("</section>")[0]
    assert "<li" not in kept
    assert Event.objects.filter(name="conferences.handover_struck").count() == 1
    assert client.post("/ban/ra/").status_code == 302
    assert client.cookies["soket-ban"].value == ""


def test_the_desks_screen_asks_for_the_floor_and_its_worker_names_its_files(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    assert world.one.name in client.get("/ban/man-hinh/").content.decode()
    assert client.get("/ban/trang-thai.json").json()["sequence"] == 0
    refused = client.post("/ban/phat-bieu/", {"id": str(uuid4()), "kind": "request", "topic": "speak", "minutes": "3"})
    assert refused.status_code == 409
    body = client.get("/ban/ban.js").content.decode()
    assert "desk-store.js" in body.splitlines()[0]


def test_presence_conflicts_and_board_for_who_runs_it(world: make.World) -> None:
    client, _made, _token = device(world, world.one, world.desk_one)
    other, _made, _token = device(world, world.two, world.desk_two)
    post(client, "/ban/diem-danh.json", {"now": now().isoformat(), "scans": [scan("3"), scan("4"), scan("nhầm")]})
    post(other, "/ban/diem-danh.json", {"now": now().isoformat(), "scans": [scan("3"), scan("5")]})
    post(client, "/ban/nhip.json", {"now": now().isoformat(), "link": "live"})
    office, base = LintingClient(), f"/hoi-nghi/{world.conference.slug}/"
    office.force_login(world.office)
    page = office.get(base + "co-mat/").content.decode()
    assert "2</a> trên" in page
    assert "Một đại biểu" in page or "1 đại biểu" in page
    data = office.get(base + "co-mat/?dang=json").json()
    assert (data["present"], data["listed"], data["waiting"], data["absent"]) == (2, 6, 1, 3)
    table = office.get(base + "co-mat/?dang=csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 7
    for status in ("present", "waiting", "absent", "left", "elsewhere"):
        assert office.get(f"{base}co-mat/?trang-thai={status}").status_code == 200
    assert office.get(base + "co-mat/?luc=2020-01-01T00:00").content.decode().count(">0</a>") >= 2
    for odd in ("0001-01-01T00:00", "9999-12-31T23:59", "x", "2026-07-15"):
        assert office.get(base + f"co-mat/?luc={odd}").status_code == 200
    assert office.get(base + "co-mat/3/").status_code == 200
    assert office.get(base + "co-mat/99/").status_code == 404
    assert "Nhầm" not in page
    assert "nhầm" in office.get(f"{base}diem-cau/{world.one.pk}/co-mat/?loi=1").content.decode()
    board = office.get(base + "bang-diem-cau/").content.decode()
    assert board.count('class="t-live"') == 1
    assert board.count('class="t-never"') == 2
    assert office.get(base + "bang-diem-cau/?trang-thai=live", HTTP_HX_REQUEST="true").content.decode().startswith('<div id="board"')
    cases = office.get(base + "trung-co-mat/").content.decode()
    link = cases.partition('href="/hoi-nghi/' + world.conference.slug + '/trung-co-mat/')[2].partition('"')[0]
    assert office.post(f"{base}trung-co-mat/{link}", {"site": world.two.pk}).status_code == 200
    assert office.post(f"{base}trung-co-mat/{link}", {"site": world.two.pk, "reason": "Gọi điện xác minh"}).status_code == 302
    assert office.get(base + "co-mat/?dang=json").json()["present"] == 3
    assert "Gọi điện xác minh" in office.get(base + "trung-co-mat/").content.decode()
