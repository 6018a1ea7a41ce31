"""Certificates (Bằng khen, Giấy khen, Kỷ niệm chương) from plain data to PDF; upper rooms import from here.

Words: *design* (sizes and lines), *line* (dòng: one slot with its type), *preset* (a cited design to start from), *sheet* (press sheet
with crop marks). Invariants: the same data gives the same bytes; nothing is clipped, what cannot fit is refused by name; no emblem
and no flag is ever drawn.
"""
from __future__ import annotations

from soket.documents.certificates.checks import checked, checked_design
from soket.documents.certificates.core import Certificate, Design, Frame, Line
from soket.documents.certificates.pdf import faults, picture, render, render_many, render_sheets
from soket.documents.certificates.presets import PRESETS, preset
from soket.documents.certificates.sheets import SHEETS, Sheet, per_sheet

__all__ = [
    "PRESETS", "SHEETS", "Certificate", "Design", "Frame", "Line", "Sheet", "checked", "checked_design", "faults", "per_sheet", "picture", "preset",
    "render", "render_many", "render_sheets",
]  # fmt: skip
