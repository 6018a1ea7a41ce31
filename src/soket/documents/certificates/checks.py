"""What can be set: designs within bounds that a press can hold, certificates with printable words in normal form."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from soket.documents.certificates.core import FIXED_SLOTS, SPACE_SLOTS, VALUE_SLOTS, Certificate, Design, Frame, Line
from soket.documents.checks import printable
from soket.documents.errors import PaperError

_LINES = ("recipient", "unit", "achievement", "post")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LEAST_SIDE = 18  # millimetres of a code that a telephone still reads
MOST = {"lines": 40, "text": 400}


def checked_design(design: Design) -> Design:
    """The design with every text in NFC. Raises PaperError naming the first field out of bounds."""
    if not _CODE.fullmatch(design.code):
        raise PaperError("design.code", vi="chỉ gồm chữ thường không dấu, chữ số và gạch nối", en="holds small letters, digits and hyphens only")
    if not design.title.strip():
        raise PaperError("design.title", vi="không được để trống", en="must not be empty")
    _within(design.width, 100, 900, "design.width", "mm")
    _within(design.height, 100, 900, "design.height", "mm")
    _within(design.foot_left, 20, 80, "design.foot_left", "%")
    _check_frame(design.frame, design)
    if not 0 < len(design.lines) <= MOST["lines"]:
        raise PaperError("design.lines", vi=f"cần từ 1 đến {MOST['lines']} dòng", en=f"there must be 1 to {MOST['lines']} lines")
    lines = tuple(_checked_line(line, f"design.lines[{at}]") for at, line in enumerate(design.lines))
    _check_once(lines)
    return replace(
        design, lines=lines, title=printable(design.title, "design.title", lines=False), source=printable(design.source, "design.source"),
        doubts=tuple(printable(doubt, f"design.doubts[{at}]") for at, doubt in enumerate(design.doubts)),
    )  # fmt: skip


def checked(certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """The certificates with every text in NFC. Raises PaperError naming the certificate and the field."""
    return tuple(_checked(one) for one in certificates)


def _checked(one: Certificate) -> Certificate:
    values: dict[str, Any] = {}
    for field in fields(Certificate):
        value = getattr(one, field.name)
        if isinstance(value, str) and value:
            values[field.name] = printable(value, f"certificate[{one.label}].{field.name}", lines=field.name in _LINES).strip()
    clean = replace(one, **values)
    for name in ("label", "recipient"):
        if not getattr(clean, name):
            raise PaperError(f"certificate[{one.label}].{name}", vi="không được để trống", en="must not be empty")
    return clean


def _check_frame(frame: Frame, design: Design) -> None:
    _within(frame.width, 60, design.width, "design.frame.width", "mm")
    _within(frame.height, 60, design.height, "design.frame.height", "mm")
    _within(frame.pad_x, 0, (frame.width - 40) // 2, "design.frame.pad_x", "mm")
    for name in ("pad_top", "pad_bottom"):
        _within(getattr(frame, name), 0, (frame.height - 40) // 2, f"design.frame.{name}", "mm")


def _checked_line(line: Line, where: str) -> Line:
    _within(line.size, 6, 96, f"{where}.size", "pt")
    if line.least:
        _within(line.least, 6, line.size, f"{where}.least", "pt")
    _within(line.most_lines, 1, 6, f"{where}.most_lines", "")
    _within(line.space, 0, 200, f"{where}.space", "mm")
    _within(line.rule, 0, 100, f"{where}.rule", "%")
    _within(line.tracking, 0, 50, f"{where}.tracking", "% em")
    lowest = {"qr": _LEAST_SIDE, "signer_space": 1}.get(line.slot, 0)
    _within(line.height, lowest, 120 if lowest else 0, f"{where}.height", "mm")
    if len(line.text) > MOST["text"]:
        raise PaperError(f"{where}.text", vi=f"dài quá {MOST['text']} ký tự", en=f"is longer than {MOST['text']} characters")
    if line.tracking and line.most_lines > 1:
        raise PaperError(f"{where}.tracking", vi="chỉ giãn chữ được ở dòng không xuống dòng", en="only a line that never wraps may be spaced out")
    _check_pattern(line, where)
    return replace(line, text=printable(line.text, f"{where}.text", lines=line.slot == "text"))


def _check_pattern(line: Line, where: str) -> None:
    marks = line.text.count("{}")
    if line.slot in FIXED_SLOTS and not line.text.strip():
        raise PaperError(f"{where}.text", vi="dòng này cần chữ in sẵn", en="this line needs words of its own")
    if marks > 1 or (marks and line.slot not in VALUE_SLOTS) or "{" in line.text.replace("{}", "") or "}" in line.text.replace("{}", ""):
        raise PaperError(f"{where}.text", vi="chỉ dùng một dấu {} cho chỗ điền, ở dòng có nội dung riêng",
                         en="one {} marks the place of the value, on a line that has a value")
    if line.slot in SPACE_SLOTS and line.text:
        raise PaperError(f"{where}.text", vi="dòng này không mang chữ", en="this line carries no words")


def _check_once(lines: Sequence[Line]) -> None:
    seen = set()
    for at, line in enumerate(lines):
        if line.slot in seen and line.slot != "text":
            raise PaperError(f"design.lines[{at}].slot", vi=f"dòng “{line.slot}” đã có ở trên", en=f"“{line.slot}” stands above already")
        seen.add(line.slot)
    if "recipient" not in seen:
        raise PaperError("design.lines", vi="chưa có dòng ghi người, đơn vị được khen (recipient)", en="no line names the recipient")


def _within(value: int, low: int, high: int, where: str, unit: str) -> None:
    if not low <= value <= high:
        raise PaperError(where, vi=f"{value} {unit} nằm ngoài khoảng {low}–{high}".replace("  ", " "),
                         en=f"{value} {unit} lies outside {low}–{high}".replace("  ", " "))
