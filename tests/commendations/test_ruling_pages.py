"""Pages of the rules: who reads, who changes, what a wrong line or number says."""
from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from soket.accounts.models import Person
from soket.commendations import actions
from soket.commendations.actions.award_forms import FormText
from soket.commendations.models import AwardForm, Holiday, HolidayYear, Rule
from tests.factories import reporting
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database

LIST, FORMS, CALENDAR = "/khen-thuong/quy-dinh/", "/khen-thuong/quy-dinh/hinh-thuc/", "/khen-thuong/quy-dinh/lich/"
QUERIES, FORMS_QUERIES, CALENDAR_QUERIES = 5, 8, 6
TEXT = {"citation": "Nghị định thử", "doubt": "", "reason": "Văn bản mới"}


@pytest.fixture
def land(db: None) -> reporting.Country:
    found = reporting.country()
    reporting.line("people")
    actions.install_rules(by=reporting.OFFICE, at=timezone.now())
    return found


@pytest.fixture
def keeper(land: reporting.Country, client: LintingClient) -> LintingClient:
    """Signed in as who administers the whole country."""
    client.force_login(reporting.person("quan-tri", administer=land.police["centre"]))
    return client


def _page(client: LintingClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_rules_are_read_by_who_holds_a_post_and_changed_by_the_administrator_alone(land: reporting.Country, client: LintingClient) -> None:
    assert client.get(LIST).status_code == 302
    person = Person(username="idle", label="Tài khoản không chức vụ", password="!", active_from=timezone.now())
    person.save()
    client.force_login(person)
    assert [client.get(url).status_code for url in (LIST, FORMS, CALENDAR)] == [404, 404, 404]
    client.force_login(reporting.person("cong-an-xa", report=land.police["one"]))
    page = _page(client, LIST)
    assert "25 ngày làm việc" in page and "2.530.000 đồng" in page and "dichvucong.gov.vn" in page and "Chưa chắc chắn" in page
    assert "/quy-dinh/sua/" not in page and "/quy-dinh/moi/" not in page
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân cấp xã" in _page(client, FORMS) and "chưa có quy định được ghi nhận" in _page(client, FORMS)
    assert "Ngày Văn hóa Việt Nam" in _page(client, f"{CALENDAR}?nam=2026")
    closed = ("moi/hoi-dong/", "sua/clock.decide/", "het/clock.decide/", "hinh-thuc/moi/", "hinh-thuc/bang-khen-bca/sua/", "hinh-thuc/bang-khen-bca/het/",
              "lich/nhap/", "lich/ngay/", "lich/2026/9/2/bo/")  # fmt: skip
    assert [client.get(LIST + url).status_code for url in closed] == [404] * len(closed)
    assert [client.post(LIST + url, {"confirmed": "1"}).status_code for url in closed] == [404] * len(closed)


def test_the_rules_of_an_earlier_day_are_shown_as_they_stood(keeper: LintingClient) -> None:
    page = _page(keeper, f"{LIST}?ngay=2023-12-31")
    assert "1.800.000 đồng" in page and "Đạt từ 80\u00a0% số phiếu" in page and "không có quy định trong ngày này" in page
    assert "Nhập ngày, ví dụ 14/06/2026" in _page(keeper, f"{LIST}?ngay=hom-qua")
    assert "Lịch nghỉ của năm này chưa được nhập" in _page(keeper, f"{CALENDAR}?nam=2031")


def test_each_kind_of_rule_has_a_form_of_its_own_and_no_code(keeper: LintingClient) -> None:
    pages = {
        "clock.decide": ({"working_days": "20"}, '{"working_days":20}'),
        "base_salary": ({"dong": "2.700.000"}, '{"dong":2700000}'),
        "money.bang_khen.ministry": ({"person": "1,75", "collective": "3,5"}, '{"collective":[3500,1000],"person":[1750,1000]}'),
        "one_form": ({"enforced": "no"}, '{"enforced":false}'),
        "threshold.prime_minister": ({"threshold": "85", "threshold_of": "100"}, '{"threshold":[85,100]}'),
        "council": (
            {"quorum": "3", "quorum_of": "4", "threshold": "80", "threshold_of": "100", "secret": "yes", "absent": "by_letter"},
            '{"absent":"by_letter","quorum":[3,4],"secret":true,"threshold":[80,100]}',
        ),
    }  # fmt: skip
    for key, (typed, stored) in pages.items():
        url = f"{LIST}sua/{key}/"
        assert "Sửa quy định" in _page(keeper, url)
        assert keeper.post(url, {**TEXT, **typed, "valid_from": "01/12/2027"}).status_code == 302, key
        assert Rule.objects.filter(key=key).order_by("-valid_from").values_list("value", flat=True)[0] == stored
    assert "từ 01/12/2027: 20 ngày làm việc" in _page(keeper, LIST)
    assert keeper.get(f"{LIST}sua/khong-co/").status_code == 404


def test_what_is_typed_wrongly_is_said_at_its_field_and_stays(keeper: LintingClient) -> None:
    answers = {
        ("sua/base_salary/", "dong", "hai triệu"): "Nhập số đồng nguyên, ví dụ 2.530.000.",
        ("sua/money.ky_niem_chuong/", "person", "một rưỡi"): "Nhập số lần, ví dụ 1,5.",
        ("sua/clock.decide/", "working_days", "0"): "Nhập số nguyên từ 1 đến 250.",
        ("moi/tien-thuong/", "name", "ky-niem-chuong"): "Quy định này đã có",
        ("moi/hoi-dong/", "unit", "Đơn vị không có"): "Không có đơn vị nào tên",
    }
    whole = {**TEXT, "valid_from": "2027-12-01", "person": "1", "quorum": "2", "quorum_of": "3", "threshold": "2", "threshold_of": "3", "secret": "yes",
             "absent": "against"}  # fmt: skip
    for (url, field, typed), told in answers.items():
        page = keeper.post(LIST + url, {**whole, field: typed}).content.decode()
        assert told in page and typed in page, url
    page = keeper.post(f"{LIST}sua/clock.decide/", {**TEXT, "working_days": "20", "valid_from": "2023-01-01"}).content.decode()
    assert "Quy định mới nhất bắt đầu ngày 01/01/2024" in page
    page = keeper.post(f"{LIST}sua/council/", {**whole, "quorum": "4", "quorum_of": "3"}).content.decode()
    assert "Số thứ nhất từ 1 đến bằng số thứ hai." in page


def test_a_unit_gets_its_council_rule_and_money_a_new_rule_and_a_rule_ends(keeper: LintingClient, land: reporting.Country) -> None:
    votes = {"quorum": "2", "quorum_of": "3", "threshold": "90", "threshold_of": "100", "secret": "yes", "absent": "against"}
    assert keeper.post(f"{LIST}moi/hoi-dong/", {**TEXT, **votes, "unit": "Công an trung ương", "valid_from": "2026-01-01"}).status_code == 302
    assert Rule.objects.filter(key=f"council.{land.police['centre'].pk}").exists()
    assert keeper.post(f"{LIST}moi/tien-thuong/", {**TEXT, "name": "giay-khen-xa", "person": "0,15", "valid_from": "2026-01-01"}).status_code == 302
    page = _page(keeper, LIST)
    assert "Hội đồng của Công an trung ương" in page and "Cá nhân: 0,15 lần mức lương cơ sở" in page
    assert "Chấm dứt quy định" in _page(keeper, f"{LIST}het/money.giay_khen_xa/")
    assert keeper.post(f"{LIST}het/money.giay_khen_xa/", {"valid_to": "2026-06-01", "reason": "Bãi bỏ"}).status_code == 302
    again = keeper.post(f"{LIST}het/money.giay_khen_xa/", {"valid_to": "2026-07-01", "reason": "Lại"}).content.decode()
    assert "Không có quy định loại này đang áp dụng" in again
    assert keeper.get(f"{LIST}moi/huy-chuong/").status_code == 404


def test_a_form_of_commendation_is_entered_changed_and_ended_on_pages(keeper: LintingClient) -> None:
    typed = {
        "code": "giay-khen-cax", "kind": "giay_khen", "line": "police", "level": "3", "name_vi": "Giấy khen của Trưởng Công an cấp xã",
        "name_en": "Commendation Letter of the commune police", "decided_by": "Trưởng Công an cấp xã", "recipients": "both", "symbol": "CAX", "family": "state",
        "money": "", "dossier": ["proposal", "achievement"], "valid_from": "2026-01-01", "citation": "Văn bản thử", "doubt": "Chưa đối chiếu",
    }  # fmt: skip
    assert "Nhập hình thức khen thưởng" in _page(keeper, f"{FORMS}moi/")
    assert keeper.post(f"{FORMS}moi/", typed).status_code == 302
    assert "Mã này đã có hình thức khác dùng" in keeper.post(f"{FORMS}moi/", typed).content.decode()
    url = f"{FORMS}giay-khen-cax/"
    changed = {**typed, "recipients": "person", "valid_from": "2026-06-01", "reason": "Sửa đối tượng"}
    assert "Trưởng Công an cấp xã" in _page(keeper, f"{url}sua/")
    assert keeper.post(f"{url}sua/", changed).status_code == 302
    assert keeper.post(f"{url}het/", {"valid_to": "2026-10-01", "reason": "Bãi bỏ"}).status_code == 302
    assert AwardForm.objects.filter(code="giay-khen-cax").count() == 2
    assert "không áp dụng trong ngày này" in _page(keeper, f"{FORMS}?ngay=2026-11-01") and "1 lần ghi khác" in _page(keeper, f"{FORMS}?ngay=2026-07-01")
    assert keeper.get(f"{FORMS}khong-co/sua/").status_code == 404


def test_a_year_is_pasted_wrong_lines_are_named_and_the_box_stays(keeper: LintingClient) -> None:
    url = f"{CALENDAR}nhap/?nam=2027"
    text = "01/01/2027; nghỉ; Tết Dương lịch\n02/01/2027; họp; Hội nghị\n31/02/2027; nghỉ; Không có"
    page = keeper.post(url, {"year": "2027", "days": text, "citation": "Thông báo thử", "doubt": ""}).content.decode()
    assert "Dòng 2" in page and "Ghi “nghỉ” hoặc “làm bù” ở phần giữa." in page and "Dòng 3" in page and "Tết Dương lịch" in page
    assert not HolidayYear.objects.filter(year=2027).exists()
    assert keeper.post(url, {"year": "2027", "days": text.splitlines()[0], "citation": "Thông báo thử", "doubt": ""}).status_code == 302
    assert "Tết Dương lịch" in _page(keeper, url) and "Năm này đã nhập" in _page(keeper, url)
    day = {"day": "2027-08-28", "kind": "worked", "name": "Làm bù"}
    assert keeper.post(f"{CALENDAR}ngay/", day).status_code == 302
    assert "Thứ Bảy" in _page(keeper, f"{CALENDAR}?nam=2027")
    assert "Chỉ làm bù vào Thứ Bảy hoặc Chủ Nhật." in keeper.post(f"{CALENDAR}ngay/", {**day, "day": "2027-08-27"}).content.decode()
    drop = f"{CALENDAR}2027/8/28/bo/"
    assert "Bỏ một ngày" in _page(keeper, drop) and keeper.post(drop, {}).status_code == 200
    assert Holiday.objects.filter(day=date(2027, 8, 28)).exists()
    assert keeper.post(drop, {"confirmed": "1"}).status_code == 302 and keeper.get(drop).status_code == 404
    assert keeper.get(f"{CALENDAR}2027/13/28/bo/").status_code == 404


def test_the_list_of_rules_asks_as_much_for_many_rules_as_for_few(keeper: LintingClient, django_assert_num_queries: object) -> None:
    keeper.get(LIST)
    counts = []
    for _round in range(2):
        with django_assert_num_queries(QUERIES):  # type: ignore[operator]
            keeper.get(LIST)
        for name in ("a", "b"):
            key = f"money.thu_{name}{len(counts)}"
            actions.change_rule(
                key=key, value={"person": [1, 1]}, valid_from=date(2026, 1, 1), citation="Thử", reason="Thử", by=reporting.OFFICE, at=timezone.now()
            )
            counts.append(key)


def test_forms_and_calendar_ask_as_much_for_many_rows_as_for_few(keeper: LintingClient, django_assert_num_queries: object) -> None:
    police = reporting.line("police")
    text = FormText(
        name_vi="Giấy khen thử", name_en="Letter", decided_by="Cơ quan thử", recipients="both", symbol="THU", family="state", money="", dossier=["proposal"],
        citation="Thử",
    )  # fmt: skip
    for url in (FORMS, f"{CALENDAR}?nam=2026"):
        keeper.get(url)
    for more in (2, 0):
        with django_assert_num_queries(FORMS_QUERIES):  # type: ignore[operator]
            keeper.get(FORMS)
        with django_assert_num_queries(CALENDAR_QUERIES):  # type: ignore[operator]
            keeper.get(f"{CALENDAR}?nam=2026")
        for number in range(more):
            given = {"code": f"thu-{number}", "kind": "giay_khen", "line": police, "level": 3, "valid_from": date(2026, 1, 1)}
            actions.add_form(text=text, by=reporting.OFFICE, at=timezone.now(), **given)
            actions.put_holiday(day=date(2026, 12, 7 + number), working=False, name="Thử", by=reporting.OFFICE, at=timezone.now())
