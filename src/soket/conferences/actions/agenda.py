"""The working agenda, and issuing it as a numbered version with its change list."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import AgendaItem, AgendaVersion, Conclusion, Conference, Delegate, ItemKind, Paper, Speech
from soket.conferences.queries import agenda as queries
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused, action

LONGEST = 600
"""Minutes of one line at most: ten hours."""


@action
def put_item(
    *, conference: Conference, kind: str, title: str, minutes: int, by: Actor, at: datetime, item: AgendaItem | None = None,
    parent: AgendaItem | None = None, starts_at: datetime | None = None, speaker: Delegate | None = None, paper: Paper | None = None,
) -> AgendaItem:  # fmt: skip
    """Write a line: a new one at the end of its level, or `item` anew in its place.

    Raises Refused at kind, title, minutes, starts_at (before the conference begins), parent (two levels only),
    speaker or paper (of another conference, or taken off).
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    _check(conference, kind, minutes, starts_at, item, parent, speaker, paper)
    row = item or AgendaItem(conference=conference, order=_next_order(conference))
    row.kind, row.title, row.minutes, row.starts_at = kind, clean(title, "title", 300), minutes, starts_at
    row.parent, row.speaker, row.paper = parent, speaker, paper
    row.save()
    record(event=events.agenda.ITEM_PUT, by=by, subject=ref(conference), at=at, payload={"item": row.pk, "title": row.title, "minutes": minutes})
    return row


def _next_order(conference: Conference) -> int:
    last = conference.agenda.order_by("-order").values_list("order", flat=True).first()
    return 10 if last is None else last + 10


def _check(
    conference: Conference, kind: str, minutes: int, starts_at: datetime | None, item: AgendaItem | None, parent: AgendaItem | None,
    speaker: Delegate | None, paper: Paper | None,
) -> None:  # fmt: skip
    if kind not in ItemKind.values:
        raise Refused(_("Choose a kind of line."), field="kind")
    if not 1 <= minutes <= LONGEST:
        raise Refused(_("A line lasts between 1 and 600 minutes."), field="minutes")
    if starts_at is not None and starts_at < conference.starts_at:
        raise Refused(_("The line begins before the conference does."), field="starts_at")
    for field, row in (("item", item), ("parent", parent), ("speaker", speaker), ("paper", paper)):
        if row is not None and row.conference_id != conference.pk:
            raise Refused(_("This belongs to another conference."), field=field)
    if parent is not None and (parent.parent_id is not None or (item is not None and (item.pk == parent.pk or item.children.exists()))):
        raise Refused(_("The agenda has two levels: a line under a line cannot hold another."), field="parent")
    if speaker is not None and speaker.state in ("withdrawn", "replaced"):
        raise Refused(_("This delegate is no longer on the list."), field="speaker")
    if paper is not None and paper.state == "dropped":
        raise Refused(_("This paper will not be presented."), field="paper")


@action
def move_item(*, item: AgendaItem, up: bool, by: Actor, at: datetime) -> None:
    """Change places with the neighbour on the same level; at the edge nothing happens."""
    conference = locked(item.conference)
    require_runs(by, conference, at)
    level = list(conference.agenda.filter(parent=item.parent_id).order_by("order", "pk"))
    place = next(index for index, row in enumerate(level) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(level):
        return
    level[place], level[other] = level[other], level[place]
    for order, row in enumerate(level, 1):
        if row.order != order * 10:
            AgendaItem.objects.filter(pk=row.pk).update(order=order * 10)
    record(event=events.agenda.ITEM_MOVED, by=by, subject=ref(conference), at=at, payload={"item": item.pk, "title": item.title})


@action
def drop_item(*, item: AgendaItem, by: Actor, at: datetime) -> None:
    """Take a line, and those under it, out of the working agenda; issued versions keep it. Refused when a conclusion or speech names it."""
    conference = locked(item.conference)
    require_runs(by, conference, at)
    ids = [item.pk, *item.children.values_list("pk", flat=True)]
    if Conclusion.objects.filter(item_id__in=ids).exists() or Speech.objects.filter(item_id__in=ids).exists():
        raise Refused(_("A conclusion or a speech belongs to this line, so it stays."), field="item")
    payload = {"item": item.pk, "title": item.title}
    AgendaItem.objects.filter(parent_id=item.pk).delete()
    AgendaItem.objects.filter(pk=item.pk).delete()
    record(event=events.agenda.ITEM_DROPPED, by=by, subject=ref(conference), at=at, payload=payload)


@action
def issue_agenda(*, conference: Conference, by: Actor, at: datetime, note: str = "") -> AgendaVersion:
    """Copy the working agenda into the next numbered version with its change list.

    Raises Refused at agenda: nothing planned, two lines overlap (both are named), or nothing changed.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    plan = queries.working(conference)
    if not plan.rows:
        raise Refused(_("Write at least one line first."), field="agenda")
    if plan.clashes:
        words = "; ".join(gettext("“%(one)s” and “%(other)s”") % {"one": one, "other": other} for one, other in plan.clashes)
        raise Refused(gettext("These lines overlap in time: %(pairs)s.") % {"pairs": words}, field="agenda")
    body, changed = queries.body_of(conference), queries.pending_changes(conference)
    newest = conference.versions.order_by("-number").first()
    if newest is not None and not changed:
        raise Refused(_("Nothing has changed since the last version."), field="agenda")
    row = AgendaVersion(
        conference=conference, number=newest.number + 1 if newest else 1, body=canonical(body).decode(),
        changes=canonical(changed if newest else []).decode(), note=clean(note, "note", 500, required=False), at=at, by_label=by.actor_label,
    )
    row.save(force_insert=True)
    payload = {"number": row.number, "lines": len(body), "changes": len(changed) if newest else 0}
    record(event=events.agenda.AGENDA_ISSUED, by=by, subject=ref(conference), at=at, payload=payload, reason=row.note)
    return row
