"""Where each line of a certificate stands, in millimetres, computed from the widths of the type before anything is drawn.

The head is set from the top, the foot from the bottom of the border's clear space, so that what a blank already carries is met
whatever the words. What varies (recipient, unit, achievement) stands in the room between, a little above its middle. A line that
is too long shrinks, then wraps, within the limits of its design; what cannot be held is refused, never clipped.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.documents.certificates.breaking import ems, even_lines
from soket.documents.certificates.core import Align, Certificate, Colour, Design, Line
from soket.documents.errors import PaperError
from soket.documents.metrics import MM_PER_POINT
from soket.documents.qr import qr_modules, qr_svg

ASCENT, DESCENT, PITCH = 0.92, 0.23, 1.2
"""Ems above and below the base line that no letter of the type passes, and from one base line to the next."""
RULE_DROP = 1.6  # millimetres from a line to the rule below it
LEAST_GAP = 4.0  # millimetres between head and foot
LEAST_MODULE = 0.28  # millimetres of one square of a code that a telephone reads from a print
GUTTER = 6.0
EASE = 10  # steps from the full to the smallest size
MOVABLE = ("recipient", "unit", "achievement")
ABOVE = 0.4  # the share of the free room that stands above the movable lines


@dataclass(frozen=True, slots=True)
class Item:
    """Something to draw: `lines` of words, a `rule` of that width, or a code; x and y are its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    slot: str
    lines: tuple[str, ...] = ()
    size: int = 0
    align: Align = "centre"
    colour: Colour = "black"
    bold: bool = False
    italic: bool = False
    tracking: int = 0
    rule: bool = False
    qr: str = ""


@dataclass(frozen=True, slots=True)
class _Set:
    """A line with its words broken and its size chosen (points; squares of a code); height in millimetres without the space above."""

    line: Line
    lines: tuple[str, ...]
    size: int
    height: float
    qr: str = ""

    @property
    def total(self) -> float:
        return self.line.space + self.height


def placed(design: Design, certificate: Certificate) -> tuple[Item, ...]:
    """Everything to draw on one certificate, in reading order. Raises PaperError naming the certificate and the field."""
    frame = design.frame
    width = frame.width - 2 * frame.pad_x
    room = frame.height - frame.pad_top - frame.pad_bottom
    left = (design.width - frame.width) / 2 + frame.pad_x
    top = (design.height - frame.height) / 2 + frame.pad_top
    aside = (width - GUTTER) * design.foot_left / 100
    columns = {"head": (left, width), "left": (left, aside), "right": (left + aside + GUTTER, width - GUTTER - aside)}
    parts: dict[str, list[_Set]] = {}
    code = _code(design, certificate)
    free = -1.0
    for ease in range(EASE + 1):
        parts = {place: _set_place(design, certificate, place, columns[place][1], ease, code) for place in columns}
        foot = max(_height(parts["left"]), _height(parts["right"]))
        free = room - _height(parts["head"]) - foot - LEAST_GAP
        if free >= 0:
            break
    else:
        raise _too_high(certificate, parts, -free)
    items = _stack(parts["head"], columns["head"], top, free * ABOVE)
    for place in ("right", "left"):
        items += _stack(parts[place], columns[place], top + room - foot, 0)
    return tuple(items)


def _set_place(design: Design, certificate: Certificate, place: str, width: float, ease: int, code: str) -> list[_Set]:
    made = (_set(line, certificate, width, ease, code) for line in design.lines if line.place == place)
    return [one for one in made if one is not None]


def _height(parts: Sequence[_Set]) -> float:
    return sum(one.total for one in parts)


def _set(line: Line, certificate: Certificate, width: float, ease: int, code: str) -> _Set | None:
    """One line made ready, or None where there is nothing to say and no place to keep."""
    if line.slot == "signer_space":
        return _Set(line, (), 0, line.height)
    if line.slot == "qr":
        return _Set(line, (), qr_modules(certificate.qr) if code else 0, line.height, code) if code or not line.printed else None
    words = words_of(line, certificate)
    if not words:
        return None
    movable = line.slot in MOVABLE or line.place != "head"
    lines, size = fit(line, words, width, ease if movable else 0, f"certificate[{certificate.label}].{line.slot}")
    # What stands before the movable lines keeps the room of its full size, so that the lines after it do not move.
    taken = size if movable or len(lines) > 1 else line.size
    height = (ASCENT + DESCENT + PITCH * (len(lines) - 1)) * taken * MM_PER_POINT
    return _Set(line, lines, size, height + (RULE_DROP if line.rule else 0))


