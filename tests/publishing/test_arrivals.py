"""An archive moves in: read, approved by another person, taken over once, its old addresses lead on, its report adds up."""
from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.audit.models import Event
from soket.files.actions import Upload
from soket.kernel.actor import SystemActor
from soket.kernel.door import Refused
from soket.publishing import shelving
from soket.publishing.actions import arrivals as actions
from soket.publishing.actions import shelves
from soket.publishing.models import ArrivalRow, Article, Category, Photo, Redirect, ReleasedCopy
from soket.publishing.outlet.shelf import open_shelf
from soket.publishing.queries import arrivals as queries
from soket.publishing.tasks.arrivals import read_archive, take_archive
from tests.factories import publishing_arrivals as make
from tests.factories import publishing_desk as desk
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def room() -> desk.Room:
    return desk.room()



def whole(room: desk.Room) -> tuple[bytes, bytes]:
    """Seven items: one whole, one without a photograph's words, a draft, one without a date, one to come, one twice, one reserved address."""
    content = make.wxr(
        make.attachment(9, "2019/05/bia.jpg", "", "Toàn cảnh hội nghị"), make.post(thumbnail="9"),
        make.post("Ảnh thiếu lời", "anh-thieu-loi", "Một.\n\nHai.\n\n<img src='uploads/khong-loi.jpg'>\n\n<img src='khong-co.jpg' alt='x y'>"),
        make.post("Nháp", "nhap", status="draft"), make.post("Không ngày", "khong-ngay", gmt="0000-00-00 00:00:00"),
        make.post("Mai sau", "mai-sau", gmt="2031-01-01 00:00:00"), make.post("Lặp lại"), make.post("Giới thiệu chung", "lich", section="Mục lạ"),
    )  # fmt: skip
    pictures = make.zipped({
        "uploads/2019/05/hop.jpg": make.jpeg(100), "uploads/2019/05/bia.jpg": make.jpeg(180), "uploads/khong-loi.jpg": make.jpeg(50), "../ra-ngoai.jpg": b"x",
    })  # fmt: skip
    return content, pictures


def test_an_archive_is_read_approved_and_taken_over_once(room: desk.Room, settings: SimpleNamespace, client: LintingClient) -> None:
    category = shelves.add_category(slug="tin-hoat-dong", name="Tin hoạt động", name_en="News", by=room.secretary, at=make.AT)
    content, pictures = whole(room)
    arrival = make.brought(room, content, pictures=pictures)
    assert (arrival.state, arrival.total, arrival.form) == ("ready", 7, "wxr")
    assert make.codes(arrival) == [
        ("waiting", []), ("waiting", ["picture_no_alt", "picture_missing"]), ("refused", ["unpublished"]), ("refused", ["no_date"]), ("refused", ["future"]),
        ("refused", ["twice"]), ("waiting", []),
    ]  # fmt: skip
    assert arrival.plan["sections"] == [["Tin hoạt động", 6], ["Mục lạ", 1]] and arrival.plan["notes"] == [["zip_path", "../ra-ngoai.jpg"]]
    assert not Article.objects.filter(imported=True).exists()
    done = make.taken(room, arrival, {"Tin hoạt động": str(category.pk), "Mục lạ": actions.NEW})
    assert done.state == "taken"
    assert make.codes(done)[:2] + make.codes(done)[6:] == [("taken", []), ("partly", ["picture_no_alt", "picture_missing"]), ("taken", ["slug"])]
    counts = queries.counts(done)
    assert counts == {"waiting": 0, "taken": 2, "partly": 1, "refused": 4} and sum(counts.values()) == done.total
    _as_it_stood(room, settings.PUBLIC, category)
    assert take_archive.func(arrival=arrival.pk) == read_archive.func(arrival=arrival.pk) == {"done": 0}
    again = make.brought(room, content, pictures=pictures)
    assert [outcome for outcome, _codes in make.codes(again)] == ["refused"] * 7 and make.codes(again)[0][1] == ["already"]
    assert make.taken(room, again).state == "taken" and Article.objects.filter(imported=True).count() == 3
    _leads_on(client)


