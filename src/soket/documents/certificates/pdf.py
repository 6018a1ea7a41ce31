"""Certificates as PDF by Typst inside this process: tagged PDF/A-2a and PDF/UA-1, the type embedded, lines at computed places.

A warning of the setter is an error, so that a missing letter can never make an empty line. Same data, same bytes.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import typst

from soket.documents.certificates.checks import checked, checked_design
from soket.documents.certificates.core import Certificate, Design
from soket.documents.certificates.ornament import frame_svg
from soket.documents.certificates.plan import ASCENT, DESCENT, PITCH, Item, placed
from soket.documents.certificates.sheets import Sheet, imposed
from soket.documents.errors import PaperError
from soket.documents.pdf import fonts

SYNTHETIC = "BẢN MINH HỌA"
_FOLDER = Path(__file__).parent.parent / "typst"
_VIETNAM = timezone(timedelta(hours=7))
_UNSEEN = date(2000, 1, 1)  # a picture carries no date, yet the setter asks for one


def render(design: Design, certificates: Sequence[Certificate], *, day: date) -> bytes:
    """One PDF, one page for each certificate in order; `day` dates the file's own properties.

    Raises PaperError naming the certificate and the field that cannot be set.
    """
    design = checked_design(design)
    return _compiled(_data(design, _made(design, certificates), None, day), day)


def render_many(
    design: Design, certificates: Sequence[Certificate], progress: Callable[[int, int], None] | None = None, *, size: int = 100, day: date
) -> Iterator[bytes]:
    """PDFs of `size` certificates each (1: single files), made one after another; `progress(done, total)` after each.

    All words are set before the first file is made, so that a run does not stop half way. Raises PaperError.
    """
    design = checked_design(design)
    made = _made(design, certificates)
    for start in range(0, len(made), size):
        part = made[start : start + size]
        yield _compiled(_data(design, part, None, day), day)
        if progress is not None:
            progress(start + len(part), len(made))


def render_sheets(design: Design, certificates: Sequence[Certificate], sheet: Sheet, *, day: date) -> bytes:
    """Press sheets with as many certificates as they hold and crop marks. Raises PaperError where not one fits."""
    design = checked_design(design)
    return _compiled(_data(design, _made(design, certificates), sheet, day), day)


def picture(design: Design, certificate: Certificate, *, dpi: int = 60) -> bytes:
    """One certificate as a PNG, for a page to show. Raises PaperError."""
    design = checked_design(design)
    return _compiled(_data(design, _made(design, [certificate]), None, _UNSEEN), _UNSEEN, kind="png", dpi=dpi)


def faults(design: Design, certificates: Sequence[Certificate]) -> list[PaperError]:
    """The first thing wrong with each certificate that cannot be set; empty when all can."""
    found = []
    for one in certificates:
        try:
            placed(design, checked([one])[0])
        except PaperError as error:
            found.append(error)
    return found


def _made(design: Design, certificates: Sequence[Certificate]) -> list[dict[str, Any]]:
    """Each certificate with its lines in their places."""
    if not certificates:
        raise PaperError("certificates", vi="chưa có bản nào để in", en="there is nothing to print")
    return [
        {"items": [{name: getattr(item, name) for name in Item.__slots__} for item in placed(design, one)], "synthetic": one.synthetic}
        for one in checked(certificates)
    ]


def _data(design: Design, made: list[dict[str, Any]], sheet: Sheet | None, day: date) -> dict[str, Any]:
    """Everything the setter draws; without a sheet each page is a certificate."""
    press = imposed(design, sheet)
    frame = frame_svg(design.frame.width, design.frame.height, design.frame.style) if design.frame.printed else ""
    return {
        "title": design.title, "day": [day.year, day.month, day.day], "ascent": ASCENT, "descent": DESCENT, "pitch": PITCH,
        "width": press.width, "height": press.height, "turn": press.turn, "cells": press.cells, "marks": press.marks,
        "cell": {"width": design.width, "height": design.height},
        "frame": {"svg": frame, "width": design.frame.width, "height": design.frame.height} if frame else None,
        "synthetic": SYNTHETIC, "ghost": design.frame.width * 0.26, "alt": "Mã QR để kiểm chứng",
        "sheets": [made[at : at + len(press.cells)] for at in range(0, len(made), len(press.cells))],
    }  # fmt: skip


def _compiled(data: dict[str, Any], day: date, *, kind: str = "pdf", dpi: int = 0) -> bytes:
    compiler = typst.Compiler(root=_FOLDER, font_paths=fonts())
    wanted: dict[str, Any] = {"format": kind, "sys_inputs": {"plan": json.dumps(data, ensure_ascii=False)}}
    if kind == "pdf":
        wanted |= {"pdf_standards": ["a-2a", "ua-1"], "timestamp": datetime.combine(day, time(), _VIETNAM)}
    else:
        wanted["ppi"] = float(dpi)
    try:
        made, warnings = compiler.compile_with_warnings(_FOLDER / "certificate.typ", **wanted)
    except typst.TypstError as error:
        raise _failed(error.message) from error
    if warnings:
        raise _failed("; ".join(warning.message for warning in warnings))
    if not isinstance(made, bytes):
        raise _failed("no single file came out")
    return made


def _failed(reason: str) -> PaperError:
    return PaperError("certificates", vi=f"không dựng được bản in: {reason}", en=f"the print could not be set: {reason}")
