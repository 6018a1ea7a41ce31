"""Word file of a paper, to be finished by a records clerk: real styles, fields, repeated heads, no pictures of text.

The words come from the same plan as the PDF. The type is named, not embedded; where Times New Roman is
missing, Tinos or Liberation Serif have the same widths.
"""
from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from . import ooxml
from .core import Paper
from .flow import Grid, Item, Title
from .plan import AppendixPlan, Plan, plan
from .word_end import seal, signed
from .word_setup import prepare, properties, section_pages
from .word_table import grid
from .word_text import Setter

_SIDES = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "note": WD_ALIGN_PARAGRAPH.LEFT, "end": WD_ALIGN_PARAGRAPH.RIGHT}


def render_docx(paper: Paper) -> bytes:
    """The paper as a Word file; the same paper gives the same bytes. Raises PaperError on a paper that cannot be set."""
    planned = plan(paper)
    document = docx.Document()
    prepare(document, planned.layout)
    section_pages(document.sections[0], planned)
    properties(document, planned)
    setter = Setter(planned.layout)
    _head(document, planned, setter)
    _titles(document, planned, setter)
    _addressees(document, planned, setter)
    _standing(document, planned.authority, setter)
    for basis in planned.bases:
        setter.running(setter.spanless(document.add_paragraph(), "6-basis", basis))
    _standing(document, (planned.enacting,) if planned.enacting else (), setter)
    flow(document, planned.items, setter, above=1)
    signed(document, planned, setter)
    if planned.seal is not None:
        seal(document, planned.seal, setter)
    for one in planned.appendices:
        _appendix(document, one, setter)
    out = BytesIO()
    document.save(out)
    return ooxml.repacked(out.getvalue())


def _head(document: Document, planned: Plan, setter: Setter) -> None:
    """Slots 1 to 4: a frameless table of two columns, names above, number and date on one row below."""
    table = document.add_table(rows=2, cols=2)
    ooxml.fix_table(table, (planned.left, planned.right), pad=0, ruled=False)
    names, nation = table.rows[0].cells
    first = names.paragraphs[0]
    if planned.superior:
        setter.centred(first, "2-superior", planned.superior)
        first = names.add_paragraph()
    setter.centred(first, "2-issuer", planned.issuer.lines)
    setter.rule(names.add_paragraph(), planned.issuer.rule, planned.left)
    setter.centred(nation.paragraphs[0], "1-name", planned.motto.lines[:1])
    setter.centred(nation.add_paragraph(), "1-motto", planned.motto.lines[1:])
    setter.rule(nation.add_paragraph(), planned.motto.rule, planned.right)
    number, day = table.rows[1].cells
    for cell, code, lines in ((number, "3", (planned.number,)), (day, "4", planned.place_date)):
        setter.centred(cell.paragraphs[0], code, lines).paragraph_format.space_before = Pt(6)


def _titles(document: Document, planned: Plan, setter: Setter) -> None:
    """Slot 5a: the paper's own title over the whole width, ruled below."""
    width = planned.layout.text_width
    top = document.add_paragraph(style="Title")
    setter.centred(top, "5a-type", (planned.type_name,))
    top.paragraph_format.space_before = Pt(18)
    setter.centred(document.add_paragraph(style="Subtitle"), "5a-summary", planned.summary.lines)
    ruled = document.add_paragraph()
    setter.rule(ruled, planned.summary.rule, width)
    ruled.paragraph_format.space_after = Pt(14)


def _addressees(document: Document, planned: Plan, setter: Setter) -> None:
    """Slot 9a: centred on one line, or a list whose dashes stand under the colon."""
    who = planned.addressees
    if who is None:
        return
    if len(who.names) == 1:
        last = setter.centred(document.add_paragraph(), "9a", (f"{who.lead} {who.names[0]}",))
    else:
        last = setter.spanless(document.add_paragraph(), "9a", who.lead)
        last.paragraph_format.left_indent = Mm(who.left)
        for name in who.names:
            last = setter.spanless(document.add_paragraph(), "9a", name)
            last.paragraph_format.left_indent = Mm(who.colon + 2.2)
            last.paragraph_format.first_line_indent = Mm(-2.2)
    last.paragraph_format.space_after = Pt(14)


def _standing(document: Document, lines: tuple[str, ...], setter: Setter) -> None:
    """Who decides, or the word between bases and articles: in the middle, kept with what follows."""
    if not lines:
        return
    form = setter.centred(document.add_paragraph(), "6-authority", lines).paragraph_format
    form.space_before = form.space_after = Pt(setter.layout.paragraph_gap + 4)
    form.line_spacing = setter.layout.line_spacing
    form.keep_with_next = True


def flow(document: Document, items: tuple[Item, ...], setter: Setter, *, above: int) -> None:
    """Running content; a title of depth d becomes “Heading d − above”."""
    for item in items:
        if isinstance(item, Title):
            _title(document, item, setter, above)
        elif isinstance(item, Grid):
            grid(document, item, setter)
        else:
            paragraph = document.add_paragraph()
            setter.spans(paragraph, item.spans, "6", italic=item.style == "note")
            setter.running(paragraph)
            if item.style != "body":
                paragraph.paragraph_format.first_line_indent = Mm(0)
                paragraph.alignment = _SIDES[item.style]
            if item.last:
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(14)


def _title(document: Document, item: Title, setter: Setter, above: int) -> Paragraph:
    paragraph = document.add_paragraph(style=f"Heading {item.depth - above}")
    setter.lines(paragraph, f"6-{item.level}", item.lines)
    setter.running(paragraph)
    if item.level == 0:
        paragraph.paragraph_format.first_line_indent = Mm(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif item.level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _appendix(document: Document, one: AppendixPlan, setter: Setter) -> None:
    """A section of its own: new page, pages from 1, label, title, reference, rule, content."""
    ooxml.restart_pages(document.add_section(WD_SECTION.NEW_PAGE))
    ooxml.shrink_break(document)
    label = document.add_paragraph(style="Heading 1")
    setter.centred(label, "app-label", (one.label,))
    setter.centred(document.add_paragraph(), "app-title", one.title)
    setter.centred(document.add_paragraph(), "app-reference", one.reference.lines)
    ruled = document.add_paragraph()
    setter.rule(ruled, one.reference.rule, setter.layout.text_width)
    ruled.paragraph_format.space_after = Pt(12)
    flow(document, one.items, setter, above=0)
