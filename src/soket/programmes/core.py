"""Pure rules of duties: which state may follow which, when a duty falls due, what coverage counts.

Coverage on a day counts duties, not documents: of the duties that began by then, `accepted` are the
numerator and `accepted + outstanding` the denominator; excused and closed duties stand apart by name.
So a rate cannot exceed 100 % and needs no cap.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from soket.kernel.text import folded, nfc


class State(StrEnum):
    """States of a duty; the codes are stored in `DutyState.state`."""

    DUE = "due"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    EXCUSED = "excused"
    SUCCEEDED = "succeeded"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"


CLOSED = frozenset({State.SUCCEEDED, State.FULFILLED, State.LAPSED})
OPEN = frozenset(State) - CLOSED
OUTSTANDING = frozenset({State.DUE, State.CLAIMED, State.RETURNED})
_ENDS = frozenset({State.SUCCEEDED, State.LAPSED})
MOVES: dict[State, frozenset[State]] = {
    State.DUE: frozenset({State.CLAIMED, State.EXCUSED}) | _ENDS,
    State.CLAIMED: frozenset({State.ACCEPTED, State.RETURNED}) | _ENDS,
    State.RETURNED: frozenset({State.CLAIMED, State.EXCUSED}) | _ENDS,
    State.EXCUSED: frozenset({State.CLAIMED}) | _ENDS,
    State.ACCEPTED: frozenset({State.FULFILLED}),
    State.SUCCEEDED: frozenset(),
    State.FULFILLED: frozenset(),
    State.LAPSED: frozenset(),
}


def may_follow(old: str, new: str) -> bool:
    """Whether a duty in state `old` may get a row in state `new`."""
    return State(new) in MOVES[State(old)]


@dataclass(frozen=True, slots=True)
class StateRow:
    """One dated row: of which duty, in what order it was written, which state, counting from which day."""

    duty: int
    sequence: int
    state: str
    on: date


@dataclass(frozen=True)
class Buckets:
    """Duties on a day, by id; the four sets are disjoint and together are every duty begun by then."""

    accepted: frozenset[int]
    outstanding: frozenset[int]
    excused: frozenset[int]
    closed: frozenset[int]

    @property
    def numerator(self) -> int:
        return len(self.accepted)

    @property
    def denominator(self) -> int:
        return len(self.accepted) + len(self.outstanding)


def bucket_of(state: str) -> str:
    """Name of the list a state belongs to: accepted, outstanding, excused or closed."""
    return _BUCKETS[state]


_BUCKETS = {
    str(state): "outstanding" if state in OUTSTANDING else "closed" if state in CLOSED else str(state) for state in State
}


def latest(rows: Iterable[StateRow], on: date) -> dict[int, StateRow]:
    """For each duty the row that counts on a day: of those dated on or before it, the last one written."""
    found: dict[int, StateRow] = {}
    for row in rows:
        if row.on <= on and (row.duty not in found or row.sequence > found[row.duty].sequence):
            found[row.duty] = row
    return found


def buckets(rows: Iterable[StateRow], on: date, since: dict[int, date] | None = None) -> Buckets:
    """Sort duties into the four lists on a day; with `since`, a duty that begins later is not counted."""
    sets: dict[str, set[int]] = {"accepted": set(), "outstanding": set(), "excused": set(), "closed": set()}
    for duty, row in latest(rows, on).items():
        if since is None or since[duty] <= on:
            sets[bucket_of(row.state)].add(duty)
    return Buckets(**{name: frozenset(ids) for name, ids in sets.items()})


def is_overdue(state: str, due_on: date | None, on: date) -> bool:
    """Whether the unit is late on a day: the due date has passed and nothing waits for a decision."""
    return due_on is not None and due_on < on and State(state) in {State.DUE, State.RETURNED}


def due_date(
    rule: str, *, since: date, due_on: date | None = None, due_days: int | None = None, signed_on: date | None = None
) -> date | None:
    """The last day on which a duty that begins on `since` is in time; None when there is none or it is unknown.

    A unit that came to the duty later has the same number of days from its own first day; a fixed date
    that had passed before the duty began binds nobody. For "every_round" `due_on` is the round's date.
    """
    if rule == "after_signature":
        if due_days is None or signed_on is None:
            return None
        return max(signed_on, since) + timedelta(days=due_days)
    if rule in {"date", "every_round"} and due_on is not None and due_on >= since:
        return due_on
    return None


def earliest_day(signed_on: date | None, starts: date | None, span_text: str) -> date | None:
    """The first day a document under the programme can bear: signature or start, else the stated first year."""
    known = [day for day in (signed_on, starts) if day is not None]
    if known:
        return min(known)
    year = re.search(r"\b(?:19|20)\d\d\b", span_text)
    return date(int(year[0]), 1, 1) if year else None


class BadNumber(ValueError):
    """The text is not the number and symbol of a document."""


_DASHES = re.compile("[\u2010-\u2015\u2212]")
_AROUND = re.compile(r"\s*([/\-.])\s*")
_PREFIX = re.compile(r"^số\b[\s:.]*", re.IGNORECASE)
_NUMBER = re.compile(r"[\w/\-.&() ]+")


def document_number(text: str) -> str:
    """A document's number and symbol in one spelling: "Số: 12 / CTr – CAT" becomes "12/CTr-CAT". Raises BadNumber."""
    try:
        plain = " ".join(_DASHES.sub("-", nfc(text)).split())
    except ValueError as broken:
        raise BadNumber from broken
    number = _AROUND.sub(r"\1", _PREFIX.sub("", plain)).strip()
    if not 1 <= len(number) <= 60 or not any(ch.isdigit() for ch in number) or _NUMBER.fullmatch(number) is None:
        raise BadNumber
    return number


def symbol_key(text: str) -> str:
    """What two spellings of one symbol have in common: 09/CTr-BCA-MTTW and 09-Ctr/BCA MTTW are equal."""
    return re.sub(r"[^0-9a-z]", "", folded(text))


def slug_of(text: str) -> str:
    """The address form of a symbol or title: letters without marks, digits and hyphens, at most 60."""
    return re.sub(r"[^0-9a-z]+", "-", folded(text)).strip("-")[:60].strip("-")
