"""What cannot be printed is refused at its field, in Vietnamese and English; what can be mended quietly is."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from soket.documents.core import (
    Appendix,
    Column,
    FigureRun,
    FigureText,
    Heading,
    PaperError,
    Paragraph,
    Row,
    Signature,
    Table,
    TextRun,
)
from soket.documents.queries import checked, printable, render_docx, render_pdf

from .sample import interim_report, provincial_report

pytestmark = pytest.mark.one_database

BODY = (Paragraph((TextRun("Nội dung."),)),)


def refused(paper, where: str, vi: str) -> None:
    for render in (render_docx, render_pdf):
        with pytest.raises(PaperError) as caught:
            render(paper)
        assert (caught.value.where, caught.value.vi) == (where, vi)
        assert caught.value.en
        assert str(caught.value).startswith(f"{where}: {vi} / ")


@pytest.mark.parametrize("field", ["issuer", "symbol", "place", "type_name", "summary"])
def test_an_empty_compulsory_field_is_refused(field):
    refused(replace(provincial_report(), **{field: "  "}), f"paper.{field}", "không được để trống")


def test_a_date_before_the_layout_is_refused():
    refused(
        replace(provincial_report(), date=date(2019, 3, 11)), "paper.date",
        "ngày 11/03/2019 nằm ngoài thời gian hiệu lực của thể thức nd30-2020 (từ 05/03/2020)",
    )


@pytest.mark.parametrize("number", ["", "0", "00", "5a", "-1", "1234567"])
def test_a_number_is_digits_above_zero(number):
    refused(replace(provincial_report(), number=number), "paper.number",
            "số văn bản chỉ gồm chữ số và lớn hơn 0, ví dụ 05")


@pytest.mark.parametrize("symbol", ["BC BCA", "BC--BCA", "-BC", "BC/"])
def test_a_symbol_joins_its_groups_without_blanks(symbol):
    refused(replace(provincial_report(), symbol=symbol), "paper.symbol",
            "ký hiệu viết liền, các nhóm cách nhau bằng gạch nối, ví dụ BC-BCA")


def test_every_issuer_signs():
    one = Signature(post="Bộ trưởng")
    refused(replace(interim_report(), signatures=(one,)), "paper.signatures",
            "cần 2 khối chữ ký, mỗi cơ quan ban hành một khối; hiện có 1")
    refused(replace(provincial_report(), signatures=(Signature(post=" "),)), "paper.signatures[0].post",
            "không được để trống")


def test_a_paper_or_an_appendix_without_content_is_refused():
    refused(replace(provincial_report(), blocks=()), "paper.blocks", "không có nội dung")
    refused(replace(provincial_report(), appendices=(Appendix("Biểu", ()),)), "paper.appendices[0].blocks",
            "không có nội dung")
    refused(replace(provincial_report(), appendices=(Appendix("", BODY),)), "paper.appendices[0].title",
            "không được để trống")


@pytest.mark.parametrize(("ch", "why"), [
    ("\u0000", "ký tự điều khiển U+0000 ở vị trí 4 không in được"),
    ("\u0007", "ký tự điều khiển U+0007 ở vị trí 4 không in được"),
    ("\u202e", "ký tự đổi hướng hoặc định dạng U+202E ở vị trí 4 không in được"),
    ("\ud800", "ký tự hỏng U+D800 ở vị trí 4 không in được"),
    ("\u2028", "ký tự ngắt dòng U+2028 ở vị trí 4 không in được"),
    ("漢", "phông chữ của văn bản không có ký tự “漢” (U+6F22)"),
    ("\U0001f600", "phông chữ của văn bản không có ký tự “\U0001f600” (U+1F600)"),
])
def test_a_character_no_paper_can_show_is_refused_where_it_stands(ch, why):
    paper = replace(provincial_report(), blocks=(*BODY, Paragraph((TextRun("một"), TextRun(f"hai{ch}")))))
    refused(paper, "paper.blocks[1].runs[1].text", why)


def test_a_line_break_is_allowed_only_where_lines_are():
    paper = replace(provincial_report(), summary="Kết quả\nnăm 2026", blocks=BODY)
    assert checked(paper).summary == "Kết quả\nnăm 2026"
    refused(replace(paper, blocks=(Paragraph((TextRun("a\nb"),)),)), "paper.blocks[0].runs[0].text",
            "ký tự điều khiển U+000A ở vị trí 2 không in được")


def test_text_is_brought_to_one_form():
    assert printable("U\u0309y ban\tnha\u0302n da\u0302n\r\nxa\u0303 \ufeffA\u200b") == "Ủy ban nhân dân\nxã A"


def test_a_table_needs_columns_rows_and_matching_cells():
    column = Column("Tỉnh", 1)
    for table, where, vi in (
        (Table((), (Row(()),)), "columns", "bảng phải có cột và mỗi cột có độ rộng lớn hơn 0"),
        (Table((Column("Tỉnh", 0),), (Row(("A",)),)), "columns", "bảng phải có cột và mỗi cột có độ rộng lớn hơn 0"),
        (Table((column,), ()), "rows", "bảng không có dòng nào"),
        (Table((column, column), (Row(("A", "1")), Row(("B",)))), "rows[1]", "dòng có 1 ô, cần 2 ô"),
        (Table((column, column), (Row(("A", "1"), kind="group"),)), "rows[0]", "dòng có 2 ô, cần 1 ô"),
    ):
        refused(replace(provincial_report(), blocks=(table,)), f"paper.blocks[0].{where}", vi)


def test_a_table_too_wide_for_its_words_is_refused():
    word = "x" * 60
    table = Table((Column("A", 1), Column("B", 1)), (Row((word, word)),))
    refused(replace(provincial_report(), blocks=(table,)), "blocks[0].columns",
            "bảng quá rộng: các cột không đủ chỗ cho từ dài nhất của chúng")


def test_a_word_longer_than_a_line_is_refused():
    refused(replace(provincial_report(), blocks=(Paragraph((TextRun("x" * 200),)),)), "blocks[0]",
            "từ bắt đầu bằng “xxxxxxxxxxxxxxxxxxxx” dài hơn một dòng")


def test_figures_show_something_and_carry_a_well_formed_code():
    refused(replace(provincial_report(), blocks=(Paragraph((FigureRun("", "H1-01"),)),)),
            "paper.blocks[0].runs[0].display", "không được để trống")
    refused(replace(provincial_report(), blocks=(Paragraph((FigureRun("5", "h1"),)),)),
            "paper.blocks[0].runs[0].code", "mã số liệu “h1” không đúng dạng, ví dụ H1-07")
    refused(replace(provincial_report(), blocks=(FigureText("{{A1}}", {}),)), "blocks[0]",
            "không có số liệu mang mã “A1”; các mã dùng được: –")


def test_a_verification_block_is_whole_and_its_address_is_a_web_address():
    seal = interim_report().verification
    refused(replace(interim_report(), verification=replace(seal, digest="")), "paper.verification.digest",
            "không được để trống")
    refused(replace(interim_report(), verification=replace(seal, url="javascript:1")), "paper.verification.url",
            "địa chỉ kiểm chứng phải bắt đầu bằng https:// hoặc http://")
    refused(replace(interim_report(), verification=replace(seal, qr="x" * 4000)), "verification.qr",
            "nội dung mã QR quá dài, không in được")


def test_only_vietnamese_is_an_official_language():
    refused(replace(provincial_report(), language="en"), "paper.language",
            "văn bản chính thức chỉ lập bằng tiếng Việt")


def test_an_empty_heading_is_refused():
    refused(replace(provincial_report(), blocks=(Heading(1, ""),)), "paper.blocks[0].text", "không được để trống")
