"""The paper is made from the frozen entries alone and carries every figure's code."""
from __future__ import annotations

import io

import docx
import pypdfium2
import pytest

from soket.documents.core import Table
from soket.documents.queries import render_docx, render_pdf
from soket.reviews.models import Edition
from soket.reviews.paper import review_paper
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
CODES = ["SK-THU-01", "SK-THU-02", "SK-THU-03", "SK-THU-04"]


def _pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_pdf_carries_every_code_both_issuers_and_the_seal(edition: Edition) -> None:
    text = _pdf_text(render_pdf(review_paper(edition)))
    plain = " ".join(text.split())
    for code in CODES:
        assert code in plain, code
    for words in ("BÁO CÁO", "CÔNG AN TRUNG ƯƠNG", "ỦY BAN MTTQ TRUNG ƯƠNG", "SỐ LIỆU MINH HỌA", edition.digest[:8]):
        assert words in plain, words


def test_the_word_file_carries_every_code(edition: Edition) -> None:
    document = docx.Document(io.BytesIO(render_docx(review_paper(edition))))
    text = "\n".join([p.text for p in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells])
    for code in CODES:
        assert code in text, code
    assert "hơn 410.000" in text.replace("\u00a0", " ")


def test_the_paper_says_what_the_edition_says(edition: Edition) -> None:
    paper = review_paper(edition)
    assert (paper.issuer, paper.co_issuers) == ("Công an trung ương", ("Ủy ban MTTQ trung ương",))
    assert [signature.note for signature in paper.signatures] == [
        "(đã ký trên hệ thống\nlúc 15:58:41 ngày 09/07/2026, GMT+7)", "(đã ký trên hệ thống\nlúc 16:20:07 ngày 09/07/2026, GMT+7)",
    ]
    register = paper.appendices[0].blocks[0]
    assert isinstance(register, Table)
    assert [(row.cells[0], row.cells[2]) for row in register.rows] == list(
        zip(CODES, ["66", "75,0", "75,0", "hơn 410.000"], strict=True)
    )
    assert paper.verification.url.endswith(f"/kiem-chung/{edition.digest}/")
    assert paper.verification.qr == paper.verification.url
    assert [appendix.title.split("\n")[1] for appendix in paper.appendices[1:]] == ["SK-THU-01; SK-THU-02; SK-THU-03"]


def test_the_paper_is_downloaded_in_both_forms(edition: Edition, client: LintingClient) -> None:
    pdf = client.get("/so-ket/so-ket-thu/ban-1/bao-cao.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="SK-THU-ban-1.pdf"'
    assert client.get("/so-ket/so-ket-thu/ban-1/bao-cao.docx").content.startswith(b"PK")
    assert client.get("/so-ket/so-ket-thu/ban-1/ho-so.soket").content.startswith(b'{"format":"soket-dossier/1"}\n')
