"""PDF papers read back: measures in millimetres and points, words, order of pages, sameness of bytes."""
from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from soket.documents.core import Appendix, FigureRun, Heading, Paragraph, TextRun
from soket.documents.pdf import render_pdf
from soket.documents.plan import plan, texts
from soket.documents.preview import pages_as_png

from .reading import MM, find, pdf_text, squeezed
from .sample import interim_report, provincial_report

pytestmark = pytest.mark.one_database

LEFT, RIGHT, TOP, BOTTOM = 30 * MM, (210 - 15) * MM, 20 * MM, (297 - 20) * MM


def test_pages_are_a4_portrait(joint_pages):
    for page in joint_pages:
        assert (page.width / MM, page.height / MM) == (pytest.approx(210, abs=0.01), pytest.approx(297, abs=0.01))


def test_nothing_crosses_the_margins(joint_pages):
    for page in joint_pages:
        for char in (char for char in page.chars if not char["text"].isspace()):
            assert char["x0"] >= LEFT - 0.6
            assert char["x1"] <= RIGHT + 0.6
        for line in page.lines:
            assert line["x0"] >= LEFT - 0.5
            assert line["x1"] <= RIGHT + 0.5
        body = [c for c in page.chars if TOP - 2 < c["top"] < BOTTOM]
        assert max(c["bottom"] for c in body) <= BOTTOM + 0.5


@pytest.mark.parametrize(("text", "size", "font"), [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Tinos-Bold"),
    ("Độc lập - Tự do - Hạnh phúc", 13, "Tinos-Bold"),
    ("MẶT TRẬN TỔ QUỐC VIỆT NAM", 12, "Tinos-Bold"),
    ("Số: 05/BC-BCA-MTTW", 13, "Tinos"),
    ("Hà Nội, ngày 09 tháng 7 năm 2026", 13, "Tinos-Italic"),
    ("BÁO CÁO", 14, "Tinos-Bold"),
    ("Sơ kết thực hiện các chương trình", 14, "Tinos-Bold"),
    ("Chương trình phối hợp số", 14, "Tinos-Italic"),
    ("Thực hiện kế hoạch", 14, "Tinos"),
    ("I. TÌNH HÌNH CHỈ ĐẠO", 14, "Tinos-Bold"),
    ("1. Ban hành văn bản", 14, "Tinos-Bold"),
    ("[H1-01]", 14 * 0.62, "Tinos"),
    ("SỐ LIỆU MINH HỌA", 9, "Tinos"),
])
def test_slots_of_the_first_page_have_their_size_and_style(joint_pages, text, size, font):
    found = find(joint_pages[0], text)
    assert (found["size"], found["font"]) == (pytest.approx(size, abs=0.01), font)


@pytest.mark.parametrize(("text", "size", "font"), [
    ("BỘ CÔNG AN", 12, "Tinos"), ("CÔNG AN TỈNH HƯNG YÊN", 12, "Tinos-Bold"), ("Kính gửi:", 14, "Tinos"),
    ("KT. GIÁM ĐỐC", 14, "Tinos-Bold"), ("Nơi nhận:", 12, "Tinos-BoldItalic"), ("- Như trên;", 11, "Tinos"),
    ("PL.(12)", 11, "Tinos"),
])
def test_slots_of_a_report_to_superiors(single_pages, text, size, font):
    found = find(single_pages[0], text)
    assert (found["size"], found["font"]) == (pytest.approx(size, abs=0.01), font)


