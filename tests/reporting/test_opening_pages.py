"""Opening a round on its page: steps in the address, errors at the field, a preview by name, the worker for large ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from soket.accounts.models import Person
from soket.jobs import actions as jobs
from soket.kernel.clock import today
from soket.kernel.periods import PeriodKind
from soket.reporting import actions, queries, tasks
from soket.reporting.models import Extension, Report, Round, Template
from tests.factories import reporting as make
from tests.reporting.test_pages import signed, text
from tests.support.client import LintingClient

PAGE = "/bao-cao/ky/mo/"


@pytest.fixture
def office(country: make.Country) -> Person:
    make.catalogue()
    return make.person("bo", programme=country.police["centre"])


def asked(**changes: object) -> dict[str, str]:
    """The filled form of the year 2025 for the communes' police."""
    form = {
        "template": str(Template.objects.get(code="BC-CTPH-NAM").pk),
        "kind": "year",
        "year": "2025",
        "index": "",
        "rule": "nd09-2019",
        "area": "all",
        "s-police-3": "on",
        "due-police-3": f"{today() + timedelta(days=9)}",
        "xem": "1",
    }
    return {name: str(value) for name, value in {**form, **changes}.items() if value is not None}


def test_only_a_programme_office_finds_the_page(country: make.Country, office: Person) -> None:
    assert signed(make.person("tinh", decide=country.police["province"])).get(PAGE).status_code == 404
    client = signed(office)
    assert "Mở kỳ báo cáo" in text(client.get("/bao-cao/ky/"))
    assert client.get(PAGE).status_code == 200


def test_first_the_period_then_who_then_a_preview_and_only_then_the_round(country: make.Country, office: Person) -> None:
    client = signed(office)
    first = text(client.get(PAGE, asked(xem=None)))
    assert "15/12/2024 – 14/12/2025" in first
    assert "Đơn vị báo cáo và hạn gửi" in first
    preview = text(client.get(PAGE, asked()))
    assert "Công an xã Đông Hải" in preview
    assert "Mở kỳ với 2 báo cáo" in preview
    assert not Round.objects.exists()
    answer = client.post(PAGE, asked(confirmed="1"))
    assert answer.url == "/bao-cao/ky/nam-2025/"
    assert Report.objects.count() == 2
    assert "Kỳ đã mở: 2 báo cáo phải gửi." in text(client.get(answer.url))


