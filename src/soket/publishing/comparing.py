"""What changed between two texts: paragraph by paragraph, and inside a changed one word by word. Pure."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\s+|[^\s\w]|\w+")


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
    """The words of one paragraph. Two that share less than a third are one struck whole and one written whole."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if SequenceMatcher(None, _said(before), _said(after), autojunk=False).ratio() < 1 / 3:
        return tuple(Bit(kind, text) for kind, text in (("out", old), ("in", new)) if text)  # type: ignore[arg-type]
    bits: list[Bit] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            bits.append(Bit("same", "".join(before[a:b])))
            continue
        bits += [Bit("out", "".join(before[a:b]))] if b > a else []
        bits += [Bit("in", "".join(after[c:d]))] if d > c else []
    return tuple(bits)


def _said(pieces: list[str]) -> list[str]:
    """Without the blanks, which any two texts share."""
    return [piece for piece in pieces if not piece.isspace()]


def lines(old: str | Sequence[str], new: str | Sequence[str]) -> list[Line]:
    """All paragraphs in reading order. A string is split at its line ends; empty lines are left out."""
    before, after = _split(old), _split(new)
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
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
