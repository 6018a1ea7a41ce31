"""Search in the public store. A query with marks is held against the marked words, one without against the unmarked; old and new
places of a tone mark are equal; all words must occur; what stands in quotation marks must stand together. Operators have no meaning.

Levels: the title is the query; the title holds it together; the title holds all its words; the text holds it together; the text holds
all its words. Within a level the newest comes first. Very frequent words stay fast because no more than `MOST` articles are ranked at
each level, those that entered the store last; the answer then says that there are more. Where that many hold all the words, their
standing together in a text is looked at among the `NEWEST` articles alone; a query in quotation marks is always answered from all.
"""
from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from soket.kernel.text import canonical_text, folded, has_marks, nfc
from soket.publishing.outlet.shelf import SHOWN, Card, Shelf
from soket.publishing.release import plain_text

MOST, NEWEST = 1000, 20_000
LONGEST, MOST_WORDS = 200, 16
_AROUND = 14
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_QUOTES = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


@dataclass(frozen=True)
class Query:
    """What is looked for: `phrases`, each a run of words that stand together; `marked` whether marks count."""

    phrases: tuple[tuple[str, ...], ...]
    marked: bool

    @property
    def words(self) -> tuple[str, ...]:
        """All words in the order typed."""
        return tuple(word for phrase in self.phrases for word in phrase)


@dataclass(frozen=True)
class Filters:
    """Bounds of a search: `category` an address; `since` and `until` epoch seconds, the latter not included."""

    category: str = ""
    since: int | None = None
    until: int | None = None


Marked = list[tuple[str, bool]]
"""A text in pieces: words, and whether they were looked for."""


@dataclass(frozen=True)
class Hit:
    """An article that was found: its title and the words around the first match, in pieces."""

    card: Card
    title: Marked
    snippet: Marked


@dataclass(frozen=True)
class Found:
    """The answer. `total` counts no further than `MOST`; `more` says that there are others."""

    total: int
    hits: list[Hit]
    more: bool = False


def read_query(text: str) -> Query:
    """What a reader typed, as words. Broken or empty text gives a query without words, which finds nothing."""
    try:
        clean = nfc(text[:LONGEST])
        marked = has_marks(clean)
    except ValueError:
        return Query((), False)
    form = _canonical if marked else _folded
    phrases: list[tuple[str, ...]] = []
    for match in _QUOTED.finditer(clean):
        phrases.append(tuple(form(word) for word in _WORD.findall(match[1])))
    rest = _QUOTES.sub(" ", _QUOTED.sub(" ", clean))
    # 12.347 and 45/QĐ-BCA are several words to the index: they must stand together.
    phrases += [tuple(form(word) for word in _WORD.findall(piece)) for piece in rest.split()]
    kept: list[tuple[str, ...]] = []
    for phrase in filter(None, phrases):
        room = MOST_WORDS - sum(map(len, kept))
        if room > 0:
            kept.append(phrase[:room])
    return Query(tuple(dict.fromkeys(kept)), marked)


def without_marks(text: str) -> str:
    """What was typed, with its quotation marks but without any other mark."""
    try:
        return folded(text[:LONGEST])
    except ValueError:
        return ""


def search(shelf: Shelf, text: str, now: int, limit: int = 20, offset: int = 0, filters: Filters | None = None) -> Found:
    """Published articles that hold every word, best first. Never raises on a reader's words."""
    query = read_query(text)
    if not query.words:
        return Found(0, [])
    ranked, more = _ranked(shelf.link, query, now, filters or Filters())
    page = ranked[offset : offset + limit]
    cards = shelf.cards(page, now)
    texts = _texts(shelf.link, page)
    hits = [Hit(cards[one], mark(cards[one].title, query), snippet(texts[one], query)) for one in page if one in cards]
    return Found(min(len(ranked), MOST), hits, more)


def count(shelf: Shelf, text: str, now: int) -> int:
    """How many articles hold every word, no further than `MOST`."""
    query = read_query(text)
    return min(len(_ranked(shelf.link, query, now, Filters())[0]), MOST) if query.words else 0


def _ranked(link: sqlite3.Connection, query: Query, now: int, filters: Filters) -> tuple[list[int], bool]:
    """Ids, best first, and whether there are more than were ranked."""
    title, body = ("title_c", "text_c") if query.marked else ("title_f", "text_f")
    together, apart = _phrase(query.words), " AND ".join(_phrase(phrase) for phrase in query.phrases)
    best: dict[int, tuple[int, int, int]] = {}
    looking = _Looking(link, now, filters)

    def level(number: int, column: str, words: str, floor: int = 0) -> list[int]:
        rows = looking.matching(f"{{{column}}} : ({words})", floor)
        for one, first in rows[:MOST]:
            best[one] = min(best.get(one, (number, -first, -one)), (number, -first, -one))
        return [one for one, _first in rows]

    whole = level(2, title, apart)
    if len(whole) <= MOST:  # few enough to look at the titles themselves
        best |= {one: (number, *best[one][1:]) for one, number in looking.titled(whole, query).items()}
    elif together != apart:
        level(1, title, together)
    if len(best) <= MOST:
        rows = level(4, body, apart)
        if together != apart:
            level(3, body, together, max(rows) - NEWEST if len(rows) > MOST else 0)
    return sorted(best, key=best.__getitem__), looking.cut or len(best) > MOST


