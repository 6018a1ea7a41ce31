"""Rules installed from the cited file, changed without code, read on any day; the calendar and the money that goes with an award."""
from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from soket.audit.models import Event
from soket.audit.queries import sentence_of
from soket.commendations import actions
from soket.commendations.actions.award_forms import FormText
from soket.commendations.core import holidays, ruling
from soket.commendations.core.calendar import Calendar, Deadline
from soket.commendations.models import AwardForm, Rule
from soket.commendations.queries import ruling as queries
from soket.commendations.queries.ruling_words import value_words
from soket.kernel.door import Refused
from tests.factories import reporting

AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 20)
BY = reporting.OFFICE
CITED = {"citation": "Quyết định thử 01/QĐ", "reason": "Văn bản mới", "by": BY, "at": AT}


@pytest.fixture
def installed(db: None) -> None:
    for code in ("police", "front", "people"):
        reporting.line(code)
    actions.install_rules(by=BY, at=AT)


def _refused(act: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value


def test_rules_are_installed_once_each_with_a_source(installed: None) -> None:
    assert actions.install_rules(by=BY, at=AT) == (0, 0, 0)
    assert Rule.objects.count() == 17 and AwardForm.objects.count() == 9
    assert Event.objects.filter(name="commendations.rules_installed").count() == 1
    assert not Rule.objects.filter(citation="").exists() and not AwardForm.objects.filter(citation="").exists()
    for row in Rule.objects.all():
        assert ruling.checked(row.key, json.loads(row.value)) == json.loads(row.value)
        assert value_words(row.key, json.loads(row.value))
    days = (date(2023, 6, 30), date(2024, 6, 30), date(2026, 6, 30), DAY)
    assert [one.value["dong"] if (one := queries.rule("base_salary", day)) else None for day in days] == [None, 1_800_000, 2_340_000, 2_530_000]
    assert queries.rule("threshold.prime_minister", DAY) is None
    older = queries.rule("threshold.prime_minister", date(2023, 12, 31))
    assert older is not None and older.value == {"threshold": [80, 100]} and "chưa đối chiếu" in older.doubt


def test_a_clock_names_its_day_and_says_when_the_year_is_not_entered(installed: None) -> None:
    assert queries.clock("clock.decide", date(2026, 7, 1)) == (Deadline(date(2026, 8, 5), True), queries.rule("clock.decide", DAY).citation)  # type: ignore[union-attr]
    assert queries.clock("clock.decide", date(2026, 12, 1))[0].known is False  # type: ignore[index]
    assert queries.clock("clock.unheard", DAY) is None
    commune, centre = AwardForm.objects.get(code="giay-khen-mttq-xa"), AwardForm.objects.get(code="bang-khen-bca")
    assert (queries.decide_clock(commune, DAY), queries.decide_clock(centre, DAY)) == ("clock.decide.commune", "clock.decide")
    assert queries.calendar().works(date(2026, 8, 22)) and not queries.calendar().works(date(2026, 8, 31))


def test_a_changed_rule_leaves_what_held_before(installed: None) -> None:
    made = actions.change_rule(key="clock.decide", value={"working_days": 20}, valid_from=date(2026, 10, 1), doubt="Chưa đối chiếu", **CITED)
    assert (made.valid_from, made.valid_to) == (date(2026, 10, 1), None)
    assert [queries.rule("clock.decide", day).value for day in (date(2026, 9, 30), date(2026, 10, 1))] == [{"working_days": 25}, {"working_days": 20}]  # type: ignore[union-attr]
    row = queries.of_key("clock.decide", date(2026, 10, 1))
    assert row is not None and row.held is not None and (row.held.words, row.held.doubt) == ("20 ngày làm việc", "Chưa đối chiếu")
    assert [(one.words, one.since, one.until) for one in row.before] == [("25 ngày làm việc", date(2024, 1, 1), date(2026, 10, 1))]
    earlier = queries.of_key("clock.decide", DAY)
    assert earlier is not None and [one.words for one in earlier.coming] == ["20 ngày làm việc"]
    event = Event.objects.get(name="commendations.rule_changed")
    told = json.loads(event.body)
    assert (told["payload"]["was"], told["payload"]["now"], told["reason"]) == ("25 ngày làm việc", "20 ngày làm việc", "Văn bản mới")
    assert "20 ngày làm việc" in sentence_of(event)


def test_a_rule_is_not_changed_backwards_to_itself_or_by_just_anyone(installed: None) -> None:
    held = queries.rule("clock.decide", DAY)
    assert held is not None
    given = {**CITED, "key": "clock.decide", "value": {"working_days": 20}, "valid_from": date(2026, 10, 1)}
    assert _refused(actions.change_rule, **{**given, "valid_from": date(2024, 1, 1)}).field == "valid_from"
    assert _refused(actions.change_rule, **{**given, "valid_from": date(2023, 1, 1)}).field == "valid_from"
    assert _refused(actions.change_rule, **{**given, "valid_from": date(2040, 1, 1)}).field == "valid_from"
    assert _refused(actions.change_rule, **{**given, "citation": " "}).field == "citation"
    assert _refused(actions.change_rule, **{**given, "reason": ""}).field == "reason"
    same = {**given, "value": held.value, "citation": held.citation, "doubt": held.doubt}
    assert "Không có gì thay đổi" in str(_refused(actions.change_rule, **same).message)
    assert _refused(actions.change_rule, **{**given, "by": reporting.holder("a")})
    assert _refused(actions.end_rule, key="clock.decide", valid_to=DAY, reason="x", by=reporting.holder("a"), at=AT)
    assert Rule.objects.count() == 17 and Event.objects.filter(name__startswith="commendations.rule_").count() == 0


WRONG_VALUES: list[tuple[str, dict[str, Any], str]] = [
    ("clock.decide", {"working_days": 0}, "working_days"), ("clock.decide", {"working_days": True}, "working_days"), ("clock.decide", {}, "working_days"),
    ("council", {"quorum": [3, 2], "threshold": [2, 3], "secret": True, "absent": "left_out"}, "quorum"),
    ("council", {"quorum": [2, 3], "threshold": [0, 3], "secret": True, "absent": "left_out"}, "threshold"),
    ("council", {"quorum": [2, 3], "threshold": [2, 0], "secret": True, "absent": "left_out"}, "threshold"),
    ("council", {"quorum": [2, 3], "threshold": [2, 3], "secret": "yes", "absent": "left_out"}, "secret"),
    ("council", {"quorum": [2, 3], "threshold": [2, 3], "secret": True, "absent": "asleep"}, "absent"),
    ("council.987654321", {"quorum": [2, 3], "threshold": [2, 3], "secret": True, "absent": "against"}, "unit"),
    ("money.bang_khen.ministry", {}, "person"), ("money.bang_khen.ministry", {"person": [0, 10]}, "person"),
    ("money.bang_khen.ministry", {"person": [1.5, 1]}, "person"), ("money.bang_khen.ministry", {"collective": [500, 1]}, "collective"),
    ("base_salary", {"dong": -1}, "dong"), ("one_form", {"enforced": "no"}, "enforced"), ("whim", {"enforced": True}, "key"),
    ("clock.", {"working_days": 3}, "key"),
]  # fmt: skip


def test_a_value_that_is_none_is_refused_at_its_part(installed: None) -> None:
    for key, value, field in WRONG_VALUES:
        assert _refused(actions.change_rule, key=key, value=value, valid_from=date(2026, 10, 1), **CITED).field == field, (key, value)


def test_a_unit_has_a_council_rule_of_its_own_and_a_rule_can_end(installed: None) -> None:
    unit = reporting.country().police["centre"]
    own = {"quorum": [3, 4], "threshold": [90, 100], "secret": False, "absent": "against"}
    actions.change_rule(key=f"council.{unit.pk}", value={**own, "extra": 1}, valid_from=DAY, **CITED)
    found, general = queries.rule_for("council", unit.pk, DAY), queries.rule_for("council", unit.pk + 1, DAY)
    assert found is not None and found.value == own and general is not None and general.value["quorum"] == [2, 3]
    row = queries.of_key(f"council.{unit.pk}", DAY)
    assert row is not None and row.held is not None and (row.name, row.held.words) == (
        "Hội đồng của Công an trung ương",
        "Ít nhất 3/4 thành viên dự họp; đạt từ 90\u00a0% số phiếu; biểu quyết công khai; thành viên vắng mặt tính là không đồng ý",
    )
    actions.end_rule(key=f"council.{unit.pk}", valid_to=date(2026, 9, 1), reason="Theo quy chế chung", by=BY, at=AT)
    after = queries.rule_for("council", unit.pk, date(2026, 9, 1))
    assert after is not None and after.key == "council"
    assert _refused(actions.end_rule, key=f"council.{unit.pk}", valid_to=date(2026, 9, 2), reason="Lại", by=BY, at=AT).field == "key"
    assert _refused(actions.end_rule, key="council", valid_to=date(2024, 1, 1), reason="Lùi", by=BY, at=AT).field == "valid_to"
    actions.change_rule(key=f"council.{unit.pk}", value=own, valid_from=date(2027, 1, 1), **CITED)
    assert list(Rule.objects.filter(key=f"council.{unit.pk}").order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (DAY, date(2026, 9, 1)), (date(2027, 1, 1), None),
    ]  # fmt: skip
    assert Event.objects.filter(name="commendations.rule_ended").count() == 1


def test_money_is_computed_where_rule_and_base_are_known_and_nowhere_else(installed: None) -> None:
    merit, letter, medal = (AwardForm.objects.get(code=code) for code in ("bang-khen-bca", "giay-khen-mttq-xa", "ky-niem-chuong-bca"))
    told = queries.money_for(merit, "person", DAY)
    assert (told["dong"], told["rule"]) == (3_795_000, "1,5 lần mức lương cơ sở (2.530.000 đồng/tháng)")
    assert "Nghị định 152/2025/NĐ-CP" in told["citation"] and "Nghị định 161/2026/NĐ-CP" in told["citation"] and told["doubt"]
    assert queries.money_for(merit, "collective", date(2026, 6, 30))["dong"] == 7_020_000
    unknown = {"dong": None, "rule": "", "citation": "", "doubt": "Chưa có quy định được ghi nhận về tiền thưởng kèm theo."}
    assert queries.money_for(letter, "person", DAY) == unknown
    assert queries.money_for(merit, "person", date(2025, 6, 30))["dong"] is None  # the decree was not in force
    ceiling = queries.money_for(medal, "person", DAY)
    assert (ceiling["dong"], ceiling["rule"]) == (None, "không quá 0,6 lần mức lương cơ sở (1.518.000 đồng)")
    assert queries.money_for(medal, "collective", DAY)["rule"] == ""
    actions.end_rule(key="base_salary", valid_to=date(2026, 12, 1), reason="Thử", by=BY, at=AT)
    without = queries.money_for(merit, "person", date(2026, 12, 1))
    assert (without["dong"], without["rule"]) == (None, "1,5 lần mức lương cơ sở") and "01/12/2026" in without["doubt"]


def _text(**more: Any) -> FormText:
    given: dict[str, Any] = {
        "name_vi": "Giấy khen của Trưởng Công an cấp xã", "name_en": "Commendation Letter of the commune police", "decided_by": "Trưởng Công an cấp xã",
        "recipients": "both", "symbol": "CAX", "family": "state", "money": "", "dossier": ["achievement", "proposal"], "citation": "Văn bản thử",
    }  # fmt: skip
    return FormText(**{**given, **more})


def test_a_form_is_entered_changed_from_a_day_and_ended(installed: None) -> None:
    police = reporting.line("police")
    given: dict[str, Any] = {"code": "giay-khen-cax", "kind": "giay_khen", "line": police, "level": 3, "valid_from": DAY, "by": BY, "at": AT}
    made = actions.add_form(text=_text(), **given)
    assert (json.loads(made.dossier), made.valid_to) == (["proposal", "achievement"], None)
    other = actions.change_form(form=made, text=_text(money="money.ky_niem_chuong"), valid_from=date(2026, 9, 1), reason="Quy định mới", by=BY, at=AT)
    assert [(row.valid_from, row.valid_to, row.money) for row in AwardForm.objects.filter(code="giay-khen-cax").order_by("valid_from")] == [
        (DAY, date(2026, 9, 1), ""), (date(2026, 9, 1), None, "money.ky_niem_chuong"),
    ]  # fmt: skip
    assert [row.pk for row in queries.forms_on(date(2026, 8, 31)) if row.code == "giay-khen-cax"] == [made.pk]
    assert json.loads(Event.objects.get(name="commendations.form_changed").body)["payload"]["changed"] == ["money"]
    change = {"form": made, "valid_from": date(2026, 10, 1), "reason": "Lại", "by": BY, "at": AT}
    assert _refused(actions.change_form, **{**change, "valid_from": date(2026, 9, 1)}, text=_text()).field == "valid_from"
    assert "Không có gì thay đổi" in str(_refused(actions.change_form, **change, text=_text(money="money.ky_niem_chuong")).message)
    actions.end_form(form=other, valid_to=date(2027, 1, 1), reason="Bãi bỏ", by=BY, at=AT)
    assert _refused(actions.end_form, form=other, valid_to=date(2027, 2, 1), reason="Lại", by=BY, at=AT).field == "valid_to"
    assert _refused(actions.add_form, text=_text(), **given).field == "code"
    for wrong in ({"code": "Giấy khen"}, {"kind": "huan_chuong"}, {"level": 7}, {"valid_from": date(1990, 1, 1)}):
        assert _refused(actions.add_form, text=_text(), **{**given, "code": "moi", **wrong}).field == next(iter(wrong))
    bad = {"recipients": "all", "family": "party", "money": "money.unheard", "dossier": [], "symbol": "bca xã", "name_vi": "", "citation": ""}
    for field, value in bad.items():
        assert _refused(actions.add_form, text=_text(**{field: value}), **{**given, "code": "moi"}).field == field
    assert _refused(actions.add_form, text=_text(), **{**given, "by": reporting.holder("a")})


PASTED = """01/01/2027; nghỉ; Tết Dương lịch
 2/9/2027 ; Nghỉ; Quốc khánh

28/08/2027; làm bù; Làm bù ngày 03/9"""


def test_a_year_is_entered_from_lines_and_one_day_put_and_dropped(installed: None) -> None:
    days, wrong = holidays.read(PASTED, 2027)
    assert wrong == [] and [(one.day, one.working) for one in days] == [(date(2027, 1, 1), False), (date(2027, 8, 28), True), (date(2027, 9, 2), False)]
    assert holidays.read(holidays.written(days), 2027) == (days, [])
    actions.enter_year(year=2027, days=days, citation="Thông báo thử", by=BY, at=AT)
    assert queries.clock("clock.incomplete", date(2026, 12, 28))[0] == Deadline(date(2027, 1, 5), True)  # type: ignore[index]
    actions.put_holiday(day=date(2027, 1, 4), working=False, name="Nghỉ bù", by=BY, at=AT)
    assert queries.clock("clock.incomplete", date(2026, 12, 28))[0].on == date(2027, 1, 6)  # type: ignore[index]
    held = queries.holiday(date(2027, 1, 4))
    assert held is not None
    actions.drop_holiday(holiday=held, by=BY, at=AT)
    actions.drop_holiday(holiday=held, by=BY, at=AT)
    assert queries.holiday(date(2027, 1, 4)) is None
    actions.enter_year(year=2027, days=days[:1], citation="Thông báo khác", by=BY, at=AT)
    assert [one.day for one in queries.year_days(2027)] == [date(2027, 1, 1)] and queries.years()[0].citation == "Thông báo khác"
    names = ["year_entered", "holiday_put", "holiday_dropped"]
    assert [Event.objects.filter(name=f"commendations.{name}").count() for name in names] == [2, 1, 1]


def test_wrong_lines_are_named_and_wrong_days_refused(installed: None) -> None:
    text = "01/01/2027; nghỉ\n31/02/2027; nghỉ; Ngày\n01/01/2026; nghỉ; Năm khác\n02/01/2027; họp; Ngày\n04/01/2027; làm bù; Thứ Hai\n05/01/2027; nghỉ; \n" \
        "06/01/2027; nghỉ; Một\n06/01/2027; nghỉ; Hai"
    days, wrong = holidays.read(text, 2027)
    assert [(one.line, one.code) for one in wrong] == [
        (1, "parts"), (2, "day"), (3, "year"), (4, "word"), (5, "weekday"), (6, "name"), (8, "repeated"),
    ]  # fmt: skip
    assert [one.name for one in days] == ["Một"]
    given: dict[str, Any] = {"citation": "Thông báo", "by": BY, "at": AT}
    assert _refused(actions.enter_year, year=1890, days=days, **given).field == "year"
    assert _refused(actions.enter_year, year=2027, days=[], **given).field == "days"
    assert _refused(actions.enter_year, year=2028, days=days, **given).field == "days"
    assert _refused(actions.enter_year, year=2027, days=[*days, *days], **given).field == "days"
    monday = [holidays.SpecialDay(date(2027, 1, 4), True, "Thứ Hai")]
    assert _refused(actions.enter_year, year=2027, days=monday, **given).field == "working"
    assert _refused(actions.put_holiday, day=date(2031, 1, 4), working=False, name="Nghỉ", by=BY, at=AT).field == "day"
    assert _refused(actions.put_holiday, day=date(2026, 12, 7), working=True, name="Làm", by=BY, at=AT).field == "working"
    assert _refused(actions.put_holiday, day=date(2026, 12, 7), working=False, name="", by=BY, at=AT).field == "name"
    assert _refused(actions.put_holiday, day=date(2026, 12, 7), working=False, name="Nghỉ", by=reporting.holder("a"), at=AT)
    assert Calendar({}, frozenset()).works(date(2026, 12, 7))
