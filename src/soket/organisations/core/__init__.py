"""Pure parts of the room: tree index, names, lives and successions, shares. No Django."""
from soket.organisations.core.lives import Life, Lives, Step
from soket.organisations.core.shares import Edge, applied, sum_to_one
from soket.organisations.core.tree import Node, Tree, would_cycle

__all__ = ["Edge", "Life", "Lives", "Node", "Step", "Tree", "applied", "sum_to_one", "would_cycle"]
