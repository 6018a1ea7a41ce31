"""A filled public store without a database: articles of several days and categories, some with a photograph, a tag, a review."""
from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import VIETNAM
from soket.publishing.outlet import stock
from soket.publishing.outlet.shelf import open_shelf

CATEGORIES = [("so-ket", 0, "Sơ kết, tổng kết", "Reviews"), ("khen-thuong", 1, "Khen thưởng", "Commendations"), ("trong", 2, "Chuyên mục trống", "Empty")]
PROGRAMME = {"kind": "programme", "key": "12", "label": "Chương trình phối hợp số 12"}
REVIEW = {"slug": "so-ket-2026", "title": "Sơ kết sáu tháng năm 2026"}
PHOTO = {
    "kind": "photo", "asset": "7", "caption": "Phòng họp trước giờ khai mạc.", "credit": "Ban biên tập", "alt": "Phòng họp có các hàng ghế",
    "decorative": False,
    "sizes": [{"sha256": f"{width:064d}", "width": width, "height": width * 2 // 3, "media_type": "image/webp", "bytes": 9000} for width in (320, 960, 1600)],
}  # fmt: skip


def runs(words: str, **marks: Any) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": words, **marks}]


def claim(text: str, code: str, **more: Any) -> dict[str, Any]:
    return {"kind": "claim", "text": text, "code": code, "edition": "e" * 64, **more}


def figure(code: str, display: str, numerator: str | None, denominator: str | None = None, scale: int = 0, state: str = "value") -> dict[str, Any]:
    """A released figure; its label names its code."""
    exact = {"state": state, "numerator": numerator, "denominator": denominator, "upper": None, "scale": scale, "percent": bool(denominator), "precision": ""}
    return {
        "code": code, "printed": f"SK-{code}", "label": {"vi": f"Chỉ tiêu {code}", "en": f"Indicator {code}"}, "measure": {"vi": "buổi", "en": "sessions"},
        "display": {"vi": display, "en": display}, "kind": "bound", "exact": exact,
    }  # fmt: skip


def copy(number: int, at: datetime, **changes: Any) -> dict[str, Any]:
    """A released copy. `category` is an address of CATEGORIES, or None."""
    title = changes.pop("title", f"Bài số {number}")
    slug = changes.pop("category", "so-ket")
    category = next(({"slug": one[0], "name": {"vi": one[2], "en": one[3]}} for one in CATEGORIES if one[0] == slug), None)
    return {
        "format": "soket-release/2", "slug": f"bai-{number}", "number": 1, "published_at": at.isoformat(), "first_published_at": at.isoformat(),
        "title": title, "title_runs": runs(title), "lead": runs(f"Lời dẫn của bài số {number}."), "body": [{"kind": "paragraph", "runs": runs("Nội dung.")}],
        "figures": [], "notices": [], "photo": None, "office": {"name": "Văn phòng chương trình"}, "review": None, "edition": None, "synthetic": True,
        "category": category, "byline": "", "source": "", "tags": [], "imported": False, **changes,
    }  # fmt: skip


def at(day: int, hour: int = 8, minute: int = 0, month: int = 7) -> datetime:
    """An instant of 2026 in Viet Nam."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def put(folder: Path, contents: Sequence[dict[str, Any]], **more: Any) -> None:
    """Put copies into the store in one change; `more` goes to each `stock.Shelved`. An article's id is the number in its address."""
    with stock.writing(folder) as link:
        for content in contents:
            raw = canonical(content).decode()
            number = int(content["slug"].rpartition("-")[2])
            stock.put(link, folder, stock.Shelved(id=number, content=raw, digest=hex_digest(json.loads(raw)), **more))
        stock.put_categories(link, CATEGORIES)


@contextmanager
def reads(folder: Path) -> Iterator[list[str]]:
    """The statements by which this thread reads the store."""
    told: list[str] = []
    link = open_shelf(folder).link
    link.set_trace_callback(told.append)
    try:
        yield told
    finally:
        link.set_trace_callback(None)
