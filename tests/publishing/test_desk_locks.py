"""Locks: exact times, who may take one over, and that what another typed is never lost."""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from soket.audit.models import Event
from soket.kernel.clock import now
from soket.kernel.door import Refused
from soket.publishing.actions import locks, steps
from soket.publishing.models import EditLock, Revision
from soket.publishing.queries import flow
from tests.factories import publishing_desk as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
DESK = "/toa-soan/bai/giao-ban/"
MINUTE, TICK = timedelta(minutes=1), timedelta(microseconds=1)


@pytest.fixture
def room(db: None) -> make.Room:
    return make.room()


def refused(act: Callable[[], Any]) -> str:
    with translation.override("vi"):
        with pytest.raises(Refused) as caught:
            act()
        return str(caught.value.message)


def test_a_lock_ends_by_itself_after_fifteen_minutes_and_a_sign_of_life_makes_it_longer(room: make.Room) -> None:
    take = lambda who, at: locks.take_lock(article=room.article, by=who, at=at)  # noqa: E731
    assert take(room.reporter, make.AT).until == make.AT + 15 * MINUTE
    last = make.AT + 15 * MINUTE - TICK
    assert refused(lambda: take(room.editor, last)) == (
        "Cán bộ reporter đang mở bài này đến 09:15. Nội dung bạn nhập chưa được lưu và vẫn còn trên trang."
    )
    kept = locks.keep_lock(article=room.article, by=room.reporter, at=last)
    assert (kept.since, kept.until) == (make.AT, last + 15 * MINUTE)
    assert flow.lock_of(room.article, kept.until - TICK) is not None
    assert flow.lock_of(room.article, kept.until) is None
    taken = take(room.editor, kept.until)  # nothing cleared it
    assert (taken.holder_label, taken.since, EditLock.objects.count()) == ("Cán bộ editor", kept.until, 1)
    assert "Cán bộ editor" in refused(lambda: locks.keep_lock(article=room.article, by=room.reporter, at=kept.until))


def test_a_text_is_saved_by_its_holder_alone_and_saving_makes_the_lock_longer(room: make.Room) -> None:
    locks.take_lock(article=room.article, by=room.reporter, at=make.AT)
    later = make.AT + 10 * MINUTE
    assert "Cán bộ reporter" in refused(lambda: make.written(room, by=room.editor, at=later))
    assert not Revision.objects.exists()
    make.written(room, at=later)
    lock = flow.lock_of(room.article, later)
    assert lock is not None and lock.until == later + 15 * MINUTE
    make.written(room, by=room.editor, at=lock.until)  # it has ended
    assert flow.lock_of(room.article, lock.until) is None  # saving alone makes none


def test_who_hands_a_text_over_gives_the_right_to_write_in_it_with_it(room: make.Room) -> None:
    revision = make.written(room)
    locks.take_lock(article=room.article, by=room.reporter, at=make.AT)
    steps.hand_over(revision=revision, by=room.reporter, at=make.AT)
    assert flow.lock_of(room.article, make.AT) is None
    assert make.written(room, by=room.editor).number == 2


def test_a_lock_that_lasts_is_ended_by_the_secretary_with_a_recorded_reason(room: make.Room) -> None:
    over = lambda who, reason="": locks.take_over(article=room.article, reason=reason, by=who, at=make.AT + MINUTE)  # noqa: E731
    locks.take_lock(article=room.article, by=room.reporter, at=make.AT)
    for who in (room.editor, room.colleague, room.photographer, room.stranger):
        assert "Cán bộ reporter" in refused(lambda who=who: over(who, "Cần ngay"))
    assert "không được để trống" in refused(lambda: over(room.secretary))
    assert over(room.secretary, "Bài phải đăng ngay") is None and not EditLock.objects.exists()  # who does not write frees it
    locks.take_lock(article=room.article, by=room.reporter, at=make.AT)
    taken = over(room.chief, "Bài phải đăng ngay")
    assert taken is not None and taken.holder_label == "Cán bộ chief"
    rows = [(row.name, json.loads(row.body)) for row in Event.objects.filter(name__startswith="publishing.lock_").order_by("pk")]
    assert [(name, body["reason"], body["payload"]) for name, body in rows] == [
        ("publishing.lock_freed", "Bài phải đăng ngay", {"holder": "Cán bộ reporter"}),
        ("publishing.lock_taken", "Bài phải đăng ngay", {"holder": "Cán bộ reporter"}),
    ]
    ended = taken.until
    assert locks.take_over(article=room.article, reason="", by=room.colleague, at=ended) is not None  # an ended one needs no reason


def test_only_who_writes_holds_a_text_and_only_its_holder_gives_it_back(room: make.Room) -> None:
    for who in (room.secretary, room.photographer, room.sound, room.stranger, room.administrator):
        assert "không biên soạn" in refused(lambda who=who: locks.take_lock(article=room.article, by=who, at=make.AT))
    locks.take_lock(article=room.article, by=room.reporter, at=make.AT)
    assert locks.give_back(article=room.article, by=room.editor, at=make.AT) is False
    assert locks.give_back(article=room.article, by=room.reporter, at=make.AT) is True
    assert locks.take_lock(article=room.article, by=room.editor, at=make.AT).holder_label == "Cán bộ editor"


def test_the_page_takes_the_lock_shows_its_holder_and_keeps_what_another_typed(room: make.Room, client: LintingClient) -> None:
    make.written(room)
    client.force_login(room.secretary)
    client.get(DESK)
    assert not EditLock.objects.exists()  # who does not write holds nothing
    client.force_login(room.reporter)
    assert "Bạn đang mở bài này" in client.get(DESK).content.decode()
    client.force_login(room.editor)
    text = client.get(DESK).content.decode()
    assert "Cán bộ reporter đang mở bài này" in text and f'href="{DESK}khoa/go/"' not in text
    assert "Cán bộ reporter đang mở" in client.get("/toa-soan/").content.decode()
    answer = client.post(DESK, {**make.TEXT, "title": "TÊN CỦA BIÊN TẬP", "base": 1}).content.decode()
    assert "TÊN CỦA BIÊN TẬP" in answer and "Cán bộ reporter đang mở bài này đến" in answer and Revision.objects.count() == 1
    beat = client.post(f"{DESK}khoa/", headers={"X-Partial": "lock"})
    assert (beat.status_code, "Cán bộ reporter" in beat.json()["message"]) == (409, True)
    client.force_login(room.reporter)
    assert set(client.post(f"{DESK}khoa/", headers={"X-Partial": "lock"}).json()) == {"until"}
    client.force_login(room.secretary)
    assert f'href="{DESK}khoa/go/"' in client.get(DESK).content.decode()
    client.get(f"{DESK}khoa/go/")
    client.post(f"{DESK}khoa/go/", {"reason": "Bài phải đăng ngay"})
    assert flow.lock_of(room.article, now()) is None
    client.force_login(room.editor)
    client.post(f"{DESK}khoa/")
    assert client.post(f"{DESK}khoa/tra/")["Location"] == "/toa-soan/" and not EditLock.objects.exists()
