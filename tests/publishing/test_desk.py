"""Who may do what in which state: the whole table, through the actions and through the pages."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from soket.kernel.door import Refused
from soket.publishing import actions, queries
from soket.publishing.actions import timing
from soket.publishing.models import Article, ReleasedCopy, Revision
from soket.publishing.models import ArticleStateName as State
from tests.factories import publishing_desk as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
DESK = "/toa-soan/bai/giao-ban/"
WITH_WRITER, BEFORE_SENT = {State.DRAFT, State.RETURNED}, {State.DRAFT, State.RETURNED, State.HANDED}
# step → (role → states in which that role may take it)
TABLE: dict[str, dict[str, set[str]]] = {
    "save": {"reporter": {*WITH_WRITER, State.PUBLISHED, State.CORRECTED, State.WITHDRAWN}, "editor": set(State.values)},
    "hand_over": {"reporter": WITH_WRITER, "editor": WITH_WRITER},
    "send": {"editor": BEFORE_SENT},
    "return": {"editor": {State.HANDED}, "secretary": {State.EDITED, State.APPROVED, State.SCHEDULED}},
    "approve": {"secretary": {State.EDITED}},
    "schedule": {"secretary": {State.APPROVED, State.SCHEDULED}},
    "unschedule": {"secretary": {State.SCHEDULED}},
    "publish": {"secretary": {State.APPROVED, State.SCHEDULED}},
    "withdraw": {"secretary": {State.PUBLISHED, State.CORRECTED}},
}


@pytest.fixture
def room(db: None) -> make.Room:
    return make.room()


def _act(step: str, revision: Revision, by: Any) -> Any:
    told: dict[str, Callable[[], Any]] = {
        "save": lambda: make.written(None, revision.article, by=by, note="Sửa lời."),  # type: ignore[arg-type]
        "hand_over": lambda: actions.hand_over(revision=revision, by=by, at=make.AT),
        "send": lambda: actions.send_for_approval(revision=revision, by=by, at=make.AT),
        "return": lambda: actions.return_draft(revision=revision, reason="Xem lại", by=by, at=make.AT),
        "approve": lambda: actions.approve(revision=revision, by=by, at=make.AT),
        "schedule": lambda: actions.schedule(revision=revision, due=make.DUE, by=by, at=make.AT),
        "unschedule": lambda: actions.unschedule(revision=revision, by=by, at=make.AT),
        "publish": lambda: actions.publish(revision=revision, by=by, at=make.AT),
        "withdraw": lambda: actions.withdraw(article=revision.article, reason="Nhầm", by=by, at=make.AT),
    }
    return told[step]()


@pytest.mark.one_database
@pytest.mark.parametrize("state", State.values)
def test_each_role_takes_in_each_state_exactly_the_steps_of_the_table(room: make.Room, state: str) -> None:
    from django.db import transaction

    revision = make.brought(room, state)
    done = set()
    for step, allowed in TABLE.items():
        for role in make.ROLES:
            try:
                with transaction.atomic():
                    _act(step, revision, room.people[role])
                    done.add((step, role))
                    raise _Undo
            except (Refused, _Undo):
                pass
        expected = {role for role, states in allowed.items() if state in states}
        expected |= {"colleague"} if "reporter" in expected else set()  # another reporter of the office may carry on
        assert {role for name, role in done if name == step} == expected, step


class _Undo(Exception):
    pass


def test_any_edit_ends_an_approval_and_a_set_time(room: make.Room) -> None:
    for number, state in enumerate((State.APPROVED, State.SCHEDULED)):
        article = make.begun(room, f"bai-{number}")
        old = make.brought(room, state, article)
        make.written(room, article, by=room.editor)
        assert make.state(room, article) == State.DRAFT
        for act in (actions.publish, actions.approve):
            with pytest.raises(Refused):
                act(revision=old, by=room.secretary, at=make.AT)
        with pytest.raises(Refused):
            actions.publish(revision=queries.head_of(article), by=room.secretary, at=make.AT)
    assert not ReleasedCopy.objects.exists()


def test_nobody_approves_what_they_wrote(room: make.Room) -> None:
    revision = make.written(room, by=room.chief)
    actions.send_for_approval(revision=revision, by=room.chief, at=make.AT)
    with translation.override("vi"), pytest.raises(Refused, match="không tự duyệt"):
        actions.approve(revision=revision, by=room.chief, at=make.AT)
    actions.approve(revision=revision, by=room.secretary, at=make.AT)
    actions.publish(revision=revision, by=room.chief, at=make.AT)


PAGES = ("tra-lai/", "hen-gio/", "go/", "thoi-han/", "so-sanh/", "khoi-phuc/1/")
ACTS = ("giao/", "gui/", "duyet/", "bo-hen/", "dang/", "tra-lai/", "hen-gio/", "go/", "thoi-han/", "khoi-phuc/1/", "khoa/", "khoa/tra/", "khoa/go/")
SEEN = {
    "reporter": {"so-sanh/", "khoi-phuc/1/"}, "editor": {"tra-lai/", "so-sanh/", "khoi-phuc/1/"},
    "secretary": {"tra-lai/", "hen-gio/", "go/", "thoi-han/", "so-sanh/"}, "photographer": {"so-sanh/"}, "sound": {"so-sanh/"}, "stranger": set(),
}


def test_each_role_sees_its_own_pages_and_404_elsewhere(room: make.Room, client: LintingClient) -> None:
    make.brought(room, State.CORRECTED)
    for role, seen in SEEN.items():
        client.force_login(room.people[role])
        assert {url for url in PAGES if client.get(DESK + url).status_code == 200} == seen, role
        assert (client.get(DESK).status_code, "Giao ban ba bên" in client.get("/toa-soan/").content.decode()) == (
            (404, False) if role == "stranger" else (200, True)
        ), role
    for role in ("stranger", "photographer", "sound", "administrator"):
        client.force_login(room.people[role])
        assert {client.post(DESK + url, {"revision": 2, "confirmed": 1, "reason": "x"}).status_code for url in ACTS} == {404}, role
    client.logout()
    assert {client.post(DESK + url).status_code for url in ACTS} == {302}
    assert make.state(room) == State.CORRECTED


def test_a_reporter_writes_hands_over_and_is_told_why_it_came_back(room: make.Room, client: LintingClient) -> None:
    make.written(room)
    client.force_login(room.reporter)
    text = client.get(DESK).content.decode()
    assert "Giao biên tập lần sửa 1" in text and "Trình duyệt" not in text
    client.post(f"{DESK}giao/", {"revision": 1})
    assert "Bài đang ở khâu biên tập" in client.get(DESK).content.decode()
    client.force_login(room.editor)
    assert "Bài phóng viên giao" in [item.detail for item in queries.waiting_for(room.editor, make.AT)][0]
    refused = client.post(f"{DESK}tra-lai/", {"revision": 1, "reason": " "}).content.decode()
    assert 'id="id_reason_error"' in refused
    client.post(f"{DESK}tra-lai/", {"revision": 1, "reason": "Thiếu ý kiến cơ sở"})
    client.force_login(room.reporter)
    assert "Thiếu ý kiến cơ sở" in client.get(DESK).content.decode()
    assert [item.detail for item in queries.waiting_for(room.reporter, make.AT)] == ["Bài bị trả lại: Thiếu ý kiến cơ sở"]
    assert queries.waiting_for(room.colleague, make.AT) == []


def test_scheduling_publishing_and_taking_down_through_the_pages(room: make.Room, client: LintingClient) -> None:
    make.brought(room, State.APPROVED)
    client.force_login(room.secretary)
    wrong = client.post(f"{DESK}hen-gio/", {"revision": 1, "due_day": "2026-01-02", "due_time": "08:30"}).content.decode()
    assert "Hãy chọn thời điểm trong tương lai." in wrong and 'value="2026-01-02"' in wrong
    client.post(f"{DESK}hen-gio/", {"revision": 1, "due_day": "2031-01-02", "due_time": "08:30"})
    assert make.state(room) == State.SCHEDULED
    assert "02/01/2031, 08:30" in client.get(DESK).content.decode().replace("\u00a0", " ")
    assert "02/01/2031, 08:30" in client.get("/toa-soan/").content.decode().replace("\u00a0", " ")
    client.post(f"{DESK}bo-hen/", {"revision": 1})
    assert make.state(room) == State.APPROVED
    assert client.post(f"{DESK}dang/", {"revision": 1}).status_code == 200
    assert make.state(room) == State.APPROVED
    client.post(f"{DESK}dang/", {"revision": 2, "confirmed": 1})
    assert make.state(room) == State.APPROVED  # a revision that the reader did not see
    client.post(f"{DESK}dang/", {"revision": 1, "confirmed": 1})
    assert make.state(room) == State.PUBLISHED
    client.post(f"{DESK}go/", {"revision": 1, "reason": "Đăng nhầm"})
    assert make.state(room) == State.WITHDRAWN
    assert client.get(f"{DESK}go/").status_code == 404


def test_an_older_text_is_taken_up_again_as_a_draft(room: make.Room, client: LintingClient) -> None:
    make.brought(room, State.PUBLISHED)
    make.written(room, by=room.editor, title="Tên khác", note="Sửa tên.")
    client.force_login(room.editor)
    assert 'id="id_note_error"' in client.post(f"{DESK}khoi-phuc/1/", {"revision": 2, "note": ""}).content.decode()
    assert client.post(f"{DESK}khoi-phuc/1/", {"revision": 2, "note": "Trở lại tên cũ."}).status_code == 302
    newest = queries.head_of(room.article)
    assert newest is not None
    assert (newest.number, newest.title, newest.note, make.state(room)) == (3, make.TEXT["title"], "Trở lại tên cũ.", State.DRAFT)
    assert client.get(f"{DESK}khoi-phuc/3/").status_code == client.get(f"{DESK}khoi-phuc/9/").status_code == 404


def _slugs(client: LintingClient, query: str) -> set[str]:
    text = client.get(f"/toa-soan/?{query}").content.decode()
    return {slug for slug in ("giao-ban", "hoi-thao", "chua-viet") if f"/toa-soan/bai/{slug}/" in text}


def test_the_list_is_narrowed_by_state_author_category_and_title(room: make.Room, client: LintingClient) -> None:
    make.brought(room, State.PUBLISHED)
    seminar = make.begun(room, "hoi-thao")
    make.written(room, seminar, by=room.editor, title="Hội thảo về [[12 mô hình]]")
    make.begun(room, "chua-viet")
    client.force_login(room.editor)
    everything = {"giao-ban", "hoi-thao", "chua-viet"}
    for query, expected in {
        "": everything, "tinh-trang=published": {"giao-ban"}, "tinh-trang=draft": {"hoi-thao"}, "tinh-trang=none": {"chua-viet"},
        "tinh-trang=due": set(), "tinh-trang=khac": everything, "cua-toi=1": {"hoi-thao"}, "q=hoi+thao": {"hoi-thao"},
        "q=Hội+thảo": {"hoi-thao"}, "q=hòi+thảo": set(), "q=12+mo+hinh": {"hoi-thao"}, "chuyen-muc=99": set(), f"co-quan={room.office}": everything,
        "co-quan=x": everything, "q=%EF%BF%BD": set(), "q=reporter": {"giao-ban"}, "tu=2026-07-15": {"giao-ban", "hoi-thao"}, "tu=2026-07-16": set(),
        "den=2026-07-14": set(), "den=2026-07-15&tu=2026-07-01": {"giao-ban", "hoi-thao"}, "tu=hôm+qua": everything,
    }.items():
        assert _slugs(client, query) == expected, query
    assert "Hội thảo về 12 mô hình" in client.get("/toa-soan/").content.decode()


def test_what_was_changed_last_stands_first(room: make.Room, client: LintingClient) -> None:
    make.brought(room, State.PUBLISHED)
    seminar = make.begun(room, "hoi-thao")
    client.force_login(room.editor)
    assert re.findall(r'href="/toa-soan/bai/([a-z-]+)/"', client.get("/toa-soan/").content.decode()) == ["hoi-thao", "giao-ban"]
    actions.withdraw(article=Article.objects.get(slug="giao-ban"), reason="Sai ảnh.", by=room.secretary, at=make.AT + timedelta(days=1))
    assert re.findall(r'href="/toa-soan/bai/([a-z-]+)/"', client.get("/toa-soan/").content.decode()) == ["giao-ban", seminar.slug]


def test_the_calendar_of_publication_tells_what_happens_by_itself(room: make.Room, client: LintingClient) -> None:
    client.force_login(room.reporter)
    assert "Chưa có bài nào được hẹn giờ" in client.get("/toa-soan/lich/").content.decode()
    soon = timezone.now() + timedelta(days=2)
    actions.schedule(revision=make.brought(room, State.APPROVED), due=soon - timedelta(days=1), by=room.secretary, at=make.AT)
    held = make.begun(room, "cam-cong-bo")
    make.brought(room, State.APPROVED, held, title="Bài cấm công bố")
    timing.set_times(article=held, embargo_until=soon, expires_at=soon + timedelta(days=3), by=room.secretary, at=make.AT)
    for role in ("reporter", "photographer", "secretary"):
        client.force_login(room.people[role])
        text = client.get("/toa-soan/lich/").content.decode()
        rows = re.findall(r'class="tag[^"]*">(.*?)</span>.*?/toa-soan/bai/(.*?)/"', text)
        assert rows == [
            ("Tự động đăng", "giao-ban"), ("Hết thời gian cấm công bố", "cam-cong-bo"), ("Hết thời hạn hiển thị", "cam-cong-bo"),
        ], role
    client.force_login(room.stranger)
    assert "giao-ban" not in (text := client.get("/toa-soan/lich/").content.decode()) and "cam-cong-bo" not in text
    client.force_login(room.administrator)
    assert client.get("/toa-soan/lich/").status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_worklist_take_a_fixed_number_of_queries(room: make.Room, client: LintingClient, count: int) -> None:
    make.brought(room, State.EDITED)
    for number in range(count - 1):
        make.brought(room, State.EDITED, make.begun(room, f"bai-{number}"))
    client.force_login(room.secretary)
    client.get("/toa-soan/")
    with CaptureQueriesContext(connection) as told:
        client.get("/toa-soan/")
    assert len([query for query in told if "publishing_" in query["sql"]]) == 4  # how many, which, their rows, the categories to choose from
    with CaptureQueriesContext(connection) as told:
        assert len(queries.waiting_for(room.secretary, make.AT)) == count
    assert len([query for query in told if "publishing_" in query["sql"]]) == 3  # texts, archives, readings
    with CaptureQueriesContext(connection) as told:
        queries.waiting_for(room.reporter, make.AT)
    assert len([query for query in told if "publishing_" in query["sql"]]) == 1
    assert Article.objects.count() == count
