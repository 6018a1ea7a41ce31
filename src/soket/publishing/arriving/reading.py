"""A file of any form as items."""
from __future__ import annotations

import re
from collections.abc import Iterator

from soket.publishing.arriving import feed, table, wxr
from soket.publishing.arriving.items import MOST, BadArchive, Item

FORMS = {"wxr": wxr.items, "rss": feed.items, "csv": table.from_csv, "json": table.from_json}


def form_of(content: bytes, media_type: str) -> str:
    """One of FORMS, for a file of that media type."""
    if media_type == "application/xml":
        return "wxr" if re.search(rb"wordpress\.org/export/", content[:20_000]) else "rss"
    return "json" if media_type == "application/json" else "csv"


def read(content: bytes, form: str) -> Iterator[Item]:
    """The items in the order of the file. Raises BadArchive, also when there are more than MOST or none."""
    number = 0
    for number, item in enumerate(FORMS[form](content), 1):
        if number > MOST:
            raise BadArchive("too_many")
        yield item
    if not number:
        raise BadArchive("empty")


def one(content: bytes, form: str, number: int) -> Item | None:
    """The item of that number."""
    return next((item for item in read(content, form) if item.number == number), None)
