"""Where a nomination stands, from its moves alone."""
from __future__ import annotations

from collections.abc import Iterable

NEXT: dict[str, dict[str, str]] = {
    "": {"drafted": "draft"},
    "draft": {"submitted": "submitted", "withdrawn": "withdrawn"},
    "submitted": {"returned": "draft", "confirmed": "confirmed", "withdrawn": "withdrawn"},
    "confirmed": {"asked": "incomplete", "agreed": "agreed", "declined": "declined", "withdrawn": "withdrawn"},
    "incomplete": {"completed": "confirmed", "declined": "declined", "withdrawn": "withdrawn"},
    "agreed": {"chosen": "chosen", "reserved": "reserve", "left_out": "left_out", "declined": "declined", "withdrawn": "withdrawn"},
    "reserve": {"promoted": "chosen", "declined": "declined", "withdrawn": "withdrawn"},
    "chosen": {"decided": "decided", "declined": "declined", "withdrawn": "withdrawn"},
    "decided": {"cancelled": "cancelled"},
    "declined": {},
    "left_out": {},
    "withdrawn": {},
    "cancelled": {},
}
OPEN = frozenset({"draft", "submitted", "confirmed", "incomplete", "agreed", "chosen", "reserve"})
BEFORE_AUTHORITIES = frozenset({"confirmed", "incomplete", "agreed", "chosen", "reserve", "decided", "declined", "left_out", "cancelled"})
COUNTED = frozenset({"confirmed", "incomplete", "agreed", "chosen", "reserve", "decided", "left_out"})  # against a quota
LIVE = frozenset({"submitted", "confirmed", "incomplete", "agreed", "chosen", "reserve", "decided"})  # may be the same achievement
EDITABLE = frozenset({"draft", "incomplete"})
WITHDRAWABLE = frozenset(state for state, moves in NEXT.items() if "withdrawn" in moves)


class Misfit(Exception):
    """A move that the state does not allow; `state` names it."""

    def __init__(self, state: str, kind: str) -> None:
        super().__init__(f"{kind} from {state or 'nothing'}")
        self.state, self.kind = state, kind


def follow(state: str, kind: str) -> str:
    """The state after a move. Raises Misfit."""
    try:
        return NEXT[state][kind]
    except KeyError:
        raise Misfit(state, kind) from None


def state_of(kinds: Iterable[str]) -> str:
    """The state after all moves in their order; empty before the first. Raises Misfit."""
    state = ""
    for kind in kinds:
        state = follow(state, kind)
    return state
