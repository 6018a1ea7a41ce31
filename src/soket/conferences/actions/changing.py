"""What is planned, changed: the conference itself and each site. Invitations sent keep what they said."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.delegates import require_open
from soket.conferences.actions.planning import KINDS
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import Conference, Site
from soket.conferences.models.planning import SiteKind, Stage
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations


@action
def change_conference(
    *, conference: Conference, title: str, chaired_by: str, starts_at: datetime, ends_at: datetime, place: str, symbol: str, budget_minutes: int, by: Actor,
    at: datetime,
) -> list[str]:  # fmt: skip
    """Write what is planned anew; code and address stay. Returns what changed.

    Raises Refused at title, chaired_by, starts_at (moved after it began), ends_at, place, symbol, budget_minutes.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    require_open(conference)
    if ends_at <= starts_at:
        raise Refused(_("The conference ends before it begins."), field="ends_at")
    if conference.stage != Stage.PLANNING and starts_at != conference.starts_at:
        raise Refused(_("The session has begun: its beginning no longer changes."), field="starts_at")
    if not 0 <= budget_minutes <= 600:
        raise Refused(_("This number lies outside what is possible here."), field="budget_minutes")
    new = {
        "title": clean(title, "title", 300), "chaired_by": clean(chaired_by, "chaired_by", 300), "starts_at": starts_at, "ends_at": ends_at,
        "place": clean(place, "place", 60), "symbol": clean(symbol, "symbol", 60, required=False), "budget_s": budget_minutes * 60,
    }  # fmt: skip
    changed = _changed(conference, new)
    if changed:
        Conference.objects.filter(pk=conference.pk).update(**new)
        record(event=events.inviting.CHANGED, by=by, subject=ref(conference), at=at, payload={"changed": changed})
    return changed


@action
def change_site(
    *, site: Site, name: str, host: int, room: str, address: str, capacity: int | None, secretary: str, by: Actor, at: datetime
) -> list[str]:  # fmt: skip
    """Write what is planned for a site. `secretary` is an office, `host` the id of the unit that keeps it. Returns what changed.

    Raises Refused at name, host (not there that day, or it keeps another site), room, address, capacity, secretary.
    """
    conference = locked(site.conference)
    require_runs(by, conference, at)
    require_open(conference)
    if capacity is not None and not 1 <= capacity <= 100_000:
        raise Refused(_("This number lies outside what is possible here."), field="capacity")
    node = organisations.unit_at(host, day_of(conference.starts_at))
    if node is None:
        raise Refused(_("The unit does not exist on that day."), field="host")
    if conference.sites.filter(host_id=host).exclude(pk=site.pk).exists():
        raise Refused(_("This unit keeps another site of the conference."), field="host")
    new = {
        "name": clean(name, "name", 200), "host_id": host, "kind": str(KINDS.get(node.level, SiteKind.COMMUNE)),
        "room": clean(room, "room", 200, required=False), "address": clean(address, "address", 300, required=False), "capacity": capacity,
        "secretary": clean(secretary, "secretary", 200, required=False),
    }  # fmt: skip
    changed = _changed(Site.objects.get(pk=site.pk), new)
    if changed:
        Site.objects.filter(pk=site.pk).update(**new)
        record(event=events.inviting.SITE_CHANGED, by=by, subject=ref(conference), at=at, payload={"site": str(new["name"]), "changed": changed})
    return changed


def _changed(row: Any, new: dict[str, Any]) -> list[str]:
    return [field for field, value in new.items() if getattr(row, field) != value]
