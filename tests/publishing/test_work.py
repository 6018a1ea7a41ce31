"""The worklist of the newsroom beside its texts: archives, readings and photographs, each for those who may act on them alone."""
from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.accounts.models import Person
from soket.files.actions import Upload
from soket.publishing import actions, queries
from soket.publishing.actions import arrivals as actions_of_arrivals
from soket.publishing.actions import photos
from soket.publishing.actions import sound as sounding
from soket.publishing.models import ArticleStateName as State
from soket.publishing.tasks.arrivals import read_archive
from tests.factories import publishing_arrivals as archives
from tests.factories import publishing_desk as make
from tests.factories import publishing_library as library
from tests.factories import publishing_sound as sound
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LISTEN = "Bản đọc chờ bạn nghe và cho phát"


def waits(person: Person) -> list[tuple[str, str]]:
    """(what is expected, where) of everything that waits for that person."""
    return [(item.detail, item.url) for item in queries.waiting_for(person, make.AT)]


def test_an_archive_waits_for_another_person_who_publishes_there() -> None:
    room = make.room()
    arrival = archives.brought(room, archives.wxr(archives.post(), archives.post("Bài hai", "bai-hai")))
    page = f"/toa-soan/nhap-kho/{arrival.pk}/"
    assert waits(room.secretary) == [("Kho bài cũ chờ bạn duyệt", page)]
    item = queries.waiting_for(room.secretary, make.AT)[0]
    assert (item.title, item.count) == (archives.PAPER, 2)
    for role in ("reporter", "editor", "photographer", "sound", "stranger", "administrator"):
        assert page not in [url for _words, url in waits(room.people[role])], role
    own = actions_of_arrivals.bring(
        office=room.office, upload=Upload(archives.wxr(archives.post()), "kho-hai.xml"), pictures=None, paper="Báo khác", by=room.chief, at=make.AT
    )
    read_archive.func(arrival=own.pk)
    assert [url for _words, url in waits(room.chief) if "nhap-kho" in url] == [page]  # nobody approves what one brought
    assert len(waits(room.secretary)) == 2
    archives.taken(room, archives.again(arrival))
    assert page not in [url for _words, url in waits(room.secretary)]


def test_a_file_that_could_not_be_read_has_no_count_rather_than_nought(client: LintingClient) -> None:
    room = make.room()
    assert archives.brought(room, b"<rss><channel>").state == "failed"
    client.force_login(room.editor)
    row = re.search(r"<tbody>(.*?)</tbody>", client.get("/toa-soan/nhap-kho/").content.decode(), re.DOTALL)
    assert row is not None and row[1].count('<span class="mut">–</span>') == 4 and ">0<" not in row[1]


@pytest.mark.parametrize("role", ["secretary", "editor", "photographer", "sound", "reporter"])
def test_the_whole_worklist_keeps_its_budget(role: str, client: LintingClient) -> None:
    room = make.room()
    client.force_login(room.people[role])
    client.get("/viec-can-lam/")
    with CaptureQueriesContext(connection) as told:
        assert client.get("/viec-can-lam/").status_code == 200
    assert len(told) <= 30


def test_a_reading_waits_for_who_publishes_until_it_is_given_replaced_or_out_of_date() -> None:
    room = make.room()
    revision = make.brought(room, State.PUBLISHED)
    page = "/toa-soan/bai/giao-ban/am-thanh/"
    first = sound.ready(room.article, room.sound)
    assert waits(room.secretary) == [(LISTEN, page)]
    for role in ("reporter", "editor", "photographer", "sound", "stranger"):
        assert waits(room.people[role]) == [], role
    sounding.release_sound(narration=first, by=room.secretary, at=make.AT)
    assert waits(room.secretary) == []
    failed = sound.kept(room.article, room.sound)
    assert waits(room.secretary) == []
    sounding.fail_sound(narration=failed, fault={"vi": "Tệp không có âm thanh.", "en": "No sound."}, by=room.sound, at=make.AT)
    assert waits(room.sound) == [("Không tạo được bản đọc: xem lý do", page)]
    assert waits(room.secretary) == waits(room.editor) == []
    sound.ready(room.article, room.sound)
    assert (waits(room.sound), waits(room.secretary)) == ([], [(LISTEN, page)])
    actions.withdraw(article=revision.article, reason="Đăng nhầm", by=room.secretary, at=make.AT)
    assert waits(room.secretary) == []


def test_a_photograph_without_credit_waits_for_the_photographer() -> None:
    room = make.room()
    kept = library.photo(room.office, room.photographer, credit="")
    library.photo(room.office, room.photographer, library.picture(colour="#555"))
    item = queries.waiting_for(room.photographer, make.AT)[0]
    assert (item.detail, item.url, item.count) == ("Còn thiếu nguồn ảnh hoặc mô tả thay thế", "/toa-soan/thu-vien/?tinh-trang=con-thieu", 1)
    for role in ("reporter", "editor", "secretary", "sound", "stranger"):
        assert [url for _words, url in waits(room.people[role]) if "thu-vien" in url] == [], role
    photos.retire_photo(photo=kept, retired=True, by=room.photographer, at=make.AT)
    assert waits(room.photographer) == []


def test_a_draft_names_the_step_that_its_writer_may_take() -> None:
    room = make.room()
    make.written(room)
    own = make.begun(room, "bai-bien-tap", by=room.editor)
    make.written(room, own, by=room.editor)
    assert waits(room.reporter) == [("Bản nháp cần hoàn chỉnh và giao biên tập", "/toa-soan/bai/giao-ban/")]
    assert waits(room.editor) == [("Bản nháp cần hoàn thành và trình duyệt", "/toa-soan/bai/bai-bien-tap/")]
    assert waits(room.colleague) == waits(room.secretary) == waits(room.stranger) == []
