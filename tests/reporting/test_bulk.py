"""Many reports accepted in one act: exactly what was shown, each decided and recorded as if alone."""

from __future__ import annotations

import json
import uuid

import pytest

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.reporting import actions
from soket.reporting.models import Decision, Report, Submission
from tests.factories import reporting as make

NOBODY = uuid.UUID(int=99)


def ticked(report: Report) -> actions.Ticked:
    report.refresh_from_db()
    return actions.Ticked(report.head_id, report.head.digest)


@pytest.fixture
def pair(country: make.Country, report: Report) -> list[Report]:
    """The reports of both communes' police, sent."""
    rows = [report, make.report_of(report.round, country.police["two"])]
    for row in rows:
        make.submitted(row)
    return rows


def approver(country: make.Country, **more: object) -> make.Holder:
    return make.holder("tinh", decide=country.police["province"], **more)


def test_each_ticked_report_is_accepted_with_its_own_decision_and_one_event_holds_the_act(country: make.Country, pair: list[Report]) -> None:
    outcomes = actions.accept_ticked(ticked=[ticked(one) for one in pair], by=approver(country), at=make.IN_TIME)
    assert [(one.unit_name, one.accepted) for one in outcomes] == [("Công an xã Bình Minh", True), ("Công an xã Đông Hải", True)]
    assert set(Report.objects.filter(pk__in=[one.pk for one in pair]).values_list("state", flat=True)) == {"accepted"}
    assert Event.objects.filter(name="reporting.report_accepted").count() == 2
    act = json.loads(Event.objects.get(name="reporting.reports_accepted_together").body)["payload"]
    assert (act["accepted"], act["left"]) == (2, 0)


def test_what_changed_since_the_page_was_shown_is_left_with_its_reason(country: make.Country, pair: list[Report]) -> None:
    shown = [ticked(one) for one in pair]
    make.submitted(pair[0], base=shown[0].submission_id, TT01=23)
    first, second = actions.accept_ticked(ticked=shown, by=approver(country), at=make.IN_TIME)
    assert (first.accepted, second.accepted) == (False, True)
    assert "bản mới hơn" in str(first.reason)
    pair[0].refresh_from_db()
    assert (pair[0].state, pair[0].accepted_id) == ("submitted", None)


def test_another_digest_than_the_stored_one_is_never_accepted(country: make.Country, pair: list[Report]) -> None:
    wrong = actions.Ticked(ticked(pair[0]).submission_id, "0" * 64)
    (outcome,) = actions.accept_ticked(ticked=[wrong], by=approver(country), at=make.IN_TIME)
    assert not outcome.accepted
    assert not Decision.objects.exists()
    assert not Event.objects.filter(name="reporting.reports_accepted_together").exists()


def test_a_report_of_another_line_or_none_says_nothing_of_itself(country: make.Country, pair: list[Report]) -> None:
    front = make.report_of(pair[0].round, country.front["one"])
    make.submitted(front)
    asked = [ticked(front), actions.Ticked(NOBODY, "0" * 64), ticked(pair[0])]
    outcomes = actions.accept_ticked(ticked=asked, by=approver(country), at=make.IN_TIME)
    assert [(one.report_id, one.unit_name, one.accepted) for one in outcomes[:2]] == [(None, "", False)] * 2
    assert outcomes[2].accepted


def test_nobody_accepts_the_report_of_their_own_unit_in_bulk(country: make.Country, pair: list[Report]) -> None:
    both = approver(country, report=country.police["one"])
    first, second = actions.accept_ticked(ticked=[ticked(one) for one in pair], by=both, at=make.IN_TIME)
    assert (first.accepted, second.accepted) == (False, True)


def test_the_same_act_again_leaves_everything_as_it_is(country: make.Country, pair: list[Report]) -> None:
    shown = [ticked(one) for one in pair]
    actions.accept_ticked(ticked=shown, by=approver(country), at=make.IN_TIME)
    again = actions.accept_ticked(ticked=shown, by=approver(country), at=make.IN_TIME)
    assert [one.accepted for one in again] == [False, False]
    assert Decision.objects.count() == Submission.objects.count() == 2


def test_an_empty_list_or_one_report_twice_is_refused(country: make.Country, pair: list[Report]) -> None:
    one = ticked(pair[0])
    for asked in ([], [one, one]):
        with pytest.raises(Refused):
            actions.accept_ticked(ticked=asked, by=approver(country), at=make.IN_TIME)