def _as_it_stood(room: desk.Room, public: Path, category: Category) -> None:
    """The first article with its date, photographs, byline and source; its numbers bound to nothing and nothing claimed."""
    article = Article.objects.get(slug="giao-ban-cac-xa")
    copy = json.loads(ReleasedCopy.objects.get(article=article).content)
    assert (article.imported, article.review_id, article.office_id) == (True, None, room.office)
    assert copy["first_published_at"] == "2019-05-31T08:30:00+07:00" and copy["figures"] == [] and copy["imported"]
    assert (copy["byline"], copy["source"], copy["category"]["slug"]) == ("Ban biên tập", make.PAPER, "tin-hoat-dong")
    assert copy["lead"][0]["text"] == "Chiều nay các xã họp giao ban. Có 12 nghìn lượt người dự."
    assert (copy["photo"]["alt"], copy["photo"]["credit"]) == ("Toàn cảnh hội nghị", make.PAPER)
    placed = next(block for block in copy["body"] if block["kind"] == "photo")
    assert (placed["alt"], placed["caption"]) == ("Phòng họp của xã", "Phòng họp của xã")
    assert Photo.objects.count() == 2 and Category.objects.get(name="Mục lạ").slug == "muc-la"
    states = list(article.states.order_by("pk").values_list("state", "by_id"))
    assert states == [("draft", "arrivals"), ("approved", room.secretary.actor_id), ("published", "arrivals")]
    assert article.revisions.get().by_id == "arrivals"
    event = Event.objects.get(name="publishing.taken_over", subject_id=str(article.pk))
    assert "2019-05-31T08:30+07:00" in str(event.body) and make.PAPER in str(event.body)
    card = open_shelf(public).newest(2_000_000_000, limit=9, category="tin-hoat-dong")
    assert [one.slug for one in card] == ["anh-thieu-loi", "giao-ban-cac-xa"] and {one.day for one in card} == {"2019-05-31"}
    assert Article.objects.get(slug="lich-2").redirects.get().old_path == "/2019/05/lich.html"


def _leads_on(client: LintingClient) -> None:
    shelving.shelve_frame()  # a test's transaction never commits, so nobody is told
    assert Redirect.objects.count() == 3
    for address in ("/2019/05/giao-ban-cac-xa.html", "/2019/05/giao-ban-cac-xa.html/", "/2019/05/giao-ban-cac-xa.html?utm_source=x"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, "/cong-bo/giao-ban-cac-xa/")
    assert client.get("/2019/05/nhap.html").status_code == 404
    page = client.get("/cong-bo/giao-ban-cac-xa/").content.decode()
    assert "Bài chuyển từ trang cũ" in page and "hop-300x200" not in page and "data-views-number" in page


def test_an_address_that_is_a_number_behind_the_home_leads_on(room: desk.Room, client: LintingClient) -> None:
    rows = [{"url": f"{make.OLD}/?p=12", "title": "Một", "body": "Câu một.\n\nCâu hai.", "published_at": "2019-05-31"},
            {"url": f"{make.OLD}/Bài-viết/?id=3", "title": "Hai", "body": "Câu một.\n\nCâu hai.", "published_at": "31/05/2019 08:30", "la": "x"},
            {"title": "Không địa chỉ", "body": "Câu một.\n\nCâu hai.", "published_at": "31/05/2019"}]  # fmt: skip
    arrival = make.taken(room, make.brought(room, json.dumps(rows).encode(), "kho.json"))
    assert arrival.plan["notes"] == [["column", "la"]]
    assert make.codes(arrival) == [("taken", []), ("taken", []), ("taken", [])]
    shelving.shelve_frame()
    assert client.get("/?p=12")["Location"] == "/cong-bo/mot/"
    assert client.get("/?p=12&fbclid=x")["Location"] == "/cong-bo/mot/"
    assert client.get("/?p=13").status_code == 200 and client.get("/").status_code == 200
    assert client.get("/Bài-viết/?id=3")["Location"] == "/cong-bo/bai-viet/"
    again = make.brought(room, json.dumps(rows).encode(), "kho.json")
    assert [codes for _outcome, codes in make.codes(again)] == [["already"]] * 3


