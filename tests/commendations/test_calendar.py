"""Clocks in working days: after and between are each other's way back, and no clock ends on a day off. The worked numbers of the docs."""
from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.commendations.actions.ruling import DATA
from soket.commendations.core.calendar import Calendar, after, between

pytestmark = pytest.mark.one_database
DOC = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "commendation-clocks.md"
ROW = re.compile(r"^\| (\d\d)/(\d\d)/(\d{4}) \| (\d+) \| (\d\d)/(\d\d)/(\d{4}) \| (yes|no) \|", re.MULTILINE)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(Calendar, st.dictionaries(DAYS, st.booleans(), max_size=40), st.frozensets(st.integers(2024, 2030)))


def entered() -> Calendar:
    """The calendar that the data file installs."""
    years = json.loads(DATA.read_text(encoding="utf-8"))["years"]
    days = {date.fromisoformat(one["day"]): one.get("working", False) for year in years for one in year["days"]}
    return Calendar(days, frozenset(year["year"] for year in years))


@given(DAYS, st.integers(1, 60), CALENDARS)
def test_a_clock_ends_on_a_working_day_and_counts_back_to_its_length(start: date, length: int, calendar: Calendar) -> None:
    end = after(start, length, calendar).on
    assert calendar.works(end)
    assert between(start, end, calendar) == length
    assert between(start, end - timedelta(days=1), calendar) == length - 1


@given(DAYS, st.integers(0, 60), st.integers(0, 60), CALENDARS)
def test_two_clocks_in_a_row_are_one(start: date, first: int, second: int, calendar: Calendar) -> None:
    assert after(after(start, first, calendar).on, second, calendar).on == after(start, first + second, calendar).on


def test_the_worked_examples_of_the_document_hold() -> None:
    rows = ROW.findall(DOC.read_text(encoding="utf-8"))
    assert len(rows) == 6
    for day, month, year, length, end_day, end_month, end_year, known in rows:
        told = after(date(int(year), int(month), int(day)), int(length), entered())
        assert (told.on, told.known) == (date(int(end_year), int(end_month), int(end_day)), known == "yes")


def test_every_day_entered_lies_in_its_year_and_only_weekends_are_worked() -> None:
    years = json.loads(DATA.read_text(encoding="utf-8"))["years"]
    assert [year["year"] for year in years] == [2024, 2025, 2026]
    for year in years:
        days = [date.fromisoformat(one["day"]) for one in year["days"]]
        assert days == sorted(set(days)) and {day.year for day in days} == {year["year"]}
        assert all(date.fromisoformat(one["day"]).weekday() >= 5 for one in year["days"] if one.get("working"))
