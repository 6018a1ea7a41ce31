"""Tables of a Word paper: repeated heads, uncut rows, spanning groups, a total that never stands alone."""
from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from . import ooxml
from .flow import CELL_PAD, Grid, Head, Line, Span, Spans
from .word_text import Setter

_PAD_TWIPS = 30
"""Room above and below the words of a cell: 1.5 pt."""


def grid(document: Document, item: Grid, setter: Setter) -> None:
    """Caption, table, note, and a little room below."""
    gap = Pt(setter.layout.paragraph_gap)
    if item.caption:
        caption = document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        setter.run(caption, item.caption, "6-table", bold=True)
        caption.paragraph_format.space_before = caption.paragraph_format.space_after = gap
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=item.head_rows, cols=len(item.widths))
    ooxml.fix_table(table, item.widths, pad=CELL_PAD, ruled=True)
    for row in table.rows:
        ooxml.row_marks(row, head=True)
    for head in item.heads:
        _head(table, head, setter)
    ooxml.keep_rows_together(table.rows)
    for index, line in enumerate(item.lines):
        _line(table, item, line, setter, kept=len(item.lines) - 3 <= index < len(item.lines) - 1)
    below = document.add_paragraph()
    if item.note:
        setter.run(below, item.note, "9b", italic=True)
        below.paragraph_format.space_before = Pt(3)
    else:
        below.paragraph_format.line_spacing = gap
    below.paragraph_format.space_after = gap if item.note else Pt(0)


def _head(table: Table, head: Head, setter: Setter) -> None:
    cell = table.cell(head.row, head.column)
    if head.across > 1 or head.down > 1:
        cell = cell.merge(table.cell(head.row + head.down - 1, head.column + head.across - 1))
    paragraph = _padded(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    setter.run(paragraph, "\n".join(head.lines), "6-table", bold=True)
    if head.code:
        run = setter.run(paragraph, f"\n[{head.code}]", "6-table")
        run.font.size = Pt(8)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _line(table: Table, item: Grid, line: Line, setter: Setter, *, kept: bool) -> None:
    """One row below the head, written straight as XML: a national appendix has thousands of them."""
    row = ooxml.child(table._tbl, "tr")
    ooxml.child(ooxml.child(row, "trPr"), "cantSplit")
    if line.kind == "group":
        _cell(row, line.cells[0], sum(item.widths), "left", setter, across=len(item.widths), kept=True)
        return
    for spans, width, side in zip(line.cells, item.widths, item.aligns, strict=True):
        _cell(row, spans, width, side, setter, kept=kept)


def _cell(
    row: BaseOxmlElement, spans: Spans, width: float, side: str, setter: Setter, *, across: int = 1, kept: bool
) -> None:
    cell = ooxml.child(row, "tc")
    about = ooxml.child(cell, "tcPr")
    ooxml.child(about, "tcW", w=ooxml.twips(width), type="dxa")
    if across > 1:
        ooxml.child(about, "gridSpan", val=str(across))
    ooxml.child(about, "vAlign", val="center")
    paragraph = ooxml.child(cell, "p")
    form = ooxml.child(paragraph, "pPr")
    if kept:
        ooxml.child(form, "keepNext")
    ooxml.child(form, "spacing", before=str(_PAD_TWIPS), after=str(_PAD_TWIPS))
    ooxml.child(form, "jc", val={"centre": "center"}.get(side, side))
    for span in spans:
        _run(paragraph, span, setter)


def _run(paragraph: BaseOxmlElement, span: Span, setter: Setter) -> None:
    run = ooxml.child(paragraph, "r")
    style = ooxml.child(run, "rPr")
    name = setter.layout.word_font
    ooxml.child(style, "rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name)
    if span.bold:
        ooxml.child(style, "b")
    if span.italic:
        ooxml.child(style, "i")
    ooxml.child(style, "sz", val=str(2 * setter.layout.slot("6-table").size))
    if span.code:
        ooxml.child(style, "vertAlign", val="superscript")
    for index, part in enumerate(span.text.split("-") if span.code else (span.text,)):
        if index:
            ooxml.child(run, "noBreakHyphen")
        text = ooxml.child(run, "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = part


def _padded(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(_PAD_TWIPS / 20)
    return paragraph
