"""Writing the dossier file, the one document that a stand-alone verifier checks (docs/algorithms/dossier-file.md).

One canonical JSON line each: header, entries, manifest, an act per party, seal, freeze, checkpoint.
The digest of the dossier is the SHA-256 of the canonical manifest, which lists every entry's hash.
"""
from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from soket.audit.checkpoint import fingerprint, read_verifier_key, sign_seal, verifier_key
from soket.audit.verifier.dossier import ACT_EVENT, FREEZE_EVENT, HEADER, verify_bytes
from soket.audit.verifier.report import seal_code
from soket.kernel.canonical import canonical, hex_digest

__all__ = ["ACT_EVENT", "FREEZE_EVENT", "STATEMENT", "BadDossier", "Entry", "LoggedEvent", "Party", "Seal"]
__all__ += ["build_manifest", "dossier_digest", "make_seal", "seal_code", "write_dossier"]

STATEMENT = {
    "en": "Each party's holder re-authenticated and signed this digest as a recorded act; the server's key seals it. "
    "The parties hold no keys of their own in this version.",
    "vi": "Người có thẩm quyền của mỗi bên đã xác thực lại và ký trên mã này, việc ký được ghi vào nhật ký; khóa của máy chủ "
    "niêm phong hồ sơ. Ở phiên bản này các bên chưa giữ khóa riêng.",
}


class BadDossier(ValueError):
    """Parts that do not make one dossier; the message names the part."""


@dataclass(frozen=True)
class Entry:
    """One entry: a key unique in the dossier ("figure/01", "section/2") and a body without floats."""

    key: str
    body: dict[str, Any]

    def line(self) -> bytes:
        """The canonical line of the file, without its newline."""
        return canonical({"key": self.key, "body": self.body})

    def sha256(self) -> str:
        """The hash of `line()`, as the manifest lists it."""
        return hashlib.sha256(self.line()).hexdigest()


@dataclass(frozen=True)
class Party:
    """A party that must sign, in signing order. `details` may say which successor signs for it, and why."""

    id: str
    name: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LoggedEvent:
    """An audit event with its inclusion under the dossier's checkpoint: body, position, audit path in hexadecimal."""

    body: dict[str, Any]
    index: int
    proof: Sequence[str]

    def record(self) -> dict[str, Any]:
        return {"body": self.body, "index": self.index, "proof": list(self.proof)}


@dataclass(frozen=True)
class Seal:
    """The server's signature over the digest, and which key made it."""

    digest: str
    key: str
    fingerprint: str
    signature: str


def build_manifest(
    *,
    review: Mapping[str, Any],
    edition: int,
    entries: Sequence[Entry],
    parties: Sequence[Party],
    tree_version: int | str,
    rule_version: int | str,
    previous: str | None = None,
    reason: str = "",
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The manifest all parties sign. `previous` is the digest of the edition this one replaces, with its `reason`.

    Raises BadDossier on no party, a doubled key or party, a later edition without previous digest and
    reason, or an `extra` member that hides a standing one.
    """
    keys, ids = [entry.key for entry in entries], [party.id for party in parties]
    if not ids or len(set(ids)) != len(ids) or len(set(keys)) != len(keys) or not all(keys):
        raise BadDossier("every party and every entry stands once, under its own name, and there is a party")
    if edition < 1 or (edition > 1) != bool(previous and reason.strip()):
        raise BadDossier(f"edition {edition}: the first has neither predecessor nor reason, each later one has both")
    manifest: dict[str, Any] = {
        "review": dict(review),
        "edition": edition,
        "parties": [{**party.details, "id": party.id, "name": party.name} for party in parties],
        "entries": [{"key": entry.key, "sha256": entry.sha256()} for entry in entries],
        "tree_version": tree_version,
        "rule_version": rule_version,
        "previous": previous,
        "reason": reason,
        "statement": STATEMENT,
    }
    if clash := manifest.keys() & (extra or {}).keys():
        raise BadDossier(f"extra members stand already: {sorted(clash)}")
    return {**manifest, **(extra or {})}


def dossier_digest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical manifest, 64 hexadecimal digits: what parties sign and the server seals."""
    return hex_digest(dict(manifest))


def make_seal(digest: str, origin: str, signer: Ed25519PrivateKey) -> Seal:
    """Seal a digest with the log's key, under the log's origin."""
    public = signer.public_key()
    return Seal(digest, verifier_key(origin, public), fingerprint(public), sign_seal(digest, signer))


def write_dossier(
    *, entries: Sequence[Entry], manifest: Mapping[str, Any], acts: Sequence[LoggedEvent], seal: Seal, freeze: LoggedEvent, checkpoint: str
) -> bytes:
    """The bytes of the file. Acts stand in the order of the manifest's parties; every proof leads to `checkpoint`.

    The bytes are read back by the verifier before they are given out. Raises BadDossier, naming the
    first fault, when it would not accept them.
    """
    lines = [
        HEADER,
        *(entry.line() for entry in entries),
        canonical({"manifest": dict(manifest)}),
        *(canonical({"act": act.record()}) for act in acts),
        canonical({"seal": vars(seal)}),
        canonical({"freeze": freeze.record()}),
        canonical({"checkpoint": checkpoint}),
    ]
    data = b"\n".join(lines) + b"\n"
    report = verify_bytes(data, read_verifier_key(seal.key))
    if not report.ok:
        raise BadDossier("; ".join(finding.en for finding in report.findings))
    return data
