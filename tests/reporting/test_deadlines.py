"""A deadline is moved by two people, with a reason; what was late when it came stays late."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.kernel.periods import PeriodKind
from soket.organisations.models import Level
from soket.reporting import actions
from soket.reporting.models import Extension, PeriodRule, Report, Round, RoundScope
from tests.factories import reporting as make

LATER = make.DUE + timedelta(days=5)


@pytest.fixture
def scope(year: Round) -> RoundScope:
    return year.scopes.get(line__code="police")


@pytest.fixture
def pair(country: make.Country) -> tuple[make.Holder, make.Holder]:
    """Two people of the programme office."""
    return tuple(make.holder(name, programme=country.police["centre"]) for name in ("mot", "hai"))  # type: ignore[return-value]


def asked(scope: RoundScope, by: object, **changes: object) -> Extension:
    return actions.ask_extension(**{"scope": scope, "due_at": LATER, "reason": "Bão số 3", "by": by, "at": make.IN_TIME, **changes})


def test_nothing_moves_until_another_person_agrees(country: make.Country, scope: RoundScope, pair: tuple) -> None:
    extension = asked(scope, pair[0])
    report = make.report_of(scope.round, country.police["one"])
    assert report.due_at == make.DUE
    with pytest.raises(Refused, match="hai người"):
        actions.answer_extension(extension=extension, agreed=True, by=pair[0], at=make.IN_TIME)
    actions.answer_extension(extension=extension, agreed=True, by=pair[1], at=make.IN_TIME)
    scope.refresh_from_db()
    report.refresh_from_db()
    assert (scope.due_at, report.due_at) == (LATER, LATER)
    assert make.report_of(scope.round, country.front["one"]).due_at == make.DUE
    event = Event.objects.get(name="reporting.extension_agreed")
    assert json.loads(event.body)["payload"] == {"scope": "police:3", "due": "17:00, 25/12/2025", "was": "17:00, 20/12/2025", "reports": "2"}
    assert json.loads(event.body)["reason"] == "Bão số 3"


def test_refused_the_deadline_stays_and_may_be_asked_for_again(scope: RoundScope, pair: tuple) -> None:
    extension = asked(scope, pair[0])
    with pytest.raises(Refused):
        asked(scope, pair[1])
    actions.answer_extension(extension=extension, agreed=False, by=pair[1], at=make.IN_TIME)
    with pytest.raises(Refused):
        actions.answer_extension(extension=extension, agreed=True, by=pair[1], at=make.IN_TIME)
    scope.refresh_from_db()
    assert scope.due_at == make.DUE
    assert asked(scope, pair[0]).pk != extension.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [({"due_at": make.DUE}, "due_at"), ({"due_at": LATER, "at": LATER + timedelta(days=1)}, "due_at"), ({"reason": " "}, "reason")],
)
def test_a_wrong_request_is_refused_at_its_field(scope: RoundScope, pair: tuple, change: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(scope, pair[0], **change)
    assert refused.value.field == field
    assert not Extension.objects.exists()


def test_only_a_programme_office_asks_and_a_closed_round_is_not_moved(country: make.Country, scope: RoundScope, pair: tuple) -> None:
    with pytest.raises(Refused):
        asked(scope, make.holder("tinh", programme=country.police["province"]))
    extension = asked(scope, pair[0])
    actions.close_round(round=scope.round, by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused):
        actions.answer_extension(extension=extension, agreed=True, by=pair[1], at=make.IN_TIME)


def test_what_was_late_when_it_came_stays_late_and_the_excused_are_left(country: make.Country, scope: RoundScope, pair: tuple) -> None:
    late, excused = (make.report_of(scope.round, country.police[name]) for name in ("one", "two"))
    make.submitted(late, at=make.TOO_LATE)
    actions.excuse_report(report=excused, reason="Lũ", by=make.OFFICE, at=make.IN_TIME)
    actions.answer_extension(extension=asked(scope, pair[0], at=make.TOO_LATE), agreed=True, by=pair[1], at=make.TOO_LATE)
    late.refresh_from_db()
    excused.refresh_from_db()
    assert (late.due_at, late.head.late, excused.due_at) == (LATER, True, make.DUE)


def test_a_scope_under_one_unit_moves_only_its_reports(country: make.Country) -> None:
    other = make.unit("police", "Công an tỉnh Khác", Level.PROVINCE, country.police["centre"])
    far = make.unit("police", "Công an xã Xa", Level.COMMUNE, other)
    scopes = [actions.ScopeDraft("police", Level.COMMUNE, make.DUE, under=unit.pk) for unit in (country.police["province"], other)]
    round_ = actions.open_round(
        template=make.catalogue()[0], rule=PeriodRule.objects.get(), kind=PeriodKind.YEAR, year=2025, index=1, scopes=scopes, by=make.OFFICE, at=make.IN_TIME
    )
    one, two = (make.holder(name, programme=other) for name in ("mot", "hai"))
    actions.answer_extension(extension=asked(round_.scopes.get(under=other), one), agreed=True, by=two, at=make.IN_TIME)
    moved = set(Report.objects.filter(round=round_, due_at=LATER).values_list("unit_id", flat=True))
    assert moved == {far.pk}
