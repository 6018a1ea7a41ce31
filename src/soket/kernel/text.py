"""Vietnamese text: one normal form, two search forms, one sort order.

Rules tested against ICU: search by marks when the query has marks, else by the folded form; sort by
ICU's Vietnamese order (a à ả ã á ạ, then ă, â; đ after d). Stored names are never rewritten beyond NFC.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import duckdb

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_NEW_STYLE = re.compile(rf"(?<!q)(o[ae]|uy)([{_TONES}])(?![a-zA-Z\u0300-\u036f])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """NFC with outer and repeated blanks removed; raises ValueError on lone surrogates and control characters."""
    if any(0xD800 <= ord(ch) <= 0xDFFF or (ord(ch) < 32 and ch not in "\n\r\t") for ch in text):
        raise ValueError("broken text: lone surrogate or control character")
    return unicodedata.normalize("NFC", text).strip()


def canonical_text(text: str) -> str:
    """Lower case, NFC, one blank between words, tone marks in the older place (hòa, ủy)."""
    spread = unicodedata.normalize("NFD", _SPACES.sub(" ", nfc(text)).lower())
    moved = _NEW_STYLE.sub(lambda m: f"{m[1][0]}{m[2]}{m[1][1]}", spread)
    return unicodedata.normalize("NFC", moved)


def folded(text: str) -> str:
    """Canonical text without any mark, đ as d: what an unaccented search compares."""
    spread = unicodedata.normalize("NFD", canonical_text(text)).replace("đ", "d")
    return "".join(ch for ch in spread if not unicodedata.combining(ch))


def has_marks(text: str) -> bool:
    """Whether a query carries Vietnamese marks and is to be compared with them."""
    return canonical_text(text) != folded(text)


_connection: duckdb.DuckDBPyConnection | None = None
_lock = Lock()


def sort_keys(texts: Sequence[str]) -> list[bytes]:
    """ICU sort keys in Vietnamese order, one per text; compare them as bytes on any database."""
    global _connection
    if not texts:
        return []
    with _lock:
        if _connection is None:
            _connection = duckdb.connect(":memory:", config={"threads": "1"})
        rows = _connection.execute(
            "SELECT icu_sort_key(t, 'vi') FROM (SELECT unnest($1) AS t, generate_subscripts($1, 1) AS i) ORDER BY i",
            [list(texts)],
        ).fetchall()
    return [bytes.fromhex(row[0]) for row in rows]


@lru_cache(maxsize=65536)
def sort_key(text: str) -> bytes:
    return sort_keys([text])[0]
