"""Small true things for the tests of the record: a log of events, a sealed dossier, an export."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from soket.audit.checkpoint import TrustedKey, make_checkpoint, verifier_key
from soket.audit.core import Frontier, in_memory, inclusion_proof, leaf_hash
from soket.audit.dossier import Entry, LoggedEvent, Party, build_manifest, dossier_digest, make_seal, write_dossier
from soket.audit.export import write_log
from soket.kernel.canonical import canonical

ORIGIN = "soket.example/log"
PARTIES = [Party("unit:1", "Bộ Công an"), Party("unit:2", "Ủy ban Trung ương MTTQ Việt Nam")]
ENTRIES = [
    Entry("figure/01", {"label": "Xã, phường đã ban hành quy chế", "numerator": "3301", "denominator": "3321", "synthetic": True}),
    Entry("figure/02", {"label": "Cuộc tuyên truyền", "value": "12345678901234567890", "scale": 0, "states": ["reported", "zero"]}),
    Entry("section/1", {"heading": "Kết quả", "text": "3.301 trên 3.321 đơn vị đã ban hành quy chế.\nSố liệu minh họa."}),
    Entry("coverage/1", {"expected": 3321, "accepted": 3300, "missing": ["unit:77", "unit:91"]}),
]


def signer(seed: int = 1) -> Ed25519PrivateKey:
    """A fixed key for tests and worked examples; never a real one."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def trusted(seed: int = 1, origin: str = ORIGIN) -> TrustedKey:
    return TrustedKey(origin, signer(seed).public_key())


def event(name: str, minute: int, payload: dict[str, Any], office: str = "Văn phòng chương trình") -> dict[str, Any]:
    """An event body as the record keeps it."""
    return {
        "name": name,
        "at": f"2026-07-09T{9 + minute // 60:02d}:{minute % 60:02d}:00+07:00",
        "actor": {"kind": "person", "id": "7", "label": office},
        "subject": {"kind": "reviews.edition", "id": "1", "label": "Sơ kết năm 2026, bản 1"},
        "payload": payload,
        "reason": "",
    }


def log_bodies(count: int) -> list[bytes]:
    """`count` different canonical event bodies."""
    return [canonical(event("reporting.report_accepted", i % 600, {"report": str(i), "remarks": ""})) for i in range(count)]


def checkpoint_of(bodies: list[bytes], seed: int = 1, origin: str = ORIGIN) -> str:
    frontier = Frontier()
    for body in bodies:
        frontier.append(leaf_hash(body))
    return make_checkpoint(origin, frontier.size, frontier.root(), signer(seed))


def export(bodies: list[bytes], seed: int = 1) -> bytes:
    """A log export that holds."""
    key = verifier_key(ORIGIN, signer(seed).public_key())
    return b"".join(write_log(bodies=bodies, checkpoint=checkpoint_of(bodies, seed), key=key))


@dataclass(frozen=True)
class Logged:
    """A log that holds the acts and the freeze of one dossier among other events."""

    acts: list[LoggedEvent]
    freeze: LoggedEvent
    checkpoint: str


def logged(digest: str, edition: int, seed: int = 1, before: int = 5, after: int = 3) -> Logged:
    said = {"office": "Thủ trưởng", "digest": digest, "basis": "Kế hoạch 12/KH"}
    signed = [event("reviews.signed", 30 + i, {"party": party.id, **said}, party.name) for i, party in enumerate(PARTIES)]
    frozen = event("reviews.frozen", 40, {"digest": digest, "edition": edition, "review": "so-ket-2026"})
    bodies = [*log_bodies(before), *(canonical(body) for body in [*signed, frozen]), *log_bodies(after)]
    leaves = [leaf_hash(body) for body in bodies]

    def place(index: int) -> LoggedEvent:
        path = inclusion_proof(in_memory(leaves), index, len(leaves))
        return LoggedEvent(json.loads(bodies[index]), index, [step.hex() for step in path])

    acts = [place(before + i) for i in range(len(signed))]
    return Logged(acts, place(before + len(signed)), checkpoint_of(bodies, seed))


def manifest(entries: list[Entry] = ENTRIES, edition: int = 1, previous: str | None = None) -> dict[str, Any]:
    return build_manifest(
        review={"code": "SK-2026", "slug": "so-ket-2026", "title": "Sơ kết năm 2026 (số liệu minh họa)"},
        edition=edition,
        entries=entries,
        parties=PARTIES,
        tree_version=4,
        rule_version=1,
        previous=previous,
        reason="Đính chính số liệu" if previous else "",
    )


def dossier(entries: list[Entry] = ENTRIES, seed: int = 1) -> bytes:
    """A sealed dossier that holds."""
    listed = manifest(entries)
    digest = dossier_digest(listed)
    record = logged(digest, 1, seed)
    seal = make_seal(digest, ORIGIN, signer(seed))
    return write_dossier(
        entries=entries, manifest=listed, acts=record.acts, seal=seal, freeze=record.freeze, checkpoint=record.checkpoint
    )
