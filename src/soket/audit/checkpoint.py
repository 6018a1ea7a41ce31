"""Signed checkpoints in the C2SP tlog-checkpoint text form, and the key files they need.

The note's signature line is "— NAME BASE64(4-byte key id || Ed25519 signature)", as in C2SP signed-note.
"""
from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = b"\x01"


class BadCheckpoint(ValueError):
    """A checkpoint text that cannot be read, or whose signature does not hold."""


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes


def public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id(name: str, key: Ed25519PublicKey) -> bytes:
    """The first four bytes of SHA-256(name || newline || algorithm || key)."""
    return hashlib.sha256(name.encode() + b"\n" + ALGORITHM + public_bytes(key)).digest()[:4]


def fingerprint(key: Ed25519PublicKey) -> str:
    """A short form for people and papers: eight groups of four hexadecimal digits of SHA-256."""
    text = hashlib.sha256(public_bytes(key)).hexdigest()[:32].upper()
    return "-".join(text[i : i + 4] for i in range(0, 32, 4))


def verifier_key(name: str, key: Ed25519PublicKey) -> str:
    """The public key as one line: NAME+KEYID+BASE64(algorithm || key)."""
    return f"{name}+{key_id(name, key).hex()}+{base64.b64encode(ALGORITHM + public_bytes(key)).decode()}"


def read_verifier_key(line: str) -> tuple[str, Ed25519PublicKey]:
    """Parse `verifier_key`'s line. Raises BadCheckpoint."""
    try:
        name, stated, encoded = line.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        key = Ed25519PublicKey.from_public_bytes(raw[1:])
    except ValueError as error:
        raise BadCheckpoint(f"not a verifier key: {line[:60]!r}") from error
    if raw[:1] != ALGORITHM or key_id(name, key).hex() != stated:
        raise BadCheckpoint("the verifier key's id does not fit its key")
    return name, key


def load_or_create_key(path: Path) -> Ed25519PrivateKey:
    """The private key in `path` (PEM, mode 0600), made on first use without ever overwriting one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return load_or_create_key(path)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadCheckpoint(f"{path.name}: not an Ed25519 key")
    return key


def make_checkpoint(origin: str, size: int, root: bytes, signer: Ed25519PrivateKey) -> str:
    """The signed text for a tree of `size` leaves with `root`."""
    body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    mark = base64.b64encode(key_id(origin, signer.public_key()) + signer.sign(body.encode())).decode()
    return f"{body}\n\u2014 {origin} {mark}\n"


def parse_and_verify(text: str, key: Ed25519PublicKey) -> Checkpoint:
    """Read a checkpoint and check its signature with a key from outside. Raises BadCheckpoint."""
    try:
        head, signatures = text.split("\n\n", 1)
        origin, size, encoded = head.split("\n")
        mark = signatures.strip().split("\n")[0].split(" ")
        raw = base64.b64decode(mark[2], validate=True)
        result = Checkpoint(origin, int(size), base64.b64decode(encoded, validate=True))
        if mark[0] != "\u2014" or mark[1] != origin or raw[:4] != key_id(origin, key):
            raise BadCheckpoint("the checkpoint is signed by another key")
        key.verify(raw[4:], (head + "\n").encode())
    except InvalidSignature as error:
        raise BadCheckpoint("the checkpoint's signature does not hold") from error
    except (ValueError, IndexError) as error:
        raise error if isinstance(error, BadCheckpoint) else BadCheckpoint("not a checkpoint") from error
    return result
