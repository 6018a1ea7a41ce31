"""The words both renderers set: numbering, punctuation, blanks, rules, widths."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from soket.documents.core import Appendix, Column, FigureRun, Heading, Paragraph, Row, Signature, Table, TextRun
from soket.documents.flow import Grid, Para, Span, Title, flow, point, roman
from soket.documents.metrics import balanced, face, fitted, widest
from soket.documents.plan import plan, texts

from .sample import interim_report, provincial_report

pytestmark = pytest.mark.one_database

LAYOUT = interim_report().layout


@pytest.mark.parametrize(("day", "text"), [
    (date(2026, 1, 5), "Hà Nội, ngày 05 tháng 01 năm 2026"),
    (date(2026, 2, 28), "Hà Nội, ngày 28 tháng 02 năm 2026"),
    (date(2026, 3, 9), "Hà Nội, ngày 09 tháng 3 năm 2026"),
    (date(2026, 12, 31), "Hà Nội, ngày 31 tháng 12 năm 2026"),
])
def test_days_under_ten_and_the_first_two_months_carry_a_zero(day, text):
    assert plan(replace(interim_report(), date=day)).place_date == (text,)


@pytest.mark.parametrize(("number", "text"), [("5", "Số: 05/BC-BCA-MTTW"), ("05", "Số: 05/BC-BCA-MTTW"),
                                              ("127", "Số: 127/BC-BCA-MTTW")])
def test_numbers_under_ten_carry_a_zero(number, text):
    assert plan(replace(interim_report(), number=number)).number == text


def test_what_the_registry_fills_in_is_left_blank():
    planned = plan(provincial_report())
    assert planned.number == "Số: " + "\u00a0" * 9 + "/BC-CAT-PV05"
    assert planned.place_date == ("Hưng Yên, ngày" + "\u00a0" * 6 + "tháng" + "\u00a0" * 6 + "năm" + "\u00a0" * 8,)


def test_a_joint_paper_stacks_its_issuers_and_the_lead_signs_at_the_right():
    planned = plan(interim_report())
    assert planned.issuer.lines == ("BỘ CÔNG AN -", "BAN THƯỜNG TRỰC", "ỦY BAN TRUNG ƯƠNG", "MẶT TRẬN TỔ QUỐC VIỆT NAM")
    assert [signer.title for signer in planned.signers] == [("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), ("BỘ TRƯỞNG",)]


def test_rules_have_the_length_the_decree_asks_for():
    planned = plan(interim_report())
    motto = widest(("Độc lập - Tự do - Hạnh phúc",), size=13, bold=True)
    assert planned.motto.rule == pytest.approx(motto)
    for ruled, size in ((planned.issuer, 12), (planned.summary, 14)):
        longest = widest(ruled.lines, size=size, bold=True)
        assert longest / 3 <= ruled.rule <= longest / 2


def test_recipients_and_bases_are_punctuated_and_the_archive_comes_last():
    assert plan(interim_report()).recipients == (
        "- Ban Bí thư Trung ương Đảng (để báo cáo);",
        "- Thủ tướng Chính phủ (để báo cáo);",
        "- Công an, Ủy ban Mặt trận Tổ quốc các tỉnh, thành phố trực thuộc trung ương;",
        "- Lưu: VT, V05.",
    )
    bases = replace(interim_report(), bases=("Luật A;", "Nghị định B ;", "Kế hoạch C.")).bases
    assert plan(replace(interim_report(), bases=bases)).bases == ("Luật A;", "Nghị định B;", "Kế hoạch C.")


def test_a_report_to_superiors_names_them_and_says_as_above():
    planned = plan(provincial_report())
    assert planned.addressees.lead == "Kính gửi:"
    assert planned.addressees.names == (
        "- Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc;",
        "- Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên.",
    )
    assert planned.addressees.colon - planned.addressees.left == pytest.approx(face().width("Kính gửi", 14), abs=0.02)
    assert planned.recipients[0] == "- Như trên;"


def test_one_addressee_stays_on_the_line_without_a_full_stop():
    planned = plan(replace(provincial_report(), addressees=("Bộ Công an.",)))
    assert (planned.addressees.lead, planned.addressees.names) == ("Kính gửi:", ("Bộ Công an",))


def test_appendices_are_numbered_only_when_there_are_two():
    one = Appendix("Biểu số liệu", (Paragraph((TextRun("Không có."),)),))
    assert [a.label for a in plan(replace(interim_report(), appendices=(one,))).appendices] == ["Phụ lục"]
    labels = [a.label for a in plan(replace(interim_report(), appendices=(one,) * 4)).appendices]
    assert labels == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]


def test_an_appendix_refers_to_its_paper_or_leaves_the_place_blank():
    first = plan(interim_report()).appendices[0]
    assert " ".join(first.reference.lines) == (
        "(Kèm theo Báo cáo số 05/BC-BCA-MTTW ngày 09 tháng 7 năm 2026 của Bộ Công an, "
        "Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam)"
    )
    blank = plan(replace(interim_report(), number=None, date=None)).appendices[0]
    assert blank.reference.lines[0].startswith("(Kèm theo Báo cáo số " + "\u00a0" * 9 + "/BC-BCA-MTTW ngày\u00a0")


def test_headings_count_by_themselves_and_restart_under_each_higher_title():
    made = flow(tuple(Heading(level, "tên") for level in (1, 2, 3, 3, 2, 1, 2, 3)), LAYOUT)
    assert [item.lines[0] for item in made if isinstance(item, Title)] == [
        "I. TÊN", "1. tên", "a) tên", "b) tên", "2. tên", "II. TÊN", "1. tên", "a) tên",
    ]


def test_a_part_stands_on_two_lines_and_a_given_number_is_kept():
    made = flow((Heading(0, "Kết quả"), Heading(1, "Chung", number="A."), Heading(1, "Riêng", number="")), LAYOUT)
    assert [item.lines for item in made if isinstance(item, Title)] == [("Phần I", "KẾT QUẢ"), ("A. CHUNG",), ("RIÊNG",)]


def test_the_outline_never_skips_a_depth():
    made = flow(tuple(Heading(level, "tên") for level in (3, 1, 3, 0, 2, 1)), LAYOUT)
    assert [item.depth for item in made if isinstance(item, Title)] == [2, 2, 3, 2, 3, 3]


def test_points_follow_the_vietnamese_alphabet_and_sections_are_roman():
    assert [point(n) for n in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert (point(23), point(24)) == ("y", "aa")
    assert [roman(n) for n in (1, 4, 9, 14, 19, 34)] == ["I", "IV", "IX", "XIV", "XIX", "XXXIV"]


@pytest.mark.parametrize(("text", "ended"), [("Hết kỳ.", "Hết kỳ./."), ("Hết kỳ", "Hết kỳ./."), ("Hết kỳ./.", "Hết kỳ./."),
                                             ("Hết kỳ;", "Hết kỳ./.")])
def test_the_content_closes_with_the_end_mark_once(text, ended):
    (last,) = flow((Paragraph((TextRun(text),)),), LAYOUT)
    assert isinstance(last, Para)
    assert (last.texts(), last.last) == ((ended,), True)


def test_after_a_figure_or_a_table_the_end_mark_is_still_set():
    (para,) = flow((Paragraph((TextRun("Có "), FigureRun("98,5 %", "H1-08"))),), LAYOUT)
    assert para.spans == (Span("Có "), Span("98,5\u00a0%"), Span("\u00a0[H1-08]", code=True), Span("./."))
    table, mark = flow((Table((Column("A", 1),), (Row(("1",)),)),), LAYOUT)
    assert isinstance(table, Grid)
    assert mark == Para((Span("./."),), "end", last=True)


def test_the_end_mark_stands_once_and_not_in_appendices():
    written = texts(plan(interim_report()))
    assert sum(text.endswith("./.") for text in written) == 1
    assert not any(item.texts()[-1:] == ("./.",) for appendix in plan(interim_report()).appendices for item in appendix.items)


def test_columns_keep_their_shares_until_a_word_needs_more():
    assert fitted((50, 50), (10, 10)) == (50, 50)
    assert fitted((80, 10, 10), (10, 30, 5)) == (pytest.approx(62.22), 30, pytest.approx(7.78))
    with pytest.raises(ValueError, match="need more than there is"):
        fitted((50, 50), (80, 30))


def test_tables_fill_the_text_width_exactly():
    for item in (one for appendix in plan(interim_report()).appendices for one in appendix.items if isinstance(one, Grid)):
        assert sum(item.widths) == pytest.approx(165, abs=0.05)


def test_grouped_columns_make_a_head_of_two_rows():
    (grid, *_) = (item for item in plan(interim_report()).appendices[0].items if isinstance(item, Grid))
    assert grid.head_rows == 2
    assert [(h.lines, h.column, h.row, h.across, h.down) for h in grid.heads[:3]] == [
        (("TT",), 0, 0, 1, 2), (("Tỉnh, thành phố",), 1, 0, 1, 2), (("Buổi tuyên truyền",), 2, 0, 2, 1),
    ]


def test_titles_break_into_even_lines_and_keep_the_authors_breaks():
    lines = balanced("một hai ba bốn năm sáu bảy tám", size=14, width=40)
    assert lines == ("một hai ba bốn", "năm sáu bảy tám")
    assert balanced("một\nhai", size=14, width=100) == ("một", "hai")


def test_widths_are_those_of_times_new_roman():
    # Advance widths published for Times New Roman, units of 2048: space 512, A 1479, a 909, digits 1024.
    regular = face()
    for ch, units in ((" ", 512), ("A", 1479), ("a", 909), ("0", 1024), ("ậ", 909)):
        assert regular.width(ch, 72) == pytest.approx(units / 2048 * 25.4)


def test_all_four_faces_show_the_same_characters():
    assert len({frozenset(face(bold=b, italic=i).glyphs) for b in (False, True) for i in (False, True)}) == 1


def test_a_long_place_name_takes_room_from_the_left_column():
    assert (plan(interim_report()).left, plan(interim_report()).right) == (74.25, 90.75)
    long = plan(replace(interim_report(), place="Bà Rịa - Vũng Tàu và Thành phố Hồ Chí Minh", date=date(2026, 12, 29)))
    assert long.right == pytest.approx(102.3)
    assert long.left + long.right == pytest.approx(165)


def test_the_name_under_a_signature_is_printed_as_given():
    (signer,) = plan(replace(provincial_report(), signatures=(Signature(post="Giám đốc", name="Họ và tên"),))).signers
    assert (signer.title, signer.note, signer.name) == (("GIÁM ĐỐC",), (), "Họ và tên")


def test_a_third_party_signs_below_and_the_lead_keeps_its_place():
    parties = tuple(Signature(post=name) for name in ("Một", "Hai", "Ba"))
    paper = replace(interim_report(), co_issuers=("Bên hai", "Bên ba"), signatures=parties)
    assert [signer.title for signer in plan(paper).signers] == [("HAI",), ("MỘT",), ("BA",)]
    given = replace(paper, layout=replace(paper.layout, lead_signs_right=False))
    assert [signer.title for signer in plan(given).signers] == [("MỘT",), ("HAI",), ("BA",)]


def test_the_longest_of_common_place_names_keeps_its_day_on_one_line():
    planned = plan(replace(interim_report(), place="Thành phố Hồ Chí Minh", date=date(2026, 12, 29)))
    assert planned.place_date == ("Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026",)
