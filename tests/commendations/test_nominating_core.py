"""What may be the same achievement, which numbers stand on nothing, what a pasted line says."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.commendations.core import pasting, twins, wording

pytestmark = pytest.mark.one_database


def claim(id: int, name: str, unit: int = 1, **more: Any) -> twins.Claim:
    given_: dict[str, Any] = {
        "key": f"person:{name}@{unit}", "person": True, "kin": frozenset({unit}), "above": None, "programme": None, "start": date(2024, 1, 1),
        "end": date(2024, 12, 31), **more,
    }  # fmt: skip
    return twins.Claim(id=id, name=name, unit=unit, **given_)


def test_the_same_key_over_days_that_meet_is_exact_and_over_others_nothing() -> None:
    one = claim(1, "Trưởng Công an xã A")
    assert twins.twin(one, claim(2, "Trưởng Công an xã A", end=date(2024, 1, 1), start=date(2023, 1, 1))) == "exact"
    assert twins.twin(one, claim(2, "Trưởng Công an xã A", end=date(2023, 12, 31), start=date(2023, 1, 1))) == ""
    assert twins.twin(one, one) == ""


def test_programmes_that_differ_are_no_twins_and_all_together_meets_each() -> None:
    one = claim(1, "Phó trưởng Công an xã B", programme=4)
    assert twins.twin(one, claim(2, "Phó trưởng Công an xã B", programme=5)) == ""
    assert twins.twin(one, claim(2, "Phó trưởng Công an xã B")) == "exact"


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("Đồng chí  Đại úy TRƯỞNG BAN Á", 1, "alike"), ("Truong Ban A", 2, "alike"), ("Trưởng Ban Am", 1, "alike"),
        ("Trưởng Ban Am", 2, ""), ("Trưởng Ban Tám", 1, ""),
        ("Trưởng Bản A", 1, "alike"),
    ],
)  # fmt: skip
def test_names_that_look_alike(name: str, unit: int, kind: str) -> None:
    assert twins.kinship(claim(1, "Trưởng Ban A"), claim(2, name, unit)) == kind


def test_collectives_are_alike_when_one_followed_the_other_or_both_stand_under_one_unit_with_one_name() -> None:
    def unit(id: int, name: str, key: int, kin: set[int], above: int) -> twins.Claim:
        return claim(id, name, key, key=f"unit:{key}", person=False, kin=frozenset(kin), above=above)

    new = unit(1, "Công an xã Bình Minh", 10, {10, 3}, 1)
    assert twins.twin(new, unit(2, "Công an xã Tân Lập", 3, {3}, 1)) == "alike"
    assert twins.twin(new, unit(2, "Công an xã Bình  minh", 11, {11}, 1)) == "alike"
    assert twins.twin(new, unit(2, "Công an xã Bình Minh", 12, {12}, 2)) == ""
    assert twins.kinship(new, claim(2, "Công an xã Bình Minh", 10)) == ""


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_near_is_an_edit_distance_of_one(one: str, other: str) -> None:
    edits = {one} | {one[:at] + one[at + 1 :] for at in range(len(one))}
    edits |= {one[:at] + letter + one[at:] for at in range(len(one) + 1) for letter in "abc"}
    edits |= {one[:at] + letter + one[at + 1 :] for at in range(len(one)) for letter in "abc"}
    assert twins.near(one, other) == (other in edits) == twins.near(other, one)


def test_numbers_before_a_unit_word_that_no_token_binds_are_told() -> None:
    text = "Năm 2025 có {{SK-01}} buổi và 12 buổi, 3 xã; đạt 98,5 %, khoảng 40 phần trăm; 12 buổi. Điều 5 xãm."
    assert wording.loose_numbers(text, ["buổi", "xã", ""]) == ["12 buổi", "3 xã", "98,5 %", "40 phần trăm"]
    assert wording.loose_numbers("Không có số nào.", []) == []


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Trưởng Công an xã A", False), ("001088012345", True), ("số 001 088 012 345", True), ("123456789", True), ("012-345-678", True),
        ("1234567890", False), ("12345678", False), ("Đội 1, khu 2, 20/10/2024", False),
    ],
)  # fmt: skip
def test_a_run_of_nine_or_twelve_digits_may_be_an_identity_number(text: str, like: bool) -> None:
    assert wording.identity_like(text) is like


@given(st.text("ab {}\n", max_size=20), st.text("ab {}\n", max_size=20))
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    pieces = wording.compared(old, new)
    assert "".join(one.text for one in pieces if one.kind != "added") == old
    assert "".join(one.text for one in pieces if one.kind != "gone") == new


def test_a_pasted_table_is_parted_without_heading_and_blank_lines() -> None:
    text = "Đối tượng\tĐơn vị\n\nTập thể\tCông an xã A\t\t\tThành tích\t01/01/2024\t2025-12-14\n"
    rows = pasting.parted(text)
    assert [(row.line, row.cell("unit"), row.cell("brief"), row.cell("achieved_to")) for row in rows] == [(3, "Công an xã A", "Thành tích", "2025-12-14")]
    assert pasting.parted(pasting.joined(rows, text))[0].cells == rows[0].cells
    assert pasting.parted('a;"không đóng' + "x" * 140_000)[0].cell("recipient") == "a"
    assert pasting.parted("") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/06/2026", date(2026, 6, 14)), ("2026-06-14", date(2026, 6, 14)), ("31/02/2026", None), ("14/06/26", None), ("14.06.2026", None),
        ("٣/06/2026", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_written(text: str, day: date | None) -> None:
    assert pasting.day(text) == day
