"""Vietnamese text: one canonical form, unaccented search, ICU order. Expected values from ICU 72 and the facts of the field."""
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.kernel.text import canonical_text, folded, has_marks, nfc, showable, sort_keys, whole

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("typed", "canonical", "plain"),
    [
        ("Thái Bình", "thái bình", "thai binh"),
        (unicodedata.normalize("NFD", "Thái Bình"), "thái bình", "thai binh"),
        ("Đắk Lắk", "đắk lắk", "dak lak"),
        ("Hoà Bình", "hòa bình", "hoa binh"),
        ("Thuỷ Nguyên", "thủy nguyên", "thuy nguyen"),
        ("Quý", "quý", "quy"),
        ("Khoẻ", "khỏe", "khoe"),
        ("Hoàn Kiếm", "hoàn kiếm", "hoan kiem"),
        ("  xã   An Phú ", "xã an phú", "xa an phu"),
    ],
)
def test_canonical_and_folded(typed: str, canonical: str, plain: str) -> None:
    assert (canonical_text(typed), folded(typed)) == (canonical, plain)


def test_marks_decide_how_a_query_is_compared() -> None:
    assert has_marks("Bộ đội")
    assert not has_marks("bo doi")


def test_order_is_vietnamese() -> None:
    names = ["Đắk Lắk", "Hà Giang", "Hải Dương", "Đà Nẵng", "Bạc Liêu", "Bà Rịa", "Cao Bằng", "Cà Mau"]
    assert [name for _, name in sorted(zip(sort_keys(names), names, strict=True))] == [
        "Bà Rịa", "Bạc Liêu", "Cà Mau", "Cao Bằng", "Đà Nẵng", "Đắk Lắk", "Hà Giang", "Hải Dương"
    ]


@pytest.mark.parametrize("broken", ["a\ud800b", "a\x00b", "\x1b[31m", "a\x7fb", "a\x85b", "a\ufffdb", "a\u202eb", "a\u2066b", "a\ue000b", "a\uffff"])
def test_broken_text_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="broken text"):
        nfc(broken)


def test_signs_without_width_are_dropped_so_that_no_name_is_blank_or_doubled() -> None:
    assert [nfc(text) for text in ("\u200b\ufeff", "An\u200b Phú\u00ad", "xã\u2060")] == ["", "An Phú", "xã"]


def test_what_no_page_may_hold_is_shown_as_damaged() -> None:
    assert showable("An\x07 Phú\x9f\n\t") == "An\ufffd Phú\ufffd\n\t"


@given(st.text(alphabet="aàáảãạăâđeêoôơuưyqthbnAĐ ọẹợ", max_size=30))
def test_folding_is_stable_and_sort_keys_agree_with_equality(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert canonical_text(canonical_text(text)) == canonical_text(text)


@pytest.mark.parametrize(("text", "number"), [
    ("7", 7), ("007", 7), ("999999999", 999999999), ("", None), ("²", None), ("٣", None), ("-1", None), ("1" * 10, None),
])  # fmt: skip
def test_numbers_named_in_addresses(text: str, number: int | None) -> None:
    assert whole(text) == number
