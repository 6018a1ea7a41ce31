"""Where a direction stands, from its dated rows alone."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

NEXT = {
    "": {"issued": "open"},
    "open": {"claimed": "claimed"},
    "claimed": {"accepted": "closed", "returned": "open"},
    "closed": {"reopened": "open"},
}
UPCOMING_DAYS = 7
ESCALATE_DAYS = 14


class Misfit(Exception):
    """A ruling that the state does not allow; `code` names the state."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Ruled:
    """One ruling and its day."""

    kind: str
    on: date


def follow(state: str, kind: str) -> str:
    """The state after a ruling. Raises Misfit."""
    try:
        return NEXT[state][kind]
    except KeyError:
        raise Misfit(state or "new") from None


def state_of(rulings: Iterable[Ruled]) -> str:
    """The state after all rulings in their order; empty before the first."""
    state = ""
    for one in rulings:
        state = follow(state, one.kind)
    return state


@dataclass(frozen=True)
class Standing:
    """Where a direction stands on a day. `days_late` counts to that day, or to the day on which the owner reported it done (the issuer's
    time to decide is not the owner's delay); None while not late."""

    state: str
    due_on: date
    days_late: int | None
    closed_on: date | None
    steps: int
    evidence: int
    last_step_on: date | None
    extended: int

    @property
    def late(self) -> bool:
        return self.days_late is not None


def standing(rulings: Sequence[Ruled], due_on: date, steps: Sequence[tuple[date, bool]], extended: int, on: date) -> Standing:
    """`steps` holds (day, with evidence); everything after `on` is not looked at."""
    past = [one for one in rulings if one.on <= on]
    state = state_of(past)
    closed = past[-1].on if state == "closed" else None
    reported = max((one.on for one in past if one.kind == "claimed"), default=on) if state in ("claimed", "closed") else on
    late = (reported - due_on).days
    done = [one for one in steps if one[0] <= on]
    return Standing(
        state, due_on, late if late > 0 else None, closed, len(done), sum(evidence for _day, evidence in done), max((day for day, _e in done), default=None),
        extended,
    )  # fmt: skip


def reminders_due(due_on: date, on: date) -> tuple[str, ...]:
    """Which reminders an open direction has earned by that day."""
    left = (due_on - on).days
    found = []
    if 0 <= left <= UPCOMING_DAYS:
        found.append("upcoming")
    if left < 0:
        found.append("overdue")
    if left <= -ESCALATE_DAYS:
        found.append("escalated")
    return tuple(found)
