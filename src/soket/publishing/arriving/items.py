"""What one article of an older newspaper's file says of itself."""
from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

MOST = 20_000
"""Articles in one file."""
LONGEST_ADDRESS = 500
Fault = tuple[str, str]
"""What could not be taken: a code of `arrival_words`, and the thing itself in its own words."""
# What keeps an article from being taken at all.
GRAVE = frozenset({
    "no_title", "no_date", "future", "no_text", "short", "long_body", "unpublished", "private", "kind", "twice", "already", "refused", "bad_row",
})  # fmt: skip


class BadArchive(Exception):
    """The file cannot be read at all: `why` is a code of `arrival_words.WHOLE`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Picture:
    """A photograph as the file names it: an address or a path. Nothing is ever fetched from it."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Item:
    """One article. `lead` and `body` are HTML or plain text as found; `at` is aware; `featured` stands under the lead."""

    number: int
    url: str = ""
    title: str = ""
    lead: str = ""
    body: str = ""
    at: datetime | None = None
    byline: str = ""
    source: str = ""
    sections: tuple[str, ...] = ()
    featured: Picture | None = None
    pictures: tuple[Picture, ...] = ()
    faults: tuple[Fault, ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """By what it is known again: its old address, or a digest of what it says where it has none that can be kept."""
        if self.url and len(self.url) <= LONGEST_ADDRESS:
            return self.url
        told = "\n".join([self.url, self.title, self.at.isoformat() if self.at else "", self.body])
        return f"urn:sha256:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def path_of(url: str) -> str:
    """The path with its query, as a request for the old address names it; "" where there is none to lead on from."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https", ""} or (not parts.query and parts.path in {"", "/"}):
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path or "/"))
    found = f"{path}?{parts.query}" if parts.query else path
    usable = path.startswith("/") and "\x00" not in found and "\ufffd" not in found and len(found) <= LONGEST_ADDRESS
    return found if usable else ""
