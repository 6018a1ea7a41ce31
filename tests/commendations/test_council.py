"""The council: its rules and members, its meetings, conflicts of interest, the quorum, the count, the order, the reserve, the minutes."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from soket.audit.models import Event
from soket.commendations import actions, tasks
from soket.commendations.actions.shared import take_side
from soket.commendations.core import ballots
from soket.commendations.models import Attachment, Hand, Meeting, Nomination, OpenBallot, Question, Rule, Tally, Turnout
from soket.commendations.models.nominating import Side
from soket.commendations.queries import meetings, minutes, ranking, recount
from soket.files.actions import Upload
from soket.jobs.worker import run_waiting
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused, open_door
from tests.commendations.chamber import AT, council, counted, opened, prepared, seat, taken, voted
from tests.factories import commendations as make

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Refusals are read in the language they are written in."""
    with translation.override("en"):
        yield



def _agreed(world: make.World, *names: str) -> list[Nomination]:
    """Persons at commune one, appraised."""
    return [make.nomination(world, world.police["one"], state="agreed", person_name=name) for name in names]


def _states(rows: list[Nomination]) -> list[str]:
    return [Nomination.objects.get(pk=row.pk).state for row in rows]


def test_a_council_takes_the_rules_of_its_day_with_their_source_and_doubt(world: make.World) -> None:
    held = council(world)
    assert json.loads(held.rules) == {"absent": "left_out", "quorum": [2, 3], "secret": True, "threshold": [2, 3]}
    assert held.rule_citation and held.rule_doubt
    again = {"campaign": world.campaign, "authority": world.police["centre"], "name": "Hội đồng", "members": [], "at": AT}
    with pytest.raises(Refused, match="has a council"):
        actions.set_up_council(**again, by=world.clerk)
    with pytest.raises(Refused, match="do not appraise"):
        actions.set_up_council(**{**again, "authority": world.front["centre"]}, by=world.clerk)
    with pytest.raises(Refused, match="name them"):
        actions.set_up_council(**{**again, "authority": world.front["centre"]}, by=world.front_clerk)
    with open_door():
        Rule.objects.filter(key="council").delete()
    draft = actions.MemberDraft(world.members[0], "Ủy viên")
    with pytest.raises(Refused, match="No rule for councils"):
        actions.set_up_council(**{**again, "authority": world.front["centre"], "members": [draft]}, by=world.front_clerk)


def test_members_come_and_go_but_not_while_a_meeting_is_open(world: make.World) -> None:
    held = council(world, world.members[:3])
    extra = actions.add_member(council=held, draft=actions.MemberDraft(world.members[3], "Ủy viên thứ tư"), by=world.clerk, at=AT)
    for draft, field in ((actions.MemberDraft(world.members[3], "Ủy viên"), "account"), (actions.MemberDraft(world.members[4], "", "member"), "post"),
                         (actions.MemberDraft(world.members[4], "Ủy viên", "chair"), "role")):  # fmt: skip
        with pytest.raises(Refused) as told:
            actions.add_member(council=held, draft=draft, by=world.clerk, at=AT)
        assert told.value.field == field
    actions.member_leaves(member=extra, by=world.clerk, at=AT)
    assert [one.post for one in meetings.members(held)] == ["Ủy viên thứ 1", "Ủy viên thứ 2", "Ủy viên thứ 3"]
    opened(held, world, _agreed(world, "Người Một"))
    with pytest.raises(Refused, match="after it is counted"):
        actions.member_leaves(member=seat(held, world.members[0]), by=world.clerk, at=AT)
    with pytest.raises(Refused, match="do not keep"):
        actions.add_member(council=held, draft=actions.MemberDraft(world.members[4], "Ủy viên"), by=world.front_clerk, at=AT)


def test_only_appraised_nominations_of_the_authority_are_put_to_the_vote_once(world: make.World) -> None:
    held, rows = council(world), _agreed(world, "Người Một", "Người Hai")
    other = make.nomination(world, world.front["one"], of=world.front_form, state="agreed")
    raw = make.nomination(world, world.police["two"], state="confirmed")
    given = {"council": held, "held_at": AT, "place": "Phòng họp", "secret": True, "by": world.clerk, "at": AT}
    for wrong in ([], [other], [raw], [rows[0], rows[0]]):
        with pytest.raises(Refused) as told:
            actions.plan_meeting(nominations=wrong, **given)
        assert told.value.field == "nominations"
    made = actions.plan_meeting(nominations=rows[:1], **given)
    assert (made.number, made.stage) == (1, "planned")
    with pytest.raises(Refused, match="no other agenda"):
        actions.plan_meeting(nominations=rows, **given)
    assert actions.plan_meeting(nominations=rows[1:], **given).number == 2


