"""Photographs as bytes: what is refused, which sizes are drawn, and that nothing of the camera is left in them."""
from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from soket.files import core as files
from soket.publishing import picturing
from tests.factories import publishing_library as make

pytestmark = pytest.mark.one_database


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_sizes_are_upright_and_hold_nothing_but_pixels() -> None:
    content = make.from_a_camera(2000, 1400)
    assert b"MAY-ANH-BI-MAT" in content
    assert b"GHI-CHU-BI-MAT" in content
    made = picturing.pictured(content)
    assert (made.width, made.height, made.taken_on) == (1400, 2000, date(2026, 7, 14))
    assert [(size.width, size.height) for size in made.sizes] == [(480, 686), (960, 1371), (1400, 2000)]
    for size in made.sizes:
        image = opened(size.content)
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (size.width, size.height), {})
        assert {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info) == set()
        assert b"BI-MAT" not in size.content
        assert b"KIEU-77" not in size.content
    # The dark corner of the lying file stands at the upper right of the upright one.
    last = opened(made.sizes[-1].content)
    assert last.getpixel((1390, 10)) < (60, 60, 80)  # type: ignore[operator]
    assert last.getpixel((10, 10)) > (120, 0, 0)  # type: ignore[operator]


@pytest.mark.parametrize(("own", "drawn"), [(640, [480, 640]), (960, [480, 960]), (1599, [480, 960, 1599]), (1600, [480, 960, 1600]), (4000, [480, 960, 1600])])
def test_a_picture_is_never_enlarged(own: int, drawn: list[int]) -> None:
    assert picturing.widths(own) == drawn


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_are_taken_and_known_to_the_store(form: str) -> None:
    content = make.picture(form=form)
    assert [size.width for size in picturing.pictured(content).sizes] == [480, 700]
    assert files.check(content, files.PHOTOGRAPHS) == f"image/{form.lower()}"


def test_clear_grey_and_deep_pictures_come_out_as_they_look() -> None:
    for mode, colour, looks in (("RGBA", (9, 9, 9, 0), 255), ("LA", (9, 0), 255), ("L", 100, 100), ("I;16", 40000, 156), ("1", 1, 255)):
        out = BytesIO()
        Image.new(mode, (640, 10), colour).save(out, "PNG")
        size = picturing.pictured(out.getvalue()).sizes[-1]
        assert opened(size.content).getpixel((5, 5)) == (looks, looks, looks), mode


def test_what_is_no_fit_photograph_is_refused_with_its_reason() -> None:
    bomb = BytesIO()
    Image.new("1", (11_000, 6_000)).save(bomb, "PNG")  # 8 kB that unpack to 66 million pixels
    gif = make.picture(form="GIF")
    whole = make.picture(2000, 1500)
    for content, why in (
        (b"", "not_picture"), (b"%PDF-1.7 khong phai anh", "not_picture"), (gif, "not_picture"), (whole[: len(whole) // 2], "not_picture"),
        (make.picture(639, 900), "small"), (bomb.getvalue(), "large"),
    ):
        with pytest.raises(picturing.BadPicture) as bad:
            picturing.pictured(content)
        assert bad.value.why == why


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's own words about a broken note of the camera
@settings(max_examples=40, deadline=None)
@given(st.integers(2, 2000), st.binary(min_size=1, max_size=40))
def test_a_spoilt_file_is_refused_and_breaks_nothing(at: int, noise: bytes) -> None:
    content = make.from_a_camera()
    spoilt = content[:at] + noise + content[at + len(noise) :]
    try:
        made = picturing.pictured(spoilt)
    except picturing.BadPicture:
        return
    assert made.sizes


def test_a_cut_webp_is_damaged() -> None:
    content = make.picture(form="WEBP")
    with pytest.raises(files.BadFile) as bad:
        files.check(content[:-10], files.PHOTOGRAPHS)
    assert bad.value.fault == files.Fault.DAMAGED
