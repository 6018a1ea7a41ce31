"""Round words offered for a figure: true, short, and none where the number is as short."""
from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import core, wordings
from soket.publishing.core import Value

pytestmark = pytest.mark.one_database


def value(amount: Fraction | int | None, display: str = "", *, percent: bool = False, mark: str = "") -> Value:
    return Value(code="01", display=display, amount=None if amount is None else Fraction(amount), percent=percent, mark=mark, measure="" if percent else "buổi")


@pytest.mark.parametrize(
    ("given_value", "said"),
    [
        (value(12_345, "12.345"), ["hơn 12 nghìn", "khoảng 12 nghìn", "hơn 12,3 nghìn"]),
        (value(11_987, "11.987"), ["hơn 11 nghìn", "gần 12 nghìn", "khoảng 12 nghìn"]),
        (value(12_000, "12.000"), ["12 nghìn"]), (value(15_913_272, "15.913.272"), ["hơn 15 triệu", "gần 16 triệu", "khoảng 16 triệu"]),
        (value(345, "345"), ["hơn 340", "gần 350", "khoảng 340"]), (value(66, "66"), []), (value(0, "0"), []), (value(None, "5–7"), []),
        (value(410_000, "hơn 410.000", mark="over"), ["hơn 410 nghìn"]),
        (value(Fraction(200, 3), "66,7\u00a0%", percent=True), ["hơn 66 %", "gần 67 %"]), (value(100, "100%", percent=True), []),
        (value(Fraction(9996, 100), "99,96 %", percent=True), ["hơn 99 %", "gần 100 %"]),
    ],
)  # fmt: skip
def test_each_figure_has_its_words(given_value: Value, said: list[str]) -> None:
    assert wordings.ways(given_value) == said


@given(st.fractions(min_value=0, max_value=10**13), st.booleans())
def test_no_words_are_untrue(amount: Fraction, percent: bool) -> None:
    one = value(amount % 101 if percent else amount, "x", percent=percent)
    assert all(core.true_of(words, one) for words in wordings.ways(one))
