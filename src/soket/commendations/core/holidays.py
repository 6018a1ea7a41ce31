"""A year's days off as pasted lines: "dd/mm/yyyy; nghỉ; Quốc khánh" or "dd/mm/yyyy; làm bù; Làm bù ngày 31/8"."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
WORDS = {"nghỉ": False, "off": False, "làm bù": True, "worked": True}
LONGEST = 120


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the plain week: off, or (`working`) a Saturday or Sunday worked in exchange."""

    day: date
    working: bool
    name: str


@dataclass(frozen=True)
class Wrong:
    """A line that was not understood: its number from 1, its text, and what is wrong (parts, day, year, word, name, weekday, repeated)."""

    line: int
    text: str
    code: str


def read(text: str, year: int) -> tuple[list[SpecialDay], list[Wrong]]:
    """The days of the year in the pasted lines, in order, and every line that is wrong. Empty lines are passed over."""
    found: dict[date, SpecialDay] = {}
    wrong: list[Wrong] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        one = _one(line, year)
        code = one if isinstance(one, str) else "repeated" if one.day in found else ""
        if code:
            wrong.append(Wrong(number, line[:200], code))
        elif isinstance(one, SpecialDay):
            found[one.day] = one
    return sorted(found.values(), key=lambda one: one.day), wrong


def _one(line: str, year: int) -> SpecialDay | str:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3:
        return "parts"
    day = parsed_day(parts[0])
    if day is None:
        return "day"
    if day.year != year:
        return "year"
    if parts[1].casefold() not in WORDS:
        return "word"
    return fault(day, WORDS[parts[1].casefold()], parts[2]) or SpecialDay(day, WORDS[parts[1].casefold()], parts[2])


def fault(day: date, working: bool, name: str) -> str:
    """What is wrong with a day; empty when nothing is. Only a Saturday or Sunday is worked in exchange."""
    if not 1 <= len(name) <= LONGEST:
        return "name"
    return "weekday" if working and day.weekday() < 5 else ""


def parsed_day(text: str) -> date | None:
    """A day written dd/mm/yyyy; None when there is none like it."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found.group(3)), int(found.group(2)), int(found.group(1))) if found else None
    except ValueError:
        return None


def written(days: list[SpecialDay]) -> str:
    """The days as lines that `read` takes back."""
    return "\n".join(f"{one.day:%d/%m/%Y}; {'làm bù' if one.working else 'nghỉ'}; {one.name}" for one in days)
