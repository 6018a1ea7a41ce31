"""RSS and Atom, as a newspaper's feed gives them. `feedparser` reads bytes alone: nothing is fetched."""
from __future__ import annotations

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from soket.publishing.arriving.items import BadArchive, Fault, Item, Picture


def items(content: bytes) -> Iterator[Item]:
    """Entries in the order of the file. Raises BadArchive."""
    _safe(content)
    found = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and not found.version:
        raise BadArchive("no_feed")
    for number, entry in enumerate(found.entries, 1):
        yield _item(number, entry)


def _safe(content: bytes) -> None:
    """Well-formed XML without entities of its own, looked through before anything else reads it."""
    try:
        for _event, element in iterparse(io.BytesIO(content), events=("end",), forbid_dtd=True):
            element.clear()
    except (DefusedXmlException, ParseError) as error:
        raise BadArchive("bomb" if isinstance(error, DefusedXmlException) else "not_xml") from error
    except (ValueError, LookupError) as error:
        raise BadArchive("not_xml") from error


def _item(number: int, entry: Any) -> Item:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    whole = "".join(part.get("value", "") for part in entry.get("content", ()) if "html" in part.get("type", "html") or part.get("type") == "text/plain")
    summary = entry.get("summary", "")
    faults: list[Fault] = [] if whole or not summary else [("teaser", "")]
    link = entry.get("link", "") or (entry.get("id", "") if entry.get("id", "").startswith(("http://", "https://")) else "")
    return Item(
        number=number, url=link, title=entry.get("title", ""), lead=summary if whole else "", body=whole or summary,
        at=datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None, byline=entry.get("author", ""),
        sections=tuple(dict.fromkeys(tag.get("term", "") for tag in entry.get("tags", ()) if tag.get("term"))), featured=_picture(entry), faults=tuple(faults),
    )


def _picture(entry: Any) -> Picture | None:
    """The photograph that goes with the entry: an enclosure, or media of Yahoo's extension."""
    told = [(one.get("href", ""), one.get("type", "")) for one in entry.get("enclosures", ())]
    told += [(one.get("url", ""), one.get("type", "") or f"{one.get('medium', '')}/") for one in entry.get("media_content", ())]
    found = next((src for src, kind in told if src and kind.startswith("image/")), "")
    return Picture(found, caption=entry.get("media_description", "") or "") if found else None
