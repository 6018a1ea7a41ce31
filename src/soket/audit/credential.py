"""The signed text in a certificate's QR code, and the signed list that says what became of each certificate.

One Ed25519 key signs both, under two prefixes, so that neither can be taken for the other, nor for a checkpoint or a seal.
What a code says stands behind the `#` of its address: browsers never send it. It is written in base32, which a code holds in its
dense mode. The signature covers the statement, not the address before the `#`.
Standard library and cryptography only: the offline verifier stands on this module. Prose: docs/algorithms/certificates.md.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from soket.audit.checkpoint import TrustedKey, key_id
from soket.audit.verifier.strict import NotStrict, canonical_bytes, read_line

VERSION = 1
STATEMENT_PREFIX, STATUS_PREFIX = b"soket-certificate/1\n", b"soket-certificate-status/1\n"
PATH = "/bk/"
FULL_WORDS, MOST_TEXT = 600, 640
"""Signs of the whole text up to which the achievement stands in full, and beyond which no code is made."""
_RECIPIENT_KEPT = 60
GROUNDS = ("false_declaration", "forged_dossier", "improper_appraisal", "standards_not_met")
Code = Literal["malformed", "unknown_key", "bad_signature", "other_version", "too_long"]
State = Literal["valid", "superseded", "cancelled"]
_BASE32 = re.compile(r"[A-Z2-7]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIZES = {"valid": 1, "superseded": 2, "cancelled": 5}


class BadCertificate(ValueError):
    """A code or a status list that proves nothing. `code` is stable for programs; the message says more."""

    def __init__(self, code: Code, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


@dataclass(frozen=True)
class Statement:
    """What a certificate says. `recipient` as printed, with the unit after a comma where a person is meant.

    achievement: the words, or their mark (`#…`) where the code cannot hold them; a very long recipient is cut and marked so too.
    decision: number and symbol. reissue: 0 for the first copy, then how many times it was issued again.
    """

    serial: str
    issuer: str
    form: str
    recipient: str
    decision: str
    dated: date
    achievement: str = ""
    gold_book: str = ""
    reissue: int = 0


class Checked(NamedTuple):
    """A statement whose signature holds, and the id of the key that made it."""

    statement: Statement
    key_id: str


@dataclass(frozen=True)
class Standing:
    """What became of a certificate: valid, superseded `by` a serial, or cancelled by a `decision` on a legal `ground` (`basis` cites it)."""

    state: State = "valid"
    by: str = ""
    decision: str = ""
    dated: date | None = None
    ground: str = ""
    basis: str = ""

    @classmethod
    def valid(cls) -> Standing:
        return cls()

    @classmethod
    def superseded(cls, by: str) -> Standing:
        return cls("superseded", by=by)

    @classmethod
    def cancelled(cls, decision: str, dated: date, ground: str, basis: str = "") -> Standing:
        return cls("cancelled", decision=decision, dated=dated, ground=ground, basis=basis)


@dataclass(frozen=True)
class StatusList:
    """Every certificate issued up to `as_of` with its standing. One that is not on it was not issued by then."""

    as_of: datetime
    entries: Mapping[str, Standing]
    key_id: str

    def of(self, serial: str) -> Standing | None:
        return self.entries.get(serial)


def make_qr_text(statement: Statement, *, base_url: str, name: str, signer: Ed25519PrivateKey) -> str:
    """The address that goes into the code: `{base_url}/bk/#STATEMENT.SIGNATURE`; `name` is the key's name.

    Raises BadCertificate (`malformed`, `too_long`) on a statement that no code can carry.
    """
    text = _signed_text(statement, base_url, name, signer)
    if len(text) > FULL_WORDS and statement.achievement and not statement.achievement.startswith("#"):
        statement = replace(statement, achievement=achievement_mark(statement.achievement))
        text = _signed_text(statement, base_url, name, signer)
    if len(text) > MOST_TEXT and len(statement.recipient) > _RECIPIENT_KEPT:
        # The first words for the eye, the mark for whoever holds the full name.
        kept = f"{statement.recipient[:_RECIPIENT_KEPT].rstrip()}… {achievement_mark(statement.recipient)}"
        text = _signed_text(replace(statement, recipient=kept), base_url, name, signer)
    if len(text) > MOST_TEXT:
        raise BadCertificate("too_long", f"{len(text)} signs, {MOST_TEXT} can be printed")
    return text


def read_qr_text(text: str, keys: Iterable[TrustedKey]) -> Checked:
    """Read a code's text, whole or what follows its `#`. Raises BadCertificate: nothing of what it says is to be believed."""
    payload, signature = _parts(text)
    values = _statement_values(payload)
    stated = values[1]
    _verify(_key_of(stated, keys), signature, STATEMENT_PREFIX + payload)
    serial, issuer, form, recipient, achievement, decision, dated, gold_book, reissue = values[2:]
    return Checked(Statement(serial, issuer, form, recipient, decision, _date(dated), achievement, gold_book, reissue), stated)


def achievement_mark(text: str) -> str:
    """What stands for words too long for the code: `#` and 96 bits of its SHA-256 in hexadecimal."""
    return "#" + hashlib.sha256(text.encode()).hexdigest()[:24]


