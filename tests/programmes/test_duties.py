"""Who owes what: lists drawn up over the dated tree, claims, decisions, and what is refused."""
from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from soket.audit.models import Event
from soket.files.actions import Upload, store
from soket.files.core import EVIDENCE
from soket.files.models import StoredFile
from soket.files.queries import is_public
from soket.files.rules import may_read
from soket.kernel.door import DoorClosed, Refused, open_door
from soket.organisations.models import Level
from soket.programmes import actions, queries
from soket.programmes.models import Claim, DueRule, Duty, DutyState, Obligation
from tests.factories import programmes as make
from tests.files import samples

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)


def refused_at(act: Callable[[], Any]) -> str:
    """The field at which the act is refused; nothing is left half-done."""
    before = (Claim.objects.count(), DutyState.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as caught:
        act()
    assert (Claim.objects.count(), DutyState.objects.count(), Event.objects.count()) == before
    return caught.value.field


@pytest.fixture
def land() -> make.Country:
    return make.country()


@pytest.fixture
def owed(land: make.Country) -> Obligation:
    """NV-03 of police and Front at commune level, drawn up on 1 January 2024."""
    row = make.obligation(make.programme(land))
    actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
    return row


def test_the_list_is_that_of_the_day_and_drawing_it_up_again_adds_only_what_is_new(land: make.Country, owed: Obligation) -> None:
    keys = set(owed.duties.values_list("unit__key", flat=True))
    assert keys == {f"{line}-{place}" for line in ("police", "front") for place in ("an", "binh", "cua", "duc")}
    assert actions.resolve_duties(obligation=owed, on=FIRST, by=make.JOB, at=make.AT) == []
    new = actions.resolve_duties(obligation=owed, on=make.REFORM, by=make.JOB, at=make.AT)
    assert [(duty.unit.key, duty.since, duty.due_on) for duty in new] == [
        ("police-an_binh", make.REFORM, None), ("front-an_binh", make.REFORM, None)
    ]  # fmt: skip
    assert owed.duties.get(unit=land.police["duc"]).since == FIRST
    assert Event.objects.filter(name="programmes.duties_resolved").count() == 2


def test_an_obligation_may_bind_one_branch_only(land: make.Country) -> None:
    row = make.obligation(make.programme(land), ("police", Level.COMMUNE), under=land.police["west"])
    made = actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
    assert [duty.unit.key for duty in made] == ["police-cua", "police-duc"]


def test_days_for_which_no_list_can_be_drawn_up(land: make.Country, owed: Obligation) -> None:
    def draw(on: date, of: Obligation = owed, **more: Any) -> Callable[[], Any]:
        return lambda: actions.resolve_duties(obligation=of, on=on, by=make.JOB, at=make.AT, **more)

    assert refused_at(draw(date(2026, 3, 3))) == "on"
    assert refused_at(draw(date(2023, 7, 31))) == "on"
    old = make.obligation(make.programme(land, symbol="1/X", signed_on=date(2010, 1, 1), ends=date(2020, 1, 1)), due_on=date(2015, 1, 1))
    assert refused_at(draw(date(2012, 12, 31), old)) == "on"
    assert refused_at(draw(date(2020, 1, 2), old)) == "on"
    nobody = make.obligation(owed.programme, ("police", Level.DISTRICT), code="NV-08")
    assert refused_at(draw(FIRST, nobody)) == "on"
    assert refused_at(draw(FIRST, occasion="2024")) == "occasion"


def test_a_duty_of_every_period_arises_once_for_each_unit_and_period(land: make.Country) -> None:
    row = make.obligation(make.programme(land), ("police", Level.PROVINCE), code="NV-04", due_rule=DueRule.EVERY_ROUND, due_on=None)
    given: dict[str, Any] = {"obligation": row, "on": date(2024, 12, 14), "by": make.JOB, "at": make.AT}
    assert refused_at(lambda: actions.resolve_duties(**given)) == "occasion"
    assert refused_at(lambda: actions.resolve_duties(occasion="2024", **given)) == "due_on"
    assert refused_at(lambda: actions.resolve_duties(occasion="2024", due_on=date(2024, 12, 1), **given)) == "due_on"
    made = actions.resolve_duties(occasion="2024", due_on=date(2024, 12, 20), **given)
    assert [(duty.unit.key, duty.due_on) for duty in made] == [("police-east", date(2024, 12, 20)), ("police-west", date(2024, 12, 20))]
    later = {**given, "on": date(2025, 12, 14)}
    assert [duty.unit.key for duty in actions.resolve_duties(occasion="2025", due_on=date(2025, 12, 20), **later)] == ["police-both"]


def test_a_claim_keeps_the_document_in_one_spelling_and_waits(land: make.Country, owed: Obligation) -> None:
    reporter = make.holder("an", report=land.police["an"])
    duty = make.claimed(make.duty(owed, land.police["an"]), number=" Số: 5 / CTr – CAX ", by=reporter, note="Đã ký")
    claim = duty.claims.get()
    assert (duty.state, claim.number, claim.dated, claim.by_label) == ("claimed", "5/CTr-CAX", date(2024, 5, 6), "Cán bộ an")
    row = duty.states.latest("id")
    assert (row.state, row.on, row.claim_id) == ("claimed", date(2026, 3, 2), claim.id)
    event = Event.objects.get(name="programmes.claimed")
    assert event.subject_label == "NV-03 12/CTr-THU: Công an xã An" and '"number":"5/CTr-CAX"' in event.body


def test_the_same_claim_again_is_the_first_one_and_another_content_is_refused(land: make.Country, owed: Obligation) -> None:
    duty, id_ = make.duty(owed, land.police["an"]), uuid.uuid4()
    given: dict[str, Any] = {"id": id_, "duty": duty, "number": "5/CTr", "dated": date(2024, 5, 6), "by": make.JOB, "at": make.AT}
    first = actions.claim(**given)
    again = actions.claim(**{**given, "number": "Số 5/CTr", "at": datetime(2026, 3, 2, 4, 0, tzinfo=UTC)})
    assert again == first and Claim.objects.count() == 1 and Event.objects.filter(name="programmes.claimed").count() == 1
    other = make.duty(owed, land.police["binh"])
    somebody = make.holder("an", report=land.police["an"])
    for change in ({"number": "6/CTr"}, {"dated": date(2024, 5, 7)}, {"duty": other}, {"note": "khác"}, {"by": somebody}):
        assert refused_at(lambda change=change: actions.claim(**{**given, **change})) == "id"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "không số"}, "number"),
        ({"number": ""}, "number"),
        ({"dated": date(2026, 3, 3)}, "dated"),
        ({"dated": date(2023, 7, 31)}, "dated"),
        ({"dated": date(2025, 7, 1)}, "dated"),
        ({"note": "x" * 501}, "note"),
        ({"note": "x\ud800"}, "note"),
        ({"upload": Upload(b"khong phai pdf", "a.pdf")}, "file"),
        ({"upload": Upload(b"", "a.pdf")}, "file"),
    ],
)
def test_a_claim_with_a_fault_is_refused_at_its_field(land: make.Country, owed: Obligation, change: dict[str, Any], field: str) -> None:
    """1 July 2025 is the first day on which the police of xã An no longer stood."""
    given: dict[str, Any] = {"id": uuid.uuid4(), "duty": make.duty(owed, land.police["an"]), "number": "5/CTr", "dated": date(2025, 6, 30)}
    assert refused_at(lambda: actions.claim(**{**given, **change}, by=make.JOB, at=make.AT)) == field
    assert not StoredFile.objects.exists()
    actions.claim(**given, by=make.JOB, at=make.AT)


