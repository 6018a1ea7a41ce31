"""Appraisal by the authorities: receiving, asking, agreeing, declining, one at a time or many, each under its clock."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.shared import locked, move, nomination_ref, take_side
from soket.commendations.core import clocks
from soket.commendations.models import Appraisal, AppraisalAct, Nomination
from soket.commendations.models.nominating import Side, State
from soket.commendations.queries import appraising as queries
from soket.commendations.queries import ruling
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean

NOT_NOW = {
    "received": _("Only a dossier that has come in is received."),
    "asked": _("The proposer has been asked already, or the appraisal has ended."),
    "agreed": _("The dossier is first received as complete."),
    "declined": _("This appraisal has ended."),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one row of an act on many: empty `refusal` when it was done."""

    appraisal: Appraisal
    refusal: Any = ""


@dataclass(frozen=True)
class _Taken:
    """An appraisal in hand: its nomination locked, the actor on the deciding side, the acts read."""

    nomination: Nomination
    appraisal: Appraisal
    acts: list[clocks.Act]
    authority: str


def _taken(appraisal: Appraisal, kind: str, by: Actor, at: datetime, states: tuple[str, ...]) -> _Taken:
    if not rules.appraises(by, appraisal.authority_id, day_of(at)):
        raise Refused(_("You do not appraise for this authority."))
    nomination = locked(appraisal.nomination)
    if nomination.state not in states:
        raise Refused(_("This cannot be done while the nomination stands at “%(state)s”.") % {"state": State(nomination.state).label})
    fresh = Appraisal.objects.prefetch_related("acts").get(pk=appraisal.pk)
    acts = queries.acts_of(fresh)
    if not clocks.may(acts, kind):
        raise Refused(NOT_NOW[kind])
    take_side(nomination, Side.DECIDE, kind, by, at)
    return _Taken(nomination, fresh, acts, unit_names([fresh.authority_id], day_of(at))[fresh.authority_id])


def _act(taken: _Taken, kind: str, by: Actor, at: datetime, **more: Any) -> AppraisalAct:
    row = AppraisalAct(
        appraisal=taken.appraisal, number=len(taken.acts) + 1, kind=kind, at=at, by_id=by.actor_id, by_label=by.actor_label, **more
    )
    row.save(force_insert=True)
    return row


@action
def receive_dossier(*, appraisal: Appraisal, by: Actor, at: datetime, reason: str = "") -> AppraisalAct:
    """The dossier is complete: the clock of the decision starts, with the day it ends and the rule that says so.

    An appraisal that has ended is taken up again the same way, with a reason, while the nomination is open. Raises Refused at reason.
    """
    taken = _taken(appraisal, "received", by, at, ("confirmed",))
    again = clocks.state_of(taken.acts) in clocks.ENDED
    reason = clean(reason, "reason", 1000, required=again)
    clock = ruling.clock(ruling.decide_clock(taken.nomination.campaign_form.form, day_of(at)), day_of(at))
    due = {"due_on": clock[0].on, "known": clock[0].known, "rule": clock[1]} if clock else {"due_on": None, "known": False, "rule": ""}
    row = _act(taken, "received", by, at, reason=reason, **due)
    payload = {"authority": taken.authority, "due_on": row.due_on.isoformat() if row.due_on else "–"}
    record(event=events.appraising.RECEIVED, by=by, subject=nomination_ref(taken.nomination), at=at, payload=payload, reason=reason)
    return row


@action
def ask_to_complete(*, appraisal: Appraisal, reason: str, by: Actor, at: datetime) -> AppraisalAct:
    """The dossier lacks something: the proposer completes it. The act keeps the day by which that should have been said; said later, it
    is kept as late. Raises Refused at reason."""
    taken = _taken(appraisal, "asked", by, at, ("confirmed", "incomplete"))
    reason = clean(reason, "reason", 1000)
    came = clocks.arrived(taken.acts)
    due = {"due_on": came.due_on, "known": came.known, "rule": came.rule} if came else {"due_on": None, "known": False, "rule": ""}
    row = _act(taken, "asked", by, at, reason=reason, **due)
    if taken.nomination.state == "confirmed":
        move(taken.nomination, "asked", by, at, reason, {"authority": taken.authority})
    late = max(-clocks.distance(day_of(at), row.due_on, ruling.calendar()), 0) if row.due_on else 0
    payload = {"authority": taken.authority, "due_on": row.due_on.isoformat() if row.due_on else "–", "days_late": late}
    record(event=events.appraising.ASKED, by=by, subject=nomination_ref(taken.nomination), at=at, payload=payload, reason=reason)
    return row