class _Looking:
    """Questions to the index within one search; `cut` once an answer was longer than is ranked."""

    def __init__(self, link: sqlite3.Connection, now: int, filters: Filters) -> None:
        self.link, self.cut = link, False
        self.bounds, self.terms = _bounds(filters)
        self.low, self.high = 0, 2**62
        if self.bounds:  # the index is told where to look, so that it does not read every match of a frequent word
            sql = f"SELECT min(id), max(id) FROM article WHERE {self.bounds}"  # noqa: S608 - bound terms alone
            low, high = link.execute(sql, self.terms).fetchone()
            self.low, self.high = (low, high) if low is not None else (1, 0)
        self.terms |= {"now": now, "most": MOST + 1}

    def matching(self, expression: str, floor: int) -> list[tuple[int, int]]:
        """(id, first publication) of matches that a reader may see, those that entered the store last first, one more than are ranked."""
        more = f" AND {self.bounds}" if self.bounds else ""
        sql = (
            "SELECT article.id, article.first FROM words CROSS JOIN article ON article.id = words.rowid WHERE words MATCH :expression "
            f"AND words.rowid BETWEEN :low AND :high AND {SHOWN}{more} ORDER BY words.rowid DESC LIMIT :most"  # noqa: S608 - bound terms alone
        )
        rows = self.link.execute(sql, {**self.terms, "expression": expression, "low": max(self.low, floor), "high": self.high}).fetchall()
        self.cut = self.cut or len(rows) > MOST
        return [(row[0], row[1]) for row in rows]

    def titled(self, ids: Sequence[int], query: Query) -> dict[int, int]:
        """The level of those whose title is what was typed and nothing more (0), or holds it together (1)."""
        form, found = _canonical if query.marked else _folded, {}
        marks = ",".join(str(int(one)) for one in ids)
        for row in self.link.execute(f"SELECT id, card ->> 'title' FROM article WHERE id IN ({marks})"):  # noqa: S608 - integers alone
            words = tuple(form(word) for word in _WORD.findall(row[1]))
            if words == query.words:
                found[row[0]] = 0
            elif query.words in {words[at : at + len(query.words)] for at in range(len(words))}:
                found[row[0]] = 1
        return found


def _bounds(filters: Filters) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    terms: dict[str, Any] = {}
    if filters.category:
        parts, terms = [*parts, "article.category = :category"], {**terms, "category": filters.category}
    if filters.since is not None:
        parts, terms = [*parts, "article.first >= :since"], {**terms, "since": filters.since}
    if filters.until is not None:
        parts, terms = [*parts, "article.first < :until"], {**terms, "until": filters.until}
    return " AND ".join(parts), terms


def _phrase(words: Sequence[str]) -> str:
    """Words that stand together, in the index's own quotation marks; they are letters and digits alone."""
    return f'"{" ".join(words)}"'


def _texts(link: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The words of each article below its title."""
    marks = ",".join(str(int(one)) for one in ids)
    rows = link.execute(f"SELECT id, content FROM article WHERE id IN ({marks})")  # noqa: S608 - integers alone
    return {row[0]: plain_text(json.loads(row[1])).partition("\n")[2] for row in rows}


@lru_cache(maxsize=65536)
def _canonical(word: str) -> str:
    return canonical_text(word)


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return folded(word)


def _spans(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where the shown text holds a phrase: offsets of its first and last letter. The words are compared, the shown letters are kept."""
    form = _canonical if query.marked else _folded
    words = [(form(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    starts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in query.phrases:
        starts.setdefault(phrase[0], []).append(phrase)
    for at, (word, start, _end) in enumerate(words):
        for phrase in starts.get(word, ()):
            if tuple(one[0] for one in words[at : at + len(phrase)]) == phrase:
                yield start, words[at + len(phrase) - 1][2]


def mark(text: str, query: Query) -> Marked:
    """The text in pieces, what was looked for marked. Neighbours that are both looked for stay one piece."""
    pieces: Marked = []
    end = 0
    for start, stop in _merged(text, _spans(text, query)):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def _merged(text: str, spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and (start <= found[-1][1] or text[found[-1][1] : start] == " "):
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def snippet(text: str, query: Query) -> Marked:
    """The words around the place where most of what was looked for stands close together, marked; the beginning where there is none."""
    spans = sorted(_spans(text, query))
    starts = [start for start, _end in spans]
    at = max(range(len(spans)), key=lambda one: (bisect_left(starts, starts[one] + 160) - one, -one)) if spans else -1
    place = spans[at][0] if spans else 0
    words = [match.span() for match in re.finditer(r"\S+", text)]
    here = next((number for number, (_start, end) in enumerate(words) if end > place), 0)
    low, high = max(0, here - _AROUND // 2), min(len(words), max(here - _AROUND // 2, 0) + 2 * _AROUND)
    if not words:
        return []
    part = text[words[low][0] : words[high - 1][1]].replace("\n", " ")
    pieces = mark(part, query)
    return [*([("… ", False)] if low else []), *pieces, *([(" …", False)] if high < len(words) else [])]
