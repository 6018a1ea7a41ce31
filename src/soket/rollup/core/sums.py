"""Adding up runs of a column, exactly: the inner loop of the roll-up.

Rows that count for the same area stand together, or nearly so, because tables are laid down in tree order.
A column is therefore added run by run at about the speed of reading it, and the few runs of an area are
joined afterwards. No order of rows is required for the result, only for the speed.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import STATES, Bytes
from soket.rollup.core.errors import Overflow
from soket.rollup.core.limits import LARGEST, peak

Ints = NDArray[np.int64]
_FIELD = 10
LONGEST = 2**_FIELD - 1
_ONE_HOT = np.zeros(256, np.int64)
_ONE_HOT[:STATES] = 1 << (_FIELD * np.arange(STATES, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Runs:
    """Maximal runs of rows with one label, none longer than LONGEST. `order` sorts the runs that count by
    label, `joins` are the places in that order where a label begins, `found` those labels, `size` their number
    with the empty ones."""

    starts: Ints
    order: Ints
    joins: Ints
    found: Ints
    rows: int
    size: int

    @classmethod
    def of(cls, labels: Ints, size: int) -> Runs:
        """Runs of labels in 0 … size-1; rows labelled -1 count nowhere."""
        count = len(labels)
        change = np.flatnonzero(labels[1:] != labels[:-1]) + 1
        starts = np.unique(np.concatenate([np.arange(0, count, LONGEST, dtype=np.int64), change]))
        kept = np.flatnonzero(labels[starts] >= 0)
        order = kept[np.argsort(labels[starts[kept]], kind="stable")]
        found, joins = np.unique(labels[starts[order]], return_index=True)
        return cls(starts, order, joins.astype(np.int64), found, count, size)

    def apart(self, ufunc: np.ufunc, matrix: Ints) -> Ints:
        """One result per run, for a matrix [columns, rows]."""
        if not self.rows:
            return np.zeros((len(matrix), 0), np.int64)
        result: Ints = ufunc.reduceat(matrix, self.starts, axis=1)
        return result

    def join(self, ufunc: np.ufunc, parts: Ints, empty: int) -> Ints:
        """One result per label from one per run; labels without rows get `empty`."""
        out = np.full((len(parts), self.size), empty, np.int64)
        if len(self.order):
            out[:, self.found] = ufunc.reduceat(parts[:, self.order], self.joins, axis=1)
        return out

    def reduce(self, ufunc: np.ufunc, matrix: Ints, empty: int) -> Ints:
        """One result per column and label."""
        return self.join(ufunc, self.apart(ufunc, matrix), empty)


def exact_sums(matrix: Ints, runs: Runs) -> Ints:
    """Sums per column and label, exact. Overflow when one of them does not fit into 64 bits."""
    if peak(matrix) * max(runs.rows, 1) <= LARGEST:
        return runs.reduce(np.add, matrix, 0)
    high = runs.reduce(np.add, matrix >> 32, 0).astype(object)
    low = runs.reduce(np.add, matrix & 0xFFFFFFFF, 0).astype(object)
    exact = high * 2**32 + low
    outside = np.argwhere((exact > LARGEST) | (exact < -LARGEST - 1))
    if len(outside):
        column, label = outside[0]
        raise Overflow(f"column {column}, area {label}: the total {exact[column, label]} does not fit into 64 bits")
    sums: Ints = exact.astype(np.int64)
    return sums


def state_counts(states: Bytes, runs: Runs) -> Ints:
    """How many cells of each state, per column and label: [states, columns, labels].

    The six counts of a run ride in one integer, ten bits each, which is why runs are kept short.
    """
    packed = runs.apart(np.add, _ONE_HOT[states])
    return np.stack([runs.join(np.add, packed >> (_FIELD * state) & LONGEST, 0) for state in range(STATES)])