def test_keys_are_made_by_the_worker_one_after_the_other_and_the_vote_waits_for_all(
    world: make.World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:  # fmt: skip
    held, rows = council(world), _agreed(world, "Người Một", "Người Hai", "Người Ba")
    meeting = actions.plan_meeting(council=held, held_at=AT, place="Phòng họp", secret=True, nominations=rows, by=world.clerk, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        actions.prepare_meeting(meeting=meeting, by=world.clerk, at=AT)
    assert actions.make_keys(meeting=meeting, most=1, by=tasks.KEEPER, at=AT) == 2
    with pytest.raises(Refused, match="still being prepared"):
        actions.open_meeting(meeting=meeting, present=meetings.members(held), by=world.clerk, at=AT)
    run_waiting()
    assert meetings.keys_made(meeting) == 3
    assert len(set(Question.objects.values_list("public_key", flat=True))) == 3
    actions.open_meeting(meeting=meeting, present=meetings.members(held), by=world.clerk, at=AT)
    assert len(json.loads(Event.objects.get(name="commendations.meeting_opened").body)["payload"]["keys"]) == 64


def test_a_meeting_opens_with_a_quorum_and_one_chair(world: make.World) -> None:
    held = council(world)
    meeting = prepared(held, world, _agreed(world, "Người Một"))
    seats = meetings.members(held)
    with pytest.raises(Refused, match="3 of 5 members are present; the rules ask for 4"):
        actions.open_meeting(meeting=meeting, present=seats[:3], by=world.clerk, at=AT)
    with open_door():
        seats[0].role = "member"
        seats[0].save()
    with pytest.raises(Refused, match="one chair"):
        actions.open_meeting(meeting=meeting, present=seats, by=world.clerk, at=AT)
    with open_door():
        seats[0].role = "chair"
        seats[0].save()
    held_open = actions.open_meeting(meeting=meeting, present=seats[:4], by=world.clerk, at=AT)
    assert meetings.present_ids(held_open) == [one.pk for one in seats[:4]]
    with pytest.raises(Refused, match="noted as present"):
        taken(meetings.questions(meeting)[0], world.members[4], "yes")
    actions.note_arrival(meeting=meeting, member=seats[4], by=world.clerk, at=AT)
    voted(meetings.questions(meeting)[0], world.members[4], "yes")
    with pytest.raises(Refused, match="has been opened"):
        actions.open_meeting(meeting=meeting, present=seats, by=world.clerk, at=AT)


def test_who_declared_a_conflict_or_proposed_gets_no_ballot_and_does_not_count(world: make.World) -> None:
    near = make.reporting.person("o-gan", report=world.police["one"])
    held = council(world, [*world.members[:4], near])
    row, other = _agreed(world, "Người Một", "Người Hai")
    with open_door():
        take_side(row, Side.PROPOSE, "draft", world.members[1], AT)
    meeting = opened(held, world, [row, other])
    question = meetings.questions(meeting)[0]
    bench = meetings.bench(meeting, [row], AT.date())
    warned = {one.person_id: bench.of(one, row) for one in bench.members}
    assert warned[near.pk].posts == ("Cán bộ",) and warned[near.pk].votes
    assert warned[world.members[1].pk].barred and warned[world.members[0].pk] == meetings.Conflict()
    actions.recuse(member=seat(held, world.members[2]), nomination=row, reason="Người thân", by=world.members[2], at=AT)
    actions.recuse(member=seat(held, near), nomination=row, reason="Cùng đơn vị", by=world.clerk, at=AT)
    for person, words in ((world.members[1], "hand in proposing"), (world.members[2], "conflict of interest"), (near, "conflict of interest")):
        with pytest.raises(Refused, match=words):
            taken(question, person, "yes")
    for person in (world.members[0], world.members[3]):
        voted(question, person, "yes")
    with pytest.raises(Refused, match="has been taken"):
        actions.recuse(member=seat(held, world.members[0]), nomination=row, reason="Muộn", by=world.members[0], at=AT)
    with pytest.raises(Refused, match="do not keep"):
        actions.recuse(member=seat(held, world.members[3]), nomination=other, reason="Người khác nói", by=world.members[0], at=AT)
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    tally = question.__class__.objects.get(pk=question.pk).tally
    assert (tally.members, tally.present, tally.issued, tally.yes, tally.base, tally.passed) == (2, 2, 2, 2, 2, True)
    assert not Hand.objects.filter(side=Side.PROPOSE, by_id__in=[str(pk) for pk in Turnout.objects.values_list("member__person_id", flat=True)]).exists()


def test_a_ballot_is_given_once_cast_once_and_only_under_the_questions_own_key(world: make.World) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world, "Người Một", "Người Hai"))
    first, second = meetings.questions(meeting)
    ballot = taken(first, world.members[0], "yes")
    with pytest.raises(Refused, match="has been taken"):
        taken(first, world.members[0], "no")
    with pytest.raises(Refused, match="Only members"):
        actions.take_ballot(question=first, member=seat(held, world.members[1]), blinded=5, by=world.members[0], at=AT)
    with pytest.raises(Refused, match="not in form"):
        actions.take_ballot(question=first, member=seat(held, world.members[1]), blinded=1, by=world.members[1], at=AT)
    assert Turnout.objects.count() == 1
    other = {"yes": "no", "no": "yes"}
    for wrong, question in ((ballot, second), (ballots.Ballot(ballot.token, other["yes"], ballot.signature), first),
                            (ballots.Ballot("0" * 64, "yes", ballot.signature), first)):  # fmt: skip
        with pytest.raises(Refused, match="does not carry the signature"):
            actions.cast_ballot(question=question, ballot=wrong)
    for _ in range(2):
        actions.cast_ballot(question=first, ballot=ballot)
    assert len(json.loads(first.urn.__class__.objects.get(question=first).ballots)) == 1
    lost = taken(second, world.members[0], "yes")
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    with pytest.raises(Refused, match="not open"):
        actions.cast_ballot(question=second, ballot=lost)
    assert set(Question.objects.values_list("private_key", flat=True)) == {""}
    rows = recount.check(Meeting.objects.get(pk=meeting.pk), AT.date())
    assert [(one.tally.issued, one.found.cast, one.not_cast, one.holds) for one in rows] == [(1, 1, 0, True), (1, 0, 1, True)]
    assert recount.recorded(meeting)[1] == recount.meeting_digest([row.tally for row in rows])


