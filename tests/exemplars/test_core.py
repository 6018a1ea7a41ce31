"""Sheets, states, spread, map and curve as pure functions."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.exemplars import core
from soket.exemplars.core.tiles import ISLANDS, PLACES
from tests.factories import exemplars as make
from tests.files import samples

pytestmark = pytest.mark.one_database
small = st.integers(min_value=0, max_value=500)


def codes(typed: core.Typed) -> list[tuple[str, str]]:
    return [(fault.cell, fault.code) for fault in core.check(typed)[1]]


def test_a_sheet_that_agrees_is_read_with_its_three_states() -> None:
    rows, faults = core.check(make.typed())
    assert faults == []
    assert rows["economy"] == core.Row("number", 2, 1)
    assert (rows["culture"].state, rows["culture"].total) == ("nothing", 0)
    assert (rows["system"].collective, rows["system"].total) == (0, 1)
    cells = {f"all_{column}": None for column in core.COLUMNS} | {f"economy_{column}": None for column in core.COLUMNS}
    rows, faults = core.check(make.typed(**cells))
    assert (faults, rows["economy"].state, rows["economy"].total) == ([], "missing", None)


def test_each_disagreement_names_its_cell() -> None:
    assert codes(make.typed(economy_total=4)) == [("economy_total", "parts")]
    assert codes(make.typed(all_collective=8)) == [("all_collective", "fields")]
    assert codes(make.typed(all_collective=6, all_individual=3)) == [("all_collective", "fields"), ("all_individual", "fields")]
    assert codes(make.typed(all_total=None)) == [("all_total", "incomplete")]
    assert codes(make.typed(economy_individual=None)) == [("economy_individual", "incomplete")]
    assert codes(make.typed(culture_collective=0)) == [("culture_collective", "nothing_and_number")]
    assert codes(make.typed(economy_collective=-1, economy_total=0)) == [("economy_collective", "range")]
    assert codes(core.Typed({})) == [("economy_collective", "empty")]
    missing = make.typed(economy_collective=None, economy_individual=None, economy_total=None)
    found = core.check(missing)[1]
    assert [(fault.cell, fault.about) for fault in found] == [("all_collective", "economy"), ("all_individual", "economy"), ("all_total", "economy")]
    parts = core.check(make.typed(economy_total=4))[1][0]
    assert parts.numbers == {"made": 3, "stated": 4}


def test_everything_nothing_to_report_needs_no_totals() -> None:
    for totals in (None, 0):
        sheet = core.Typed({f"all_{column}": totals for column in core.COLUMNS}, frozenset(core.FIELDS))
        rows, faults = core.check(sheet)
        assert faults == []
        assert {row.state for row in rows.values()} == {"nothing"}
    assert codes(core.Typed({"all_collective": 1, "all_individual": 0, "all_total": 1}, frozenset(core.FIELDS))) != []


@given(st.lists(st.tuples(small, small), min_size=4, max_size=4), st.sampled_from(["economy", "all"]), st.sampled_from(core.COLUMNS), st.integers(1, 9))
def test_what_adds_up_is_taken_and_what_is_off_by_any_amount_is_not(cells: list[tuple[int, int]], row: str, column: str, off: int) -> None:
    typed: dict[str, int | None] = {}
    for name, (collective, individual) in zip(core.FIELDS, cells, strict=True):
        typed |= {f"{name}_collective": collective, f"{name}_individual": individual, f"{name}_total": collective + individual}
    sums = [sum(pair[0] for pair in cells), sum(pair[1] for pair in cells)]
    typed |= {"all_collective": sums[0], "all_individual": sums[1], "all_total": sum(sums)}
    rows, faults = core.check(core.Typed(typed))
    assert faults == []
    assert sum(one.total or 0 for one in rows.values()) == sum(sums)
    name = f"{row}_{column}"
    assert core.check(core.Typed({**typed, name: (typed[name] or 0) + off}))[1] != []


@given(small, small, small, small)
def test_recognised_is_within_registered_exactly_when_each_part_is(a: int, b: int, c: int, d: int) -> None:
    blank = dict.fromkeys(core.FIELDS, core.Row("nothing"))
    found = core.within({**blank, "economy": core.Row("number", a, b)}, {**blank, "economy": core.Row("number", c, d)})
    assert [fault.cell for fault in found] == [f"economy_{part}" for part, over in (("collective", a > c), ("individual", b > d)) if over]


def test_nothing_is_recognised_where_no_figure_was_registered() -> None:
    blank = dict.fromkeys(core.FIELDS, core.Row("nothing"))
    faults = core.within({**blank, "system": core.Row("number", 0, 0)}, {**blank, "system": core.Row()})
    assert [(fault.cell, fault.code) for fault in faults] == [("system_collective", "not_registered"), ("system_individual", "not_registered")]
    assert core.within({**blank, "system": core.Row()}, {**blank, "system": core.Row()}) == []


def test_sums_keep_how_many_sheets_stand_behind() -> None:
    one = core.check(make.typed())[0]
    two = {**dict.fromkeys(core.FIELDS, core.Row()), "economy": core.Row("number", 10, 0)}
    sums = core.sum_up([one, two])
    assert (sums["economy"].collective, sums["economy"].individual, sums["economy"].numbers) == (12, 1, 2)
    assert (sums["culture"].total, sums["culture"].nothing, sums["culture"].missing) == (0, 1, 1)
    assert sums["all"].total == 9 + 10
    assert core.sum_up([])["all"].total == 0
    assert core.differing(one, two) == ["economy", "culture", "defence", "system"]


@given(st.lists(st.sampled_from(["proposed", "recognised", "returned", "published", "withdrawn", "reopened"]), max_size=12))
def test_nothing_is_published_without_recognition_after_the_last_proposal(acts: list[str]) -> None:
    """Whatever is tried, in any order: the acts that the states allow hold a recognition between a proposal and a publication."""
    done, state = ["drafted"], "draft"
    for act in acts:
        try:
            state = core.follow(state, act)
        except core.Misfit:
            continue
        done.append(act)
    assert core.state_of(done) == state
    for at, act in enumerate(done):
        if act == "published":
            since = done[max(place for place, one in enumerate(done[:at]) if one == "proposed") : at]
            assert since == ["proposed", "recognised"]
    with pytest.raises(core.Misfit):
        core.follow("draft", "published")


def taken(key: str, unit: int, place: str | None, dated: date, confirmed: date | None = None, stopped: date | None = None) -> core.Taken:
    return core.Taken(key, unit, place, dated, confirmed or dated, stopped)


ROWS = [
    taken("a", 1, "Huế", date(2025, 2, 10)), taken("b", 2, "Huế", date(2025, 2, 20), date(2025, 4, 1)),
    taken("c", 3, "Cà Mau", date(2025, 8, 5), stopped=date(2025, 12, 31)), taken("d", 3, "Cà Mau", date(2026, 3, 1)),
    core.Taken("e", 4, None, date(2025, 9, 9), None, None),
]  # fmt: skip


def test_the_spread_of_a_day_looks_at_nothing_later() -> None:
    march = core.spread(ROWS, date(2025, 3, 1))
    assert (march.applied, march.waiting, march.places) == (("a",), ("b",), {"Huế": 1})
    autumn = core.spread(ROWS, date(2025, 10, 1))
    assert (autumn.applied, autumn.waiting, autumn.places) == (("a", "b", "c"), ("e",), {"Huế": 2, "Cà Mau": 1})
    winter = core.spread(ROWS, date(2025, 12, 31))
    assert (winter.stopped, winter.places) == (("c",), {"Huế": 2})
    assert core.spread(ROWS, date(2026, 5, 4)).places == {"Huế": 2, "Cà Mau": 1}


def test_a_unit_that_stands_for_several_counts_once() -> None:
    rows = [taken("a", 9, "Huế", date(2025, 1, 1)), taken("b", 9, "Huế", date(2025, 2, 1)), taken("c", 8, None, date(2025, 2, 1))]
    found = core.spread(rows, date(2026, 1, 1))
    assert (found.places, found.central, found.units, len(found.applied)) == ({"Huế": 1}, 1, 2, 3)


def test_the_months_of_the_curve_run_without_a_gap() -> None:
    found = core.months(ROWS, date(2026, 3, 15))
    assert [(row.first.isoformat()[:7], row.begun, row.stopped, row.ever, row.applied) for row in found if row.begun or row.stopped] == [
        ("2025-02", 2, 0, 2, 2), ("2025-08", 1, 0, 3, 3), ("2025-12", 0, 1, 3, 2), ("2026-03", 1, 0, 4, 3),
    ]  # fmt: skip
    assert len(found) == 14
    assert core.months(ROWS, date(2025, 2, 9)) == []


days = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@given(st.lists(st.tuples(days, st.one_of(st.none(), days), st.booleans(), st.integers(1, 6)), max_size=20), days)
def test_the_curve_ends_where_the_spread_stands(drawn: list[tuple[date, date | None, bool, int]], on: date) -> None:
    rows = [
        core.Taken(str(at), unit, "Huế", dated, dated if sure else None, max(stopped, dated) if stopped else None)
        for at, (dated, stopped, sure, unit) in enumerate(drawn)
    ]
    found, spread = core.months(rows, on), core.spread(rows, on)
    assert (found[-1].applied if found else 0) == len(spread.applied)
    assert (found[-1].ever if found else 0) == len(spread.applied) + len(spread.stopped)
    assert [row.ever for row in found] == sorted(row.ever for row in found)
    assert spread.units <= len(spread.applied)


@given(st.lists(st.tuples(days, st.booleans()), min_size=1, max_size=30), days)
def test_the_drawn_curve_stays_inside_its_frame_and_never_falls(drawn: list[tuple[date, bool]], on: date) -> None:
    rows = core.months([core.Taken(str(at), at, "Huế", dated, dated, None) for at, (dated, _sure) in enumerate(drawn)], on)
    if not rows:
        with pytest.raises(ValueError, match="month"):
            core.draw(rows, on, core.BOUNDARY, 760, 280, 8)
        return
    curve = core.draw(rows, on, core.BOUNDARY, 760, 280, 8)
    points = [tuple(map(int, part[1:].split())) for part in curve.path.replace(" L", "|L").split("|")]
    assert all(0 <= x <= curve.right and 0 <= y <= curve.base for x, y in points)
    assert [x for x, _y in points] == sorted(x for x, _y in points)
    assert [y for _x, y in points] == sorted((y for _x, y in points), reverse=True)
    assert (points[-1], curve.last) == (curve.end, len([one for one, _sure in drawn if one <= on]))
    assert len(curve.days) <= 8
    assert (curve.reform is not None) == (rows[0].first < core.BOUNDARY < max(on, rows[0].first + timedelta(days=1)))


def test_the_map_has_every_province_once_and_always_both_archipelagos() -> None:
    assert len(PLACES) == 34
    places = [*PLACES.values(), *((column, row) for _name, _province, column, row in ISLANDS)]
    assert len(set(places)) == 36
    empty = core.lay({})
    assert [(tile.name, tile.province) for tile in empty if tile.province] == [("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")]
    assert (len(empty), {tile.count for tile in empty}, [tile.name for tile in empty][:2]) == (36, {None}, ["Lai Châu", "Lào Cai"])
    whole = core.lay({**dict.fromkeys(PLACES, 0), "Huế": 3, "Mẫu": 1})
    assert len(whole) == 37
    assert next((tile.step, tile.count) for tile in whole if tile.name == "Huế") == (2, 3)
    assert next((tile.column, tile.row) for tile in whole if tile.name == "Mẫu") == (0, 15)
    assert [core.step_of(count) for count in (0, 1, 2, 3, 4, 8, 15, 16, 500)] == [0, 1, 2, 2, 3, 4, 4, 5, 5]
    assert [core.short_name(*pair) for pair in (("thành phố Huế", "thành phố"), ("tỉnh Mẫu", "tỉnh"), ("Huế", ""))] == ["Huế", "Mẫu", "Huế"]
    assert core.short_name("Thành phố Hồ Chí Minh", "thành phố") == "TP. Hồ Chí Minh" in PLACES


def test_the_size_of_a_picture_is_read_from_its_bytes() -> None:
    assert core.size_of(make.png(640, 427)) == (640, 427)
    frame = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x0b\x08\x00\x20\x00\x30\x01\x01\x11\x00"
    assert core.size_of(b"\xff\xd8" + frame + b"\xff\xd9") == (48, 32)
    for bad in (b"", b"GIF89a", samples.JPEG, b"\xff\xd8\xff", make.png(0, 2), b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(core.BadPicture):
            core.size_of(bad)
