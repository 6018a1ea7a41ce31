"""What goes wrong at the form, on the pages: each fault is said in Vietnamese where it was typed, and nothing is lost."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soket.accounts.models import Person
from soket.kernel.text import nfc
from soket.reporting import actions, queries
from soket.reporting.core import DraftContent
from soket.reporting.models import Decision, Draft, DraftFile, Excuse, JointEvent, RejectedTwin, Report, Round, Submission
from tests.factories import reporting as make
from tests.files import samples
from tests.reporting.test_pages import keep, signed, text
from tests.support.client import LintingClient

ONE = uuid.UUID(int=1)
UNREADABLE = "ký tự không đọc được"
BROKEN = ["hỏng \ufffd", "đảo \u202e chiều", "riêng \ue000", "\x07 chuông"]


@pytest.fixture
def year(country: make.Country) -> Round:
    """A round whose deadline lies ahead of the real clock."""
    return make.year_round(due=timezone.now() + timedelta(days=30))


@pytest.fixture
def reporter(country: make.Country) -> Person:
    return make.person("xa", report=country.police["one"])


def draft() -> DraftContent:
    return DraftContent.from_text(Draft.objects.get().content)


def send(client: LintingClient, report: Report, id_: uuid.UUID = ONE, **more: str) -> object:
    return client.post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(id_), "base": "", **more})


def test_after_closing_everything_typed_is_kept_and_nothing_is_taken(report: Report, reporter: Person) -> None:
    keep(report, MH04=15)
    actions.close_round(round=report.round, by=make.OFFICE, at=timezone.now())
    client = signed(reporter)
    saved = client.post(f"/bao-cao/{report.pk}/nhap/1/tu-luu/", {"counter": "1", "v-CD01": "4", "s-CD02": "zero", "s-CD03": "zero"})
    assert saved.json()["fields"] == {"counter": "2"}
    answer = send(client, report, **{"x-mo-hinh": "Nhận bàn giao một mô hình"})
    assert answer.status_code == 409
    assert "Kỳ báo cáo đã đóng. Bản nháp của bạn được giữ lại" in text(answer)
    assert "Nhận bàn giao một mô hình" in text(answer)
    kept = draft()
    assert (kept.cells["CD01"].text, kept.cells["MH04"].text, kept.explanations) == ("4", "15", {"mo-hinh": "Nhận bàn giao một mô hình"})
    assert not Submission.objects.exists()
    actions.reopen_round(round=report.round, basis="Công văn số 5", by=make.OFFICE, at=timezone.now())
    sent = send(client, report)
    assert sent.url == f"/bao-cao/{report.pk}/bien-nhan/{ONE}/"


def test_a_closing_round_takes_what_was_saved_in_time_and_says_no_to_the_rest(country: make.Country, report: Report, reporter: Person) -> None:
    keep(report)
    actions.begin_closing(round=report.round, by=make.OFFICE, at=timezone.now())
    assert send(signed(reporter), report).status_code == 302
    other = make.report_of(report.round, country.police["two"])
    answer = send(signed(make.person("hai", report=country.police["two"])), other, uuid.UUID(int=2))
    assert answer.status_code == 422
    assert "bắt buộc" in text(answer)


def test_a_used_id_keeps_both_contents_the_draft_and_the_first_receipt(report: Report, reporter: Person) -> None:
    keep(report)
    client = signed(reporter)
    first = send(client, report).url
    before = Submission.objects.values().get()
    client.post(f"/bao-cao/{report.pk}/nhap/1/", {"counter": "1", "v-CD01": "9", "s-CD02": "zero", "s-CD03": "zero"})
    for _again in range(2):
        answer = send(client, report)
        assert answer.status_code == 409
        assert "Mã gửi này đã thuộc về nội dung khác." in text(answer)
    assert Submission.objects.values().get() == before
    twin = RejectedTwin.objects.get()
    assert json.loads(twin.content)["cells"]["CD01"]["value"] == "9"
    assert draft().cells["CD01"].text == "9"
    assert client.get(first).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ" + bytes(50), "Loại tệp này không dùng được ở đây"),
        ("bao-cao.pdf", b"MZ" + bytes(50), "Loại tệp này không dùng được ở đây"),
        ("a.pdf", b"%PDF-1.7 hong", "Tệp bị hỏng"),
        ("a.docx", b"PK\x03\x04" + bytes(40), "Tệp bị hỏng"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(10_000_001), "lớn hơn 10"),
        ("a.pdf", b"", "Tệp rỗng"),
    ],
)
def test_a_wrong_file_is_told_at_its_field_with_what_is_taken(report: Report, reporter: Person, name: str, content: bytes, message: str) -> None:
    keep(report)
    before = draft()
    answer = signed(reporter).post(
        f"/bao-cao/{report.pk}/nhap/1/tep/", {"file-1-file": SimpleUploadedFile(name, content), "file-1-title": "Quy chế phối hợp"}
    )
    page = text(answer)
    where = page.index('id="id_file-1-file_error"')
    assert message in page[where : where + 300]
    assert 'value="Quy chế phối hợp"' in page
    assert not DraftFile.objects.exists()
    assert draft() == before


def test_no_file_chosen_is_told_at_its_field(report: Report, reporter: Person) -> None:
    page = text(signed(reporter).post(f"/bao-cao/{report.pk}/nhap/1/tep/", {"file-1-title": "x"}))
    assert "Chọn tệp." in page[page.index('id="id_file-1-file_error"') :][:200]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_name_of_a_file_is_told_and_the_draft_stays(report: Report, reporter: Person, broken: str) -> None:
    keep(report)
    upload = SimpleUploadedFile("a.pdf", samples.PDF)
    page = text(signed(reporter).post(f"/bao-cao/{report.pk}/nhap/1/tep/", {"file-1-file": upload, "file-1-title": broken}))
    assert UNREADABLE in page
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_text_at_every_small_form_is_told_and_writes_nothing(country: make.Country, report: Report, broken: str) -> None:
    office = signed(make.person("bo", programme=country.police["centre"]))
    assert UNREADABLE in text(office.post(f"/bao-cao/{report.pk}/mien/", {"reason": broken}))
    sent = make.submitted(report, at=timezone.now())
    approver = signed(make.person("tinh", decide=country.police["province"]))
    for field in ("remarks", "section-2"):
        given = {"submission": str(sent.submission_id), "verdict": "returned", "remarks": "Xem lại", field: broken}
        answer = approver.post(f"/bao-cao/{report.pk}/quyet-dinh/", given)
        page = text(answer)
        assert answer.status_code == 422
        assert UNREADABLE in page[page.index(f'id="id_{field}_error"') :][:300]
    event = {"id": str(ONE), "indicator": "CD04", "held_on": "2025-05-20", "title": broken, "counterpart": str(country.front["one"].pk)}
    reporter = signed(make.person("xa2", report=country.police["one"]))
    assert UNREADABLE in text(reporter.post(f"/bao-cao/ky/nam-2025/hoat-dong-chung/{report.unit_id}/", event))
    assert not Excuse.objects.exists()
    assert not Decision.objects.exists()
    assert not JointEvent.objects.exists()


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_basis_never_reaches_the_record(country: make.Country, report: Report, broken: str) -> None:
    office = signed(make.person("bo", programme=country.police["centre"]))
    answer = office.post("/bao-cao/ky/nam-2025/trang-thai/", {"state": "closed", "basis": broken}, follow=True)
    assert UNREADABLE in text(answer)
    assert queries.round_state(report.round_id) == "open"


def test_bytes_that_are_no_text_are_told_at_their_cell(report: Report, reporter: Person) -> None:
    body = b"counter=0&v-CD01=3&t-t1=B%E1%BA%A3n%20%FF%FE%20h%E1%BB%8Fng"
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/1/"
    client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert draft().cells["CD01"].text == "3"
    assert not Submission.objects.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), cell=st.text(max_size=20))
def test_whatever_is_typed_the_page_stands_and_nothing_is_sent_unread(report: Report, reporter: Person, typed: str, cell: str) -> None:
    """Any text at all: the page answers, the good cell beside it is kept, and a broken text is never sent."""
    if any(0xD800 <= ord(ch) <= 0xDFFF for ch in typed + cell):
        return  # no browser can send these
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/5/"
    counter = Draft.objects.filter(report=report).values_list("counter", flat=True).first() or 0
    assert client.post(address, {"counter": str(counter), "t-t5": typed}).status_code == 302
    client.post(f"/bao-cao/{report.pk}/nhap/1/", {"counter": str(counter + 1), "v-CD01": "7", "v-CD03": cell})
    page = text(client.get(f"/bao-cao/{report.pk}/kiem-tra/"))
    try:
        nfc(typed)
    except ValueError:
        assert UNREADABLE in page
    assert draft().cells["CD01"].text == "7"
    assert send(client, report).status_code == 422
    assert not Submission.objects.exists()
