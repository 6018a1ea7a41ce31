"""States follow from rulings; days late from dates; reminders from the deadline."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.directions import core

DAY = date(2026, 9, 30)
KINDS = ["issued", "claimed", "accepted", "returned", "reopened"]


def ruled(*kinds: str, on: date = DAY) -> list[core.Ruled]:
    return [core.Ruled(kind, on) for kind in kinds]


def test_the_way_of_a_direction() -> None:
    assert core.state_of(ruled("issued")) == "open"
    assert core.state_of(ruled("issued", "claimed", "returned")) == "open"
    assert core.state_of(ruled("issued", "claimed", "accepted")) == "closed"
    assert core.state_of(ruled("issued", "claimed", "accepted", "reopened")) == "open"
    for wrong in (["claimed"], ["issued", "accepted"], ["issued", "claimed", "claimed"], ["issued", "reopened"], ["issued", "claimed", "accepted", "claimed"]):
        with pytest.raises(core.Misfit):
            core.state_of(ruled(*wrong))


def test_days_late_run_to_today_or_to_the_day_of_the_report() -> None:
    issued = [core.Ruled("issued", DAY - timedelta(days=60))]
    late = core.standing(issued, DAY, [], 0, DAY + timedelta(days=3))
    assert (late.state, late.days_late, late.late) == ("open", 3, True)
    assert core.standing(issued, DAY, [], 0, DAY).days_late is None
    closed = [*issued, core.Ruled("claimed", DAY + timedelta(days=4)), core.Ruled("accepted", DAY + timedelta(days=5))]
    found = core.standing(closed, DAY, [(DAY, True), (DAY + timedelta(days=4), False), (DAY + timedelta(days=90), True)], 1, DAY + timedelta(days=30))
    assert (found.state, found.days_late, found.closed_on) == ("closed", 4, DAY + timedelta(days=5))
    waiting = core.standing(closed[:2], DAY, [], 0, DAY + timedelta(days=30))
    assert (waiting.state, waiting.days_late) == ("claimed", 4)
    assert (found.steps, found.evidence, found.last_step_on, found.extended) == (2, 1, DAY + timedelta(days=4), 1)
    before = core.standing(closed, DAY, [], 0, DAY)
    assert (before.state, before.closed_on) == ("open", None)


LEFT = [(8, ()), (7, ("upcoming",)), (0, ("upcoming",)), (-1, ("overdue",)), (-13, ("overdue",)), (-14, ("overdue", "escalated"))]


@pytest.mark.parametrize(("left", "kinds"), LEFT)
def test_reminders(left: int, kinds: tuple[str, ...]) -> None:
    assert core.reminders_due(DAY, DAY - timedelta(days=left)) == kinds


@given(st.lists(st.sampled_from(KINDS), max_size=12))
def test_closed_means_that_the_last_ruling_accepted(kinds: list[str]) -> None:
    taken: list[core.Ruled] = []
    for kind in kinds:
        try:
            core.state_of([*taken, core.Ruled(kind, DAY)])
        except core.Misfit:
            continue
        taken.append(core.Ruled(kind, DAY))
    assert (core.state_of(taken) == "closed") == (bool(taken) and taken[-1].kind == "accepted")