def make_status_list(entries: Mapping[str, Standing], *, as_of: datetime, name: str, signer: Ed25519PrivateKey) -> str:
    """The signed list as JSON text. Raises BadCertificate on an entry that cannot be written, ValueError on a time without zone."""
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    listed = {serial: _written(standing) for serial, standing in entries.items()}
    signed = _canonical({"as_of": as_of.isoformat(timespec="seconds"), "entries": listed, "version": VERSION})
    envelope = {
        "key": key_id(name, signer.public_key()).hex(), "signature": base64.b64encode(signer.sign(STATUS_PREFIX + signed)).decode(),
        "signed": signed.decode(),
    }  # fmt: skip
    return json.dumps(envelope, ensure_ascii=False, sort_keys=True)


def read_status_list(text: str, keys: Iterable[TrustedKey]) -> StatusList:
    """Read a signed list. Raises BadCertificate."""
    try:
        envelope = json.loads(text)
        stated, signed, signature = (envelope[field] for field in ("key", "signed", "signature"))
        body, raw = signed.encode(), base64.b64decode(signature, validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise BadCertificate("malformed", "not a signed status list") from None
    value = _read(body)
    version = value.get("version") if isinstance(value, dict) else None
    if version != VERSION:
        raise BadCertificate("malformed" if version is None else "other_version", f"version {version!r}")
    _verify(_key_of(stated, keys), raw, STATUS_PREFIX + body)
    try:
        entries = {serial: _standing(entry) for serial, entry in value["entries"].items()}
        as_of = datetime.fromisoformat(value["as_of"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadCertificate("malformed", "an entry of the status list") from None
    if as_of.tzinfo is None:
        raise BadCertificate("malformed", "as_of without a zone")
    return StatusList(as_of, entries, stated)


def _signed_text(statement: Statement, base_url: str, name: str, signer: Ed25519PrivateKey) -> str:
    stated = key_id(name, signer.public_key()).hex()
    serial, issuer, form, recipient, decision, dated, achievement, gold_book, reissue = astuple(statement)
    payload = _canonical([VERSION, stated, serial, issuer, form, recipient, achievement, decision, dated.isoformat(), gold_book, reissue])
    _statement_values(payload)
    signature = signer.sign(STATEMENT_PREFIX + payload)
    return f"{base_url.rstrip('/')}{PATH}#{_base32(payload)}.{_base32(signature)}"


def _parts(text: str) -> tuple[bytes, bytes]:
    first, dot, second = text.strip().rpartition("#")[2].partition(".")
    if not dot:
        raise BadCertificate("malformed", "not the text of a certificate's code")
    return _unbase32(first), _unbase32(second)


def _statement_values(payload: bytes) -> list[Any]:
    """The eleven values of a statement, each of its kind. Raises BadCertificate."""
    values = _read(payload)
    if not isinstance(values, list) or not values or type(values[0]) is not int:
        raise BadCertificate("malformed", "not a statement")
    if values[0] != VERSION:
        raise BadCertificate("other_version", f"version {values[0]}")
    if len(values) != 11 or not all(isinstance(value, str) for value in values[1:10]) or type(values[10]) is not int or values[10] < 0:
        raise BadCertificate("malformed", "not a statement of this version")
    if not all(values[at] for at in (2, 3, 4, 5, 7)) or any(not value.isprintable() for value in values[1:10]):
        raise BadCertificate("malformed", "an empty or unprintable value")
    _date(values[8])
    return values


def _written(standing: Standing) -> list[str]:
    dated = standing.dated.isoformat() if standing.dated else ""
    full = {"valid": [], "superseded": [standing.by], "cancelled": [standing.decision, dated, standing.ground, standing.basis]}
    entry = [standing.state, *full[standing.state]]
    _standing(entry)
    return entry


def _standing(entry: Any) -> Standing:
    if not isinstance(entry, list) or not entry or len(entry) != _SIZES.get(entry[0]) or not all(isinstance(one, str) for one in entry):
        raise BadCertificate("malformed", "an entry of the status list")
    if entry[0] == "cancelled" and entry[1] and entry[3]:
        return Standing.cancelled(entry[1], _date(entry[2]), entry[3], entry[4])
    if entry[0] == "superseded" and entry[1]:
        return Standing.superseded(entry[1])
    if entry[0] == "valid":
        return Standing.valid()
    raise BadCertificate("malformed", "an entry of the status list")


def _key_of(stated: object, keys: Iterable[TrustedKey]) -> Ed25519PublicKey:
    for name, key in keys:
        if key_id(name, key).hex() == stated:
            return key
    raise BadCertificate("unknown_key", f"signed by the key {stated!r}, which is not among the trusted ones")


def _verify(key: Ed25519PublicKey, signature: bytes, message: bytes) -> None:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        raise BadCertificate("bad_signature", "the signature does not fit the words") from None


def _canonical(value: Any) -> bytes:
    try:
        return canonical_bytes(value)
    except NotStrict as error:
        raise BadCertificate("malformed", str(error)) from None


def _read(body: bytes) -> Any:
    try:
        return read_line(body)
    except NotStrict as error:
        raise BadCertificate("malformed", str(error)) from None


def _date(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadCertificate("malformed", f"not a day: {text!r}")


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _unbase32(text: str) -> bytes:
    """Strict: one text per value, so that no altered sign goes unseen."""
    if not _BASE32.fullmatch(text):
        raise BadCertificate("malformed", "not base32")
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise BadCertificate("malformed", "not base32") from None
    if _base32(data) != text:
        raise BadCertificate("malformed", "not base32 in its one form")
    return data
