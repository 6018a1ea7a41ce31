"""What the papers have in common."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from soket.documents.core import Paragraph, Run, Signature, TextRun
from soket.kernel.clock import VIETNAM
from soket.ui import core as ui

BLANK = "……………………"


def text(words: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((TextRun(words, bold=bold),))


def pair(label: str, words: str) -> Paragraph:
    """A label in bold and what stands behind it; a dotted blank when nothing is known."""
    runs: tuple[Run, ...] = (TextRun(f"{label}: ", bold=True), TextRun(words or BLANK))
    return Paragraph(runs)


def clock(at: datetime) -> str:
    """Eight o'clock as the decree's examples write it: "08 giờ 00"."""
    return at.astimezone(VIETNAM).strftime("%H giờ %M")


def day(at: date | datetime) -> str:
    local = at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at
    return f"ngày {local:%d} tháng {local:%m} năm {local:%Y}" if local.month < 3 else f"ngày {local:%d} tháng {local.month} năm {local:%Y}"


def short(at: date) -> str:
    return ui.day(at)


def person(name: str, titles: Iterable[str], unit: str) -> str:
    """Name, all titles in protocol order, unit; the unit is left out when a title names it."""
    given = [name, *titles]
    if unit and not any(unit in title for title in given):
        given.append(unit)
    return ", ".join(filter(None, given))


def post(words: str, authority: str = "") -> Signature:
    return Signature(post=words, authority=authority)
