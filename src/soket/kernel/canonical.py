"""One byte form per document: RFC 8785 (JCS), by the rfc8785 library.

Floats and integers beyond 2^53 are refused: figures travel as decimal strings.
"""
from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

SAFE = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no single exact JSON form."""


def _check(value: Any, where: str) -> None:
    if isinstance(value, float):
        raise NotCanonical(f"{where}: a float; pass a decimal string")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE:
        raise NotCanonical(f"{where}: beyond 2^53; pass a decimal string")
    if isinstance(value, dict):
        for key, item in value.items():
            _check(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, f"{where}[{index}]")


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of `value`. Raises NotCanonical naming the place."""
    _check(value, "$")
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonical(str(error)) from error


def digest(value: Any) -> bytes:
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(value)).digest()


def hex_digest(value: Any) -> str:
    return digest(value).hex()
