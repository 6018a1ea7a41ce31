"""What the server says of a saved page: the offline verifier's judgement, and what became of the article since. Nothing is kept."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from soket.audit.checkpoint import TrustedKey, fingerprint, read_verifier_key
from soket.audit.verifier.page import MOST_BYTES, BadPage, Verdict, judge
from soket.publishing.manifest import KEYS
from soket.publishing.outlet.shelf import Shelf


@dataclass(frozen=True)
class Standing:
    """What the newspaper shows at an address now. `state`: published, withdrawn or none. Instants as the copy writes them."""

    state: str = "none"
    number: int = 0
    digest: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """`kind`: genuine, older, withdrawn or gone for a page that says what was released; else the verifier's reason, or too_big."""

    kind: str
    verdict: Verdict | None = None
    refused: BadPage | None = None
    standing: Standing = field(default_factory=Standing)


def trusted_keys(store: Shelf | None) -> list[dict[str, str]]:
    """The keys that the public store names: verifier key, fingerprint and the 32 bytes."""
    return list((store.meta(KEYS) if store else None) or [])


def standing(store: Shelf | None, slug: str, now: int) -> Standing:
    """What became of an article."""
    kept = store.article(slug, now) if store else None
    if kept is None:
        return Standing()
    gone: dict[str, Any] = kept.extra.get("withdrawn") or {}
    at = gone.get("at") if kept.card.state == "withdrawn" else kept.card.latest.isoformat()
    return Standing(kept.card.state, kept.card.number, kept.digest, at or "", gone.get("reason", ""))


def check(data: bytes, store: Shelf | None, now: int) -> Answer:
    """Judge a saved page by the keys of the public store."""
    if len(data) > MOST_BYTES:
        return Answer("too_big")
    try:
        verdict = judge(data, _keys(store))
    except BadPage as refused:
        return Answer(refused.code, refused=refused)
    found = standing(store, verdict.manifest.slug, now)
    same = found.state == "published" and found.digest == verdict.manifest.digest
    kind = "genuine" if same else {"published": "older", "withdrawn": "withdrawn", "none": "gone"}[found.state]
    return Answer(kind, verdict, standing=found)


def key_of(verdict: Verdict) -> str:
    """The fingerprint of the key that signed."""
    return fingerprint(verdict.manifest.key.key)


def instant_of(text: str) -> datetime | None:
    """An instant of a copy or a standing; None where there is none."""
    return datetime.fromisoformat(text) if text else None


def _keys(store: Shelf | None) -> Sequence[TrustedKey]:
    return [read_verifier_key(one["verifier"]) for one in trusted_keys(store)]
