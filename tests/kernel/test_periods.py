"""Reporting periods of Decree 09/2019: they meet without gap or overlap, and the parts make the year."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.kernel.periods import MONTHS, Period, PeriodKind, period

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("kind", "index", "starts", "ends"),
    [
        (PeriodKind.MONTH, 7, date(2025, 6, 15), date(2025, 7, 14)),
        (PeriodKind.QUARTER, 1, date(2024, 12, 15), date(2025, 3, 14)),
        (PeriodKind.QUARTER, 3, date(2025, 6, 15), date(2025, 9, 14)),
        (PeriodKind.HALF, 1, date(2024, 12, 15), date(2025, 6, 14)),
        (PeriodKind.HALF, 2, date(2025, 6, 15), date(2025, 12, 14)),
        (PeriodKind.NINE, 1, date(2024, 12, 15), date(2025, 9, 14)),
        (PeriodKind.YEAR, 1, date(2024, 12, 15), date(2025, 12, 14)),
    ],
)
def test_edges_for_2025(kind: PeriodKind, index: int, starts: date, ends: date) -> None:
    assert period(kind, 2025, index, 14) == Period(starts, ends)


@given(st.sampled_from([kind for kind, months in MONTHS.items() if 12 % months == 0]), st.integers(2000, 2100), st.integers(1, 28))
def test_periods_of_a_year_follow_each_other(kind: PeriodKind, year: int, closing_day: int) -> None:
    parts = [period(kind, year, index, closing_day) for index in range(1, 12 // MONTHS[kind] + 1)]
    whole = period(PeriodKind.YEAR, year, 1, closing_day)
    assert (parts[0].starts, parts[-1].ends) == (whole.starts, whole.ends)
    assert all(after.starts == before.ends + timedelta(days=1) for before, after in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize(("kind", "index", "day"), [
    (PeriodKind.QUARTER, 5, 14), (PeriodKind.MONTH, 0, 14), (PeriodKind.YEAR, 1, 31), (PeriodKind.NINE, 2, 14), (PeriodKind.AD_HOC, 1, 14),
])
def test_a_period_that_does_not_exist_is_refused(kind: PeriodKind, index: int, day: int) -> None:
    with pytest.raises(ValueError, match=r"no |closing day"):
        period(kind, 2025, index, day)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2025, 2, 1), date(2025, 1, 1))
