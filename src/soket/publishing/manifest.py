"""The signed manifest that every article's page carries, so that a saved copy proves itself. Format: docs/algorithms/page-manifest.md.

The log's key signs it, the one that seals dossiers: a reader compares one fingerprint for both. The message's first line keeps it
apart from checkpoints and seals. The private key stays inside; the public store holds signatures and public keys.
"""
from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from soket.audit.checkpoint import TrustedKey, fingerprint, load_or_create_key, public_bytes, read_verifier_key, verifier_key
from soket.audit.verifier.page import FORMAT, make_seal

KEYS = "page_keys"
"""Name under which the public store keeps `public_keys()`."""
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def seal(content: str, digest: str) -> dict[str, str]:
    """The seal of a released copy (`Shelved.extra["seal"]`). Raises BadCheckpoint when others may read the key's file."""
    copy = json.loads(content)
    url = f"{settings.BASE_URL}{reverse('publishing:article', args=[copy['slug']])}"
    return make_seal(content, digest, slug=copy["slug"], number=copy["number"], url=url, name=settings.LOG_ORIGIN, signer=_signer())


def public_keys() -> list[dict[str, str]]:
    """Keys by which pages are checked: the one in use, then the retired ones (verifier keys, one a line of `keys/log.retired`)."""
    kept = settings.DATA / "keys" / "log.retired"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    keys = [TrustedKey(settings.LOG_ORIGIN, _signer().public_key()), *(read_verifier_key(line) for line in lines if line.strip())]
    return [{"verifier": verifier_key(*one), "fingerprint": fingerprint(one.key), "x": b64encode(public_bytes(one.key)).decode()} for one in keys]


def envelope(raw: str, seal: Mapping[str, str]) -> dict[str, str]:
    """The whole manifest: the seal and the copy itself, as the text whose digest was signed."""
    return {"format": FORMAT, "key": seal["key"], "signature": seal["signature"], "signed": seal["signed"], "content": raw}


def data_block(value: Any) -> str:
    """JSON that may stand inside a `<script>` of a data type: no sign in it can end the element or open a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _signer() -> Any:
    return load_or_create_key(settings.DATA / "keys" / "log.key")
