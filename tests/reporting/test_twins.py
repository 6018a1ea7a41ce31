"""Content that came under a used id is settled by a person of the unit; both contents stay for ever."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import IntegrityError, transaction

from soket.audit.models import Event
from soket.kernel.door import Refused, open_door
from soket.reporting import actions
from soket.reporting.models import Evidence, RejectedTwin, Report, Submission, TwinOutcome, TwinSettled
from tests.factories import reporting as make

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def twin(report: Report) -> RejectedTwin:
    """Version 1 with 22, and 23 under the same id."""
    actions.submit(id=ONE, report=report, content=make.content(), by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused):
        actions.submit(id=ONE, report=report, content=make.content(TT01=23), by=make.OFFICE, at=make.IN_TIME)
    return RejectedTwin.objects.get()


def settle(twin: RejectedTwin, **changes: object) -> TwinSettled:
    wanted = {"twin": twin, "outcome": TwinOutcome.FIRST, "reason": "Gửi nhầm", "by": make.OFFICE, "at": make.IN_TIME, **changes}
    return actions.settle_twin(**wanted)


def test_a_twin_names_the_report_it_came_for(twin: RejectedTwin, report: Report) -> None:
    assert twin.report_id == report.pk


def test_set_aside_both_contents_stay_and_the_act_is_recorded(twin: RejectedTwin) -> None:
    row = settle(twin)
    assert (row.outcome, row.submission_id, row.reason) == ("first", None, "Gửi nhầm")
    assert Event.objects.get(name="reporting.submission_twin_set_aside").subject_id == str(ONE)
    assert (Submission.objects.count(), RejectedTwin.objects.count()) == (1, 1)


def test_sent_as_a_new_version_it_waits_for_the_decision_like_any_other(twin: RejectedTwin, report: Report) -> None:
    row = settle(twin, outcome=TwinOutcome.SENT, id=TWO, base=ONE)
    report.refresh_from_db()
    assert (row.submission_id, report.head_id, report.state) == (TWO, TWO, "submitted")
    assert json.loads(report.head.content)["cells"]["TT01"] == {"state": "value", "value": "23"}
    assert report.head.digest == twin.digest
    assert json.loads(Event.objects.get(name="reporting.submission_twin_sent").body)["payload"] == {"digest": twin.digest, "sent": str(TWO)}


def test_files_named_in_the_twin_go_with_it(report: Report) -> None:
    from soket.files.actions import store
    from soket.files.core import EVIDENCE

    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    file = store(content=png, name="a.png", allowed=EVIDENCE, by=make.OFFICE, at=make.IN_TIME)
    actions.submit(id=ONE, report=report, content=make.content(), by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused):
        files = [actions.Attachment("1", file, "Quy chế")]
        actions.submit(id=ONE, report=report, content=make.content(), by=make.OFFICE, at=make.IN_TIME, files=files)
    settle(RejectedTwin.objects.get(), outcome=TwinOutcome.SENT, id=TWO, base=ONE)
    assert Evidence.objects.get().file == file


def test_the_same_answer_again_returns_the_first_and_another_is_refused(twin: RejectedTwin) -> None:
    first = settle(twin, outcome=TwinOutcome.SENT, id=TWO, base=ONE)
    assert settle(twin, outcome=TwinOutcome.SENT, id=TWO, base=ONE) == first
    with pytest.raises(Refused, match="đã được giải quyết"):
        settle(twin)
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(("change", "field"), [({"reason": " "}, "reason"), ({"reason": "hỏng \ufffd"}, "reason"), ({"outcome": "sent"}, "id")])
def test_an_answer_without_reason_or_id_is_refused_at_its_field(twin: RejectedTwin, change: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        settle(twin, **change)
    assert refused.value.field == field
    assert not TwinSettled.objects.exists()


def test_only_who_reports_for_the_unit_settles(country: make.Country, twin: RejectedTwin) -> None:
    for other in (make.holder("ben", report=country.police["two"]), make.holder("tinh", decide=country.police["province"])):
        with pytest.raises(Refused):
            settle(twin, by=other)


def test_a_twin_that_no_longer_passes_is_refused_whole_and_stays(twin: RejectedTwin, report: Report) -> None:
    with pytest.raises(Refused) as refused:
        settle(twin, outcome=TwinOutcome.SENT, id=TWO, base=None)
    assert refused.value.field == "base"
    actions.close_round(round=report.round, by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused) as refused:
        settle(twin, outcome=TwinOutcome.SENT, id=TWO, base=ONE)
    assert refused.value.field == "round"
    assert (TwinSettled.objects.count(), Submission.objects.count(), RejectedTwin.objects.count()) == (0, 1, 1)


def test_a_twin_of_another_units_report_is_settled_for_its_own(country: make.Country, report: Report) -> None:
    actions.submit(id=ONE, report=report, content=make.content(), by=make.OFFICE, at=make.IN_TIME)
    other = make.report_of(report.round, country.police["two"])
    with pytest.raises(Refused):
        actions.submit(id=ONE, report=other, content=make.content(), by=make.OFFICE, at=make.IN_TIME)
    twin = RejectedTwin.objects.get()
    assert twin.report == other
    settle(twin, outcome=TwinOutcome.SENT, id=TWO, by=make.holder("hai", report=country.police["two"]))
    other.refresh_from_db()
    assert other.head_id == TWO


def test_the_database_holds_outcome_and_version_together(twin: RejectedTwin) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), open_door():
        TwinSettled.objects.create(twin=twin, outcome="sent", reason="x", at=make.IN_TIME, by_label="x")
