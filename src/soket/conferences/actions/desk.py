"""A site's desk: its devices, the number of people in the hall, awards handed over, and its signs of life."""
from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations.models import Award
from soket.conferences import events
from soket.conferences.actions.awards import handed, kept_for, taken_back
from soket.conferences.actions.shared import clean, locked, ref, require_serves
from soket.conferences.core.presence import digest
from soket.conferences.models import Beat, Device, Handover, Headcount, Site
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action

DEVICES = 20
GAP = timedelta(seconds=40)
MOST = 20_000


@action
def let_in_device(*, site: Site, label: str, by: Actor, at: datetime) -> tuple[Device, str]:
    """Let a phone or laptop keep the site's desk until the day after the conference, or for a day where it begins late. Returns it and
    its secret, which is not kept.

    Raises Refused at label, when the session has ended, or beyond twenty devices at the site.
    """
    conference = locked(site.conference)
    require_serves(by, site, at)
    until = max(conference.ends_at, at) + timedelta(days=1)
    if conference.stage in ("ended", "concluded") and conference.ends_at + timedelta(days=1) <= at:
        raise Refused(_("The day of this conference is over."), field="label")
    if site.withdrawn_at is not None:
        raise Refused(_("There is no such site at this conference."), field="label")
    if Device.objects.filter(site=site, revoked_at=None).count() >= DEVICES:
        raise Refused(_("This site has twenty devices. Shut one out first."), field="label")
    token = secrets.token_urlsafe(24)
    made = Device(site=site, label=clean(label, "label", 100), token_sha256=digest(token), since=at, until=until, by_label=by.actor_label)
    made.save(force_insert=True)
    record(event=events.day.DEVICE_LET_IN, by=by, subject=ref(conference), at=at, payload={"site": site.name, "device": made.label})
    return made, token


@action
def shut_out_device(*, device: Device, by: Actor, at: datetime) -> None:
    """The device no longer keeps the desk; what it scanned stays."""
    require_serves(by, device.site, at)
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at):
        record(event=events.day.DEVICE_SHUT_OUT, by=by, subject=ref(device.site.conference), at=at, payload={"site": device.site.name, "device": device.label})


@action
def count_heads(*, id: UUID, site: Site, count: int, device_at: datetime, by: Actor, at: datetime) -> Headcount:
    """Keep how many people are in the hall. The same id again gives the first row. Raises Refused at count (0 to 20,000)."""
    require_serves(by, site, at)
    known: Headcount | None = Headcount.objects.filter(pk=id).first()
    if known is not None:
        _same(known, site)
        return known
    if not 0 <= count <= MOST:
        raise Refused(_("This number lies outside what is possible here."), field="count")
    made = Headcount(id=id, site=site, count=count, device_at=min(device_at, at), at=at, by_label=by.actor_label)
    made.save(force_insert=True)
    record(event=events.day.COUNTED, by=by, subject=ref(site.conference), at=at, payload={"site": site.name, "count": count})
    return made


@action
def hand_over(
    *, id: UUID, site: Site, award: str = "", recipient: str = "", handed_by: str = "", device_at: datetime, by: Actor, at: datetime,
    given: Award | None = None,
) -> Handover:  # fmt: skip
    """Keep that an award was handed over here: what, to which unit or office, by which office. The same id again gives the first row.

    `given` is an award planned at this site: its words are those of its decision, and commendations keeps the handing over too. Raises
    Refused for one that is not planned here, was cancelled, or was handed over already.
    """
    require_serves(by, site, at)
    known: Handover | None = Handover.objects.filter(pk=id).first()
    if known is not None:
        _same(known, site)
        if given is not None and not kept_for(given, id):
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    if given is not None:
        award, recipient, handed_by = handed(id, site, given, device_at, by, at)
    made = Handover(
        id=id, site=site, award=clean(award, "award", 300), recipient=clean(recipient, "recipient", 300), handed_by=clean(handed_by, "handed_by", 300),
        device_at=min(device_at, at), at=at, by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    payload = {"site": site.name, "award": made.award, "recipient": made.recipient}
    record(event=events.day.HANDED_OVER, by=by, subject=ref(site.conference), at=at, payload=payload)
    return made


@action
def strike_handover(*, id: UUID, handover: Handover, by: Actor, at: datetime) -> Handover:
    """Say that a handing over was kept by mistake: both rows stay. The same one again gives the first row. What commendations kept of it
    is taken back too."""
    site = handover.site
    require_serves(by, site, at)
    known: Handover | None = Handover.objects.filter(strikes=handover).first()
    if known is not None:
        return known
    if handover.strikes_id is not None:
        raise Refused(_("There is nothing to take back."), field="id")
    taken_back(id, handover.pk, by, at)
    made = Handover(
        id=id, site=site, award=handover.award, recipient=handover.recipient, handed_by=handover.handed_by, strikes=handover, device_at=at, at=at,
        by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    payload = {"site": site.name, "award": made.award, "recipient": made.recipient}
    record(event=events.day.HANDOVER_STRUCK, by=by, subject=ref(site.conference), at=at, payload=payload)
    return made


def _same(known: Headcount | Handover, site: Site) -> None:
    if known.site_id != site.pk:
        raise Refused(_("This id already belongs to another act."), field="id")


@action
def beat(*, site: Site, sequence: int, delay_ms: int | None, waiting: int, link: str, by: Actor, at: datetime) -> None:
    """A sign of life of the site's page. A measurement and no act: overwritten, and not in the record."""
    require_serves(by, site, at)
    values = {
        "at": at, "sequence": max(0, min(sequence, 10**9)), "delay_ms": None if delay_ms is None else max(0, min(delay_ms, 600_000)),
        "waiting": max(0, min(waiting, 100_000)), "link": link if link in ("live", "polling") else "polling",
    }  # fmt: skip
    rows = Beat.objects.filter(site=site)
    if rows.filter(at__gte=at - GAP).update(**values):
        return
    if not rows.update(since=at, **values):
        Beat(site=site, since=at, **values).save(force_insert=True)
