"""The key that signs certificates and their status list, apart from the log's key; and every key by which older ones are still checked."""
from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from soket.audit.checkpoint import TrustedKey, load_or_create_key, read_verifier_key


def signer() -> Ed25519PrivateKey:
    """The key in use, made on first use. Raises BadCheckpoint when others may read its file."""
    return load_or_create_key(settings.DATA / "keys" / "certificates.key")


def key_name() -> str:
    """The name under which it signs: the log's origin with `certificates` for its last part."""
    head, _, _ = settings.LOG_ORIGIN.rpartition("/")
    return f"{head or settings.LOG_ORIGIN}/certificates"


def trusted_keys() -> tuple[TrustedKey, ...]:
    """The key in use first, then the retired ones: verifier keys, one on each line of `keys/certificates.retired`."""
    kept = settings.DATA / "keys" / "certificates.retired"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    current = TrustedKey(key_name(), signer().public_key())
    return (current, *(read_verifier_key(line) for line in lines if line.strip()))
