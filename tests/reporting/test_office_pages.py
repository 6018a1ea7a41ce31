"""Opening a round, accepting many reports and settling a used id, as pages: seen first, then done, once."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from soket.audit.models import Event
from soket.kernel.clock import today
from soket.kernel.door import Refused
from soket.reporting import actions
from soket.reporting.models import Decision, Report, Round, Submission, Template, TwinSettled
from tests.factories import reporting as make
from tests.reporting.test_pages import signed, text
from tests.support.client import LintingClient

OPEN = "/bao-cao/ky/mo/"
ACCEPT = "/bao-cao/cho-quyet-dinh/chap-nhan/"


@pytest.fixture
def office(country: make.Country) -> LintingClient:
    make.catalogue()
    return signed(make.person("bo", programme=country.police["centre"]))


def period(**changes: str) -> dict[str, str]:
    template = Template.objects.get(code="BC-CTPH-NAM")
    return {"template": str(template.pk), "kind": "year", "year": "2025", "index": "", "rule": "nd09-2019", **changes}


def scopes(**changes: str) -> dict[str, str]:
    due = (today() + timedelta(days=20)).isoformat()
    return {**period(), "area": "all", "xem": "1", "s-police-3": "on", "due-police-3": due, **changes}


def test_a_round_is_previewed_by_name_and_then_opened(office: LintingClient) -> None:
    assert "Công an xã" not in text(office.get(OPEN))
    assert 'name="s-police-3"' in text(office.get(OPEN, period()))
    preview = text(office.get(OPEN, scopes()))
    assert "Công an xã Bình Minh" in preview
    assert "Công an xã Đông Hải" in preview
    assert not Round.objects.exists()
    made = office.post(OPEN, {**scopes(), "confirmed": "1"})
    round_ = Round.objects.get()
    assert made.url == f"/bao-cao/ky/{round_.slug}/"
    assert Report.objects.filter(round=round_).count() == 2
    assert "Công an xã Bình Minh" in text(office.get(made.url))
    assert round_.title_vi in text(office.get("/bao-cao/ky/"))


def test_the_same_round_again_is_told_at_its_field(office: LintingClient) -> None:
    office.post(OPEN, {**scopes(), "confirmed": "1"})
    again = office.post(OPEN, {**scopes(), "confirmed": "1"})
    assert again.status_code == 422
    assert "Kỳ báo cáo này đã được mở" in text(again)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": ""}, "id_year_error"),
        ({"kind": "quarter", "index": ""}, "id_index_error"),
        ({"kind": "quarter", "index": "5"}, "id_index_error"),
        ({"kind": "ad_hoc", "title_vi": "x", "ends": "2025-03-31"}, "id_starts_error"),
        ({"kind": "ad_hoc", "title_vi": "x", "starts": "2025-04-01", "ends": "2025-03-31"}, "id_ends_error"),
        ({"kind": "ad_hoc", "title_vi": "hỏng \ufffd", "starts": "2025-03-01", "ends": "2025-03-31"}, "id_title_vi_error"),
        ({"due-police-3": "2025-12-01"}, "id_due-police-3_error"),
        ({"due-police-3": "mai"}, "id_due-police-3_error"),
        ({"due-police-3": ""}, "id_due-police-3_error"),
    ],
)
def test_what_is_wrong_with_a_round_stands_at_its_field(office: LintingClient, changes: dict[str, str], field: str) -> None:
    answer = office.get(OPEN, scopes(**changes))
    assert answer.status_code == 422
    assert f'id="{field}"' in text(answer)
    assert not Round.objects.exists()


def test_a_round_without_a_scope_is_refused_and_others_do_not_see_the_page(country: make.Country, office: LintingClient) -> None:
    bare = {key: value for key, value in scopes().items() if key != "s-police-3"}
    assert "Chọn hệ thống và cấp phải báo cáo" in text(office.get(OPEN, bare))
    for person in (make.person("xa", report=country.police["one"]), make.person("la")):
        assert signed(person).get(OPEN).status_code == 404
        assert signed(person).post(OPEN, {**scopes(), "confirmed": "1"}).status_code == 404
    assert not Round.objects.exists()


@pytest.fixture
def year(country: make.Country) -> Round:
    return make.year_round(due=timezone.now() + timedelta(days=30))


@pytest.fixture
def pair(country: make.Country, report: Report) -> list[Report]:
    rows = [report, make.report_of(report.round, country.police["two"])]
    for row in rows:
        make.submitted(row, at=timezone.now())
    return rows


@pytest.fixture
def approver(country: make.Country) -> LintingClient:
    return signed(make.person("tinh", decide=country.police["province"]))


def ticks(page: str) -> list[str]:
    return re.findall(r'name="report" value="([^"]+)"', page)


def test_marked_reports_are_seen_together_and_accepted_in_one_act(approver: LintingClient, pair: list[Report]) -> None:
    marked = ticks(text(approver.get("/bao-cao/cho-quyet-dinh/")))
    assert len(marked) == 2
    preview = text(approver.post(ACCEPT, {"report": marked}))
    assert ticks(preview) == marked
    assert not Decision.objects.exists()
    done = text(approver.post(ACCEPT, {"report": marked, "confirmed": "1"}))
    assert "Công an xã Bình Minh" in done
    assert Decision.objects.filter(verdict="accepted").count() == 2
    assert Event.objects.filter(name="reporting.reports_accepted_together").count() == 1
    assert ticks(text(approver.get("/bao-cao/cho-quyet-dinh/"))) == []


def test_what_was_sent_anew_since_the_list_was_shown_is_not_accepted(approver: LintingClient, pair: list[Report]) -> None:
    marked = ticks(text(approver.get("/bao-cao/cho-quyet-dinh/")))
    pair[0].refresh_from_db()
    make.submitted(pair[0], at=timezone.now(), base=pair[0].head_id, TT01=23)
    assert len(ticks(text(approver.post(ACCEPT, {"report": marked})))) == 1
    done = text(approver.post(ACCEPT, {"report": marked, "confirmed": "1"}))
    assert "bản mới hơn" in done
    assert list(Decision.objects.values_list("submission__report_id", flat=True)) == [pair[1].pk]


def test_nothing_marked_or_nonsense_marked_accepts_nothing(country: make.Country, approver: LintingClient, pair: list[Report]) -> None:
    for marked in ([], ["x"], ["-" * 36 + ":" + "0" * 64]):
        assert "Đánh dấu ít nhất một báo cáo" in text(approver.post(ACCEPT, {"report": marked, "confirmed": "1"}, follow=True))
    stranger = signed(make.person("khac", decide=country.front["province"]))
    pair[0].refresh_from_db()
    answer = stranger.post(ACCEPT, {"report": [f"{pair[0].head_id}:{pair[0].head.digest}"], "confirmed": "1"})
    assert "Bình Minh" not in text(answer)
    assert not Decision.objects.exists()


@pytest.fixture
def twin(report: Report) -> Report:
    """A report whose id came a second time with another number."""
    used = uuid.UUID(int=1)
    actions.submit(id=used, report=report, content=make.content(), by=make.OFFICE, at=timezone.now())
    with pytest.raises(Refused):
        actions.submit(id=used, report=report, content=make.content(CD01=9), by=make.OFFICE, at=timezone.now())
    return report


def test_a_used_id_is_settled_by_the_unit_with_both_contents_in_sight(country: make.Country, twin: Report, approver: LintingClient) -> None:
    row = twin.twins.get()
    address = f"/bao-cao/{twin.pk}/trung-ma/{row.pk}/"
    unit = signed(make.person("xa", report=country.police["one"]))
    assert address in text(unit.get(f"/bao-cao/{twin.pk}/"))
    page = text(unit.get(address))
    assert re.search(r">3<.*?>9<", page[page.index("class=\"diff") :], re.S)
    assert "Nêu" in text(unit.post(address, {"id": str(uuid.UUID(int=2)), "outcome": "first", "reason": ""}))
    assert approver.get(address).status_code == 200
    approver.post(address, {"id": str(uuid.UUID(int=2)), "outcome": "first", "reason": "x"})
    assert not TwinSettled.objects.exists()
    assert signed(make.person("hai", report=country.police["two"])).get(address).status_code == 404
    given = {"id": str(uuid.UUID(int=2)), "base": str(uuid.UUID(int=1)), "outcome": "sent", "reason": "Số sau mới đúng"}
    assert unit.post(address, given).status_code == 302
    assert [json.loads(one.content)["cells"]["CD01"]["value"] for one in Submission.objects.order_by("number")] == ["3", "9"]
    assert Event.objects.filter(name="reporting.submission_twin_sent").count() == 1
    assert "Số sau mới đúng" in text(unit.get(address))
