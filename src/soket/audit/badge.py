"""A certificate in a second form that other programs read: an Open Badges 3.0 credential as VC-JWT, revoked by a Bitstring Status List.

Followed to the letter: 1EdTech Open Badges 3.0 §8.2 (the payload is the credential, with iss, jti, nbf, sub; the header holds alg, kid, jwk,
typ and nothing else), W3C Bitstring Status List v1.0 (2025), did:web. EdDSA is allowed there, though conformance asks only for RS256.
The printed code stays the first form: this one says nothing that it does not. Standard library and cryptography only.
"""
from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import json
import uuid
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from soket.audit.checkpoint import public_bytes
from soket.audit.credential import BadCertificate

LEAST_BITS = 131_072
LIST_PATH = "/bk/danh-sach/1"
_CREDENTIALS, _BADGES = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_DID_CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]


@dataclass(frozen=True)
class Badge:
    """What the credential says. `status_index` is its bit in the status list; `issued_at` the instant of signing, to the second."""

    serial: str
    issuer: str
    form: str
    recipient: str
    achievement: str
    criteria: str
    issued_at: datetime
    status_index: int


def credential(badge: Badge, *, base_url: str) -> dict[str, Any]:
    """The credential as JSON, without a proof; the same certificate always gives the same ids."""
    return {
        "@context": [_CREDENTIALS, _BADGES],
        "id": _urn(base_url, badge.serial),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": did(base_url), "type": ["Profile"], "name": badge.issuer, "url": base_url},
        "validFrom": _instant(badge.issued_at),
        "name": f"{badge.form} {badge.serial}",
        "credentialSubject": {
            "id": _urn(base_url, f"{badge.serial}#recipient"),
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": badge.recipient, "identityType": "name"}],
            "achievement": {
                "id": _urn(base_url, f"{badge.serial}#achievement"), "type": ["Achievement"], "name": badge.form,
                "description": badge.achievement, "criteria": {"narrative": badge.criteria},
            },
        },
        "credentialStatus": {
            "id": f"{base_url}{LIST_PATH}#{badge.status_index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": str(badge.status_index), "statusListCredential": f"{base_url}{LIST_PATH}",
        },
    }  # fmt: skip


def credential_jwt(badge: Badge, *, base_url: str, signer: Ed25519PrivateKey) -> str:
    """The credential as a compact JWT signed with EdDSA."""
    body = credential(badge, base_url=base_url)
    claims = {"iss": body["issuer"]["id"], "jti": body["id"], "nbf": int(badge.issued_at.timestamp()), "sub": body["credentialSubject"]["id"]}
    return _signed({**body, **claims}, base_url, signer, "JWT")


def status_list_jwt(revoked: Iterable[int], *, base_url: str, signer: Ed25519PrivateKey, as_of: datetime, purpose: str = "revocation") -> str:
    """The status list as a compact JWT: the bits of the indexes given are set, the first bit is the leftmost one."""
    address = f"{base_url}{LIST_PATH}"
    body = {
        "@context": [_CREDENTIALS], "id": address, "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": did(base_url),
        "validFrom": _instant(as_of),
        "credentialSubject": {"id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": purpose, "encodedList": encoded_list(revoked)},
    }  # fmt: skip
    return _signed({**body, "iss": did(base_url), "jti": address, "nbf": int(as_of.timestamp()), "sub": f"{address}#list"}, base_url, signer, "vc+jwt")


def encoded_list(revoked: Iterable[int]) -> str:
    """Multibase base64url of the gzipped bits; at least 131,072 bits, in whole blocks of that size. Same bits, same text."""
    indexes = sorted(set(revoked))
    blocks = indexes[-1] // LEAST_BITS + 1 if indexes else 1
    bits = bytearray(blocks * LEAST_BITS // 8)
    for index in indexes:
        if index < 0:
            raise ValueError(f"index {index}")
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + _b64url(gzip.compress(bytes(bits), mtime=0))


def is_revoked(status_list: dict[str, Any], index: int) -> bool:
    """The bit of an index in the payload of a status list. Raises BadCertificate when the list has no such bit."""
    try:
        text: str = status_list["credentialSubject"]["encodedList"]
        bits = gzip.decompress(_unb64url(text.removeprefix("u")))
        if index < 0:
            raise IndexError(index)
        return bool(bits[index // 8] & 0x80 >> index % 8)
    except (KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, zlib.error):
        raise BadCertificate("malformed", f"no bit {index} in the status list") from None


def did(base_url: str) -> str:
    """The issuer's identifier: did:web of the host, its port percent-encoded."""
    return "did:web:" + urlsplit(base_url).netloc.replace(":", "%3A")


def did_document(base_url: str, keys: Sequence[Ed25519PublicKey]) -> dict[str, Any]:
    """What stands at /.well-known/did.json: the key in use first, then the retired ones by which older credentials are checked."""
    own = did(base_url)
    methods = [{"id": f"{own}#{thumbprint(key)}", "type": "JsonWebKey", "controller": own, "publicKeyJwk": jwk(key)} for key in keys]
    return {"@context": _DID_CONTEXT, "id": own, "verificationMethod": methods, "assertionMethod": [method["id"] for method in methods]}


def jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The public key as a JSON Web Key (RFC 8037)."""
    return {"crv": "Ed25519", "kty": "OKP", "x": _b64url(public_bytes(key))}


def thumbprint(key: Ed25519PublicKey) -> str:
    """RFC 7638: what names the key in the DID document and in the headers."""
    return _b64url(hashlib.sha256(json.dumps(jwk(key), sort_keys=True, separators=(",", ":")).encode()).digest())


def read_jwt(text: str, keys: Iterable[Ed25519PublicKey]) -> dict[str, Any]:
    """The payload of a compact JWT that one of these keys signed. The key in its own header is never trusted.

    Raises BadCertificate: `malformed`, `unknown_key`, `bad_signature`.
    """
    parts = text.split(".")
    try:
        header, payload = (json.loads(_unb64url(part)) for part in parts[:2])
        signature, stated = _unb64url(parts[2]), header["kid"].rpartition("#")[2]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise BadCertificate("malformed", "not a compact JWT") from None
    if len(parts) != 3 or header.get("alg") != "EdDSA" or not isinstance(payload, dict):
        raise BadCertificate("malformed", "not a compact JWT signed with EdDSA")
    key = next((one for one in keys if thumbprint(one) == stated), None)
    if key is None:
        raise BadCertificate("unknown_key", f"signed by the key {stated!r}")
    try:
        key.verify(signature, ".".join(parts[:2]).encode())
    except InvalidSignature:
        raise BadCertificate("bad_signature", "the signature does not fit the words") from None
    return payload


def _signed(payload: dict[str, Any], base_url: str, signer: Ed25519PrivateKey, kind: str) -> str:
    public = signer.public_key()
    header = {"alg": "EdDSA", "jwk": jwk(public), "kid": f"{did(base_url)}#{thumbprint(public)}", "typ": kind}
    body = ".".join(_b64url(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in (header, payload))
    return f"{body}.{_b64url(signer.sign(body.encode()))}"


def _urn(base_url: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{base_url}/bk/{name}')}"


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64url(text: str) -> bytes:
    """Strict: one text per value. Raises BadCertificate."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadCertificate("malformed", "not base64url") from None
    if _b64url(data) != text:
        raise BadCertificate("malformed", "not base64url in its one form")
    return data
