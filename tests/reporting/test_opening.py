"""What opening a round would make, before it is made; ad hoc and nine-month periods; days that overlap."""

from __future__ import annotations

from datetime import date

import pytest

from soket.kernel.door import Refused
from soket.kernel.periods import PeriodKind
from soket.organisations.models import Level
from soket.reporting import actions, queries
from soket.reporting.models import PeriodRule, Report, Round
from tests.factories import reporting as make


def draft(**changes: object) -> actions.RoundDraft:
    wanted = {
        "template": make.catalogue()[0],
        "rule": PeriodRule.objects.get(code="nd09-2019"),
        "kind": PeriodKind.YEAR,
        "year": 2025,
        "index": 1,
        "scopes": [actions.ScopeDraft("police", Level.COMMUNE, make.DUE)],
        **changes,
    }
    return actions.RoundDraft(**wanted)


def ad_hoc(starts: date, ends: date, **changes: object) -> actions.RoundDraft:
    return draft(**{"kind": PeriodKind.AD_HOC, "index": 0, "starts": starts, "ends": ends, "title_vi": "Báo cáo chuyên đề về hòa giải", **changes})


def opened(one: actions.RoundDraft) -> Round:
    return actions.open_rounds(rounds=[one], by=make.OFFICE, at=make.IN_TIME)[0]


def test_a_plan_names_who_would_owe_and_writes_nothing(country: make.Country) -> None:
    plan = queries.planned(draft(), make.OFFICE, make.IN_TIME)
    assert [one.name for one, _scope in plan.owed] == ["Công an xã Bình Minh", "Công an xã Đông Hải"]
    assert not Round.objects.exists()
    assert not Report.objects.exists()


def test_nine_months_run_from_the_first_day_of_the_year(country: make.Country) -> None:
    nine = opened(draft(kind=PeriodKind.NINE))
    assert (nine.slug, nine.starts, nine.ends) == ("9-thang-2025", date(2024, 12, 15), date(2025, 9, 14))
    assert nine.title_vi == "Báo cáo 9 tháng năm 2025"


def test_ad_hoc_rounds_have_their_own_days_and_names(country: make.Country) -> None:
    first = opened(ad_hoc(date(2025, 3, 1), date(2025, 3, 31)))
    second = opened(ad_hoc(date(2025, 4, 1), date(2025, 4, 30), title_vi="Báo cáo đột xuất về lũ", title_en="Flood report"))
    assert [(one.slug, one.year, one.index) for one in (first, second)] == [("dot-xuat-1-2025", 2025, 1), ("dot-xuat-2-2025", 2025, 2)]
    assert (first.title_en, second.title_en) == ("Báo cáo chuyên đề về hòa giải", "Flood report")
    assert (make.report_of(first, country.police["one"]).covers_from, first.ends) == (date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": None}, "starts"),
        ({"ends": None}, "ends"),
        ({"ends": date(2025, 2, 1)}, "ends"),
        ({"title_vi": "  "}, "title_vi"),
        ({"title_vi": "hỏng \ufffd"}, "title_vi"),
        ({"starts": date(2025, 3, 20), "ends": date(2025, 4, 2)}, "starts"),
    ],
)
def test_an_ad_hoc_round_that_cannot_be_is_refused_at_its_field(country: make.Country, changes: dict, field: str) -> None:
    opened(ad_hoc(date(2025, 3, 25), date(2025, 3, 31)))
    with pytest.raises(Refused) as refused:
        opened(ad_hoc(**{"starts": date(2025, 5, 1), "ends": date(2025, 5, 31), **changes}))
    assert refused.value.field == field
    assert Round.objects.count() == 1


def test_two_versions_of_a_form_do_not_open_the_same_period(country: make.Country) -> None:
    opened(draft())
    form = {"sections": [{"key": "1", "title_vi": "Một", "title_en": "One", "rows": [{"indicator": "TT01"}]}], "checks": [], "public": []}
    newer = actions.publish_template(code="BC-CTPH-NAM", title_vi="M", title_en="M", definition=form, by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused) as refused:
        opened(draft(template=newer))
    assert refused.value.field == "index"


def test_a_rule_with_another_closing_day_does_not_make_days_count_twice(country: make.Country) -> None:
    opened(draft(kind=PeriodKind.QUARTER, index=1))
    other = actions.define_period_rule(code="khac", citation="TT", closing_day=20, valid_from=date(2020, 1, 1), by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused, match="15/12/2024–14/03/2025") as refused:
        opened(draft(kind=PeriodKind.QUARTER, index=1, rule=other))
    assert refused.value.field == "index"


def test_a_round_in_which_nobody_owes_is_not_opened(country: make.Country) -> None:
    with pytest.raises(Refused) as refused:
        opened(draft(scopes=[actions.ScopeDraft("police", Level.DISTRICT, make.DUE)]))
    assert refused.value.field == "scopes"
    assert not Round.objects.exists()
