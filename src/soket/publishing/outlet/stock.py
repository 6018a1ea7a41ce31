"""Writing the public store. Called by the inside alone, after what it writes was committed there."""
from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from soket.kernel.clock import VIETNAM
from soket.kernel.text import canonical_text, folded
from soket.publishing.outlet import schema
from soket.publishing.release import every_photo, plain_text


@dataclass(frozen=True)
class PublicFile:
    """Bytes that the article's page offers: a size of a photograph, sound, a press kit, a drawn picture. `path` is read once."""

    sha256: str
    name: str
    media_type: str
    size: int
    path: Path


@dataclass(frozen=True)
class Shelved:
    """One article as the public may have it.

    `content`: the canonical text of the newest released copy; `digest` its SHA-256; `state` "published" or "withdrawn".
    `extra` is plain data for the page: `seal` (signed manifest), `audio`, `og`, `kit`, `withdrawn` ({"at", "reason"}).
    `panels`: (code, language) → plain data of the panel behind a claim.
    """

    id: int
    content: str
    digest: str
    state: str = "published"
    until: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    panels: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    files: Sequence[PublicFile] = ()


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """One change of the store: all or nothing, and a new generation, by which readers know that their pages are old."""
    link, file = begun(folder)
    try:
        try:
            yield link
            link.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
            link.execute("COMMIT")
        except BaseException:
            link.execute("ROLLBACK")
            raise
        fold(link)
    finally:
        link.close()
        schema.settle(file)


def begun(folder: Path) -> tuple[sqlite3.Connection, Path]:
    """A connection that holds the write lock of the file that counts: while it waited, a rebuild may have put another in its place."""
    while True:
        schema.create(folder)
        file = schema.path_in(folder).resolve()
        inode = file.stat().st_ino
        link = schema.for_writing(file)
        link.execute("BEGIN IMMEDIATE")
        if schema.path_in(folder).stat().st_ino == inode:
            return link, file
        link.execute("ROLLBACK")
        link.close()


def fold(link: sqlite3.Connection) -> None:
    """Move what was written into the main file, if no reader is in the way: who opens the store after a crash has less to look through."""
    link.execute("PRAGMA busy_timeout=0")
    link.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put(link: sqlite3.Connection, folder: Path, item: Shelved) -> None:
    """Put one article, in place of what stood there. Its files are copied first, so that no page names one that is missing."""
    content = json.loads(item.content)
    withdrawn = item.state == "withdrawn"
    for file in () if withdrawn else item.files:
        _copy(folder, file)
    remove(link, item.id)
    first, latest = datetime.fromisoformat(content["first_published_at"]), datetime.fromisoformat(content["published_at"])
    category = content["category"]["slug"] if content["category"] else ""
    link.execute(
        "INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (item.id, content["slug"], content["number"], item.digest, item.state, category, first.astimezone(VIETNAM).date().isoformat(),
         int(first.timestamp()), int(latest.timestamp()), int(item.until.timestamp()) if item.until else None,
         json.dumps(_card(content, item.extra)), "" if withdrawn else item.content, json.dumps(dict(item.extra))),
    )
    if not withdrawn:
        _index(link, item, content, int(first.timestamp()))


def _index(link: sqlite3.Connection, item: Shelved, content: Mapping[str, Any], first: int) -> None:
    tags = [(tag["kind"], tag["key"], first, item.id, tag["label"]) for tag in content["tags"]]
    tags += [("review", content["review"]["slug"], first, item.id, content["review"]["title"])] if content["review"] else []
    link.executemany("INSERT OR IGNORE INTO tag VALUES (?,?,?,?,?)", tags)
    panels = [(item.id, code, lang, json.dumps(body)) for (code, lang), body in item.panels.items()]
    link.executemany("INSERT INTO panel VALUES (?,?,?,?)", panels)
    files = [(file.sha256, item.id, file.name, file.media_type, file.size) for file in item.files]
    link.executemany("INSERT OR IGNORE INTO file VALUES (?,?,?,?,?)", files)
    title, text = content["title"], plain_text(content)
    link.execute(
        "INSERT INTO words (rowid, title_c, text_c, title_f, text_f) VALUES (?,?,?,?,?)",
        (item.id, canonical_text(title), canonical_text(text), folded(title), folded(text)),
    )


def remove(link: sqlite3.Connection, article: int) -> None:
    """Take an article out of every list. Its files stay on disk, no longer named by anything."""
    link.execute("DELETE FROM words WHERE rowid = ?", (article,))
    link.execute("DELETE FROM article WHERE id = ?", (article,))
    for table in ("tag", "panel", "file"):
        link.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608 - names from this line alone


def put_categories(link: sqlite3.Connection, rows: Sequence[tuple[str, int, str, str]]) -> None:
    """All categories: (address, order, name, English name)."""
    link.execute("DELETE FROM category")
    link.executemany("INSERT INTO category VALUES (?,?,?,?)", rows)


def put_redirects(link: sqlite3.Connection, rows: Sequence[tuple[str, str]]) -> None:
    """All old addresses: (old path, address of the article)."""
    link.execute("DELETE FROM redirect")
    link.executemany("INSERT INTO redirect VALUES (?,?)", rows)


def set_meta(link: sqlite3.Connection, key: str, value: Any) -> None:
    """Keep a JSON value that every page may need, such as the links of the navigation."""
    link.execute("INSERT INTO meta VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, json.dumps(value)))


def _card(content: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """What lists show of an article, so that they need not read the whole copy."""
    photos = every_photo(content)
    return {
        "title": content["title"], "lead": "".join(run["text"] for run in content["lead"]), "office": content["office"]["name"],
        "published_at": content["published_at"], "first_published_at": content["first_published_at"], "corrected": bool(content["notices"]),
        "category": content["category"], "byline": content["byline"], "synthetic": content["synthetic"], "imported": content["imported"],
        "photo": photos[0] if photos else None, "audio": bool(extra.get("audio")), "review": content["review"],
    }


def file_path(folder: Path, sha256: str) -> Path:
    """Where a public file lies."""
    return folder / "files" / sha256[:2] / sha256


def _copy(folder: Path, file: PublicFile) -> None:
    target = file_path(folder, file.sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    rough = target.with_suffix(f".{os.getpid()}")
    shutil.copyfile(file.path, rough)
    rough.replace(target)
