"""The approver's queue on the page: marks, a second look, one act; used ids settled; each message where it belongs."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soket.accounts.models import Person
from soket.kernel.door import Refused
from soket.organisations.models import Level
from soket.reporting import actions, queries
from soket.reporting.core import DraftContent
from soket.reporting.models import Decision, Draft, DraftFile, RejectedTwin, Report, Round, Submission, TwinSettled
from tests.factories import reporting as make
from tests.reporting.test_pages import keep, signed, text

QUEUE, ACCEPT = "/bao-cao/cho-quyet-dinh/", "/bao-cao/cho-quyet-dinh/chap-nhan/"
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def year(country: make.Country) -> Round:
    return make.year_round(due=timezone.now() + timedelta(days=30))


@pytest.fixture
def approver(country: make.Country) -> Person:
    return make.person("tinh", decide=country.police["province"])


@pytest.fixture
def reporter(country: make.Country) -> Person:
    return make.person("xa", report=country.police["one"])


@pytest.fixture
def pair(country: make.Country, year: Round) -> list[Report]:
    rows = [make.report_of(year, country.police[name]) for name in ("one", "two")]
    for row in rows:
        make.submitted(row, at=timezone.now())
        row.refresh_from_db()
    return rows


def ticks(reports: list[Report]) -> list[str]:
    return [f"{one.head_id}:{one.head.digest}" for one in reports]


def test_marked_reports_are_shown_again_and_then_accepted(pair: list[Report], approver: Person) -> None:
    client = signed(approver)
    page = text(client.get(QUEUE))
    assert all(f'value="{tick}"' in page for tick in ticks(pair))
    preview = text(client.post(ACCEPT, {"report": ticks(pair)}))
    assert "Chấp nhận các báo cáo này?" in preview
    assert not Decision.objects.exists()
    done = text(client.post(ACCEPT, {"report": ticks(pair), "confirmed": "1"}))
    assert done.count("Công an xã") == 2
    assert Decision.objects.count() == 2
    assert "Không có báo cáo chờ quyết định" in text(client.get(QUEUE))


def test_the_preview_names_warnings_with_their_explanation_and_zero_reports(country: make.Country, year: Round, approver: Person) -> None:
    one, two = (make.report_of(year, country.police[name]) for name in ("one", "two"))
    warned = make.content(MH04=15)
    explained = type(warned)(warned.cells, warned.texts, {"mo-hinh": "Nhận bàn giao một mô hình"})
    actions.submit(id=ONE, report=one, content=explained, by=make.OFFICE, at=timezone.now())
    zeros = make.content(**dict.fromkeys([*make.REQUIRED, "CD02"], 0))
    actions.submit(id=TWO, report=two, content=type(zeros)(zeros.cells, zeros.texts), by=make.OFFICE, at=timezone.now())
    rows = list(Report.objects.filter(pk__in=[one.pk, two.pk]).select_related("head"))
    page = text(signed(approver).post(ACCEPT, {"report": ticks(rows)}))
    assert "Nhận bàn giao một mô hình" in page
    assert page.count("báo cáo không phát sinh") == 1


def test_what_was_sent_anew_after_the_page_is_left_and_says_so(pair: list[Report], approver: Person) -> None:
    client, shown = signed(approver), ticks(pair)
    make.submitted(pair[0], base=pair[0].head_id, at=timezone.now(), TT01=23)
    assert "1 báo cáo không đưa vào lượt này" in text(client.post(ACCEPT, {"report": shown}))
    page = text(client.post(ACCEPT, {"report": shown, "confirmed": "1"}))
    assert "Đơn vị đã gửi bản mới hơn." in page
    assert [row.submission_id for row in Decision.objects.all()] == [pair[1].head_id]


@pytest.mark.parametrize("sent", [[], ["x"], ["00000000-0000-4000-8000-000000000000"], ["z" * 36 + ":" + "0" * 64]])
def test_nothing_marked_or_nonsense_goes_back_to_the_queue(approver: Person, sent: list[str]) -> None:
    client = signed(approver)
    assert client.post(ACCEPT, {"report": sent, "confirmed": "1"}).url == QUEUE
    assert "Đánh dấu ít nhất một báo cáo." in text(client.get(QUEUE))
    assert client.get(ACCEPT).url == QUEUE


def test_another_units_approver_neither_sees_nor_accepts(country: make.Country, pair: list[Report]) -> None:
    client = signed(make.person("mt", decide=country.front["province"]))
    for more in ({}, {"confirmed": "1"}):
        page = text(client.post(ACCEPT, {"report": ticks(pair), **more}))
        assert "Bình Minh" not in page
    assert not Decision.objects.exists()


def test_the_preview_asks_as_often_for_three_reports_as_for_one(country: make.Country, pair: list[Report], approver: Person) -> None:
    third = make.unit("police", "Công an xã Tây Sơn", Level.COMMUNE, country.police["province"])
    later = make.year_round(2024, lines=("police",), due=timezone.now() + timedelta(days=3))
    rows = [*pair, make.report_of(later, third)]
    make.submitted(rows[2], at=timezone.now())
    rows[2].refresh_from_db()
    client, counts = signed(approver), []
    client.post(ACCEPT, {"report": ticks(rows)})
    for some in (rows[:1], rows[:2]):
        with CaptureQueriesContext(connection) as taken:
            client.post(ACCEPT, {"report": ticks(some)})
        counts.append(len(taken))
    assert counts == [9, 9]


def test_the_queue_filters_by_round_and_name_and_tells_empty_from_filtered(pair: list[Report], approver: Person) -> None:
    client = signed(approver)
    assert "Đông Hải" not in text(client.get(f"{QUEUE}?q=binh"))
    assert "Không có báo cáo phù hợp" in text(client.get(f"{QUEUE}?round=quy-1-2030"))


def test_a_decision_may_lead_to_the_next_report(pair: list[Report], approver: Person) -> None:
    client = signed(approver)
    given = {"verdict": "accepted", "next": "1"}
    answer = client.post(f"/bao-cao/{pair[0].pk}/quyet-dinh/", {**given, "submission": str(pair[0].head_id)})
    assert answer.url == f"/bao-cao/{pair[1].pk}/quyet-dinh/"
    assert client.post(answer.url, {**given, "submission": str(pair[1].head_id)}).url == QUEUE


@pytest.fixture
def twin(report: Report) -> RejectedTwin:
    actions.submit(id=ONE, report=report, content=make.content(), by=make.OFFICE, at=timezone.now())
    with pytest.raises(Refused):
        actions.submit(id=ONE, report=report, content=make.content(TT01=23), by=make.OFFICE, at=timezone.now())
    return RejectedTwin.objects.get()


def test_a_used_id_waits_for_the_reporter_shows_both_contents_and_is_settled(report: Report, twin: RejectedTwin, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/trung-ma/{twin.pk}/"
    assert address in [item.url for item in queries.waiting_for(reporter, timezone.now())]
    assert address in text(client.get(f"/bao-cao/{report.pk}/"))
    page = text(client.get(address))
    assert "Chỗ khác với bản 1" in page
    assert ">22<" in page
    assert ">23<" in page
    given = {"id": str(TWO), "base": str(ONE), "outcome": "sent", "reason": ""}
    refused = client.post(address, given)
    assert (refused.status_code, 'id="id_reason_error"' in text(refused)) == (422, True)
    refused = client.post(address, {**given, "reason": "hỏng \ufffd"})
    assert "ký tự không đọc được" in text(refused)
    client.post(address, {**given, "reason": "Máy gửi lại số mới"})
    assert TwinSettled.objects.get().submission_id == TWO
    page = text(client.get(address))
    assert "Gửi bản này thành bản mới" in page
    assert 'name="outcome"' not in page
    assert client.post(address, {**given, "reason": "x"}).url == address
    assert Submission.objects.count() == 2


def test_an_approver_reads_a_twin_but_does_not_settle_and_a_neighbour_finds_none(
    country: make.Country, report: Report, twin: RejectedTwin, approver: Person
) -> None:
    address = f"/bao-cao/{report.pk}/trung-ma/{twin.pk}/"
    assert 'name="outcome"' not in text(signed(approver).get(address))
    assert signed(make.person("ben", report=country.police["two"])).get(address).status_code == 404
    other = make.report_of(report.round, country.police["two"])
    assert signed(approver).get(f"/bao-cao/{other.pk}/trung-ma/{twin.pk}/").status_code == 404


def test_a_twin_under_another_units_id_says_nothing_of_that_unit(country: make.Country, report: Report, reporter: Person) -> None:
    other = make.report_of(report.round, country.police["two"])
    actions.submit(id=ONE, report=other, content=make.content(TT01=77), by=make.OFFICE, at=timezone.now())
    keep(report)
    signed(reporter).post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(ONE), "base": ""})
    twin = RejectedTwin.objects.get()
    page = text(signed(reporter).get(f"/bao-cao/{report.pk}/trung-ma/{twin.pk}/"))
    assert "Mã gửi thuộc về báo cáo của đơn vị khác." in page
    assert ">77<" not in page
    assert "Đông Hải" not in page
    neighbour = signed(make.person("ben", report=country.police["two"]))
    assert "trùng mã gửi" not in text(neighbour.get(f"/bao-cao/{other.pk}/"))


@pytest.mark.parametrize("state", ["closing", "closed"])
def test_a_report_after_closing_is_told_and_what_was_typed_stays(report: Report, reporter: Person, state: str) -> None:
    if state == "closing":
        actions.begin_closing(round=report.round, by=make.OFFICE, at=timezone.now())
        with pytest.raises(Refused):
            actions.submit(id=TWO, report=report, content=make.content(), by=make.OFFICE, at=report.due_at + timedelta(days=1))
    else:
        actions.close_round(round=report.round, by=make.OFFICE, at=timezone.now())
        keep(report)
    before = Draft.objects.get().content
    client = signed(reporter)
    page = text(client.get(f"/bao-cao/{report.pk}/kiem-tra/"))
    assert ("Kỳ báo cáo đã đóng" if state == "closed" else "Kỳ báo cáo đang đóng") in page
    if state == "closed":
        answer = client.post(f"/bao-cao/{report.pk}/kiem-tra/", {"send": "", "submission_id": str(ONE), "base": ""})
        assert answer.status_code == 409
        assert "Bản nháp của bạn được giữ lại" in text(answer)
    assert Draft.objects.get().content == before
    assert not Submission.objects.exists()


def test_broken_text_is_told_at_the_field_in_both_languages_and_stays_as_typed(report: Report, reporter: Person) -> None:
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/5/"
    client.post(address, {"counter": "0", "t-t5": "Ưu điểm \ufffd hạn chế"})
    page = text(client.get(address))
    assert "nội dung có ký tự không đọc được. Hãy gõ lại." in page[page.index('id="f-t5"') :][:400]
    assert "Ưu điểm \ufffd hạn chế" in page
    client.cookies["django_language"] = "en"
    assert "the text contains characters that cannot be read" in text(client.get(address))
    assert DraftContent.from_text(Draft.objects.get().content).texts["t5"] == "Ưu điểm \ufffd hạn chế"


def test_a_refused_file_leaves_the_draft_and_earlier_files_alone(report: Report, reporter: Person) -> None:
    from tests.reporting.test_pages import PNG

    keep(report)
    client, address = signed(reporter), f"/bao-cao/{report.pk}/nhap/1/tep/"
    client.post(address, {"file-1-file": SimpleUploadedFile("quy-che.png", PNG), "file-1-title": "Quy chế"})
    before = Draft.objects.get().content
    answer = client.post(address, {"file-1-file": SimpleUploadedFile("a.exe", b"MZ" + bytes(50)), "file-1-title": "Biên bản họp"})
    page = text(answer)
    assert "Loại tệp này không dùng được ở đây" in page[page.index('id="id_file-1-file_error"') :][:300]
    assert 'value="Biên bản họp"' in page
    assert "Quy chế" in page
    assert (DraftFile.objects.count(), Draft.objects.get().content) == (1, before)
