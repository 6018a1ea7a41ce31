"""Check one dossier file (docs/algorithms/dossier-file.md): entries, manifest, acts, seal, place in the log."""
from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import Any

from soket.audit.checkpoint import BadCheckpoint, Checkpoint, TrustedKey, fingerprint, parse_and_verify, seal_holds
from soket.audit.verifier.compare import WORDS, differences
from soket.audit.verifier.parts import Logged, Manifest
from soket.audit.verifier.report import Report, number, seal_code
from soket.audit.verifier.strict import NotStrict, member, read_line
from soket.audit.verifier.trust import Trust, settle

HEADER = b'{"format":"soket-dossier/1"}'
MANIFEST_START = b'{"manifest":'
ACT_EVENT = "reviews.signed"
FREEZE_EVENT = "reviews.frozen"


def verify_file(path: Path, trust: Trust) -> Report:
    """Check the dossier in a file with a key from outside it. Raises OSError when it cannot be read."""
    return verify_bytes(path.read_bytes(), trust)


def verify_bytes(data: bytes, trust: Trust) -> Report:
    """Check a dossier at hand. Never raises on its content: whatever is wrong becomes a finding."""
    report = Report("dossier")
    if not data.startswith(HEADER + b"\n"):
        vi, en = "Tệp không phải hồ sơ Soket theo định dạng soket-dossier/1.", "The file is not a soket-dossier/1 file."
        return report.refuse("format", vi, en)
    lines = data.split(b"\n")
    if lines.pop():
        report.bad("cut", "Dòng cuối bị cắt cụt.", "The last line is cut off.", line=data.count(b"\n") + 1)
    place = next((i for i, line in enumerate(lines) if line.startswith(MANIFEST_START)), None)
    if place is None:
        report.bad("manifest.missing", "Không tìm thấy bản kê của hồ sơ.", "The dossier has no manifest.")
        return report
    try:
        manifest = Manifest.read(lines[place])
    except NotStrict as error:
        report.bad("manifest.damaged", f"Bản kê bị hỏng: {error}.", f"The manifest is damaged: {error}.", line=place + 1)
        return report
    report.facts.update(digest=manifest.digest, seal_code=seal_code(manifest.digest), entries=len(manifest.keys), edition=manifest.edition)
    _check_entries(report, lines[1:place], manifest)
    _Trailer(report, lines, place + 1, manifest, trust).check()
    return report


def _check_entries(report: Report, lines: list[bytes], manifest: Manifest) -> None:
    faults = differences([hashlib.sha256(line).digest() for line in lines], manifest.hashes)
    for fault in faults:
        key = manifest.keys[fault.expected] if fault.expected is not None else _key_of(lines[fault.found or 0])
        # An entry that is not in the file is reported at the line where it should stand.
        line = (fault.found if fault.found is not None else fault.expected or 0) + 2
        vi, en = WORDS[fault.fault]
        report.bad(f"entry.{fault.fault}", f"Mục “{key}” {vi}.", f"The entry “{key}” {en}.", key=key, line=line)
    if not faults:
        count = len(lines)
        report.good("entries", f"Các mục khớp với bản kê: {number(count)}.", f"Entries that match the manifest: {count:,}.")


def _key_of(line: bytes) -> str:
    """How an entry that no manifest knows calls itself, or the beginning of its line."""
    try:
        key: str = member(read_line(line), "key", str)
    except NotStrict:
        return line[:40].decode("utf-8", "replace")
    return key


class _Fault(Exception):
    """One thing wrong with a line: code, then words that follow the line's name in both languages."""


