"""Widths and coverage of the type, read from the committed font files (TrueType `cmap`, `head`, `hmtx`).

The widths are those of Times New Roman, so one computation serves Word and PDF: where a title breaks and
how long the rule under it is.
"""
from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MM_PER_POINT = 25.4 / 72
_PIECES = re.compile(r"[^ \n/-]*[/-]?")


@dataclass(frozen=True)
class Face:
    """One font file: glyph of a character, width of a glyph, both in font units."""

    units: int
    glyphs: dict[int, int]
    widths: tuple[int, ...]

    def width(self, text: str, size: float) -> float:
        """Millimetres of a line set at a size in points; kerning is not counted."""
        units = sum(self.widths[min(self.glyphs.get(ord(ch), 0), len(self.widths) - 1)] for ch in text)
        return units / self.units * size * MM_PER_POINT


@lru_cache(maxsize=4)
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """The committed Tinos face of that style."""
    name = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    data = (FONTS / f"Tinos-{name[bold, italic]}.ttf").read_bytes()
    tables = _tables(data)
    (units,) = struct.unpack(">H", tables["head"][18:20])
    (measured,) = struct.unpack(">H", tables["hhea"][34:36])
    widths = struct.unpack(f">{measured * 2}H", tables["hmtx"][: measured * 4])[::2]
    return Face(units, _characters(tables["cmap"]), widths)


def missing(text: str) -> str:
    """The first character no face can show, or ""."""
    glyphs = face().glyphs
    return next((ch for ch in text if ch != "\n" and ord(ch) not in glyphs), "")


def balanced(text: str, *, size: float, width: float, bold: bool = False, italic: bool = False) -> tuple[str, ...]:
    """Lines of a title: as few as fit in `width` millimetres, then as even as they can be.

    Breaks already in the text are kept. A single word wider than the width stays whole.
    """
    measure = face(bold=bold, italic=italic)
    lines: list[str] = []
    for part in text.split("\n"):
        words = part.split(" ")
        fewest = len(_filled(words, measure, size, width))
        low, high = 0.0, width
        for _ in range(20):
            middle = (low + high) / 2
            if len(_filled(words, measure, size, middle)) > fewest:
                low = middle
            else:
                high = middle
        lines += _filled(words, measure, size, high)
    return tuple(lines)


def widest(lines: tuple[str, ...], *, size: float, bold: bool = False, italic: bool = False) -> float:
    """Millimetres of the longest line."""
    return max((face(bold=bold, italic=italic).width(line, size) for line in lines), default=0.0)


def longest_piece(text: str, *, size: float, bold: bool = False) -> float:
    """Millimetres of the longest part of a text that no line end may cut: parts end at blanks, - and /."""
    return widest(tuple(_PIECES.findall(text)), size=size, bold=bold)


def fitted(wanted: Sequence[float], needed: Sequence[float]) -> tuple[float, ...]:
    """Column widths near the wanted ones, none under what it needs; both in millimetres, the sum unchanged.

    Raises ValueError when the needs together exceed the sum.
    """
    total = sum(wanted)
    if sum(needed) > total:
        raise ValueError("the columns need more than there is")
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(wanted)) if i not in fixed]
        scale = (total - sum(fixed.values())) / (sum(wanted[i] for i in free) or 1.0)
        short = [i for i in free if wanted[i] * scale < needed[i]]
        if not short:
            return tuple(round(fixed.get(i, wanted[i] * scale), 2) for i in range(len(wanted)))
        fixed |= {i: needed[i] for i in short}


def _filled(words: list[str], measure: Face, size: float, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack(">H", data[4:6])
    found = {}
    for index in range(count):
        tag, _, start, length = struct.unpack(">4sLLL", data[12 + 16 * index : 28 + 16 * index])
        found[tag.decode("ascii")] = data[start : start + length]
    return found


def _characters(cmap: bytes) -> dict[int, int]:
    """Character to glyph from the Windows Unicode subtable in format 4."""
    (count,) = struct.unpack(">H", cmap[2:4])
    for index in range(count):
        platform, encoding, start = struct.unpack(">HHL", cmap[4 + 8 * index : 12 + 8 * index])
        if (platform, encoding) == (3, 1) and struct.unpack(">H", cmap[start : start + 2]) == (4,):
            return _segments(cmap[start:])
    raise ValueError("the font has no Unicode character map in format 4")


def _segments(table: bytes) -> dict[int, int]:
    (doubled,) = struct.unpack(">H", table[6:8])
    count = doubled // 2

    def column(at: int, kind: str) -> tuple[int, ...]:
        return struct.unpack(f">{count}{kind}", table[at : at + doubled])

    ends, starts = column(14, "H"), column(16 + doubled, "H")
    deltas, offsets = column(16 + 2 * doubled, "h"), column(16 + 3 * doubled, "H")
    glyphs: dict[int, int] = {}
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = 16 + 3 * doubled + 2 * index + offset + 2 * (code - first)
                (glyph,) = struct.unpack(">H", table[at : at + 2])
            if glyph:
                glyphs[code] = (glyph + delta) % 65536
    return {code: glyph for code, glyph in glyphs.items() if glyph}
