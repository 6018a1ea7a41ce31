"""Reporting periods with exact edges, from a closing day that is data, not a constant.

Source of the default closing day 14 and of the month, quarter, half-year and year periods: Decree
09/2019/NĐ-CP, as stored in `reporting.PeriodRule`; nine months run from the year's first day on the
same closing days. The year ending in December closes on the closing day of December and opens on the
day after the closing day of the December before. An ad hoc period has the days its office names.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE = "nine"
    YEAR = "year"
    AD_HOC = "ad_hoc"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.NINE: 9, PeriodKind.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """Days from `starts` to `ends`, both included (`ends` is the closing day)."""

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise ValueError(f"a period cannot end ({self.ends}) before it starts ({self.starts})")


def period(kind: PeriodKind, year: int, index: int, closing_day: int) -> Period:
    """The `index`-th (from 1) period of that kind in `year`.

    >>> period(PeriodKind.QUARTER, 2025, 1, 14)
    Period(starts=datetime.date(2024, 12, 15), ends=datetime.date(2025, 3, 14))
    """
    months = MONTHS.get(kind, 13)
    if not 1 <= index <= 12 // months:
        raise ValueError(f"no {kind} {index} in a year")
    if not 1 <= closing_day <= 28:
        raise ValueError("a closing day lies between 1 and 28")
    last = index * months
    before = last - months
    opened = date(year, before, closing_day) if before else date(year - 1, 12, closing_day)
    return Period(opened + timedelta(days=1), date(year, last, closing_day))
