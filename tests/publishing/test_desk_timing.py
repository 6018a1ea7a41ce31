"""Embargo, expiry and the set time: by hand, by schedule and by the worker."""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from soket.audit.models import Event
from soket.kernel.clock import now
from soket.kernel.door import Refused, open_door
from soket.publishing import actions, mending, queries, shelving
from soket.publishing.actions import timing
from soket.publishing.models import Article, ArticleState, ReleasedCopy
from soket.publishing.models import ArticleStateName as State
from soket.publishing.outlet import stock
from tests.factories import publishing_desk as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
DESK = "/toa-soan/bai/giao-ban/"
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def room(db: None) -> make.Room:
    return make.room()


def refused(act: Callable[[], Any], field: str = "") -> str:
    with translation.override("vi"):
        with pytest.raises(Refused) as caught:
            act()
        assert (field in caught.value.errors) if field else not caught.value.errors
        return str(caught.value.errors[field] if field else caught.value.message)


def times(room: make.Room, embargo: datetime | None = None, expires: datetime | None = None, by: Any = None, at: datetime = make.AT) -> Article:
    return timing.set_times(article=room.article, embargo_until=embargo, expires_at=expires, by=by or room.secretary, at=at)


def test_times_are_set_changed_and_removed_with_a_record_of_each(room: make.Room) -> None:
    times(room, make.DUE, make.DUE + HOUR)
    times(room, make.DUE, make.DUE + 2 * HOUR)
    times(room, make.DUE, make.DUE + 2 * HOUR)  # nothing new: nothing recorded
    times(room)
    names = ["publishing.embargoed", "publishing.embargo_lifted", "publishing.expires", "publishing.stays"]
    rows = Event.objects.filter(name__in=names).order_by("pk")
    told = [(row.name, json.loads(row.body)["payload"].get("until", "")) for row in rows]
    assert told == [
        ("publishing.embargoed", "2026-07-15T14:00+07:00"), ("publishing.expires", "2026-07-15T15:00+07:00"),
        ("publishing.expires", "2026-07-15T16:00+07:00"), ("publishing.embargo_lifted", ""), ("publishing.stays", ""),
    ]
    for who in (room.reporter, room.editor, room.photographer, room.stranger):
        assert "không duyệt" in refused(lambda who=who: times(room, make.DUE, by=who))


def test_times_that_do_not_fit_together_are_refused_at_their_fields(room: make.Room) -> None:
    assert "tương lai" in refused(lambda: times(room, make.AT), "embargo_until")
    assert "tương lai" in refused(lambda: times(room, None, make.AT), "expires_at")
    assert "trước khi hết thời gian cấm" in refused(lambda: times(room, make.DUE, make.DUE), "expires_at")
    make.brought(room, State.SCHEDULED)
    assert "đã hẹn giờ đăng trước" in refused(lambda: times(room, make.DUE + TICK), "embargo_until")
    assert "hết hạn trước khi được đăng" in refused(lambda: times(room, None, make.DUE), "expires_at")
    times(room, make.DUE, make.DUE + TICK)  # both just fit
    late = make.DUE + 3 * HOUR
    times(room, make.DUE, late + HOUR, at=late)  # the embargo is past by now and is not asked about again


def test_an_embargo_is_passed_neither_by_hand_nor_by_schedule_nor_by_the_worker(room: make.Room) -> None:
    revision = make.brought(room, State.APPROVED)
    times(room, make.DUE)
    publish = lambda at: actions.publish(revision=revision, by=room.secretary, at=at)  # noqa: E731
    assert "cấm công bố" in refused(lambda: publish(make.DUE - TICK))
    early = make.DUE - HOUR
    assert "cấm công bố" in refused(lambda: actions.schedule(revision=revision, due=early, by=room.secretary, at=make.AT), "due")
    actions.schedule(revision=revision, due=make.DUE, by=room.secretary, at=make.AT)
    with open_door():  # even were the time moved behind the desk's back
        Article.objects.filter(pk=room.article.pk).update(embargo_until=make.DUE + HOUR)
    assert timing.publish_due(make.DUE) == 0
    assert not ReleasedCopy.objects.exists() and make.state(room) == State.RETURNED
    last = ArticleState.objects.order_by("-pk")[0]
    assert (last.by_id, last.by_label) == ("publisher", "Hẹn giờ đăng: Cán bộ secretary") and "cấm công bố" in last.reason
    with translation.override("vi"):
        assert [item.detail for item in queries.waiting_for(room.secretary, make.DUE)] == ["Không đăng được vào giờ đã hẹn: xem lý do"]


def test_what_is_due_goes_out_at_its_time_once_and_one_that_cannot_holds_up_no_other(room: make.Room) -> None:
    articles = [room.article, make.begun(room, "hai"), make.begun(room, "ba"), make.begun(room, "bon"), make.begun(room, "nam")]
    edited, down, expired = articles[1], articles[2], articles[3]
    for article in articles:
        if article is not down:
            make.brought(room, State.SCHEDULED, article)
    make.written(room, edited, by=room.editor)  # approval is gone
    _published_then_down(room, down)
    with open_door():
        Article.objects.filter(pk=expired.pk).update(expires_at=make.DUE)
    assert timing.publish_due(make.DUE - TICK) == 0
    assert timing.publish_due(make.DUE) == 2
    assert [make.state(room, one) for one in articles] == [State.PUBLISHED, State.DRAFT, State.RETURNED, State.RETURNED, State.PUBLISHED]
    assert timing.publish_due(make.DUE + HOUR) == 0
    published = ArticleState.objects.get(article=room.article, state=State.PUBLISHED)
    assert (published.at, published.by_label) == (make.DUE, "Hẹn giờ đăng: Cán bộ secretary")


