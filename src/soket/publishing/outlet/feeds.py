"""RSS 2.0, Atom 1.0 and sitemaps as bytes, made from the public store alone: what is under embargo, expired or taken down is in none.

A feed's entry is named by a tag URI of the article's number, which no change of title or address moves. Instants carry their zone.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from soket.kernel.clock import VIETNAM
from soket.publishing.outlet.shelf import SHOWN, Card, Shelf

ITEMS = 30
PART = 5000
NEWS_ITEMS, NEWS_DAYS = 1000, 2
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
DC = "http://purl.org/dc/elements/1.1/"
register_namespace("atom", ATOM)
register_namespace("news", NEWS)
register_namespace("dc", DC)


@dataclass(frozen=True)
class Channel:
    """What a feed is of. Addresses are whole; `origin` names the newspaper in tag URIs ("soket.local")."""

    title: str
    description: str
    home: str
    rss: str
    atom: str
    origin: str
    article: Callable[[str], str]
    sound: Callable[[Mapping[str, Any]], tuple[str, int, str] | None]


@dataclass(frozen=True)
class Entry:
    """One article of a feed. `audio`: (address, bytes, media type)."""

    card: Card
    url: str
    name: str
    audio: tuple[str, int, str] | None


def entries(shelf: Shelf, channel: Channel, now: int, category: str = "") -> list[Entry]:
    """The newest articles, as a feed tells them."""
    cards = shelf.newest(now, limit=ITEMS, category=category)
    marks = ",".join(str(card.id) for card in cards)
    extras = dict(shelf.link.execute(f"SELECT id, extra FROM article WHERE id IN ({marks})").fetchall())  # noqa: S608 - integers alone
    return [
        Entry(card, channel.article(card.slug), tag_uri(channel.origin, card), channel.sound(json.loads(extras[card.id]))) for card in cards
    ]


def tag_uri(origin: str, card: Card) -> str:
    """The lasting name of an article (RFC 4151): origin, day of first publication, number."""
    return f"tag:{origin},{card.first.astimezone(VIETNAM).date().isoformat()}:cong-bo/{card.id}"


def rss(channel: Channel, found: Sequence[Entry]) -> bytes:
    """RSS 2.0. A corrected article has `atom:updated`, its publication date does not move."""
    root = Element("rss", {"version": "2.0"})
    top = SubElement(root, "channel")
    _put(top, "title", channel.title)
    _put(top, "link", channel.home)
    _put(top, "description", channel.description)
    _put(top, "language", "vi")
    SubElement(top, f"{{{ATOM}}}link", {"rel": "self", "type": "application/rss+xml", "href": channel.rss})
    if found:
        _put(top, "lastBuildDate", _mail(max(one.card.latest for one in found)))
    for one in found:
        item = SubElement(top, "item")
        _put(item, "title", one.card.title)
        _put(item, "link", one.url)
        _put(item, "guid", one.name, isPermaLink="false")
        _put(item, "pubDate", _mail(one.card.first))
        _put(item, f"{{{ATOM}}}updated", _stamp(one.card.latest))
        _put(item, f"{{{DC}}}creator", one.card.data["byline"] or one.card.data["office"])
        if one.card.data["category"]:
            _put(item, "category", one.card.data["category"]["name"]["vi"])
        _put(item, "description", one.card.data["lead"])
        if one.audio:
            SubElement(item, "enclosure", {"url": one.audio[0], "length": str(one.audio[1]), "type": one.audio[2]})
    return _bytes(root)


def atom(channel: Channel, found: Sequence[Entry]) -> bytes:
    """Atom 1.0."""
    root = Element("feed", {"xmlns": ATOM, "{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _put(root, "id", channel.atom)
    _put(root, "title", channel.title)
    _put(root, "subtitle", channel.description)
    # An empty feed has nothing that could have changed since the beginning of time.
    _put(root, "updated", _stamp(max((one.card.latest for one in found), default=datetime(1970, 1, 1, tzinfo=UTC))))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": channel.atom})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": channel.home})
    _put(SubElement(root, "author"), "name", channel.title)
    for one in found:
        entry = SubElement(root, "entry")
        _put(entry, "id", one.name)
        _put(entry, "title", one.card.title)
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.url})
        if one.audio:
            SubElement(entry, "link", {"rel": "enclosure", "type": one.audio[2], "length": str(one.audio[1]), "href": one.audio[0]})
        _put(entry, "published", _stamp(one.card.first))
        _put(entry, "updated", _stamp(one.card.latest))
        _put(SubElement(entry, "author"), "name", one.card.data["byline"] or one.card.data["office"])
        if category := one.card.data["category"]:
            SubElement(entry, "category", {"term": category["slug"], "label": category["name"]["vi"]})
        _put(entry, "summary", one.card.data["lead"])
    return _bytes(root)


def parts(shelf: Shelf, now: int) -> list[tuple[int, int]]:
    """Parts of the sitemap: (number from 1, newest change in epoch seconds). An article stays in its part for ever."""
    sql = f"SELECT (id - 1) / {PART} + 1, max(latest) FROM article WHERE {SHOWN} GROUP BY 1 ORDER BY 1"  # noqa: S608 - no outside text
    return [(row[0], row[1]) for row in shelf.link.execute(sql, {"now": now})]


def part(shelf: Shelf, number: int, now: int) -> list[tuple[str, int]]:
    """Articles of one part: (address's last part, last change)."""
    sql = f"SELECT slug, latest FROM article WHERE id BETWEEN :low AND :high AND {SHOWN} ORDER BY id"  # noqa: S608 - as above
    terms = {"low": (number - 1) * PART + 1, "high": number * PART, "now": now}
    return [(row[0], row[1]) for row in shelf.link.execute(sql, terms)]


def lists(shelf: Shelf, now: int) -> list[tuple[str, int]]:
    """Categories that have an article, and the home page as "": (address, newest change of an article in it)."""
    home = shelf.link.execute(f"SELECT max(latest) FROM article WHERE {SHOWN}", {"now": now}).fetchone()[0]  # noqa: S608 - as above
    sql = f"SELECT category, max(latest) FROM article WHERE category <> '' AND {SHOWN} GROUP BY category ORDER BY category"  # noqa: S608 - as above
    return [*([("", home)] if home else []), *((row[0], row[1]) for row in shelf.link.execute(sql, {"now": now}))]


def recent(shelf: Shelf, now: int) -> list[Card]:
    """Articles first published within the last two days, newest first, a thousand at most."""
    found = shelf.newest(now, limit=NEWS_ITEMS)
    return [card for card in found if now - NEWS_DAYS * 86400 < card.first.timestamp() <= now]


def sitemap_index(rows: Sequence[tuple[str, int]]) -> bytes:
    """(address of a part, its newest change)."""
    return _list("sitemapindex", "sitemap", rows)


def sitemap(rows: Sequence[tuple[str, int]]) -> bytes:
    """(address of a page, its last change)."""
    return _list("urlset", "url", rows)


def news_sitemap(cards: Sequence[Card], publication: str, article: Callable[[str], str]) -> bytes:
    """Articles as Google News asks for them."""
    root = Element("urlset", {"xmlns": SITEMAP})
    for card in cards:
        url = SubElement(root, "url")
        _put(url, "loc", article(card.slug))
        news = SubElement(url, f"{{{NEWS}}}news")
        paper = SubElement(news, f"{{{NEWS}}}publication")
        _put(paper, f"{{{NEWS}}}name", publication)
        _put(paper, f"{{{NEWS}}}language", "vi")
        _put(news, f"{{{NEWS}}}publication_date", _stamp(card.first))
        _put(news, f"{{{NEWS}}}title", card.title)
    return _bytes(root)


def _list(outer: str, inner: str, rows: Sequence[tuple[str, int]]) -> bytes:
    root = Element(outer, {"xmlns": SITEMAP})
    for address, changed in rows:
        item = SubElement(root, inner)
        _put(item, "loc", address)
        _put(item, "lastmod", _stamp(datetime.fromtimestamp(changed, UTC)))
    return _bytes(root)


def _put(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _stamp(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


def _mail(at: datetime) -> str:
    return format_datetime(at.astimezone(VIETNAM))


def _bytes(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode()
