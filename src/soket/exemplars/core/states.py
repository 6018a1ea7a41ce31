"""The way of an exemplar, from its dated rows alone."""
from __future__ import annotations

from collections.abc import Iterable

NEXT = {
    "": {"drafted": "draft"},
    "draft": {"proposed": "proposed"},
    "proposed": {"recognised": "recognised", "returned": "draft"},
    "recognised": {"published": "published", "returned": "draft"},
    "published": {"withdrawn": "withdrawn"},
    "withdrawn": {"reopened": "draft"},
}


class Misfit(Exception):
    """An act that the state does not allow; `code` names the state."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def follow(state: str, act: str) -> str:
    """The state after an act. Raises Misfit."""
    try:
        return NEXT[state][act]
    except KeyError:
        raise Misfit(state or "new") from None


def state_of(acts: Iterable[str]) -> str:
    """The state after all acts in their order; empty before the first."""
    state = ""
    for act in acts:
        state = follow(state, act)
    return state