def test_the_preview_finds_a_unit_by_name_without_marks(country: make.Country, office: Person) -> None:
    page = text(signed(office).get(PAGE, asked(q="binh minh")))
    assert "Công an xã Bình Minh" in page
    assert "Công an xã Đông Hải" not in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"year": "25"}, "id_year", "Ghi năm đủ bốn chữ số."),
        ({"kind": "quarter", "index": ""}, "id_index", "Ghi rõ tháng, quý hoặc 6 tháng nào."),
        ({"kind": "quarter", "index": "5"}, "id_index", "Trong năm không có kỳ này."),
        ({"year": "2018"}, "id_rule", "chưa có hiệu lực"),
        ({"year": "2090"}, "id_index", "Kỳ này chưa bắt đầu."),
        ({"kind": "ad_hoc"}, "id_starts", "Nhập ngày."),
        ({"kind": "ad_hoc", "starts": "2025-05-01", "ends": "2025-04-01", "title_vi": "Chuyên đề"}, "id_ends", "Ngày cuối đứng trước ngày đầu."),
        ({"kind": "ad_hoc", "starts": "2025-05-01", "ends": "ngày mai", "title_vi": "Chuyên đề"}, "id_ends", "Nhập ngày, ví dụ 20/05/2025."),
        ({"kind": "ad_hoc", "starts": "2025-05-01", "ends": "2025-05-31", "title_vi": "hỏng \ufffd"}, "id_title_vi", "ký tự không đọc được"),
        ({"due-police-3": "2025-12-14"}, "id_due-police-3", "Hạn gửi phải sau ngày chốt số liệu."),
        ({"due-police-3": "2026-01-05"}, "id_due-police-3", "Hạn này đã qua rồi."),
        ({"due-police-3": ""}, "id_due-police-3", "Nhập ngày."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_kept(
    country: make.Country, office: Person, changes: dict[str, str], field: str, words: str
) -> None:
    answer = signed(office).get(PAGE, asked(**changes))
    page = text(answer)
    assert answer.status_code == 422
    assert words in page[page.index(f'id="{field}_error"') :][:400]
    assert not Round.objects.exists()


def test_a_round_that_stands_and_days_that_overlap_are_told_at_the_field(country: make.Country, office: Person) -> None:
    make.year_round()
    page = text(signed(office).get(PAGE, asked()))
    assert "Kỳ báo cáo này đã được mở." in page[page.index('id="id_index_error"') :][:300]
    ad_hoc = {"kind": "ad_hoc", "starts": "2025-05-01", "ends": "2025-05-31", "title_vi": "Chuyên đề hòa giải"}
    client = signed(office)
    client.post(PAGE, asked(**ad_hoc, confirmed="1"))
    page = text(client.get(PAGE, asked(**{**ad_hoc, "starts": "2025-05-20", "ends": "2025-06-20"})))
    assert "Thời gian này chồng lên Chuyên đề hòa giải, 01/05/2025–31/05/2025." in page[page.index('id="id_starts_error"') :][:400]
    client.cookies["django_language"] = "en"
    page = text(client.get(PAGE, asked(**{**ad_hoc, "starts": "2025-05-20", "ends": "2025-06-20"})))
    assert "These days overlap with Chuyên đề hòa giải, 01/05/2025–31/05/2025." in page


def test_nobody_chosen_or_another_offices_area_is_refused(country: make.Country, office: Person) -> None:
    client = signed(office)
    assert "Chọn hệ thống và cấp phải báo cáo." in text(client.get(PAGE, asked(**{"s-police-3": None})))
    other = {"s-police-3": None, "s-front-3": "on", "due-front-3": f"{today() + timedelta(days=9)}"}
    answer = client.post(PAGE, asked(**other, confirmed="1"))
    assert answer.status_code == 422
    assert "Chỉ cơ quan thường trực chương trình" in text(answer)
    assert not Round.objects.exists()


def test_a_round_may_be_limited_to_one_province(country: make.Country, office: Person) -> None:
    area = country.areas["province"].pk
    signed(office).post(PAGE, asked(area=area, confirmed="1"))
    assert Round.objects.get().scopes.get().under == country.police["province"]


def test_a_large_round_is_the_workers_and_its_page_says_how_far_it_is(
    country: make.Country, office: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    monkeypatch.setattr("soket.reporting.views.opening.LARGE", 2)
    client = signed(office)
    assert client.get(f"{PAGE}tien-do/").url == "/bao-cao/ky/"
    jobs.beat(worker="w1", at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(PAGE, asked(confirmed="1"))
    assert answer.url == f"{PAGE}tien-do/"
    assert not Round.objects.exists()
    page = text(client.get(answer.url))
    assert "trong hàng đợi" in page or "chờ" in page


def test_the_job_opens_the_round_once_however_often_it_runs(country: make.Country, office: Person) -> None:
    due = make.DUE + timedelta(days=800)
    template = Template.objects.get(code="BC-CTPH-NAM")
    rule = queries.template_and_rule(template.pk, "nd09-2019")[1]
    draft = actions.RoundDraft(template, rule, PeriodKind.YEAR, 2025, 1, [actions.ScopeDraft("police", 3, due)])
    wanted = queries.draft_text(draft)
    for _run in range(2):
        assert tasks.open_large.func(person=office.actor_id, wanted=wanted) == {"done": "nam-2025"}
    assert Round.objects.count() == 1


def test_a_deadline_is_moved_by_two_people_on_the_rounds_page(country: make.Country, office: Person) -> None:
    year = make.year_round(due=timezone.now() + timedelta(days=3))
    scope = year.scopes.get(line__code="police")
    later = today() + timedelta(days=20)
    client, address = signed(office), "/bao-cao/ky/nam-2025/han/"
    for given, words in (
        ({"due_at": f"{today()}", "reason": "Bão số 3"}, "Hạn mới phải sau hạn hiện tại."),
        ({"due_at": f"{later}", "reason": ""}, "Nêu lý do."),
        ({"due_at": "", "reason": "Bão số 3"}, "Nhập ngày."),
    ):
        answer = client.post(address, {"scope": str(scope.pk), **given})
        assert answer.status_code == 422
        assert words in text(answer)
    client.post(address, {"scope": str(scope.pk), "due_at": f"{later}", "reason": "Bão số 3"})
    asked_for = Extension.objects.get()
    assert "Bạn là người đề nghị" in text(client.get("/bao-cao/ky/nam-2025/"))
    client.post(address, {"extension": str(asked_for.pk), "answer": "agree"})
    assert Report.objects.get(round=year, unit=country.police["one"]).due_at.date() != later
    colleague = make.person("bohai", programme=country.police["centre"])
    assert [item.url for item in queries.waiting_for(colleague, timezone.now())] == ["/bao-cao/ky/nam-2025/#deadlines"]
    second = signed(colleague)
    assert "Bão số 3" in text(second.get("/bao-cao/ky/nam-2025/"))
    second.post(address, {"extension": str(asked_for.pk), "answer": "agree"})
    assert timezone.localtime(Report.objects.get(round=year, unit=country.police["one"]).due_at).date() == later
    stranger: LintingClient = signed(make.person("la", decide=country.police["province"]))
    assert stranger.post(address, {"extension": str(asked_for.pk)}).status_code == 404


def test_the_list_of_rounds_says_how_far_each_is(country: make.Country, office: Person) -> None:
    year = make.year_round(due=timezone.now() + timedelta(days=3))
    make.submitted(make.report_of(year, country.police["one"]), at=timezone.now())
    assert "1 / 2 · 50,0\u00a0%" in text(signed(office).get("/bao-cao/ky/"))
