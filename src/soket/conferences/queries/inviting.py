"""Invitations: what each would say, which have to be sent, what was answered, and who waits to answer."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.conferences.core import invitation as core
from soket.conferences.core.ical import CalendarEvent
from soket.conferences.models import Conference, Delegate, Invitation, Reply, Site
from soket.conferences.models.planning import DelegateState, Stage
from soket.conferences.queries.naming import unit_names
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM, day_of
from soket.ui.work import WorkItem

GONE = (DelegateState.WITHDRAWN, DelegateState.REPLACED)
BATCH = 500


@dataclass(frozen=True)
class ToSend:
    """A delegate who has not been told what now holds. `number` is that of the invitation to come."""

    delegate: Delegate
    body: dict[str, Any]
    number: int
    keeps_answer: bool


@dataclass(frozen=True)
class Row:
    """One invited delegate: what the newest invitation says, the newest answer, whom they stand in for."""

    delegate: Delegate
    invitation: Invitation | None
    said: dict[str, Any]
    reply: Reply | None
    stands_for: str

    @property
    def titles(self) -> str:
        return ", ".join(self.said["delegate"]["titles"])


def bodies(conference: Conference, delegates: Sequence[Delegate]) -> dict[int, dict[str, Any]]:
    """What an invitation would say now, by delegate. Rows come with site, titles and stands_for."""
    names = unit_names({row.unit_id for row in delegates}, conference)
    agenda = conference.versions.order_by("-number").values_list("number", flat=True).first() or 0
    held = {
        "code": conference.code, "title": conference.title, "chaired_by": conference.chaired_by, "place": conference.place, "symbol": conference.symbol,
        "starts_at": conference.starts_at.astimezone(VIETNAM).isoformat(), "ends_at": conference.ends_at.astimezone(VIETNAM).isoformat(),
    }  # fmt: skip
    return {row.pk: core.body(held, _delegate(row, names[row.unit_id]), _site(row.site), agenda) for row in delegates}


def _delegate(row: Delegate, unit: str) -> dict[str, Any]:
    return {
        "number": row.number, "name": row.name, "role": row.role, "titles": [title.text for title in row.titles.all()], "unit_id": row.unit_id,
        "unit": unit, "stands_for": row.stands_for.number if row.stands_for else 0, "capacity": row.capacity,
    }  # fmt: skip


def _site(site: Site) -> dict[str, Any]:
    return {"id": site.pk, "name": site.name, "kind": site.kind, "room": site.room, "address": site.address}


def listed(conference: Conference) -> QuerySet[Delegate]:
    """Those on the list, in protocol order, with all that an invitation says."""
    rows = conference.delegates.exclude(state__in=GONE).select_related("site", "stands_for", "conference").prefetch_related("titles")
    return rows.order_by("order", "number")


def newest(conference: Conference, delegates: Sequence[int] | None = None) -> dict[int, Invitation]:
    """The newest invitation of each delegate who has one."""
    rows = Invitation.objects.filter(delegate__conference=conference)
    if delegates is not None:
        rows = rows.filter(delegate_id__in=delegates)
    return {row.delegate_id: row for row in rows.order_by("delegate_id", "number")}


def said(found: Invitation) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(found.body)
    return body


def to_send(conference: Conference) -> list[ToSend]:
    """Those never invited, and those whose invitation no longer holds, in protocol order."""
    rows, known = list(listed(conference)), newest(conference)
    now, made = bodies(conference, rows), []
    for row in rows:
        sent = known.get(row.pk)
        was = said(sent) if sent else None
        if sent is None or was is None:
            made.append(ToSend(row, now[row.pk], 1, False))
        elif core.differs(was, now[row.pk]):
            made.append(ToSend(row, now[row.pk], sent.number + 1, not core.asks_anew(was, now[row.pk])))
    return made


def rows(conference: Conference, delegates: Sequence[Delegate]) -> list[Row]:
    """The delegates given with their invitations and answers. As many queries for one as for many."""
    ids = [row.pk for row in delegates]
    known = newest(conference, ids)
    answers: dict[int, Reply] = {}
    for reply in Reply.objects.filter(invitation__delegate_id__in=ids).select_related("substitute").order_by("pk"):
        answers[reply.invitation_id] = reply
    by_delegate = {pk: answers.get(found.pk) for pk, found in known.items()}
    now = bodies(conference, delegates)
    return [
        Row(row, known.get(row.pk), said(known[row.pk]) if row.pk in known else now[row.pk], by_delegate.get(row.pk), standing(row)) for row in delegates
    ]


def standing(delegate: Delegate) -> str:
    """“dự thay số 12, với tư cách …”, or nothing."""
    if delegate.stands_for is None:
        return ""
    return _("in place of delegate %(number)s, as %(capacity)s") % {"number": delegate.stands_for.number, "capacity": delegate.capacity}


def chain(delegate: Delegate) -> list[Delegate]:
    """From the one first invited to this delegate."""
    found, seen, at = [delegate], {delegate.pk}, delegate.stands_for
    while at is not None and at.pk not in seen:
        found.append(at)
        seen.add(at.pk)
        at = at.stands_for
    return found[::-1]


def standings(delegate: Delegate) -> list[core.Standing]:
    return [core.Standing(one.name, tuple(title.text for title in one.titles.all())) for one in chain(delegate)]


def below(delegate: Delegate) -> list[Delegate]:
    """Those who stand in for this delegate, the nearest first."""
    found: list[Delegate] = []
    at = Delegate.objects.filter(stands_for=delegate).first()
    while at is not None and len(found) <= core.LONGEST:
        found.append(at)
        at = Delegate.objects.filter(stands_for=at).first()
    return found


def by_key(key: str) -> Delegate | None:
    """The delegate invited under that key; nobody before an invitation was sent."""
    if not 0 < len(key) <= 40:
        return None
    return _invited().filter(key=key).first()


def _invited() -> QuerySet[Delegate]:
    found = Delegate.objects.filter(invitations__number=1)
    return found.select_related("site", "conference", "stands_for").prefetch_related("titles")


def invited(conference: Conference, delegate_id: int) -> Delegate | None:
    return _invited().filter(conference=conference, pk=delegate_id).first()


def newest_of(delegate: Delegate) -> Invitation:
    return Invitation.objects.filter(delegate=delegate).select_related("delegate__conference").latest("number")


def history(delegate: Delegate) -> list[Reply]:
    """All answers of the delegate, newest first."""
    return list(Reply.objects.filter(invitation__delegate=delegate).select_related("substitute").order_by("-pk"))


def answerable(conference: Conference, at: datetime) -> bool:
    """Answers are taken until the session starts."""
    return conference.stage == Stage.PLANNING and at < conference.starts_at


def of_units(actor: Actor, conference: Conference, day: date) -> QuerySet[Delegate]:
    """Invited delegates of the units that the actor reports for, those replaced included, in protocol order."""
    reach = actor.reach(Office.REPORT, day)
    found = conference.delegates.filter(invitations__number=1).exclude(state=DelegateState.WITHDRAWN)
    mine = found if reach.everything else found.filter(unit_id__in=list(reach.units))
    return mine.select_related("site", "stands_for", "conference").prefetch_related("titles").order_by("order", "number")


def waiting(actor: Actor, at: datetime) -> list[WorkItem]:
    """Conferences to come that invited units of the actor and have no answer yet."""
    reach = actor.reach(Office.REPORT, day_of(at))
    if not reach.everything and not reach.units:
        return []
    open_ = Delegate.objects.filter(state=DelegateState.INVITED, conference__stage=Stage.PLANNING, conference__starts_at__gt=at)
    mine = open_ if reach.everything else open_.filter(Q(unit_id__in=list(reach.units)))
    counts: dict[int, int] = {}
    for pk in mine.values_list("conference_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return [
        WorkItem(
            title=row.title, detail=_("Reply to the invitation"), url=reverse("conferences:unit_replies", args=[row.slug]), due=row.starts_at,
            count=counts[row.pk],
        )
        for row in Conference.objects.filter(pk__in=list(counts)).order_by("starts_at", "pk")
    ]  # fmt: skip


def event_of(delegate: Delegate, url: str = "") -> CalendarEvent:
    """The delegate's calendar entry: what the newest invitation says, with the newest agenda. The sequence grows with either."""
    found = newest_of(delegate)
    body, agenda = said(found), delegate.conference.versions.order_by("-number").first()
    held, site = body["conference"], body["site"]
    gone = delegate.state in GONE
    lines = [f"{datetime.fromisoformat(line['starts_at']).astimezone(VIETNAM):%H:%M} {line['title']}" for line in json.loads(agenda.body)] if agenda else []
    return CalendarEvent(
        uid=f"{held['code']}-{body['delegate']['number']}@soket", sequence=found.number - 1 + (agenda.number if agenda else 0) + gone,
        stamp=max(found.at, agenda.at) if agenda else found.at, starts_at=datetime.fromisoformat(held["starts_at"]),
        ends_at=datetime.fromisoformat(held["ends_at"]), summary=held["title"], description="\n".join([held["chaired_by"], *lines]),
        location=", ".join(part for part in (site["room"], site["name"], site["address"]) if part), organiser=held["chaired_by"], url=url, cancelled=gone,
    )  # fmt: skip


def counts(conference: Conference) -> dict[str, int]:
    """Delegates on the list by state."""
    found = dict.fromkeys(("listed", "invited", "accepted", "declined"), 0)
    for state in conference.delegates.exclude(state__in=GONE).values_list("state", flat=True):
        found[state] += 1
    return found
