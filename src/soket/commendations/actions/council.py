"""The emulation council: its members and rules, its meetings, declared conflicts of interest, opening with a quorum."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.accounts.models import Person
from soket.audit.actions import record
from soket.commendations import events, rules, signals
from soket.commendations.actions.shared import campaign_ref, nomination_ref
from soket.commendations.core import ballots
from soket.commendations.core.council import Rules, least, reaches
from soket.commendations.models import Campaign, Council, Meeting, Member, Nomination, OpenBallot, Question, Recusal, Turnout, Urn
from soket.commendations.models.appraising import MemberRole
from soket.commendations.queries import meetings as queries
from soket.commendations.queries import ruling
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations.models import Unit
from soket.reviews.rules import clean

MOST_MEMBERS, MOST_QUESTIONS = 60, 500
FARTHEST = timedelta(days=3660)


@dataclass(frozen=True)
class MemberDraft:
    """A member to be: the account, the post as the minutes print it, the role."""

    person: Person
    post: str
    role: str = MemberRole.MEMBER


def require_keeps(by: Actor, council: Council, at: datetime) -> None:
    """Raise Refused for who does not keep the council."""
    if not rules.appraises(by, council.authority_id, day_of(at)):
        raise Refused(_("You do not keep this council."))


def locked_meeting(meeting: Meeting) -> Meeting:
    """The meeting's row, held until the act ends."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    found: Meeting = Meeting.objects.select_related("council__campaign", "council__authority").get(pk=meeting.pk)
    return found


@action
def set_up_council(*, campaign: Campaign, authority: Unit, name: str, members: Sequence[MemberDraft], by: Actor, at: datetime) -> Council:
    """Set up the authority's council for the campaign, under the rules in force that day. Raises Refused at name, members, post, or when no rule
    for councils is recorded."""
    day = day_of(at)
    if not rules.appraises(by, authority.pk, day) or authority.pk not in rules.authorities_of(campaign):
        raise Refused(_("You do not appraise for this authority."))
    if Council.objects.filter(campaign=campaign, authority=authority).exists():
        raise Refused(_("This authority has a council in this campaign."))
    held = ruling.rule_for("council", authority.pk, day)
    if held is None:
        raise Refused(_("No rule for councils is recorded for this day. Enter it first."))
    body = canonical(held.value).decode()
    try:
        Rules.read(body)
    except (ValueError, KeyError, TypeError):
        raise Refused(_("The recorded rule for councils cannot be read. Correct it first.")) from None
    if not members:
        raise Refused(_("A council has members: name them."), field="members")
    made = Council(campaign=campaign, authority=authority, name=clean(name, "name", 200), rules=body, rule_citation=held.citation, rule_doubt=held.doubt)
    made.save(force_insert=True)
    for draft in members:
        _seat(made, draft, at)
    payload = {"council": made.name, "members": [draft.post for draft in members], "citation": held.citation}
    record(event=events.council.SET_UP, by=by, subject=campaign_ref(campaign), at=at, payload=payload)
    return made


def _seat(council: Council, draft: MemberDraft, at: datetime) -> Member:
    post = clean(draft.post, "post", 200)
    if draft.person.ended_at is not None:
        raise Refused(_("This account has ended."), field="account")
    if draft.role not in MemberRole.values:
        raise Refused(_("Choose a role."), field="role")
    seated = council.members.filter(left_at=None)
    if seated.count() >= MOST_MEMBERS:
        raise Refused(_("A council has at most sixty members."), field="account")
    if draft.role == MemberRole.CHAIR and seated.filter(role=MemberRole.CHAIR).exists():
        raise Refused(_("The council has a chair."), field="role")
    known: Member | None = council.members.filter(person=draft.person).first()
    if known is None:
        known = Member(council=council, person=draft.person, role=draft.role, post=post)
    elif known.left_at is None:
        raise Refused(_("This person sits on the council."), field="account")
    known.role, known.post, known.since, known.left_at = draft.role, post, at, None
    known.save()
    return known


