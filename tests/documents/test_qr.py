"""QR codes: the same text gives the same picture, in both forms."""
from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from soket.documents.core import PaperError
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
