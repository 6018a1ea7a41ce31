"""Charts: shares against 100 %, everything else against the largest; what has no bar says why."""
from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from soket.publishing import showing
from tests.factories import publishing_public as make

pytestmark = pytest.mark.one_database


def drawn(figures: list[dict[str, Any]]) -> showing.Drawn:
    content = make.copy(1, make.at(15), figures=figures, body=[{"kind": "chart", "codes": [one["code"] for one in figures]}])
    return showing.told(content, "", "").body[0]


def lengths(block: showing.Drawn) -> list[tuple[int | None, str]]:
    return [(bar.length, bar.gap) for bar in block.bars]


def words(block: showing.Drawn) -> str:
    return render_to_string("publishing/body.html", {"blocks": [block]}).replace("\u00a0", " ")


def test_shares_are_drawn_against_the_whole() -> None:
    block = drawn([make.figure("01", "75 %", "3", "4"), make.figure("02", "50 %", "1", "2"), make.figure("03", "0,1 %", "1", "1000")])
    assert lengths(block) == [(750, ""), (500, ""), (2, "")] and block.axis == "100 %"
    assert 'width="750"' in words(block) and "Cả chiều ngang ứng với 100 %." in words(block)
    over = drawn([make.figure("01", "120 %", "6", "5"), make.figure("02", "60 %", "3", "5")])
    assert lengths(over) == [(1000, ""), (500, "")] and over.axis.startswith("120 %")


def test_other_figures_are_drawn_against_the_largest() -> None:
    block = drawn([make.figure("01", "66", "66"), make.figure("02", "88", "88"), make.figure("03", "4,4", "44", scale=1)])
    assert lengths(block) == [(750, ""), (1000, ""), (50, "")] and "Cả chiều ngang ứng với 88 buổi." in words(block)


def test_zero_missing_and_not_applicable_are_told_apart() -> None:
    figures = [
        make.figure("01", "66", "66"), make.figure("02", "0", "0", state="zero"), make.figure("03", "chưa có số", None, state="missing"),
        make.figure("04", "không áp dụng", None, state="not_applicable"), make.figure("05", "5–7", "5"), make.figure("06", "-3", "-3"),
    ]  # fmt: skip
    figures[4]["exact"]["upper"] = "7"
    block = drawn(figures)
    assert lengths(block) == [(1000, ""), (None, "zero"), (None, "missing"), (None, "not_applicable"), (None, "range"), (None, "below")]
    page = words(block)
    assert page.count("<svg") == 1
    for said in ("Bằng không nên không có thanh", "Chưa có số liệu nên không có thanh", "Không áp dụng nên không có thanh", "Là một khoảng nên không có thanh"):
        assert page.count(said) == 1, said
    nothing = drawn([make.figure("01", "0", "0", state="zero"), make.figure("02", "0 %", "0", state="zero")])
    assert lengths(nothing) == [(None, "zero"), (None, "zero")] and nothing.axis == "" and "Cả chiều ngang" not in words(nothing)
