"""Reading papers back: words of a PDF with their type, runs of a Word file wherever they stand."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pypdfium2
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

MM = 72 / 25.4


def squeezed(text: str) -> str:
    """Text with every blank, line end and no-break blank taken out: what survives any line breaking."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def pdf_text(pdf: bytes) -> str:
    """All text of a PDF as another reader (PDFium) sees it, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[i].get_textpage().get_text_bounded() for i in range(len(document)))
    finally:
        document.close()


def find(page, text: str) -> dict[str, object]:
    """The first run of words on a page that reads `text`: its box, size and font."""
    words = page.extract_words(extra_attrs=["size", "fontname"])
    wanted = text.split()
    for at in range(len(words) - len(wanted) + 1):
        part = words[at : at + len(wanted)]
        if [word["text"] for word in part] == wanted:
            return {
                "x0": min(w["x0"] for w in part), "x1": max(w["x1"] for w in part),
                "top": min(w["top"] for w in part), "bottom": max(w["bottom"] for w in part),
                "size": part[0]["size"], "font": part[0]["fontname"].split("+")[1],
            }
    raise AssertionError(f"{text!r} is not on the page")


def every_paragraph(document: Document) -> Iterator[Paragraph]:
    """Paragraphs of the body in order, those inside tables included."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)


def paragraph_of(document: Document, start: str) -> Paragraph:
    """The first paragraph whose text starts so."""
    for paragraph in every_paragraph(document):
        if paragraph.text.startswith(start):
            return paragraph
    raise AssertionError(f"no paragraph starts with {start!r}")
