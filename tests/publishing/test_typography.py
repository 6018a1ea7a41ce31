"""Advice on setting: each kind at its exact place, and silence where nothing is wrong."""
from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import bodies, typography
from soket.publishing.bodies import Body
from soket.publishing.typography import Advice

pytestmark = pytest.mark.one_database


def told(text: str) -> list[tuple[str, int, int, str, str]]:
    found = typography.advices(text)
    for one in found:
        assert text[one.start : one.end] == one.found
    return [(one.kind, one.start, one.end, one.found, one.suggestion) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ủy ban, ủy viên và Uỷ ban", [("tone", 19, 21, "Uỷ", "Ủy")]),
        ("hoà bình, khoẻ, hòa", [("tone", 16, 19, "hòa", "hoà")]),
        ("HOÀ và hòa", [("tone", 0, 3, "HOÀ", "HÒA")]),
        ("lực lượng  công an", [("spaces", 9, 11, "  ", " ")]),
        ("toàn dân \u00a0đấu tranh", [("spaces", 8, 10, " \u00a0", " ")]),
        ("xong .\nHai , ba", [("before_mark", 4, 5, " ", ""), ("before_mark", 10, 11, " ", "")]),
        ("( trong ) và “ lời ”", [("before_mark", 1, 2, " ", ""), ("before_mark", 7, 8, " ", ""), ("before_mark", 14, 15, " ", ""),
                                  ("before_mark", 18, 19, " ", "")]),
        ("một,hai", [("after_mark", 3, 4, ",", ", ")]),
        ("các tỉnh.Sau đó", [("after_mark", 8, 9, ".", ". ")]),
        ("ngày 2019-03-11 và 11-3-2019, 5.4.2020", [("date", 5, 15, "2019-03-11", "11/03/2019"), ("date", 19, 28, "11-3-2019", "11/03/2019"),
                                                    ("date", 30, 38, "5.4.2020", "05/04/2020")]),
        ("ngày 31/4/2019 và ngày 30/2", [("date", 5, 14, "31/4/2019", ""), ("date", 23, 27, "30/2", "")]),
        ("“Dân vận” và \"khéo\"", [("quotes", 13, 14, '"', "“"), ("quotes", 18, 19, '"', "”")]),
        ("công tác công tác dân vận của của Đảng", [("repeated", 0, 17, "công tác công tác", "công tác"), ("repeated", 26, 33, "của của", "của")]),
        ("12345 hộ, 1000000 đồng, có 23456.", [("thousands", 0, 5, "12345", "12.345"), ("thousands", 10, 17, "1000000", "1.000.000"),
                                               ("thousands", 27, 32, "23456", "23.456")]),
        ("sơ kết ba năm thực chương trình; lãnh UBND xã", [("missing", 14, 18, "thực", "thực hiện"), ("missing", 33, 37, "lãnh", "lãnh đạo")]),
    ],
)  # fmt: skip
def test_each_kind_at_its_place(text: str, found: list[tuple[str, int, int, str, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban hòa giải, quý III, thủy lợi, hoàn thành, huỳnh", "Hoà Bình", "  - mục\n1.  hai\n| a  | b |\n|---|:--|", "Tỷ lệ 98,5 %; 12:30; TP.HCM; vov.vn",
        "Ngày 11/3, ngày 29/2, 11/03/2019, Nghị quyết 202/2025/QH15, giai đoạn 2013-2018", 'Chỉ có "nháy thẳng"', "luôn luôn, dần dần, hồ sơ sơ kết, từng bước",
        "1" * 5000, "năm 2025, 0912345678, 12345/CV-BCA, 12.345",
        "hiện thực hóa; thiết thực, phù hợp; thực hiện; lãnh đạo; sự lãnh đạo; phát triển kinh tế; ban tuyên giáo",
        "[trang](https://vi.du/a,b.C) {{01|hơn  12}} https://vi.du/2019-03-11", "", "Anh ... nói: “Được.”",
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert told(text) == []


def test_loose_letters_are_shown_in_one_form() -> None:
    loose = unicodedata.normalize("NFD", "ủy")
    text = f"Ban {loose} quyền"
    assert told(text) == [("nfc", 4, 4 + len(loose), loose, "ủy")]


def test_the_line_is_told() -> None:
    assert [one.line for one in typography.advices("một\nhai  ba\n\nbốn ,")] == [2, 4]


def test_fields_of_one_text_place_tone_marks_alike() -> None:
    """None of the fields mixes both ways; side by side they do, and the way used less gives way."""
    texts = {"title": "Ủy ban họp", "lead": "hòa giải ở xã", "caption": "Hội trường hoà nhạc", "credit": "Phòng Ảnh", "body": "thủy lợi"}
    assert all(typography.advices(text) == [] for text in texts.values())
    found = typography.together(texts)
    assert [(name, one.found, one.suggestion) for name, told in found.items() for one in told] == [("caption", "hoà", "hòa")]
    newer = typography.together({"title": "hòa", "body": "hoà, thuỷ, {{01|hòa}}"})
    assert [(name, one.found, one.suggestion) for name, told in newer.items() for one in told] == [("title", "hòa", "hoà")]
    assert (typography.keeps_older(["hòa", "hoà"]), typography.keeps_older(["hòa"]), typography.keeps_older([])) == (True, None, None)


@given(st.text(st.sampled_from("aàoòáUủyỷ ,.;:!?\"“”()1234567890/-\n\u00a0{}[]|%")))
def test_places_are_true_and_sure_suggestions_settle(text: str) -> None:
    found = typography.advices(text)
    assert found == sorted(found, key=lambda one: (one.start, one.end, one.kind))
    assert all(text[one.start : one.end] == one.found and one.suggestion != one.found for one in found)


LONG_AGO, MERGED, DAY = date(2000, 1, 1), date(2025, 7, 1), date(2026, 7, 15)
NAMES = [
    Body(1, "Ủy ban nhân dân tỉnh Thí Điểm", LONG_AGO, None), Body(2, "Công an tỉnh Cũ", LONG_AGO, MERGED), Body(3, "Công an tỉnh Mới", MERGED, None),
    Body(4, "Ủy ban MTTQ xã Đông Hải", MERGED, None), Body(5, "Công an xã An", MERGED, None), Body(6, "Công an xã Ân", MERGED, None),
]


def register() -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = {}
    for body in NAMES:
        found.setdefault(bodies.key(body.name), []).append(body)
    return found


def named(text: str) -> list[tuple[str, str, str, str]]:
    found = bodies.advices(text, register(), DAY, lambda unit: ["Công an tỉnh Mới"] if unit == 2 else [])
    for one in found:
        assert text[one.start : one.end] == one.found
    return [(one.kind, one.found, one.suggestion, one.note) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dự có Ủy ban nhân dân tỉnh Thí Điểm.", []), ("Uỷ ban nhân dân tỉnh Thí Điểm", []),
        ("UBND tỉnh Thí Điểm dự", [("abbreviation", "UBND tỉnh Thí Điểm", "Ủy ban nhân dân tỉnh Thí Điểm", "")]),
        ("Ủy ban nhân dân tỉnh Thi Điểm", [("name", "Ủy ban nhân dân tỉnh Thi Điểm", "Ủy ban nhân dân tỉnh Thí Điểm", "")]),
        ("Công An tỉnh Mới", [("name", "Công An tỉnh Mới", "Công an tỉnh Mới", "")]),
        ("Công an tỉnh Cũ họp", [("gone", "Công an tỉnh Cũ", "Công an tỉnh Mới", "2025-07-01")]),
        ("Ủy ban MTTQ xã Đông Hải", []),
        ("Ủy ban Mặt trận Tổ quốc xã Đông Hải", [("name", "Ủy ban Mặt trận Tổ quốc xã Đông Hải", "Ủy ban MTTQ xã Đông Hải", "")]),
        ("công an xã an", []), ("Công an xã Ản", []),  # a common word; nobody can tell which of two is meant
        ("lãnh đạo UBND và UBND xã", [("abbreviation", "UBND", "Ủy ban nhân dân (UBND)", "")]),
        ("Ủy ban nhân dân (UBND) họp; UBND kết luận", []), ("Công an tỉnh Lạ", []), ("Công an tỉnh\nMới; Công an, tỉnh Mới", []),
    ],
)  # fmt: skip
def test_names_are_held_against_the_register(text: str, found: list[tuple[str, str, str, str]]) -> None:
    assert named(text) == found


def test_an_abbreviation_told_in_full_beside_a_text_is_no_slip() -> None:
    assert bodies.advices("UBND họp", {}, DAY, lambda _unit: [], "Ủy ban nhân dân (UBND) xã") == []
    assert [one.found for one in bodies.advices("UBND họp", {}, DAY, lambda _unit: [], "Công an xã")] == ["UBND"]


def test_an_advice_says_its_line() -> None:
    assert bodies.advices("Một\nUBND", {}, DAY, lambda _unit: []) == [Advice("abbreviation", 4, 8, "UBND", "Ủy ban nhân dân (UBND)", 2)]
