"""The article as a Word file for newsrooms: A4, Times New Roman, photographs in their place, figures with their codes and a table of them.

It is a news text, not an official paper, so it bears no national heading. The same content gives the same bytes.
"""
from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from soket.publishing import kit_words
from soket.publishing.release import parts_of

FACE = "Times New Roman"
_WIDE = 160  # millimetres between the margins
_STILL = (2026, 1, 1, 0, 0, 0)
_MARKS = ("w:rFonts", "w:color", "w:sz", "w:szCs", "w:i", "w:iCs", "w:b", "w:bCs", "w:spacing", "w:kern", "w:lang")


def article_docx(content: Mapping[str, Any], pictures: Sequence[bytes], mark: str = "") -> bytes:
    """The copy as Word; `pictures` are JPEG files in reading order, `mark` an embargo that stands at the head of every page."""
    document = docx.Document()
    _prepare(document, content, mark)
    images = iter(pictures)
    _centred(document.add_paragraph(style="Title"), content["title"], 18, bold=True)
    _centred(document.add_paragraph(), kit_words.dated(content, bool(mark)), 12, italic=True)
    for notice in content["notices"]:
        _said(document.add_paragraph(), f"Đính chính (bản {notice['number']}): {notice['note']}", italic=True)
    _runs(_running(document.add_paragraph()), content["lead"], content, bold=True)
    if content["photo"]:
        _photo(document, content["photo"], next(images))
    for block in content["body"]:
        _block(document, block, content, images)
    for text in (content["byline"], f"Nguồn: {content['source']}" if content["source"] else ""):
        if text:
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _said(paragraph, text, bold=text == content["byline"])
    if content["figures"]:
        _figures(document, content)
    return _packed(document)


