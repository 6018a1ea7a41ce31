"""A council to test with: its members, a meeting at any point, ballots cast as a browser would cast them."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import uuid4

from soket.accounts.models import Person
from soket.commendations import actions
from soket.commendations.core import ballots
from soket.commendations.models import Appraisal, AppraisalAct, CampaignForm, Council, Meeting, Member, Nomination, Question, Urn
from soket.commendations.queries import meetings, ruling
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of, now
from soket.kernel.door import open_door
from tests.factories import commendations as make

AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
ROLES = ("chair", "deputy", "secretary", "member", "member")


def came(nomination: Nomination, at: datetime = AT) -> dict[int, Appraisal]:
    """The nomination's appraisals by authority, each with the act by which the dossier came in."""
    found = {}
    with open_door():
        for row in nomination.appraisals.all():
            clock = ruling.clock("clock.incomplete", day_of(at))
            assert clock is not None
            AppraisalAct(
                appraisal=row, number=1, kind="came", due_on=clock[0].on, known=clock[0].known, rule=clock[1], at=at, by_id="0", by_label="Xác nhận"
            ).save()
            found[row.authority_id] = row
    return found


def council(world: make.World, people: Sequence[Person] | None = None, **rules: object) -> Council:
    """The police centre's council, five members unless others are named; `rules` stand in for those recorded."""
    seats = people or world.members
    drafts = [actions.MemberDraft(person, f"Ủy viên thứ {place}", ROLES[place - 1] if place <= 5 else "member") for place, person in enumerate(seats, 1)]
    authority = world.police["centre"]
    name = "Hội đồng thi đua - khen thưởng Công an Trung ương"
    made = actions.set_up_council(campaign=world.campaign, authority=authority, name=name, members=drafts, by=world.clerk, at=AT)
    with open_door():
        made.rules = canonical({**json.loads(made.rules), **rules}).decode()
        made.save()
    return made


@cache
def keys(number: int) -> tuple[str, str]:
    """A key pair, made once for all tests."""
    return ballots.new_key()


def prepared(held: Council, world: make.World, nominations: Sequence[Nomination], secret: bool = True) -> Meeting:
    """A meeting whose agenda is fixed; the keys are those of `keys`, in order."""
    meeting = actions.plan_meeting(
        council=held, held_at=AT + timedelta(hours=1), place="Phòng họp số 1", secret=secret, nominations=nominations, by=world.clerk, at=AT
    )  # fmt: skip
    actions.prepare_meeting(meeting=meeting, by=world.clerk, at=AT)
    if secret:
        with open_door():
            for row in meeting.questions.all():
                row.private_key, row.public_key = keys(row.order)
                row.save()
                Urn(question=row).save()
    return Meeting.objects.get(pk=meeting.pk)


def opened(held: Council, world: make.World, nominations: Sequence[Nomination], secret: bool = True, absent: Sequence[Person] = ()) -> Meeting:
    """A meeting at which everyone but `absent` is present."""
    meeting = prepared(held, world, nominations, secret)
    here = [one for one in meetings.members(held) if one.person not in absent]
    return actions.open_meeting(meeting=meeting, present=here, by=world.clerk, at=AT)


def seat(held: Council, person: Person) -> Member:
    found = meetings.member_for(person, held)
    assert found is not None
    return found


def drawn(*words: object, size: int = 32) -> bytes:
    """Bytes that look random and are the same for the same words."""
    return hashlib.shake_256("|".join(map(str, words)).encode()).digest(size)


def taken(question: Question, person: Person, choice: str, seed: object = "") -> ballots.Ballot:
    """Take the person's ballot as the browser does, every random number drawn from `seed` (or from the person)."""
    key = ballots.PublicKey.read(question.public_key)
    told = seed or person.pk
    token = drawn("token", question.pk, told).hex()
    text = ballots.message(token, choice)
    r = int.from_bytes(drawn("r", question.pk, person.pk, size=255), "big")
    blinded, inverse = ballots.blind(key, text, drawn("salt", question.pk, told, size=48), r)
    signed = actions.take_ballot(question=question, member=seat(question.meeting.council, person), blinded=blinded, by=person, at=AT)
    return ballots.Ballot(token, choice, ballots.finalize(key, text, signed, inverse))


def voted(question: Question, person: Person, choice: str) -> None:
    """Take and cast."""
    actions.cast_ballot(question=question, ballot=taken(question, person, choice))


def counted(world: make.World, nominations: Sequence[Nomination], votes: Sequence[str], held: Council | None = None) -> Meeting:
    """An open-vote meeting counted: `votes` holds for each nomination one letter a member: y, n, b; "-" for none."""
    held = held or council(world)
    meeting = opened(held, world, nominations, secret=False)
    names = {"y": "yes", "n": "no", "b": "blank"}
    for question, letters in zip(meetings.questions(meeting), votes, strict=True):
        for member, letter in zip(meetings.members(held), letters, strict=True):
            if letter != "-":
                actions.vote_openly(question=question, member=member, choice=names[letter], by=member.person, at=AT)
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    return Meeting.objects.get(pk=meeting.pk)


def opened_in_the_demonstration() -> Meeting:
    """Into the demonstration world: the ministry's council is together again, with a secret vote open on two nominations written as rows."""
    held = Council.objects.get(campaign__code="KT-2018", authority__line__code="police")
    form = CampaignForm.objects.get(campaign=held.campaign, issuer=held.authority)
    unit = Nomination.objects.filter(campaign_form=form).order_by("number")[0].unit
    given = {"recipient": "person", "unit": unit, "proposer": unit, "achieved_from": make.FROM, "achieved_to": make.TO, "brief": "Thành tích để thử", "at": AT}
    with open_door():
        for number, name in enumerate(("Người Thứ Nhất", "Người Thứ Hai"), 901):
            key = f"person:{number}@{unit.pk}"
            Nomination(id=uuid4(), campaign_form=form, number=number, person_name=name, recipient_key=key, state="agreed", synthetic=True, **given).save()
    clerk, at = Person.objects.get(username="khenthuong"), now()
    rows = meetings.candidates(held)
    made = actions.plan_meeting(council=held, held_at=at, place="Phòng họp số 2", secret=True, nominations=rows, by=clerk, at=at)
    actions.prepare_meeting(meeting=made, by=clerk, at=at)
    actions.make_keys(meeting=made, most=len(rows), by=clerk, at=at)
    return actions.open_meeting(meeting=made, present=meetings.members(held), by=clerk, at=at)
