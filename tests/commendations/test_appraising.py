"""Appraisal by two authorities under their clocks, and look-alikes settled by a person."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from soket.audit.models import Event
from soket.commendations import actions
from soket.commendations.actions.shared import take_side
from soket.commendations.core import clocks
from soket.commendations.core.calendar import Calendar
from soket.commendations.models import Appraisal, AppraisalAct, Nomination, Twin, TwinVerdict
from soket.commendations.models.nominating import Side
from soket.commendations.queries import appraising as queries
from soket.kernel.door import Refused, open_door
from tests.commendations.chamber import AT, came
from tests.factories import commendations as make

DAY = AT.date()  # Monday 20 July 2026


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Refusals are read in the language they are written in."""
    with translation.override("en"):
        yield



def _fresh(nomination: Nomination) -> Nomination:
    return Nomination.objects.select_related("campaign_form__campaign").get(pk=nomination.pk)


def _pair(world: make.World, nomination: Nomination) -> tuple[Appraisal, Appraisal]:
    rows = came(nomination)
    return rows[world.police["centre"].pk], rows[world.front["centre"].pk]


def _twin(one: Nomination, other: Nomination) -> Twin:
    with open_door():
        made = Twin(nomination=one, other=other, exact=one.recipient_key == other.recipient_key, at=AT)
        made.save()
    return made


def _kinds(appraisal: Appraisal) -> list[str]:
    return list(appraisal.acts.values_list("kind", flat=True))


def test_each_clock_runs_for_its_own_authority_and_starts_anew_after_completion(world: make.World) -> None:
    nomination = make.nomination(world, world.police["one"], state="confirmed")
    lead, partner = _pair(world, nomination)
    row = actions.receive_dossier(appraisal=lead, by=world.clerk, at=AT)
    assert (row.due_on, row.known) == (date(2026, 8, 22), True)  # 25 working days after 20 July: 22 August is a Saturday worked in exchange
    assert "25" in row.rule
    late = AT + timedelta(days=9)  # 29 July: two working days after 27 July
    asked = actions.ask_to_complete(appraisal=partner, reason="Thiếu xác nhận của cấp dưới", by=world.front_clerk, at=late)
    assert asked.due_on == date(2026, 7, 27)
    assert _fresh(nomination).state == "incomplete"
    first, second = queries.of_nomination(nomination, date(2026, 7, 30))
    assert (first.standing.state, first.standing.left, second.standing.state, second.standing.due_on) == ("received", 17, "asked", None)
    assert second.standing.asked_late == 2
    assert Event.objects.get(name="commendations.completion_asked").body.find('"days_late":2') > 0
    with pytest.raises(Refused, match="stands at"):
        actions.agree_to(appraisal=lead, by=world.clerk, at=late)
    back = late + timedelta(days=5)
    actions.complete(nomination=nomination, note="Đã bổ sung", by=world.reporter, at=back)
    assert _kinds(partner) == ["came", "asked", "completed"]
    again = actions.receive_dossier(appraisal=partner, by=world.front_clerk, at=back)
    assert again.due_on == date(2026, 9, 9)  # a new clock of 25 working days from 3 August; 31 August to 2 September are off
    first, second = queries.of_nomination(nomination, date(2026, 8, 25))
    assert (first.standing.left, first.standing.late, second.standing.left, second.standing.late) == (-2, True, 8, False)


def test_all_agree_and_the_nomination_goes_before_the_council(world: make.World) -> None:
    nomination = make.nomination(world, world.police["one"], state="confirmed")
    lead, partner = _pair(world, nomination)
    with pytest.raises(Refused, match="first received"):
        actions.agree_to(appraisal=lead, by=world.clerk, at=AT)
    for row, clerk in ((lead, world.clerk), (partner, world.front_clerk)):
        actions.receive_dossier(appraisal=row, by=clerk, at=AT)
    with pytest.raises(Refused, match="do not appraise"):
        actions.agree_to(appraisal=partner, by=world.clerk, at=AT)
    actions.agree_to(appraisal=lead, by=world.clerk, at=AT)
    assert _fresh(nomination).state == "confirmed"
    assert len(queries.hindrances(nomination, DAY)) == 1
    actions.agree_to(appraisal=partner, by=world.front_clerk, at=AT)
    assert _fresh(nomination).state == "agreed"
    assert Event.objects.get(name="commendations.appraised").subject_id == str(nomination.pk)
    with pytest.raises(Refused, match="stands at"):
        actions.decline_nomination(appraisal=lead, reason="Muộn", by=world.clerk, at=AT)


