"""Money in whole đồng, and what is typed for it."""
from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.commendations.core import money

pytestmark = pytest.mark.one_database


def test_amounts_of_the_decree_on_each_base_salary() -> None:
    assert money.owed((15, 10), 1_800_000) == 2_700_000
    assert money.owed((15, 10), 2_340_000) == 3_510_000
    assert money.owed((30, 10), 2_530_000) == 7_590_000
    assert money.owed((6, 10), 2_530_000) == 1_518_000
    assert (money.owed((1, 2), 3), money.owed((1, 3), 4), money.owed((0, 1), 5)) == (2, 1, 0)
    assert money.money_words(3_510_000) == "3.510.000 đồng"
    for wrong in ((1, 0), (-1, 10)):
        with pytest.raises(ValueError, match="whole number of parts"):
            money.owed(wrong, 1)


@given(st.integers(0, 5000), st.integers(1, 1000), st.integers(0, 10**8))
def test_owed_is_the_exact_product_rounded_half_up(top: int, bottom: int, base: int) -> None:
    exact = Fraction(top, bottom) * base
    assert -Fraction(1, 2) <= exact - money.owed((top, bottom), base) < Fraction(1, 2)


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_multiple_typed_is_the_multiple_printed(whole: int, part: int) -> None:
    typed = f"{whole},{part:03d}"
    found = money.parsed(typed)
    assert found is not None and Fraction(*found) == Fraction(whole * 1000 + part, 1000)
    assert money.parsed(money.decimal(found)) is not None and Fraction(*money.parsed(money.decimal(found))) == Fraction(*found)  # type: ignore[misc]


def test_what_is_no_amount_is_refused() -> None:
    assert [money.parsed(text) for text in ("", "1,", ",5", "1,2345", "-1", "1,5,0", "một", "1 5", "²")] == [None] * 9
    good = ["2.340.000", "2340000", "2 340 000", "2.340.000 đồng", "2\u00a0340\u00a0000 đ"]
    assert {money.parsed_dong(text) for text in good} == {2_340_000}
    assert [money.parsed_dong(text) for text in ("2.34", "2,340,000", "2.3400.00", "", "-5", "2.340.000.0", "hai triệu")] == [None] * 7
