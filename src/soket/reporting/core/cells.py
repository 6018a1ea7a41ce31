"""One cell: five states kept apart, and numbers read and written the Vietnamese way.

A number is a 64-bit integer in the indicator's smallest unit: with scale 1, 12,5 is 125. The dot
groups thousands and the comma opens the decimals, so "1.234" is one thousand two hundred and
thirty-four and "1,234" is refused where it could be either.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

LARGEST = 2**63 - 1
_GROUPED = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_FOREIGN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_BLANKS = re.compile(r"[\u00a0\u2007\u2009\u202f ]")
_MINUS = "-\u2212\u2013"


class CellState(IntEnum):
    """The byte kept for each cell; the words are codes in content JSON."""

    MISSING = 0
    VALUE = 1
    ZERO = 2
    NOTHING = 3
    NOT_APPLICABLE = 4

    @property
    def word(self) -> str:
        return _WORDS[self]

    @classmethod
    def of(cls, word: str) -> CellState:
        """The state named by its word. Raises ValueError on any other word."""
        try:
            return _STATES[word]
        except (KeyError, TypeError):
            raise ValueError(f"no cell state {word!r}") from None

    @property
    def counts(self) -> bool:
        """Whether the cell stands for an amount: a number, zero, or nothing to report (an amount of 0)."""
        return self in (CellState.VALUE, CellState.ZERO, CellState.NOTHING)


_WORDS = {state: state.name.lower() for state in CellState}
_STATES = {word: state for state, word in _WORDS.items()}


@dataclass(frozen=True)
class Cell:
    """A state and, for a number, the amount in the smallest unit; every other state carries 0."""

    state: CellState = CellState.MISSING
    value: int = 0

    def __post_init__(self) -> None:
        if (self.state is CellState.VALUE) != (self.value != 0):
            raise ValueError("a number is not 0, and only a number carries an amount")
        if abs(self.value) > LARGEST:
            raise ValueError("a cell holds at most 64 bits")


MISSING = Cell()
ZERO = Cell(CellState.ZERO)
NOTHING = Cell(CellState.NOTHING)
NOT_APPLICABLE = Cell(CellState.NOT_APPLICABLE)


def number(value: int) -> Cell:
    """A cell for an amount in the smallest unit; 0 becomes the state zero."""
    return Cell(CellState.VALUE, value) if value else ZERO


@dataclass
class NumberProblem(Exception):
    """Why a typed number was refused: a code that the wording table knows, and what it names."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


def _whole_and_decimals(text: str, scale: int) -> tuple[str, str]:
    """Split at the decimal comma; raises NumberProblem on any other way of writing."""
    if _FOREIGN.fullmatch(text):
        raise NumberProblem("foreign")
    whole, comma, decimals = text.partition(",")
    if not _GROUPED.fullmatch(whole):
        dot = not comma and _DOT_DECIMAL.fullmatch(whole)
        raise NumberProblem("dot_decimal" if dot else "not_number")
    if comma and not re.fullmatch(r"[0-9]+", decimals):
        raise NumberProblem("not_number")
    if len(decimals) > scale:
        if len(decimals) == 3 and len(whole) <= 3:
            raise NumberProblem("ambiguous", {"thousands": f"{whole}.{decimals}"})
        raise NumberProblem("not_whole" if scale == 0 else "decimals", {"scale": str(scale)})
    return whole.replace(".", "").replace(" ", ""), decimals


def parse_number(text: str, *, scale: int, negative: bool = False) -> int:
    """The amount in the smallest unit of a number as typed. Raises NumberProblem.

    >>> parse_number("1.234,5", scale=1)
    12345
    """
    plain = _BLANKS.sub(" ", text).strip()
    minus = plain[:1] in _MINUS if plain else False
    plain = plain[1:].strip() if minus else plain
    if not plain:
        raise NumberProblem("not_number")
    whole, decimals = _whole_and_decimals(plain, scale)
    amount: int = int(whole[:40]) * 10**scale + int((decimals + "0" * scale)[:scale] or "0")
    if len(whole) > 40 or amount > LARGEST:
        raise NumberProblem("too_large")
    if minus and amount and not negative:
        raise NumberProblem("negative")
    return -amount if minus else amount


def format_number(value: int, scale: int) -> str:
    """How a Vietnamese reader writes the amount: 12345 with scale 1 is "1.234,5"; trailing zeros stay away."""
    whole, rest = divmod(abs(value), 10**scale)
    text = f"{whole:,}".replace(",", ".")
    decimals = str(rest).zfill(scale).rstrip("0") if scale else ""
    return ("−" if value < 0 else "") + text + (f",{decimals}" if decimals else "")
