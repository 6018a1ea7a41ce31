"""Where a nomination stands follows from its moves alone."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.commendations.core import states

pytestmark = pytest.mark.one_database
KINDS = sorted({kind for moves in states.NEXT.values() for kind in moves})


def test_the_whole_way_from_draft_to_a_cancelled_award() -> None:
    way = ["drafted", "submitted", "confirmed", "asked", "completed", "agreed", "chosen", "decided", "cancelled"]
    assert [states.state_of(way[: count + 1]) for count in range(len(way))] == [
        "draft", "submitted", "confirmed", "incomplete", "confirmed", "agreed", "chosen", "decided", "cancelled",
    ]  # fmt: skip


def test_a_reserve_moves_up_and_a_decided_award_is_withdrawn_by_nobody() -> None:
    assert states.state_of(["drafted", "submitted", "confirmed", "agreed", "reserved", "promoted"]) == "chosen"
    with pytest.raises(states.Misfit, match="withdrawn from decided"):
        states.follow("decided", "withdrawn")


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_no_order_of_moves_awards_without_submission_confirmation_appraisal_and_council(kinds: list[str]) -> None:
    state, taken = "draft", []
    for kind in kinds:
        if kind in states.NEXT[state]:
            state = states.follow(state, kind)
            taken.append(kind)
    if state in ("decided", "cancelled"):
        needed = iter(taken)
        assert all(step in needed for step in ("submitted", "confirmed", "agreed"))
        assert {"chosen", "promoted"} & set(taken)


def test_every_state_but_the_last_ones_leads_on() -> None:
    ends = {state for state, moves in states.NEXT.items() if not moves}
    assert ends == {"declined", "left_out", "withdrawn", "cancelled"}
