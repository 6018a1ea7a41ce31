"""The session as a fold of its acts: any prefix is a state, undoing takes one act out, the queue loses nobody."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.conferences.core.live import Act, Misfit, cancelled, check, fold, undoable

EIGHT = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)


def acts(*given: tuple[str, dict[str, Any]]) -> list[Act]:
    """One act a minute from eight o'clock."""
    return [Act(place, kind, payload, EIGHT + timedelta(minutes=place - 1)) for place, (kind, payload) in enumerate(given, 1)]


def ask(name: str, topic: str = "speak", site: int = 1, unit: int = 7, minutes: int = 3) -> tuple[str, dict[str, Any]]:
    return "request", {"request": name, "site": site, "unit": unit, "who": name, "topic": topic, "minutes": minutes}


BEGIN = ("begin", {"item": 10})


def test_the_clock_of_a_line_stops_while_paused_and_grows_when_extended() -> None:
    running = acts(BEGIN, ("pause", {}), ("resume", {}), ("extend", {"seconds": 120}))
    state = fold(running)
    assert (state.stage, state.item, state.paused_s, state.added_s) == ("live", 10, 60, 120)
    assert state.ends_at(10) == EIGHT + timedelta(minutes=13)
    assert state.left(10, EIGHT + timedelta(minutes=14)) == -60
    assert fold(running[:2]).left(10, EIGHT + timedelta(hours=3)) == 540


def test_points_of_order_stand_first_and_who_was_given_the_floor_before_all() -> None:
    state = fold(acts(BEGIN, ask("a"), ask("b"), ask("c", "order"), ask("d", "answer"), ("grant", {"request": "b"})))
    assert [one.id for one in state.queue] == ["b", "c", "d", "a"]
    assert state.waiting_minutes() == 12
    assert [one.id for one in fold(acts(BEGIN, ask("a"), ask("b"), ("first", {"request": "b"}))).queue] == ["b", "a"]


def test_the_budget_counts_every_speech_of_a_unit_the_running_one_too() -> None:
    state = fold(acts(BEGIN, ask("a"), ask("b"), ("start_speech", {"request": "a"}), ("start_speech", {"request": "b"})))
    assert state.speaking is not None
    assert (state.speaking.id, state.spoken(7, EIGHT + timedelta(minutes=6)), state.spoken(8, EIGHT)) == ("b", 60 + 120, 0)
    assert [one.state for one in state.requests] == ["done", "speaking"]


def test_undoing_is_an_act_that_can_be_undone() -> None:
    moved = acts(BEGIN, ("next", {"item": 11}), ("undo", {"sequence": 2}))
    assert fold(moved).item == 10
    again = [*moved, Act(4, "undo", {"sequence": 3}, EIGHT)]
    assert (fold(again).item, cancelled(again)) == (11, frozenset({3}))
    last = undoable(again)
    assert last is not None
    assert last.sequence == 2


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (("undo", {"sequence": 2}), "undo_site"), (("undo", {"sequence": 9}), "nothing_to_undo"), (("undo", {"sequence": 1}), "undo_breaks"),
        (("begin", {"item": 10}), "already_live"), (("resume", {}), "not_paused"), (("grant", {"request": "x"}), "no_request"),
        (ask("a"), "asked_already"), (("release_site", {"site": 3}), "not_called"), (("dance", {}), "unknown_kind"),
    ],
)  # fmt: skip
def test_an_act_that_does_not_fit_says_why(new: tuple[str, dict[str, Any]], code: str) -> None:
    known = acts(BEGIN, ask("a"))
    with pytest.raises(Misfit) as misfit:
        check(known, Act(3, new[0], new[1], EIGHT))
    assert misfit.value.code == code


def test_ending_stops_the_speech_and_lets_the_sites_go() -> None:
    state = fold(acts(BEGIN, ask("a"), ("call_site", {"site": 1}), ("start_speech", {"request": "a"}), ("end", {})))
    assert (state.stage, state.called, state.speaking, state.spoken(7, EIGHT + timedelta(hours=9))) == ("ended", (), None, 60)


KINDS = st.sampled_from([
    BEGIN, ("next", {"item": 11}), ("pause", {}), ("resume", {}), ("end", {}), ask("a"), ask("b", "order"), ask("c", site=2), ("grant", {"request": "a"}),
    ("start_speech", {"request": "a"}), ("start_speech", {"request": "b"}), ("end_speech", {"request": "a"}), ("withdraw_request", {"request": "c"}),
    ("undo", {"sequence": 2}), ("undo", {"sequence": 3}), ("call_site", {"site": 1}), ("first", {"request": "b"}),
])  # fmt: skip


@given(st.lists(KINDS, max_size=25))
def test_any_acts_give_a_state_and_nobody_is_lost_or_doubled(given: list[tuple[str, dict[str, Any]]]) -> None:
    known = acts(*given)
    state = fold(known)
    assert state == fold(list(reversed(known)))
    ids = [one.id for one in state.requests]
    assert len(ids) == len(set(ids))
    assert {one.id for one in state.queue} == {one.id for one in state.requests if one.state in ("waiting", "granted")}
    assert sum(one.state == "speaking" for one in state.requests) <= 1
    assert all(one.seconds(EIGHT) >= 0 for one in state.requests)
    assert fold(known[: len(known) // 2]).sequence == len(known) // 2


@given(st.lists(KINDS, min_size=1, max_size=20))
def test_an_accepted_undo_leaves_the_state_as_if_the_act_had_not_been(given: list[tuple[str, dict[str, Any]]]) -> None:
    known: list[Act] = []
    for kind, payload in given:
        new = Act(len(known) + 1, kind, payload, EIGHT)
        try:
            check(known, new)
        except Misfit:
            continue
        known.append(new)
    last = undoable(known)
    if last is None:
        return
    undo = Act(len(known) + 1, "undo", {"sequence": last.sequence}, EIGHT)
    try:
        check(known, undo)
    except Misfit:
        return
    without = fold([act for act in known if act.sequence != last.sequence])
    assert fold([*known, undo]).queue == without.queue
    assert fold([*known, undo]).stage == without.stage
