"""Small pieces of WordprocessingML that python-docx has no words for, and the fixed packing of the file.

Lengths come in millimetres and points and leave in twentieths of a point (`twips`).
"""
from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import SubElement

_SIDES = ("top", "left", "bottom", "right")


def twips(mm: float) -> str:
    """Millimetres as whole twentieths of a point."""
    return str(round(mm * 1440 / 25.4))


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """A `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """A `w:` element with `w:` attributes, added at the end of another."""
    made: BaseOxmlElement = SubElement(parent, qn(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_font(run: Run, name: str) -> None:
    """One face for every script, so that no theme font slips in for Vietnamese letters."""
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def style_fonts(r_pr: BaseOxmlElement, name: str) -> None:
    """The same for a style, whose theme attributes would win otherwise."""
    for old in r_pr.findall(qn("w:rFonts")):
        r_pr.remove(old)
    r_pr.insert(0, element("rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name))


def rule_under(paragraph: Paragraph, *, left: float, right: float) -> None:
    """Turn an empty paragraph into a hairline of 0.75 pt between two indents in millimetres."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("top", val="single", sz="6", space="0", color="000000"))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.line_spacing = Pt(2)
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:left"), twips(left))
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:right"), twips(right))
    mark = element("rPr")
    mark.append(element("sz", val="2"))
    properties.append(mark)


def page_field(run: Run) -> None:
    """The running page number."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        if kind:
            run._element.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._element.append(instruction)


def restart_pages(section: Section) -> None:
    """Pages of the section count from 1 and the first shows no number."""
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbering = element("pgNumType", start="1")
    section._sectPr.insert_element_before(
        numbering, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )


def shrink_break(document: Document) -> None:
    """Make the paragraph that carries the newest section break too low to open a page of its own."""
    bearer = [paragraph for paragraph in document.paragraphs if paragraph._p.pPr is not None
              and paragraph._p.pPr.find(qn("w:sectPr")) is not None][-1]
    bearer.paragraph_format.line_spacing = Pt(1)
    bearer.paragraph_format.space_before = bearer.paragraph_format.space_after = Pt(0)


def fix_table(table: Table, widths: Iterable[float], *, pad: float, ruled: bool) -> None:
    """Fixed column widths in millimetres, side padding, and rules of 0.5 pt or none."""
    properties = table._tbl.tblPr
    for tag in ("w:tblStyle", "w:tblW", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    mm = list(widths)
    properties.append(element("tblW", w=str(sum(int(twips(width)) for width in mm)), type="dxa"))
    properties.append(element("tblInd", w="0", type="dxa"))
    if ruled:
        borders = element("tblBorders")
        for side in (*_SIDES, "insideH", "insideV"):
            borders.append(element(side, val="single", sz="4", space="0", color="000000"))
        properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in _SIDES:
        margins.append(element(side, w=twips(pad if side in ("left", "right") else 0), type="dxa"))
    properties.append(margins)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, mm, strict=True):
        column.set(qn("w:w"), twips(width))
    for row in table.rows:
        for cell, width in zip(row.cells, mm, strict=True):
            cell_width(cell, width)


def cell_width(cell: _Cell, mm: float) -> None:
    """Width of one cell in millimetres."""
    width = cell._tc.get_or_add_tcPr().get_or_add_tcW()
    width.set(qn("w:w"), twips(mm))
    width.set(qn("w:type"), "dxa")


def row_marks(row: _Row, *, head: bool = False) -> None:
    """A row is never cut by a page; a head row repeats on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))


def keep_rows_together(rows: Iterable[_Row]) -> None:
    """Every paragraph of these rows stays with the next one."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def modern(document: Document) -> None:
    """Ask Word for its present layout rules (mode 15): tables then start exactly at the margin."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = element("compat")
    compat.append(
        element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    )
    settings.insert_element_before(compat, "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping",
                                   "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator")


def repacked(content: bytes) -> bytes:
    """The same package with its parts in order of name and every clock at the zip epoch."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(name), compresslevel=9)
    return out.getvalue()
