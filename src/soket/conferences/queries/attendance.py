"""Who is present, as figures that open to the names, the scans and the decisions behind them."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from soket.commendations.models import Handing
from soket.conferences.core import presence as core
from soket.conferences.models import Conference, Conflict, Delegate, Handover, Headcount, Scan, Settlement, Site
from soket.conferences.models.awards import HELD_AT
from soket.conferences.models.day import Outcome, Way
from soket.conferences.models.planning import DelegateState
from soket.conferences.queries import scope

COUNTING = frozenset({Outcome.ACCEPTED, Outcome.ALREADY, Outcome.NOT_IN, Outcome.CONFLICT, Outcome.ELSEWHERE})
TAKEN = frozenset({Outcome.ACCEPTED, Outcome.ELSEWHERE, Outcome.CONFLICT})
OFF = (DelegateState.WITHDRAWN, DelegateState.REPLACED)


@dataclass(frozen=True)
class Person:
    """One on the list with where they are."""

    id: int
    number: int
    name: str
    titles: tuple[str, ...]
    site: int
    unit: int
    stands_for: int | None
    capacity: str
    where: core.Whereabouts

    @property
    def status(self) -> str:
        """present, elsewhere (at another site than listed), waiting (a decision is to come), left or absent."""
        if self.where.waits:
            return "waiting"
        if self.where.site is not None:
            return "present" if self.where.site == self.site else "elsewhere"
        return "left" if self.where.left else "absent"


@dataclass
class SiteRow:
    """One site's numbers. `listed` are those on its list; `present` of them are counted somewhere; `guests` came from other sites' lists."""

    site: Site
    listed: int = 0
    present: int = 0
    waiting: int = 0
    left: int = 0
    guests: int = 0
    heads: Headcount | None = None

    @property
    def absent(self) -> int:
        return self.listed - self.present - self.waiting - self.left


@dataclass(frozen=True)
class Attendance:
    """Presence at an instant. `present` never exceeds `listed`: those that wait for a decision are counted apart."""

    listed: int
    present: int
    waiting: int
    left: int
    sites: list[SiteRow]
    people: list[Person] = field(repr=False)
    heads: int
    heads_sites: int

    @property
    def absent(self) -> int:
        return self.listed - self.present - self.waiting - self.left


def passes(conference: Conference, delegates: Collection[int] | None = None) -> list[core.Pass]:
    """The scans that count, of all delegates or of those given."""
    rows = Scan.objects.filter(conference=conference, delegate__isnull=False, outcome__in=COUNTING)
    if delegates is not None:
        rows = rows.filter(delegate_id__in=delegates)
    return [
        core.Pass(at, id, delegate, site, way == Way.ENTRY)
        for at, id, delegate, site, way in rows.values_list("counted_at", "id", "delegate_id", "site_id", "way")
    ]


def settled(conference: Conference, delegates: Collection[int] | None = None) -> dict[UUID, int]:
    """Decisions by the second scan of each conflict."""
    rows = Settlement.objects.filter(conflict__delegate__conference=conference)
    if delegates is not None:
        rows = rows.filter(conflict__delegate_id__in=delegates)
    return dict(rows.values_list("conflict__second_id", "site_id"))


def people(conference: Conference, until: datetime | None = None, site: Site | None = None) -> list[Person]:
    """Those on the list in protocol order; of one site: its list and whoever is counted there."""
    found = core.presence(passes(conference), settled(conference), until)
    rows = Delegate.objects.filter(conference=conference).exclude(state__in=OFF).prefetch_related("titles").order_by("order", "number")
    made = [
        Person(
            row.pk, row.number, row.name, tuple(title.text for title in row.titles.all()), row.site_id, row.unit_id, row.stands_for_id, row.capacity,
            found.get(row.pk, core.NOT_SEEN),
        )
        for row in rows
    ]  # fmt: skip
    return made if site is None else [one for one in made if one.site == site.pk or site.pk in one.where.sites]


def attendance(conference: Conference, until: datetime | None = None) -> Attendance:
    """Presence now, or as it stood at `until`, by what is known today. Six queries however many sites there are."""
    known = people(conference, until)
    rows = {site.pk: SiteRow(site) for site in scope.sites(conference)}
    for one in known:
        row = rows.get(one.site)
        if row is None:
            continue
        row.listed += 1
        status = one.status
        row.present += status in ("present", "elsewhere")
        row.waiting += status == "waiting"
        row.left += status == "left"
        if status == "elsewhere" and one.where.site in rows:
            rows[one.where.site].guests += 1
    heads = newest_heads(rows, until)
    for pk, count in heads.items():
        rows[pk].heads = count
    total = list(rows.values())
    return Attendance(
        sum(row.listed for row in total), sum(row.present for row in total), sum(row.waiting for row in total), sum(row.left for row in total), total, known,
        sum(row.heads.count for row in total if row.heads), len(heads),
    )  # fmt: skip


def newest_heads(sites: Iterable[int], until: datetime | None = None) -> dict[int, Headcount]:
    """The newest count of each hall; halls nobody has counted are missing."""
    rows = Headcount.objects.filter(site_id__in=list(sites))
    if until is not None:
        rows = rows.filter(device_at__lte=until)
    return {row.site_id: row for row in rows.order_by("device_at", "at", "pk")}


def scans(conference: Conference, site: Site | None = None, delegate: int | None = None, *, failed: bool = False) -> QuerySet[Scan]:
    """Attempts, newest first; only those that were not taken when `failed`."""
    rows = Scan.objects.filter(conference=conference).select_related("delegate", "site", "device").order_by("-counted_at", "-at")
    if site is not None:
        rows = rows.filter(site=site)
    if delegate is not None:
        rows = rows.filter(delegate_id=delegate)
    return rows.exclude(outcome__in=["accepted", "elsewhere"]) if failed else rows


def handovers(conference: Conference, site: Site | None = None) -> list[Handover]:
    """What was handed over, without what was kept by mistake: struck here, or by the award's own issuer."""
    struck = Handing.objects.filter(held_kind=HELD_AT, struck_by__isnull=False).values("pk")
    rows = Handover.objects.filter(site__conference=conference, strikes=None, struck_by=None).exclude(pk__in=struck)
    rows = rows.select_related("site").order_by("device_at", "pk")
    return list(rows if site is None else rows.filter(site=site))