def test_who_may_bring_and_who_may_approve(room: desk.Room) -> None:
    content = make.wxr(make.post())
    for person in (room.reporter, room.secretary, room.stranger):
        with pytest.raises(Refused):
            actions.bring(office=room.office, upload=Upload(content, "a.xml"), pictures=None, paper="x", by=person, at=make.AT)
    arrival = make.brought(room, content)
    for person in (room.editor, room.reporter, room.stranger):
        with pytest.raises(Refused):
            actions.approve_arrival(arrival=arrival, sections={}, by=person, at=make.AT)
    own = actions.bring(office=room.office, upload=Upload(content, "a.xml"), pictures=None, paper="x", by=room.chief, at=make.AT)
    read_archive.func(arrival=own.pk)
    with pytest.raises(Refused, match="không tự duyệt|does not approve"):
        actions.approve_arrival(arrival=make.again(own), sections={}, by=room.chief, at=make.AT)
    with pytest.raises(Refused):
        actions.approve_arrival(arrival=arrival, sections={"Tin hoạt động": "987654"}, by=room.secretary, at=make.AT)
    assert make.again(arrival).state == "ready" and not Article.objects.filter(imported=True).exists()
    with pytest.raises(Refused):
        actions.bring(office=room.office, upload=Upload(content, "a.xml"), pictures=Upload(b"PK", "a.zip"), paper="x", by=room.editor, at=make.AT)


def test_an_archive_that_nobody_wants_is_left_aside_with_its_reason(room: desk.Room, client: LintingClient) -> None:
    arrival = make.brought(room, make.wxr(make.post()))
    own = f"/toa-soan/nhap-kho/{arrival.pk}/"
    for person in (room.reporter, room.stranger):
        client.force_login(person)
        assert client.post(f"{own}khong-nhap/", {"reason": "x"}).status_code == 404
    client.force_login(room.secretary)
    assert "Để kho bài này lại" in client.get(own).content.decode()
    assert client.post(f"{own}khong-nhap/", {"reason": " "}).status_code == 200 and make.again(arrival).state == "ready"
    page = client.post(f"{own}khong-nhap/", {"reason": "Kho trùng với kho đã nhập."}, follow=True).content.decode()
    assert "Kho trùng với kho đã nhập." in page and "Không nhập</span>" in page and "duyet/" not in page and "khong-nhap/" not in page
    assert make.again(arrival).state == "declined" and Event.objects.filter(name="publishing.archive_declined").count() == 1
    with pytest.raises(Refused):
        actions.approve_arrival(arrival=arrival, sections={}, by=room.secretary, at=make.AT)
    with pytest.raises(Refused):
        actions.decline_arrival(arrival=arrival, reason="Lần nữa", by=room.editor, at=make.AT)
    failed = make.brought(room, b"khong doc duoc")
    assert actions.decline_arrival(arrival=failed, reason="Tệp hỏng.", by=room.editor, at=make.AT).state == "declined"
    assert not Article.objects.filter(imported=True).exists()


def test_a_broken_archive_says_why_and_takes_nothing(room: desk.Room) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    arrival = make.brought(room, bomb)
    assert arrival.state == "failed" and "thực thể" in arrival.fault["vi"] and "entities" in arrival.fault["en"] and arrival.total == 0
    other = make.brought(room, make.wxr(make.post()), pictures=b"PK\x03\x04 hong")
    assert other.state == "failed" and ArrivalRow.objects.count() == 0


def test_one_text_that_cannot_be_kept_leaves_nothing_of_itself_and_the_others_go_on(room: desk.Room) -> None:
    content = make.wxr(make.post("Một", "mot"), make.post("Hai", "hai", thumbnail="9"), make.attachment(9, "hong.jpg", "Ảnh hỏng"))
    arrival = make.brought(room, content, pictures=make.zipped({"uploads/hong.jpg": b"khong phai anh" * 100, "uploads/2019/05/hop.jpg": make.jpeg(90, 300)}))
    done = make.taken(room, arrival)
    assert make.codes(done) == [("partly", ["picture_refused"]), ("partly", ["picture_refused", "picture_refused"])]
    assert Photo.objects.count() == 0 and Article.objects.filter(imported=True).count() == 2
    row = queries.report(done)
    assert "640" in str([one.faults for one in row])


