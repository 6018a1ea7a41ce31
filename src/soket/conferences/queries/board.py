"""All sites by what is heard of them."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from soket.conferences.models import Beat, Conference, Site
from soket.conferences.queries import attendance, scope
from soket.conferences.queries.attendance import Attendance, SiteRow
from soket.kernel.text import name_search

SILENT = timedelta(seconds=40)
STATES = ("silent", "polling", "live", "never")


@dataclass(frozen=True)
class Link:
    """One site's link: live, polling, silent (since `since`) or never heard of."""

    site: Site
    state: str
    since: datetime | None
    delay_ms: int | None
    waiting: int
    sequence: int
    behind: int
    row: SiteRow


@dataclass(frozen=True)
class Board:
    """The sites with their numbers by state, and who is present."""

    links: list[Link]
    counts: dict[str, int]
    attendance: Attendance
    pending: int


def state_of(beat: Beat | None, at: datetime) -> str:
    """A site not heard of for forty seconds is silent."""
    if beat is None:
        return "never"
    return beat.link if at - beat.at <= SILENT else "silent"


def board(conference: Conference, at: datetime, sequence: int) -> Board:
    """Every site. `sequence` is the newest snapshot's, so that a screen that shows an older one is named. Ten queries."""
    found = attendance.attendance(conference)
    beats = {one.site_id: one for one in Beat.objects.filter(site__conference=conference)}
    links = [_link(row, beats.get(row.site.pk), at, sequence) for row in found.sites]
    counts = {state: sum(one.state == state for one in links) for state in STATES}
    pending = sum(case.pending for case in attendance.cases(conference))
    return Board(links, counts, found, pending)


def _link(row: SiteRow, beat: Beat | None, at: datetime, sequence: int) -> Link:
    state = state_of(beat, at)
    since = None if beat is None else beat.at if state == "silent" else beat.since
    shown = beat.sequence if beat else 0
    return Link(row.site, state, since, beat.delay_ms if beat else None, beat.waiting if beat else 0, shown, max(0, sequence - shown) if beat else 0, row)


def chosen(found: Board, state: str, asked: str) -> list[Link]:
    """The sites of one state, by name with or without tone marks; silent ones first."""
    holds = name_search(asked) if asked else None
    kept = [one for one in found.links if (not state or one.state == state) and (holds is None or holds(one.site.name))]
    return sorted(kept, key=lambda one: STATES.index(one.state))


def here(conference: Conference, site_id: int) -> Site | None:
    return scope.sites(conference).filter(pk=site_id).select_related("conference").first()
