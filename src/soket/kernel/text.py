"""Vietnamese text: one normal form, two search forms, one sort order.

Rules tested against ICU: search by marks when the query has marks, else by the folded form; sort by
ICU's Vietnamese order (a à ả ã á ạ, then ă, â; đ after d). Stored names are never rewritten beyond NFC.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock

import duckdb

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_NEW_STYLE = re.compile(rf"(?<!q)(o[ae]|uy)([{_TONES}])(?![a-zA-Z\u0300-\u036f])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_UNSHOWN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"  # no page may hold these
_BROKEN = re.compile(f"[{_UNSHOWN}\ud800-\udfff\ufffd\ue000-\uf8ff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROLS = re.compile(f"[{_UNSHOWN}]")


def nfc(text: str) -> str:
    """NFC without outer blanks and without signs that have no width. Raises ValueError on what is damaged or deceives:
    lone surrogates, control and private characters, the replacement character, marks that turn the direction of writing."""
    if _BROKEN.search(text):
        raise ValueError("broken text: a control, private, replacement or direction character, or a lone surrogate")
    return unicodedata.normalize("NFC", _WIDTHLESS.sub("", text)).strip()


def showable(text: str) -> str:
    """The text with each sign that no page may hold replaced by �, which `nfc` refuses."""
    return _CONTROLS.sub("\ufffd", text)


def whole(text: str) -> int | None:
    """The number that an address or a form names: one to nine ASCII digits; anything else is None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


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


def name_search(text: str) -> Callable[[str], bool]:
    """Whether a name holds the text, marks compared only when typed; broken text is in no name."""
    try:
        form = canonical_text if has_marks(text) else folded
    except ValueError:
        return lambda _name: False
    wanted = form(text)
    return lambda name: wanted in form(name)


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