def headcounts(site: Site) -> list[Headcount]:
    """All counts of a hall, newest first."""
    return list(site.headcounts.order_by("-device_at", "-at"))


@dataclass(frozen=True)
class Case:
    """A conflict for a person to decide, or decided."""

    conflict: Conflict
    decided: Settlement | None
    pending: bool


def cases(conference: Conference) -> list[Case]:
    """Conflicts, those that wait first. One that later scans dissolved (a late exit came in) no longer waits."""
    rows = list(
        Conflict.objects.filter(delegate__conference=conference).select_related(
            "delegate", "first__site", "first__device", "second__site", "second__device", "settlement__site"
        ).prefetch_related("delegate__titles").order_by("-at", "-pk")
    )  # fmt: skip
    by: dict[int, list[core.Pass]] = defaultdict(list)
    for one in passes(conference, {row.delegate_id for row in rows}):
        by[one.delegate].append(one)
    decided = settled(conference, set(by))
    open_now = {clash.second.id for found in by.values() for clash in core.pending(core.whereabouts(found, decided))}
    made = [Case(row, getattr(row, "settlement", None), row.second_id in open_now) for row in rows]
    return sorted(made, key=lambda case: not case.pending)


def candidates(conflict: Conflict) -> list[int]:
    """The sites to choose from: both of the conflict, and any other where the delegate is counted now."""
    found = core.whereabouts(passes(conflict.delegate.conference, {conflict.delegate_id}), settled(conflict.delegate.conference, {conflict.delegate_id}))
    return list(dict.fromkeys([conflict.first.site_id, conflict.second.site_id, *found.sites]))


def case(conference: Conference, conflict_id: int) -> Case | None:
    return next((one for one in cases(conference) if one.conflict.pk == conflict_id), None)
