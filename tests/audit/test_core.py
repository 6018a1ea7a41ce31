"""The hash tree: published vectors, a naive recursion as oracle, stored tiles, and the worked numbers of the docs."""
from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.audit.core import (
    EMPTY_ROOT,
    TILE,
    BadTree,
    Frontier,
    in_memory,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    subtree_reader,
    verify_inclusion,
)

pytestmark = pytest.mark.one_database
DOC = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "hash-tree.md"

# The eight entries, roots and audit paths published with the certificate-transparency reference code.
CT_ENTRIES = [bytes.fromhex(text) for text in "|00|10|2021|3031|40414243|5051525354555657|606162636465666768696a6b6c6d6e6f".split("|")]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CT_LEAVES = [leaf_hash(entry) for entry in CT_ENTRIES]


def hashes(count: int) -> list[bytes]:
    return [hashlib.sha256(str(i).encode()).digest() for i in range(count)]


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word: split at the largest power of two below the length."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_path(leaves: list[bytes], index: int) -> list[bytes]:
    """RFC 6962 section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_path(leaves[:split], index), naive_root(leaves[split:])]
    return [*naive_path(leaves[split:], index - split), naive_root(leaves[:split])]


def grown(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


def test_published_roots_of_one_to_eight_leaves() -> None:
    assert [root(CT_LEAVES[:size]).hex() for size in range(1, 9)] == CT_ROOTS
    assert [grown(CT_LEAVES[:size]).root().hex() for size in range(1, 9)] == CT_ROOTS
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root([]) == Frontier().root() == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size"), CT_PATHS)
def test_published_audit_paths(index: int, size: int) -> None:
    path = inclusion_proof(in_memory(CT_LEAVES), index, size)
    assert [step.hex() for step in path] == CT_PATHS[index, size]
    assert verify_inclusion(CT_LEAVES[index], index, size, path, bytes.fromhex(CT_ROOTS[size - 1]))


@given(count=st.integers(0, 700))
@settings(max_examples=60, deadline=None)
def test_roots_equal_the_recursion_of_the_rfc(count: int) -> None:
    leaves = hashes(count)
    assert root(leaves) == naive_root(leaves) == grown(leaves).root()


@given(data=st.data(), size=st.integers(1, 600))
@settings(max_examples=60, deadline=None)
def test_paths_equal_the_recursion_and_lead_to_the_root(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    path = inclusion_proof(in_memory(leaves), index, size)
    assert path == naive_path(leaves, index)
    assert verify_inclusion(leaves[index], index, size, path, root(leaves))


@given(data=st.data(), size=st.integers(2, 300))
@settings(max_examples=60, deadline=None)
def test_a_proof_proves_nothing_else(data: st.DataObject, size: int) -> None:
    """Another leaf, position or size, and a path that is shortened, lengthened or altered in any step, all fail."""
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    leaf, top, path = leaves[index], root(leaves), inclusion_proof(in_memory(leaves), index, size)
    assert not verify_inclusion(leaf_hash(b"another"), index, size, path, top)
    assert not any(verify_inclusion(leaf, other, size, path, top) for other in range(-1, size + 2) if other != index)
    assert not verify_inclusion(leaf, index, size, path[:-1], top)
    assert not verify_inclusion(leaf, index, size, [*path, path[0]], top)
    step = data.draw(st.integers(0, len(path) - 1))
    bit = data.draw(st.integers(0, 255))
    altered = (int.from_bytes(path[step], "big") ^ (1 << bit)).to_bytes(32, "big")
    assert not verify_inclusion(leaf, index, size, [*path[:step], altered, *path[step + 1 :]], top)
    assert not verify_inclusion(leaf, index, size, [*path[:step], path[step][:31], *path[step + 1 :]], top)


def test_an_inner_node_is_not_a_leaf() -> None:
    """The first byte keeps the two kinds apart: two joined leaves cannot be shown as one entry."""
    left, right = CT_LEAVES[:2]
    assert node_hash(left, right) != leaf_hash(left + right)


@given(first=st.integers(0, 400), then=st.integers(0, 400))
@settings(max_examples=40, deadline=None)
def test_a_frontier_goes_on_from_its_stored_form(first: int, then: int) -> None:
    leaves = hashes(first + then)
    frontier = Frontier.from_json(grown(leaves[:first]).to_json())
    for leaf in leaves[first:]:
        frontier.append(leaf)
    assert (frontier.size, frontier.root()) == (first + then, root(leaves))
    assert len(frontier.peaks) == (first + then).bit_count()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"size":3,"peaks":["00"]}', '{"size":-1,"peaks":[]}', '{"size":1,"peaks":["zz"]}', '{"size":1,"peaks":["00"]}'],
)
def test_a_damaged_stored_frontier_is_refused(text: str) -> None:
    with pytest.raises(BadTree):
        Frontier.from_json(text)


def test_a_subtree_only_begins_where_it_fits() -> None:
    frontier = grown(hashes(2))
    with pytest.raises(BadTree, match="a subtree of 4 leaves cannot begin at position 2"):
        frontier.append_subtree(EMPTY_ROOT, 4)
    with pytest.raises(BadTree, match="a subtree of 3 leaves"):
        frontier.append_subtree(EMPTY_ROOT, 3)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (0, 9)])
def test_no_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(BadTree):
        inclusion_proof(in_memory(CT_LEAVES), index, size)


class Store:
    """A log kept as leaves and full tiles, which counts what is read."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.kept = leaves
        self.tiles = {i: root(leaves[i * TILE : (i + 1) * TILE]) for i in range(len(leaves) // TILE)}
        self.leaves_read = 0
        self.calls = 0

    def leaves(self, start: int, end: int) -> list[bytes]:
        self.calls += 1
        self.leaves_read += end - start
        return self.kept[start:end]

    def tile(self, index: int) -> bytes | None:
        return self.tiles.get(index)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 700, 1024, 2573])
