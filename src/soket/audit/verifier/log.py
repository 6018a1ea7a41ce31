"""Check an export of the whole log (docs/algorithms/hash-tree.md): entries, tiles, signed root, anchors."""
from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from soket.audit.checkpoint import BadCheckpoint, Checkpoint, TrustedKey, parse_and_verify
from soket.audit.core import TILE, Frontier, leaf_hash, root
from soket.audit.verifier.compare import WORDS, differences
from soket.audit.verifier.report import Report, number
from soket.audit.verifier.strict import NotStrict, hash_member, member, read_line
from soket.audit.verifier.trust import Trust, settle

FORMAT = "soket-log/1"
HEADER_START = b'{"format":"soket-log/1",'
TILE_START = b'{"tile":'
END_START = b'{"checkpoint":'

def verify_bundle(path: Path, trust: Trust, anchors: Sequence[str] = ()) -> Report:
    """Check a log export in a file. `anchors` are checkpoints kept elsewhere: on papers, by the parties.

    Only an anchor can show that the whole log was rebuilt or shortened by whoever holds the key.
    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as stream:
        return verify_stream(stream, trust, anchors)


def verify_stream(stream: BinaryIO, trust: Trust, anchors: Sequence[str] = ()) -> Report:
    """The same from an open binary stream, in one pass and with one tile in memory."""
    report = Report("log")
    try:
        header = read_line(stream.readline().rstrip(b"\n"))
        if member(header, "format", str) != FORMAT or set(header) != {"format", "key"}:
            raise NotStrict("format")
        stated = member(header, "key", str)
    except NotStrict:
        return report.refuse("format", f"Tệp không phải bản xuất nhật ký {FORMAT}.", f"The file is not a {FORMAT} export.")
    try:
        key = settle(trust, stated)
    except BadCheckpoint as error:
        report.bad("key", f"Nhật ký không mang khóa được tin cậy: {error}.", f"Not under the trusted key: {error}.", line=1)
        return report
    reader = _Reader(report, key)
    reader.take_anchors(anchors)
    end = reader.read(stream)
    if end is not None:
        reader.close(end)
    return report


@dataclass
class _Tile:
    """A stated tile: its place, its hash, the leaf hashes it covers."""

    index: int
    hash: bytes
    leaves: list[bytes]

    @classmethod
    def read(cls, line: bytes) -> _Tile:
        stated = member(read_line(line), "tile", dict)
        encoded = member(stated, "leaves", str)
        try:
            joined = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise NotStrict("leaves: not base64") from None
        if base64.b64encode(joined).decode() != encoded or len(joined) % 32 or not 0 < len(joined) <= TILE * 32:
            raise NotStrict("leaves: 1 to 256 hashes expected")
        if set(stated) != {"hash", "index", "leaves"}:
            raise NotStrict("hash, index and leaves expected")
        leaves = [joined[i : i + 32] for i in range(0, len(joined), 32)]
        return cls(member(stated, "index", int), bytes.fromhex(hash_member(stated, "hash")), leaves)


@dataclass
class _Reader:
    """One pass over the lines after the header; `tree` follows what the tiles state."""

    report: Report
    key: TrustedKey
    tree: Frontier = field(default_factory=Frontier)
    anchors: list[Checkpoint] = field(default_factory=list)
    pending: list[bytes] = field(default_factory=list)
    line: int = 1
    gap: int = 0  # how far the stated places run ahead of the entries read, once a whole tile was taken out

    def take_anchors(self, texts: Sequence[str]) -> None:
        for text in texts:
            try:
                self.anchors.append(parse_and_verify(text, self.key.key, self.key.name))
            except BadCheckpoint as error:
                vi, en = f"Điểm chốt giữ bên ngoài không dùng được: {error}.", f"An anchor cannot be used: {error}."
                self.report.bad("anchor.damaged", vi, en)

    def read(self, stream: BinaryIO) -> str | None:
        """Read to the end; the text of the closing checkpoint, or None after a finding."""
        for raw in stream:
            self.line += 1
            if not raw.endswith(b"\n"):
                self.report.bad("cut", "Dòng cuối bị cắt cụt.", "The last line is cut off.", line=self.line)
                return None
            if raw.startswith(TILE_START):
                self._tile(raw[:-1])
            elif raw.startswith(END_START):
                return self._end(raw[:-1], stream)
            else:
                self.pending.append(raw[:-1])
        self.report.bad("cut", "Tệp bị cắt: thiếu điểm chốt cuối.", "The file is cut: no closing checkpoint.", line=self.line)
        return None

    def _end(self, line: bytes, stream: BinaryIO) -> str | None:
        if self.pending or stream.read(1):
            self.report.bad("loose", "Có dòng nằm ngoài các khối.", "There are lines outside the tiles.", line=self.line)
        try:
            text: str = member(read_line(line), "checkpoint", str)
        except NotStrict as error:
            self.report.bad("checkpoint", f"Điểm chốt bị hỏng: {error}.", f"The checkpoint is damaged: {error}.", line=self.line)
            return None
        return text

    def _tile(self, line: bytes) -> None:
        bodies, self.pending = self.pending, []
        found = [leaf_hash(body) for body in bodies]
        try:
            tile = _Tile.read(line)
        except NotStrict as error:
            self._bad_tile(f"bị hỏng ({error})", f"is damaged ({error})")
            self._grow(found, None)
            return
        gap = tile.index * TILE - self.tree.size
        if gap != self.gap:
            self._bad_tile(f"được ghi là số {tile.index}", f"is numbered {tile.index}")
        if 0 < gap < len(found):  # only tile lines were taken out: their entries are read without a statement
            self._grow(found[:gap], None)
            found, bodies, gap = found[gap:], bodies[gap:], 0
        self.gap = gap
        self._grow(*self._settle(tile, found, bodies))

    def _settle(self, tile: _Tile, found: list[bytes], bodies: list[bytes]) -> tuple[list[bytes], bytes]:
        """The leaves to build on and their root: two of three statements (entries, list, tile hash) that agree."""
        found_root = root(found)
        if found == tile.leaves:
            if found_root != tile.hash:
                self._bad_tile("có mã băm sai", "has a wrong hash")
            return found, found_root
        if found_root == tile.hash:
            self._bad_tile("có danh sách sai", "has a wrong list")
            return found, found_root
        listed_root = root(tile.leaves)
        if listed_root != tile.hash:
            self._bad_tile("có danh sách và mã băm không khớp nhau", "has a list that does not fit its hash")
        self._name(tile.index * TILE, found, tile.leaves, bodies)
        return tile.leaves, listed_root

    def _name(self, start: int, found: list[bytes], expected: list[bytes], bodies: list[bytes]) -> None:
        first_line = self.line - len(bodies)
        for fault in differences(found, expected):
            place = fault.expected if fault.expected is not None else fault.found or 0
            position = start + place
            line = first_line + (fault.found if fault.found is not None else place)
            what = _name_of(bodies[fault.found]) if fault.found is not None else ""
            vi, en = WORDS[fault.fault]
            vi, en = f"Sự kiện số {number(position)}{what} {vi}.", f"Event {position:,}{what} {en}."
            self.report.bad(f"entry.{fault.fault}", vi, en, key=str(position), line=line)

    def _bad_tile(self, vi: str, en: str) -> None:
        index = self.tree.size // TILE
        self.report.bad("tile", f"Khối số {number(index)} {vi}.", f"Tile {index:,} {en}.", line=self.line)

    def _grow(self, leaves: list[bytes], their_root: bytes | None) -> None:
        """Add a tile's leaves, comparing with each anchor whose size is met on the way."""
        before = self.tree
        due = [anchor for anchor in self.anchors if before.size < anchor.size <= before.size + len(leaves)]
        self.tree = Frontier(before.size, list(before.peaks))
        if their_root and len(leaves) == TILE and before.size % TILE == 0:
            self.tree.append_subtree(their_root, TILE)
        else:
            for leaf in leaves:
                self.tree.append(leaf)
        for anchor in due:
            part = Frontier(before.size, list(before.peaks))
            for leaf in leaves[: anchor.size - before.size]:
                part.append(leaf)
            self._compare(anchor, part.root())

    def _compare(self, anchor: Checkpoint, found: bytes) -> None:
        size = anchor.size
        if found == anchor.root:
            self.report.good(
                "anchor", f"Khớp với điểm chốt {number(size)} sự kiện giữ bên ngoài.", f"Agrees with the anchor of {size:,} events."
            )
        else:
            self.report.bad(
                "anchor.rewritten",
                f"{number(size)} sự kiện đầu không còn như trong điểm chốt giữ bên ngoài: nhật ký đã bị viết lại.",
                f"The first {size:,} events are not those of the anchor: the log was rewritten.",
            )

    def close(self, text: str) -> None:
        """Compare the whole with the closing checkpoint, and its length with the anchors."""
        for anchor in self.anchors:
            if anchor.size > self.tree.size:
                vi = f"Nhật ký bị rút ngắn: điểm chốt giữ bên ngoài có {number(anchor.size)} sự kiện."
                self.report.bad("anchor.shrank", vi, f"The log shrank: an anchor has {anchor.size:,} events.")
        size = self.tree.size
        self.report.facts.update(entries=size, root=self.tree.root().hex())
        try:
            checkpoint = parse_and_verify(text, self.key.key, self.key.name)
        except BadCheckpoint as error:
            self.report.bad("checkpoint", f"Điểm chốt không đúng: {error}.", f"The checkpoint does not hold: {error}.", line=self.line)
            return
        if checkpoint.size != size:
            vi = f"Điểm chốt nói {number(checkpoint.size)} sự kiện, tệp có {number(size)}."
            self.report.bad("size", vi, f"The checkpoint says {checkpoint.size:,} events, the file has {size:,}.")
        elif checkpoint.root != self.tree.root():
            self.report.bad(
                "root",
                "Gốc của cây băm không phải gốc đã ký: nhật ký đã bị dựng lại.",
                "The root of the tree is not the signed one: the log was rebuilt.",
            )
        else:
            vi = f"{number(size)} sự kiện dẫn đến đúng gốc đã ký của {checkpoint.origin}."
            self.report.good("root", vi, f"{size:,} events lead to the signed root of {checkpoint.origin}.")


def _name_of(body: bytes) -> str:
    """The event's declared name in brackets, where the line can still be read."""
    try:
        return f" ({member(read_line(body), 'name', str)})"
    except NotStrict:
        return ""