def test_what_the_threshold_is_measured_against_is_the_councils_rule(world: make.World) -> None:
    held = council(world)
    for absent, base, passed in (("left_out", 4, True), ("against", 5, False), ("by_letter", 5, True)):
        with open_door():
            held.rules = canonical({**json.loads(held.rules), "absent": absent}).decode()
            held.save()
        meeting = opened(held, world, _agreed(world, absent), secret=absent != "left_out", absent=world.members[4:])
        question, last = meetings.questions(meeting)[0], seat(held, world.members[4])
        if absent == "by_letter":
            actions.vote_openly(question=question, member=last, choice="yes", by=world.clerk, at=AT)
        else:
            with pytest.raises(Refused, match="by letter"):
                actions.vote_openly(question=question, member=last, choice="yes", by=world.clerk, at=AT)
        for person, choice in zip(world.members, ("yes", "yes", "yes", "blank"), strict=False):
            if meeting.secret:
                voted(question, person, choice)
            else:
                actions.vote_openly(question=question, member=seat(held, person), choice=choice, by=person, at=AT)
        tally = actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)[0]
        assert (tally.base, tally.passed) == (base, passed)
        assert recount.check(Meeting.objects.get(pk=meeting.pk), AT.date())[0].holds


def test_open_votes_stand_by_name_and_a_secret_meeting_takes_none(world: make.World) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world, "Người Một"), secret=False)
    question, mine = meetings.questions(meeting)[0], seat(held, world.members[0])
    given = {"question": question, "member": mine, "at": AT}
    strangers = [(who, "yes", "Only members") for who in (world.members[1], world.front_clerk)]
    for by, choice, words in ((world.members[0], "maybe", "yes, no or blank"), *strangers):
        with pytest.raises(Refused, match=words):
            actions.vote_openly(choice=choice, by=by, **given)
    with pytest.raises(Refused, match="votes by name"):
        actions.take_ballot(blinded=5, by=world.members[0], **given)
    actions.vote_openly(choice="yes", by=world.members[0], **given)
    with pytest.raises(Refused, match="by this member"):
        actions.vote_openly(choice="no", by=world.clerk, **given)
    assert OpenBallot.objects.get().choice == "yes"
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    tally = Tally.objects.get()
    assert json.loads(tally.ballots) == [{"choice": "yes", "member": "Ủy viên thứ 1"}]
    assert (tally.yes, tally.base, tally.passed) == (1, 5, False)
    secret = opened(held, world, _agreed(world, "Người Hai"))
    with pytest.raises(Refused, match="in secret"):
        actions.vote_openly(question=meetings.questions(secret)[0], member=mine, choice="yes", by=world.members[0], at=AT)