def test_nobody_claims_for_another_unit(land: make.Country, owed: Obligation) -> None:
    given: dict[str, Any] = {"id": uuid.uuid4(), "duty": make.duty(owed, land.police["an"]), "number": "5/CTr", "dated": date(2024, 5, 6)}
    for stranger in (
        make.holder("b", report=land.police["binh"]), make.holder("f", report=land.front["an"]), make.holder("t", decide=land.police["an"])
    ):  # fmt: skip
        assert refused_at(lambda stranger=stranger: actions.claim(**given, by=stranger, at=make.AT)) == "unit"


def test_a_refused_claim_leaves_no_file_and_an_accepted_upload_is_kept_with_it(land: make.Country, owed: Obligation) -> None:
    upload = Upload(samples.PDF, "van ban.pdf")
    given: dict[str, Any] = {"duty": make.duty(owed, land.police["an"]), "number": "5/CTr", "upload": upload, "by": make.JOB, "at": make.AT}
    assert refused_at(lambda: actions.claim(id=uuid.uuid4(), dated=date(2030, 1, 1), **given)) == "dated"
    assert not StoredFile.objects.exists()
    claim = actions.claim(id=uuid.uuid4(), dated=date(2024, 5, 6), **given)
    assert claim.file is not None and claim.file.name == "van ban.pdf"


