"""Printing numbers, shares, days and codes, exactly, in both languages."""
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.ui import core

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("value", "scale", "vi", "en"),
    [
        (0, 0, "0", "0"),
        (7, 0, "7", "7"),
        (999, 0, "999", "999"),
        (1000, 0, "1.000", "1,000"),
        (12345678, 1, "1.234.567,8", "1,234,567.8"),
        (12345678, 3, "12.345,678", "12,345.678"),
        (5, 3, "0,005", "0.005"),
        (50, 2, "0,50", "0.50"),
        (-3, 0, "−3", "−3"),
        (-1234567, 2, "−12.345,67", "−12,345.67"),
        (-5, 2, "−0,05", "−0.05"),
        (2**63 - 1, 0, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807"),
        (-(2**63), 4, "−922.337.203.685.477,5808", "−922,337,203,685,477.5808"),
        (10**30, 0, "1.000.000.000.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000,000,000,000"),
    ],
)
def test_a_scaled_integer_prints_every_digit(value: int, scale: int, vi: str, en: str) -> None:
    assert core.number(value, scale) == vi
    assert core.number(value, scale, "en") == en


@pytest.mark.parametrize(
    ("value", "scale", "places", "text"),
    [
        (12345, 2, 1, "123,5"),
        (12344, 2, 1, "123,4"),
        (12350, 2, 0, "124"),
        (12349, 2, 0, "123"),
        (-12350, 2, 0, "−124"),
        (-49, 2, 0, "0"),
        (-50, 2, 0, "−1"),
        (99995, 2, 1, "1.000,0"),
        (15, 1, 3, "1,500"),
    ],
)
def test_fewer_places_round_half_away_from_zero(value: int, scale: int, places: int, text: str) -> None:
    assert core.number(value, scale, "vi", places) == text


def test_counts_of_digits_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        core.number(1, -1)
    with pytest.raises(ValueError, match="cannot be negative"):
        core.number(1, 1, "vi", -1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "vi", "en"),
    [
        (3268, 3319, "98,5 %", "98.5%"),
        (34, 34, "100 %", "100%"),
        (0, 34, "0 %", "0%"),
        (1, 2, "50,0 %", "50.0%"),
        (1, 3, "33,3 %", "33.3%"),
        (2, 3, "66,7 %", "66.7%"),
        (9994, 10000, "99,9 %", "99.9%"),
        (9995, 10000, "99,9 %", "99.9%"),
        (99999, 100000, "99,9 %", "99.9%"),
        (10**18 - 1, 10**18, "99,9 %", "99.9%"),
        (9985, 10000, "99,9 %", "99.9%"),
        (99849, 100000, "99,8 %", "99.8%"),
        (5, 10000, "0,1 %", "0.1%"),
        (4, 10000, "< 0,1 %", "< 0.1%"),
        (1, 10**18, "< 0,1 %", "< 0.1%"),
        (10001, 10000, "100,1 %", "100.1%"),
        (209, 200, "104,5 %", "104.5%"),
        (-5, 100, "−5,0 %", "−5.0%"),
        (-100, 100, "−100 %", "−100%"),
        (-9999, 10000, "−99,9 %", "−99.9%"),
        (-1, 10**6, "> −0,1 %", "> −0.1%"),
        (123456, 1, "12.345.600,0 %", "12,345,600.0%"),
    ],
)
def test_a_share_is_rounded_half_up_but_never_to_whole_or_nothing(numerator: int, denominator: int, vi: str, en: str) -> None:
    assert core.percent(numerator, denominator) == vi.replace(" ", core.NBSP)
    assert core.percent(numerator, denominator, "en") == en.replace(" ", core.NBSP)


def test_a_share_can_print_other_places() -> None:
    assert core.percent(1, 3, places=0) == "33\u00a0%"
    assert core.percent(999, 1000, places=0) == "99\u00a0%"
    assert core.percent(99_995, 100_000, places=2) == "99,99\u00a0%"


def test_a_share_of_nothing_has_no_value() -> None:
    with pytest.raises(ZeroDivisionError):
        core.percent(0, 0)
    with pytest.raises(ValueError, match="cannot be negative"):
        core.percent(1, -2)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_only_the_whole_prints_as_100_and_only_nothing_as_0(numerator: int, denominator: int) -> None:
    text = core.percent(numerator, denominator)
    assert (text == "100\u00a0%") == (numerator == denominator)
    assert not text.startswith("0,0") and text != "0\u00a0%"


