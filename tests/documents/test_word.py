"""Word papers read back from their XML: page, styles, sizes, sections, tables, words, sameness of bytes."""
from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from soket.documents.core import Appendix, FigureRun, Heading, Paragraph, Row, Table, TextRun
from soket.documents.core import Column as PaperColumn
from soket.documents.plan import plan, texts
from soket.documents.word import render_docx

from .reading import every_paragraph, paragraph_of, squeezed
from .sample import interim_report, provincial_report
from .test_pdf import HOSTILE

pytestmark = pytest.mark.one_database


def mm(length) -> float:
    return round(length / Mm(1), 1)


def test_every_section_is_a4_with_the_margins_of_the_decree(joint_word):
    assert len(joint_word.sections) == 3
    for section in joint_word.sections:
        assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
        assert [mm(m) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)] == [
            20, 20, 30, 15]
        assert mm(section.header_distance) == 10


def test_pages_count_from_one_in_every_section_and_the_first_shows_no_number(joint_word):
    for section in joint_word.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.different_first_page_header_footer
    first = joint_word.sections[0]
    assert first.first_page_header.paragraphs[0].text == ""
    number = first.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert number.runs[0].font.size == Pt(13)
    assert [e.text for e in number._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert all(section.header.is_linked_to_previous for section in joint_word.sections[1:])


@pytest.mark.parametrize(("start", "size", "bold", "italic"), [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
    ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
    ("BỘ CÔNG AN -", 12, True, False),
    ("Số: 05/BC-BCA-MTTW", 13, False, False),
    ("Hà Nội, ngày 09 tháng 7 năm 2026", 13, False, True),
    ("BÁO CÁO", 14, True, False),
    ("Sơ kết thực hiện", 14, True, False),
    ("Chương trình phối hợp số 09", 14, False, True),
    ("Thực hiện kế hoạch", 14, False, False),
    ("I. TÌNH HÌNH", 14, True, False),
    ("1. Ban hành văn bản", 14, True, False),
    ("a) Số liệu", 14, False, False),
    ("TM. BAN THƯỜNG TRỰC", 14, True, False),
    ("(đã ký trên hệ thống", 10, False, True),
    ("Nơi nhận:", 12, True, True),
    ("- Lưu: VT, V05.", 11, False, False),
    ("Phụ lục I", 14, True, False),
    ("KẾT QUẢ TUYÊN TRUYỀN", 14, True, False),
    ("(Kèm theo Báo cáo", 14, False, True),
    ("Lượt người", 12, True, False),
    ("An Giang", 12, None, None),
])
def test_slots_have_their_size_and_style(joint_word, start, size, bold, italic):
    font = paragraph_of(joint_word, start).runs[0].font
    assert (font.size, font.bold, font.italic) == (Pt(size), bold, italic)


@pytest.mark.parametrize(("start", "size", "bold"), [
    ("BỘ CÔNG AN", 12, False), ("CÔNG AN TỈNH HƯNG YÊN", 12, True), ("Kính gửi:", 14, False), ("PL.(12)", 11, False),
])
def test_slots_of_a_report_to_superiors(single_word, start, size, bold):
    font = paragraph_of(single_word, start).runs[0].font
    assert (font.size, font.bold) == (Pt(size), bold)


def test_every_run_names_times_new_roman_for_every_script(joint_word):
    fonts = {
        tuple(run._element.rPr.rFonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia"))
        for paragraph in every_paragraph(joint_word) for run in paragraph.runs if run.text
    }
    assert fonts == {("Times New Roman",) * 4}


def test_body_is_justified_with_the_first_line_in(joint_word):
    form = paragraph_of(joint_word, "Thực hiện kế hoạch").paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert form.first_line_indent / Mm(1) == pytest.approx(12.7, abs=0.05)
    assert (form.space_after, form.line_spacing) == (Pt(6), 1.15)


def test_the_head_is_a_table_of_45_and_55_per_cent(joint_word):
    head = joint_word.tables[0]
    widths = [int(column.get(qn("w:w"))) for column in head._tbl.tblGrid.gridCol_lst]
    assert widths == [4209, 5145]
    assert [len(row.cells) for row in head.rows] == [2, 2]
    assert head.cell(1, 0).text == "Số: 05/BC-BCA-MTTW"
    assert head.cell(1, 1).text == "Hà Nội, ngày 09 tháng 7 năm 2026"


def rule_lengths(document) -> list[float]:
    """Millimetres of the hairlines set as borders of empty paragraphs, in the order of the text."""
    widths = [74.25, 90.75, 165, 165, 165]
    found = []
    for paragraph in every_paragraph(document):
        if paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:pBdr")) is not None:
            ind = paragraph._p.pPr.ind
            found.append(round(widths[len(found)] - sum(int(ind.get(qn(f"w:{s}"))) for s in ("left", "right")) / 56.6929, 1))
    return found


def test_rules_have_the_lengths_of_the_plan(joint_word):
    planned = plan(interim_report())
    assert rule_lengths(joint_word) == pytest.approx(
        [planned.issuer.rule, planned.motto.rule, planned.summary.rule, *(a.reference.rule for a in planned.appendices)], abs=0.1)


def test_tables_repeat_their_heads_never_cut_a_row_and_keep_the_total_in_company(joint_word):
    table = next(t for t in joint_word.tables if t.cell(0, 0).text == "TT")
    assert len(table.rows) == 2 + 63 + 1
    for index, row in enumerate(table.rows):
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert (row._tr.trPr.find(qn("w:tblHeader")) is not None) == (index < 2)
    kept = [all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs) for row in table.rows]
    assert kept == [True, True, *[False] * 61, True, True, False]
    assert sum(int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.gridCol_lst) == pytest.approx(9354, abs=3)


def test_titles_are_real_headings_kept_with_their_text(joint_word):
    outline = [(p.style.name, p.text) for p in joint_word.paragraphs if p.style.name.startswith(("Heading", "Title", "Subtitle"))]
    assert outline[:5] == [
        ("Title", "BÁO CÁO"),
        ("Subtitle", "Sơ kết thực hiện các chương trình số 09/CTr-BCA-MTTW,\nsố 22-CTr/ĐUCA-V28 và số 38-CTr/BDVTW-BCA"),
        ("Heading 1", "I. TÌNH HÌNH CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN"),
        ("Heading 2", "1. Ban hành văn bản"),
        ("Heading 2", "2. Ký kết chương trình phối hợp"),
    ]
    assert [text for style, text in outline if style == "Heading 1"][-2:] == ["Phụ lục I", "Phụ lục II"]
    assert all(p.paragraph_format.keep_with_next for p in joint_word.paragraphs if p.text == "1. Ban hành văn bản")


def test_figure_codes_are_raised_and_cannot_be_cut(joint_word):
    raised = [run for p in every_paragraph(joint_word) for run in p.runs if run.font.superscript]
    assert [run.text for run in raised][:3] == ["\u00a0[H1-01]", "\u00a0[H1-02]", "\u00a0[H1-03]"]
    assert all(run._element.find(qn("w:noBreakHyphen")) is not None for run in raised)


def test_every_word_of_the_paper_is_in_the_file(joint_word, single_word):
    for word, paper in ((joint_word, interim_report()), (single_word, provincial_report())):
        found = squeezed("".join(p.text for p in every_paragraph(word)))
        for text in texts(plan(paper)):
            assert squeezed(text) in found, text


def test_word_and_pdf_say_the_label_at_every_foot(joint_word, single_word):
    first = joint_word.sections[0]
    for foot in (first.footer, first.first_page_footer):
        assert foot.paragraphs[0].text == "SỐ LIỆU MINH HỌA"
        assert foot.paragraphs[0].runs[0].font.size == Pt(9)
    assert single_word.sections[0].footer.paragraphs[0].text == ""


def test_language_and_properties_come_from_the_paper(joint_word):
    core = joint_word.core_properties
    assert (core.author, core.language, core.subject, core.comments) == (
        "Bộ Công an, Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "vi-VN", "Số: 05/BC-BCA-MTTW", "")
    assert (core.created.isoformat(), core.modified.isoformat()) == ("2026-07-09T00:00:00+00:00",) * 2
    lang = joint_word.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert lang.get(qn("w:val")) == "vi-VN"


@pytest.mark.parametrize("paper", [interim_report, provincial_report])
def test_the_same_paper_gives_the_same_bytes(paper):
    assert render_docx(paper()) == render_docx(paper())


def test_no_clock_and_no_picture_of_the_maker_is_inside(joint_docx):
    with zipfile.ZipFile(BytesIO(joint_docx)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]
        assert package.namelist()[0] == "[Content_Types].xml"


def test_the_qr_code_has_words_for_those_who_do_not_see_it(joint_word):
    (picture,) = joint_word.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Mã QR của địa chỉ kiểm chứng"


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_of_any_kind_comes_out_as_plain_text(text):
    paper = replace(
        interim_report(), summary=text, place=text,
        blocks=(Heading(1, "Mục"), Paragraph((TextRun(text), FigureRun(text, "H1-01"), TextRun(text, bold=True)))),
        appendices=(Appendix(text, (Paragraph((TextRun(text),)),)),),
    )
    word = docx.Document(BytesIO(render_docx(paper)))
    found = squeezed("".join(p.text for p in every_paragraph(word)))
    assert found.count(squeezed(text)) >= 4


def test_group_rows_span_the_table():
    table = Table((PaperColumn("Đơn vị", 2), PaperColumn("Số", 1, "right")),
                  (Row(("Công an",), kind="group"), Row(("Cấp tỉnh", "63")), Row(("Cộng", "63"), kind="total")))
    word = docx.Document(BytesIO(render_docx(replace(provincial_report(), blocks=(table,)))))
    made = next(t for t in word.tables if t.cell(0, 0).text == "Đơn vị")
    assert made.rows[1]._tr.tc_lst[0].grid_span == 2
    assert made.cell(1, 0).paragraphs[0].runs[0].font.bold
    assert [cell.text for cell in made.rows[2].cells] == ["Cấp tỉnh", "63"]
    assert made.cell(3, 1).paragraphs[0].runs[0].font.bold
