"""A newspaper to measure: one article as the issue asks for it, its twelve siblings, or a hundred thousand short ones. Generated, from a seed.

Run as `python -m bench._news FOLDER COUNT` it fills FOLDER with a public store: COUNT 0 is the first, any other number the second.
"""
from __future__ import annotations

import hashlib
import io
import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SEED, WORDS, PHOTOS, SIBLINGS, SHORT = 20260715, 1200, 4, 12, 150
WIDTHS = (480, 960, 1600)
TITLE = "Kết quả phối hợp sáu tháng đầu năm ở cơ sở"
_ONSETS = ("", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x")
_RIMES = ("a", "ai", "an", "ang", "ao", "ât", "ê", "em", "ên", "i", "iên", "inh", "o", "oi", "ong", "ô", "ôn", "ơ", "ơn", "u", "ung", "ương", "y")
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VOWELS = set("aăâeêioôơuưy")


def vocabulary() -> list[str]:
    """Syllables as Vietnamese has them, in the order of how often they will be used."""
    import unicodedata

    found = []
    for onset in _ONSETS:
        for rime in _RIMES:
            for tone in _TONES:
                at = next(place for place, letter in enumerate(rime) if letter in _VOWELS)
                found.append(unicodedata.normalize("NFC", onset + rime[: at + 1] + tone + rime[at + 1 :]))
    random.Random(SEED).shuffle(found)
    return found


class Writer:
    """Texts whose words are as unevenly frequent as in a language."""

    def __init__(self, seed: int) -> None:
        self.random, self.words = random.Random(seed), vocabulary()
        self.weights = [0.0]
        for place in range(len(self.words)):
            self.weights.append(self.weights[-1] + 1 / (place + 3))
        self.weights = self.weights[1:]

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words))


def photograph(number: int, width: int) -> bytes:
    """A picture that compresses about as a photograph does."""
    from PIL import Image, ImageFilter

    noise = Image.effect_noise((width // 4, width // 6), 40 + 10 * number).resize((width, width * 2 // 3)).filter(ImageFilter.GaussianBlur(2))
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(out, "WEBP", quality=80)
    return out.getvalue()


def paragraphs(seed: int, words: int = WORDS) -> list[str]:
    """The body in paragraphs of sixty words."""
    writer = Writer(seed)
    return [writer.text(60) for _ in range(words // 60)]


def _runs(text: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": text}]


def content(number: int, at: datetime, title: str, lead: str, body: list[dict[str, Any]], photo: dict[str, Any] | None, category: int = 0) -> dict[str, Any]:
    """A released copy."""
    name = f"Chuyên mục {category + 1}"
    return {
        "format": "soket-release/2", "slug": f"bai-{number}", "number": 1, "published_at": at.isoformat(), "first_published_at": at.isoformat(), "title": title,
        "title_runs": _runs(title), "lead": _runs(lead), "body": body, "figures": [], "notices": [], "photo": photo,
        "office": {"name": "Văn phòng chương trình"}, "review": None, "edition": None, "synthetic": True,
        "category": {"slug": f"muc-{category + 1}", "name": {"vi": name, "en": f"Section {category + 1}"}}, "byline": "Ban biên tập", "source": "", "tags": [],
        "imported": False,
    }  # fmt: skip


def start() -> datetime:
    from soket.kernel.clock import VIETNAM

    return datetime(2026, 7, 15, 9, 30, tzinfo=VIETNAM)


def photo_entry(number: int, folder: Path) -> tuple[dict[str, Any], list[Any]]:
    """A photograph's entry and its files, kept in `folder`."""
    from soket.publishing.outlet.stock import PublicFile

    sizes, files = [], []
    for width in WIDTHS:
        data = photograph(number, width)
        name = hashlib.sha256(data).hexdigest()
        path = folder / name
        path.write_bytes(data)
        sizes.append({"sha256": name, "width": width, "height": width * 2 // 3, "media_type": "image/webp", "bytes": len(data)})
        files.append(PublicFile(name, f"anh-{number}.webp", "image/webp", len(data), path))
    words = {"caption": f"Ảnh {number + 1}, hình tạo bằng máy", "credit": "Soket", "alt": f"Vệt sáng tối thứ {number + 1}", "decorative": False}
    return {"kind": "photo", "asset": str(number + 1), **words, "sizes": sizes}, files


def whole_items(scratch: Path) -> Iterator[Any]:
    """The article with its seal, then its siblings."""
    photos = [photo_entry(number, scratch) for number in range(PHOTOS)]
    body: list[dict[str, Any]] = [{"kind": "paragraph", "runs": _runs(text)} for text in paragraphs(SEED)]
    for place, (entry, _files) in enumerate(photos[1:]):
        body.insert(5 * (place + 1), entry)
    lead = Writer(SEED + 1).text(40)
    yield shelved(1, content(1, start(), TITLE, lead, body, photos[0][0]), [file for _entry, files in photos for file in files])
    for number in range(2, SIBLINGS + 2):
        writer = Writer(SEED + number)
        entry, files = photos[number % PHOTOS]
        text = [{"kind": "paragraph", "runs": _runs(writer.text(60))} for _ in range(5)]
        yield shelved(number, content(number, start() - timedelta(hours=number), writer.text(10), writer.text(30), text, entry), files)


def shelved(number: int, copy: dict[str, Any], files: list[Any], sealed: bool = True) -> Any:
    from soket.kernel.canonical import canonical, hex_digest
    from soket.publishing import manifest
    from soket.publishing.outlet.stock import Shelved

    raw, digest = canonical(copy).decode(), hex_digest(copy)
    return Shelved(id=number, content=raw, digest=digest, extra={"seal": manifest.seal(raw, digest)} if sealed else {}, files=files)


def short_items(count: int) -> Iterator[Any]:
    """Articles of ten sections over seven years, without photographs."""
    writer, first = Writer(SEED), start() - timedelta(minutes=40 * count)
    for number in range(1, count + 1):
        words = writer.text(10 + 30 + SHORT).split(" ")
        body = [{"kind": "paragraph", "runs": _runs(" ".join(words[40:]))}]
        copy = content(number, first + timedelta(minutes=40 * number), " ".join(words[:10]).capitalize(), " ".join(words[10:40]), body, None, number % 10)
        yield shelved(number, copy, [], sealed=False)


def fill(folder: Path, count: int) -> dict[str, Any]:
    """Fill the store in `folder`. Returns how many articles it has, seconds and megabytes."""
    from soket.publishing import manifest
    from soket.publishing.outlet import anew, schema, stock

    began, scratch = time.perf_counter(), folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    before = anew.marks_in(folder)
    with anew.new_store(folder) as (link, file):
        done = anew.fill(link, folder, short_items(count) if count else whole_items(scratch))
        with anew.within(link):
            stock.put_categories(link, [(f"muc-{at + 1}", at, f"Chuyên mục {at + 1}", f"Section {at + 1}") for at in range(10 if count else 1)])
            stock.set_meta(link, manifest.KEYS, manifest.public_keys())
        anew.swap(folder, link, file, before, lambda _one: None)
    size = schema.path_in(folder).resolve().stat().st_size
    return {"articles": done, "seconds": round(time.perf_counter() - began, 1), "mb": round(size / 1e6, 1)}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(Path(sys.argv[1]), int(sys.argv[2]))))
