"""Acts of the session as they are written: two consoles, repeated sends, sites, and the snapshot that every screen shows."""
from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.models import Conference, LiveAct, Site
from soket.conferences.queries import live as queries
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused, open_door
from tests.factories import conferences as make

pytestmark = pytest.mark.django_db
AT = make.STARTS


@pytest.fixture
def issued(world: make.World) -> make.World:
    """Three lines issued; nobody has opened the session."""
    for title in ("Khai mạc", "Báo cáo", "Kết luận"):
        speaker = world.conference.delegates.get(number=1)
        actions.put_item(conference=world.conference, kind="other", title=title, minutes=10, speaker=speaker, by=world.office, at=AT - timedelta(days=2))
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT - timedelta(days=1))
    return world


def chair(world: make.World, kind: str, seen: int = 99, id: UUID | None = None, minute: int = 0, **payload: Any) -> LiveAct:
    return actions.act(
        conference=world.conference, id=id or uuid4(), kind=kind, payload=payload, seen=seen, by=world.office, at=AT + timedelta(minutes=minute)
    )


def desk(world: make.World, kind: str, at: Site | None = None, **payload: Any) -> LiveAct:
    site = at or world.one
    return actions.act(conference=world.conference, id=uuid4(), kind=kind, payload=payload, seen=0, site=site, by=world.desk_one, at=AT)


def test_the_session_walks_the_issued_lines_and_stops_at_both_ends(issued: make.World) -> None:
    chair(issued, "begin")
    with pytest.raises(Refused):
        chair(issued, "back")
    chair(issued, "next")
    chair(issued, "next")
    with pytest.raises(Refused):
        chair(issued, "next")
    assert queries.snapshot(issued.conference, AT)["item"]["title"] == "Kết luận"
    chair(issued, "end")
    assert Conference.objects.get().stage == "ended"
    chair(issued, "reopen")
    assert [(one.sequence, one.kind) for one in LiveAct.objects.order_by("sequence")] == [
        (1, "begin"), (2, "next"), (3, "next"), (4, "end"), (5, "reopen"),
    ]  # fmt: skip
    names = set(Event.objects.filter(name__startswith="conferences.").values_list("name", flat=True))
    assert {"conferences.begun", "conferences.moved", "conferences.ended"} <= names


def test_two_consoles_never_act_on_different_states(issued: make.World) -> None:
    chair(issued, "begin", seen=0)
    chair(issued, "next", seen=1)
    with pytest.raises(Refused) as refused:
        chair(issued, "next", seen=1)
    assert "2. Báo cáo" in str(refused.value.message)
    desk(issued, "request")
    chair(issued, "pause", seen=2)
    assert LiveAct.objects.count() == 4


def test_a_repeated_send_is_one_act(issued: make.World) -> None:
    id = uuid4()
    assert chair(issued, "begin", id=id).sequence == chair(issued, "begin", id=id).sequence == 1
    with pytest.raises(Refused):
        chair(issued, "pause", id=id)


def test_nothing_begins_without_an_agenda_or_by_others(world: make.World) -> None:
    with pytest.raises(Refused):
        chair(world, "begin")
    with pytest.raises(Refused):
        actions.act(conference=world.conference, id=uuid4(), kind="begin", payload={}, seen=0, by=world.desk_one, at=AT)
    assert LiveAct.objects.count() == 0


def test_a_site_speaks_only_for_itself(issued: make.World) -> None:
    chair(issued, "begin")
    theirs = issued.conference.delegates.get(number=5)
    with pytest.raises(Refused):
        desk(issued, "request", delegate=theirs.pk)
    with pytest.raises(Refused):
        desk(issued, "request", at=issued.two)
    with pytest.raises(Refused):
        desk(issued, "next")
    mine = desk(issued, "request", delegate=issued.conference.delegates.get(number=3).pk, topic="order", minutes=2)
    shown = queries.snapshot(issued.conference, AT)
    assert [(one["who"], one["topic"], one["minutes"]) for one in shown["queue"]] == [("Trưởng Công an", "order", 2)]
    with pytest.raises(Refused):
        actions.act(conference=issued.conference, id=uuid4(), kind="withdraw_request", payload={"request": str(mine.pk)}, seen=0, site=issued.two,
                    by=issued.desk_two, at=AT)  # fmt: skip
    with pytest.raises(Refused):
        chair(issued, "undo", sequence=mine.sequence)
    desk(issued, "withdraw_request", request=str(mine.pk))
    assert queries.snapshot(issued.conference, AT)["queue"] == []


def test_the_chair_calls_gives_the_floor_announces_and_takes_back(issued: make.World) -> None:
    chair(issued, "begin")
    asked = desk(issued, "request")
    chair(issued, "call_site", site=issued.one.pk)
    chair(issued, "start_speech", request=str(asked.pk), minute=5)
    chair(issued, "announce", text="Nghỉ giải lao 10 phút")
    chair(issued, "figure", code="SK-THU-01")
    shown = queries.snapshot(issued.conference, AT + timedelta(minutes=6))
    assert (shown["speaking"]["unit"], shown["called"][0]["site"], shown["announcement"]) == (
        shown["speaking"]["unit"], issued.one.pk, "Nghỉ giải lao 10 phút",
    )  # fmt: skip
    assert (shown["speaking"]["before_s"], shown["speaking"]["budget_s"], shown["figure"]) == (0, 600, "SK-THU-01")
    chair(issued, "undo", sequence=6)
    assert queries.snapshot(issued.conference, AT)["figure"] == ""
    with pytest.raises(Refused):
        chair(issued, "extend", seconds=99999)
    with pytest.raises(Refused):
        chair(issued, "call_site", site=0)
    assert Event.objects.filter(name__in=["conferences.undone", "conferences.asked", "conferences.steered"]).count() == 6


def test_one_snapshot_stays_under_four_kilobytes_with_the_longest_texts(issued: make.World) -> None:
    with open_door():
        first = issued.conference.delegates.get(number=1)
        first.titles.update(text="Ủy viên Ban Chấp hành Trung ương " * 6)
        issued.conference.sites.update(name="Điểm cầu Ủy ban nhân dân " * 8)
    for number in range(4, 7):
        actions.put_item(conference=issued.conference, kind="other", title="Tham luận của đơn vị " * 14, minutes=10,
                         speaker=issued.conference.delegates.get(number=1), by=issued.office, at=AT - timedelta(hours=number))  # fmt: skip
    actions.issue_agenda(conference=issued.conference, by=issued.office, at=AT - timedelta(hours=1))
    chair(issued, "begin")
    for _step in range(3):
        chair(issued, "next")
    for who in range(12):
        desk(issued, "request", who="Đại biểu " * 13 + str(who))
    chair(issued, "announce", text="Đề nghị các điểm cầu ổn định chỗ ngồi " * 6)
    chair(issued, "call_site", site=issued.one.pk)
    shown = queries.snapshot(issued.conference, AT)
    assert shown["queue_total"] == 12
    assert len(canonical(shown)) < 4096