def test_only_the_superior_decides_and_never_on_an_own_claim(land: make.Country, owed: Obligation) -> None:
    both = make.holder("hai", report=land.police["an"], decide=land.police["both"])
    duty, due = make.claimed(make.duty(owed, land.police["an"]), by=both), make.duty(owed, land.police["binh"])
    for stranger in (
        make.holder("x", decide=land.front["both"]), make.holder("y", decide=land.police["an"]), make.holder("z", report=land.police["both"])
    ):  # fmt: skip
        assert refused_at(lambda stranger=stranger: actions.accept_claim(duty=duty, by=stranger, at=make.AT)) == "unit"
        assert refused_at(lambda stranger=stranger: actions.return_claim(duty=duty, reason="x", by=stranger, at=make.AT)) == "unit"
        assert refused_at(lambda stranger=stranger: actions.excuse(duty=due, reason="x", by=stranger, at=make.AT)) == "unit"
    assert refused_at(lambda: actions.accept_claim(duty=duty, by=both, at=make.AT)) == "duty"
    row = actions.accept_claim(duty=duty, by=make.holder("tinh", decide=land.police["both"]), at=make.AT, remarks="Đúng")
    assert (row.state, row.on, row.basis) == ("accepted", date(2024, 5, 6), "Đúng")
    assert Event.objects.filter(name="programmes.claim_accepted").count() == 1


def test_a_central_unit_has_no_superior_to_decide_on_it(land: make.Country) -> None:
    row = make.obligation(make.programme(land), ("police", Level.CENTRE), code="NV-01")
    actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
    duty = make.claimed(make.duty(row, land.police["centre"]))
    assert refused_at(lambda: actions.accept_claim(duty=duty, by=make.JOB, at=make.AT)) == "unit"


def test_a_return_and_an_excuse_need_a_reason_and_the_unit_may_claim_again(land: make.Country, owed: Obligation) -> None:
    duty = make.claimed(make.duty(owed, land.police["duc"]))
    assert refused_at(lambda: actions.return_claim(duty=duty, reason="  ", by=make.JOB, at=make.AT)) == "reason"
    row = actions.return_claim(duty=duty, reason="Thiếu chữ ký", by=make.JOB, at=make.AT)
    assert (row.state, row.on, row.basis) == ("returned", date(2026, 3, 2), "Thiếu chữ ký")
    duty.refresh_from_db()
    assert refused_at(lambda: actions.excuse(duty=duty, reason="", by=make.JOB, at=make.AT)) == "reason"
    for wrong in (date(2023, 12, 31), date(2026, 3, 3)):
        assert refused_at(lambda wrong=wrong: actions.excuse(duty=duty, reason="x", on=wrong, by=make.JOB, at=make.AT)) == "on"
    actions.excuse(duty=duty, reason="Đang kiện toàn", on=date(2025, 10, 1), by=make.JOB, at=make.AT)
    duty.refresh_from_db()
    assert make.accepted(duty, dated=date(2025, 9, 2)).state == "accepted"
    assert [row.state for row in duty.states.order_by("id")] == ["due", "claimed", "returned", "excused", "claimed", "accepted"]


