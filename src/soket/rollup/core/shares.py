"""Dividing whole numbers by decided shares so that the parts always sum to the whole."""
from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.errors import BadSuccession
from soket.rollup.core.limits import LARGEST, peak

Ints = NDArray[np.int64]


def apportion(whole: int, shares: Sequence[Fraction]) -> list[int]:
    """Divide `whole` by the method of the largest remainder; equal remainders go to the earlier share.

    Each part is the exact share rounded down, and the units left over go one by one to the parts that lost
    most. A negative whole is rounded down as well, so the parts still sum to it.

    >>> apportion(10, [Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])
    [4, 3, 3]
    >>> apportion(7, [Fraction(1, 4), Fraction(3, 4)])
    [2, 5]
    """
    weights, den = common(shares)
    parts = [whole * weight // den for weight in weights]
    lost = [whole * weight % den for weight in weights]
    for at in sorted(range(len(parts)), key=lambda at: -lost[at])[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def common(shares: Sequence[Fraction]) -> tuple[list[int], int]:
    """Shares over one denominator. BadSuccession when they do not sum to one or one is not positive."""
    den = lcm(*(share.denominator for share in shares))
    weights = [share.numerator * (den // share.denominator) for share in shares]
    if sum(weights) != den or min(weights) <= 0:
        raise BadSuccession(f"the shares {', '.join(map(str, shares))} do not divide one whole")
    return weights, den


def apportion_many(wholes: Ints, shares: Sequence[Fraction]) -> Ints:
    """`apportion` for many wholes at once: one row per share, one column per whole."""
    weights, den = common(shares)
    if max(peak(wholes), 1) * den > LARGEST:
        exact = [apportion(whole, shares) for whole in wholes.tolist()]
        return np.array(exact, np.int64).T.reshape(len(shares), len(wholes))
    product = np.multiply.outer(np.array(weights, np.int64), wholes)
    parts, lost = np.divmod(product, den)
    left = wholes - parts.sum(axis=0)
    rank = np.argsort(np.argsort(-lost, axis=0, kind="stable"), axis=0, kind="stable")
    grown: Ints = parts + (rank < left)
    return grown