def test_a_partners_refusal_holds_the_nomination_until_the_issuer_declines_or_the_partner_takes_it_up_again(world: make.World) -> None:
    first, second = (make.nomination(world, world.police[place], state="confirmed") for place in ("one", "two"))
    for nomination in (first, second):
        lead, partner = _pair(world, nomination)
        actions.receive_dossier(appraisal=lead, by=world.clerk, at=AT)
        actions.decline_nomination(appraisal=partner, reason="Chưa đủ tiêu chuẩn", by=world.front_clerk, at=AT)
        actions.agree_to(appraisal=lead, by=world.clerk, at=AT)
        assert _fresh(nomination).state == "confirmed"
        assert "Both must agree" in str(queries.hindrances(nomination, DAY))
    lead, partner = first.appraisals.all()
    with pytest.raises(Refused) as told:
        actions.receive_dossier(appraisal=partner, by=world.front_clerk, at=AT)
    assert told.value.field == "reason"
    actions.receive_dossier(appraisal=partner, reason="Đã làm rõ", by=world.front_clerk, at=AT)
    actions.agree_to(appraisal=partner, by=world.front_clerk, at=AT)
    assert _fresh(first).state == "agreed"
    lead = second.appraisals.get(lead=True)
    actions.receive_dossier(appraisal=lead, reason="Xem lại theo ý kiến hiệp y", by=world.clerk, at=AT)
    actions.decline_nomination(appraisal=lead, reason="Không đủ tiêu chuẩn", by=world.clerk, at=AT)
    assert _fresh(second).state == "declined"
    assert second.moves.get(kind="declined").reason == "Không đủ tiêu chuẩn"


def test_nobody_who_proposed_appraises_and_many_are_done_row_by_row(world: make.World) -> None:
    rows = [make.nomination(world, world.police["one"], state="confirmed", person_name=name) for name in ("Người Một", "Người Hai")]
    busy = make.reporting.person("kiem-nhiem", report=world.police["one"], commend=world.police["centre"])
    leads = [_pair(world, row)[0] for row in rows]
    with open_door():
        take_side(rows[0], Side.PROPOSE, "draft", busy, AT)
    done = actions.receive_many(appraisals=leads, by=busy, at=AT)
    assert [bool(one.refusal) for one in done] == [True, False]
    assert [_kinds(lead) for lead in leads] == [["came"], ["came", "received"]]
    assert [bool(one.refusal) for one in actions.agree_many(appraisals=leads, by=world.clerk, at=AT)] == [True, False]
    assert AppraisalAct.objects.filter(kind="agreed").count() == 1


def test_two_nominations_of_one_unit_are_settled_by_who_appraises_the_one_that_falls_away(world: make.World) -> None:
    one = make.nomination(world, world.police["one"], state="confirmed")
    other = make.nomination(world, world.front["one"], of=world.front_form, state="confirmed")
    with open_door():
        Nomination.objects.filter(pk=other.pk).update(unit=world.police["one"], recipient_key=one.recipient_key)
    pair = [came(row) for row in (one, other)]
    twin = _twin(other, one)
    for rows in pair:
        for authority, clerk in ((world.police["centre"], world.clerk), (world.front["centre"], world.front_clerk)):
            actions.receive_dossier(appraisal=rows[authority.pk], by=clerk, at=AT)
            actions.agree_to(appraisal=rows[authority.pk], by=clerk, at=AT)
    assert {_fresh(one).state, _fresh(other).state} == {"confirmed"}
    given = {"twin": twin, "by": world.clerk, "at": AT, "reason": "Một thành tích, một hình thức"}
    with pytest.raises(Refused, match="which nomination stands"):
        actions.settle_twin(same=True, stands=None, **given)
    with pytest.raises(Refused, match="one achievement in one programme"):
        actions.settle_twin(same=False, stands=None, **given)
    with pytest.raises(Refused, match="hand in proposing"):
        actions.settle_twin(**{**given, "by": _both_hands(world, one), "same": True, "stands": one})
    verdict = actions.settle_twin(same=True, stands=one, **given)
    assert (verdict.same, verdict.stands_id) == (True, one.pk)
    assert (_fresh(one).state, _fresh(other).state) == ("agreed", "declined")
    with pytest.raises(Refused, match="have been settled"):
        actions.settle_twin(same=True, stands=one, **given)


