"""Photographs to test with: drawn here, some with what a camera writes into them; and the press files of a released copy."""
from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from soket.accounts.models import Person
from soket.files.actions import Upload
from soket.publishing import shelving
from soket.publishing.actions import photos as actions
from soket.publishing.models import Article, Photo
from soket.publishing.queries import library, press
from soket.publishing.tasks.kit import make_press

AT = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)
CREDIT = "Phòng Truyền thông"
ALT = "Hội trường có các hàng ghế, không có người"
CAPTION = "Điểm cầu trung tâm trước giờ khai mạc, Hòa Bình, ngày 15/7/2026."


@cache
def picture(width: int = 700, height: int = 500, form: str = "JPEG", colour: str = "#87a", **told: Any) -> bytes:
    """A drawn picture whose left half is darker, as a file of that form."""
    image = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 3), fill="#234")
    out = BytesIO()
    image.save(out, form, **told)
    return out.getvalue()


def from_a_camera(width: int = 1000, height: int = 700) -> bytes:
    """A JPEG held upright (the file lies), with a place, a device, a day, a profile and a comment in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110] = 6, "MAY-ANH-BI-MAT", "KIEU-77"
    exif.get_ifd(0x8769)[0x9003] = "2026:07:14 08:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 49.0, 1.0), 3: "E", 4: (105.0, 20.0, 1.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture(width, height, exif=exif.tobytes(), icc_profile=profile, comment=b"GHI-CHU-BI-MAT")


def photo(office: int, by: Person, content: bytes | None = None, **words: Any) -> Photo:
    """A photograph in the office's library, fit to be published unless told otherwise."""
    given = {"caption": CAPTION, "credit": CREDIT, "alt": ALT, **words}
    return actions.add_photo(office=office, upload=Upload(content or picture(), "anh goc.jpg"), by=by, at=AT, **given)


def pressed(article: Article) -> bool:
    """Make the press files as the worker does, and put them on the shelf; a test's transaction never commits."""
    copy = press.copy_for_press(article.pk)
    key = library.press_key(copy) if copy else ""
    made = make_press.func(article=article.pk, key=key)["done"]
    shelving.shelve(article.pk)
    return bool(made)
