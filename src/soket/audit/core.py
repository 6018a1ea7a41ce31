"""The hash tree of RFC 6962 (SHA-256), as pure functions over 32-byte hashes.

Leaves and inner nodes are hashed with different first bytes, so neither can pass for the other.
Positions count from 0. A *tile* is 256 neighbouring leaves that begin at a multiple of 256.
Prose and worked numbers: docs/algorithms/hash-tree.md.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TILE = 256

EMPTY_ROOT = hashlib.sha256(b"").digest()

Subtree = Callable[[int, int], bytes]


class BadTree(ValueError):
    """Sizes, positions or stored hashes that cannot belong to one tree."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; SHA-256 of nothing for an empty tree."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        # A lone last node rises unchanged, which is the split at the largest power of two.
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


@dataclass
class Frontier:
    """The right edge of a growing tree: the roots of its full subtrees, largest first.

    Appending n leaves costs at most 2n hashes and needs no older leaf.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at position `size`."""
        self.append_subtree(leaf, 1)

    def append_subtree(self, subtree: bytes, leaves: int) -> None:
        """Add the root of a full subtree of `leaves` (a power of two) that begins at position `size`.

        Raises BadTree when a subtree of that size cannot begin there.
        """
        if leaves < 1 or leaves & (leaves - 1) or self.size % leaves:
            raise BadTree(f"a subtree of {leaves} leaves cannot begin at position {self.size}")
        rising, span = subtree, leaves
        while self.size & span:
            rising, span = node_hash(self.peaks.pop(), rising), span * 2
        self.peaks.append(rising)
        self.size += leaves

    def root(self) -> bytes:
        """The root of the tree of `size` leaves."""
        if not self.peaks:
            return EMPTY_ROOT
        joined = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            joined = node_hash(peak, joined)
        return joined

    def to_json(self) -> str:
        return json.dumps({"size": self.size, "peaks": [peak.hex() for peak in self.peaks]})

    @classmethod
    def from_json(cls, text: str) -> Frontier:
        """Read back `to_json`. Raises BadTree when the peaks do not fit the size."""
        try:
            stored = json.loads(text)
            size, peaks = int(stored["size"]), [bytes.fromhex(peak) for peak in stored["peaks"]]
        except (ValueError, KeyError, TypeError) as error:
            raise BadTree(f"not a stored frontier: {error}") from None
        if size < 0 or size.bit_count() != len(peaks) or any(len(peak) != 32 for peak in peaks):
            raise BadTree(f"{len(peaks)} peaks do not make a tree of {size} leaves")
        return cls(size, peaks)


def inclusion_proof(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The audit path of the leaf at `index` in the tree of the first `size` leaves, nearest sibling first.

    `subtree` gives the root of a run of leaves: `in_memory(leaves)`, or `subtree_reader` over a store.
    Raises BadTree when the index lies outside the tree.
    """
    if not 0 <= index < size:
        raise BadTree(f"position {index} is not in a tree of {size} leaves")
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        if index < middle:
            path.append(subtree(middle, high))
            high = middle
        else:
            path.append(subtree(low, middle))
            low = middle
    return path[::-1]


def in_memory(leaves: Sequence[bytes]) -> Subtree:
    """A `subtree` function over leaf hashes at hand."""
    return lambda start, end: root(_exactly(leaves[start:end], end - start))


def subtree_reader(leaves: Callable[[int, int], Sequence[bytes]], tile: Callable[[int], bytes | None], width: int = TILE) -> Subtree:
    """A `subtree` function over stored leaves and stored hashes of full tiles of `width` leaves.

    `leaves(start, end)` gives the leaf hashes of positions [start, end), `tile(i)` the hash of tile i or
    None where it is not stored. Whole tiles are read as tiles, so a proof reads fewer than `2 * width`
    leaves in a tree of any size. Raises BadTree when the store holds fewer leaves than asked.
    """

    def subtree(start: int, end: int) -> bytes:
        branch, edge = Frontier(), start
        while start % width == 0 and end - edge >= width and (whole := tile(edge // width)):
            branch.append_subtree(whole, width)
            edge += width
        if edge < end:
            for leaf in _exactly(leaves(edge, end), end - edge):
                branch.append(leaf)
        return branch.root()

    return subtree


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes) -> bool:
    """Whether `proof` leads from `leaf` at `index` to the root of a tree of `size` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or any(len(step) != 32 for step in proof):
        return False
    place, last, current = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            current = node_hash(step, current)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            current = node_hash(current, step)
        place, last = place >> 1, last >> 1
    return last == 0 and current == expected_root


def _exactly(hashes: Sequence[bytes], wanted: int) -> Sequence[bytes]:
    if len(hashes) != wanted:
        raise BadTree(f"asked for {wanted} leaf hashes, got {len(hashes)}")
    return hashes
