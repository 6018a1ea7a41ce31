"""Where an appraisal stands and what its clock shows, from its acts alone.

The dossier comes; it is received as full (the clock of the decision starts) or asked to be completed within the clock for incomplete
dossiers; completed, it is received anew and a new clock starts; the authority agrees or declines. Days are working days.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from soket.commendations.core.calendar import Calendar, between

NEXT: dict[str, frozenset[str]] = {
    "": frozenset({"received", "asked", "declined"}),
    "came": frozenset({"received", "asked", "declined"}),
    "completed": frozenset({"received", "asked", "declined"}),
    "received": frozenset({"asked", "agreed", "declined"}),
    "asked": frozenset({"completed", "declined"}),
    "agreed": frozenset({"received"}),  # taken up again, while the nomination is still open
    "declined": frozenset({"received"}),
}
WAITING = frozenset({"", "came", "completed"})  # for the authority to find the dossier full or not
ENDED = frozenset({"agreed", "declined"})
SOON = 5  # working days left from which a clock is said to end soon


@dataclass(frozen=True)
class Act:
    """One act of an appraisal: its kind, its day, the day that it sets, whether that day is certain, the rule's citation."""

    kind: str
    on: date
    due_on: date | None = None
    known: bool = True
    rule: str = ""


@dataclass(frozen=True)
class Standing:
    """`due_on`: the last day of the clock that runs, or of the one that ran when the appraisal ended; None: no rule is known, or nothing
    runs because the proposer is asked. `left`: working days from `day` to it, negative when it is past; for an ended appraisal, counted at
    its end. `asked_late`: the dossier was asked to be completed after the day for that."""

    state: str
    since: date | None
    due_on: date | None
    known: bool
    rule: str
    left: int | None
    late: bool = False  # the day is past, if only by days off
    asked_late: int = 0

    @property
    def soon(self) -> bool:
        return self.running and not self.late and self.left is not None and self.left <= SOON

    @property
    def running(self) -> bool:
        return self.due_on is not None and self.state not in ENDED

    @property
    def days_late(self) -> int:
        return -self.left if self.left is not None and self.left < 0 else 0


def state_of(acts: Sequence[Act]) -> str:
    """The kind of the newest act; empty before the first."""
    return acts[-1].kind if acts else ""


def may(acts: Sequence[Act], kind: str) -> bool:
    """Whether the act may follow."""
    return kind in NEXT[state_of(acts)]


def arrived(acts: Sequence[Act]) -> Act | None:
    """The act by which the dossier last came in: it came, or was completed."""
    return next((act for act in reversed(acts) if act.kind in ("came", "completed")), None)


def standing(acts: Sequence[Act], day: date, calendar: Calendar) -> Standing:
    """What the clock shows on that day. Acts are in order."""
    state = state_of(acts)
    if not acts:
        return Standing(state, None, None, False, "", None)
    last = acts[-1]
    clock = _clock(acts, state)
    ends = last.on if state in ENDED else day
    left = None if clock is None or clock.due_on is None else distance(ends, clock.due_on, calendar)
    asked = next((act for act in reversed(acts) if act.kind == "asked"), None)
    late = max(-distance(asked.on, asked.due_on, calendar), 0) if asked is not None and asked.due_on is not None else 0
    if clock is None:
        return Standing(state, last.on, None, True, "", None, asked_late=late)
    over = clock.due_on is not None and ends > clock.due_on
    return Standing(state, last.on, clock.due_on, clock.known, clock.rule, left, over, late)


def _clock(acts: Sequence[Act], state: str) -> Act | None:
    """The act whose clock counts: none while the proposer is asked; for an ended appraisal the last one received."""
    if state == "asked":
        return None
    if state in ENDED:
        return next((act for act in reversed(acts) if act.kind == "received"), None)
    return acts[-1]


def distance(day: date, due_on: date, calendar: Calendar) -> int:
    """Working days from `day` to `due_on`: those left when it is ahead, those over, below zero, when it is past."""
    return between(day, due_on, calendar) if day <= due_on else -between(due_on, day, calendar)
