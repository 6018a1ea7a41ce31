"""The trusted key, always from outside the file that is checked."""
from __future__ import annotations

import re
from pathlib import Path

from soket.audit.checkpoint import BadCheckpoint, TrustedKey, fingerprint, read_verifier_key, verifier_key

_FINGERPRINT = re.compile(r"([0-9A-F]{4}-){7}[0-9A-F]{4}")

Trust = TrustedKey | str
"""A whole verifier key, or only the fingerprint printed on a paper."""


def read_trust(text: str) -> Trust:
    """A verifier key, a fingerprint, or the name of a file whose first line holds one. Raises BadCheckpoint."""
    given = text.strip()
    if "+" not in given and not _FINGERPRINT.fullmatch(given.upper()):
        try:
            given = next(iter(Path(given).read_text(encoding="utf-8").split("\n")), "").strip()
        except (OSError, ValueError):
            raise BadCheckpoint(f"{text!r}: neither a key, nor a fingerprint, nor a readable key file") from None
    return given.upper() if _FINGERPRINT.fullmatch(given.upper()) else read_verifier_key(given)


def settle(trust: Trust, stated: str) -> TrustedKey:
    """The key to check with. A key the file states is used only when the trusted fingerprint covers it.

    Raises BadCheckpoint when the file was signed by another key than the trusted one.
    """
    if isinstance(trust, TrustedKey):
        if stated != verifier_key(trust.name, trust.key):
            raise BadCheckpoint(f"the file states the key {stated[:100]}")
        return trust
    key = read_verifier_key(stated)
    if fingerprint(key.key) != trust or stated != verifier_key(key.name, key.key):
        raise BadCheckpoint(f"the file states a key with fingerprint {fingerprint(key.key)}")
    return key
