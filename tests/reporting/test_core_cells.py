"""Numbers as Vietnamese officials write them, and the five states of a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.reporting.core import NOTHING, ZERO, Cell, CellState, NumberProblem, format_number, number, parse_number


@pytest.mark.parametrize(
    ("text", "scale", "amount"),
    [
        ("1.234", 0, 1234),
        ("1234", 0, 1234),
        ("1 234", 0, 1234),
        ("1\u00a0234", 0, 1234),
        ("1.234.567", 0, 1234567),
        ("0", 0, 0),
        ("007", 0, 7),
        ("1.234,5", 1, 12345),
        ("12,5", 1, 125),
        ("12", 1, 120),
        ("0,05", 2, 5),
        ("9.223.372.036.854.775.807", 0, 2**63 - 1),
    ],
)
def test_a_number_is_read_the_vietnamese_way(text: str, scale: int, amount: int) -> None:
    assert parse_number(text, scale=scale) == amount


@pytest.mark.parametrize(
    ("text", "scale", "code"),
    [
        ("1,234", 0, "ambiguous"),
        ("1,234", 1, "ambiguous"),
        ("12,5", 0, "not_whole"),
        ("12,55", 1, "decimals"),
        ("12.5", 1, "dot_decimal"),
        ("1,234.5", 1, "foreign"),
        ("1,234,567", 0, "foreign"),
        ("-5", 0, "negative"),
        ("−5", 0, "negative"),
        ("12a", 0, "not_number"),
        ("1.23.456", 0, "not_number"),
        ("１２", 0, "not_number"),
        ("-", 0, "not_number"),
        ("", 0, "not_number"),
        ("9.223.372.036.854.775.808", 0, "too_large"),
        ("1" * 400, 0, "too_large"),
    ],
)
def test_a_doubtful_number_is_refused_with_its_reason(text: str, scale: int, code: str) -> None:
    with pytest.raises(NumberProblem) as refused:
        parse_number(text, scale=scale)
    assert refused.value.code == code


def test_the_ambiguous_number_is_told_how_to_write_thousands() -> None:
    with pytest.raises(NumberProblem) as refused:
        parse_number("1,234", scale=0)
    assert refused.value.params == {"thousands": "1.234"}


def test_a_negative_number_is_taken_where_the_form_allows_it() -> None:
    assert parse_number("-1.234,5", scale=1, negative=True) == -12345


@given(value=st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1), scale=st.integers(min_value=0, max_value=4))
def test_what_is_written_reads_back(value: int, scale: int) -> None:
    assert parse_number(format_number(value, scale), scale=scale, negative=True) == value


@pytest.mark.parametrize(("value", "scale", "text"), [(1234567, 0, "1.234.567"), (12345, 1, "1.234,5"), (120, 1, "12"), (-5, 2, "−0,05")])
def test_numbers_are_written_the_vietnamese_way(value: int, scale: int, text: str) -> None:
    assert format_number(value, scale) == text


def test_five_states_have_five_bytes_and_words() -> None:
    assert [(state.value, state.word) for state in CellState] == [
        (0, "missing"),
        (1, "value"),
        (2, "zero"),
        (3, "nothing"),
        (4, "not_applicable"),
    ]


def test_an_amount_of_nought_is_the_state_zero() -> None:
    assert number(0) == ZERO
    assert number(7) == Cell(CellState.VALUE, 7)


@pytest.mark.parametrize(("state", "value"), [(CellState.VALUE, 0), (CellState.ZERO, 1), (CellState.MISSING, 3), (CellState.VALUE, 2**63)])
def test_a_cell_cannot_contradict_itself(state: CellState, value: int) -> None:
    with pytest.raises(ValueError, match="cell holds|number is not 0"):
        Cell(state, value)


def test_only_numbers_zero_and_nothing_count_as_amounts() -> None:
    assert [state.word for state in CellState if state.counts] == ["value", "zero", "nothing"]
    assert NOTHING.value == 0
