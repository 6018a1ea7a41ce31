"""Opening a round resolves who owes a report, over the tree of its closing day; rounds close in steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.kernel.periods import PeriodKind
from soket.organisations.models import Level
from soket.reporting import actions, queries
from soket.reporting.models import Indicator, PeriodRule, Report, Template
from tests.factories import reporting as make

DUE = make.DUE


def test_the_catalogue_installs_once(db: None) -> None:
    first = make.catalogue()
    events = Event.objects.count()
    assert make.catalogue() == first
    assert (Indicator.objects.count(), Template.objects.count(), PeriodRule.objects.count()) == (48, 2, 1)
    assert Event.objects.count() == events == 51


def test_a_known_code_cannot_be_defined_otherwise(db: None) -> None:
    make.catalogue()
    with pytest.raises(Refused) as refused:
        actions.define_indicator(
            code="TT01",
            name_vi="Khác",
            name_en="Other",
            measure_vi="buổi",
            measure_en="sessions",
            definition_vi="?",
            definition_en="?",
            kind="count",
            over_units="sum",
            over_time="sum",
            by=make.OFFICE,
            at=make.IN_TIME,
        )
    assert refused.value.field == "code"


def test_a_changed_form_is_a_new_version_and_the_old_one_stays(db: None) -> None:
    yearly, _quarterly = make.catalogue()
    changed = {"sections": [{"key": "1", "title_vi": "Một", "title_en": "One", "rows": [{"indicator": "TT01"}]}], "checks": [], "public": []}
    second = actions.publish_template(
        code=yearly.code, title_vi="Mẫu rút gọn", title_en="Short form", definition=changed, by=make.OFFICE, at=make.IN_TIME
    )
    assert (second.version, second.columns) == (2, '["TT01"]')
    assert Template.objects.filter(code=yearly.code).count() == 2


def test_a_form_that_names_an_unknown_indicator_is_refused(db: None) -> None:
    with pytest.raises(Refused) as refused:
        actions.publish_template(
            code="X",
            title_vi="X",
            title_en="X",
            by=make.OFFICE,
            at=make.IN_TIME,
            definition={"sections": [{"key": "1", "title_vi": "Một", "title_en": "One", "rows": [{"indicator": "ZZ"}]}]},
        )
    assert refused.value.field == "definition"


def test_a_year_runs_from_the_day_after_the_closing_day_to_the_closing_day(country: make.Country) -> None:
    year = make.year_round()
    assert (year.slug, year.starts, year.ends) == ("nam-2025", date(2024, 12, 15), date(2025, 12, 14))
    assert (year.title_vi, year.title_en) == ("Báo cáo năm 2025", "Report for the year 2025")


def test_every_unit_of_the_level_owes_one_report_decided_by_the_unit_above(country: make.Country) -> None:
    year = make.year_round(lines=("police",))
    found = {(report.unit_id, report.decider_id, report.state) for report in year.reports.all()}
    above = country.police["province"].pk
    assert found == {(country.police[name].pk, above, "not_started") for name in ("one", "two")}


def test_a_unit_that_ended_owes_a_closing_report_and_its_successor_starts_on_its_first_day(country: make.Country) -> None:
    above = country.police["province"]
    old = make.unit("police", "Công an xã Cũ", Level.COMMUNE, above, country.areas["one"], until=date(2025, 7, 1))
    new = make.unit("police", "Công an xã Mới", Level.COMMUNE, above, country.areas["one"], since=date(2025, 7, 1))
    gone = make.unit("police", "Công an xã Xưa", Level.COMMUNE, above, country.areas["one"], until=date(2024, 12, 15))
    year = make.year_round(lines=("police",))
    assert not year.reports.filter(unit=gone).exists()
    closing, opening = make.report_of(year, old), make.report_of(year, new)
    assert (closing.covers_from, closing.covers_to) == (date(2024, 12, 15), date(2025, 6, 30))
    assert (opening.covers_from, opening.covers_to) == (date(2025, 7, 1), date(2025, 12, 14))


def test_a_unit_whose_superior_ended_is_decided_by_who_took_over(country: make.Country) -> None:
    centre = country.police["centre"]
    area_old = make.area("tỉnh Cũ", Level.PROVINCE, until=date(2025, 7, 1))
    old = make.unit("police", "Công an tỉnh Cũ", Level.PROVINCE, centre, area_old, until=date(2025, 7, 1))
    commune = make.unit("police", "Công an xã Kề", Level.COMMUNE, old, country.areas["two"], until=date(2025, 7, 1))
    year = make.year_round(lines=("police",))
    assert make.report_of(year, commune).decider == centre


def test_a_round_under_one_unit_takes_only_its_subtree(country: make.Country) -> None:
    other = make.unit("police", "Công an tỉnh Khác", Level.PROVINCE, country.police["centre"])
    make.unit("police", "Công an xã Xa", Level.COMMUNE, other)
    yearly, _ = make.catalogue()
    scope = actions.ScopeDraft("police", Level.COMMUNE, DUE, under=country.police["province"].pk)
    year = actions.open_round(
        template=yearly, rule=PeriodRule.objects.get(), kind=PeriodKind.YEAR, year=2025, index=1, scopes=[scope], by=make.OFFICE, at=make.IN_TIME
    )
    assert set(year.reports.values_list("unit_id", flat=True)) == {country.police["one"].pk, country.police["two"].pk}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"index": 2}, "index"),
        ({"scopes": []}, "scopes"),
        ({"scopes": [actions.ScopeDraft("nowhere", 3, DUE)]}, "scopes"),
        ({"scopes": [actions.ScopeDraft("police", 3, datetime(2025, 12, 14, 9, tzinfo=UTC))]}, "due_at"),
        ({"year": 2018}, "rule"),
    ],
)
def test_a_round_that_cannot_be_is_refused_at_its_field(country: make.Country, change: dict, field: str) -> None:
    yearly, _ = make.catalogue()
    wanted = {
        "template": yearly,
        "rule": PeriodRule.objects.get(),
        "kind": PeriodKind.YEAR,
        "year": 2025,
        "index": 1,
        "scopes": [actions.ScopeDraft("police", 3, DUE)],
        **change,
    }
    with pytest.raises(Refused) as refused:
        actions.open_round(by=make.OFFICE, at=make.IN_TIME, **wanted)
    assert refused.value.field == field
    assert not Report.objects.exists()


def test_a_round_is_opened_once(country: make.Country) -> None:
    make.year_round()
    with pytest.raises(Refused) as refused:
        make.year_round()
    assert refused.value.field == "index"


def test_only_a_programme_office_over_the_area_opens_and_closes(country: make.Country) -> None:
    yearly, _ = make.catalogue()
    outsider, lead = make.holder("x", programme=country.police["province"]), make.holder("lead", programme=country.front["centre"])
    wanted = {
        "template": yearly,
        "rule": PeriodRule.objects.get(),
        "kind": PeriodKind.YEAR,
        "year": 2025,
        "index": 1,
        "at": make.IN_TIME,
        "scopes": [actions.ScopeDraft(code, 3, DUE) for code in ("police", "front")],
    }
    with pytest.raises(Refused, match="Báo cáo năm 2025"):
        actions.open_round(by=outsider, **wanted)
    year = actions.open_round(by=lead, **wanted)
    with pytest.raises(Refused):
        actions.close_round(round=year, by=outsider, at=make.IN_TIME)
    assert queries.may_run(lead, year, date(2025, 12, 20))
    assert not queries.may_run(outsider, year, date(2025, 12, 20))


def test_states_of_a_round_are_dated_rows(country: make.Country) -> None:
    year = make.year_round()
    actions.begin_closing(round=year, by=make.OFFICE, at=DUE)
    actions.close_round(round=year, by=make.OFFICE, at=DUE + timedelta(days=1), basis="Hết hạn")
    actions.reopen_round(round=year, basis="Công văn 12", by=make.OFFICE, at=DUE + timedelta(days=2))
    assert [(row.state, row.basis) for row in queries.states_of(year)] == [
        ("open", ""),
        ("closing", ""),
        ("closed", "Hết hạn"),
        ("open", "Công văn 12"),
    ]
    assert queries.round_state(year.pk) == "open"


def test_a_round_is_not_reopened_without_a_basis_nor_closed_twice(country: make.Country) -> None:
    year = make.year_round()
    actions.close_round(round=year, by=make.OFFICE, at=DUE)
    with pytest.raises(Refused) as refused:
        actions.reopen_round(round=year, basis=" ", by=make.OFFICE, at=DUE)
    assert refused.value.field == "basis"
    with pytest.raises(Refused):
        actions.close_round(round=year, by=make.OFFICE, at=DUE)
    with pytest.raises(Refused):
        actions.begin_closing(round=year, by=make.OFFICE, at=DUE)
