"""Presence is a fold of the set of scans: the order in which they arrive and how often each is sent change nothing."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from soket.conferences.core import presence as core

START = datetime(2026, 7, 15, 0, 30, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def passing(number: int, minute: int, site: int, entry: bool = True, delegate: int = 1) -> core.Pass:
    return core.Pass(at(minute), UUID(int=number), delegate, site, entry)


def test_enters_leaves_and_comes_back() -> None:
    came, left, again = passing(1, 0, 7), passing(2, 30, 7, entry=False), passing(3, 45, 7)
    assert core.whereabouts([came], {}).site == 7
    assert core.whereabouts([came, left], {}).left
    back = core.whereabouts([came, left, again], {})
    assert (back.site, back.first_at, back.last_at) == (7, at(0), at(45))


def test_two_sites_at_once_wait_for_a_person() -> None:
    first, second = passing(1, 0, 7), passing(2, 10, 8)
    found = core.whereabouts([first, second], {})
    assert (found.waits, found.site, found.sites) == (True, None, (7, 8))
    assert core.pending(found) == (core.Clash(first, second, None),)
    assert core.whereabouts([first, second], {second.id: 7}).site == 7
    there = core.whereabouts([first, second], {second.id: 8})
    assert (there.site, there.first_at) == (8, at(10)), "what was decided not to have been is not the arrival"
    assert core.pending(core.whereabouts([first, second], {second.id: 8})) == ()


def test_a_late_exit_dissolves_the_clash() -> None:
    rows = [passing(1, 0, 7), passing(2, 10, 8), passing(3, 5, 7, entry=False)]
    found = core.whereabouts(rows, {})
    assert (found.site, found.clashes) == (8, ())


def test_as_it_stood_at_an_instant() -> None:
    rows = [passing(1, 0, 7), passing(2, 30, 7, entry=False)]
    assert core.whereabouts(rows, {}, at(10)).site == 7
    assert core.whereabouts(rows, {}, at(30)).left
    assert core.whereabouts(rows, {}, START - timedelta(minutes=1)) == core.NOT_SEEN


def test_a_clock_an_hour_ahead_is_set_right_and_nothing_counts_after_its_receipt() -> None:
    received, ahead = at(60), timedelta(hours=1)
    assert core.counted_at(at(20) + ahead, received + ahead, received) == (at(20), 3600)
    assert core.counted_at(at(20) - ahead, received - ahead, received) == (at(20), -3600)
    assert core.counted_at(at(90), received, received) == (received, 0)
    assert core.counted_at(at(20), received + timedelta(seconds=2), received) == (at(20), 0)
    assert core.counted_at(at(20) - timedelta(days=40), received, received) == (received, 0)


def test_what_a_desk_reads() -> None:
    assert core.read(" 12 ") == core.Read(number=12)
    assert core.read(core.badge_text("HN-2026", "a:b")) == core.Read(code="HN-2026", badge="a:b")
    for other in ("", "http://example.org", "SOKET:", "SOKET::x", "\u0661\u0662", "1234567890"):
        assert core.read(other) == core.Read()


PASSES = st.lists(
    st.builds(passing, st.integers(1, 12), st.integers(0, 6), st.integers(1, 3), st.booleans(), st.integers(1, 2)), max_size=12, unique_by=lambda one: one.id
)  # fmt: skip


@given(PASSES, st.data())
def test_order_and_repetition_change_nothing(rows: list[core.Pass], data: st.DataObject) -> None:
    settled = {one.id: data.draw(st.integers(1, 3)) for one in rows if data.draw(st.booleans())}
    shuffled = data.draw(st.permutations(rows + data.draw(st.lists(st.sampled_from(rows), max_size=6)) if rows else rows))
    assert core.presence(shuffled, settled) == core.presence(rows, settled)


@given(PASSES)
def test_nobody_is_counted_twice_and_each_wait_has_a_clash(rows: list[core.Pass]) -> None:
    for found in core.presence(rows, {}).values():
        assert (found.site is not None) + found.waits + found.left + (found.first_at is None) == 1
        assert bool(core.pending(found)) == found.waits
        assert set(found.sites) <= set(found.seen_at)


@given(PASSES, st.sampled_from([1, 2, 3]))
def test_deciding_every_clash_leaves_nobody_waiting(rows: list[core.Pass], site: int) -> None:
    settled = {one.id: site for one in rows}
    assert not any(found.waits for found in core.presence(rows, settled).values())
