"""PDF of a paper, set by Typst inside this process: tagged PDF/A-2a and PDF/UA-1, the type embedded.

The words travel as JSON in an input and are placed as strings; a warning of the setter is an error, so a
missing font or letter can never make an empty page.
"""
from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from .core import Paper
from .errors import PaperError
from .flow import CELL_PAD
from .metrics import FONTS
from .plan import Plan, plan
from .qr import qr_svg

_FOLDER = Path(__file__).parent / "typst"
_VIETNAM = timezone(timedelta(hours=7))


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF; the same paper gives the same bytes. Raises PaperError on a paper that cannot be set."""
    planned = plan(paper)
    inputs = {"plan": json.dumps(_data(planned), ensure_ascii=False)}
    if planned.seal is not None:
        inputs["qr"] = qr_svg(planned.seal.qr).decode("ascii")
    compiler = typst.Compiler(root=_FOLDER, font_paths=fonts())
    try:
        made, warnings = compiler.compile_with_warnings(
            _FOLDER / "paper.typ",
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(planned.day, datetime.min.time(), _VIETNAM),
        )
    except typst.TypstError as error:
        raise _failed(error.message) from error
    if warnings:
        raise _failed("; ".join(warning.message for warning in warnings))
    if not isinstance(made, bytes):
        raise _failed("no single file came out")
    return made


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Only the committed type: what the machine has installed must not change a paper."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _data(planned: Plan) -> dict[str, Any]:
    data = asdict(planned)
    layout = data["layout"]
    layout["slots"] = {slot["code"]: slot for slot in layout["slots"]}
    for unused in ("valid_from", "valid_to"):
        del layout[unused]
    data["cell_pad"] = CELL_PAD
    data["day"] = [planned.day.year, planned.day.month, planned.day.day]
    return data


def _failed(reason: str) -> PaperError:
    return PaperError("paper", vi=f"không dựng được bản PDF: {reason}", en=f"the PDF could not be set: {reason}")