@given(st.integers(-(10**24), 10**24), st.integers(0, 9))
def test_a_printed_number_reads_back_to_the_same_integer(value: int, scale: int) -> None:
    text = core.number(value, scale)
    assert int(text.replace(".", "").replace(",", "").replace(core.MINUS, "-")) == value


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_half_up_is_within_half_a_step(numerator: int, denominator: int) -> None:
    assert abs(2 * (core.half_up(numerator, denominator) * denominator - numerator)) <= denominator
    assert core.half_up(-numerator, denominator) == -core.half_up(numerator, denominator)
    assert core.half_up(-numerator, -denominator) == core.half_up(numerator, denominator)


def test_days_and_instants() -> None:
    at = datetime(2019, 3, 11, 11, 22, 28, tzinfo=UTC)
    assert core.day(date(2019, 3, 1)) == "01/03/2019"
    assert core.day(date(2019, 3, 1), "en") == "1 March 2019"
    assert core.instant(at) == "Thứ Hai, 11/03/2019, 18:22:28 (GMT+7)"
    assert core.instant(at, "en") == "Monday, 11 March 2019, 18:22:28 (GMT+7)"
    assert core.instant(at, weekday=False) == "11/03/2019, 18:22:28"
    assert core.instant(at, seconds=False) == "Thứ Hai, 11/03/2019, 18:22 (GMT+7)"


def test_an_instant_belongs_to_its_day_in_viet_nam() -> None:
    late = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
    assert core.day(late) == "01/07/2025"
    assert core.day(late - timedelta(seconds=1)) == "30/06/2025"
    assert core.instant(late.astimezone(timezone(timedelta(hours=-5)))) == "Thứ Ba, 01/07/2025, 00:00:00 (GMT+7)"


@pytest.mark.parametrize(
    ("day", "name"),
    [(4, "Thứ Hai"), (5, "Thứ Ba"), (6, "Thứ Tư"), (7, "Thứ Năm"), (8, "Thứ Sáu"), (9, "Thứ Bảy"), (10, "Chủ Nhật")],
)
def test_each_weekday_has_its_name(day: int, name: str) -> None:
    assert core.instant(datetime(2019, 3, day, 5, tzinfo=UTC)).startswith(f"{name}, ")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        core.instant(datetime(2019, 3, 11))  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"):
        core.day(datetime(2019, 3, 11))  # noqa: DTZ001


def test_a_seal_code_is_the_front_of_the_digest() -> None:
    assert core.seal_code("7f3a91c20b4ed8a6" + "0" * 48) == "7F3A-91C2-0B4E-D8A6"


@pytest.mark.parametrize("digest", ["", "7f3a91c20b4ed8a", "7f3a91c20b4ed8ag0000", "sha256:7f3a91c20b4ed8a6"])
def test_what_is_not_a_digest_has_no_code(digest: str) -> None:
    with pytest.raises(ValueError, match="16 hexadecimal"):
        core.seal_code(digest)


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 B", "0 B"),
        (1023, "1.023 B", "1,023 B"),
        (1024, "1 KB", "1 KB"),
        (655360, "640 KB", "640 KB"),
        (1887436, "1,8 MB", "1.8 MB"),
        (3 * 1024**3, "3,0 GB", "3.0 GB"),
    ],
)
def test_a_file_size_in_words(size: int, vi: str, en: str) -> None:
    assert core.file_size(size) == vi.replace(" ", core.NBSP)
    assert core.file_size(size, "en") == en.replace(" ", core.NBSP)


def test_a_file_size_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        core.file_size(-1)


@pytest.mark.parametrize(
    ("value", "total", "lengths"),
    [
        (0, 0, (0, 1000)),
        (0, 34, (0, 1000)),
        (34, 34, (1000, 0)),
        (17, 34, (500, 500)),
        (3268, 3319, (970, 30)),
        (3318, 3319, (970, 30)),
        (1, 3319, (10, 990)),
        (33, 34, (970, 30)),
    ],
)
def test_a_bar_hides_no_gap_and_no_beginning(value: int, total: int, lengths: tuple[int, int]) -> None:
    assert core.bar_lengths(value, total) == lengths


@pytest.mark.parametrize(("value", "total"), [(-1, 3), (4, 3)])
def test_a_bar_shows_a_part_of_a_whole(value: int, total: int) -> None:
    with pytest.raises(ValueError, match="part of a whole"):
        core.bar_lengths(value, total)


@pytest.mark.parametrize(("code", "language"), [("vi", "vi"), ("en", "en"), ("en-gb", "en"), ("fr", "vi"), ("", "vi"), (None, "vi")])
def test_anything_but_english_is_printed_in_vietnamese(code: str | None, language: str) -> None:
    assert core.language(code) == language
