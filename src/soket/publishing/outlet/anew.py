"""The whole store made again in a file of its own, and put in the place of the old one in one step while both are read and written.

The store's name becomes a link to the file that counts; readers find the new one with their next request (`shelf.open_shelf`).
"""
from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from soket.publishing.outlet import schema, stock
from soket.publishing.outlet.stock import Shelved

BATCH = 1000
"""Articles in one transaction."""
Look = Callable[[int], Shelved | None]


@contextmanager
def new_store(folder: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """A connection to an empty store beside the one that counts, and its file; taken away again when it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"public-{secrets.token_hex(6)}.sqlite3"
    schema.create_at(file)
    link = schema.for_writing(file)
    link.execute("PRAGMA synchronous=OFF")  # nothing counts before the whole of it is folded in and synced
    link.execute("PRAGMA cache_size=-131072")
    try:
        yield link, file
    except BaseException:
        link.close()
        take_away(file)
        raise
    finally:
        link.close()


def fill(link: sqlite3.Connection, folder: Path, items: Iterable[Shelved], say: Callable[[int], None] = lambda _done: None) -> int:
    """Put articles, a thousand to a transaction; `say` hears how many stand there. Returns how many."""
    done, rest = 0, iter(items)
    while batch := list(islice(rest, BATCH)):
        with within(link):
            for item in batch:
                stock.put(link, folder, item)
        done += len(batch)
        say(done)
    return done


def swap(folder: Path, new: sqlite3.Connection, file: Path, before: dict[int, int], look: Look) -> int:
    """Let the new store count from now on. `before` is what `marks` gave when its filling began; what was written into the old one
    since then is looked up again (`look` gives None for what is no longer shown), while nobody can write. Returns how many that were."""
    old, old_file = stock.begun(folder)
    try:
        now = marks(old)
        moved = [one for one in {*before, *now} if before.get(one) != now.get(one)]
        generation = int(old.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0]) + 1
        with within(new):
            for one in moved:
                item = look(one)
                if item is None:
                    stock.remove(new, one)
                else:
                    stock.put(new, folder, item)
            new.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(generation),))
        new.execute("PRAGMA synchronous=FULL")
        stock.fold(new)
        new.close()
        schema.settle(file)
        link = folder / f".{file.name}"
        link.symlink_to(file.name)
        link.replace(schema.path_in(folder))
        old.execute("ROLLBACK")
    finally:
        old.close()
    take_away(old_file, whole=old_file != schema.path_in(folder))
    return len(moved)


def marks(link: sqlite3.Connection) -> dict[int, int]:
    """What tells for each article whether its row changed."""
    return {row[0]: hash(tuple(row)) for row in link.execute("SELECT id, number, digest, state, until, extra FROM article")}


def marks_in(folder: Path) -> dict[int, int]:
    """As `marks`, of the store that counts; nothing before there is one."""
    schema.create(folder)
    link = schema.for_reading(folder)
    try:
        return marks(link)
    finally:
        link.close()


def prune(folder: Path) -> int:
    """Delete public files that no article of the store names any more. Returns how many."""
    link, file = stock.begun(folder)
    try:
        named = {row[0] for row in link.execute("SELECT DISTINCT sha256 FROM file")}
        gone = [path for path in (folder / "files").glob("*/*") if path.name not in named]
        for path in gone:
            path.unlink()
        link.execute("ROLLBACK")
    finally:
        link.close()
        schema.settle(file)
    return len(gone)


@contextmanager
def within(link: sqlite3.Connection) -> Iterator[None]:
    """One transaction."""
    link.execute("BEGIN IMMEDIATE")
    try:
        yield
        link.execute("COMMIT")
    except BaseException:
        link.execute("ROLLBACK")
        raise


def take_away(file: Path, *, whole: bool = True) -> None:
    """Delete a store's file with what SQLite keeps beside it; `whole` False leaves its name, which belongs to another file by now."""
    for path in (*([file] if whole else []), Path(f"{file}-wal"), Path(f"{file}-shm")):
        path.unlink(missing_ok=True)
