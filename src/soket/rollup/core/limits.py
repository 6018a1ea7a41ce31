"""The edges of a 64-bit cell."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.errors import Overflow

LARGEST = 2**63 - 1


def fits(total: int, what: str) -> int:
    """The total itself, or Overflow when a 64-bit cell cannot hold it."""
    if not -LARGEST - 1 <= total <= LARGEST:
        raise Overflow(f"{what}: the total {total} does not fit into 64 bits")
    return total


def peak(cells: NDArray[np.int64]) -> int:
    """The largest absolute value, as an exact integer; 0 for no cells."""
    return max(abs(int(cells.max(initial=0))), abs(int(cells.min(initial=0))))