@action
def add_member(*, council: Council, draft: MemberDraft, by: Actor, at: datetime) -> Member:
    """Seat one more member, not while a meeting is open. Raises Refused at account, post, role."""
    require_keeps(by, council, at)
    _require_no_open_meeting(council)
    made = _seat(council, draft, at)
    payload = {"council": council.name, "member": made.post}
    record(event=events.council.MEMBER_JOINED, by=by, subject=queries.council_ref(council), at=at, payload=payload)
    return made


@action
def member_leaves(*, member: Member, by: Actor, at: datetime) -> None:
    """A member leaves the council; what was voted stays. Not while a meeting is open."""
    require_keeps(by, member.council, at)
    _require_no_open_meeting(member.council)
    if Member.objects.filter(pk=member.pk, left_at=None).update(left_at=at):
        payload = {"council": member.council.name, "member": member.post}
        record(event=events.council.MEMBER_LEFT, by=by, subject=queries.council_ref(member.council), at=at, payload=payload)


def _require_no_open_meeting(council: Council) -> None:
    if council.meetings.filter(stage="open").exists():
        raise Refused(_("A meeting is open: members change after it is counted."))


@action
def plan_meeting(
    *, council: Council, held_at: datetime, place: str, secret: bool, nominations: Sequence[Nomination], by: Actor, at: datetime
) -> Meeting:  # fmt: skip
    """Plan a meeting on these nominations, in their order. Raises Refused at place or nominations (not appraised, not for this authority, on
    another agenda)."""
    require_keeps(by, council, at)
    if abs(held_at - at) > FARTHEST:
        raise Refused(_("Enter a day within ten years of today."), field="held_at")
    Council.objects.select_for_update().get(pk=council.pk)
    made = Meeting(council=council, number=council.meetings.count() + 1, held_at=held_at, place=clean(place, "place", 200), secret=secret)
    made.save(force_insert=True)
    _put(made, nominations)
    payload = {"council": council.name, "number": made.number, "secret": secret, "nominations": [one.number for one in nominations]}
    record(event=events.council.MEETING_PLANNED, by=by, subject=queries.council_ref(council), at=at, payload=payload)
    return made


def _put(meeting: Meeting, nominations: Sequence[Nomination]) -> None:
    if not 0 < len(nominations) <= MOST_QUESTIONS:
        raise Refused(_("Choose 1 to 500 nominations."), field="nominations")
    waiting = {row.pk for row in queries.candidates(meeting.council)}
    if len({row.pk for row in nominations}) != len(nominations) or any(row.pk not in waiting for row in nominations):
        raise Refused(_("Only appraised nominations for this authority that stand on no other agenda are put to the vote."), field="nominations")
    rows = [Question(meeting=meeting, nomination=row, order=place) for place, row in enumerate(nominations, 1)]
    Question.objects.bulk_create(rows)


@action
def prepare_meeting(*, meeting: Meeting, by: Actor, at: datetime) -> Meeting:
    """Fix the agenda. For a secret vote each question needs its own key pair, made by the worker after this; see `make_keys`."""
    held = locked_meeting(meeting)
    require_keeps(by, held.council, at)
    if held.stage != "planned":
        raise Refused(_("The agenda of this meeting is fixed."))
    held.stage = "preparing"
    held.save(update_fields=["stage"])
    numbers = [row.nomination.number for row in queries.questions(held)]
    record(event=events.council.MEETING_PREPARED, by=by, subject=queries.meeting_ref(held), at=at, payload={"nominations": numbers})
    if held.secret:
        transaction.on_commit(partial(signals.ballot_keys_asked.send, sender=Meeting, meeting_id=held.pk))
    return held


@action
def make_keys(*, meeting: Meeting, most: int, by: Actor, at: datetime) -> int:
    """Give up to `most` questions of a prepared secret vote their key pair and their empty urn. Answers how many still lack them."""
    held = locked_meeting(meeting)
    if held.stage != "preparing" or not held.secret:
        return 0
    bare = list(held.questions.filter(public_key="").order_by("order"))
    for row in bare[:most]:
        row.private_key, row.public_key = ballots.new_key()
        row.save(update_fields=["private_key", "public_key"])
        Urn(question=row).save(force_insert=True)
    return len(bare[most:])


