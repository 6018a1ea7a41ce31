"""Names of units as of the conference's day."""
from __future__ import annotations

from collections.abc import Iterable

from soket.conferences.models import Conference
from soket.kernel.clock import day_of
from soket.organisations.queries.units import lives


def unit_names(unit_ids: Iterable[int], conference: Conference) -> dict[int, str]:
    """The name of each unit on the conference's day, or the last it had."""
    known, day = lives(), day_of(conference.starts_at)
    found = {}
    for unit in set(unit_ids):
        life = known.nearest(unit, day)
        found[unit] = life.name if life else ""
    return found
