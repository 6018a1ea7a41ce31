"""Canonical JSON (RFC 8785): one byte form per document, so that a digest means one thing.

Numbers that matter are scaled integers; anything that may pass 2^53 - 1 travels as a decimal string,
because a reader in another language would round it. Text is expected in NFC: normalising is the
caller's duty, at the door where the text came in.
"""
from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

SAFE_INTEGER = 2**53 - 1
_writer = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=True)
_ASTRAL = tuple(bytes([lead]) for lead in range(0xF0, 0xF5))  # how UTF-8 begins a sign beyond U+FFFF


class NotCanonical(ValueError):
    """The value has no canonical form here; the message says where it stands and what to pass instead."""


def canonical(obj: Any) -> bytes:
    """The canonical UTF-8 bytes of strings, whole numbers, booleans, None, lists and dicts.

    Raises NotCanonical for a float, an integer beyond ±(2^53 - 1), a lone surrogate, a key that is
    not a string, or any other type.
    """
    try:
        if fault := _fault(obj):
            raise NotCanonical(f"${fault}")
        body = _writer.encode(obj).encode()
        # Without floats the fast writer differs in one thing: it sorts keys by code point, not by UTF-16 unit.
        return rfc8785.dumps(obj) if any(lead in body for lead in _ASTRAL) else body
    except RecursionError:
        raise NotCanonical("$: nested too deeply") from None
    except UnicodeEncodeError as error:
        raise NotCanonical(f"$: lone surrogate in {error.object!r}") from None
    except rfc8785.CanonicalizationError as error:
        raise NotCanonical(f"$: {error}") from None


def digest(obj: Any) -> bytes:
    """SHA-256 of the canonical bytes, 32 bytes."""
    return hashlib.sha256(canonical(obj)).digest()


def hex_digest(obj: Any) -> str:
    """SHA-256 of the canonical bytes as 64 lower-case hexadecimal digits."""
    return digest(obj).hex()


def _fault(value: Any) -> str:
    """Where the first refused value stands and why, as ".path: reason"; empty when there is none."""
    if value is None or isinstance(value, str | bool):
        return ""
    if isinstance(value, int):
        return "" if -SAFE_INTEGER <= value <= SAFE_INTEGER else f": {value} is beyond 2^53 - 1, pass a decimal string"
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                return f": key {key!r} is not a string"
            if type(item) is not str and (fault := _fault(item)):  # most are: spare the call
                return f".{key}{fault}"
        return ""
    if isinstance(value, list | tuple):
        for place, item in enumerate(value):
            if fault := _fault(item):
                return f"[{place}]{fault}"
        return ""
    if isinstance(value, float):
        return f": {value!r} is a float, pass a decimal string or a scaled integer"
    return f": {type(value).__name__} has no canonical form"