def _both_hands(world: make.World, nomination: Nomination) -> object:
    person = make.reporting.person("hai-vai", commend=world.police["centre"])
    with open_door():
        take_side(nomination, Side.PROPOSE, "draft", person, AT)
    return person


def test_two_persons_of_one_name_get_keys_of_their_own(world: make.World) -> None:
    rows = [make.nomination(world, world.police["one"], state="confirmed", person_name="Người Cùng Tên") for _ in range(3)]
    for row in rows:
        came(row)
    for later in rows[1:]:
        actions.settle_twin(twin=_twin(later, rows[0]), same=False, stands=None, reason="Hai người khác nhau", by=world.clerk, at=AT)
    keys = [_fresh(row).recipient_key.split("@")[1] for row in rows]
    unit = str(world.police["one"].pk)
    assert keys == [unit, f"{unit}#2", f"{unit}#3"]
    assert TwinVerdict.objects.count() == 2


def test_a_look_alike_that_was_withdrawn_hinders_nobody(world: make.World) -> None:
    one = make.nomination(world, world.police["one"], state="confirmed")
    other = make.nomination(world, world.police["two"], state="confirmed")
    _twin(one, other)
    lead, partner = _pair(world, one)
    came(other)
    for row, clerk in ((lead, world.clerk), (partner, world.front_clerk)):
        actions.receive_dossier(appraisal=row, by=clerk, at=AT)
        actions.agree_to(appraisal=row, by=clerk, at=AT)
    with pytest.raises(Refused, match="look-alike"):
        actions.conclude_appraisal(nomination=one, by=world.clerk, at=AT)
    actions.withdraw(nomination=other, reason="Đề nghị nhầm", by=world.reporter_two, at=AT)
    actions.conclude_appraisal(nomination=one, by=world.clerk, at=AT)
    assert _fresh(one).state == "agreed"


@pytest.mark.one_database
def test_a_clock_past_its_day_is_late_also_on_a_day_off() -> None:
    acts = [clocks.Act("came", date(2026, 7, 13), date(2026, 7, 20)), clocks.Act("received", date(2026, 7, 17), date(2026, 8, 21), True, "quy định")]
    plain = Calendar(years=frozenset({2026}))
    shown = {day: clocks.standing(acts, date(2026, 8, day), plain) for day in (14, 20, 21, 22, 24)}
    told = [(one.left, one.late, one.soon) for one in shown.values()]
    assert told == [(5, False, True), (1, False, True), (0, False, True), (0, True, False), (-1, True, False)]
    ended = clocks.standing([*acts, clocks.Act("agreed", date(2026, 8, 25))], date(2027, 1, 1), plain)
    assert (ended.left, ended.late, ended.running, ended.days_late) == (-2, True, False, 2)
    assert clocks.standing([], date(2026, 8, 1), plain).due_on is None
    assert not clocks.may(acts, "completed")
    assert clocks.may([*acts, clocks.Act("asked", date(2026, 8, 25))], "completed")


def test_what_waits_is_told_by_campaign_with_its_nearest_day(world: make.World) -> None:
    for place in ("one", "two"):
        _pair(world, make.nomination(world, world.police[place], state="confirmed"))
    at = datetime(2026, 7, 29, 2, 0, tzinfo=UTC)
    assert [(one.count, one.late) for one in queries.waiting(world.clerk, at)] == [(2, True)]
    lead = Appraisal.objects.filter(lead=True).order_by("pk")[0]
    actions.receive_dossier(appraisal=lead, by=world.clerk, at=at)
    assert [(one.count, one.late) for one in queries.waiting(world.clerk, at)] == [(1, True), (1, False)]
    assert queries.waiting(world.reporter, at) == queries.waiting(world.members[0], at) == []
