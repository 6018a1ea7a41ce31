"""How a report moves between its states, and what a round takes in each of its own."""
from __future__ import annotations

_MOVES: dict[str, dict[str, str]] = {
    "save": {"not_started": "draft"},
    "submit": dict.fromkeys(("not_started", "draft", "submitted", "returned", "accepted"), "submitted"),
    "accept": {"submitted": "accepted"},
    "return": {"submitted": "returned"},
    "excuse": dict.fromkeys(("not_started", "draft", "returned"), "excused"),
}


class NoSuchMove(ValueError):
    """The report's state does not allow the act."""


def moved(state: str, act: str) -> str:
    """The state after the act. A draft beside a sent report leaves its state alone. Raises NoSuchMove."""
    if act == "save" and state != "excused":
        return _MOVES["save"].get(state, state)
    try:
        return _MOVES[act][state]
    except KeyError:
        raise NoSuchMove(f"{act} from {state}") from None


def takes(round_state: str, *, saved_in_time: bool, sent_before: bool) -> bool:
    """Whether a round takes a submission. Open takes all. Closing still takes what was written down on
    the server before the deadline, and corrections of what was sent. Closed takes nothing."""
    if round_state == "closing":
        return saved_in_time or sent_before
    return round_state == "open"
