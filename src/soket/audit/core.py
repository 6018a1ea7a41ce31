"""The hash tree of RFC 6962: leaves, roots, a compact frontier, inclusion proofs. Pure, typed, no Django."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """SHA-256(0x00 || body), RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a tree: size and the roots of its full subtrees, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash; amortised constant work, no old leaf is read."""
        top, size = leaf, self.size
        while size & 1:
            top = node_hash(self.peaks.pop(), top)
            size >>= 1
        self.peaks.append(top)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY_ROOT
        top = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            top = node_hash(peak, top)
        return top

    def to_json(self) -> str:
        return json.dumps({"size": self.size, "peaks": [peak.hex() for peak in self.peaks]})

    @classmethod
    def from_json(cls, text: str) -> Frontier:
        data = json.loads(text)
        return cls(int(data["size"]), [bytes.fromhex(peak) for peak in data["peaks"]])


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


Subtree = Callable[[int, int], bytes]


def inclusion_proof(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in a tree of `size`, lowest sibling first (RFC 6962 section 2.1.1).

    `subtree(start, end)` gives the root of leaves [start, end). Raises ValueError outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes) -> bool:
    """Whether `proof` shows `leaf` at `index` under `expected_root` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, top = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            top = node_hash(sibling, top)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            top = node_hash(top, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and top == expected_root


def subtree_reader(leaves: Callable[[int, int], Sequence[bytes]], tile: Callable[[int], bytes | None], width: int = 256) -> Subtree:
    """A `subtree` function that reads stored tile hashes where a range is made of whole tiles."""

    def subtree(start: int, end: int) -> bytes:
        if start % width == 0 and end - start > width:
            frontier = Frontier()
            whole = (end - start) // width
            hashes = [tile(start // width + i) for i in range(whole)]
            if all(hashes):
                for item in hashes:
                    frontier.append(item or b"")
                rest = leaves(start + whole * width, end)
                return _join(frontier, rest)
        return root(leaves(start, end))

    return subtree


def _join(tiles: Frontier, rest: Sequence[bytes]) -> bytes:
    """The root over full tiles followed by fewer leaves than a tile."""
    tail = Frontier()
    for leaf in rest:
        tail.append(leaf)
    return Frontier(tiles.size + tail.size, [*tiles.peaks, *tail.peaks]).root()
