"""What the engine refuses. Every refusal says which area, column or file it is about."""
from __future__ import annotations


class RollupError(ValueError):
    """Something asked of the roll-up that it cannot answer truthfully."""


class BadTable(RollupError):
    """Rows that contradict themselves: shapes, unknown states, a number under "missing", a unit twice."""


class BadTree(RollupError):
    """A cycle, an unknown parent, an area twice, an order that is not depth first, overlapping targets."""


class BadSuccession(RollupError):
    """Shares that do not sum to one, that are half decided, or an act listed twice."""


class Undeclared(RollupError):
    """An aggregation that the table of kinds does not declare."""


class Overflow(RollupError):
    """A total outside 64 bits. It is refused; it is never wrapped or rounded."""


class CutDamaged(RollupError):
    """A file of a round that is not what its header says; the round is read anew from its reports."""
