"""Figure tokens become figures with their code; everything else stays the author's words."""
from __future__ import annotations

import pytest

from soket.documents.core import FigureRun, PaperError, Paragraph, TextRun
from soket.documents.queries import figure_codes, figure_runs, paragraphs

pytestmark = pytest.mark.one_database

SHOWN = {"H1-07": "4.812", "H1-08": "98,5 %"}


def test_a_token_becomes_the_display_and_the_code():
    assert figure_runs("Đã tổ chức {{H1-07}} buổi, đạt {{ H1-08 }}.", SHOWN) == (
        TextRun("Đã tổ chức "), FigureRun("4.812", "H1-07"), TextRun(" buổi, đạt "), FigureRun("98,5 %", "H1-08"), TextRun("."),
    )


def test_text_without_tokens_is_one_run_and_empty_text_none():
    assert figure_runs("Không có số liệu", SHOWN) == (TextRun("Không có số liệu"),)
    assert figure_runs("", SHOWN) == ()


def test_an_unknown_token_names_itself_and_the_known_codes():
    with pytest.raises(PaperError) as caught:
        figure_runs("Có {{H9-99}} mô hình", SHOWN, where="section 2")
    assert caught.value.where == "section 2"
    assert caught.value.vi == "không có số liệu mang mã “H9-99”; các mã dùng được: H1-07, H1-08"
    assert caught.value.en == "no figure has the code “H9-99”; codes that can be used: H1-07, H1-08"


@pytest.mark.parametrize("text", ["Có {{H1-07 buổi", "Có H1-07}} buổi", "{{H1-07}} và {{"])
def test_braces_that_do_not_match_are_refused(text):
    with pytest.raises(PaperError, match="ký hiệu số liệu chưa đóng hoặc thừa ngoặc"):
        figure_runs(text, SHOWN)


def test_a_code_that_could_not_be_read_aloud_is_refused():
    with pytest.raises(PaperError, match="mã số liệu “h1 07” không đúng dạng"):
        figure_runs("{{h1 07}}", {"h1 07": "3"})


def test_each_line_is_a_paragraph_and_blank_lines_go():
    assert paragraphs("Một.\r\n\n  Hai {{H1-07}}. \n", SHOWN) == (
        Paragraph((TextRun("Một."),)),
        Paragraph((TextRun("Hai "), FigureRun("4.812", "H1-07"), TextRun("."))),
    )


def test_the_codes_of_a_text_are_listed_once_in_order():
    assert figure_codes("{{H1-08}} {{H1-07}} {{H1-08}} {{X}}") == ("H1-08", "H1-07", "X")
