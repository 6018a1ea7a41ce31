"""The tree of areas on one day, laid out so that the parts of any area are one contiguous run.

Nodes stand in depth-first order, siblings in the order the caller gives (Vietnamese order of names). The
subtree of node i is then [i, ends[i]); the lowest area that holds a set of nodes is the lowest one that
holds its first and its last, which is what restatement asks for thousands of times.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.errors import BadTree

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the tree; `rank` orders it among its siblings (a sort key of its name), then its id."""

    id: int
    parent: int | None
    level: int
    rank: str | bytes | int = 0


@dataclass(frozen=True, eq=False)
class Geography:
    """The areas of `on` in depth-first order: our ids, index of the parent (-1 above), level, end of subtree.
    `version` is the number of the tree in the database, kept so that a figure can name it."""

    on: date
    version: int
    ids: Ints
    parents: Ints
    levels: Ints
    ends: Ints

    @classmethod
    def build(cls, areas: Iterable[Area], *, on: date, version: int = 0) -> Geography:
        """Sort areas into a tree. BadTree for an area twice, an unknown parent or a cycle."""
        listed = list(areas)
        known = {area.id for area in listed}
        under: dict[int | None, list[Area]] = {}
        for area in listed:
            if area.parent is not None and area.parent not in known:
                raise BadTree(f"area {area.id} stands under {area.parent}, which is not on the tree of {on}")
            under.setdefault(area.parent, []).append(area)
        for siblings in under.values():
            siblings.sort(key=lambda area: (area.rank, area.id))
        ordered: list[Area] = []
        waiting = list(reversed(under.get(None, [])))
        while waiting:
            area = waiting.pop()
            ordered.append(area)
            waiting.extend(reversed(under.get(area.id, [])))
        if len(ordered) != len(listed):
            raise BadTree(f"{len(listed) - len(ordered)} areas on {on} stand under each other in a circle")
        return cls.of(
            [area.id for area in ordered], [area.parent for area in ordered], [area.level for area in ordered], on=on, version=version
        )

    @classmethod
    def of(
        cls, ids: Sequence[int], parents: Sequence[int | None], levels: Sequence[int], *, on: date, version: int = 0
    ) -> Geography:
        """A tree from lists that already stand in depth-first order. BadTree when they do not."""
        if not ids:
            raise BadTree(f"the tree of {on} has no areas")
        place = {area: at for at, area in enumerate(ids)}
        if len(place) != len(ids):
            raise BadTree(f"an area stands twice on the tree of {on}")
        above = np.full(len(ids), -1, np.int64)
        ends = np.arange(1, len(ids) + 1, dtype=np.int64)
        path: list[int] = []
        for at, parent in enumerate(parents):
            while path and (parent is None or ids[path[-1]] != parent):
                ends[path.pop()] = at
            if parent is not None and not path:
                raise BadTree(f"area {ids[at]} does not follow its parent {parent} in the order of {on}")
            above[at] = path[-1] if path else -1
            path.append(at)
        for at in path:
            ends[at] = len(ids)
        return cls(on, version, np.array(ids, np.int64), above, np.array(levels, np.int64), ends)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> dict[int, int]:
        """Place of each area by its id."""
        return {area: at for at, area in enumerate(self.ids.tolist())}

    @cached_property
    def _lookup(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.ids, kind="stable")
        return self.ids[order], order

    def positions(self, ids: Ints) -> Ints:
        """Places of many areas at once, -1 for those not on this tree."""
        ordered, order = self._lookup
        at = np.minimum(np.searchsorted(ordered, ids), len(ordered) - 1)
        return np.where(ordered[at] == ids, order[at], -1)

    def place(self, area: int) -> int:
        """The place of one area; BadTree when it is not on this tree."""
        try:
            return self.index[area]
        except KeyError:
            raise BadTree(f"area {area} is not on the tree of {self.on}") from None

    def at_level(self, level: int) -> list[int]:
        """Ids of the areas of a level, in order."""
        found: list[int] = self.ids[self.levels == level].tolist()
        return found

    def children(self, area: int) -> list[int]:
        """Ids of the areas directly under one, in order."""
        found: list[int] = self.ids[self.parents == self.place(area)].tolist()
        return found

    @cached_property
    def parts(self) -> dict[int, tuple[int, ...]]:
        """Direct parts of every area that has any: the territory of an area is that of its parts."""
        under: dict[int, list[int]] = {}
        for area, above in zip(self.ids.tolist(), self.parents.tolist(), strict=True):
            if above >= 0:
                under.setdefault(int(self.ids[above]), []).append(area)
        return {area: tuple(inside) for area, inside in under.items()}

    def meet(self, first: Ints, last: Ints) -> Ints:
        """For each pair of places (first ≤ last) the lowest place that holds both, -1 when none does."""
        at = first.copy()
        while True:
            short = (at >= 0) & (self.ends[at] <= last)
            if not short.any():
                return at
            at[short] = self.parents[at[short]]

    def target_of(self, places: Ints, targets: Sequence[int]) -> Ints:
        """For each place the number of the target area that holds it, -1 when none does (or the place is -1).

        BadTree when two targets overlap: a row would have to count twice.
        """
        nodes = np.array([self.place(area) for area in targets], np.int64)
        if not targets:
            return np.full(len(places), -1, np.int64)
        order = np.argsort(nodes, kind="stable")
        starts, stops = nodes[order], self.ends[nodes[order]]
        if (starts[1:] < stops[:-1]).any():
            raise BadTree("two of the areas asked for lie one inside the other")
        at = np.searchsorted(starts, places, side="right") - 1
        inside = (places >= 0) & (at >= 0) & (places < stops[at])
        return np.where(inside, order[at], -1)
