"""The Word file before any words: page, styles, language, head and foot, properties."""
from __future__ import annotations

from datetime import datetime, time

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from . import ooxml
from .core import Layout
from .plan import Plan
from .word_text import Setter

_TITLED = ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6)))


def prepare(document: Document, layout: Layout) -> None:
    """Styles and language; what python-docx's blank file brings of its own is taken out."""
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _plain(normal, layout)
    normal.font.size = Pt(layout.slot("6").size)
    r_pr = normal.element.get_or_add_rPr()
    for old in r_pr.findall(qn("w:lang")):
        r_pr.remove(old)
    r_pr.append(ooxml.element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    for name in _TITLED:
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _plain(style, layout)
        style.font.bold = style.font.italic = None
        style.paragraph_format.keep_with_next = True
    ooxml.modern(document)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _plain(style: ParagraphStyle, layout: Layout) -> None:
    """Black, in the layout's face, without spacing, rules or letter spacing of its own."""
    r_pr = style.element.get_or_add_rPr()
    for tag in ("w:spacing", "w:kern", "w:color", "w:sz", "w:szCs", "w:i", "w:iCs", "w:b", "w:bCs"):
        for old in r_pr.findall(qn(tag)):
            r_pr.remove(old)
    ooxml.style_fonts(r_pr, layout.word_font)
    style.font.color.rgb = RGBColor(0, 0, 0)
    p_pr = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:numPr", "w:contextualSpacing"):
        for old in p_pr.findall(qn(tag)):
            p_pr.remove(old)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.0
    form.widow_control = True


def section_pages(section: Section, planned: Plan) -> None:
    """Paper size and margins; number in the head from the second page on, the label at every foot."""
    layout = planned.layout
    section.page_width, section.page_height = Mm(layout.page_width), Mm(layout.page_height)
    section.top_margin, section.bottom_margin = Mm(layout.margins.top), Mm(layout.margins.bottom)
    section.left_margin, section.right_margin = Mm(layout.margins.left), Mm(layout.margins.right)
    section.header_distance = section.footer_distance = Mm(10)
    ooxml.restart_pages(section)
    setter = Setter(layout)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ooxml.page_field(setter.run(number, "", "page"))
    section.first_page_header.paragraphs[0].text = ""
    for foot in (section.footer, section.first_page_footer):
        foot.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        setter.run(foot.paragraphs[0], planned.label, "label")


def properties(document: Document, planned: Plan) -> None:
    """Title, issuer, language and a day taken from the paper, never from the clock."""
    core = document.core_properties
    day = datetime.combine(planned.day, time())
    core.title, core.author, core.last_modified_by = planned.title[:255], planned.author[:255], planned.author[:255]
    core.subject, core.language, core.comments, core.keywords = planned.number, "vi-VN", "", ""
    core.created = core.modified = day
    core.revision = 1
