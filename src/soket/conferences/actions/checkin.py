"""Scans from the desks: one, or the hundreds that a site kept while it was cut off. The same scan sent twice is one row."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs, require_serves
from soket.conferences.core import presence as core
from soket.conferences.models import Conference, Conflict, Delegate, Device, Scan, Settlement, Site
from soket.conferences.models.day import How, Outcome, Way
from soket.conferences.queries import attendance
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action

BATCH = 500
MOST_SKEW = 2**31 - 1  # what the column holds: 68 years; the correction itself is exact


@dataclass(frozen=True)
class ScanDraft:
    """One attempt as the desk sends it. `id` is made by the device, `raw` is what was read or typed, `device_at` the device's time."""

    id: UUID
    raw: str
    way: str
    how: str
    device_at: datetime
    offline: bool = False


@action
def check_in_many(
    *, site: Site, scans: Sequence[ScanDraft], device_now: datetime, by: Actor, at: datetime, device: Device | None = None
) -> list[Scan]:  # fmt: skip
    """Keep every attempt as a row, in the order given. `device_now` is the device's clock when it sent them.

    A scan whose id is known gives the row of the first time, whatever it holds now. Raises Refused at scans when there are more
    than 500 or one is of no known way.
    """
    if len(scans) > BATCH:
        raise Refused(_("At most 500 scans are sent at once."), field="scans")
    if any(one.way not in Way.values or one.how not in How.values for one in scans):
        raise Refused(_("This page was sent incompletely. Load it again."), field="scans")
    require_serves(by, site, at)
    if site.withdrawn_at is not None:
        raise Refused(_("There is no such site at this conference."), field="site")
    site = Site.objects.select_for_update(of=("self",)).select_related("conference").get(pk=site.pk)
    conference = site.conference
    found = _delegates(conference, scans)
    known = {row.pk: row for row in Scan.objects.filter(pk__in=[one.id for one in scans])}
    if any(row.site_id != site.pk for row in known.values()):
        raise Refused(_("This id already belongs to another act."), field="scans")
    past = _Past(conference, {d.pk for d in found.values()})
    made: dict[UUID, Scan] = {}
    for one in scans:
        if one.id in known or one.id in made:
            continue
        made[one.id] = _scan(one, site, device, found.get(one.id), past, device_now, by, at)
    Scan.objects.bulk_create(made.values())
    _conflicts(past, {row.delegate_id for row in made.values() if row.delegate_id}, at)
    if made:
        taken = sum(row.outcome in attendance.TAKEN for row in made.values())
        record(event=events.day.CHECKED_IN, by=by, subject=ref(conference), at=at, payload={"site": site.name, "count": len(made), "taken": taken})
    return [known.get(one.id) or made[one.id] for one in scans]


class _Past:
    """What is known of the delegates at hand, and of what this batch adds."""

    def __init__(self, conference: Conference, delegates: set[int]) -> None:
        self.passes: dict[int, list[core.Pass]] = {}
        for one in attendance.passes(conference, delegates):
            self.passes.setdefault(one.delegate, []).append(one)
        self.settled = attendance.settled(conference, delegates)

    def of(self, delegate: int, until: datetime | None = None) -> core.Whereabouts:
        return core.whereabouts(self.passes.get(delegate, []), self.settled, until)

    def add(self, one: core.Pass) -> None:
        self.passes.setdefault(one.delegate, []).append(one)


def _delegates(conference: Conference, scans: Sequence[ScanDraft]) -> Mapping[UUID, Delegate]:
    read = {one.id: core.read(one.raw) for one in scans}
    numbers = {what.number for what in read.values() if what.number is not None}
    badges = {what.badge for what in read.values() if what.badge and what.code == conference.code}
    wanted = Q(number__in=numbers) | Q(badge__in=badges)
    rows = list(Delegate.objects.select_for_update().filter(wanted, conference=conference).order_by("pk"))
    by_number, by_badge = {row.number: row for row in rows}, {row.badge: row for row in rows}
    found = {id: by_number.get(what.number) if what.number is not None else by_badge.get(what.badge) for id, what in read.items()}
    return {id: row for id, row in found.items() if row is not None and (read[id].number is not None or read[id].code == conference.code)}


def _scan(
    one: ScanDraft, site: Site, device: Device | None, delegate: Delegate | None, past: _Past, device_now: datetime, by: Actor, at: datetime
) -> Scan:  # fmt: skip
    counts, skew = core.counted_at(one.device_at, device_now, at)
    code = core.read(one.raw).code
    outcome = _outcome(one, site, delegate, past, counts, foreign=bool(code) and code != site.conference.code)
    if delegate is not None and outcome in attendance.COUNTING:
        past.add(core.Pass(counts, one.id, delegate.pk, site.pk, one.way == Way.ENTRY))
    raw = "" if delegate is not None else "".join(sign for sign in one.raw if sign.isprintable())[:80]
    return Scan(
        id=one.id, conference=site.conference, site=site, device=device, delegate=delegate, way=one.way, how=one.how, outcome=outcome, raw=raw,
        offline=one.offline, device_at=one.device_at, skew_s=max(-MOST_SKEW, min(skew, MOST_SKEW)), counted_at=counts, at=at, by_label=by.actor_label,
    )  # fmt: skip


def _outcome(one: ScanDraft, site: Site, delegate: Delegate | None, past: _Past, counts: datetime, *, foreign: bool) -> str:
    """What the desk is told. Presence itself is folded from all scans, so a later arrival may correct it."""
    if delegate is None:
        return Outcome.OTHER if foreign else Outcome.UNKNOWN
    if delegate.state == "withdrawn":
        return Outcome.WITHDRAWN
    if delegate.state == "replaced":
        return Outcome.REPLACED
    now_at = past.of(delegate.pk, counts).sites
    if one.way == Way.EXIT:
        return Outcome.ACCEPTED if site.pk in now_at else Outcome.NOT_IN
    if site.pk in now_at:
        return Outcome.ALREADY
    if now_at:
        return Outcome.CONFLICT
    return Outcome.ACCEPTED if delegate.site_id == site.pk else Outcome.ELSEWHERE


def _conflicts(past: _Past, delegates: set[int], at: datetime) -> None:
    wanted = {clash.second.id: (delegate, clash) for delegate in delegates for clash in past.of(delegate).clashes}
    known = set(Conflict.objects.filter(second_id__in=wanted).values_list("second_id", flat=True))
    Conflict.objects.bulk_create(
        Conflict(delegate_id=delegate, first_id=clash.first.id, second_id=second, at=at)
        for second, (delegate, clash) in wanted.items() if second not in known
    )  # fmt: skip


@action
def settle(*, conflict: Conflict, site: Site, reason: str, by: Actor, at: datetime) -> Settlement:
    """Decide where a delegate counted at two sites is. Once for each conflict, with a reason.

    Raises Refused at site (neither of the two), reason (empty), or when it is decided already.
    """
    conference = locked(site.conference)
    require_runs(by, conference, at)
    if conflict.delegate.conference_id != conference.pk or site.pk not in attendance.candidates(conflict):
        raise Refused(_("Choose one of the sites where they were counted."), field="site")
    if Settlement.objects.filter(conflict=conflict).exists():
        raise Refused(_("This has been decided already."), field="site")
    made = Settlement(conflict=conflict, site=site, reason=clean(reason, "reason", 300), at=at, by_label=by.actor_label)
    made.save(force_insert=True)
    payload = {"number": conflict.delegate.number, "site": site.name, "reason": made.reason}
    record(event=events.day.SETTLED, by=by, subject=ref(conference), at=at, payload=payload)
    return made
