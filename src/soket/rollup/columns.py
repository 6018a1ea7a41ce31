"""The columnar cut: rounds on disk, read by mapping them into memory.

A cut is a folder. `cut.json` names one file per round with its digest, the sequence number of the last
decision it contains and the version of the tree its rows were laid down by. The files never change; a row
accepted later is a line in the journal, applied to private pages of the map, so readers are never torn.
A cut is a cache: it can always be rebuilt from the accepted reports, and a rebuilt cut has the same digest.
"""
from __future__ import annotations

import fcntl
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soket.rollup.core.cells import LeafTable, ReportRow
from soket.rollup.core.errors import BadTable, CutDamaged
from soket.rollup.core.geography import Geography
from soket.rollup.core.succession import Edge

Array = NDArray[Any]
MAGIC = b"SOKET-CUT-1\n"
MANIFEST = "cut.json"
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
    with draft.open("wb") as file:
        file.writelines(chunks)
    draft.replace(path)


def _table_chunks(table: LeafTable) -> Iterator[bytes | memoryview]:
    meta = {"key": table.key, "on": table.on.isoformat(), "columns": table.columns, "lines": table.lines}
    rows = {name: getattr(table, name) for name in _ROW_ARRAYS}
    return pack(meta, {**rows, "values": table.values.T, "states": table.states.T})


def table_digest(table: LeafTable) -> str:
    """SHA-256 of the bytes a round is written as: equal for equal content, however it came to be."""
    digest = hashlib.sha256()
    for chunk in _table_chunks(table):
        digest.update(chunk)
    return digest.hexdigest()


def read_table(path: Path) -> LeafTable:
    """Map one round; its cells are read from disk when they are first touched."""
    meta, arrays = unpack(path)
    rows = {name: arrays[name] for name in _ROW_ARRAYS}
    return LeafTable(
        meta["key"], date.fromisoformat(meta["on"]), tuple(meta["columns"]), tuple(meta["lines"]),
        values=arrays["values"].T, states=arrays["states"].T, **rows,
    )  # fmt: skip


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


@dataclass(eq=False)
class Cut:
    """An open cut. `sequence` is the last decision it has seen: patch it with every later one, in any order."""

    folder: Path
    tree_version: int
    sequence: int
    tables: dict[str, LeafTable]
    journal: Path
    _manifest: bytes = b""
    _read: int = 0
    _digests: dict[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """SHA-256 over the digests of all rounds and the version of the tree, rows patched since included."""
        for key, table in self.tables.items():
            if key not in self._digests:
                self._digests[key] = table_digest(table)
        return _cut_digest(self.tree_version, self._digests)

    def patch(self, key: str, rows: Iterable[ReportRow]) -> int:
        """Take accepted (or excused) reports into a round at once, here and for every other reader.

        Returns how many rows changed; a row whose decision is not later than the one it has is left alone.
        BadTable, and nothing taken, when a unit owes no report in the round or a cell is wrong.
        """
        listed = list(rows)
        self._table(key).ready(listed)
        lines = b"".join(_line(key, row) for row in listed)
        with self.journal.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._replay()
            if self._read != os.fstat(file.fileno()).st_size:
                raise CutDamaged(f"{self.journal.name} ends inside a line")
            file.write(lines)
            self._read += len(lines)
        return self._apply(key, listed)

    def refresh(self) -> Cut:
        """This cut with what other processes added, or the newer one that took its place."""
        if (self.folder / MANIFEST).read_bytes() != self._manifest:
            return open_cut(self.folder)
        self._replay()
        return self

    def _table(self, key: str) -> LeafTable:
        if key not in self.tables:
            raise BadTable(f"the cut has no round {key}")
        return self.tables[key]

    def _replay(self) -> None:
        with self.journal.open("rb") as file:
            file.seek(self._read)
            news = file.read()
        for line in news.splitlines(keepends=True):
            if not line.endswith(b"\n"):
                return
            key, row = _parse(line, self.journal.name)
            self._apply(key, [row])
            self._read += len(line)

    def _apply(self, key: str, rows: list[ReportRow]) -> int:
        changed = self._table(key).put(rows)
        self.sequence = max([self.sequence, *(row.decision for row in rows)])
        if changed:
            self._digests.pop(key, None)
        return changed


def _line(key: str, row: ReportRow) -> bytes:
    record = [key, row.unit, row.area, row.decision, row.excused, row.values.hex(), row.states.hex()]
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _parse(line: bytes, name: str) -> tuple[str, ReportRow]:
    check, _, body = line.rstrip(b"\n").partition(b" ")
    if check != b"%08x" % zlib.crc32(body):
        raise CutDamaged(f"{name} holds a line that does not match its checksum")
    key, unit, area, decision, excused, values, states = json.loads(body)
    row = ReportRow(unit, area, "", bytes.fromhex(values), bytes.fromhex(states), None, excused, decision)
    return key, row


def _cut_digest(tree_version: int, digests: Mapping[str, str]) -> str:
    body = json.dumps([tree_version, sorted(digests.items())], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def write_cut(folder: Path, tables: Iterable[LeafTable], *, sequence: int, tree_version: int) -> str:
    """Write a cut, or replace the one in the folder, and return its digest.

    Files are named by their content, so rounds that did not change are not written again, and readers of the
    old cut keep what they have mapped. The new cut is there from the moment `cut.json` is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digests: dict[str, str] = {}
    files: dict[str, str] = {}
    for table in tables:
        digests[table.key] = table_digest(table.check())
        files[table.key] = f"{digests[table.key]}.cells"
        if not (folder / files[table.key]).exists():
            write(folder / files[table.key], _table_chunks(table))
    digest = _cut_digest(tree_version, digests)
    journal = f"{digest[:16]}-{sequence}.journal"
    manifest = {"format": 1, "sequence": sequence, "tree_version": tree_version, "files": files, "digests": digests, "journal": journal}
    (folder / journal).write_bytes(b"")
    write(folder / MANIFEST, [json.dumps({**manifest, "digest": digest}, ensure_ascii=False, indent=1, sort_keys=True).encode()])
    for stale in [*folder.glob("*.cells"), *folder.glob("*.journal")]:
        if stale.name not in {*files.values(), journal}:
            stale.unlink()
    return digest


def open_cut(folder: Path) -> Cut:
    """Open a cut and apply its journal. CutDamaged when it is incomplete; nothing is hashed here (`verify`)."""
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest = json.loads(text)
        tables = {key: read_table(folder / name) for key, name in manifest["files"].items()}
        cut = Cut(folder, manifest["tree_version"], manifest["sequence"], tables, folder / manifest["journal"], text)
        cut._replay()
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise CutDamaged(f"the cut in {folder.name} cannot be read: {error}") from error
    return cut


def verify(folder: Path) -> list[str]:
    """Hash every file and name the rounds that are not what the manifest says; [] when all are."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    wrong = []
    for key, name in manifest["files"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != manifest["digests"][key]:
            wrong.append(key)
    return wrong