def test_what_the_state_of_a_duty_does_not_allow_is_refused(land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["duc"])
    assert refused_at(lambda: actions.accept_claim(duty=duty, by=make.JOB, at=make.AT)) == "duty"
    make.claimed(duty)
    assert refused_at(lambda: make.claimed(duty)) == "duty"
    assert refused_at(lambda: actions.excuse(duty=duty, reason="x", by=make.JOB, at=make.AT)) == "duty"
    actions.accept_claim(duty=duty, by=make.JOB, at=make.AT)
    assert refused_at(lambda: make.claimed(duty)) == "duty"
    assert refused_at(lambda: actions.return_claim(duty=duty, reason="x", by=make.JOB, at=make.AT)) == "duty"


def test_many_at_once_are_checked_and_recorded_as_if_alone_and_all_or_none(land: make.Country, owed: Obligation) -> None:
    duties = list(owed.duties.order_by("id"))
    drafts = [actions.ClaimDraft(uuid.uuid4(), duty, f"{n}/CTr", date(2024, 5, 6)) for n, duty in enumerate(duties, 1)]
    twice = actions.ClaimDraft(uuid.uuid4(), duties[0], "9/CTr", date(2024, 5, 6))
    assert refused_at(lambda: actions.claim_many(claims=[*drafts, twice], by=make.JOB, at=make.AT)) == "duty"
    made = actions.claim_many(claims=[*drafts, drafts[0]], by=make.JOB, at=make.AT)
    assert [claim.number for claim in made] == [*(f"{n}/CTr" for n in range(1, 9)), "1/CTr"]
    assert actions.claim_many(claims=drafts, by=make.JOB, at=make.AT) == made[:8]
    assert Event.objects.filter(name="programmes.claimed").count() == 8
    assert refused_at(lambda: actions.accept_many(duties=[*duties, duties[0]], by=make.JOB, at=make.AT)) == "duty"
    assert len(actions.accept_many(duties=duties, by=make.JOB, at=make.AT)) == 8
    assert set(Duty.objects.values_list("state", flat=True)) == {"accepted"}
    assert Event.objects.filter(name="programmes.claim_accepted").count() == 8


def test_evidence_is_read_by_those_who_see_the_duty_and_by_all_once_released(land: make.Country, owed: Obligation) -> None:
    file = store(content=samples.PDF, name="a.pdf", allowed=EVIDENCE, by=make.JOB, at=make.AT)
    duty = make.claimed(make.duty(owed, land.police["an"]), file=file)
    claim = duty.claims.get()
    above, beside = make.holder("t", decide=land.police["both"]), make.holder("b", report=land.police["binh"])
    office = make.holder("vp", programme=land.front["centre"])
    assert may_read(above, file) and may_read(office, file) and not may_read(beside, file)
    given: dict[str, Any] = {"claim": claim, "reason": "Kèm bài công bố", "at": make.AT}
    assert refused_at(lambda: actions.release_evidence(by=above, **given)) == "duty"
    actions.accept_claim(duty=duty, by=make.JOB, at=make.AT)
    assert refused_at(lambda: actions.release_evidence(by=beside, **given)) == "unit"
    actions.release_evidence(by=above, **given)
    assert is_public(file) and may_read(beside, file)
    assert queries.released_claims([duty.pk]) == {duty.pk: file}


def test_a_file_that_many_share_is_asked_for_as_often_as_one_of_a_single_unit(land: make.Country, owed: Obligation) -> None:
    file = store(content=samples.PDF, name="mau.pdf", allowed=EVIDENCE, by=make.JOB, at=make.AT)
    stranger = make.holder("la", report=land.front["binh"])
    asked = []
    for places in (["an"], ["cua", "duc"]):
        for place in places:
            make.claimed(make.duty(owed, land.police[place]), file=file)
        with CaptureQueriesContext(connection) as told:
            assert not may_read(stranger, file)
        asked.append(len(told))
    assert asked[0] == asked[1]
    assert may_read(make.holder("xa", report=land.police["duc"]), file)