def _published_then_down(room: make.Room, article: Article) -> None:
    """A correction is scheduled, then the article is taken down."""
    make.brought(room, State.PUBLISHED, article)
    revision = make.written(room, article, by=room.editor, note="Sửa.")
    actions.send_for_approval(revision=revision, by=room.editor, at=make.AT)
    actions.approve(revision=revision, by=room.secretary, at=make.AT)
    actions.schedule(revision=revision, due=make.DUE, by=room.secretary, at=make.AT)
    actions.withdraw(article=article, reason="Đăng nhầm", by=room.secretary, at=make.AT)


def test_a_text_that_missed_its_time_is_on_the_secretarys_worklist(room: make.Room) -> None:
    make.brought(room, State.SCHEDULED)
    waits = lambda at: [item.detail for item in queries.waiting_for(room.secretary, at)]  # noqa: E731
    with translation.override("vi"):
        assert (waits(make.DUE + timedelta(minutes=5)), waits(make.DUE + timedelta(minutes=6))) == ([], ["Đã quá giờ hẹn mà bài chưa đăng"])


def test_an_expired_article_is_not_published_again_before_its_time_is_changed(room: make.Room) -> None:
    revision = make.brought(room, State.APPROVED)
    times(room, None, make.DUE)
    assert "Thời hạn hiển thị" in refused(lambda: actions.publish(revision=revision, by=room.secretary, at=make.DUE))
    actions.publish(revision=revision, by=room.secretary, at=make.DUE - TICK)


def test_a_change_of_the_end_of_a_published_article_reaches_the_store(
    room: make.Room, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    make.brought(room, State.PUBLISHED)
    end = now() + HOUR
    with django_capture_on_commit_callbacks(execute=True):
        times(room, None, end, at=now())
    kept = queries.kept("giao-ban")
    assert kept is not None and kept.until == int(end.timestamp())
    with django_capture_on_commit_callbacks() as told:
        times(room, now() + HOUR / 2, end, at=now())
    assert told == []  # an embargo changes nothing that the public has


def test_the_store_is_mended_after_it_could_not_be_written(room: make.Room) -> None:
    make.brought(room, State.PUBLISHED)
    gone = make.begun(room, "hai")
    make.brought(room, State.WITHDRAWN, gone)
    make.brought(room, State.DRAFT, make.begun(room, "ba"))
    assert queries.shelf() is None  # a test's transaction never commits, so nobody was told
    assert (mending.mend(), mending.mend()) == (2, 0)
    assert [card.slug for card in queries.newest(9)] == ["giao-ban"]
    assert queries.kept("hai").card.state == "withdrawn"  # type: ignore[union-attr]
    make.brought(room, State.CORRECTED, make.begun(room, "bon"))
    with stock.writing(settings.PUBLIC) as link:
        stock.remove(link, room.article.pk)
    assert mending.mend() == 2 and queries.kept("bon").card.number == 2  # type: ignore[union-attr]


def test_what_has_expired_leaves_the_store(room: make.Room) -> None:
    make.brought(room, State.PUBLISHED)
    with open_door():
        Article.objects.filter(pk=room.article.pk).update(expires_at=now() - HOUR)
    shelving.shelve_frame()
    shelving.shelve(room.article.pk)
    assert queries.kept("giao-ban") is None
    shelf = queries.shelf()
    assert shelf is not None and shelf.link.execute("SELECT count(*) FROM article").fetchone()[0] == 1
    before = shelf.generation()
    assert (mending.mend(), mending.mend()) == (1, 0)
    assert shelf.link.execute("SELECT count(*) FROM article").fetchone()[0] == 0 and shelf.generation() == before + 1


def test_the_page_of_times_names_what_is_wrong_and_keeps_what_was_typed(room: make.Room, client: LintingClient) -> None:
    make.written(room)
    client.force_login(room.secretary)
    sent = {"embargo_until_day": "2031-05-02", "embargo_until_time": "08:00", "expires_at_day": "2031-05-01", "expires_at_time": ""}
    assert "Ghi đủ cả ngày và giờ." in client.post(f"{DESK}thoi-han/", sent).content.decode()
    text = client.post(f"{DESK}thoi-han/", {**sent, "expires_at_time": "09:00"}).content.decode()
    assert 'id="id_expires_at_day_error"' in text and 'value="2031-05-01"' in text
    assert client.post(f"{DESK}thoi-han/", {**sent, "expires_at_day": "03/05/2031", "expires_at_time": "09:00"}).status_code == 302
    article = Article.objects.get(pk=room.article.pk)
    assert (str(article.embargo_until), str(article.expires_at)) == ("2031-05-02 01:00:00+00:00", "2031-05-03 02:00:00+00:00")
    assert "Cấm công bố đến" in client.get(DESK).content.decode()
    form = client.get(f"{DESK}thoi-han/").content.decode()
    assert 'value="2031-05-02"' in form and 'value="09:00"' in form
    assert client.post(f"{DESK}thoi-han/", {}).status_code == 302
    assert Article.objects.filter(embargo_until=None, expires_at=None).count() == 1
