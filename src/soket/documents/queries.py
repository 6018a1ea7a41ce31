"""The door of the room for rendering: what upper rooms call. Pure functions; nothing is stored.

`render_docx(paper)`, `render_pdf(paper)` give bytes; `figure_runs`, `paragraphs`, `figure_codes` read figure
tokens; `printable` tells a form, before anything is frozen, which character no paper can show; `checked`
tells whether a whole paper can be set; `qr_svg`, `qr_png` draw a code.
"""
from __future__ import annotations

from .checks import checked, printable
from .figures import figure_codes, figure_runs, paragraphs
from .pdf import render_pdf
from .qr import qr_png, qr_svg
from .word import render_docx

__all__ = [
    "checked", "figure_codes", "figure_runs", "paragraphs", "printable", "qr_png", "qr_svg", "render_docx", "render_pdf",
]
