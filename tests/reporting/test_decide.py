"""Deciding, excusing, rows for the roll-up, and joint events."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from soket.kernel.door import Refused, open_door
from soket.organisations.models import Level
from soket.reporting import actions, queries, signals
from soket.reporting.models import Answer, Decision, Indicator, JointEvent, Report, Verdict
from tests.factories import reporting as make

ACCEPTED, RETURNED = Verdict.ACCEPTED, Verdict.RETURNED


@pytest.fixture
def above(country: make.Country) -> make.Holder:
    return make.holder("above", decide=country.police["province"])


def head(report: Report):  # noqa: ANN201
    report.refresh_from_db()
    return report.head


def test_the_unit_above_accepts_and_the_version_counts(report: Report, above: make.Holder, django_capture_on_commit_callbacks: object) -> None:
    heard = []
    signals.report_accepted.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")
    make.submitted(report)
    with django_capture_on_commit_callbacks(execute=True):
        decision = actions.decide(submission=head(report), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    signals.report_accepted.disconnect(dispatch_uid="test")
    report.refresh_from_db()
    assert (report.state, report.accepted_id) == ("accepted", report.head_id)
    assert {key: heard[0][key] for key in ("report_ids", "round_ids", "last_decision_id")} == {
        "report_ids": [report.pk],
        "round_ids": [report.round_id],
        "last_decision_id": decision.pk,
    }


def test_returning_says_what_to_correct_and_a_correction_replaces_the_accepted_version(report: Report, above: make.Holder) -> None:
    first = make.submitted(report)
    with pytest.raises(Refused) as refused:
        actions.decide(submission=head(report), verdict=RETURNED, by=above, at=make.IN_TIME)
    assert refused.value.field == "remarks"
    actions.decide(
        submission=head(report),
        verdict=RETURNED,
        remarks="Xem lại số buổi",
        section_remarks={"2": "Thiếu danh sách", "3": ""},
        by=above,
        at=make.IN_TIME,
    )
    report.refresh_from_db()
    assert (report.state, report.accepted_id) == ("returned", None)
    second = make.submitted(report, base=first.submission_id, TT01=21)
    actions.decide(submission=head(report), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    third = make.submitted(report, base=second.submission_id, TT01=20)
    report.refresh_from_db()
    assert (report.state, report.accepted_id) == ("submitted", second.submission_id)
    actions.decide(submission=head(report), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    report.refresh_from_db()
    assert report.accepted_id == third.submission_id
    versions = queries.history(report)
    assert [(one.submission.number, one.decision.verdict) for one in versions] == [(3, "accepted"), (2, "accepted"), (1, "returned")]
    assert versions[2].section_remarks == {"2": "Thiếu danh sách"}
    assert [(one.code, one.before.value, one.after.value) for one in versions[1].cell_changes] == [("TT01", 22, 21)]


def test_nobody_decides_on_their_own_report(country: make.Country, report: Report) -> None:
    both = make.holder("both", report=country.police["one"], decide=country.police["province"])
    make.submitted(report)
    with pytest.raises(Refused):
        actions.decide(submission=head(report), verdict=ACCEPTED, by=both, at=make.IN_TIME)
    sender = make.holder("sender", decide=country.police["province"], report=[])
    make.submitted(make.report_of(report.round, country.police["two"]))
    with pytest.raises(Refused):
        actions.decide(submission=head(report), verdict=ACCEPTED, by=make.OFFICE, at=make.IN_TIME)
    assert actions.decide(submission=head(report), verdict=ACCEPTED, by=sender, at=make.IN_TIME).unit == country.police["province"]


@pytest.mark.parametrize(("line", "name"), [("front", "province"), ("police", "two"), ("police", "centre")])
def test_only_the_very_unit_above_decides(country: make.Country, report: Report, line: str, name: str) -> None:
    make.submitted(report)
    other = make.holder("other", decide=getattr(country, line)[name])
    with pytest.raises(Refused):
        actions.decide(submission=head(report), verdict=ACCEPTED, by=other, at=make.IN_TIME)
    assert not Decision.objects.exists()


def test_a_person_whose_office_reaches_the_decider_from_above_does_not_decide_for_it(country: make.Country, report: Report) -> None:
    ministry, province = make.person("bo", decide=country.police["centre"]), make.person("tinh", decide=country.police["province"])
    make.submitted(report)
    with pytest.raises(Refused):
        actions.decide(submission=head(report), verdict=ACCEPTED, by=ministry, at=make.IN_TIME)
    assert actions.decide(submission=head(report), verdict=ACCEPTED, by=province, at=make.IN_TIME).by_label == "Cán bộ tinh"


def test_who_took_over_from_an_ended_decider_decides(country: make.Country) -> None:
    ended = date(2025, 12, 15)
    old_area = make.area("tỉnh Cũ", Level.PROVINCE)
    old = make.unit("police", "Công an tỉnh Cũ", Level.PROVINCE, country.police["centre"], old_area, until=ended)
    commune = make.unit("police", "Công an xã Kề", Level.COMMUNE, old)
    year = make.year_round(lines=("police",))
    report = make.report_of(year, commune)
    make.submitted(report)
    with open_door():
        Report.objects.filter(pk=report.pk).update(decider=old)
    heir = make.holder("heir", decide=country.police["centre"])
    assert actions.decide(submission=head(report), verdict=ACCEPTED, by=heir, at=make.IN_TIME).unit == country.police["centre"]


def test_a_version_is_decided_once_and_only_the_last_one(report: Report, above: make.Holder) -> None:
    first = make.submitted(report)
    old = head(report)
    make.submitted(report, base=first.submission_id, TT01=23)
    with pytest.raises(Refused) as refused:
        actions.decide(submission=old, verdict=ACCEPTED, by=above, at=make.IN_TIME)
    assert refused.value.field == "submission"
    actions.decide(submission=head(report), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    with pytest.raises(Refused):
        actions.decide(submission=head(report), verdict=RETURNED, remarks="Khoan", by=above, at=make.IN_TIME)
    assert Decision.objects.count() == 1


def test_the_database_refuses_an_accepted_report_without_a_version_and_a_return_without_remarks(report: Report) -> None:
    make.submitted(report)
    with pytest.raises(IntegrityError, match="reporting_accepted_has_one"), transaction.atomic(), open_door():
        Report.objects.filter(pk=report.pk).update(state="accepted")
    with pytest.raises(IntegrityError, match="reporting_return_has_remarks"), transaction.atomic(), open_door():
        Decision.objects.create(submission=head(report), verdict=RETURNED, at=make.IN_TIME, unit=report.unit, event_id=1, by_id="x", by_label="x")


def test_excusing_needs_a_reason_and_an_office(country: make.Country, report: Report, above: make.Holder) -> None:
    with pytest.raises(Refused) as refused:
        actions.excuse_report(report=report, reason="  ", by=above, at=make.IN_TIME)
    assert refused.value.field == "reason"
    with pytest.raises(Refused):
        actions.excuse_report(report=report, reason="Lũ", by=make.holder("x", report=country.police["one"]), at=make.IN_TIME)
    assert actions.excuse_report(report=report, reason="Lũ", by=above, at=make.IN_TIME).reason == "Lũ"


def test_rows_for_the_roll_up(country: make.Country, report: Report, above: make.Holder) -> None:
    two = make.report_of(report.round, country.police["two"])
    front = make.report_of(report.round, country.front["one"])
    actions.excuse_report(report=front, reason="Lũ", by=make.OFFICE, at=make.IN_TIME)
    for row in (report, two):
        make.submitted(row, at=make.TOO_LATE if row == two else make.IN_TIME)
    first = actions.decide(submission=head(report), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    found = queries.accepted_rows(report.round_id)
    assert [(one.report_id, one.unit_id, one.area_id, one.line, one.decision_id) for one in found] == [
        (report.pk, report.unit_id, country.areas["one"].pk, "police", first.pk)
    ]
    assert (found[0].values, found[0].states) == (bytes(report.head.values), bytes(report.head.states))
    second = actions.decide(submission=head(two), verdict=ACCEPTED, by=above, at=make.IN_TIME)
    assert [one.report_id for one in queries.accepted_rows(report.round_id, after_decision=first.pk)] == [two.pk]
    assert queries.last_decision_id() == second.pk
    rows = {one.report_id: (one.state, one.late, one.excused, one.accepted) for one in queries.expected(report.round_id, make.TOO_LATE)}
    assert rows == {
        report.pk: ("accepted", False, False, True),
        two.pk: ("accepted", True, False, True),
        front.pk: ("excused", False, True, False),
        make.report_of(report.round, country.front["two"]).pk: ("not_started", True, False, False),
    }


def test_the_public_part_holds_units_and_values_but_no_texts_or_files(report: Report, above: make.Holder) -> None:
    make.submitted(report)
    sent = head(report)
    asked = {"unit_id": report.unit_id, "digests": [sent.digest], "rounds": [report.round.slug]}
    assert queries.public_submissions(**asked) == []
    actions.decide(submission=sent, verdict=ACCEPTED, by=above, at=make.IN_TIME)
    (public,) = queries.public_submissions(**asked)
    assert (public.unit_name, public.synthetic, public.texts, public.digest) == ("Công an xã Bình Minh", True, [], sent.digest)
    values = {one.code: one.cell.value for _vi, _en, cells in public.sections for one in cells}
    assert values["TT01"] == 22
    with open_door():
        Indicator.objects.filter(code="TT01").update(public=False)
    (narrower,) = queries.public_submissions(**asked)
    assert {one.code for _vi, _en, cells in narrower.sections for one in cells} == set(values) - {"TT01"}
    assert queries.public_submissions(report.unit_id, [sent.digest], ["another-round"]) == []
    assert queries.public_submissions(report.unit_id + 1, [sent.digest], [report.round.slug]) == []


def joint(country: make.Country, report: Report, **changes: object) -> JointEvent:
    wanted = {
        "id": uuid.UUID(int=5),
        "round": report.round,
        "indicator": Indicator.objects.get(code="CD04"),
        "held_on": date(2025, 5, 20),
        "title": "Giao ban quý II",
        "reporter": country.police["one"].pk,
        "counterpart": country.front["one"].pk,
        "by": make.holder("one", report=country.police["one"]),
        "at": make.IN_TIME,
        **changes,
    }
    return actions.make_joint_event(**wanted)


def test_a_joint_event_is_made_once_and_counts_once(country: make.Country, report: Report) -> None:
    event = joint(country, report)
    assert joint(country, report) == event
    with pytest.raises(Refused) as refused:
        joint(country, report, title="Khác")
    assert refused.value.field == "id"
    partner = make.holder("partner", report=country.front["one"])
    actions.answer_joint_event(event=event, answer=Answer.CONFIRMED, by=partner, at=make.IN_TIME)
    rows = queries.joint_rows([report.round_id], "CD04")
    assert [(one.answer, one.counts, one.area_id, one.counterpart_area_id) for one in rows] == [
        ("confirmed", True, country.areas["one"].pk, country.areas["one"].pk)
    ]
    actions.answer_joint_event(event=event, answer=Answer.DENIED, by=partner, at=make.IN_TIME)
    assert [(one.answer, one.counts) for one in queries.joint_rows([report.round_id], "CD04")] == [("denied", False)]


def test_look_alikes_are_pointed_out_and_never_merged(country: make.Country, report: Report) -> None:
    event = joint(country, report)
    partner = make.holder("partner", report=country.front["one"])
    mirrored = {"reporter": country.front["one"].pk, "counterpart": country.police["one"].pk, "by": partner}
    twin = joint(country, report, id=uuid.UUID(int=6), held_on=date(2025, 5, 21), **mirrored)
    far = joint(country, report, id=uuid.UUID(int=7), held_on=date(2025, 5, 22), **mirrored)
    assert queries.look_alikes(event) == [twin]
    assert queries.look_alikes(twin) == [event, far]
    assert len([one for one in queries.joint_rows([report.round_id], "CD04") if one.counts]) == 3
    with pytest.raises(Refused) as refused:
        actions.answer_joint_event(event=event, answer=Answer.SAME_AS, same_as=far, by=partner, at=make.IN_TIME)
    assert refused.value.field == "same_as"
    actions.answer_joint_event(event=event, answer=Answer.SAME_AS, same_as=twin, by=partner, at=make.IN_TIME)
    assert [one.event_id for one in queries.joint_rows([report.round_id], "CD04") if one.counts] == [twin.pk, far.pk]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": date(2024, 12, 14)}, "held_on"),
        ({"title": " "}, "title"),
        ({"title": "hỏng \ufffd"}, "title"),
        ({"by": make.Holder("nobody")}, "reporter"),
    ],
)
def test_a_joint_event_that_cannot_be_is_refused_at_its_field(country: make.Country, report: Report, change: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        joint(country, report, **change)
    assert refused.value.field == field


def test_a_joint_event_needs_a_counterpart_a_joint_indicator_and_an_answer_by_the_partner(country: make.Country, report: Report) -> None:
    for change, field in (
        ({"counterpart": country.front["two"].pk}, "counterpart"),
        ({"indicator": Indicator.objects.get(code="TT01")}, "indicator"),
    ):
        with pytest.raises(Refused) as refused:
            joint(country, report, **change)
        assert refused.value.field == field
    event = joint(country, report)
    with pytest.raises(Refused):
        actions.answer_joint_event(event=event, answer=Answer.CONFIRMED, by=make.holder("one", report=country.police["one"]), at=make.IN_TIME)