def words_of(line: Line, certificate: Certificate) -> str:
    """What a line says on this certificate: its value in its pattern, its value, or its own words. "" leaves the line out."""
    value: str = getattr(certificate, line.slot, "")
    words = value or line.text
    if "{}" in line.text:
        words = line.text.replace("{}", value) if value else ""
    return words.upper() if line.caps else words


def _code(design: Design, certificate: Certificate) -> str:
    """The drawn code of the certificate; "" where it has none or the design has no place for it. Raises PaperError when it is too dense."""
    line = design.line("qr")
    if line is None or not certificate.qr:
        return ""
    module = line.height / (qr_modules(certificate.qr) + 8)
    if module < LEAST_MODULE:
        needed = LEAST_MODULE * (qr_modules(certificate.qr) + 8)
        raise PaperError(f"certificate[{certificate.label}].qr",
                         vi=f"mã QR cạnh {line.height} mm quá dày, điện thoại khó đọc; cần cạnh từ {needed:.0f} mm",
                         en=f"a code of {line.height} mm is too dense to read; it needs {needed:.0f} mm")
    return qr_svg(certificate.qr).decode("ascii")


def fit(line: Line, words: str, width: float, ease: int, where: str) -> tuple[tuple[str, ...], int]:
    """The words broken into lines and the size in points. Raises PaperError where the limits of the line cannot hold them.

    A single line is kept down to 85 % of the size, since a name reads best unbroken; after that it wraps at the largest size.
    """
    largest = line.size - round((line.size - line.smallest) * ease / EASE)
    given = words.count("\n") + 1
    unbroken = min(largest, int(width / (_ems(words.split("\n"), line) * MM_PER_POINT)))
    if unbroken >= max(line.smallest, -(-largest * 85 // 100)):
        return tuple(words.split("\n")), unbroken
    for size in range(largest, line.smallest - 1, -1):
        lines = even_lines(words, width / (size * MM_PER_POINT), line.bold, line.italic) if line.most_lines > 1 else None
        if lines and len(lines) <= max(given, line.most_lines):
            return lines, size
    if line.most_lines == 1 and unbroken >= line.smallest:
        return tuple(words.split("\n")), unbroken
    raise PaperError(
        where,
        vi=f"dài quá, không vừa {line.most_lines} dòng rộng {width:.0f} mm ở cỡ chữ {line.smallest}; hãy viết ngắn lại",
        en=f"too long for {line.most_lines} line(s) of {width:.0f} mm at {line.smallest} pt; shorten it",
    )


def _ems(lines: Sequence[str], line: Line) -> float:
    """The width of the longest line in ems."""
    return max(ems(one, line.bold, line.italic) + len(one) * line.tracking / 100 for one in lines) or 1.0


def _stack(parts: Sequence[_Set], column: tuple[float, float], top: float, shift: float) -> list[Item]:
    """Items of one place from `top` down; `shift` is added once, above the first movable line."""
    items, y, left, width = [], top, *column
    for one in parts:
        line = one.line
        if shift and line.slot in MOVABLE:
            y, shift = y + shift, 0
        y += line.space
        if line.printed and one.qr:
            side = line.height
            # The quiet zone hangs outside, so that the squares and not the white stand flush with the words.
            quiet = side * 4 / (one.size + 8)
            x = left + {"left": -quiet, "centre": (width - side) / 2, "right": width - side + quiet}[line.align]
            items.append(Item(x, y, side, side, line.slot, qr=one.qr))
        elif line.printed and one.lines:
            items.append(Item(left, y, width, one.height, line.slot, one.lines, one.size, line.align, line.colour, line.bold, line.italic,
                              line.tracking))
        if line.printed and one.lines and line.rule:
            length = _ems(one.lines, line) * one.size * MM_PER_POINT * line.rule / 100
            x = left + {"left": 0.0, "centre": (width - length) / 2, "right": width - length}[line.align]
            items.append(Item(x, y + one.height - RULE_DROP / 4, length, 0, line.slot, rule=True))
        y += one.height
    return items


def _too_high(certificate: Certificate, parts: dict[str, list[_Set]], excess: float) -> PaperError:
    """Names the field that takes the most room among those that vary."""
    vary = [one for one in parts["head"] if one.line.slot in MOVABLE] or parts["head"]
    worst = max(vary, key=lambda one: one.height)
    return PaperError(
        f"certificate[{certificate.label}].{worst.line.slot}",
        vi=f"nội dung cao hơn khung {excess:.0f} mm dù đã dùng cỡ chữ nhỏ nhất; hãy viết ngắn lại",
        en=f"the words are {excess:.0f} mm higher than the border even at the smallest size; shorten them",
    )
