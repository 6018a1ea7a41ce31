"""Photographs in a ZIP, found by the address under which the older newspaper showed them. Read one by one into memory, never unpacked."""
from __future__ import annotations

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from soket.publishing.arriving.html import plain
from soket.publishing.arriving.items import BadArchive, Fault, Picture
from soket.publishing.arriving.preparing import Prepared, safe

MOST, LARGEST, RATIO = 50_000, 25_000_000, 200
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z]{3,4}$)|-scaled(?=\.[A-Za-z]{3,4}$)")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, KeyError)
_KINDS = (".jpg", ".jpeg", ".png", ".webp")


_CAMERA = re.compile(r"(?:img|dsc|dscn|image|photo|screenshot|anh|hinh)?[\s_-]*\d[\w\s.-]*", re.IGNORECASE)
CAPTION, ALT, CREDIT = 500, 300, 200


@dataclass(frozen=True)
class Placed:
    """A photograph that can be taken: its place in the text (0 under the lead), its name in the ZIP, and its words, fit to be kept."""

    place: int
    name: str
    picture: Picture


class Pictures:
    """What the ZIP offers. `left` are names that were passed over: they lead out of the archive, are locked, or unpack far beyond their size."""

    def __init__(self, stream: IO[bytes] | bytes | None) -> None:
        self.left: list[tuple[str, str]] = []
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.names: dict[str, list[str]] = {}
        self.archive: zipfile.ZipFile | None = None
        if stream is None:
            return
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(stream) if isinstance(stream, bytes) else stream)
            listed = self.archive.infolist()
        except _BROKEN as error:
            raise BadArchive("bad_zip") from error
        if len(listed) > MOST:
            raise BadArchive("bad_zip")
        for part in listed:
            self._take(part)

    def _take(self, part: zipfile.ZipInfo) -> None:
        if part.is_dir():
            return
        path = PurePosixPath(unicodedata.normalize("NFC", part.filename))
        if path.is_absolute() or ".." in path.parts or "\\" in part.filename or ":" in part.filename:
            self.left.append(("zip_path", part.filename[:200]))
        elif part.flag_bits & 0x1:
            self.left.append(("zip_locked", part.filename[:200]))
        elif part.file_size > LARGEST or part.file_size > max(part.compress_size, 1) * RATIO:
            self.left.append(("zip_bomb", part.filename[:200]))
        elif path.suffix.lower() in _KINDS:
            name = str(path).lower()
            self.parts[name] = part
            self.names.setdefault(path.name.lower(), []).append(name)

    def find(self, src: str) -> str:
        """The name in the ZIP of what stood at an address: the longest common end of both paths; "" when there is none or it is not certain."""
        try:
            path = unicodedata.normalize("NFC", unquote(urlsplit(src).path)).lower()
        except ValueError:
            return ""
        for wanted in dict.fromkeys([path, _SIZED.sub("", path)]):
            steps = [step for step in wanted.split("/") if step not in {"", ".", ".."}]
            found = self.names.get(steps[-1], []) if steps else []
            best = sorted(((_common(name.split("/"), steps), name) for name in found), reverse=True)
            if best and (len(best) == 1 or best[0][0] > best[1][0]):
                return best[0][1]
        return ""

    def read(self, name: str) -> bytes:
        """The bytes, at most LARGEST whatever its head says. Raises BadArchive."""
        if self.archive is None or name not in self.parts:
            raise BadArchive("bad_zip")
        try:
            with self.archive.open(self.parts[name]) as stream:
                content = stream.read(LARGEST + 1)
        except _BROKEN as error:
            raise BadArchive("bad_zip") from error
        if len(content) > LARGEST:
            raise BadArchive("bad_zip")
        return content


def chosen(text: Prepared, pictures: Pictures) -> tuple[list[Placed], list[Fault]]:
    """The photographs of an article that the ZIP holds and that have words for those who cannot see them; and why others stay behind."""
    found: list[Placed] = []
    faults: list[Fault] = []
    used: set[str] = set()
    for place, picture in [*([(0, text.featured)] if text.featured else []), *enumerate(text.pictures, 1)]:
        name, alt = pictures.find(picture.src), _words(picture)
        if not name:
            faults.append(("picture_missing", picture.src[:300]))
        elif name in used:
            faults.append(("picture_twice", picture.src[:300]))
        elif not alt:
            faults.append(("picture_no_alt", picture.src[:300]))
        else:
            used.add(name)
            caption, cut = _cut(_clean(picture.caption), CAPTION)
            faults += [("long_caption", picture.src[:300])] if cut else []
            found.append(Placed(place, name, replace(picture, alt=_cut(alt, ALT)[0], caption=caption, credit=_cut(_clean(picture.credit), CREDIT)[0])))
    return found, faults


def _words(picture: Picture) -> str:
    """Its own alternative text unless that is a camera's file name; else its caption."""
    alt, caption = _clean(picture.alt), _clean(picture.caption)
    stem = PurePosixPath(unquote(picture.src)).stem.lower()
    return caption if not alt or alt.lower() in {stem, f"{stem}.jpg"} or _CAMERA.fullmatch(alt) else alt


def _clean(text: str) -> str:
    return safe(plain(text))


def _cut(text: str, limit: int) -> tuple[str, bool]:
    return (text, False) if len(text) <= limit else (f"{text[: limit - 1].rsplit(' ', 1)[0]}…", True)


def _common(one: list[str], other: list[str]) -> int:
    """How many last steps are the same."""
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count
