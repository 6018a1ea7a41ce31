"""Check-in: every attempt is a row, the same scan sent again is the same row, and one person at two sites waits for a decision."""
from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.actions.checkin import ScanDraft
from soket.conferences.core.presence import badge_text
from soket.conferences.models import Conflict, Scan, Site
from soket.conferences.queries import attendance as queries
from soket.kernel.door import Refused, open_door
from tests.factories import conferences as make

pytestmark = pytest.mark.django_db
NOW = make.STARTS


def draft(raw: str, minute: int = 0, way: str = "entry", id: UUID | None = None, **more: object) -> ScanDraft:
    return ScanDraft(id or uuid4(), raw, way, "typed", NOW + timedelta(minutes=minute), **more)  # type: ignore[arg-type]


def send(site: Site, person: object, *drafts: ScanDraft, at: datetime = NOW + timedelta(minutes=59), device_now: datetime | None = None) -> list[str]:
    rows = actions.check_in_many(site=site, scans=drafts, device_now=device_now or at, by=person, at=at)  # type: ignore[arg-type]
    return [row.outcome for row in rows]


def counted(world: make.World) -> tuple[int, int, int, int]:
    found = queries.attendance(world.conference)
    return found.present, found.listed, found.waiting, found.left


def test_each_failure_is_a_row_with_its_reason(world: make.World) -> None:
    code = world.conference.code
    with open_door():
        world.conference.delegates.filter(number=4).update(state="withdrawn")
    told = send(
        world.one, world.desk_one, draft(badge_text(code, f"b{world.conference.pk}-3")), draft("3", 1), draft("99", 2), draft("http://x", 3),
        draft(badge_text("HN-KHAC", "x"), 4), draft("4", 5), draft("5", 6), draft("6", 7, "exit"),
    )  # fmt: skip
    assert told == ["accepted", "already", "unknown", "unknown", "other", "withdrawn", "elsewhere", "not_in"]
    assert Scan.objects.count() == 8
    assert list(Scan.objects.filter(outcome="unknown").order_by("counted_at").values_list("raw", flat=True)) == ["99", "http://x"]
    assert Scan.objects.get(outcome="accepted").raw == "", "a badge's secret is not kept with the scan"
    assert counted(world) == (2, 5, 0, 0)
    assert Event.objects.filter(name="conferences.checked_in").count() == 1


def test_the_same_scan_sent_again_is_the_same_row(world: make.World) -> None:
    one = draft("3")
    assert send(world.one, world.desk_one, one, one) == ["accepted", "accepted"]
    assert send(world.one, world.desk_one, one) == ["accepted"]
    assert Scan.objects.count() == 1
    with pytest.raises(Refused):
        send(world.two, world.desk_two, one)


def test_leaving_and_coming_back(world: make.World) -> None:
    assert send(world.one, world.desk_one, draft("3"), draft("3", 20, "exit"), draft("3", 40)) == ["accepted", "accepted", "accepted"]
    assert counted(world) == (1, 6, 0, 0)
    stood = queries.attendance(world.conference, NOW + timedelta(minutes=30))
    assert (stood.present, stood.left) == (0, 1)


def test_one_person_at_two_sites_waits_and_is_settled_once(world: make.World) -> None:
    assert send(world.one, world.desk_one, draft("3")) == ["accepted"]
    assert send(world.two, world.desk_two, draft("3", 10)) == ["conflict"]
    assert counted(world) == (0, 6, 1, 0)
    case = queries.cases(world.conference)[0]
    assert case.pending
    with pytest.raises(Refused):
        actions.settle(conflict=case.conflict, site=world.centre, reason="xem lại", by=world.office, at=NOW)
    with pytest.raises(Refused):
        actions.settle(conflict=case.conflict, site=world.one, reason=" ", by=world.office, at=NOW)
    with pytest.raises(Refused):
        actions.settle(conflict=case.conflict, site=world.one, reason="tự quyết", by=world.desk_one, at=NOW)
    actions.settle(conflict=case.conflict, site=world.two, reason="Đã gọi điện xác minh", by=world.office, at=NOW)
    assert counted(world) == (1, 6, 0, 0)
    found = queries.attendance(world.conference)
    assert [(row.site.pk, row.present, row.guests) for row in found.sites] == [(world.centre.pk, 0, 0), (world.one.pk, 1, 0), (world.two.pk, 0, 1)]
    with pytest.raises(Refused):
        actions.settle(conflict=case.conflict, site=world.one, reason="lần nữa", by=world.office, at=NOW)
    assert Event.objects.filter(name="conferences.settled").count() == 1


def test_a_late_exit_dissolves_the_conflict(world: make.World) -> None:
    send(world.one, world.desk_one, draft("3"))
    send(world.two, world.desk_two, draft("3", 10))
    send(world.one, world.desk_one, draft("3", 5, "exit", offline=True))
    assert [case.pending for case in queries.cases(world.conference)] == [False]
    assert counted(world) == (1, 6, 0, 0)


def test_a_clock_an_hour_off_is_set_right(world: make.World) -> None:
    at, wrong = NOW + timedelta(minutes=59), timedelta(hours=1)
    one = ScanDraft(uuid4(), "3", "entry", "list", NOW + wrong)
    send(world.one, world.desk_one, one, at=at, device_now=at + wrong)
    row = Scan.objects.get()
    assert (row.counted_at, row.device_at, row.skew_s) == (NOW, NOW + wrong, 3600)


def test_five_hundred_queued_scans_merge_in_few_queries(world: make.World) -> None:
    for number in range(10, 260):
        make.delegate(world.one, world.one.host, number)
    queued = [draft(str(number), 1, offline=True) for number in range(10, 260)]
    with CaptureQueriesContext(connection) as few:
        send(world.one, world.desk_one, *queued[:2])
    with CaptureQueriesContext(connection) as many:
        assert set(send(world.one, world.desk_one, *queued, *queued)) == {"accepted"}
    assert len(many) <= len(few) + 4, "rows are written in blocks, not one by one"
    assert Scan.objects.count() == 250
    assert counted(world) == (250, 256, 0, 0)
    with pytest.raises(Refused):
        send(world.one, world.desk_one, *[draft("3") for _ in range(501)])


def test_a_conflict_is_kept_once(world: make.World) -> None:
    send(world.one, world.desk_one, draft("3"))
    send(world.two, world.desk_two, draft("3", 10), draft("3", 11))
    send(world.two, world.desk_two, draft("3", 12))
    assert Conflict.objects.count() == 1


def test_another_desk_may_not_scan_here(world: make.World) -> None:
    with pytest.raises(Refused):
        send(world.one, world.desk_two, draft("3"))
    with pytest.raises(Refused):
        send(world.one, world.stranger, draft("3"))
    assert Scan.objects.count() == 0


def test_attendance_asks_the_same_number_of_queries_for_more_sites(world: make.World) -> None:
    send(world.one, world.desk_one, draft("3"))
    with CaptureQueriesContext(connection) as few:
        queries.attendance(world.conference)
    make.delegate(make.site(world.conference, world.review.land.front["one"], order=9), world.one.host, 50)
    send(world.two, world.desk_two, draft("5"), draft("6"))
    with CaptureQueriesContext(connection) as more:
        queries.attendance(world.conference)
    assert len(more) == len(few)
