"""What a desk's device needs: who it is, and the short list that it keeps while it is cut off."""
from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from soket.conferences.core.presence import badge_text, digest
from soket.conferences.models import Device, Site
from soket.conferences.queries import attendance
from soket.conferences.queries.naming import unit_names
from soket.conferences.rules import DeskActor


def device(token: str, at: datetime) -> tuple[Device, DeskActor] | None:
    """The device of that secret while it may keep its desk."""
    if not token or len(token) > 100:
        return None
    found = Device.objects.filter(token_sha256=digest(token), revoked_at=None, until__gt=at, site__withdrawn_at=None).select_related("site__conference").first()
    return (found, DeskActor(found.pk, found.site_id, f"{found.label}, {found.site.name}")) if found else None


def devices(site: Site) -> list[Device]:
    """Those let in and not shut out, newest first."""
    return list(site.devices.filter(revoked_at=None).order_by("-since", "-pk"))


def one_device(site: Site, device_id: int) -> Device | None:
    return site.devices.filter(pk=device_id, revoked_at=None).select_related("site__conference").first()


def listed(site: Site) -> list[dict[str, Any]]:
    """Number, name, titles, unit and state of everyone on the site's list or counted there; the badge only as a digest, no ids."""
    rows = attendance.people(site.conference, site=site)
    names = unit_names({one.unit for one in rows}, site.conference)
    badges = dict(site.conference.delegates.filter(pk__in=[one.id for one in rows]).values_list("pk", "badge"))
    return [
        {
            "n": one.number, "name": one.name, "titles": list(one.titles), "unit": names[one.unit], "as": one.capacity,
            "here": site.pk in one.where.sites and not one.where.waits, "waits": one.where.waits,
            "q": hashlib.sha256(badge_text(site.conference.code, badges[one.id]).encode()).hexdigest()[:24],
        }
        for one in rows
    ]  # fmt: skip
