"""Press sheets: how many certificates one sheet holds, where they stand, and the marks along which they are cut."""
from __future__ import annotations

from dataclasses import dataclass

from soket.documents.certificates.core import Design
from soket.documents.errors import PaperError

MARK = 5.0  # millimetres of a crop mark
AWAY = 2.0  # millimetres between the cut and its mark
Mark = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of paper in millimetres; `gap` stands between neighbours, marks need 7 mm around the block."""

    width: int
    height: int
    marks: bool = True
    gap: int = 6


SHEETS: dict[str, Sheet] = {
    "a4": Sheet(width=297, height=210), "a3": Sheet(width=420, height=297), "sra3": Sheet(width=450, height=320),
    "a2": Sheet(width=594, height=420), "sra2": Sheet(width=640, height=450),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Press:
    """A page of print: its size, the upper left corners of its cells, the turn of each cell in degrees, and crop marks (x, y, dx, dy)."""

    width: int
    height: int
    cells: tuple[tuple[float, float], ...]
    turn: int = 0
    marks: tuple[Mark, ...] = ()


def per_sheet(design: Design, sheet: Sheet) -> tuple[int, int, bool]:
    """Columns, rows and whether the certificates are turned by a quarter; (0, 0, False) where not one fits."""
    edge = 2 * (MARK + AWAY) if sheet.marks else 0.0
    found = []
    for turned in (False, True):
        width, height = (design.height, design.width) if turned else (design.width, design.height)
        found.append((_count(sheet.width - edge, width, sheet.gap), _count(sheet.height - edge, height, sheet.gap), turned))
    straight, turned_one = found
    best = turned_one if turned_one[0] * turned_one[1] > straight[0] * straight[1] else straight
    return best if best[0] * best[1] else (0, 0, False)


def imposed(design: Design, sheet: Sheet | None) -> Press:
    """The page of print for a design: the certificate itself, or a sheet. Raises PaperError where not one fits."""
    if sheet is None:
        return Press(design.width, design.height, ((0.0, 0.0),))
    columns, rows, turned = per_sheet(design, sheet)
    if not columns:
        raise PaperError("sheet", vi=f"tờ {sheet.width}×{sheet.height} mm không đủ cho một bản {design.width}×{design.height} mm và dấu xén",
                         en=f"a sheet of {sheet.width}×{sheet.height} mm does not hold one of {design.width}×{design.height} mm with crop marks")
    width, height = (design.height, design.width) if turned else (design.width, design.height)
    lefts = _starts(sheet.width, width, columns, sheet.gap)
    tops = _starts(sheet.height, height, rows, sheet.gap)
    cells = tuple((x, y) for y in tops for x in lefts)
    marks = _marks(lefts, tops, width, height) if sheet.marks else ()
    return Press(sheet.width, sheet.height, cells, 90 if turned else 0, marks)


def _count(room: float, size: int, gap: int) -> int:
    return max(0, int((room + gap) // (size + gap)))


def _starts(room: int, size: int, count: int, gap: int) -> list[float]:
    first = (room - count * size - (count - 1) * gap) / 2
    return [first + at * (size + gap) for at in range(count)]


def _marks(lefts: list[float], tops: list[float], width: int, height: int) -> tuple[Mark, ...]:
    """Marks outside the block only: none lies on a certificate, even where neighbours touch."""
    before_x, after_x = lefts[0] - AWAY, lefts[-1] + width + AWAY
    before_y, after_y = tops[0] - AWAY, tops[-1] + height + AWAY
    marks = []
    for x in sorted({cut for left in lefts for cut in (left, left + width)}):
        marks += [(x, before_y, 0.0, -MARK), (x, after_y, 0.0, MARK)]
    for y in sorted({cut for top in tops for cut in (top, top + height)}):
        marks += [(before_x, y, -MARK, 0.0), (after_x, y, MARK, 0.0)]
    return tuple(marks)
