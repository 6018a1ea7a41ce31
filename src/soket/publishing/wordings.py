"""Ways of saying a figure in round words, offered to the editor. Pure; every one is true of the exact value (`core.true_of`)."""
from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from soket.publishing.core import Value, true_of
from soket.ui.core import number

SIZES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))
SMALL = 100
"""Below it a number is as short as any words for it."""
MOST = 3


def ways(value: Value) -> list[str]:
    """The shortest first, three at most; none for a small number, a range, or words."""
    if value.amount is None or value.amount <= 0:
        return []
    told = _shares(value.amount, value.display) if value.percent else _counts(value.amount, value.mark)
    plain = value.display.replace("\u00a0", " ")
    return [words for words in dict.fromkeys(told) if words != plain and true_of(words, value)][:MOST]


def _shares(amount: Fraction, display: str) -> Iterator[str]:
    whole, sign = amount // 1, " %" if display.replace("\u00a0", " ").endswith(" %") else "%"
    for mark, said in (("hơn", whole), ("gần", whole + 1)):
        if said != amount:
            yield f"{mark} {said}{sign}"


def _counts(amount: Fraction, mark: str) -> Iterator[str]:
    """With two figures that count, then with three."""
    if amount < SMALL:
        return
    size, name = next((size, name) for size, name in SIZES if amount >= size)
    for figures in (2, 3):
        step = Fraction(10) ** max(0, len(str(amount // 1)) - figures)
        floor = amount // step * step
        marks: tuple[tuple[str, Fraction], ...] = (("hơn", floor), ("gần", floor + step), ("khoảng", floor), ("khoảng", floor + step))
        if floor == amount:
            marks = (("hơn" if mark else "", floor),)
        for word, said in marks:
            yield " ".join(filter(None, [word, _written(said / size), name]))


def _written(said: Fraction) -> str:
    """With as many decimals as it has, two at most."""
    decimals = next(count for count in range(3) if count == 2 or (said * 10**count).denominator == 1)
    return number(int(said * 10**decimals), decimals)
