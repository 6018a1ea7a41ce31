"""Tables of the public store, and how it is opened."""
from __future__ import annotations

import sqlite3
from pathlib import Path

NAME = "public.sqlite3"
VERSION = 1
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE category (slug TEXT PRIMARY KEY, ord INTEGER NOT NULL, name_vi TEXT NOT NULL, name_en TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, number INTEGER NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL,
  category TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, latest INTEGER NOT NULL, until INTEGER,
  card TEXT NOT NULL, content TEXT NOT NULL, extra TEXT NOT NULL
);
CREATE INDEX article_first ON article (first DESC, id DESC);
CREATE INDEX article_category ON article (category, first DESC, id DESC);
CREATE INDEX article_day ON article (day, first DESC, id DESC);
CREATE INDEX article_latest ON article (latest DESC);
CREATE INDEX article_until ON article (until) WHERE until IS NOT NULL;
CREATE TABLE tag (kind TEXT NOT NULL, key TEXT NOT NULL, first INTEGER NOT NULL, article INTEGER NOT NULL, label TEXT NOT NULL,
  PRIMARY KEY (kind, key, first, article)) WITHOUT ROWID;
CREATE INDEX tag_article ON tag (article);
CREATE TABLE panel (article INTEGER NOT NULL, code TEXT NOT NULL, lang TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (article, code, lang)) WITHOUT ROWID;
CREATE TABLE file (sha256 TEXT NOT NULL, article INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (sha256, article)) WITHOUT ROWID;
CREATE INDEX file_article ON file (article);
CREATE TABLE redirect (old_path TEXT PRIMARY KEY, slug TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (title_c, text_c, title_f, text_f, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
"""


class StoreMissing(Exception):
    """No public store has been made yet."""


def path_in(folder: Path) -> Path:
    """The store's file in the public folder; after a rebuild a link to it."""
    return folder / NAME


def settle(file: Path) -> None:
    """Leave the files that SQLite takes away with its last writer: a reader who may not write in the folder needs them to be there."""
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").touch()


def create(folder: Path) -> None:
    """Make an empty store where there is none. Safe to repeat, also by two processes at once."""
    folder.mkdir(parents=True, exist_ok=True)
    create_at(path_in(folder))


def create_at(file: Path) -> None:
    """As `create`, in any file."""
    link = sqlite3.connect(file, timeout=30, isolation_level=None)
    try:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("BEGIN IMMEDIATE")
        if not link.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            for statement in filter(None, (part.strip() for part in TABLES.split(";\n"))):
                link.execute(statement)
            link.execute("INSERT INTO meta VALUES ('version', ?), ('generation', '1')", (str(VERSION),))
        link.execute("COMMIT")
    finally:
        link.close()


def for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises StoreMissing."""
    if not path_in(folder).exists():
        raise StoreMissing(str(folder))
    link = sqlite3.connect(f"file:{path_in(folder)}?mode=ro", uri=True, timeout=10, isolation_level=None, check_same_thread=False)
    link.execute("PRAGMA query_only=1")
    link.execute("PRAGMA mmap_size=268435456")
    link.row_factory = sqlite3.Row
    return link


def for_writing(file: Path) -> sqlite3.Connection:
    """A connection that writes into that file."""
    link = sqlite3.connect(file, timeout=30, isolation_level=None)
    link.execute("PRAGMA synchronous=NORMAL")
    link.row_factory = sqlite3.Row
    return link
