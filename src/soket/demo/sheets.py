"""Illustrative documents as bytes: what stands in for evidence. The same sheet always gives the same bytes.

A sheet never imitates an official paper: it says in whose place it stands, and that it is synthetic.
"""
from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from soket.documents.metrics import FONTS

MARK = "DỮ LIỆU MINH HỌA"
LABEL = "Tệp do chương trình tạo ra, không phải văn bản thật"
FOOT = "Soket – thế giới minh họa. Mọi số liệu, số văn bản và nội dung trong tệp này đều là giả định."
_FOLDER = Path(__file__).parent / "typst"
_STILL = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sheet:
    """One illustrative document. `columns` are (title, relative width, whether figures stand in it)."""

    name: str
    """The file's name, without its ending."""
    issuer: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    columns: tuple[tuple[str, int, bool], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    label: str = LABEL


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF with its type embedded."""
    return _set("sheet.typ", sheet, "pdf")


def picture(title: str, scene: str = "picture", ppi: int = 96) -> bytes:
    """A drawn picture (PNG) in place of a photograph; `scene` is "picture" (a meeting) or "street". 605 pixels wide at 96 to the inch."""
    return _set(f"{scene}.typ", Sheet("", "", title, label="Hình vẽ thay cho ảnh chụp"), "png", ppi)


def pdfs(sheets: Sequence[Sheet]) -> list[bytes]:
    """Many at once, in the order given; setting leaves the interpreter free, so two run side by side."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(pdf, sheets))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _set(template: str, sheet: Sheet, form: Literal["pdf", "png"], ppi: int = 96) -> bytes:
    data = {**asdict(sheet), "mark": MARK, "foot": FOOT}
    compiler = typst.Compiler(root=_FOLDER, font_paths=_fonts())
    made, warnings = compiler.compile_with_warnings(
        _FOLDER / template, format=form, sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)}, timestamp=_STILL, ppi=ppi,
    )
    if warnings or not isinstance(made, bytes):
        raise ValueError("; ".join(warning.message for warning in warnings) or "no single file came out")
    return made
