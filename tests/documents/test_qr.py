"""QR codes: the same text gives the same picture, in both forms."""
from __future__ import annotations

from io import BytesIO

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from soket.documents.core import PaperError
from soket.documents.qr import qr_modules
from soket.documents.qr_dense import MASK, dense_matrix, dense_svg
from soket.documents.queries import qr_png, qr_svg

pytestmark = pytest.mark.one_database

ADDRESS = "https://soket.example/kiem-chung/7F3A-91C2-0B4E-D8A6/"


def test_the_svg_stands_alone_and_is_repeatable():
    svg = qr_svg(ADDRESS)
    assert svg.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b"style=" not in svg
    assert svg == qr_svg(ADDRESS) != qr_svg(ADDRESS + "x")


def test_the_png_is_square_black_and_white_with_a_quiet_zone():
    picture = Image.open(BytesIO(qr_png(ADDRESS, pixels_per_module=2))).convert("L")
    assert picture.width == picture.height
    assert {value for _, value in picture.getcolors()} == {0, 255}
    assert picture.crop((0, 0, picture.width, 8)).getextrema() == (255, 255)
    assert picture.getpixel((8, 8)) == 0


def test_both_forms_draw_the_same_modules():
    # A version 4 code has 33 modules; with the quiet zone of four on each side 41.
    assert b'viewBox="0 0 41 41"' in qr_svg(ADDRESS)
    assert Image.open(BytesIO(qr_png(ADDRESS, pixels_per_module=1))).size == (41, 41)


@pytest.mark.parametrize(("payload", "vi"), [
    ("", "mã QR không có nội dung"), ("x" * 4000, "nội dung mã QR quá dài, không in được"),
])
def test_a_text_that_makes_no_code_is_refused(payload, vi):
    with pytest.raises(PaperError) as caught:
        qr_png(payload)
    assert (caught.value.where, caught.value.vi) == ("verification.qr", vi)


@settings(max_examples=40)
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=20, max_size=60), st.integers(1, 40))
def test_a_dense_code_is_the_one_the_general_encoder_makes(unit: str, times: int) -> None:
    fragment = (unit * times)[:1900]
    expected = segno.make_qr([(f"{ADDRESS}#", 4), (fragment, 2)], error="m", boost_error=False, mask=MASK)
    assert dense_matrix(f"{ADDRESS}#", fragment).tolist() == [list(row) for row in expected.matrix]


def test_a_dense_code_is_drawn_the_same_in_both_forms() -> None:
    payload = f"{ADDRESS}#{'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' * 9}"
    assert qr_modules(payload) == 65
    picture = Image.open(BytesIO(qr_png(payload, pixels_per_module=1))).convert("L")
    squares = [[0 if picture.getpixel((x + 4, y + 4)) else 1 for x in range(65)] for y in range(65)]
    assert squares == dense_matrix(f"{ADDRESS}#", payload.partition("#")[2]).tolist()
    assert qr_svg(payload).decode() == dense_svg(dense_matrix(f"{ADDRESS}#", payload.partition("#")[2]))
    assert dense_svg(dense_matrix("a#", "A" * 20)).startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"><path stroke="#000" d="M4 4.5h7m')
    with pytest.raises(PaperError, match="quá dài"):
        qr_svg(f"{ADDRESS}#{'A' * 5000}")
