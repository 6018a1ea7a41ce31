"""The picture of a released copy that is shown where its link is shared: 1200 × 630, drawn with the type of the pages. No table is read.

The same copy gives the same bytes. Words never leave their place: a long title is set smaller, then cut after a whole word.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageDraw, ImageFont

from soket import ui
from soket.kernel.clock import VIETNAM
from soket.publishing.release import parts_of

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/png"
SYNTHETIC = "Số liệu minh họa"
_FONTS = Path(ui.__file__).parent / "static" / "ui" / "vendor" / "fonts"
_LEFT, _RIGHT, _TOP, _FOOT = 72, WIDTH - 72, 56, 556
_INK, _SECOND, _SEAL, _HAIR, _PAPER = "#1b1a17", "#4b4943", "#9a1b2f", "#dcd8cf", "#ffffff"
_VIETNAMESE = {0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x20AB, *range(0x1EA0, 0x1EFA)}
_LATIN = {*range(0x20, 0x100), 0x131, 0x152, 0x153, *range(0x2000, 0x2070), 0x20AC, 0x2122, 0x2212}
_EXTENDED = {*range(0x100, 0x250), *range(0x1E00, 0x1EA0)}
_BLANKS = str.maketrans({"\u202f": "\u00a0", "\u2009": " ", "\n": " "})

Weight = Literal["400", "500", "600", "700"]


@dataclass(frozen=True)
class Card:
    """What the picture says. `value` is empty where the copy claims no figure; `parts` the numerator over the denominator of a share."""

    title: str
    office: str
    day: str
    value: str = ""
    label: str = ""
    parts: str = ""
    synthetic: bool = False

    @property
    def alt(self) -> str:
        """The same in words, for who does not see it."""
        figure = f" {self.value}{f' ({self.parts})' if self.parts else ''}: {self.label}." if self.value else ""
        return f"{self.title}.{figure} {self.office}, {self.day}."


def card_of(content: Mapping[str, Any]) -> Card:
    """The card of a released copy: its first claim is the figure that stands out."""
    when = datetime.fromisoformat(content["published_at"]).astimezone(VIETNAM)
    figure = next(iter(content["figures"]), None)
    told = {"value": str(figure["display"]["vi"]), "label": figure["label"]["vi"], "parts": parts_of(figure["exact"])} if figure else {}
    return Card(content["title"], content["office"]["name"], f"{when:%d/%m/%Y}", synthetic=bool(content["synthetic"]), **told)


def png(card: Card) -> bytes:
    """The picture."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    _head(draw, card)
    if card.value:
        _title(draw, card.title, 138, (52, 48, 44, 40), 3)
        _figure(draw, card)
    else:
        _title(draw, card.title, 150, (68, 60, 54, 48), 5)
    _foot(draw, card)
    out = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", compress_level=9)
    return out.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """The inks and what lies between them and the paper: a third of the bytes, and no colour changes with the words."""
    made = Image.new("P", (1, 1))
    inks = [tuple(int(ink[at : at + 2], 16) for at in (1, 3, 5)) for ink in (_INK, _SECOND, _SEAL, _HAIR)]
    ramps = [[round(255 - (255 - part) * step / 15) for part in ink] for ink in inks[:3] for step in range(16)]
    made.putpalette([part for colour in (*ramps, inks[3]) for part in colour])
    return made