@action
def agree_to(*, appraisal: Appraisal, by: Actor, at: datetime, reason: str = "") -> AppraisalAct:
    """The authority agrees. Once all have and every look-alike is settled, the nomination goes before the council."""
    taken = _taken(appraisal, "agreed", by, at, ("confirmed",))
    row = _act(taken, "agreed", by, at, reason=clean(reason, "reason", 1000, required=False))
    record(event=events.appraising.AGREED, by=by, subject=nomination_ref(taken.nomination), at=at, payload={"authority": taken.authority}, reason=row.reason)
    conclude_if_ready(taken.nomination, by, at)
    return row


@action
def decline_nomination(*, appraisal: Appraisal, reason: str, by: Actor, at: datetime) -> AppraisalAct:
    """The authority does not agree. The issuer's word ends the nomination; a partner's is an opinion that keeps it from being agreed until
    the issuer declines too or the partner takes it up again. Raises Refused at reason."""
    taken = _taken(appraisal, "declined", by, at, ("confirmed", "incomplete"))
    reason = clean(reason, "reason", 1000)
    row = _act(taken, "declined", by, at, reason=reason)
    if taken.appraisal.lead:
        move(taken.nomination, "declined", by, at, reason, {"authority": taken.authority})
    payload = {"authority": taken.authority, "lead": taken.appraisal.lead}
    record(event=events.appraising.DECLINED, by=by, subject=nomination_ref(taken.nomination), at=at, payload=payload, reason=reason)
    return row


@action
def receive_many(*, appraisals: Sequence[Appraisal], by: Actor, at: datetime) -> list[Outcome]:
    """Receive many dossiers; each row stands for itself, and a refused one says why. Ended appraisals are not taken up again this way."""
    return [_one(appraisal, "received", by, at) for appraisal in appraisals]


@action
def agree_many(*, appraisals: Sequence[Appraisal], by: Actor, at: datetime) -> list[Outcome]:
    """Agree to many; each row stands for itself, and a refused one says why."""
    return [_one(appraisal, "agreed", by, at) for appraisal in appraisals]


def _one(appraisal: Appraisal, kind: str, by: Actor, at: datetime) -> Outcome:
    act = receive_dossier if kind == "received" else agree_to
    try:
        act(appraisal=appraisal, by=by, at=at)
    except Refused as refused:
        return Outcome(appraisal, refused.message)
    return Outcome(appraisal)


@action
def conclude_appraisal(*, nomination: Nomination, by: Actor, at: datetime) -> Nomination:
    """Send a nomination before the council whose last hindrance went away by itself, such as a look-alike that was withdrawn.

    Raises Refused with what still stands in the way.
    """
    held = locked(nomination)
    if not queries.appraises_any(by, held, day_of(at)):
        raise Refused(_("You do not appraise for this authority."))
    take_side(held, Side.DECIDE, "concluded", by, at)
    reasons = queries.hindrances(held, day_of(at))
    if reasons:
        raise Refused(" ".join(reasons))
    if not conclude_if_ready(held, by, at):
        raise Refused(_("This cannot be done while the nomination stands at “%(state)s”.") % {"state": State(held.state).label})
    return held


def conclude_if_ready(nomination: Nomination, by: Actor, at: datetime) -> bool:
    """Move an open nomination on to “agreed” when every authority has agreed and no look-alike is unsettled."""
    if nomination.state != "confirmed" or queries.hindrances(nomination, day_of(at)):
        return False
    move(nomination, "agreed", by, at)
    count = nomination.appraisals.count()
    record(event=events.appraising.APPRAISED, by=by, subject=nomination_ref(nomination), at=at, payload={"count": count})
    return True
