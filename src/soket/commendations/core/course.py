"""The way of a campaign through its calendar: what is done, what is under way, what is late."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

STAGES = ("planning", "open", "appraising", "decided", "closed")
NEXT = {"planning": "opened", "open": "appraising", "appraising": "decided", "decided": "closed", "closed": ""}
DAYS = ("opens_on", "nominate_until", "appraise_until", "decide_until")
AFTER = {"opened": "open", "appraising": "appraising", "decided": "decided", "closed": "closed"}  # the stage that an act leads to


@dataclass(frozen=True)
class Calendar:
    """The days of a campaign, each the last day of its part but `opens_on`, its first."""

    opens_on: date
    nominate_until: date
    appraise_until: date
    decide_until: date

    def disorder(self) -> str:
        """The first day that lies before the one it must not precede; empty when all are in order."""
        return next((name for before, name in pairwise(DAYS) if getattr(self, name) < getattr(self, before)), "")


@dataclass(frozen=True)
class Step:
    """One part of the way. `state`: done, now, late (under way past its day) or ahead. `on` None: no day is set for it."""

    key: str  # opening, nominating, appraising, deciding, closing
    on: date | None
    state: str


def course(stage: str, calendar: Calendar, day: date, appraisals_open: int) -> list[Step]:
    """The five parts in order as they stand on `day`. `appraisals_open` nominations still wait for an authority.

    >>> days = Calendar(date(2026, 7, 1), date(2026, 8, 31), date(2026, 10, 15), date(2026, 11, 30))
    >>> [one.state for one in course("open", days, date(2026, 9, 1), 4)]
    ['done', 'late', 'ahead', 'ahead', 'ahead']
    """
    at = STAGES.index(stage)
    appraised = at > 2 or (at == 2 and not appraisals_open)
    rows = [
        ("opening", calendar.opens_on, at > 0, at == 0),
        ("nominating", calendar.nominate_until, at > 1, at == 1),
        ("appraising", calendar.appraise_until, appraised, at == 2),
        ("deciding", calendar.decide_until, at > 2, at == 2 and appraised),
        ("closing", None, at > 3, at == 3),
    ]
    return [Step(key, on, "done" if past else _running(on, day) if now else "ahead") for key, on, past, now in rows]


def _running(on: date | None, day: date) -> str:
    return "late" if on is not None and day > on else "now"
