"""The door of the room for reading: what upper rooms call.

Rendering is pure and stores nothing: `render_docx(paper)`, `render_pdf(paper)` give bytes; `figure_runs`,
`paragraphs`, `figure_codes` read figure tokens; `printable` tells a form, before anything is frozen, which
character no paper can show; `checked` tells whether a whole paper can be set; `qr_svg`, `qr_png` draw a code.
Registers of numbers: `entries`, `entry_of`, `next_number`, `look_alikes`, `repeats`.
"""
from __future__ import annotations

from .checks import checked, printable
from .figures import figure_codes, figure_runs, paragraphs
from .pdf import render_pdf
from .qr import qr_png, qr_svg
from .registers import entries, entry_of, look_alikes, next_number, repeats
from .word import render_docx

__all__ = [
    "checked", "entries", "entry_of", "figure_codes", "figure_runs", "look_alikes", "next_number", "paragraphs", "printable", "qr_png", "qr_svg",
    "render_docx", "render_pdf", "repeats",
]  # fmt: skip
