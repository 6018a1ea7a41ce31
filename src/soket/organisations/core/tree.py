"""An index over one day's tree: children in order, depth-first order, subtrees as slices."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Node(NamedTuple):
    """One area or unit as it stood on a day.

    `kind` is the type of the area (xã, phường, tỉnh …), for a unit that of the area it sits on.
    `parent` and `area` are ids; for an area `area` is its own id. `order` is its place in `Tree.order`
    (0 for a node read outside a tree).
    """

    id: int
    name: str
    kind: str
    level: int
    parent: int | None
    area: int | None
    order: int


class Tree:
    """The nodes of one day. Rows come in the wanted order of siblings; roots are nodes without a parent
    among the rows. `order` lists all ids depth first, so a subtree is one slice of it."""

    def __init__(self, rows: Iterable[tuple[int, str, str, int, int | None, int | None]]) -> None:
        listed = list(rows)
        present = {row[0] for row in listed}
        below: dict[int | None, list[tuple[int, str, str, int, int | None, int | None]]] = {}
        for row in listed:
            below.setdefault(row[4] if row[4] in present else None, []).append(row)
        self._children = {parent: [row[0] for row in rows_] for parent, rows_ in below.items()}
        self._nodes: dict[int, Node] = {}
        self._end: dict[int, int] = {}
        self.order: list[int] = []
        self.roots: list[int] = self._children.get(None, [])
        self._lay_out(below)
        if len(self.order) != len(listed):
            raise ValueError("the tree has a cycle")

    def _lay_out(self, below: dict[int | None, list[tuple[int, str, str, int, int | None, int | None]]]) -> None:
        waiting: list[tuple[int, str, str, int, int | None, int | None] | int] = list(reversed(below.get(None, [])))
        nodes, order, end = self._nodes, self.order, self._end
        while waiting:
            row = waiting.pop()
            if isinstance(row, int):
                end[row] = len(order)
                continue
            key = row[0]
            nodes[key] = Node(*row, len(order))
            order.append(key)
            under = below.get(key)
            if under:
                waiting.append(key)
                waiting.extend(reversed(under))
            else:
                end[key] = len(order)

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, key: object) -> bool:
        return key in self._nodes

    def node(self, key: int) -> Node:
        """The node. Raises KeyError when it does not stand on that day."""
        return self._nodes[key]

    def get(self, key: int | None) -> Node | None:
        """The node, or None when it does not stand on that day."""
        return self._nodes.get(key) if key is not None else None

    def kind_of(self, key: int | None) -> str:
        """The node's type; empty when it does not stand on that day."""
        node = self.get(key)
        return node.kind if node else ""

    def parent_of(self, key: int) -> int | None:
        return self._nodes[key].parent

    def children(self, key: int) -> list[int]:
        """Ids directly below, in order."""
        return self._children.get(key, [])

    def subtree(self, key: int) -> list[int]:
        """The node and all below it, depth first."""
        return self.order[self._nodes[key].order : self._end[key]]

    def path(self, key: int) -> list[Node]:
        """From the root down to the node, both included."""
        found: list[Node] = []
        at: int | None = key
        while at is not None and at in self._nodes:
            found.append(self._nodes[at])
            at = self._nodes[at].parent
        return found[::-1]

    def at_level(self, level: int, under: int | None = None) -> list[int]:
        """Ids of that level, in depth-first order, in the whole tree or under one node."""
        keys = self.order if under is None else self.subtree(under)
        return [key for key in keys if self._nodes[key].level == level]


def would_cycle(key: int, new_parent: int | None, parent_of: Callable[[int], int | None]) -> bool:
    """Whether putting `key` under `new_parent` would make it stand above itself."""
    seen: set[int] = set()
    at = new_parent
    while at is not None and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = parent_of(at)
    return False
