"""Articles put straight into the public store, for what reads it and nothing else."""
from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from soket.kernel.canonical import canonical
from soket.kernel.clock import VIETNAM
from soket.publishing import manifest
from soket.publishing.outlet import stock
from soket.publishing.outlet.shelf import Shelf, open_shelf

FIRST = datetime(2026, 7, 15, 16, 30, tzinfo=VIETNAM)
NOW = int(FIRST.timestamp()) + 3600


def text(words: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": words}]


def content(article: int, title: str, body: str | list[dict[str, Any]] = "Nội dung.", **changes: Any) -> dict[str, Any]:
    """A released copy; the article was first published that many minutes after `FIRST`."""
    at = (FIRST + timedelta(minutes=article)).isoformat()
    blocks = [{"kind": "paragraph", "runs": text(body)}] if isinstance(body, str) else body
    category = {"slug": "thoi-su", "name": {"vi": "Thời sự", "en": "News"}}
    whole = {
        "format": "soket-release/2", "slug": f"bai-{article}", "number": 1, "published_at": at, "first_published_at": at, "title": title,
        "title_runs": text(title), "lead": text(f"Lời dẫn bài {article}."), "body": blocks, "figures": [], "notices": [],
        "photo": None, "office": {"name": "Văn phòng chương trình"}, "review": None, "edition": None, "synthetic": True, "category": category,
        "byline": "", "source": "", "tags": [], "imported": False,
    }  # fmt: skip
    return {**whole, **changes}


def put(
    folder: Path, article: int, title: str, body: str | list[dict[str, Any]] = "Nội dung.", *, extra: dict[str, Any] | None = None,
    state: str = "published", until: datetime | None = None, sealed: bool = False, **changes: Any,
) -> None:  # fmt: skip
    """Put an article into the store."""
    raw = canonical(content(article, title, body, **changes)).decode()
    digest = hashlib.sha256(raw.encode()).hexdigest()
    seal = {"seal": manifest.seal(raw, digest)} if sealed else {}
    item = stock.Shelved(id=article, content=raw, digest=digest, state=state, until=until, extra={**seal, **(extra or {})})
    with stock.writing(folder) as link:
        stock.put(link, folder, item)
        stock.set_meta(link, manifest.KEYS, manifest.public_keys() if sealed else [])
        stock.put_categories(link, [("thoi-su", 0, "Thời sự", "News"), ("so-lieu", 1, "Số liệu", "Figures")])


def shelf(folder: Path) -> Shelf:
    return open_shelf(folder)