def test_stored_tiles_give_the_same_proof(size: int) -> None:
    store = Store(hashes(2573))
    for index in {0, size // 3, size // 2, size - 1}:
        expected = inclusion_proof(in_memory(store.kept), index, size)
        assert inclusion_proof(subtree_reader(store.leaves, store.tile), index, size) == expected


def test_a_proof_in_a_large_tree_reads_few_leaves() -> None:
    """In a tree of 65,536 + 100 leaves a proof reads less than two tiles of leaves, in at most nine calls."""
    store = Store(hashes(65_636))
    path = inclusion_proof(subtree_reader(store.leaves, store.tile), 40_000, 65_636)
    assert verify_inclusion(store.kept[40_000], 40_000, 65_636, path, root(store.kept))
    assert (store.leaves_read, store.calls) == (255 + 100, 9)


def test_a_tile_that_is_not_stored_is_made_from_its_leaves() -> None:
    store = Store(hashes(1024))
    del store.tiles[2]
    reader = subtree_reader(store.leaves, store.tile)
    assert inclusion_proof(reader, 5, 1024) == inclusion_proof(in_memory(store.kept), 5, 1024)


def test_a_store_with_too_few_leaves_is_noticed() -> None:
    with pytest.raises(BadTree, match="asked for 44 leaf hashes, got 0"):
        inclusion_proof(subtree_reader(lambda start, end: [], Store(hashes(512)).tile), 0, 300)


def test_worked_numbers_of_the_hash_tree_page() -> None:
    """docs/algorithms/hash-tree.md: three events, their leaves, the root, one proof, the stored frontier."""
    text = DOC.read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| ([a-z0-9 ,]+) \| `([^`]+)` \|$", text, re.MULTILINE))
    leaves = [leaf_hash(stated[f"event {i}"].encode()) for i in range(3)]
    assert [leaf.hex() for leaf in leaves] == [stated[f"leaf {i}"] for i in range(3)]
    assert node_hash(leaves[0], leaves[1]).hex() == stated["node 0,1"]
    assert root(leaves).hex() == stated["root"]
    proof = inclusion_proof(in_memory(leaves), 1, 3)
    assert " ".join(step.hex()[:8] for step in proof) == stated["proof of 1"]
    assert verify_inclusion(leaves[1], 1, 3, proof, bytes.fromhex(stated["root"]))
    assert [len(grown(leaves).peaks), grown(leaves).size] == [2, 3]