class _Trailer:
    """The lines after the manifest: acts, seal, freeze, checkpoint. `at` is the place of the first act."""

    def __init__(self, report: Report, lines: list[bytes], at: int, manifest: Manifest, trust: Trust) -> None:
        self.report, self.lines, self.at, self.manifest, self.trust = report, lines, at, manifest, trust
        self.key = trust if isinstance(trust, TrustedKey) else None
        self.checkpoint: Checkpoint | None = None
        self.last_act = -1

    def check(self) -> None:
        acts = len(self.manifest.parties)
        self._line(self.at + acts, "seal", "Dấu niêm phong", "The seal", self._seal)
        self._line(self.at + acts + 2, "checkpoint", "Điểm chốt nhật ký", "The log's checkpoint", self._checkpoint)
        for place, (party, name) in enumerate(self.manifest.parties):
            self._line(self.at + place, "act", f"Dòng ký của {name}", f"The act of {name}", partial(self._act, party, name))
        self._line(self.at + acts + 1, "freeze", "Dòng đóng băng", "The freeze", self._freeze)
        if len(self.lines) > self.at + acts + 3:
            self.report.bad("extra", "Có dòng thừa ở cuối tệp.", "There are extra lines at the end.", line=self.at + acts + 4)

    def _line(self, at: int, kind: str, vi: str, en: str, check: Any) -> None:
        """Check the line `{"kind": …}` that must stand at this place; whatever is wrong becomes one finding."""
        try:
            if at >= len(self.lines):
                raise _Fault("missing", "bị thiếu: tệp bị cắt", "is missing: the file is cut")
            value = read_line(self.lines[at])
            if not isinstance(value, dict) or set(value) != {kind}:
                raise NotStrict(f"“{kind}” expected")
            check(value[kind])
        except _Fault as fault:
            code, vi_fault, en_fault = fault.args
            self.report.bad(f"{kind}.{code}", f"{vi} {vi_fault}.", f"{en} {en_fault}.", line=at + 1)
        except NotStrict as error:
            self.report.bad(f"{kind}.damaged", f"{vi} bị hỏng: {error}.", f"{en} is damaged: {error}.", line=at + 1)

    def _seal(self, seal: Any) -> None:
        digest, signature = member(seal, "digest", str), member(seal, "signature", str)
        try:
            self.key = settle(self.trust, member(seal, "key", str))
        except BadCheckpoint as error:
            raise _Fault("key", f"không do khóa được tin cậy tạo ra: {error}", f"was not made by the trusted key: {error}") from None
        mark = fingerprint(self.key.key)
        if set(seal) != {"digest", "fingerprint", "key", "signature"} or seal["fingerprint"] != mark:
            raise NotStrict("fingerprint")
        if digest != self.manifest.digest:
            raise _Fault("digest", "thuộc về bản kê khác, không phải bản kê này", "belongs to another manifest, not to this one")
        if not seal_holds(digest, signature, self.key.key):
            raise _Fault("signature", "có chữ ký sai", "has a wrong signature")
        self.report.facts.update(fingerprint=mark)
        code = seal_code(digest)
        vi = f"Dấu niêm phong đúng; mã niêm phong {code}, vân tay khóa {mark}."
        self.report.good("seal", vi, f"The seal holds; seal code {code}, key fingerprint {mark}.")

    def _checkpoint(self, text: Any) -> None:
        if self.key is None or not isinstance(text, str):
            raise _Fault("unproven", "không kiểm được", "cannot be checked")
        try:
            self.checkpoint = parse_and_verify(text, self.key.key, self.key.name)
        except BadCheckpoint as error:
            raise _Fault("signature", f"không đúng: {error}", f"does not hold: {error}") from None
        origin, size = self.checkpoint.origin, self.checkpoint.size
        self.report.facts.update(origin=origin, log_size=size)
        vi = f"Điểm chốt của nhật ký {origin} do cùng khóa ký, {number(size)} sự kiện."
        self.report.good("checkpoint", vi, f"The checkpoint of the log {origin} is signed by the same key, {size:,} events.")

    def _act(self, party: str, name: str, value: Any) -> None:
        """A party's act: of this party, on this digest, recorded in the log."""
        act = Logged.read(value)
        office, when, _ = act.said("office"), member(act.body, "at", str), act.said("basis")
        if member(act.body, "name", str) != ACT_EVENT or act.said("party") != party:
            raise _Fault("party", "không phải là của bên này", "is not of this party")
        self._proven(act)
        self.last_act = max(self.last_act, act.index)
        self.report.good("act", f"{name} đã ký: {office}, {when}.", f"{name} signed: {office}, {when}.")

    def _freeze(self, value: Any) -> None:
        """The freeze: of this digest and edition, in the log, after every act."""
        freeze = Logged.read(value)
        when = member(freeze.body, "at", str)
        if member(freeze.body, "name", str) != FREEZE_EVENT or freeze.said("edition", int) != self.manifest.edition:
            raise _Fault("edition", "không phải là của bản này", "is not of this edition")
        self._proven(freeze)
        if freeze.index <= self.last_act:
            raise _Fault("order", "đứng trước một lần ký", "comes before an act of signing")
        vi = f"Đóng băng {when}, mục {number(freeze.index)} trong nhật ký."
        self.report.good("freeze", vi, f"Frozen {when}, entry {freeze.index:,} of the log.")

    def _proven(self, event: Logged) -> None:
        if event.said("digest") != self.manifest.digest:
            raise _Fault("digest", "thuộc về mã khác", "is on another digest")
        if self.checkpoint is None:
            raise _Fault("unproven", "không kiểm được vì thiếu điểm chốt đúng", "cannot be checked without a right checkpoint")
        if not event.stands_in(self.checkpoint):
            raise _Fault("log", "không có trong nhật ký", "is not in the log")