def _head(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """The product's word with its square."""
    wide = _write(draw, _LEFT, _TOP + 34, "Soket", 40, "700", _INK)
    draw.rectangle((_LEFT + wide + 6, _TOP, _LEFT + wide + 17, _TOP + 11), fill=_SEAL)
    if card.synthetic:
        _write(draw, _RIGHT - _wide(SYNTHETIC, 26, "500"), _TOP + 32, SYNTHETIC, 26, "500", _SECOND)
    draw.line((_LEFT, _TOP + 54, _RIGHT, _TOP + 54), fill=_INK, width=2)


def _title(draw: ImageDraw.ImageDraw, title: str, top: int, sizes: Sequence[int], most: int) -> None:
    """As large as fits in so many lines; the smallest size cuts what is left."""
    for size in sizes:
        lines = _lines(title, size, "600", _RIGHT - _LEFT)
        if len(lines) <= most:
            break
    for number, line in enumerate(_cut(_even(title, lines, size), most, size, "600", _RIGHT - _LEFT)):
        _write(draw, _LEFT, top + round(size * (1.05 + 1.32 * number)), line, size, "600", _INK)


def _figure(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """The value with its square, its label beside it, the two integers of a share under the label."""
    size = next((one for one in (132, 112, 96, 80, 64, 52) if _wide(card.value, one, "700", digits=True) <= 620), 44)
    value = card.value if _wide(card.value, size, "700", digits=True) <= 620 else _cut([card.value, ""], 1, size, "700", 620)[0]
    wide = _write(draw, _LEFT, 496, value, size, "700", _INK, digits=True)
    draw.rectangle((_LEFT + wide + 10, 496 - round(size * 0.74), _LEFT + wide + 25, 496 - round(size * 0.74) + 15), fill=_SEAL)
    left = _LEFT + wide + 64
    lines = _cut(_lines(card.label, 28, "500", _RIGHT - left), 2 if card.parts else 3, 28, "500", _RIGHT - left)
    base = 488 - 40 * len(lines) if card.parts else 496 - 40 * (len(lines) - 1)
    for number, line in enumerate(lines):
        _write(draw, left, base + 40 * number, line, 28, "500", _SECOND)
    if card.parts:
        _write(draw, left, 496, card.parts, 34, "600", _INK, digits=True)


def _foot(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Whose it is, and the day."""
    draw.line((_LEFT, _FOOT - 28, _RIGHT, _FOOT - 28), fill=_HAIR, width=2)
    day = _wide(card.day, 26, "500", digits=True)
    office = _cut(_lines(card.office, 26, "500", _RIGHT - _LEFT - day - 40), 1, 26, "500", _RIGHT - _LEFT - day - 40)[0]
    _write(draw, _LEFT, _FOOT + 18, office, 26, "500", _SECOND)
    _write(draw, _RIGHT - day, _FOOT + 18, card.day, 26, "500", _SECOND, digits=True)


def _even(text: str, lines: Sequence[str], size: int) -> Sequence[str]:
    """The same number of lines, as even as they can be: no word is left alone on the last."""
    for room in range(_RIGHT - _LEFT - 40, 0, -40):
        narrower = _lines(text, size, "600", room)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(text: str, size: int, weight: Weight, room: float) -> list[str]:
    """The text in lines that fit; a no-break space keeps its words together."""
    lines = [""]
    for word in text.translate(_BLANKS).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _wide(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(lines: Sequence[str], most: int, size: int, weight: Weight, room: float) -> list[str]:
    """At most so many lines, none wider than the room; what is left out is told by an ellipsis."""
    kept = list(lines[:most])
    if len(lines) > most:
        kept[-1] = f"{kept[-1]} …"
    for number, line in enumerate(kept):
        while _wide(line, size, weight) > room and len(line) > 1:
            shorter = line.removesuffix("…").rstrip(" ,;:.–")
            shorter = shorter.rsplit(" ", 1)[0] if " " in shorter else shorter[:-1]
            line = f"{shorter}…"
        kept[number] = line.replace(" …", "…")
    return kept


def _write(draw: ImageDraw.ImageDraw, left: float, base: float, text: str, size: int, weight: Weight, fill: str, *, digits: bool = False) -> float:
    """Write on a base line; returns how wide it came out. `digits`: figures of one width, as in figures of the pages."""
    start = left
    for font, piece in _pieces(text, size, weight, digits):
        draw.text((left, base), piece, font=font, fill=fill, anchor="ls")
        left += font.getlength(piece)
    return left - start


def _wide(text: str, size: int, weight: Weight, *, digits: bool = False) -> float:
    return sum(font.getlength(piece) for font, piece in _pieces(text, size, weight, digits))


def _pieces(text: str, size: int, weight: Weight, digits: bool) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """The text cut by the font file that has each letter. A letter that none has is a question mark, as the page would show a box."""
    found: list[tuple[str, str]] = []
    for letter in text.translate(_BLANKS):
        part = _part(letter, digits)
        shown = letter if part else "?"
        part = part or "latin"
        if found and found[-1][0] == part:
            found[-1] = (part, found[-1][1] + shown)
        else:
            found.append((part, shown))
    return [(_font(part, size, weight), piece) for part, piece in found]


def _part(letter: str, digits: bool) -> str:
    code = ord(letter)
    if digits and (letter in "0123456789"):
        return "inter"
    return "latin" if code in _LATIN else "vietnamese" if code in _VIETNAMESE else "latin-ext" if code in _EXTENDED else ""


@lru_cache(maxsize=64)
def _font(part: str, size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    if part == "inter":
        return ImageFont.truetype(str(_FONTS / f"inter-latin-{weight}-normal.woff2"), size, layout_engine=ImageFont.Layout.BASIC)
    return ImageFont.truetype(str(_FONTS / f"be-vietnam-pro-{part}-{weight}-normal.woff2"), size, layout_engine=ImageFont.Layout.BASIC)
