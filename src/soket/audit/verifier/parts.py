"""The parts of a dossier file, once their shape is known to be right."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from soket.audit.checkpoint import Checkpoint
from soket.audit.core import leaf_hash, verify_inclusion
from soket.audit.verifier.strict import HEX, NotStrict, canonical_bytes, hash_member, member, read_line


@dataclass(frozen=True)
class Manifest:
    """What was sealed: edition, entries in order, parties as (id, name) in signing order."""

    digest: str
    edition: int
    keys: list[str]
    hashes: list[bytes]
    parties: list[tuple[str, str]]

    @classmethod
    def read(cls, line: bytes) -> Manifest:
        """Read the manifest's line. Raises NotStrict."""
        raw = member(read_line(line), "manifest", dict)
        entries, stated = member(raw, "entries", list), member(raw, "parties", list)
        keys = [member(entry, "key", str) for entry in entries]
        parties = [(member(party, "id", str), member(party, "name", str)) for party in stated]
        if len(set(keys)) != len(keys) or len(dict(parties)) != len(parties) or not parties:
            raise NotStrict("a doubled key or party, or no party")
        hashes = [bytes.fromhex(hash_member(entry, "sha256")) for entry in entries]
        digest = hashlib.sha256(canonical_bytes(raw)).hexdigest()
        return cls(digest, member(raw, "edition", int), keys, hashes, parties)


@dataclass(frozen=True)
class Logged:
    """An event of the log with its proof: body, position, audit path."""

    body: dict[str, Any]
    index: int
    proof: list[bytes]

    @classmethod
    def read(cls, value: Any) -> Logged:
        """Read the value of an act or freeze line. Raises NotStrict."""
        proof = member(value, "proof", list)
        if set(value) != {"body", "index", "proof"} or not all(isinstance(step, str) and HEX.fullmatch(step) for step in proof):
            raise NotStrict("body, index and proof expected")
        return cls(member(value, "body", dict), member(value, "index", int), [bytes.fromhex(step) for step in proof])

    def said(self, name: str, kind: type = str) -> Any:
        """A member of the event's payload. Raises NotStrict when it is not there."""
        return member(member(self.body, "payload", dict), name, kind, "payload.")

    def stands_in(self, checkpoint: Checkpoint) -> bool:
        """Whether the proof leads from this very body to the checkpoint's root."""
        leaf = leaf_hash(canonical_bytes(self.body))
        return verify_inclusion(leaf, self.index, checkpoint.size, self.proof, checkpoint.root)
