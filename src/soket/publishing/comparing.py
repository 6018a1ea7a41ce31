"""What changed between two texts: paragraph by paragraph, and inside a changed one word by word. Pure."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\s\w]|\w+")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*\s*|[.!?…]+\s*")
MOST = 100_000
"""Pairs of like words up to which two texts are compared at all: beyond, it would take minutes."""


@dataclass(frozen=True)
class Bit:
    """Some words: in both texts, only in the older (`out`), or only in the newer (`in`)."""

    kind: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True)
class Line:
    """One paragraph: `kind` same, changed, added or gone, and its words."""

    kind: Literal["same", "changed", "added", "gone"]
    bits: tuple[Bit, ...]

    @property
    def before(self) -> list[Bit]:
        """As the older text has it."""
        return [bit for bit in self.bits if bit.kind != "in"]

    @property
    def after(self) -> list[Bit]:
        """As the newer text has it."""
        return [bit for bit in self.bits if bit.kind != "out"]


def words(old: str, new: str) -> tuple[Bit, ...]:
    """The words of one paragraph. Two that share less than a third are one struck whole and one written whole.

    A very long paragraph is compared sentence by sentence, and inside a changed one word by word.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if _pairs(before, after) > MOST:
        return tuple(_by_sentences(old, new))
    if SequenceMatcher(None, _said(before), _said(after), autojunk=False).ratio() < 1 / 3:
        return _instead(old, new)
    bits: list[Bit] = []
    for tag, a, b, c, d in _codes(before, after):
        if tag == "equal":
            bits.append(Bit("same", "".join(before[a:b])))
        else:
            bits += _instead("".join(before[a:b]), "".join(after[c:d]))
    return tuple(bits)


def _instead(old: str, new: str) -> tuple[Bit, ...]:
    return tuple(Bit(kind, text) for kind, text in (("out", old), ("in", new)) if text)  # type: ignore[arg-type]


def _by_sentences(old: str, new: str) -> Iterator[Bit]:
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    whole = len(before) == len(after) == 1
    for tag, a, b, c, d in _codes(before, after):
        if tag == "equal":
            yield Bit("same", "".join(before[a:b]))
            continue
        paired = 0 if whole else min(b - a, d - c)
        for at in range(paired):
            yield from words(before[a + at], after[c + at])
        yield from _instead("".join(before[a + paired:b]), "".join(after[c + paired:d]))


def _codes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`, in bounded time: what begins and ends alike is set aside first, and a rest that
    repeats itself too often counts as replaced."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    end = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    a, c, b, d = start, start, len(before) - end, len(after) - end
    old, new = before[a:b], after[c:d]
    found: list[tuple[str, int, int, int, int]] = [("equal", 0, start, 0, start)] if start else []
    if _pairs(old, new) > MOST:
        found.append(("replace", a, b, c, d))
    else:
        told = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        found += [(tag, one + start, two + start, three + start, four + start) for tag, one, two, three, four in told]
    return [*found, *([("equal", b, len(before), d, len(after))] if end else [])]


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    """How many pieces of the one could stand for a piece of the other: so often they would be looked at."""
    there = Counter(after)
    return sum(there[piece] for piece in before)


def _said(pieces: list[str]) -> list[str]:
    """Without the blanks, which any two texts share."""
    return [piece for piece in pieces if not piece.isspace()]


def lines(old: str | Sequence[str], new: str | Sequence[str]) -> list[Line]:
    """All paragraphs in reading order. A string is split at its line ends; empty lines are left out."""
    before, after = _split(old), _split(new)
    found: list[Line] = []
    for tag, a, b, c, d in _codes(before, after):
        if tag == "equal":
            found += [Line("same", (Bit("same", text),)) for text in before[a:b]]
            continue
        paired = min(b - a, d - c)
        found += [Line("changed", words(before[a + at], after[c + at])) for at in range(paired)]
        found += [Line("gone", (Bit("out", text),)) for text in before[a + paired:b]]
        found += [Line("added", (Bit("in", text),)) for text in after[c + paired:d]]
    return found


def _split(text: str | Sequence[str]) -> list[str]:
    given = text.split("\n") if isinstance(text, str) else text
    return [line.strip() for line in given if line.strip()]
