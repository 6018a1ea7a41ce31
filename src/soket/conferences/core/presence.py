"""Who is where: a fold of what the desks scanned, pure and independent of the order in which it arrived.

A site that was cut off sends its scans late. So presence is never counted up as scans come in; it is computed from the set of
all scans, sorted by the instant at which each counts, the device's id of the scan deciding between equal instants.
"""
from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

STEADY_S = 3  # a device's clock this near to the server's is taken as right
OLDEST = timedelta(hours=24)
PREFIX = "SOKET"


@dataclass(frozen=True, order=True)
class Pass:
    """One delegate passing one desk. `at` is the corrected instant."""

    at: datetime
    id: UUID
    delegate: int = field(compare=False)
    site: int = field(compare=False)
    entry: bool = field(compare=False)


@dataclass(frozen=True)
class Clash:
    """A delegate entered `second.site` while still counted at `first.site`. `settled` is the site a person decided on."""

    first: Pass
    second: Pass
    settled: int | None


@dataclass(frozen=True)
class Whereabouts:
    """Where one delegate is. Present at one site, or at several with a decision to come, or at none."""

    sites: tuple[int, ...]
    first_at: datetime | None
    last_at: datetime | None
    clashes: tuple[Clash, ...]
    seen_at: tuple[int, ...] = ()

    @property
    def site(self) -> int | None:
        return self.sites[0] if len(self.sites) == 1 else None

    @property
    def waits(self) -> bool:
        return len(self.sites) > 1

    @property
    def left(self) -> bool:
        return not self.sites and self.first_at is not None


NOT_SEEN = Whereabouts((), None, None, ())


def counted_at(claim: datetime, device_now: datetime, received: datetime) -> tuple[datetime, int]:
    """(the instant that counts, seconds that the device's clock was ahead): the claim less the clock's error, never after the
    receipt. A claim more than a day before the receipt cannot be of this session and counts at the receipt."""
    ahead = round((device_now - received).total_seconds())
    skew = 0 if abs(ahead) <= STEADY_S else ahead
    counts = min(claim - timedelta(seconds=skew), received)
    return (counts if received - counts <= OLDEST else received), skew


def whereabouts(passes: Iterable[Pass], settled: Mapping[UUID, int], until: datetime | None = None) -> Whereabouts:
    """One delegate's presence from all passes, up to `until`. `settled` names the site decided on for a clash, by the second scan."""
    here: dict[int, Pass] = {}
    clashes: list[Clash] = []
    first: datetime | None = None
    last: datetime | None = None
    seen: dict[int, None] = {}
    for one in sorted({one.id: one for one in passes if until is None or one.at <= until}.values()):
        if one.entry:
            first, last, seen[one.site] = first or one.at, one.at, None
            if here and one.site not in here:
                before, decided = max(here.values()), settled.get(one.id)
                clashes.append(Clash(before, one, decided))
                here[one.site] = one
                if decided is not None:
                    kept = here.get(decided, one)
                    gone = {other.at for other in here.values() if other is not kept}
                    first, here = (kept.at if first in gone else first), {kept.site: kept}
            else:
                here.setdefault(one.site, one)
        elif one.site in here:
            del here[one.site]
            last = one.at
    return Whereabouts(tuple(sorted(here)), first, last, tuple(clashes), tuple(seen))


def presence(passes: Iterable[Pass], settled: Mapping[UUID, int], until: datetime | None = None) -> dict[int, Whereabouts]:
    """Every delegate that was scanned, by id."""
    by: dict[int, list[Pass]] = defaultdict(list)
    for one in passes:
        by[one.delegate].append(one)
    return {delegate: whereabouts(rows, settled, until) for delegate, rows in by.items()}


def pending(found: Whereabouts) -> tuple[Clash, ...]:
    """Clashes that still wait: undecided, while the delegate is counted there and elsewhere. Whoever waits has at least one."""
    return tuple(clash for clash in found.clashes if found.waits and clash.settled is None and clash.second.site in found.sites)


@dataclass(frozen=True)
class Read:
    """What a desk's text says: a number typed or chosen, or the badge of a conference."""

    number: int | None = None
    code: str = ""
    badge: str = ""


def read(raw: str) -> Read:
    """"12" or "SOKET:HN-2026:…"; anything else is nothing of ours."""
    text = raw.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return Read(number=int(text))
    parts = text.split(":", 2)
    if len(parts) == 3 and parts[0] == PREFIX and parts[1] and parts[2]:
        return Read(code=parts[1], badge=parts[2])
    return Read()


def digest(secret: str) -> str:
    """What is kept of a device's secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def badge_text(code: str, badge: str) -> str:
    """What the QR code of a badge holds."""
    return f"{PREFIX}:{code}:{badge}"