@action
def recuse(*, member: Member, nomination: Nomination, reason: str, by: Actor, at: datetime) -> Recusal:
    """A member declares a conflict of interest, or the secretary notes it: no ballot on this nomination. Raises Refused at reason, or when the
    member has voted on it."""
    own = by.actor_kind == "person" and by.actor_id == str(member.person_id)
    if not own:
        require_keeps(by, member.council, at)
    known: Recusal | None = Recusal.objects.filter(member=member, nomination=nomination).first()
    if known is not None:
        return known
    if not Question.objects.filter(meeting__council=member.council, nomination=nomination).exclude(meeting__stage="counted").exists():
        raise Refused(_("This nomination is not before the council."))
    asked = Question.objects.select_for_update().filter(meeting__council=member.council, nomination=nomination)
    list(asked.order_by("pk").values_list("pk", flat=True))  # held, so that no ballot is taken meanwhile
    votes: tuple[Any, ...] = (Turnout, OpenBallot)
    if any(model.objects.filter(member=member, question__nomination=nomination).exists() for model in votes):
        raise Refused(_("A vote on this nomination has been taken by this member."))
    row = Recusal(member=member, nomination=nomination, reason=clean(reason, "reason", 300), at=at)
    row.save(force_insert=True)
    payload = {"member": member.post, "declared": own}
    record(event=events.council.RECUSED, by=by, subject=nomination_ref(nomination), at=at, payload=payload, reason=row.reason)
    return row


@action
def open_meeting(*, meeting: Meeting, present: Sequence[Member], by: Actor, at: datetime) -> Meeting:
    """Open the vote with the members present. Raises Refused at present when the quorum is not reached, or while keys are missing.

    The record keeps the digest of all public keys: whoever is shown another key than the council's can prove it.
    """
    held = locked_meeting(meeting)
    require_keeps(by, held.council, at)
    if held.stage != "preparing":
        raise Refused(_("The agenda is fixed first.") if held.stage == "planned" else _("This meeting has been opened."))
    asked = queries.questions(held)
    if held.secret and any(not row.public_key for row in asked):
        raise Refused(_("The ballots are still being prepared."))
    seated, told = queries.members(held.council), queries.rules_of(held.council)
    here = [one for one in seated if one.pk in {row.pk for row in present}]
    if sum(one.role == MemberRole.CHAIR for one in seated) != 1:
        raise Refused(_("A council has one chair. Name the chair first."))
    if not reaches(len(here), len(seated), told.quorum):
        said = {"present": len(here), "members": len(seated), "least": least(len(seated), told.quorum)}
        raise Refused(_("%(present)s of %(members)s members are present; the rules ask for %(least)s.") % said, field="present")
    held.stage, held.opened_at = "open", at
    held.present = canonical(sorted(one.pk for one in here)).decode()
    held.save(update_fields=["stage", "opened_at", "present"])
    keys = hex_digest([row.public_key for row in asked]) if held.secret else ""
    payload = {"present": len(here), "members": len(seated), "quorum": f"{told.quorum[0]}/{told.quorum[1]}", "keys": keys}
    record(event=events.council.MEETING_OPENED, by=by, subject=queries.meeting_ref(held), at=at, payload=payload)
    return held


@action
def note_arrival(*, meeting: Meeting, member: Member, by: Actor, at: datetime) -> Meeting:
    """A member came after the opening and votes from now on."""
    held = locked_meeting(meeting)
    require_keeps(by, held.council, at)
    here = queries.present_ids(held)
    if held.stage != "open" or member.council_id != held.council_id or member.left_at is not None:
        raise Refused(_("This meeting is not open."))
    if member.pk not in here:
        held.present = canonical(sorted([*here, member.pk])).decode()
        held.save(update_fields=["present"])
        record(event=events.council.ARRIVED, by=by, subject=queries.meeting_ref(held), at=at, payload={"member": member.post})
    return held
