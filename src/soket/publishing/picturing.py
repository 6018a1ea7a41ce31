"""Photographs: what the bytes hold, and the sizes that a page shows. Pillow; no Django.

Every size is drawn anew from the pixels: turned as the camera held it, in sRGB, without place, device or any other data of the file.
Lengths are pixels. How many pixels a picture has is read from its head, before any of them is unpacked.
"""
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Literal

from PIL import Image, ImageCms, ImageOps

WIDTHS = (480, 960, 1600)
NARROWEST, MOST_PIXELS, LONGEST = 640, 60_000_000, 12_000
QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")
_IFD, _TAKEN = 0x8769, 0x9003
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, MemoryError, OverflowError)

Why = Literal["not_picture", "small", "large"]


class BadPicture(Exception):
    """The bytes are no photograph for a page; `why` says which of the reasons."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Size:
    """One size as a JPEG file."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Pictured:
    """What was made: the picture's own size as it is looked at, the day on which the camera says it was taken, sizes from small to large."""

    width: int
    height: int
    taken_on: date | None
    sizes: Sequence[Size]


def pictured(content: bytes) -> Pictured:
    """Read a photograph and draw its sizes, never larger than it is. Raises BadPicture."""
    try:
        width, height = _proved(content)
        with Image.open(BytesIO(content), formats=_FORMATS) as source:
            source.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is unpacked no larger than is needed
            source.load()
            if source.getexif().get(0x0112) in {5, 6, 7, 8}:  # held upright: the camera wrote it lying
                width, height = height, width
            if width < NARROWEST:
                raise BadPicture("small")
            taken, whole = _taken(source), _plain(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise BadPicture("large") from bomb
    except _BROKEN as fault:
        raise BadPicture("not_picture") from fault
    return Pictured(width, height, taken, [_size(whole, wide, width, height) for wide in widths(width)])


def widths(own: int) -> list[int]:
    """Widths to draw of a picture that is `own` wide."""
    return [*(wide for wide in WIDTHS if wide < own), *([own] if own <= WIDTHS[-1] else [])]


def _proved(content: bytes) -> tuple[int, int]:
    """Width and height from the head, once the file proved whole. Raises BadPicture and what Pillow raises."""
    with Image.open(BytesIO(content), formats=_FORMATS) as head:
        width, height = head.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST:
            raise BadPicture("large")
        head.verify()
    return width, height


def _taken(source: Image.Image) -> date | None:
    """The day of the camera's own note; None when there is none that can be a day."""
    with suppress(*_BROKEN):
        return datetime.strptime(str(source.getexif().get_ifd(_IFD).get(_TAKEN))[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a day alone
    return None


def _plain(source: Image.Image) -> Image.Image:
    """The pixels in sRGB, upright, on white where they were clear."""
    profile = source.info.get("icc_profile")
    image = ImageOps.exif_transpose(source)
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        with suppress(ImageCms.PyCMSError, *_BROKEN):  # a profile that cannot be read says nothing
            image = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    return image.convert("RGB")


def _size(whole: Image.Image, wide: int, width: int, height: int) -> Size:
    """One size, of a copy that carries nothing but pixels."""
    high = max(1, round(wide * height / width))
    drawn = whole.resize((wide, high), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Size(out.getvalue(), wide, high)
