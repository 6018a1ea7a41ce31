"""Invitations frozen as they are sent, and the answers, with others sent in one's place."""
from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events, rules
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.core import invitation as core
from soket.conferences.models import Conference, Delegate, Invitation, Reply, Title
from soket.conferences.models.planning import Answer, DelegateState, Stage
from soket.conferences.queries import inviting as queries
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action

REPLIES = 30  # answers to one invitation
BATCH = 500


@dataclass(frozen=True)
class SubstituteDraft:
    """Who comes instead: titles in the order in which they are read, and in what capacity. The name may be empty."""

    titles: Sequence[str]
    capacity: str
    name: str = ""


@action
def invite(*, conference: Conference, by: Actor, at: datetime, delegates: Sequence[int] | None = None) -> int:
    """Freeze an invitation for each delegate (id; None: everyone) not told yet of what now holds. Returns how many were sent.

    An answer given before stays unless the time, the site or the person changed. Refused once the session has begun.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    if conference.stage != Stage.PLANNING:
        raise Refused(_("The session has begun: nobody is invited any more."))
    wanted = [one for one in queries.to_send(conference) if delegates is None or one.delegate.pk in set(delegates)]
    Invitation.objects.bulk_create(
        (Invitation(delegate=one.delegate, number=one.number, body=canonical(one.body).decode(), at=at, by_label=by.actor_label) for one in wanted),
        batch_size=BATCH,
    )  # fmt: skip
    asked = [one.delegate.pk for one in wanted if not one.keeps_answer]
    for start in range(0, len(asked), BATCH):
        Delegate.objects.filter(pk__in=asked[start : start + BATCH]).update(state=DelegateState.INVITED)
    if wanted:
        numbers = [one.delegate.number for one in wanted[:5000]]
        record(event=events.inviting.INVITED, by=by, subject=ref(conference), at=at, payload={"count": len(wanted), "numbers": numbers})
    return len(wanted)


@action
def reply(
    *, invitation: Invitation, answer: str, by: Actor, at: datetime, note: str = "", name: str = "", substitute: SubstituteDraft | None = None
) -> Reply:  # fmt: skip
    """Answer an invitation: by the holder of its key, the unit's reporter or the office. May be repeated until the session starts.

    `name` names the delegate where the invitation named nobody. Sending another makes a delegate of their own, invited and accepted,
    who may send another in turn; an answer given later takes those sent before off the list.
    Raises Refused at answer, note (none with a refusal), name, titles, capacity.
    """
    conference = locked(invitation.delegate.conference)
    delegate = Delegate.objects.select_for_update(of=("self",)).select_related("site", "stands_for", "conference").get(pk=invitation.delegate_id)
    if not rules.answers_invitation(by, delegate, day_of(at)):
        raise Refused(_("Only the invited, their unit or the office may answer."))
    _still_open(conference, delegate, invitation, at)
    if answer not in Answer.values:
        raise Refused(_("Choose one from the list."), field="answer")
    said = clean(note, "note", 500, required=answer == Answer.NO)
    sent = _stand_in(delegate, substitute, by, at) if answer == Answer.SUBSTITUTE else _none_sent(delegate)
    states = {Answer.YES: DelegateState.ACCEPTED, Answer.NO: DelegateState.DECLINED, Answer.SUBSTITUTE: DelegateState.REPLACED}
    named = clean(name, "name", 120, required=False) if answer == Answer.YES and not queries.said(invitation)["delegate"]["name"] else delegate.name
    Delegate.objects.filter(pk=delegate.pk).update(state=states[Answer(answer)], name=named)
    made = Reply(invitation=invitation, answer=answer, note=said, substitute=sent, at=at, by_label=by.actor_label)
    made.save(force_insert=True)
    payload = {"number": delegate.number, "answer": answer, "substitute": sent.number if sent else 0}
    record(event=events.inviting.REPLIED, by=by, subject=ref(conference), at=at, payload=payload)
    return made


def _still_open(conference: Conference, delegate: Delegate, invitation: Invitation, at: datetime) -> None:
    if not queries.answerable(conference, at):
        raise Refused(_("The session has begun: answers are no longer taken."))
    if delegate.state == DelegateState.WITHDRAWN:
        raise Refused(_("This delegate was taken off the list."))
    if invitation.pk != queries.newest_of(delegate).pk:
        raise Refused(_("A newer invitation was sent meanwhile. Load the page again."))
    if invitation.replies.count() >= REPLIES:
        raise Refused(_("This invitation was answered too often. Ask the office to change the answer."))


def _none_sent(delegate: Delegate) -> Delegate | None:
    """Those sent in place of the delegate leave the list; the place is free again. There is nobody in it then."""
    found = queries.below(delegate)
    if found:
        Delegate.objects.filter(pk__in=[one.pk for one in found]).update(state=DelegateState.WITHDRAWN)
        Delegate.objects.filter(pk=found[0].pk).update(stands_for=None)
    return None


def _stand_in(delegate: Delegate, draft: SubstituteDraft | None, by: Actor, at: datetime) -> Delegate:
    if draft is None:
        raise Refused(_("This field is required."), field="titles")
    titles = [clean(title, "titles", 200) for title in draft.titles if title.strip()]
    if not 1 <= len(titles) <= 8:
        raise Refused(_("Give between one and eight titles, one a line."), field="titles")
    name, capacity = clean(draft.name, "name", 120, required=False), clean(draft.capacity, "capacity", 200)
    links = queries.standings(delegate)
    if core.stands_in(links, core.Standing(name, tuple(titles))):
        raise Refused(_("This person already stands in this chain of substitutes."), field="titles")
    if len(links) >= core.LONGEST:
        raise Refused(_("The place was passed on too often. Ask the office."), field="titles")
    _none_sent(delegate)
    conference = delegate.conference
    last = conference.delegates.order_by("-number").values_list("number", flat=True).first() or 0
    made = Delegate(
        conference=conference, site=delegate.site, unit_id=delegate.unit_id, number=last + 1, order=delegate.order, role=delegate.role, name=name,
        badge=secrets.token_urlsafe(18), key=secrets.token_urlsafe(24), state=DelegateState.ACCEPTED, stands_for=delegate, capacity=capacity,
    )  # fmt: skip
    made.save(force_insert=True)
    Title.objects.bulk_create(Title(delegate=made, order=place, text=text) for place, text in enumerate(titles))
    body = queries.bodies(conference, [queries.listed(conference).get(pk=made.pk)])[made.pk]
    Invitation(delegate=made, number=1, body=canonical(body).decode(), at=at, by_label=by.actor_label).save(force_insert=True)
    return made
