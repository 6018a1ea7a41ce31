"""Certificates read back: places and sizes, blanks, limits of words, print sheets, codes; and designs as data."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from soket.documents.certificates import (
    PRESETS,
    SHEETS,
    Certificate,
    Design,
    Frame,
    Line,
    Sheet,
    checked,
    faults,
    per_sheet,
    picture,
    preset,
    render,
    render_many,
    render_sheets,
)  # fmt: skip
from soket.documents.certificates.breaking import ems, even_lines
from soket.documents.certificates.ornament import frame_svg
from soket.documents.certificates.plan import ASCENT, DESCENT, PITCH, placed
from soket.documents.core import PaperError
from soket.documents.qr import qr_modules

from .reading import MM, find, pdf_text, squeezed

pytestmark = pytest.mark.one_database
DAY = date(2026, 7, 9)
CODE = "https://soket.example/bk/#" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 8 + ".ABCDEFGH"
USUAL = Certificate(
    label="BK-2026-000123", recipient="Công an xã A", unit="Tỉnh B", achievement="Đã có thành tích xuất sắc trong Chương trình phối hợp giai đoạn 2021 - 2026",
    issuer="Bộ trưởng Bộ Công an", place_date="Hà Nội, ngày 09 tháng 7 năm 2026", post="KT. Bộ trưởng\nThứ trưởng",
    decision="số 123/QĐ-BCA ngày 09 tháng 7 năm 2026", gold_book="45", qr=CODE,
)  # fmt: skip
LONG = replace(
    USUAL, label="BK-2026-000124", recipient="Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc, Công an tỉnh C và Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh C",
    unit="Đơn vị thường trực Ban Chỉ đạo Chương trình phối hợp của tỉnh, đặc khu và các đơn vị liên quan trên địa bàn",
    achievement="Đã có thành tích đặc biệt xuất sắc trong tổ chức thực hiện Chương trình phối hợp về đẩy mạnh phong trào bảo vệ an ninh Tổ quốc, "
    "xây dựng khu dân cư, xã, phường, đặc khu an toàn về an ninh, trật tự, góp phần xây dựng nền an ninh nhân dân",
    reissue="Cấp lại lần 1, thay bản số hiệu BK-2026-000077", synthetic=True,
)  # fmt: skip


def pages(pdf: bytes) -> list[pdfplumber.page.Page]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        return list(document.pages)


def refused(*given_: Certificate, design: Design = PRESETS[0]) -> PaperError:
    with pytest.raises(PaperError) as caught:
        render(design, given_, day=DAY)
    return caught.value


# --- Designs as data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("design", PRESETS, ids=lambda design: design.code)
def test_presets_hold_usual_and_very_long_words_and_come_back_from_json(design: Design) -> None:
    assert Design.from_json(design.to_json()) == design
    assert design.doubts and design.orientation == "landscape"
    usual, long = pages(render(design, [USUAL, LONG], day=DAY))
    assert [(round(page.width / MM, 2), round(page.height / MM, 2)) for page in (usual, long)] == [(design.width, design.height)] * 2
    words = squeezed(usual.extract_text())
    said_once = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BỘ TRƯỞNG BỘ CÔNG AN", "TẶNG", "Công an xã A", "THỨ TRƯỞNG", "Số sổ vàng: 45")
    for said in (*said_once, "Số hiệu: BK-2026-000123"):
        assert squeezed(said) in words
    left, top = (design.width - design.frame.width) / 2 * MM, (design.height - design.frame.height) / 2 * MM
    for page in (usual, long):
        for char in (one for one in page.chars if one["upright"] and not one["text"].isspace()):
            assert left + 5 * MM < char["x0"] and char["x1"] < page.width - left - 5 * MM
            assert top + 5 * MM < char["top"] and char["bottom"] < page.height - top - 5 * MM


def test_sizes_of_the_decrees() -> None:
    assert {design.code: (design.width, design.height, design.frame.width, design.frame.height) for design in PRESETS[:3]} == {
        "nd50-2006": (400, 300, 320, 230), "nd50-2006-ttg": (450, 350, 365, 270), "nd85-2014": (360, 270, 290, 210),
    }
    assert preset("nd50-2006").line("signer_space").height == 35  # type: ignore[union-attr]
    with pytest.raises(PaperError, match="nd50-2006"):
        preset("none")


@pytest.mark.parametrize(("change", "where", "vi"), [
    ({"width": "400"}, "design.width", "phải là số nguyên"),
    ({"width": 400.0}, "design.width", "phải là số nguyên"),
    ({"height": 5}, "design.height", "5 mm nằm ngoài khoảng 100–900"),
    ({"code": "Mẫu 1"}, "design.code", "chỉ gồm chữ thường không dấu, chữ số và gạch nối"),
    ({"paper": "white"}, "design.paper", "không có trường này"),
    ({"lines": []}, "design.lines", "cần từ 1 đến 40 dòng"),
    ({"lines": [{"slot": "motto"}]}, "design.lines[0].slot", None),
    ({"lines": [{}]}, "design.lines[0].slot", "còn thiếu"),
    ({"lines": [{"slot": "title"}]}, "design.lines", "chưa có dòng ghi người, đơn vị được khen (recipient)"),
    ({"lines": [{"slot": "recipient"}, {"slot": "recipient"}]}, "design.lines[1].slot", "dòng “recipient” đã có ở trên"),
    ({"lines": [{"slot": "recipient", "size": 3}]}, "design.lines[0].size", "3 pt nằm ngoài khoảng 6–96"),
    ({"lines": [{"slot": "recipient", "size": 12, "least": 14}]}, "design.lines[0].least", "14 pt nằm ngoài khoảng 6–12"),
    ({"lines": [{"slot": "recipient", "text": "{} {}"}]}, "design.lines[0].text", None),
    ({"lines": [{"slot": "recipient", "bold": 1}]}, "design.lines[0].bold", "phải là có hoặc không"),
    ({"lines": [{"slot": "qr", "height": 10}]}, "design.lines[0].height", "10 mm nằm ngoài khoảng 18–120"),
    ({"lines": [{"slot": "text"}]}, "design.lines[0].text", "dòng này cần chữ in sẵn"),
    ({"lines": [{"slot": "text", "text": "a\u0007"}]}, "design.lines[0].text", "ký tự điều khiển U+0007 ở vị trí 2 không in được"),
    ({"frame": {"width": 500, "height": 230}}, "design.frame.width", "500 mm nằm ngoài khoảng 60–400"),
    ({"frame": None}, "design.frame", "phải là một nhóm trường"),
])  # fmt: skip
def test_a_wrong_design_is_refused_by_field(change: dict[str, object], where: str, vi: str | None) -> None:
    with pytest.raises(PaperError) as caught:
        Design.from_json({**PRESETS[0].to_json(), **change})
    assert caught.value.where == where
    assert vi is None or caught.value.vi == vi


# --- Places ------------------------------------------------------------------------------------------------


def test_lines_stand_where_the_decree_says() -> None:
    (page,) = pages(render(preset("nd50-2006"), [USUAL], day=DAY))
    nation, title, recipient = find(page, "CỘNG HÒA XÃ HỘI"), find(page, "BẰNG KHEN"), find(page, "Công an xã A")
    place, post, decision = find(page, "Hà Nội, ngày 09"), find(page, "THỨ TRƯỞNG"), find(page, "Quyết định số")
    assert nation["top"] < find(page, "BỘ TRƯỞNG BỘ CÔNG AN")["top"] < find(page, "TẶNG")["top"] < title["top"] < recipient["top"] < place["top"]
    assert (title["x0"] + title["x1"]) / 2 == pytest.approx(200 * MM, abs=1.2 * MM)
    assert title["size"] == pytest.approx(60) and title["font"] == "Tinos-Bold"
    assert decision["x0"] < 200 * MM < post["x0"]
    bottom = (300 - 35 - 14) * MM
    assert (bottom - post["bottom"]) / MM == pytest.approx(35, abs=1.5)  # the place for the signature


def test_what_a_blank_carries_is_not_inked_and_nothing_else_moves() -> None:
    design = preset("nd50-2006")
    carried = ("quoc_hieu", "tieu_ngu", "verb", "title")
    blank = replace(design, frame=replace(design.frame, printed=False), lines=tuple(replace(line, printed=line.slot not in carried) for line in design.lines))
    inked, (overlay,) = placed(design, USUAL), pages(render(blank, [USUAL], day=DAY))
    words = overlay.extract_text()
    assert "BẰNG KHEN" not in words and "Độc lập" not in words and "TẶNG" not in words
    assert placed(blank, USUAL) == tuple(item for item in inked if item.slot not in carried)
    assert find(overlay, "Công an xã A")["top"] == pytest.approx(find(pages(render(design, [USUAL], day=DAY))[0], "Công an xã A")["top"], abs=0.01)
    assert len(overlay.rects) + len(overlay.curves) < 20


def test_longer_words_never_move_what_a_blank_carries() -> None:
    design = preset("nd85-2014")
    fixed = ("quoc_hieu", "tieu_ngu", "issuer", "verb", "title")
    short, long = ({item.slot: item.y for item in placed(design, one) if item.slot in fixed and not item.rule} for one in (USUAL, LONG))
    assert short == long


def test_made_up_certificates_say_so() -> None:
    made_up, true = pdf_text(render(PRESETS[0], [LONG], day=DAY)), pdf_text(render(PRESETS[0], [USUAL], day=DAY))
    assert squeezed("BẢN MINH HỌA") in squeezed(made_up) and squeezed("BẢN MINH HỌA") not in squeezed(true)


# --- Words and their limits --------------------------------------------------------------------------------


def test_a_long_name_shrinks_before_it_wraps_and_wraps_before_it_is_refused() -> None:
    line = Line(slot="recipient", size=30, least=20, most_lines=2)
    design = replace(preset("nd85-2014"), lines=(line,))

    def at(words: str) -> tuple[int, int]:
        (item,) = placed(design, replace(USUAL, recipient=words))
        return item.size, len(item.lines)

    assert at("Công an xã A") == (30, 1)
    assert at("Công an xã A, tỉnh B và các đơn vị thuộc cụm") == (30, 1)
    assert at("Công an xã A, tỉnh B và các đơn vị thuộc cụm số 12345678") == (29, 1)
    assert at("Công an xã A, tỉnh B và các đơn vị thuộc cụm số 1234567890123456") == (30, 2)
    assert at("Công an xã A, tỉnh B " * 7) == (23, 2)
    error = refused(replace(USUAL, recipient="Công an xã A, tỉnh B " * 9), design=design)
    assert (error.where, error.vi) == (
        "certificate[BK-2026-000123].recipient", "dài quá, không vừa 2 dòng rộng 250 mm ở cỡ chữ 20; hãy viết ngắn lại",
    )


def test_what_is_too_high_is_refused_by_name_and_not_clipped() -> None:
    error = refused(USUAL, replace(LONG, achievement=LONG.achievement + " và" * 200))
    assert error.where == "certificate[BK-2026-000124].achievement"
    lines = tuple(replace(line, height=120) if line.slot == "signer_space" else line for line in PRESETS[0].lines)
    high = refused(LONG, design=replace(PRESETS[0], lines=lines))
    assert high.where == "certificate[BK-2026-000124].recipient" and "dù đã dùng cỡ chữ nhỏ nhất" in high.vi
    assert [fault.where for fault in faults(PRESETS[0], [USUAL, replace(USUAL, label="x", unit="y" * 200), replace(USUAL, label="z", recipient=" ")])] == [
        "certificate[x].unit", "certificate[z].recipient",
    ]


@pytest.mark.parametrize(("change", "where"), [
    ({"recipient": ""}, "recipient"), ({"recipient": "a\u202eb"}, "recipient"), ({"name": "a\nb"}, "name"), ({"achievement": "漢"}, "achievement"),
    ({"qr": CODE + "A" * 900}, "qr"),
])
def test_words_that_cannot_be_printed_are_refused(change: dict[str, str], where: str) -> None:
    assert refused(replace(USUAL, **change)).where == f"certificate[BK-2026-000123].{where}"


def test_texts_come_in_one_normal_form_and_never_as_markup() -> None:
    (clean,) = checked([replace(USUAL, recipient="  Co\u0302ng an x\u0061\u0303 A ")])
    assert clean.recipient == "Công an xã A"
    hostile = "#eval(\"1\") *b* $x$ \\ <a> // {}"
    assert squeezed(hostile) in squeezed(pdf_text(render(PRESETS[0], [replace(USUAL, recipient=hostile)], day=DAY)))


@given(st.lists(st.sampled_from("Ủy Ẵng quyển Nghĩa Mặt trận phường đặc khu, Ễ gỹ 2021 - 2026".split()), min_size=1, max_size=60), st.integers(4, 40))
def test_lines_keep_every_word_and_fit(words: list[str], room: int) -> None:
    text = " ".join(words)
    lines = even_lines(text, room, True, False)
    if lines is None:
        assert max(ems(word, True, False) for word in words) > room
    else:
        assert " ".join(lines) == text
        assert all(ems(line, True, False) <= room + 1e-9 for line in lines)


@settings(max_examples=40)
@given(st.integers(1, 30), st.integers(1, 60), st.booleans())
def test_whatever_can_be_set_stays_inside_and_no_two_lines_meet(names: int, deeds: int, coded: bool) -> None:
    design = preset("giay-khen-a4")
    one = replace(USUAL, recipient=" ".join(["Ủy ban"] * names), achievement=" ".join(["Ễnh ỹ"] * deeds), qr=CODE if coded else "")
    try:
        items = [item for item in placed(design, one) if not item.rule]
    except PaperError as error:
        assert error.where.startswith("certificate[BK-2026-000123].")
        return
    frame = design.frame
    for item in items:
        assert item.y + item.height <= (design.height + frame.height) / 2 - frame.pad_bottom + 0.01
    for upper, lower in zip(items, items[1:], strict=False):
        apart = upper.x + upper.width <= lower.x or lower.x + lower.width <= upper.x or upper.slot == "serial" or lower.y < upper.y
        assert apart or upper.y + upper.height <= lower.y + 0.01


def test_no_letter_of_the_type_passes_the_edges_of_its_line() -> None:
    """Stacked marks (Ẵ, Ễ) and tails (ỵ, g) against the edges from which lines are set; measured in the drawn page."""
    design = Design(code="x", title="x", width=200, height=100, frame=Frame(width=190, height=90, style="none", pad_top=10, pad_bottom=10),
                    lines=(Line(slot="recipient", size=60, most_lines=2, align="left", bold=True),))  # fmt: skip
    (item,) = placed(design, replace(USUAL, recipient="ẴỄỂỖ\nỵgỷẶ"))
    shown = Image.open(BytesIO(picture(design, replace(USUAL, recipient="ẴỄỂỖ\nỵgỷẶ"), dpi=254))).convert("L").point(lambda value: 255 * (value < 128))
    pixel = 10.0  # a millimetre
    edge = (item.y + PITCH * 60 * 25.4 / 72) * pixel - (PITCH - ASCENT - DESCENT) * 60 * 25.4 / 72 * pixel
    _, top, _, bottom = shown.getbbox() or (0, 0, 0, 0)
    assert top >= item.y * pixel - 1 and bottom <= (item.y + item.height) * pixel + 1
    between = shown.crop((0, int(edge) + 1, shown.width, int(edge) + 8))
    assert between.getbbox() is None


# --- Codes, files, sheets ----------------------------------------------------------------------------------


def test_the_printed_code_is_the_code() -> None:
    """Each square of the printed page against the code itself, at 300 dots per inch."""
    import segno

    design = preset("bang-khen-a4")
    item = next(one for one in placed(design, USUAL) if one.qr)
    document = pypdfium2.PdfDocument(render(design, [USUAL], day=DAY))
    page = document[0].render(scale=300 / 72).to_pil().convert("L")
    document.close()
    count = qr_modules(CODE)
    module = item.width / (count + 8)
    assert count == 57 and module > 0.35

    def dark(column: int, row: int) -> bool:
        x, y = (round((start + (4.5 + at) * module) * 300 / 25.4) for start, at in ((item.x, column), (item.y, row)))
        return bool(page.getpixel((x, y)) < 128)

    scanned = [[dark(column, row) for column in range(count)] for row in range(count)]
    head, _, fragment = CODE.partition("#")
    expected = segno.make_qr([(head + "#", 4), (fragment, 2)], error="m", boost_error=False, mask=3)
    assert scanned == [[bool(value) for value in row] for row in expected.matrix]


def test_many_come_in_chunks_with_progress_and_all_words_are_checked_first() -> None:
    five = [replace(USUAL, label=f"BK-{number}") for number in range(5)]
    heard: list[tuple[int, int]] = []
    made = list(render_many(PRESETS[0], five, lambda done, total: heard.append((done, total)), size=2, day=DAY))
    assert [len(pages(pdf)) for pdf in made] == [2, 2, 1] and heard == [(2, 5), (4, 5), (5, 5)]
    assert made[0] == render(PRESETS[0], five[:2], day=DAY)
    with pytest.raises(PaperError, match="last"):
        next(render_many(PRESETS[0], [*five, replace(USUAL, label="last", unit="y" * 300)], size=1, day=DAY))
    assert refused().vi == "chưa có bản nào để in"


def test_sheets_hold_what_they_can_with_marks_outside_the_certificates() -> None:
    design = preset("giay-khen-a4")
    assert per_sheet(design, SHEETS["sra3"]) == (2, 1, True)
    assert per_sheet(preset("nd50-2006"), SHEETS["sra3"]) == (1, 1, False)
    assert per_sheet(preset("nd50-2006"), SHEETS["a3"]) == (0, 0, False)
    assert per_sheet(design, Sheet(width=420, height=297, marks=False, gap=0)) == (2, 1, True)
    bare = replace(design, frame=replace(design.frame, printed=False))
    first, second = pages(render_sheets(bare, [replace(one, qr="") for one in (USUAL, LONG, USUAL)], SHEETS["sra3"], day=DAY))
    assert (round(first.width / MM), round(first.height / MM)) == (450, 320)
    assert squeezed("BK-2026-000124") in squeezed(pdf_text(render_sheets(design, [USUAL, LONG, USUAL], SHEETS["sra3"], day=DAY)))
    left, top = (450 - 426) / 2 * MM, (320 - 297) / 2 * MM
    marks = [line for line in second.lines if line["linewidth"] < 0.3]
    assert len(marks) == 2 * 4 + 2 * 2
    for mark in marks:
        outside_x = mark["x1"] < left or mark["x0"] > second.width - left
        outside_y = mark["bottom"] < top or mark["top"] > second.height - top
        assert outside_x or outside_y
    with pytest.raises(PaperError) as caught:
        render_sheets(preset("nd50-2006"), [USUAL], SHEETS["a3"], day=DAY)
    assert caught.value.vi == "tờ 420×297 mm không đủ cho một bản 400×300 mm và dấu xén"


def test_the_same_data_gives_the_same_bytes_and_the_file_names_its_standards() -> None:
    one = render(PRESETS[0], [USUAL], day=DAY)
    assert one == render(PRESETS[0], [USUAL], day=DAY) != render(PRESETS[0], [LONG], day=DAY)
    assert b"<pdfaid:part>2</pdfaid:part>" in one and b"<pdfuaid:part>1</pdfuaid:part>" in one
    assert pages(one)[0].pdf.metadata["CreationDate"].startswith("D:20260709")
    assert {char["fontname"].split("+")[1].partition("-")[0] for char in pages(one)[0].chars} == {"Tinos"}


@pytest.mark.parametrize("style", ["none", "simple", "double", "ornament"])
def test_every_border_can_be_drawn(style: str) -> None:
    design = replace(preset("giay-khen-a4"), frame=replace(preset("giay-khen-a4").frame, style=style))  # type: ignore[arg-type]
    assert len(pages(render(design, [USUAL], day=DAY))) == 1
    assert frame_svg(300, 200, style).count("<") == {"none": 0, "simple": 3, "double": 4}.get(style, 35)


@pytest.mark.parametrize(("text", "room", "lines"), [
    ("Ban Công tác Mặt trận và lực lượng bảo vệ an ninh, trật tự ở cơ sở, khu dân cư số 3", 26,
     ("Ban Công tác Mặt trận và lực lượng bảo vệ an ninh,", "trật tự ở cơ sở, khu dân cư số 3")),
    ("Công an xã Thụy Hải huyện Thái Thụy cũ của tỉnh Hưng Yên mới", 18, ("Công an xã Thụy Hải huyện Thái Thụy cũ", "của tỉnh Hưng Yên mới")),
    ("một\nhai ba", 30, ("một", "hai ba")),
])
def test_lines_end_after_a_comma_and_do_not_part_a_name_where_that_is_to_be_had(text: str, room: int, lines: tuple[str, ...]) -> None:
    assert even_lines(text, room, False, False) == lines