def test_a_count_on_paper_is_entered_by_one_and_confirmed_by_another(world: make.World) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world, "Người Một"))
    question = meetings.questions(meeting)[0]
    given = {"meeting": meeting, "minutes": Upload(PDF, "kiem-phieu.pdf"), "by": world.clerk, "at": AT}
    for numbers in ((4, 4, 1, 0), (6, 4, 1, 0), (5, -1, 0, 0)):
        with pytest.raises(Refused) as told:
            actions.enter_paper_count(lines=[actions.PaperLine(question.pk, *numbers)], **given)
        assert told.value.field == f"q{question.pk}"
    with pytest.raises(Refused, match="every question once"):
        actions.enter_paper_count(lines=[], **given)
    first = actions.enter_paper_count(lines=[actions.PaperLine(question.pk, 5, 2, 3, 0)], **given)
    row = actions.enter_paper_count(lines=[actions.PaperLine(question.pk, 5, 4, 0, 0)], **given)
    with pytest.raises(Refused, match="newer count"):
        actions.confirm_paper_count(count=first, by=world.members[0], at=AT)
    for by, words in ((world.clerk, "entered themselves"), (world.members[1], "A second person"), (world.front_clerk, "A second person")):
        with pytest.raises(Refused, match=words):
            actions.confirm_paper_count(count=row, by=by, at=AT)
    tally = actions.confirm_paper_count(count=row, by=world.members[0], at=AT)[0]
    assert (tally.issued, tally.yes, tally.base, tally.passed) == (5, 4, 5, True)
    checked = recount.check(Meeting.objects.get(pk=meeting.pk), AT.date())[0]
    assert checked.holds and checked.paper is not None and checked.paper["paper"] == row.file.sha256 and checked.not_cast == 1

    # Ballots on screen and on paper do not mix.
    meeting = opened(held, world, _agreed(world, "Người Hai"))
    question = meetings.questions(meeting)[0]
    with pytest.raises(Refused, match="No ballot has been taken"):
        actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    voted(question, world.members[0], "no")
    with pytest.raises(Refused, match="on screen"):
        actions.enter_paper_count(meeting=meeting, lines=[actions.PaperLine(question.pk, 5, 5, 0, 0)], minutes=Upload(PDF, "a.pdf"), by=world.clerk, at=AT)
    for by in (world.members[0], world.front_clerk, world.office):
        with pytest.raises(Refused, match="do not keep"):
            actions.count_meeting(meeting=meeting, by=by, at=AT)


