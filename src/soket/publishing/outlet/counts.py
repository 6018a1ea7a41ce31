"""Reading the counts of readers. Nothing here tells of anybody; a file that is not there yet has counted nobody."""
from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from soket.publishing.outlet.counting import COUNTED, KINDS, file_in, vietnam_day

_local = threading.local()


@dataclass(frozen=True)
class Day:
    """One day of one article: hits by kind. `raw` are all of them, `readers` the distinct ones."""

    day: date
    kinds: dict[str, int]

    @property
    def raw(self) -> int:
        return sum(self.kinds.values())

    @property
    def readers(self) -> int:
        return self.kinds.get(COUNTED, 0)


def readers_of(folder: Path, slug: str) -> int | None:
    """Readers of the article by day, added up over all days. None when the counts cannot be read now."""
    rows = _asked(folder, "SELECT sum(n) FROM hits WHERE slug = ? AND kind = 'counted'", (slug,))
    return None if rows is None else int(rows[0][0] or 0) if rows else 0


def readers_of_all(folder: Path, slugs: Sequence[str]) -> dict[str, int]:
    """As `readers_of` for the articles of a list; those that nobody read are missing."""
    marks = ",".join("?" * len(slugs))
    rows = _asked(folder, f"SELECT slug, sum(n) FROM hits WHERE slug IN ({marks}) AND kind = 'counted' GROUP BY slug", slugs)  # noqa: S608 - question marks
    return dict(rows or [])


def most_read(folder: Path, *, days: int = 7, limit: int = 10) -> list[tuple[str, int]]:
    """(address, readers) of the articles read most in the last days, today included."""
    first = date.fromisoformat(vietnam_day()) - timedelta(days=days - 1)
    sql = "SELECT slug, sum(n) AS readers FROM hits WHERE day >= ? AND kind = 'counted' GROUP BY slug ORDER BY readers DESC, slug LIMIT ?"
    return list(_asked(folder, sql, (first.isoformat(), limit)) or [])


def days_of(folder: Path, slug: str, days: int = 30) -> list[Day]:
    """The last days of one article, the newest first; days without any hit are there with none."""
    last = date.fromisoformat(vietnam_day())
    first = last - timedelta(days=days - 1)
    found: dict[str, dict[str, int]] = {}
    for day, kind, number in _asked(folder, "SELECT day, kind, n FROM hits WHERE slug = ? AND day >= ?", (slug, first.isoformat())) or []:
        found.setdefault(day, {})[kind] = number
    return [Day(day, found.get(day.isoformat(), {})) for day in (last - timedelta(days=ago) for ago in range(days))]


def totals(folder: Path) -> tuple[dict[str, int], date | None]:
    """All hits of the newspaper by kind (each of them, 0 where there was none), and the day since which they are counted."""
    told = dict(_asked(folder, "SELECT kind, sum(n) FROM hits GROUP BY kind") or [])
    since = _asked(folder, "SELECT value FROM meta WHERE key = 'since'")
    return {kind: told.get(kind, 0) for kind in KINDS}, date.fromisoformat(since[0][0]) if since else None


def _asked(folder: Path, sql: str, terms: Sequence[object] = ()) -> list[tuple] | None:
    """Rows; none when nothing was counted yet, None when the file cannot be read now."""
    try:
        link = _link(file_in(folder))
        return link.execute(sql, terms).fetchall() if link else []
    except (sqlite3.Error, OSError):  # busy, away, or not ours to read
        return None


def _link(file: Path) -> sqlite3.Connection | None:
    """This thread's connection, opened anew when the file was replaced."""
    kept: dict[Path, tuple[int, sqlite3.Connection]] = _local.__dict__.setdefault("links", {})
    if not file.exists():
        return None
    inode = file.stat().st_ino
    if file not in kept or kept[file][0] != inode:
        link = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=2, isolation_level=None, check_same_thread=False)
        link.execute("PRAGMA query_only=1")
        kept[file] = (inode, link)
    return kept[file][1]
