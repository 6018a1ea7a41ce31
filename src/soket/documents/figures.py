"""Figure tokens in authors' text: `{{H1-07}}` becomes the frozen display and its code, never markup."""
from __future__ import annotations

import re
from collections.abc import Mapping

from .core import FigureRun, Paragraph, Run, TextRun
from .errors import PaperError

CODE = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ.\-]{0,23}")
_TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def figure_codes(text: str) -> tuple[str, ...]:
    """The codes named in a text, in order of first use, each once; known or not."""
    return tuple(dict.fromkeys(match.strip() for match in _TOKEN.findall(text)))


def figure_runs(text: str, displays: Mapping[str, str], *, where: str = "text") -> tuple[Run, ...]:
    """Runs of one line of text; raises PaperError on an unknown code or an unclosed token."""
    runs: list[Run] = []
    end = 0
    for match in _TOKEN.finditer(text):
        runs += _plain(text[end : match.start()], where)
        runs.append(_figure(match[1].strip(), displays, where))
        end = match.end()
    return tuple(runs + _plain(text[end:], where))


def paragraphs(text: str, displays: Mapping[str, str], *, where: str = "text") -> tuple[Paragraph, ...]:
    """One paragraph for every line that is not blank."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return tuple(Paragraph(figure_runs(line, displays, where=where)) for line in lines if line)


def _plain(text: str, where: str) -> list[Run]:
    if "{{" in text or "}}" in text:
        raise PaperError(
            where,
            vi=f"ký hiệu số liệu chưa đóng hoặc thừa ngoặc gần “{text.strip()[:40]}”",
            en=f"a figure token is not closed, or has stray braces, near “{text.strip()[:40]}”",
        )
    return [TextRun(text)] if text else []


def _figure(code: str, displays: Mapping[str, str], where: str) -> FigureRun:
    if code not in displays:
        known = ", ".join(sorted(displays)) or "–"
        raise PaperError(
            where,
            vi=f"không có số liệu mang mã “{code}”; các mã dùng được: {known}",
            en=f"no figure has the code “{code}”; codes that can be used: {known}",
        )
    well_formed(code, where)
    return FigureRun(displays[code], code)


def well_formed(code: str, where: str) -> None:
    """Raise PaperError unless a figure code is short capitals, digits, dots and hyphens."""
    if not CODE.fullmatch(code):
        raise PaperError(where, vi=f"mã số liệu “{code}” không đúng dạng, ví dụ H1-07",
                         en=f"the figure code “{code}” is malformed; for example H1-07")