def test_ranks_follow_the_votes_the_quota_cuts_and_the_next_in_reserve_moves_up(world: make.World) -> None:
    rows = _agreed(world, "A", "B", "C", "D", "E")
    make.quota(world.form, 2, level=0, recipient="person")
    counted(world, rows, ["yyyyn", "yyyyy", "yyyyb", "yynnn", "yyyyn"])
    given = {"campaign_form": world.form, "recipient": "person", "by": world.clerk, "at": AT}
    with pytest.raises(Refused) as told:
        actions.rank_nominations(order={}, reason="", **given)
    assert told.value.field == "reason"
    order = {str(rows[4].pk): 1, str(rows[0].pk): 2, str(rows[2].pk): 3}
    actions.rank_nominations(order=order, reason="Hội đồng biểu quyết ưu tiên cơ sở", **given)
    assert _states(rows) == ["reserve", "chosen", "reserve", "left_out", "chosen"]
    assert [Nomination.objects.get(pk=row.pk).rank for row in rows] == [3, 1, 4, None, 2]
    moved = json.loads(rows[4].moves.get(kind="chosen").payload)
    assert moved == {"base": 5, "rank": 2, "tie": "Hội đồng biểu quyết ưu tiên cơ sở", "yes": 4}
    with pytest.raises(Refused, match="No place is free"):
        actions.promote(nomination=rows[0], by=world.clerk, at=AT)
    actions.withdraw(nomination=rows[1], reason="Đề nghị rút", by=world.reporter, at=AT)
    with pytest.raises(Refused) as told:
        actions.promote(nomination=rows[2], by=world.clerk, at=AT)
    assert told.value.field == "reason"
    actions.promote(nomination=rows[0], by=world.clerk, at=AT)
    assert _states(rows) == ["chosen", "withdrawn", "reserve", "left_out", "chosen"]
    assert ranking.free_places(world.form, "person") == 0
    with pytest.raises(Refused, match="Nothing of this kind"):
        actions.rank_nominations(order={}, reason="", **given)


def test_a_later_meeting_ranks_after_the_earlier_one_and_a_second_vote_replaces_the_first(world: make.World) -> None:
    rows, held = _agreed(world, "A", "B"), council(world)
    counted(world, rows, ["nnnnn", "yyyyy"], held)
    counted(world, rows[:1], ["yyyyb"], held)
    given = {"campaign_form": world.form, "recipient": "person", "order": {}, "reason": "", "by": world.clerk, "at": AT}
    assert actions.rank_nominations(**given).chosen == (str(rows[1].pk), str(rows[0].pk))
    later = _agreed(world, "C")
    counted(world, later, ["yyyyy"], held)
    actions.rank_nominations(**given)
    assert [Nomination.objects.get(pk=row.pk).rank for row in [*rows, *later]] == [2, 1, 3]


def test_minutes_are_numbered_once_and_lie_in_every_dossier(world: make.World) -> None:
    rows = _agreed(world, "Người Một", "Người Hai")
    held = council(world)
    meeting = opened(held, world, rows)
    with pytest.raises(Refused, match="once the votes are counted"):
        actions.issue_minutes(meeting=meeting, dated=AT.date(), by=world.clerk, at=AT)
    actions.recuse(member=seat(held, world.members[4]), nomination=rows[0], reason="Người thân", by=world.clerk, at=AT)
    for question in meetings.questions(meeting):
        for person in world.members[:4]:
            voted(question, person, "yes" if person != world.members[3] else "no")
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT + timedelta(hours=2))
    meeting = Meeting.objects.select_related("council__campaign", "council__authority").get(pk=meeting.pk)
    with pytest.raises(Refused) as told:
        actions.issue_minutes(meeting=meeting, dated=AT.date() + timedelta(days=1), by=world.clerk, at=AT)
    assert told.value.field == "dated"
    entry = actions.issue_minutes(meeting=meeting, dated=AT.date(), by=world.clerk, at=AT)
    assert entry.notation == "01/BB-HĐTĐKT"
    assert actions.issue_minutes(meeting=meeting, dated=AT.date(), by=world.clerk, at=AT).pk == entry.pk
    facts = minutes.facts(meeting, AT.date())
    assert [(one.favour, one.against, one.of, one.passed) for one in facts.results] == [(3, 1, 4, True), (3, 1, 5, False)]
    assert (facts.quorum, len(facts.conflicts), facts.ballots.issued, facts.digest) == (4, 1, 8, recount.recorded(meeting)[1])
    first = tasks.set_minutes_now(meeting)
    assert tasks.set_minutes_now(meeting).pk == first.pk
    kept = Attachment.objects.filter(kind="minutes")
    assert {(row.nomination_id, row.document) for row in kept} == {(row.pk, "01/BB-HĐTĐKT") for row in rows}
    assert not Hand.objects.filter(by_id=tasks.SETTER.actor_id).exists()