def test_claims_and_states_refuse_update_and_deletion_in_python_and_in_the_database(land: make.Country, owed: Obligation) -> None:
    duty = make.accepted(make.duty(owed, land.police["an"]))
    row = duty.states.latest("id")
    with open_door(), pytest.raises(DoorClosed):
        row.save()
    for statement in (
        "UPDATE programmes_claim SET number = '9'", "DELETE FROM programmes_claim",
        "UPDATE programmes_dutystate SET state = 'due'", "DELETE FROM programmes_dutystate",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_refuses_rows_that_break_the_invariants(land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["an"])
    state = {"duty": duty, "on": FIRST, "at": make.AT, "by_label": "x"}
    bad: list[tuple[type, dict[str, Any]]] = [
        (Duty, {"obligation": owed, "unit": land.police["an"], "since": FIRST}),
        (Duty, {"obligation": owed, "unit": land.police["both"], "since": FIRST, "due_on": date(2023, 12, 31)}),
        (Duty, {"obligation": owed, "unit": land.police["both"], "since": FIRST, "state": "overdue"}),
        (DutyState, {**state, "state": "claimed"}),
        (DutyState, {**state, "state": "accepted"}),
        (DutyState, {**state, "state": "excused"}),
        (DutyState, {**state, "state": "lapsed"}),
        (DutyState, {**state, "state": "succeeded", "basis": "x"}),
        (DutyState, {**state, "state": "overdue"}),
    ]
    for model, columns in bad:
        with open_door(), pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**columns)


def test_who_sees_a_duty(land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["an"])
    seen = {
        "own": make.holder("a", report=land.police["an"]),
        "province that took over": make.holder("b", decide=land.police["both"]),
        "programme office": make.holder("c", programme=land.front["centre"]),
    }
    unseen = {
        "counterpart": make.holder("d", report=land.front["an"]),
        "neighbour": make.holder("e", report=land.police["binh"]),
        "other line": make.holder("f", decide=land.front["both"]),
        "no post": make.holder("g"),
    }
    assert {name: queries.duty_seen(actor, duty.pk, make.AT) for name, actor in seen.items()} == dict.fromkeys(seen, duty)
    assert {name: queries.duty_seen(actor, duty.pk, make.AT) for name, actor in unseen.items()} == dict.fromkeys(unseen)
    units = list(owed.duties.values_list("unit_id", flat=True))
    day = make.AT.date()
    assert queries.may_see_each(seen["province that took over"], owed.programme, units, day) == {
        land.police[place].pk for place in ("an", "binh", "cua", "duc")
    }
    assert queries.may_see_each(seen["programme office"], owed.programme, units, day) == set(units)
    assert queries.may_see_each(unseen["no post"], owed.programme, units, day) == set()


def test_what_waits_for_the_reporter_and_for_the_superior(land: make.Country, owed: Obligation) -> None:
    reporter, province = make.holder("duc", report=land.police["duc"]), make.holder("tinh", decide=land.police["both"])
    centre = make.holder("bo", decide=[land.police["centre"], land.police["both"], land.police["duc"]])
    (item,) = queries.waiting_for(reporter, make.AT)
    assert (item.title, item.late) == ("NV-03. Ký chương trình phối hợp cấp xã", True)
    assert item.due is not None and item.due.isoformat() == "2024-12-14T23:59:59+07:00"
    duty = make.claimed(make.duty(owed, land.police["duc"]))
    make.claimed(make.duty(owed, land.front["duc"]))
    assert queries.waiting_for(reporter, make.AT) == []
    assert queries.claims_waiting(province, make.AT) == [duty]
    (item,) = queries.waiting_for(province, make.AT)
    assert (item.count, item.url) == (1, f"/chuong-trinh/cho-quyet-dinh/?nv={owed.pk}")
    assert queries.claims_waiting(centre, make.AT) == []
    actions.return_claim(duty=duty, reason="Thiếu", by=make.JOB, at=make.AT)
    assert [one.pk for one in queries.own_duties(reporter, make.AT)] == [duty.pk]


def test_the_worklist_takes_as_many_queries_for_one_duty_as_for_three(
    land: make.Country, owed: Obligation, django_assert_num_queries: Callable[[int], Any]
) -> None:
    few, many = make.holder("a", report=land.police["duc"]), make.holder("b", report=[land.police["duc"], land.front["duc"]])
    queries.waiting_for(few, make.AT)
    for actor in (few, many):
        with django_assert_num_queries(4):
            queries.waiting_for(actor, make.AT)
