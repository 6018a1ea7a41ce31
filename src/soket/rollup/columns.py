"""Rounds on disk, column after column, read by mapping them into memory.

A file holds one round as it stood when it was written: its cells, the decision and the digest of the content
behind every row, and the state of the tree by which its rows were laid down. It is a cache and never believed
alone: whoever reads it compares every row's decision and digest with the reports (`engine`), reads what differs,
and can always do without it.
"""
from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import LeafTable
from soket.rollup.core.errors import CutDamaged
from soket.rollup.core.geography import Geography
from soket.rollup.core.succession import Edge

Array = NDArray[Any]
MAGIC = b"SOKET-CUT-2\n"
_ALIGN = 64
_ROW_ARRAYS = ("unit_ids", "area_ids", "line_nos", "days", "decisions")


def pack(meta: Mapping[str, Any], arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    """The bytes of one file: a header of canonical JSON, then each array on a 64-byte edge."""
    listed = [[name, array.dtype.newbyteorder("<").str, list(array.shape)] for name, array in arrays.items()]
    header = json.dumps({**meta, "arrays": listed}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    head = MAGIC + f"{len(header):012d}\n".encode() + header
    yield head + _padding(len(head))
    for array in arrays.values():
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        yield plain.reshape(-1).view(np.uint8).data
        yield _padding(array.nbytes)


def _padding(length: int) -> bytes:
    return bytes(-length % _ALIGN)


def unpack(path: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    """Map a file: its header and its arrays, writable in private memory. CutDamaged when it is cut short."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC) + 13)
        if not head.startswith(MAGIC) or not head[len(MAGIC) : -1].isdigit():
            raise CutDamaged(f"{path.name} is not a file of a cut")
        header = file.read(int(head[len(MAGIC) :]))
        mapped = mmap(file.fileno(), 0, access=ACCESS_COPY)
    meta = json.loads(header)
    at = len(head) + len(header)
    at += len(_padding(at))
    arrays: dict[str, Array] = {}
    for name, dtype, shape in meta.pop("arrays"):
        count = int(np.prod(shape))
        size = count * np.dtype(dtype).itemsize
        if at + size > len(mapped):
            raise CutDamaged(f"{path.name} ends inside {name}")
        arrays[name] = np.frombuffer(mapped, dtype, count, at).reshape(shape)
        at += size + len(_padding(size))
    return meta, arrays


def write(path: Path, chunks: Iterable[bytes | memoryview]) -> None:
    """Write a file beside its place and move it there whole."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(chunks)
    draft.replace(path)


@dataclass(frozen=True)
class Stored:
    """A round as it was written: its table, for every row the SHA-256 of the content behind it (32 bytes, zeros where
    nothing was accepted), and the token of the tree."""

    table: LeafTable
    digests: Array
    tree: str


def write_round(path: Path, stored: Stored) -> None:
    """Write a round, readable by this user alone."""
    table = stored.table.check()
    meta = {"key": table.key, "on": table.on.isoformat(), "columns": table.columns, "lines": table.lines, "tree": stored.tree}
    rows = {name: getattr(table, name) for name in _ROW_ARRAYS}
    write(path, pack(meta, {**rows, "digests": stored.digests, "values": table.values.T, "states": table.states.T}))


def read_round(path: Path) -> Stored:
    """Map one round; its cells are read from disk when they are first touched. CutDamaged when it cannot be read."""
    try:
        meta, arrays = unpack(path)
        rows = {name: arrays[name] for name in _ROW_ARRAYS}
        table = LeafTable(
            meta["key"], date.fromisoformat(meta["on"]), tuple(meta["columns"]), tuple(meta["lines"]),
            values=arrays["values"].T, states=arrays["states"].T, **rows,
        )  # fmt: skip
        return Stored(table, arrays["digests"], str(meta["tree"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CutDamaged(f"{path.name} cannot be read: {error}") from error


def write_geography(path: Path, geography: Geography) -> None:
    """Keep a tree beside the cut."""
    meta = {"on": geography.on.isoformat(), "version": geography.version}
    names = ("ids", "parents", "levels", "ends")
    write(path, pack(meta, {name: getattr(geography, name) for name in names}))


def read_geography(path: Path) -> Geography:
    """The tree kept beside the cut."""
    meta, arrays = unpack(path)
    return Geography(date.fromisoformat(meta["on"]), meta["version"], **arrays)


def write_edges(path: Path, edges: Iterable[Edge]) -> None:
    """Keep the acts of succession beside the cut."""
    listed = [(edge.old, edge.new, edge.on.toordinal(), edge.num or 0, edge.den or 0, edge.step) for edge in edges]
    write(path, pack({}, {"edges": np.array(listed, np.int64).reshape(-1, 6)}))


def read_edges(path: Path) -> list[Edge]:
    """The acts of succession kept beside the cut."""
    _, arrays = unpack(path)
    return [
        Edge(old, new, date.fromordinal(on), num if den else None, den or None, step)
        for old, new, on, num, den, step in arrays["edges"].tolist()
    ]
