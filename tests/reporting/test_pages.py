"""Pages of reporting in the browser's place: forms that lose nothing, refusals at the field, scope."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soket.accounts.models import Person
from soket.kernel.door import open_door
from soket.organisations.models import Level
from soket.reporting import actions, queries
from soket.reporting.core import DraftContent, TypedCell, typed_from
from soket.reporting.models import Decision, Draft, DraftFile, Excuse, Indicator, JointAnswer, JointEvent, Report, Round, Submission, Verdict
from tests.factories import reporting as make
from tests.reporting.test_core_content import FORM
from tests.support.client import LintingClient

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
ONE = uuid.UUID(int=1)


@pytest.fixture
def year(country: make.Country) -> Round:
    """A round whose deadline lies ahead of the real clock."""
    return make.year_round(due=timezone.now() + timedelta(days=30))


@pytest.fixture
def reporter(country: make.Country) -> Person:
    return make.person("xa", report=country.police["one"])


@pytest.fixture
def approver(country: make.Country) -> Person:
    return make.person("tinh", decide=country.police["province"])


@pytest.fixture
def office(country: make.Country) -> Person:
    return make.person("bo", programme=country.police["centre"])


def signed(person: Person) -> LintingClient:
    client = LintingClient()
    client.force_login(person)
    return client


def keep(report: Report, **cells: int) -> None:
    """A stored draft that passes every check, with some cells changed."""
    actions.save_draft(report=report, content=typed_from(FORM, make.content(**cells)), counter=0, by=make.OFFICE, at=timezone.now())


def text(response: object) -> str:
    return response.content.decode()


def test_the_first_page_of_the_form_shows_steps_and_previous_period(report: Report, reporter: Person) -> None:
    client = signed(reporter)
    assert client.get(f"/bao-cao/{report.pk}/nhap/").url == f"/bao-cao/{report.pk}/nhap/1/"
    page = text(client.get(f"/bao-cao/{report.pk}/nhap/3/"))
    assert "Báo cáo năm 2025" in page
    assert 'id="v-MH04"' in page
    assert f'data-autosave-url="/bao-cao/{report.pk}/nhap/3/tu-luu/"' in page


@pytest.mark.parametrize("section", ["1", "2", "3", "4", "5"])
def test_every_section_of_the_form_is_a_clean_page_in_both_languages(report: Report, reporter: Person, section: str) -> None:
    client = signed(reporter)
    assert client.get(f"/bao-cao/{report.pk}/nhap/{section}/").status_code == 200
    client.cookies["django_language"] = "en"
    assert "Nothing to report" in text(client.get(f"/bao-cao/{report.pk}/nhap/{section}/")) or section == "5"


def test_a_draft_is_kept_as_typed_and_wrong_numbers_are_told_at_their_cells(report: Report, reporter: Person) -> None:
    client = signed(reporter)
    typed = {"counter": "0", "v-TT01": "1,234", "v-TT02": "1.735", "s-TT04": "nothing", "v-TT06": "45.5", "t-t2": "Nội dung"}
    assert client.post(f"/bao-cao/{report.pk}/nhap/2/", typed).url == f"/bao-cao/{report.pk}/nhap/2/"
    kept = DraftContent.from_text(Draft.objects.get().content)
    assert (kept.cells["TT01"], kept.cells["TT04"], kept.texts["t2"]) == (TypedCell("", "1,234"), TypedCell("nothing", ""), "Nội dung")
    page = text(client.get(f"/bao-cao/{report.pk}/nhap/2/"))
    assert "Buổi tuyên truyền: số này đọc được hai cách. Nếu là hàng nghìn, viết 1.234" in page
    assert "phần lẻ viết sau dấu phẩy, ví dụ 12,5" in page
    assert 'value="1,234"' in page


def test_saving_one_section_leaves_the_others_alone(report: Report, reporter: Person) -> None:
    keep(report)
    signed(reporter).post(f"/bao-cao/{report.pk}/nhap/1/", {"counter": "1", "v-CD01": "4", "s-CD02": "zero", "next": ""})
    kept = DraftContent.from_text(Draft.objects.get().content)
    assert (kept.cells["CD01"].text, kept.cells["CD02"].state, kept.cells["TT02"].text) == ("4", "zero", "1.735")
    assert "CD03" not in kept.cells


def test_autosave_answers_with_the_new_counter_and_refuses_an_older_screen(report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/1/tu-luu/"
    first = client.post(address, {"counter": "0", "v-CD01": "3"}).json()
    assert first["fields"] == {"counter": "1"}
    older = client.post(address, {"counter": "0", "v-CD01": "9"})
    assert older.status_code == 409
    assert "Bản của bạn được giữ bên cạnh" in older.json()["message"]
    page = text(client.get(f"/bao-cao/{report.pk}/nhap/1/"))
    assert "Màn hình khác có bản nháp khác" in page


def test_an_older_screen_that_saves_sees_both_drafts_and_keeps_its_own(report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/1/"
    client.post(address, {"counter": "0", "v-CD01": "3"})
    refused = client.post(address, {"counter": "0", "v-CD01": "9"})
    assert refused.status_code == 409
    assert 'value="9"' in text(refused)
    assert 'name="counter" value="1"' in text(refused)
    client.post(address, {"counter": "1", "v-CD01": "9"})
    assert DraftContent.from_text(Draft.objects.get().content).cells["CD01"].text == "9"


def test_check_and_send_gives_a_receipt(report: Report, reporter: Person) -> None:
    keep(report)
    client, address = signed(reporter), f"/bao-cao/{report.pk}/kiem-tra/"
    assert "Không có chỗ phải sửa." in text(client.get(address))
    answer = client.post(address, {"send": "", "submission_id": str(ONE), "base": ""})
    assert answer.url == f"/bao-cao/{report.pk}/bien-nhan/{ONE}/"
    receipt = Submission.objects.get()
    page = text(client.get(answer.url))
    assert receipt.digest in page
    assert "Báo cáo đến đúng hạn." in page
    assert client.post(address, {"send": "", "submission_id": str(ONE), "base": ""}).url == answer.url
    assert Submission.objects.count() == 1


def test_a_warning_waits_for_its_explanation_and_the_explanation_is_kept(report: Report, reporter: Person) -> None:
    keep(report, MH04=15)
    client, address = signed(reporter), f"/bao-cao/{report.pk}/kiem-tra/"
    assert "các ô thành phần cho 14, ô này đang ghi 15" in text(client.get(address))
    refused = client.post(address, {"send": "", "submission_id": str(ONE), "base": ""})
    assert refused.status_code == 422
    assert "Giải trình từng cảnh báo hoặc sửa số: còn 1 chỗ." in text(refused)
    client.post(address, {"x-mo-hinh": "Nhận bàn giao một mô hình"})
    assert "Nhận bàn giao một mô hình" in text(client.get(address))
    client.post(address, {"send": "", "submission_id": str(ONE), "base": ""})
    assert json.loads(Submission.objects.get().content)["explanations"] == {"mo-hinh": "Nhận bàn giao một mô hình"}


def test_what_is_missing_or_broken_is_listed_and_nothing_is_sent(report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/kiem-tra/"
    client.post(f"/bao-cao/{report.pk}/nhap/5/", {"counter": "0", "t-t5": "hỏng \ufffd"})
    page = text(client.post(address, {"send": "", "submission_id": str(ONE)}))
    assert "Đánh giá chung: ưu điểm, hạn chế, nguyên nhân: nội dung có ký tự không đọc được. Hãy gõ lại." in page
    assert "Buổi tuyên truyền: bắt buộc. Nhập số hoặc chọn lý do không có số." in page
    assert not Submission.objects.exists()


def test_a_closed_round_says_so_and_keeps_the_draft(report: Report, reporter: Person) -> None:
    keep(report)
    actions.close_round(round=report.round, by=make.OFFICE, at=timezone.now())
    client = signed(reporter)
    answer = client.post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(ONE), "base": ""})
    assert answer.status_code == 409
    assert "Kỳ báo cáo đã đóng. Bản nháp của bạn được giữ lại" in text(answer)
    assert client.post(f"/bao-cao/{report.pk}/nhap/1/", {"counter": "1", "v-CD01": "4"}).status_code == 302


def test_a_used_id_is_told_and_both_contents_are_kept(country: make.Country, report: Report, reporter: Person) -> None:
    other = make.report_of(report.round, country.police["two"])
    actions.submit(id=ONE, report=other, content=make.content(), by=make.OFFICE, at=timezone.now())
    keep(report)
    answer = signed(reporter).post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(ONE), "base": ""})
    assert answer.status_code == 409
    assert "Mã gửi này đã thuộc về nội dung khác." in text(answer)


def test_a_correction_written_over_an_older_version_is_refused(report: Report, reporter: Person) -> None:
    keep(report)
    make.submitted(report, at=timezone.now())
    answer = signed(reporter).post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(ONE), "base": ""})
    assert answer.status_code == 409
    assert "Báo cáo này đã có bản gửi mới hơn." in text(answer)


def test_files_are_added_shown_and_taken_off(report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/1/tep/"
    upload = SimpleUploadedFile("quy-che.png", PNG, "image/png")
    assert client.post(address, {"file-1-file": upload, "file-1-title": "Quy chế phối hợp"}).status_code == 302
    row = DraftFile.objects.get()
    assert "Quy chế phối hợp" in text(client.get(f"/bao-cao/{report.pk}/nhap/1/"))
    assert client.get(f"/tep/{row.file.sha256}/").status_code == 200
    client.post(f"/bao-cao/{report.pk}/tep/{row.pk}/bo/")
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ" + bytes(50), "Loại tệp này không dùng được ở đây"),
        ("a.pdf", b"%PDF-1.7 hong", "Tệp bị hỏng"),
        ("a.png", PNG + bytes(10_000_001), "lớn hơn 10"),
    ],
)
def test_a_file_of_a_wrong_kind_or_size_is_told_at_its_field(report: Report, reporter: Person, name: str, content: bytes, message: str) -> None:
    answer = signed(reporter).post(f"/bao-cao/{report.pk}/nhap/1/tep/", {"file-1-file": SimpleUploadedFile(name, content)})
    page = text(answer)
    assert message in page[page.index('id="id_file-1-file_error"') :][:300]
    assert not DraftFile.objects.exists()


def test_the_approver_returns_with_remarks_and_then_accepts(report: Report, approver: Person, reporter: Person) -> None:
    first = make.submitted(report, at=timezone.now())
    client, address = signed(approver), f"/bao-cao/{report.pk}/quyet-dinh/"
    assert "Công an xã Bình Minh" in text(client.get("/bao-cao/cho-quyet-dinh/"))
    refused = client.post(address, {"submission": str(first.submission_id), "verdict": "returned"})
    assert "Nêu rõ nội dung cần chỉnh sửa." in text(refused)
    client.post(address, {"submission": str(first.submission_id), "verdict": "returned", "remarks": "Xem lại", "section-2": "Thiếu danh sách"})
    page = text(signed(reporter).get(f"/bao-cao/{report.pk}/"))
    assert "Xem lại" in page
    assert "Thiếu danh sách" in page
    second = make.submitted(report, at=timezone.now(), base=first.submission_id, TT01=21)
    assert "Thay đổi so với bản đã gửi trước" in text(client.get(address))
    assert client.post(address, {"submission": str(second.submission_id), "verdict": "accepted"}).status_code == 302
    assert [row.verdict for row in Decision.objects.order_by("id")] == ["returned", "accepted"]
    assert client.get(address).status_code == 404
    assert "bản được tính" in text(client.get(f"/bao-cao/{report.pk}/?version=2"))


def test_the_programme_office_reads_who_is_missing_and_closes_the_round(report: Report, office: Person, approver: Person) -> None:
    client = signed(office)
    make.submitted(report, at=timezone.now())
    page = text(client.get("/bao-cao/ky/nam-2025/"))
    assert "1 / 2 · 50,0\u00a0%" in page
    assert "Công an xã Đông Hải" in page
    assert signed(approver).post("/bao-cao/ky/nam-2025/trang-thai/", {"state": "closed"}).status_code == 404
    client.post("/bao-cao/ky/nam-2025/trang-thai/", {"state": "closed", "basis": ""})
    assert queries.round_state(report.round_id) == "closed"
    page = text(client.get("/bao-cao/ky/nam-2025/", follow=True))
    client.post("/bao-cao/ky/nam-2025/trang-thai/", {"state": "open", "basis": ""})
    assert queries.round_state(report.round_id) == "closed"
    client.post("/bao-cao/ky/nam-2025/trang-thai/", {"state": "open", "basis": "Công văn số 5"})
    assert queries.round_state(report.round_id) == "open"


def test_excusing_on_the_page(report: Report, office: Person) -> None:
    client = signed(office)
    assert "Cho đơn vị miễn báo cáo kỳ này" in text(client.get(f"/bao-cao/{report.pk}/"))
    assert client.post(f"/bao-cao/{report.pk}/mien/", {"reason": ""}).status_code == 422
    client.post(f"/bao-cao/{report.pk}/mien/", {"reason": "Xã bị chia cắt do lũ"})
    assert Excuse.objects.get().reason == "Xã bị chia cắt do lũ"
    assert "Xã bị chia cắt do lũ" in text(client.get(f"/bao-cao/{report.pk}/"))


def test_a_joint_event_is_recorded_and_answered_on_the_pages(country: make.Country, report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/ky/nam-2025/hoat-dong-chung/{report.unit_id}/"
    assert client.get(address).status_code == 200
    given = {"id": str(ONE), "indicator": "CD04", "held_on": "2025-05-20", "title": "Giao ban quý II", "counterpart": str(country.front["one"].pk)}
    wrong = client.post(address, {**given, "held_on": "2020-01-01"})
    assert "Ngày phải nằm từ 15/12/2024 đến 14/12/2025." in text(wrong)
    assert 'value="Giao ban quý II"' in text(wrong)
    assert client.post(address, given).status_code == 302
    partner = signed(make.person("mt", report=country.front["one"]))
    there = f"/bao-cao/ky/nam-2025/hoat-dong-chung/{country.front['one'].pk}/"
    assert "chờ bạn trả lời" in text(partner.get(there))
    partner.post(there, {"event": str(ONE), "answer": "confirmed"})
    assert JointAnswer.objects.get().answer == "confirmed"
    assert "Đã xác nhận" in text(client.get(address))


def test_look_alikes_are_flagged_on_the_page(country: make.Country, report: Report, reporter: Person) -> None:
    kind = Indicator.objects.get(code="CD04")
    for number, day in enumerate((20, 21), start=1):
        with open_door():
            JointEvent.objects.create(
                id=uuid.UUID(int=number), round=report.round, indicator=kind, held_on=f"2025-05-{day}", title=f"Giao ban {number}",
                reporter=country.front["one"], counterpart=report.unit, made_at=timezone.now(), by_label="MT",
            )  # fmt: skip
    page = text(signed(reporter).get(f"/bao-cao/ky/nam-2025/hoat-dong-chung/{report.unit_id}/"))
    assert page.count("Có vẻ trùng với hoạt động khác") == 2


OWN = ["", "nhap/", "nhap/1/", "kiem-tra/"]


@pytest.mark.parametrize("tail", OWN)
def test_a_communes_reporter_does_not_see_the_neighbours_report(country: make.Country, report: Report, tail: str) -> None:
    neighbour = signed(make.person("ben", report=country.police["two"]))
    assert neighbour.get(f"/bao-cao/{report.pk}/{tail}").status_code == 404
    assert neighbour.post(f"/bao-cao/{report.pk}/{tail}", {"counter": "0", "v-CD01": "1"}).status_code in (404, 405)
    assert not Draft.objects.exists()


def test_lists_leak_nothing_of_the_neighbour(country: make.Country, report: Report, reporter: Person) -> None:
    make.submitted(make.report_of(report.round, country.police["two"]), at=timezone.now())
    client = signed(reporter)
    for address in ("/bao-cao/", "/bao-cao/?q=dong", "/bao-cao/ky/nam-2025/", "/bao-cao/cho-quyet-dinh/"):
        assert "Đông Hải" not in text(client.get(address))
    receipt = Submission.objects.get()
    assert client.get(f"/bao-cao/{report.pk}/bien-nhan/{receipt.pk}/").status_code == 404
    assert client.get(f"/bao-cao/ky/nam-2025/hoat-dong-chung/{country.police['two'].pk}/").status_code == 404
    assert client.get(f"/bao-cao/{report.pk}/quyet-dinh/").status_code == 404
    assert client.post(f"/bao-cao/{report.pk}/mien/", {"reason": "x"}).status_code == 404
    assert "Không có báo cáo phù hợp" in text(signed(make.person("la")).get("/bao-cao/"))


def test_an_approver_reads_but_does_not_write(report: Report, approver: Person) -> None:
    client = signed(approver)
    assert client.get(f"/bao-cao/{report.pk}/").status_code == 200
    assert client.get(f"/bao-cao/{report.pk}/nhap/1/").status_code == 404


def test_lists_filter_by_name_without_marks_state_line_and_lateness(country: make.Country, year: Round, office: Person) -> None:
    client = signed(office)
    late = make.report_of(year, country.police["two"])
    with open_door():
        Report.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))

    def shown(query: str) -> tuple[bool, bool]:
        page = text(client.get(f"/bao-cao/?{query}"))
        return ("Công an xã Bình Minh" in page, "Công an xã Đông Hải" in page)

    assert shown("") == (True, True)
    assert shown("q=binh+minh") == (True, False)
    assert shown("q=Đông") == (False, True)
    assert shown("late=1") == (False, True)
    assert shown("state=accepted") == (False, False)
    assert shown("line=front") == (False, False)
    assert shown("round=nam-2025") == (True, True)


@pytest.mark.parametrize(("address", "queries_taken"), [("/bao-cao/", 10), ("/bao-cao/ky/nam-2025/", 14), ("/bao-cao/cho-quyet-dinh/", 7)])
def test_lists_ask_as_often_for_three_rows_as_for_one(country: make.Country, address: str, queries_taken: int) -> None:
    reader = make.person("doc", decide=country.police["province"], programme=country.police["centre"])
    third = make.unit("police", "Công an xã Tây Sơn", Level.COMMUNE, country.police["province"])
    year = make.year_round(lines=("police",), due=timezone.now() + timedelta(days=30))
    units = [country.police["one"], country.police["two"], third]
    counts = []
    with open_door():
        Report.objects.filter(round=year).exclude(unit=units[0]).update(state="excused")
    for batch in ([units[0]], units[1:]):
        for unit in batch:
            with open_door():
                Report.objects.filter(round=year, unit=unit).update(state="not_started")
            make.submitted(make.report_of(year, unit), at=timezone.now())
        client = signed(Person.objects.get(pk=reader.pk))
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts == [queries_taken, queries_taken]


def test_the_worklist_names_what_waits_for_each_office(report: Report, reporter: Person, approver: Person, office: Person) -> None:
    at = timezone.now()
    assert [(item.title, item.detail) for item in queries.waiting_for(reporter, at)] == [
        ("Báo cáo năm 2025 · Công an xã Bình Minh", "Báo cáo chưa bắt đầu")
    ]
    make.submitted(report, at=at)
    assert queries.waiting_for(reporter, at) == []
    assert [(item.detail, item.count, item.url) for item in queries.waiting_for(approver, at)] == [
        ("1 báo cáo chờ bạn quyết định", 1, "/bao-cao/cho-quyet-dinh/?round=nam-2025")
    ]
    later = report.due_at + timedelta(days=1)
    assert [(item.detail, item.count, item.late) for item in queries.waiting_for(office, later)] == [("1 báo cáo quá hạn", 1, True)]


def test_returned_reports_wait_for_the_reporter(report: Report, reporter: Person, approver: Person) -> None:
    make.submitted(report, at=timezone.now())
    report.refresh_from_db()
    actions.decide(submission=report.head, verdict=Verdict.RETURNED, remarks="Xem lại", by=approver, at=timezone.now())
    assert [item.detail for item in queries.waiting_for(Person.objects.get(pk=reporter.pk), timezone.now())] == ["Trả lại để chỉnh sửa"]
