"""The text of an achievement: numbers bound to nothing, runs of digits that may be an identity number, what two versions differ in. Pure."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_WORDS = re.compile(r"\{\{.*?\}\}\s*|[^\s{]+\s*|\s+|\{", re.DOTALL)
_IDENTITY = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){7,}(?!\d)")


def loose_numbers(text: str, measures: Collection[str]) -> list[str]:
    """Typed numbers before a unit word of the figures, or before a per-cent sign, that no token binds; each once, in order.

    >>> loose_numbers("Tổ chức 12 buổi và {{SK-01}} buổi, đạt 98,5 %.", ["buổi"])
    ['12 buổi', '98,5 %']
    """
    words = sorted({re.escape(one.strip()) for one in measures if one.strip()}, key=len, reverse=True)
    units = "|".join([*(rf"{word}(?!\w)" for word in words), "%", r"phần trăm(?!\w)"])
    found = re.findall(rf"(?<![\w.,])\d[\d.,]*\s*(?:{units})", TOKEN.sub("\x00", text), re.IGNORECASE)
    return list(dict.fromkeys(" ".join(one.split()) for one in found))


def identity_like(text: str) -> bool:
    """Whether the text holds a run of 9 or 12 digits, as an identity card's number is, parted or not."""
    return any(len(re.sub(r"\D", "", run)) in (9, 12) for run in _IDENTITY.findall(text))


def other_script(text: str) -> bool:
    """Whether a letter of another script than the Latin stands in the text: a Cyrillic “а” looks like ours and hides a name from comparison."""
    return any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in text)


@dataclass(frozen=True)
class Piece:
    """A part of a comparison: same, gone or added."""

    kind: str
    text: str


def compared(old: str, new: str) -> list[Piece]:
    """What was taken out of the old text and put into the new one, word by word; a figure's token is one word."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for kind, start, end, at, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[start:end])))
            continue
        if end > start:
            found.append(Piece("gone", "".join(before[start:end])))
        if until > at:
            found.append(Piece("added", "".join(after[at:until])))
    return found