def _prepare(document: Document, content: Mapping[str, Any], mark: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        _plain(document.styles[name])
    if mark:
        _centred(section.header.paragraphs[0], mark, 12, bold=True)
    foot = section.footer.paragraphs[0]
    _centred(foot, f"{kit_words.WORDS['vi']['synthetic']} " if content["synthetic"] else "", 10)
    _page_number(foot)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.language = content["title"][:255], content["office"]["name"][:255], "", "vi-VN"
    core.comments, core.revision = "", 1
    core.created = core.modified = datetime.fromisoformat(content["published_at"]).replace(tzinfo=None)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _plain(style: Any) -> None:
    """Black Times without spacing of its own."""
    found = style.element.get_or_add_rPr()
    for tag in _MARKS:
        for old in found.findall(qn(tag)):
            found.remove(old)
    fonts = _element("rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FACE))
    found.insert(0, fonts)
    style.font.size, style.font.color.rgb = Pt(14), RGBColor(0, 0, 0)
    found.append(_element("lang", val="vi-VN", eastAsia="vi-VN"))
    borders = style.element.get_or_add_pPr()
    for old in borders.findall(qn("w:pBdr")):
        borders.remove(old)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.15


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _page_number(paragraph: Paragraph) -> None:
    for kind in ("begin", "", "end"):
        run = _said(paragraph, "", size=10)
        if kind:
            run._element.append(_element("fldChar", fldCharType=kind))
        else:
            told = _element("instrText")
            told.text = " PAGE "
            run._element.append(told)


def _said(paragraph: Paragraph, text: str, *, size: int = 0, bold: bool = False, italic: bool = False) -> Run:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    return run


def _centred(paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _said(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _running(paragraph: Paragraph, indent: int = 10) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(indent)
    return paragraph


def _runs(paragraph: Paragraph, runs: Sequence[Mapping[str, Any]], content: Mapping[str, Any], *, size: int = 0, bold: bool = False) -> None:
    """Words with their marks; behind a claim its figure's code as a superscript."""
    printed = {one["code"]: one["printed"] for one in content["figures"]}
    for run in runs:
        if run["kind"] == "break":
            paragraph.add_run().add_break()
            continue
        _said(paragraph, run["text"], size=size, bold=bold or bool(run.get("strong")), italic=bool(run.get("em")))
        if run["kind"] == "claim":
            _said(paragraph, f"\u00a0[{printed.get(run['code'], run['code'])}]", size=size).font.superscript = True
        elif run.get("href"):
            _said(paragraph, f" ({run['href']})", size=size)


def _block(document: Document, block: Mapping[str, Any], content: Mapping[str, Any], images: Iterator[bytes]) -> None:
    kind = block["kind"]
    if kind == "photo":
        _photo(document, block, next(images))
    elif kind == "list":
        for item in block["items"]:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(16 + 8 * item["depth"]), Mm(-6)
            _said(paragraph, f"{item['number']}. " if item["ordered"] else "– ")
            _runs(paragraph, item["runs"], content)
    elif kind == "table":
        rows = enumerate(block["rows"])
        _grid(document, [[lambda p, cell=cell, head=not at: _runs(p, cell, content, size=12, bold=head) for cell in row] for at, row in rows])
    elif kind == "chart":
        known = {one["code"]: one for one in content["figures"]}
        _words_grid(document, [("Số liệu", "Giá trị"), *((known[code]["label"]["vi"], known[code]["display"]["vi"]) for code in block["codes"])])
    elif kind == "heading":
        paragraph = document.add_paragraph(style=f"Heading {block['level'] - 1}")
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(8), True
        _runs(paragraph, block["runs"], content, bold=True)
    else:
        paragraph = _running(document.add_paragraph())
        if kind == "quote":
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(10), Mm(0)
        _runs(paragraph, block["runs"], content)


def _photo(document: Document, photo: Mapping[str, Any], image: bytes) -> None:
    """The picture in the middle, its words under it; its description for who does not see it."""
    size = photo["sizes"][-1]
    paragraph = document.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    wide = min(140.0, 170.0 * size["width"] / size["height"])
    shape = paragraph.add_run().add_picture(BytesIO(image), width=Mm(wide))
    shape._inline.docPr.set("descr", photo["alt"])
    _centred(document.add_paragraph(), kit_words.under(photo), 12, italic=True)


def _figures(document: Document, content: Mapping[str, Any]) -> None:
    """Every claimed figure with both integers of a share and the edition that it comes from."""
    title = document.add_paragraph(style="Heading 1")
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(12), True
    _said(title, "Số liệu trong bài", bold=True)
    told = [("Mã", "Số liệu", "Giá trị", "Tử số / mẫu số")]
    for one in content["figures"]:
        exact = one["exact"]
        parts = parts_of(exact).replace("/", " / ") or "–"
        told.append((one["printed"], one["label"]["vi"], f"{one['display']['vi']} {one['measure']['vi'] if not exact['percent'] else ''}".strip(), parts))
    _words_grid(document, told)
    edition = content["edition"]
    if edition:
        _said(document.add_paragraph(), f"Theo hồ sơ đã ký, bản {edition['number']}, SHA-256 {edition['digest']}.", size=10)


def _words_grid(document: Document, rows: Sequence[Sequence[str]]) -> None:
    _grid(document, [[lambda p, text=text, head=not at: _said(p, text, size=12, bold=head) for text in row] for at, row in enumerate(rows)])


def _grid(document: Document, rows: Sequence[Sequence[Any]]) -> None:
    """A ruled table, its head repeated on every page; each cell is a function that writes into a paragraph."""
    columns = max(len(row) for row in rows)
    shares = {2: (0.7, 0.3), 4: (0.17, 0.39, 0.22, 0.22)}.get(columns, (1 / columns,) * columns)
    table = document.add_table(len(rows), columns, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in enumerate(shares):
        table.columns[column].width = Mm(_WIDE * share)
    for at, row in enumerate(rows):
        marks = table.rows[at]._tr.get_or_add_trPr()
        marks.append(_element("cantSplit"))
        if not at:
            marks.append(_element("tblHeader"))
        for column, write in enumerate(row):
            _cell(table.cell(at, column), write, _WIDE * shares[column])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cell(cell: _Cell, write: Any, wide: float) -> None:
    cell.width = Mm(wide)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    write(paragraph)


def _packed(document: Document) -> bytes:
    """The file with every part dated alike, so that nothing of the clock is in it."""
    rough, out = BytesIO(), BytesIO()
    document.save(rough)
    with zipfile.ZipFile(rough) as given, zipfile.ZipFile(out, "w") as pack:
        for part in given.infolist():
            info = zipfile.ZipInfo(part.filename, _STILL)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            pack.writestr(info, given.read(part.filename))
    return out.getvalue()