def test_names_stand_left_of_the_nation_and_number_level_with_the_day(joint_pages):
    page = joint_pages[0]
    issuer, nation = find(page, "BỘ CÔNG AN"), find(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    number, day = find(page, "Số: 05/BC-BCA-MTTW"), find(page, "Hà Nội, ngày 09 tháng 7 năm 2026")
    assert issuer["top"] == pytest.approx(nation["top"], abs=0.5)
    assert issuer["x1"] < nation["x0"]
    assert number["top"] == pytest.approx(day["top"], abs=0.5)
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((30 + 74.25 / 2) * MM, abs=1)
    assert (day["x0"] + day["x1"]) / 2 == pytest.approx((30 + 74.25 + 90.75 / 2) * MM, abs=1)
    assert nation["x1"] <= RIGHT


def test_rules_stand_under_their_lines_with_the_right_length(joint_pages):
    page = joint_pages[0]
    issuer, motto, summary = sorted(page.lines, key=lambda line: (line["top"] > 150, line["x0"]))
    words = find(page, "Độc lập - Tự do - Hạnh phúc")
    assert motto["x1"] - motto["x0"] == pytest.approx(words["x1"] - words["x0"], abs=1)
    assert motto["top"] > words["bottom"] - 3
    name = find(page, "MẶT TRẬN TỔ QUỐC VIỆT NAM")
    assert 1 / 3 <= (issuer["x1"] - issuer["x0"]) / (name["x1"] - name["x0"]) <= 1 / 2
    title = find(page, "Sơ kết thực hiện các chương trình số 09/CTr-BCA-MTTW,")
    assert 1 / 3 <= (summary["x1"] - summary["x0"]) / (title["x1"] - title["x0"]) <= 1 / 2
    assert (summary["x0"] + summary["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def page_number(page):
    """The words in the top margin, if any."""
    return [w for w in page.extract_words(extra_attrs=["size"]) if w["bottom"] < TOP]


def test_numbers_stand_in_the_top_margin_hidden_on_first_pages_and_restart_with_each_appendix(joint_pages):
    shown = [[w["text"] for w in page_number(page)] for page in joint_pages]
    assert shown == [[], ["2"], ["3"], [], ["2"], [], ["2"]]
    for page in joint_pages:
        for word in page_number(page):
            assert word["size"] == pytest.approx(13)
            assert (word["x0"] + word["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_body_lines_start_in_by_the_first_line_indent_and_reach_the_right_margin(joint_pages):
    start = find(joint_pages[0], "Thực hiện kế hoạch")
    assert (start["x0"] - LEFT) / MM == pytest.approx(12.7, abs=0.2)
    assert find(joint_pages[0], "hết ngày 31/12/2018,")["x1"] == pytest.approx(RIGHT, abs=0.6)


def test_recipients_stand_level_with_the_power_to_sign(single_pages):
    page = single_pages[0]
    recipients, power = find(page, "Nơi nhận:"), find(page, "KT. GIÁM ĐỐC")
    assert recipients["x0"] == pytest.approx(LEFT, abs=0.5)
    assert recipients["top"] == pytest.approx(power["top"], abs=4)
    assert (power["x0"] + power["x1"]) / 2 == pytest.approx((30 + 74.25 + 90.75 / 2) * MM, abs=1)


def test_two_signatures_stand_side_by_side_the_lead_at_the_right(joint_pages):
    page = joint_pages[2]
    partner, lead = find(page, "TM. BAN THƯỜNG TRỰC"), find(page, "BỘ TRƯỞNG")
    assert partner["top"] == pytest.approx(lead["top"], abs=0.5)
    assert partner["x1"] < lead["x0"]
    assert find(page, "lúc 15:58:41 ngày 09/7/2026, GMT+7)")["size"] == pytest.approx(10)


def test_dashes_of_the_addressees_stand_under_the_colon(single_pages):
    page = single_pages[0]
    colon = next(c for c in page.chars if c["text"] == ":" and c["top"] > find(page, "Kính gửi:")["top"] - 2)
    dash = next(c for c in page.chars if c["text"] == "-" and c["top"] > colon["bottom"])
    assert dash["x0"] == pytest.approx(colon["x0"], abs=1.5)


def test_heads_repeat_on_every_page_of_a_table_and_the_total_is_not_alone(joint_pages):
    assert [find(page, "Tỉnh, thành phố")["top"] > 0 for page in joint_pages[3:]] == [True] * 4
    last = joint_pages[4].extract_text()
    assert "63 Yên Bái 44 26 3.194 20\nCộng 2.467 1.625 147.561 934" in last
    closing = joint_pages[6].extract_text()
    assert "34 Vĩnh Long 46 19 2.321 18\nCộng 1.327 877 73.357 498" in closing
    assert "32 Thành phố Hồ Chí Minh" in closing or "33 Tuyên Quang" in closing


def test_no_title_is_left_at_the_foot_of_a_page():
    for filler in range(24, 40):
        line = Paragraph((TextRun("Dòng."),))
        blocks = (*(line for _ in range(filler)), Heading(1, "Tiêu đề cuối"), Paragraph((TextRun("Đoạn sau tiêu đề."),)))
        with pdfplumber.open(BytesIO(render_pdf(replace(provincial_report(), blocks=blocks)))) as document:
            (holder,) = [page.extract_text() for page in document.pages if "TIÊU ĐỀ CUỐI" in page.extract_text()]
        assert "Đoạn sau tiêu đề" in holder


def test_the_signature_never_stands_on_a_page_without_text():
    for filler in range(20, 36):
        blocks = tuple(Paragraph((TextRun("Dòng."),)) for _ in range(filler))
        with pdfplumber.open(BytesIO(render_pdf(replace(provincial_report(), blocks=blocks)))) as document:
            (holder,) = [page.extract_text() for page in document.pages if "KT. GIÁM ĐỐC" in page.extract_text()]
        assert "Dòng./." in holder


def test_every_word_of_the_paper_is_in_the_file(joint_pdf):
    found = squeezed(pdf_text(joint_pdf))
    for text in texts(plan(interim_report())):
        assert squeezed(text) in found, text


def test_every_figure_carries_its_code(joint_pdf):
    found = squeezed(pdf_text(joint_pdf))
    for shown, code in (("2.467", "H1-05"), ("147.561", "H1-06"), ("98,7%", "H1-03"), ("685/694", "H1-04"), ("98,8%", "H1-14")):
        assert f"{shown}[{code}]" in found


@pytest.mark.parametrize("paper", [interim_report, provincial_report])
def test_the_same_paper_gives_the_same_bytes(paper):
    assert render_pdf(paper()) == render_pdf(paper())


def test_another_word_gives_other_bytes(joint_pdf):
    assert render_pdf(replace(interim_report(), place="Huế")) != joint_pdf


def test_the_file_says_its_title_language_day_and_standards(joint_pdf, joint_pages):
    assert b"<pdfaid:part>2</pdfaid:part>" in joint_pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in joint_pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in joint_pdf
    assert b"/Lang(vi-VN)" in joint_pdf
    info = joint_pages[0].pdf.metadata
    assert info["Title"].startswith("Báo cáo: Sơ kết thực hiện các chương trình")
    assert info["CreationDate"].startswith("D:20260709")


def test_every_face_is_embedded_and_none_but_tinos(joint_pages):
    fonts = {char["fontname"].split("+")[1] for page in joint_pages for char in page.chars}
    assert fonts == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert all("+" in char["fontname"] for page in joint_pages for char in page.chars)


def test_made_up_figures_say_so_on_every_page_and_true_ones_do_not(joint_pages, single_pages):
    assert all("SỐ LIỆU MINH HỌA" in page.extract_text() for page in joint_pages)
    assert all("SỐ LIỆU MINH HỌA" not in page.extract_text() for page in single_pages)


HOSTILE = ("#eval(\"1\")", "*bold* _it_ = x", "\\u0000 \\n", "<w:t>&amp;</w:t>", "$x^2$ @ref <label>", "{ } //c",
           "%PDF \" ' `raw`", "--- ... ~ \\#")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_of_any_kind_comes_out_as_plain_text(text):
    paper = replace(
        interim_report(), summary=text, place=text,
        blocks=(Heading(1, "Mục"), Paragraph((TextRun(text), FigureRun(text, "H1-01"), TextRun(text, bold=True)))),
        appendices=(Appendix(text, (Paragraph((TextRun(text),)),)),),
    )
    found = squeezed(pdf_text(render_pdf(paper)))
    assert found.count(squeezed(text)) >= 4


def test_pages_can_be_looked_at_as_pictures(joint_pdf, tmp_path):
    files = pages_as_png(joint_pdf, tmp_path / "pages", dpi=40)
    assert [file.name for file in files] == [f"page-{n:02d}.png" for n in range(1, 8)]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)
