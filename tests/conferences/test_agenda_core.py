"""The agenda as arithmetic: when lines begin, which overlap, what a reader is told of a new version."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from soket.conferences.core.agenda import Line, changes, overlaps, timed

EIGHT = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def row(id: int, title: str = "Khai mạc", starts: int = 0, minutes: int = 10, **more: Any) -> dict[str, Any]:
    given = {"id": id, "parent": None, "number": str(id), "kind": "other", "title": title, "minutes": minutes, "speaker": None, "paper": None}
    return {**given, "starts_at": at(starts).isoformat(), "ends_at": at(starts + minutes).isoformat(), **more}


def test_a_line_follows_the_one_before_unless_its_time_is_given_and_a_parent_lasts_as_long_as_its_lines() -> None:
    lines = [Line(1, None, 15), Line(2, None, 99), Line(3, 2, 20), Line(4, 2, 10, at(50)), Line(5, None, 5)]
    found = [(one.number, one.starts_at, one.ends_at) for one in timed(lines, EIGHT)]
    assert found == [("1", at(0), at(15)), ("2", at(15), at(60)), ("2.1", at(15), at(35)), ("2.2", at(50), at(60)), ("3", at(60), at(65))]


def test_overlaps_are_pairs_of_neighbours_on_one_level() -> None:
    rows = timed([Line(1, None, 30), Line(2, None, 10, at(20)), Line(3, None, 10, at(30))], EIGHT)
    assert [(one.id, other.id) for one, other in overlaps(rows)] == [(1, 2)]


@given(st.lists(st.integers(1, 600), max_size=20))
def test_without_given_times_nothing_overlaps_and_time_runs_on(minutes: list[int]) -> None:
    rows = timed([Line(place, None, length) for place, length in enumerate(minutes)], EIGHT)
    assert overlaps(rows) == []
    assert [one.ends_at for one in rows][:-1] == [one.starts_at for one in rows][1:]
    assert sum(((one.ends_at - one.starts_at) for one in rows), timedelta()) == timedelta(minutes=sum(minutes))


def test_the_change_list_names_each_difference_once() -> None:
    old = [row(1), row(2, "Báo cáo", 10), row(3, "Tham luận", 20)]
    new = [row(1, "Khai mạc hội nghị"), row(3, "Tham luận", 10, 15), row(4, "Kết luận", 25)]
    assert [(one["kind"], one["title"]) for one in changes(old, new)] == [
        ("dropped", "Báo cáo"), ("retitled", "Khai mạc hội nghị"), ("retimed", "Tham luận"), ("length", "Tham luận"), ("added", "Kết luận"),
    ]  # fmt: skip


@given(st.permutations([1, 2, 3, 4]))
def test_a_version_does_not_differ_from_itself_and_only_a_new_order_moves_lines(order: list[int]) -> None:
    old = [row(id) for id in (1, 2, 3, 4)]
    new = [row(id) for id in order]
    assert changes(new, new) == []
    assert {one["kind"] for one in changes(old, new)} == ({"moved"} if order != [1, 2, 3, 4] else set())
