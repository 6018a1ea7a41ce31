"""Delegates put on the list by the hundred, changed, and set in protocol order."""
from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.core.delegates import DelegateDraft, moved
from soket.conferences.models import Conference, Delegate, Site, Title
from soket.conferences.models.planning import DelegateRole, Stage
from soket.conferences.queries import inviting as queries
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations

MOST = 5000
BATCH = 500


def require_open(conference: Conference) -> None:
    """Refused once the session has ended: what was planned is then part of the record."""
    if conference.stage not in (Stage.PLANNING, Stage.LIVE):
        raise Refused(_("The conference has ended: what was planned no longer changes."))


@action
def add_delegates(*, conference: Conference, drafts: Sequence[DelegateDraft], by: Actor, at: datetime) -> int:
    """Put all of them on the list, last in protocol order in the order given, or none. Returns how many.

    Raises Refused with one error for each wrong cell under "INDEX.FIELD" (site, unit, titles, name, role).
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    require_open(conference)
    if len(drafts) > MOST:
        raise Refused(_("Too many lines at once: at most %(most)s.") % {"most": MOST})
    sites = set(conference.sites.filter(withdrawn_at=None).values_list("pk", flat=True))
    read: list[tuple[str, list[str]]] = []
    wrong: dict[str, Any] = {}
    for index, draft in enumerate(drafts):
        cells, faults = _checked(draft, sites, conference)
        read.append(cells)
        wrong |= {f"{index}.{field}": message for field, message in faults.items()}
    if wrong:
        raise Refused(_("Some delegates cannot be put on the list."), errors=wrong)
    last = conference.delegates.order_by("-number").values_list("number", flat=True).first() or 0
    made = Delegate.objects.bulk_create(
        [
            Delegate(
                conference=conference, site_id=draft.site, unit_id=draft.unit, number=number, order=number * 10, role=draft.role, name=name,
                badge=secrets.token_urlsafe(18), key=secrets.token_urlsafe(24),
            )
            for number, (draft, (name, _titles)) in enumerate(zip(drafts, read, strict=True), last + 1)
        ], batch_size=BATCH,
    )  # fmt: skip
    Title.objects.bulk_create(
        (Title(delegate=row, order=place, text=text) for row, (_name, titles) in zip(made, read, strict=True) for place, text in enumerate(titles)),
        batch_size=BATCH,
    )  # fmt: skip
    if made:
        payload = {"count": len(made), "first": last + 1, "last": last + len(made)}
        record(event=events.inviting.LISTED, by=by, subject=ref(conference), at=at, payload=payload)
    return len(made)


def _checked(draft: DelegateDraft, sites: set[int], conference: Conference) -> tuple[tuple[str, list[str]], dict[str, Any]]:
    faults: dict[str, Any] = {}
    name = ""
    titles: list[str] = []
    if draft.site not in sites:
        faults["site"] = _("There is no such site at this conference.")
    if organisations.unit_at(draft.unit, day_of(conference.starts_at)) is None:
        faults["unit"] = _("The unit does not exist on that day.")
    if draft.role not in DelegateRole.values:
        faults["role"] = _("Choose one from the list.")
    try:
        titles = _titles(draft.titles)
        name = clean(draft.name, "name", 120, required=False)
    except Refused as refused:
        faults |= refused.errors
    return (name, titles), faults


def _titles(texts: Sequence[str]) -> list[str]:
    read = [clean(text, "titles", 200) for text in texts if text.strip()]
    if not 1 <= len(read) <= 8:
        raise Refused(_("Give between one and eight titles, one a line."), field="titles")
    return read


@action
def change_delegate(*, delegate: Delegate, titles: Sequence[str], name: str, role: str, site: Site, by: Actor, at: datetime) -> list[str]:
    """Write what the list says of a delegate; invitations sent keep what they said. Returns what changed.

    Raises Refused at titles, name, role, site.
    """
    conference = locked(delegate.conference)
    require_runs(by, conference, at)
    require_open(conference)
    if site.conference_id != conference.pk or site.withdrawn_at is not None:
        raise Refused(_("There is no such site at this conference."), field="site")
    if role not in DelegateRole.values:
        raise Refused(_("Choose one from the list."), field="role")
    new: dict[str, Any] = {"titles": _titles(titles), "name": clean(name, "name", 120, required=False), "role": role, "site_id": site.pk}
    held = Delegate.objects.get(pk=delegate.pk)
    was: dict[str, Any] = {"titles": [title.text for title in held.titles.all()], "name": held.name, "role": held.role, "site_id": held.site_id}
    changed = [field for field, value in new.items() if was[field] != value]
    if not changed:
        return []
    if "titles" in changed:
        Title.objects.filter(delegate=held).delete()
        Title.objects.bulk_create(Title(delegate=held, order=place, text=text) for place, text in enumerate(new["titles"]))
    Delegate.objects.filter(pk=held.pk).update(name=new["name"], role=role, site=site)
    record(event=events.inviting.DELEGATE_CHANGED, by=by, subject=ref(conference), at=at, payload={"number": held.number, "changed": changed})
    return changed


@action
def put_order(*, conference: Conference, places: Mapping[int, int], by: Actor, at: datetime) -> int:
    """Set delegates (id) at new places of the protocol order, counted from 1. Returns how many rows moved."""
    conference = locked(conference)
    require_runs(by, conference, at)
    rows = list(queries.listed(conference).prefetch_related(None).select_related(None).only("pk", "order"))
    known = {row.pk: row for row in rows}
    if any(one not in known for one in places):
        raise Refused(_("There is no such delegate on the list."))
    if any(place < 1 for place in places.values()):
        raise Refused(_("Places are counted from 1."))
    wanted = moved(list(known), dict(places))
    if wanted == list(known):
        return 0
    shifted = []
    for place, pk in enumerate(wanted, 1):
        if known[pk].order != place * 10:
            known[pk].order = place * 10
            shifted.append(known[pk])
    Delegate.objects.bulk_update(shifted, ["order"], batch_size=BATCH)
    record(event=events.inviting.ORDERED, by=by, subject=ref(conference), at=at, payload={"count": len(places)})
    return len(shifted)
