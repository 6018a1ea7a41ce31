"""What the log's key signs: checkpoints (C2SP tlog-checkpoint over signed-note) and dossier seals.

One Ed25519 key serves both. The two messages cannot be taken for each other: a checkpoint has three
lines or more and its origin holds no blank; a seal's message has two lines and its first holds one.
Standard library and cryptography only: the offline verifier stands on this module.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key

_ED25519 = b"\x01"  # the signed-note type byte
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MAX_SIGNATURES = 100


class BadCheckpoint(ValueError):
    """A checkpoint, a key or a key file that cannot be trusted; the message says why."""


@dataclass(frozen=True)
class Checkpoint:
    """A statement about the log: whose it is, how many entries, under which root. `extensions` are kept unread."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class TrustedKey(NamedTuple):
    """A public key together with the name (the log's origin) under which it signs notes."""

    name: str
    key: Ed25519PublicKey


def make_checkpoint(origin: str, size: int, root: bytes, signer: Ed25519PrivateKey) -> str:
    """The signed text for a tree of `size` leaves; the key signs under the origin's name.

    Raises BadCheckpoint on an origin with blanks or "+", a negative size or a root that is not 32 bytes.
    """
    _check_name(origin)
    if size < 0 or len(root) != 32:
        raise BadCheckpoint(f"no checkpoint for size {size} and a root of {len(root)} bytes")
    body = f"{origin}\n{size}\n{_b64(root)}\n"
    signature = key_id(origin, signer.public_key()) + signer.sign(body.encode())
    return f"{body}\n— {origin} {_b64(signature)}\n"


def parse_and_verify(text: str, public_key: Ed25519PublicKey, origin: str | None = None) -> Checkpoint:
    """Read a checkpoint that `public_key` signed under the text's own origin (or `origin`, when given).

    Signatures by other keys are passed over, as witnesses may add theirs. Raises BadCheckpoint.
    """
    body, gap, signatures = text.rpartition("\n\n")
    if not gap or any((ord(ch) < 32 and ch != "\n") or 0xD800 <= ord(ch) <= 0xDFFF for ch in text):
        raise BadCheckpoint("not a signed note: no blank line before the signatures, or a character no note may hold")
    body += "\n"
    checkpoint = _parse_body(body)
    if origin is not None and checkpoint.origin != origin:
        raise BadCheckpoint(f"the checkpoint is of {checkpoint.origin!r}, not of {origin!r}")
    known = key_id(checkpoint.origin, public_key)
    for name, signature in _parse_signatures(signatures):
        if name == checkpoint.origin and signature[:4] == known:
            if not _verifies(public_key, signature[4:], body.encode()):
                raise BadCheckpoint("the signature does not match the checkpoint")
            return checkpoint
    raise BadCheckpoint("no signature by the trusted key")


def sign_seal(digest: str, signer: Ed25519PrivateKey) -> str:
    """The server's seal on a dossier digest (64 hexadecimal digits), as base64."""
    return _b64(signer.sign(_seal_message(digest)))


def seal_holds(digest: str, signature: str, public_key: Ed25519PublicKey) -> bool:
    """Whether `signature` is this key's seal on the digest."""
    try:
        return _verifies(public_key, _unb64(signature), _seal_message(digest))
    except BadCheckpoint:
        return False


def generate_key(path: Path) -> Ed25519PrivateKey:
    """Make a private key file (PEM, mode 0600). Raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    signer = Ed25519PrivateKey.generate()
    # Written aside and linked into place: no other process ever reads half a key.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        Path(draft).unlink()
    return signer


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key file. Raises BadCheckpoint when others may read it or it is no Ed25519 key."""
    if path.stat().st_mode & 0o077:
        raise BadCheckpoint(f"{path}: others may read this private key; set its mode to 0600")
    try:
        signer = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise BadCheckpoint(f"{path}: not a private key: {error}") from None
    if not isinstance(signer, Ed25519PrivateKey):
        raise BadCheckpoint(f"{path}: not an Ed25519 key")
    return signer


def load_or_create_key(path: Path) -> Ed25519PrivateKey:
    """The key of the file, made on first use; safe when two processes start at once."""
    if not path.exists():
        try:
            return generate_key(path)
        except FileExistsError:
            pass
    return load_key(path)


def verifier_key(name: str, public_key: Ed25519PublicKey) -> str:
    """The signed-note verifier key: NAME+KEYID+BASE64, the form given to parties and witnesses."""
    _check_name(name)
    return f"{name}+{key_id(name, public_key).hex()}+{_b64(_ED25519 + public_bytes(public_key))}"


def read_verifier_key(text: str) -> TrustedKey:
    """Read a verifier key. Raises BadCheckpoint when it is malformed or its key id does not fit."""
    name, _, rest = text.strip().partition("+")
    stated, _, encoded = rest.partition("+")
    _check_name(name)
    data = _unb64(encoded)
    if len(data) != 33 or data[:1] != _ED25519:
        raise BadCheckpoint("not an Ed25519 verifier key")
    key = Ed25519PublicKey.from_public_bytes(data[1:])
    if key_id(name, key).hex() != stated:
        raise BadCheckpoint("the verifier key's id does not fit its name and key")
    return TrustedKey(name, key)


def fingerprint(public_key: Ed25519PublicKey) -> str:
    """The form for people and papers: 128 bits of the key's SHA-256 as eight groups of four digits."""
    digits = hashlib.sha256(public_bytes(public_key)).hexdigest()[:32].upper()
    return "-".join(digits[i : i + 4] for i in range(0, 32, 4))


def key_id(name: str, public_key: Ed25519PublicKey) -> bytes:
    """The signed-note key id: the first four bytes of SHA-256(name, newline, key type, key)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_bytes(public_key)).digest()[:4]


def public_bytes(public_key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of the public key."""
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _parse_body(body: str) -> Checkpoint:
    lines = body.split("\n")[:-1]
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise BadCheckpoint("not a checkpoint: expected the lines origin, size, root")
    root = _unb64(lines[2])
    if len(root) != 32:
        raise BadCheckpoint("not a checkpoint: the root is not 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))


def _parse_signatures(block: str) -> list[tuple[str, bytes]]:
    lines = block.split("\n")
    if lines.pop() or not 0 < len(lines) <= _MAX_SIGNATURES:
        raise BadCheckpoint("not a signed note: no signature line, too many, or the last one is cut")
    found = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "—" or not _NAME.fullmatch(name):
            raise BadCheckpoint(f"not a signature line: {line[:60]!r}")
        signature = _unb64(encoded)
        if len(signature) < 5:
            raise BadCheckpoint("not a signature line: too short")
        found.append((name, signature))
    return found


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or any(ord(ch) < 32 for ch in name):
        raise BadCheckpoint(f"not a key name: {name!r} (no blanks, no '+')")


def _seal_message(digest: str) -> bytes:
    return f"soket-dossier/1 seal\n{digest}\n".encode()


def _verifies(public_key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        public_key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unb64(text: str) -> bytes:
    """Strict base64: one text per value, so that no altered character goes unseen."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadCheckpoint("not base64") from None
    if _b64(data) != text:
        raise BadCheckpoint("not base64 in its one form")
    return data
