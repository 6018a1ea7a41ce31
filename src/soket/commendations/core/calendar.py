"""Working days of Viet Nam: Monday to Friday, less the days off, plus the Saturdays and Sundays worked in exchange. All of it data.

Source of the week and of the public holidays: Labour Code 45/2019/QH14, Articles 111–112; the days of a year are fixed by a decision of
the Prime Minister or a notice of the labour authority, which the calendar's year cites.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Calendar:
    """`special` holds the days that differ from the plain week: False for a day off, True for a day worked. `years` are those entered."""

    special: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the day is worked."""
        return self.special.get(day, day.weekday() < 5)


@dataclass(frozen=True)
class Deadline:
    """The last day of a clock. `known` False: it runs through a year whose days off are not entered, so it may move."""

    on: date
    known: bool


def after(start: date, working_days: int, calendar: Calendar) -> Deadline:
    """The day on which the last of so many working days falls; the day on which the clock starts is not counted.

    >>> after(date(2026, 11, 27), 5, Calendar(years=frozenset({2026})))
    Deadline(on=datetime.date(2026, 12, 4), known=True)
    """
    if not 0 <= working_days <= 1000:
        raise ValueError("a clock runs 0 to 1,000 working days")
    day, left = start, working_days
    while left:
        day += timedelta(days=1)
        left -= calendar.works(day)
    return Deadline(day, all(year in calendar.years for year in range(start.year, day.year + 1)))


def between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to `end`, counted; 0 when `end` is not later."""
    days = max((end - start).days, 0)
    return sum(calendar.works(start + timedelta(days=step)) for step in range(1, days + 1))
