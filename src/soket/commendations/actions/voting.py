"""Votes: secret ones by blind signature, open ones by name.

A secret vote leaves two things that cannot be joined: that a member took the ballot of a question (no hour, no content), and a ballot
among others sorted by its random token (no member, no hour). What comes between, the blinded message, is signed and forgotten.
"""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.shared import nomination_ref, take_side
from soket.commendations.core import ballots
from soket.commendations.models import Member, OpenBallot, Question, Turnout, Urn
from soket.commendations.models.nominating import Side
from soket.commendations.queries import meetings as queries
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action

FAULTS = {
    "form": _("This ballot is not in form."),
    "signature": _("This ballot does not carry the signature of this vote."),
    "again": _("This ballot has been cast with another choice."),
}


def _voting(question: Question, member: Member, at: datetime) -> Question:
    """The question in hand, the member entitled to vote on it. Its row is held, so that a member votes once."""
    Question.objects.select_for_update().get(pk=question.pk)
    held: Question = Question.objects.select_related("meeting__council", "nomination__campaign_form__campaign").get(pk=question.pk)
    if held.meeting.stage != "open":
        raise Refused(_("This meeting is not open."))
    if held.nomination.state != "agreed":
        raise Refused(_("This nomination is not before the council any more."))
    if member.council_id != held.meeting.council_id or member.left_at is not None:
        raise Refused(_("Only members of the council vote."))
    conflict = queries.bench(held.meeting, [held.nomination], day_of(at)).of(member, held.nomination)
    if conflict.recused is not None:
        raise Refused(_("A conflict of interest was declared: no vote is given on this nomination."))
    if conflict.barred:
        raise Refused(_("Who had a hand in proposing this nomination has no vote on it."))
    return held


@action
def take_ballot(*, question: Question, member: Member, blinded: int, by: Actor, at: datetime) -> int:
    """Sign the blinded message of a member who is present, once for a question, and keep that it was done. Answers the blind signature.

    Nothing of the blinded message is kept, no event is written, and the member's side is dated by the opening: no hour of a vote is
    stored. Raises Refused when no ballot is given.
    """
    if by.actor_kind != "person" or by.actor_id != str(member.person_id):
        raise Refused(_("Only members of the council vote."))
    held = _voting(question, member, at)
    if not held.meeting.secret or not held.private_key:
        raise Refused(_("This meeting votes by name."))
    if member.pk not in queries.present_ids(held.meeting):
        raise Refused(_("You are not noted as present at this meeting."))
    if Turnout.objects.filter(question=held, member=member).exists():
        raise Refused(_("Your ballot on this nomination has been taken."))
    take_side(held.nomination, Side.DECIDE, "voted", by, held.meeting.opened_at or at)
    Turnout(question=held, member=member).save(force_insert=True)
    try:
        return ballots.blind_sign(held.private_key, blinded)
    except ballots.BadBallot as bad:
        raise Refused(FAULTS[bad.fault]) from None


@action
def cast_ballot(*, question: Question, ballot: ballots.Ballot) -> None:
    """Put a ballot into the urn. It knows neither who nor when: whoever holds a signature of the question may cast it, once.

    The same ballot again changes nothing. Raises Refused for a closed vote, a signature that does not hold, a token cast with another choice.
    """
    urn: Urn | None = Urn.objects.select_for_update().filter(question=question).first()
    held: Question = Question.objects.select_related("meeting").get(pk=question.pk)
    if urn is None or held.meeting.stage != "open":
        raise Refused(_("This meeting is not open."))
    if not ballots.holds(ballots.PublicKey.read(held.public_key), ballot):
        raise Refused(FAULTS["signature"])
    try:
        urn.ballots = ballots.put(urn.ballots, ballot)
    except ballots.BadBallot as bad:
        raise Refused(FAULTS[bad.fault]) from None
    urn.save(update_fields=["ballots"])


@action
def vote_openly(*, question: Question, member: Member, choice: str, by: Actor, at: datetime) -> OpenBallot:
    """A vote by name: cast by the member, or noted by the secretary when hands were raised or a letter of an absent member came before the
    count. Letters are taken where the rules let the absent vote by letter. Raises Refused at choice, or when no vote is given."""
    own = by.actor_kind == "person" and by.actor_id == str(member.person_id)
    held = _voting(question, member, at)
    meeting = held.meeting
    if not own and not rules.appraises(by, meeting.council.authority_id, day_of(at)):
        raise Refused(_("Only members of the council vote."))
    letter = member.pk not in queries.present_ids(meeting)
    _open_vote_fits(held, own, letter)
    if choice not in ballots.CHOICES:
        raise Refused(_("Choose yes, no or blank."), field="choice")
    if OpenBallot.objects.filter(question=held, member=member).exists() or Turnout.objects.filter(question=held, member=member).exists():
        raise Refused(_("A vote on this nomination has been taken by this member."))
    take_side(held.nomination, Side.DECIDE, "voted", member.person, at)
    row = OpenBallot(question=held, member=member, choice=choice, at=at)
    row.save(force_insert=True)
    payload = {"member": member.post, "choice": choice, "letter": letter}
    record(event=events.council.VOTED_OPENLY, by=by, subject=nomination_ref(held.nomination), at=at, payload=payload)
    return row


def _open_vote_fits(question: Question, own: bool, letter: bool) -> None:
    if letter and own:
        raise Refused(_("You are not noted as present at this meeting."))
    if letter and queries.rules_of(question.meeting.council).absent != "by_letter":
        raise Refused(_("The rules of this council do not let the absent vote by letter."))
    if not letter and question.meeting.secret:
        raise Refused(_("This meeting votes in secret."))