def test_a_worker_that_broke_off_goes_on(room: desk.Room) -> None:
    content = make.wxr(*(make.post(f"Bài {number}", f"bai-{number}") for number in range(4)))
    arrival = make.brought(room, content)
    actions.approve_arrival(arrival=arrival, sections={}, by=room.secretary, at=make.AT)
    first = queries.waiting(make.again(arrival))[2]
    actions.refuse_item(row=first, faults=[("refused", "x")], by=SystemActor("arrivals", "x"), at=make.AT)
    actions.finish(arrival=arrival, by=SystemActor("arrivals", "x"), at=make.AT)
    assert make.again(arrival).state == "approved"  # some are still to be decided
    assert take_archive.func(arrival=arrival.pk) == {"done": 3}
    assert queries.counts(arrival) == {"waiting": 0, "taken": 0, "partly": 3, "refused": 1}  # the photograph of the body is in no ZIP


def test_the_pages_of_an_archive(room: desk.Room, client: LintingClient) -> None:
    content, pictures = whole(room)
    client.force_login(room.editor)
    address = "/toa-soan/nhap-kho/"
    assert "Chưa có kho bài nào" in client.get(address).content.decode()
    told = {"office": room.office, "paper": make.PAPER, "file": SimpleUploadedFile("kho.xml", content), "pictures": SimpleUploadedFile("anh.zip", pictures)}
    assert client.post(address, told).status_code == 302
    wrong = client.post(address, {"office": room.office, "paper": " ", "file": SimpleUploadedFile("kho.xml", b"\0\0")})
    assert wrong.status_code == 200 and "cần" in wrong.content.decode() or "bắt buộc" in wrong.content.decode()
    (arrival,) = queries.arrivals(room.editor, make.AT.date(), None)
    own = f"{address}{arrival.pk}/"
    assert "Chờ" in client.get(own).content.decode()
    read_archive.func(arrival=arrival.pk)
    page = client.get(own).content.decode()
    assert "Người đưa" in page and "người khác có quyền duyệt" in page and "duyet/" not in page and "../ra-ngoai.jpg" in page
    item = client.get(f"{own}bai/1/").content.decode()
    assert "Chiều nay các xã họp giao ban" in item and "<b>chữ đậm</b>" in item.replace("strong", "b") and "Toàn cảnh hội nghị" in item
    assert client.get(f"{own}bai/99/").status_code == 404 and client.post(f"{own}duyet/").status_code == 404
    client.force_login(room.secretary)
    assert client.post(address, told).status_code == 404  # who only approves brings nothing
    page = client.get(own).content.decode()
    assert "Duyệt và nhập 3 bài" in page and "Mục lạ (1)" in page
    assert client.post(f"{own}duyet/", {"muc_0": "999999"}).status_code == 200
    assert client.post(f"{own}duyet/", {"muc_0": "", "muc_1": "moi"}).status_code == 302
    assert "Đã duyệt, đang nhập" in client.get(own).content.decode()
    take_archive.func(arrival=arrival.pk)
    for outcome, number in (("taken", 2), ("partly", 1), ("refused", 4), ("", 7), ("la", 7)):
        assert client.get(f"{own}?ket-qua={outcome}").content.decode().count("<tr>") == number + 1
    lines = list(csv.reader(io.StringIO(client.get(f"{own}bao-cao.csv").content.decode("utf-8-sig"))))
    assert lines[0] == ["Số", "Địa chỉ cũ", "Tiêu đề", "Kết quả", "Địa chỉ mới", "Phần không nhận được"] or lines[0][1] == "Địa chỉ cũ"
    assert {int(line[0]) for line in lines[1:]} == set(range(1, 8)) and sum(line[0] == "2" for line in lines[1:]) == 2
    client.force_login(room.stranger)
    assert [client.get(one).status_code for one in (own, f"{own}bai/1/", f"{own}bao-cao.csv")] == [404] * 3
    assert make.PAPER not in client.get(address).content.decode()
    client.force_login(room.reporter)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_it_holds(room: desk.Room, client: LintingClient, count: int) -> None:
    for number in range(count):
        make.brought(room, make.wxr(make.post(f"Bài {number}", f"bai-{number}")))
    client.force_login(room.editor)
    client.get("/toa-soan/nhap-kho/")
    with CaptureQueriesContext(connection) as told:
        client.get("/toa-soan/nhap-kho/")
    assert len(told) == 7
