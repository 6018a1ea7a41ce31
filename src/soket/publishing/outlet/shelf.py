"""Reading the public store."""
from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from soket.publishing.outlet import schema, stock

SHOWN = "state = 'published' AND (until IS NULL OR until > :now)"
_CARD = "article.id, article.slug, article.number, article.state, article.day, article.card"  # a list never reads whole copies
_local = threading.local()


@dataclass(frozen=True)
class Card:
    """An article in a list. Instants are in Vietnam time; `category` (address, name, English name)."""

    id: int
    slug: str
    number: int
    state: str
    day: str
    first: datetime
    latest: datetime
    data: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def edge(self) -> tuple[int, int]:
        """Where it stands among all: by this the pages of a list are turned."""
        return int(self.first.timestamp()), self.id


@dataclass(frozen=True)
class Kept:
    """An article with its whole copy. `until`: when its page ends, in epoch seconds."""

    card: Card
    digest: str
    raw: str
    extra: dict[str, Any]
    until: int | None

    @cached_property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.raw))


class Shelf:
    """The store as read by one thread; `open_shelf` gives it. `now` is epoch seconds: what has expired is in no answer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.link = folder, schema.for_reading(folder)

    def generation(self) -> int:
        """Grows with every change: a page made at another generation is old."""
        return int(self.link.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])

    def next_end(self, now: int) -> int | None:
        """When the next article expires: what was made before must not be shown after."""
        row = self.link.execute("SELECT min(until) FROM article WHERE until > ?", (now,)).fetchone()
        return int(row[0]) if row[0] is not None else None

    def meta(self, key: str) -> Any:
        """A value kept for every page; None when there is none."""
        row = self.link.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def categories(self) -> list[tuple[str, str, str]]:
        """(address, name, English name), in order."""
        return [tuple(row) for row in self.link.execute("SELECT slug, name_vi, name_en FROM category ORDER BY ord, slug")]

    def article(self, slug: str, now: int) -> Kept | None:
        """The article at this address, also one taken down (its `card.state` says so); None when there is none or it expired."""
        sql = f"SELECT * FROM article WHERE slug = :slug AND ({SHOWN} OR state = 'withdrawn')"  # noqa: S608 - no outside text in it
        row = self.link.execute(sql, {"slug": slug, "now": now}).fetchone()
        return Kept(_card(row), row["digest"], row["content"], json.loads(row["extra"]), row["until"]) if row else None

    def shows(self, slug: str, now: int) -> bool:
        """Whether a published article stands at this address; cheaper than reading it."""
        sql = f"SELECT 1 FROM article WHERE slug = :slug AND {SHOWN}"  # noqa: S608 - no outside text in it
        return self.link.execute(sql, {"slug": slug, "now": now}).fetchone() is not None

    def newest(
        self, now: int, *, limit: int, offset: int = 0, category: str = "", day: str = "", tag: tuple[str, str] | None = None,
        edge: tuple[int, int] | None = None, newer: bool = False,
    ) -> list[Card]:  # fmt: skip
        """Published articles, newest first; with `edge` (`Card.edge` of a neighbour) those just older than it, or just newer."""
        sql, terms = _wanted(category, day, tag)
        first, own = ("tag.first", "tag.article") if tag else ("article.first", "article.id")
        if edge:
            sql, terms = f"{sql} AND ({first}, {own}) {'>' if newer else '<'} (:edge_first, :edge_id)", {**terms, "edge_first": edge[0], "edge_id": edge[1]}
        way = "ASC" if newer else "DESC"
        rows = self.link.execute(
            f"SELECT {_CARD} FROM {sql} ORDER BY {first} {way}, {own} {way} LIMIT :limit OFFSET :offset",  # noqa: S608 - as above
            {**terms, "now": now, "limit": limit, "offset": offset},
        )
        found = [_card(row) for row in rows]
        return found[::-1] if newer else found

    def front(self, now: int, each: int) -> dict[str, list[Card]]:
        """The newest of every category that has some, in the order of the categories; one statement however many there are."""
        sql = (
            f"SELECT {_CARD}, category.slug AS section FROM category JOIN article ON article.id IN (SELECT id FROM article AS own "  # noqa: S608 - as above
            f"WHERE own.category = category.slug AND {SHOWN} ORDER BY own.first DESC, own.id DESC LIMIT :each) "
            "ORDER BY category.ord, category.slug, article.first DESC, article.id DESC"
        )
        found: dict[str, list[Card]] = {}
        for row in self.link.execute(sql, {"now": now, "each": each}):
            found.setdefault(row["section"], []).append(_card(row))
        return found

    def related(self, tags: Sequence[tuple[str, str]], without: Sequence[int], now: int, limit: int) -> list[Card]:
        """The newest that bear one of the tags. Only the newest of each tag are looked at, so a tag of every article costs no more."""
        if not tags:
            return []
        terms: dict[str, Any] = {"now": now, "limit": limit, "pool": limit + len(without)}
        parts = []
        for at, (kind, key) in enumerate(tags[:8]):
            terms |= {f"kind{at}": kind, f"key{at}": key}
            parts.append(f"SELECT * FROM (SELECT article FROM tag WHERE kind = :kind{at} AND key = :key{at} ORDER BY first DESC LIMIT :pool)")
        own = ",".join(str(int(one)) for one in without)
        sql = (
            f"SELECT {_CARD} FROM article WHERE id IN ({' UNION '.join(parts)}) AND id NOT IN ({own}) AND {SHOWN} "  # noqa: S608 - integers, bound terms
            "ORDER BY first DESC, id DESC LIMIT :limit"
        )
        return [_card(row) for row in self.link.execute(sql, terms)]

    def days_beside(self, day: str, now: int) -> tuple[str, str]:
        """The nearest days with articles before and after; empty where there is none."""
        sql = (
            f"SELECT (SELECT day FROM article WHERE day < :day AND {SHOWN} ORDER BY day DESC LIMIT 1), "  # noqa: S608 - as above
            f"(SELECT day FROM article WHERE day > :day AND {SHOWN} ORDER BY day LIMIT 1)"
        )
        before, after = self.link.execute(sql, {"day": day, "now": now}).fetchone()
        return before or "", after or ""

    def count(self, now: int, *, category: str = "", day: str = "", tag: tuple[str, str] | None = None) -> int:
        """How many `newest` would give without a limit."""
        sql, terms = _wanted(category, day, tag)
        return int(self.link.execute(f"SELECT count(*) FROM {sql}", {**terms, "now": now}).fetchone()[0])  # noqa: S608 - as above

    def days(self, month: str, now: int) -> dict[str, int]:
        """Days of a month ("2026-07") with how many articles each has."""
        sql = f"SELECT day, count(*) FROM article WHERE day BETWEEN :low AND :high AND {SHOWN} GROUP BY day"  # noqa: S608 - as above
        return dict(self.link.execute(sql, {"low": f"{month}-01", "high": f"{month}-31", "now": now}).fetchall())

    def first_of_days(self, days: Sequence[str], now: int, each: int) -> dict[str, list[Card]]:
        """The newest `each` articles of every named day; one statement however many days."""
        sql = (
            f"SELECT {_CARD} FROM json_each(:days) AS named JOIN article ON article.id IN (SELECT id FROM article AS own "  # noqa: S608 - as above
            f"WHERE own.day = named.value AND {SHOWN} ORDER BY own.first DESC, own.id DESC LIMIT :each) ORDER BY article.first DESC, article.id DESC"
        )
        found: dict[str, list[Card]] = {}
        for row in self.link.execute(sql, {"days": json.dumps(list(days)), "now": now, "each": each}):
            found.setdefault(row["day"], []).append(_card(row))
        return found

    def span(self, now: int) -> tuple[str, str] | None:
        """First and last day with an article. The bound on `day` makes SQLite walk its index instead of sorting all."""
        sql = (
            f"SELECT (SELECT day FROM article WHERE day > '' AND {SHOWN} ORDER BY day LIMIT 1), "  # noqa: S608 - as above
            f"(SELECT day FROM article WHERE day > '' AND {SHOWN} ORDER BY day DESC LIMIT 1)"
        )
        row = self.link.execute(sql, {"now": now}).fetchone()
        return (row[0], row[1]) if row[0] else None

    def cards(self, ids: Sequence[int], now: int) -> dict[int, Card]:
        """Published articles by id."""
        marks = ",".join(str(int(one)) for one in ids)
        rows = self.link.execute(f"SELECT {_CARD} FROM article WHERE id IN ({marks}) AND {SHOWN}", {"now": now})  # noqa: S608 - integers alone
        return {row["id"]: _card(row) for row in rows}

    def at_addresses(self, slugs: Sequence[str], now: int) -> dict[str, Card]:
        """Published articles by address; what has ended or was taken down is missing."""
        marks = ",".join("?" * len(slugs))
        shown = SHOWN.replace(":now", "?")
        rows = self.link.execute(f"SELECT {_CARD} FROM article WHERE slug IN ({marks}) AND {shown}", [*slugs, now])  # noqa: S608 - question marks
        return {row["slug"]: _card(row) for row in rows}

    def tag_label(self, kind: str, key: str, now: int) -> str:
        """The newest words of a programme's or unit's tag; empty when no article that a reader may see bears it."""
        sql = (
            "SELECT tag.label FROM tag JOIN article ON article.id = tag.article "
            f"WHERE tag.kind = :kind AND tag.key = :key AND {SHOWN} ORDER BY tag.first DESC LIMIT 1"  # noqa: S608 - bound terms alone
        )
        row = self.link.execute(sql, {"kind": kind, "key": key, "now": now}).fetchone()
        return row[0] if row else ""

    def panel(self, article: int, code: str, lang: str) -> dict[str, Any] | None:
        """What stands behind a claim."""
        row = self.link.execute("SELECT body FROM panel WHERE article = ? AND code = ? AND lang = ?", (article, code, lang)).fetchone()
        return json.loads(row[0]) if row else None

    def file(self, sha256: str, now: int) -> tuple[Path, str, str, int] | None:
        """(path, name, media type, bytes) of a file that a published article offers; None for every other."""
        sql = (
            "SELECT file.name, file.media_type, file.size FROM file JOIN article ON article.id = file.article "
            f"WHERE sha256 = :sha AND {SHOWN} LIMIT 1"  # noqa: S608 - as above
        )
        row = self.link.execute(sql, {"sha": sha256, "now": now}).fetchone()
        return (stock.file_path(self.folder, sha256), row[0], row[1], row[2]) if row else None

    def redirect(self, old_path: str) -> str:
        """The address that an old one leads to; empty when it is not known."""
        row = self.link.execute("SELECT slug FROM redirect WHERE old_path = ?", (old_path,)).fetchone()
        return row[0] if row else ""


def _wanted(category: str, day: str, tag: tuple[str, str] | None) -> tuple[str, dict[str, Any]]:
    """Tables and conditions of a list; every outside word is a bound term."""
    sql = f"article WHERE {SHOWN}"
    terms: dict[str, Any] = {}
    if tag is not None:
        sql = f"tag JOIN article ON article.id = tag.article WHERE tag.kind = :kind AND tag.key = :key AND {SHOWN}"
        terms |= {"kind": tag[0], "key": tag[1]}
    if category:
        sql, terms = f"{sql} AND article.category = :category", {**terms, "category": category}
    if day:
        sql, terms = f"{sql} AND article.day = :day", {**terms, "day": day}
    return sql, terms


def _card(row: sqlite3.Row) -> Card:
    data = json.loads(row["card"])
    return Card(
        row["id"], row["slug"], row["number"], row["state"], row["day"], datetime.fromisoformat(data["first_published_at"]),
        datetime.fromisoformat(data["published_at"]), data,
    )


def open_shelf(folder: Path) -> Shelf:
    """This thread's shelf. Opened anew when the file was replaced. Raises schema.StoreMissing."""
    kept = getattr(_local, "shelves", None)
    if kept is None:
        kept = _local.shelves = {}
    inode = _inode(folder)
    if kept.get(folder, (0, None))[0] != inode:
        kept[folder] = (inode, _opened(folder))
    return kept[folder][1]  # type: ignore[no-any-return]


def _inode(folder: Path) -> int:
    try:
        return schema.path_in(folder).stat().st_ino
    except FileNotFoundError:
        raise schema.StoreMissing(str(folder)) from None


def _opened(folder: Path) -> Shelf:
    """A shelf whose file is really there: one that a rebuild takes away between finding and opening it is looked for once more."""
    try:
        found = Shelf(folder)
        found.generation()
    except sqlite3.OperationalError:
        found = Shelf(folder)
        found.generation()
    return found
