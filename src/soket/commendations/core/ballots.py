"""Secret ballots by RSA blind signatures: RFC 9474, variant RSABSSA-SHA384-PSS-Deterministic (salt of 48 bytes), and their recount.

A member's browser makes a random token, joins it with the choice, blinds the two and has them signed while it says who it is. The
unblinded signature is an ordinary RSASSA-PSS signature (RFC 8017) that the server has never seen, so the ballot cast with it names
nobody, and nobody without the question's private key can make another. A choice cannot be changed: it is signed.

The token is 256 random bits, so no message can be guessed: what RFC 9474 asks under "Message Entropy" of the deterministic variants.
"""
from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from soket.kernel.canonical import canonical

BITS = 2048
EXPONENT = 65537
SALT = 48  # bytes, as long as the hash
CHOICES = ("yes", "no", "blank")
_HASH = 48
_TOKEN = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{512}")


class BadBallot(Exception):
    """A ballot or a blinded message that is not in form or not signed by the question's key; `fault` says which."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class PublicKey:
    """Modulus and exponent."""

    n: int
    e: int

    @property
    def size(self) -> int:
        """Bytes of the modulus."""
        return (self.n.bit_length() + 7) // 8

    @classmethod
    def read(cls, pem: str) -> PublicKey:
        key = serialization.load_pem_public_key(pem.encode())
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError("not an RSA key")
        numbers = key.public_numbers()
        return cls(numbers.n, numbers.e)


@dataclass(frozen=True)
class Ballot:
    """What is cast: 32 random bytes and the signature over token and choice, both in lower-case hexadecimal."""

    token: str
    choice: str
    signature: str

    def as_dict(self) -> dict[str, str]:
        return {"token": self.token, "choice": self.choice, "signature": self.signature}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Ballot:
        """Raises BadBallot("form")."""
        token, choice, signature = (str(told.get(name, "")) for name in ("token", "choice", "signature"))
        if set(told) != {"token", "choice", "signature"} or choice not in CHOICES or not _TOKEN.fullmatch(token) or not _SIGNATURE.fullmatch(signature):
            raise BadBallot("form")
        return cls(token, choice, signature)


def new_key() -> tuple[str, str]:
    """A fresh key pair of a question: (private, public) as PEM."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    kept = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    given = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return kept.decode(), given.decode()


def message(token: str, choice: str) -> bytes:
    """What is signed."""
    return f"{token}:{choice}".encode()


def _mgf(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + count.to_bytes(4, "big")).digest() for count in range(-(-length // _HASH)))
    return b"".join(blocks)[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def encode(text: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384 and MGF1; `bits` is one less than those of the modulus."""
    length = (bits + 7) // 8
    if length < _HASH + len(salt) + 2:
        raise ValueError("the modulus is too short")
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(text).digest() + salt).digest()
    block = bytes(length - len(salt) - _HASH - 2) + b"\x01" + salt
    masked = bytearray(_xor(block, _mgf(digest, length - _HASH - 1)))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def blind(key: PublicKey, text: bytes, salt: bytes, r: int) -> tuple[int, int]:
    """The blinded message and the inverse that unblinds its signature. `r` is a secret random number below the modulus and prime to it;
    the browser does the same."""
    z = int.from_bytes(encode(text, key.n.bit_length() - 1, salt), "big")
    return z * pow(r, key.e, key.n) % key.n, pow(r, -1, key.n)


def blind_sign(private_pem: str, blinded: int) -> int:
    """Sign a blinded message. Raises BadBallot("form") for a number that no blinding gives. The number is masked by a random one on
    the way, so that the time this takes tells nothing of the key; the result is checked before it is given out."""
    key = serialization.load_pem_private_key(private_pem.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("not an RSA key")
    numbers = key.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    if not 1 < blinded < n - 1:
        raise BadBallot("form")
    mask = secrets.randbelow(n - 2) + 2
    masked = blinded * pow(mask, e, n) % n
    one, other = pow(masked, numbers.dmp1, numbers.p), pow(masked, numbers.dmq1, numbers.q)
    signed = (other + (one - other) * numbers.iqmp % numbers.p * numbers.q) * pow(mask, -1, n) % n
    if pow(signed, e, n) != blinded:
        raise RuntimeError("the signature does not hold: nothing is given out")
    return signed


def finalize(key: PublicKey, text: bytes, signed: int, inverse: int) -> str:
    """The signature freed of the blinding, in hexadecimal. Raises BadBallot("signature") when it does not hold."""
    found = (signed * inverse % key.n).to_bytes(key.size, "big").hex()
    if not verify(key, text, found):
        raise BadBallot("signature")
    return found


def verify(key: PublicKey, text: bytes, signature: str) -> bool:
    """RSASSA-PSS-VERIFY of RFC 8017, 8.1.2, with SHA-384, MGF1 and a salt of 48 bytes."""
    number = int(signature, 16)
    if len(signature) != 2 * key.size or number >= key.n:
        return False
    bits = key.n.bit_length() - 1
    length = (bits + 7) // 8
    opened = pow(number, key.e, key.n)
    if opened.bit_length() > bits:
        return False
    block = opened.to_bytes(length, "big")
    masked, digest = block[: length - _HASH - 1], block[length - _HASH - 1 : -1]
    plain = bytearray(_xor(masked, _mgf(digest, len(masked))))
    plain[0] &= 0xFF >> (8 * length - bits)
    head, salt = bytes(plain[:-SALT]), bytes(plain[-SALT:])
    if block[-1:] != b"\xbc" or head != bytes(len(head) - 1) + b"\x01":
        return False
    return encode(text, bits, salt) == block


def holds(key: PublicKey, ballot: Ballot) -> bool:
    """Whether the ballot's signature is the question's."""
    return verify(key, message(ballot.token, ballot.choice), ballot.signature)


def put(urn: str, ballot: Ballot) -> str:
    """The urn's canonical text with the ballot in it, sorted by token; unchanged when the ballot lies in it already.

    Raises BadBallot("again") when the token lies in it with another choice.
    """
    known = {one["token"]: one for one in json.loads(urn)}
    if ballot.token in known:
        if known[ballot.token]["choice"] != ballot.choice:
            raise BadBallot("again")
        return urn
    known[ballot.token] = ballot.as_dict()
    return sealed(known.values())


def sealed(rows: Iterable[Mapping[str, Any]]) -> str:
    """The one text of a list of ballots: canonical JSON, sorted by token, named votes by member."""
    ordered = sorted(rows, key=lambda one: (str(one.get("token", "")), str(one.get("member", ""))))
    return canonical([dict(one) for one in ordered]).decode()


def digest(text: str) -> str:
    """SHA-256 of a list of ballots, as kept with the tally and in the record."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Recount:
    """A list counted again. `bad`: places (from 1) of ballots whose signature does not hold; `twice`: tokens that stand more than once."""

    yes: int
    no: int
    blank: int
    bad: tuple[int, ...]
    twice: tuple[str, ...]
    digest: str

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.blank


def recount(text: str, key: PublicKey | None) -> Recount:
    """Count a list anew and check each signature; named votes carry none and count as they are. Raises BadBallot("form")."""
    rows = json.loads(text)
    tokens = Counter(str(one["token"]) for one in rows if "token" in one)
    bad = tuple(place for place, one in enumerate(rows, 1) if "token" in one and (key is None or not holds(key, Ballot.read(one))))
    votes = Counter(str(one["choice"]) for one in rows)
    twice = tuple(sorted(token for token, count in tokens.items() if count > 1))
    return Recount(votes["yes"], votes["no"], votes["blank"], bad, twice, digest(text))
