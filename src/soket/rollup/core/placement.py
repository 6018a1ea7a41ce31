"""Where each row of a round lies on the tree of another day, and which rows count for which areas.

A row whose territory may lie in several areas is placed at the lowest area that holds them all: there, and
everywhere above, it counts in full. For the areas below, between which it may be divided, it is a gap,
unless shares are decided; then its parts are placed in turn.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import LeafTable, Mask
from soket.rollup.core.geography import Geography
from soket.rollup.core.succession import Fate, Succession
from soket.rollup.core.sums import Runs

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split:
    """A piece divided by decided shares into the pieces `children`; the first pieces are the rows themselves."""

    piece: int
    children: tuple[int, ...]
    shares: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Placement:
    """Rows (and the pieces they divide into) on one tree.

    `places` has the lowest area that holds each piece for certain, -1 when none does; `rows` the row each
    piece comes from; `reach` pairs a piece with every area it may lie in, for pieces that may lie in several;
    `lost` are pieces of whose territory nothing is known on this tree; `own` says that a row's area and its
    place are the same territory.
    """

    geography: Geography
    area_ids: Ints
    places: Ints
    rows: Ints
    own: Mask
    reach: tuple[Ints, Ints]
    splits: tuple[Split, ...]
    lost: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.area_ids)

    @cached_property
    def parent(self) -> Ints:
        """The piece each piece is a share of, -1 for the rows themselves."""
        above = np.full(len(self.places), -1, np.int64)
        for split in self.splits:
            above[list(split.children)] = split.piece
        return above

    def group(self, targets: Sequence[int], keep: Mask | None = None) -> Groups:
        """Which rows count for which of the target areas (ids, none inside another); `keep` drops rows."""
        labels = self.geography.target_of(self.places, targets)
        above = self.parent
        if keep is not None:
            labels = np.where(keep[self.rows], labels, -1)
        part = (labels >= 0) & (above >= 0) & (labels[above] < 0)
        part[: len(self)] = False
        divided = np.array([split.piece for split in self.splits], np.int64)
        pieces, nodes = self.reach
        touched = self.geography.target_of(nodes, targets)
        open_ = (labels[pieces] < 0) & (touched >= 0)
        if keep is not None:
            open_ &= keep[self.rows[pieces]]
        bare = open_ & ~np.isin(pieces, divided)
        rooted = open_ & (pieces < len(self))
        lost = [piece for piece in self.lost if keep is None or keep[self.rows[piece]]]
        return Groups(
            self, tuple(targets), labels[: len(self)], np.flatnonzero(part), labels[part],
            self._gaps(pieces[bare], touched[bare], lost, len(targets)),
            self._gaps(pieces[rooted], touched[rooted], lost, len(targets)),
        )  # fmt: skip

    def _gaps(self, pieces: Ints, touched: Ints, lost: Sequence[int], size: int) -> tuple[tuple[int, ...], ...]:
        everywhere = {int(self.area_ids[self.rows[piece]]) for piece in lost}
        found: dict[int, set[int]] = {}
        for area, target in zip(self.area_ids[self.rows[pieces]].tolist(), touched.tolist(), strict=True):
            found.setdefault(target, set(everywhere)).add(area)
        default = tuple(sorted(everywhere))
        return tuple(tuple(sorted(found[at])) if at in found else default for at in range(size))


@dataclass(frozen=True, eq=False)
class Groups:
    """The rows of a placement gathered under target areas.

    `labels` gives each row its target (-1: outside, or a gap); `parts` are pieces that stand in for a divided
    row, with `part_labels`. `gaps` lists, for each target, the reporting areas that may lie partly in it,
    where quantities can be shared out; `whole_gaps` the same for what cannot be shared (a maximum, a yes).
    """

    placement: Placement
    targets: tuple[int, ...]
    labels: Ints
    parts: Ints
    part_labels: Ints
    gaps: tuple[tuple[int, ...], ...]
    whole_gaps: tuple[tuple[int, ...], ...]

    @cached_property
    def index(self) -> dict[int, int]:
        return {area: at for at, area in enumerate(self.targets)}

    @cached_property
    def whole_runs(self) -> Runs:
        """Runs over the rows alone."""
        return Runs.of(self.labels, len(self.targets))

    @cached_property
    def runs(self) -> Runs:
        """Runs over the rows followed by the parts of divided rows."""
        if not len(self.parts):
            return self.whole_runs
        return Runs.of(np.concatenate([self.labels, self.part_labels]), len(self.targets))

    @cached_property
    def shared_rows(self) -> Ints:
        """Divided rows, once per target in which some part of them counts; beside `shared_labels`."""
        return self._shared[0]

    @cached_property
    def count_runs(self) -> Runs:
        """Runs over the rows followed by `shared_rows`: a divided report is counted once in each target."""
        if not len(self.parts):
            return self.whole_runs
        return Runs.of(np.concatenate([self.labels, self._shared[1]]), len(self.targets))

    @cached_property
    def _shared(self) -> tuple[Ints, Ints]:
        pairs = np.stack([self.placement.rows[self.parts], self.part_labels])
        unique = np.unique(pairs, axis=1)
        return unique[0], unique[1]

    @cached_property
    def needed(self) -> tuple[Split, ...]:
        """The splits on the way to a part that counts here, parents before children."""
        above = self.placement.parent
        wanted: set[int] = set()
        for part in self.parts.tolist():
            at = int(above[part])
            while at >= 0 and at not in wanted:
                wanted.add(at)
                at = int(above[at])
        return tuple(split for split in self.placement.splits if split.piece in wanted)

    def share_of(self, part: int) -> Fraction:
        """The share of its whole row that a part stands for."""
        shares = {child: (split.piece, share) for split in self.needed for child, share in zip(split.children, split.shares, strict=True)}
        total, at = Fraction(1), part
        while at in shares:
            at, share = shares[at]
            total *= share
        return total

    def own_row(self, target: int) -> int:
        """The one row reported by the target area itself, -1 when there is none or more than one."""
        place = self.placement.geography.place(self.targets[target])
        here = self.placement.own & (self.placement.places[: len(self.placement)] == place) & (self.labels == target)
        found = np.flatnonzero(here)
        return int(found[0]) if len(found) == 1 else -1


class _Pieces:
    """Collects the pieces of all rows: first one per row, then the parts of divided rows."""

    def __init__(self, geography: Geography) -> None:
        self.index = geography.index
        self.low: list[int] = []
        self.high: list[int] = []
        self.rows: list[int] = []
        self.reach: list[tuple[int, int]] = []
        self.splits: list[Split] = []
        self.lost: list[int] = []

    def add(self, row: int, fate: Fate) -> int:
        piece = len(self.rows)
        nodes = [self.index.get(area, -1) for area in fate.areas]
        if min(nodes) < 0:
            self.lost.append(piece)
            nodes = [-1]
        self.rows.append(row)
        self.low.append(min(nodes))
        self.high.append(max(nodes))
        if len(nodes) > 1:
            self.reach.extend((piece, node) for node in nodes)
        return piece

    def divide(self, piece: int, row: int, fate: Fate) -> None:
        if not fate.splits or self.low[piece] < 0:
            return
        children = tuple(self.add(row, part) for _, part in fate.splits)
        self.splits.append(Split(piece, children, tuple(share for share, _ in fate.splits)))
        for child, (_, part) in zip(children, fate.splits, strict=True):
            self.divide(child, row, part)


def restate(table: LeafTable, succession: Succession, geography: Geography, origin: Geography | None = None) -> Placement:
    """Place every row of a round on the boundaries of `geography`, later or earlier than the round.

    On the tree of the round's own closing day this is the figure as reported; an area that still stands
    there is its own place. `origin` is the tree the areas stood on; with it, an area that ended without an
    act of its own lies where its parts lie.
    """
    fates = _fates(table, succession, geography, origin)
    pieces = _Pieces(geography)
    for row, fate in enumerate(fates):
        pieces.add(row, fate)
    for row, fate in enumerate(fates):
        if fate.splits:
            pieces.divide(row, row, fate)
    places = geography.meet(np.array(pieces.low, np.int64), np.array(pieces.high, np.int64))
    reach = np.array(pieces.reach, np.int64).reshape(-1, 2).T
    return Placement(
        geography, table.area_ids, places, np.array(pieces.rows, np.int64), np.array([fate.same for fate in fates], np.bool_),
        (reach[0], reach[1]), tuple(pieces.splits), tuple(pieces.lost),
    )  # fmt: skip


def _fates(table: LeafTable, succession: Succession, geography: Geography, origin: Geography | None) -> list[Fate]:
    """The fate of every row, each area of a day followed once."""
    parts = origin.parts if origin is not None else {}
    known = geography.index.__contains__
    days = {int(day): date.fromordinal(int(day)) for day in np.unique(table.days)}
    found: dict[tuple[int, int], Fate] = {}
    listed = []
    for row in zip(table.area_ids.tolist(), table.days.tolist(), strict=True):
        if row not in found:
            found[row] = succession.follow(row[0], days[row[1]], geography.on, known, parts)
        listed.append(found[row])
    return listed
