"""Counting readers: a file of its own beside the public store, written by every process that serves the newspaper.

A reader of an article on a day is an HMAC-SHA256 (its first 16 bytes) over address, browser, languages and article under a random key
of that day. The key and the hashes stand in this file alone and are erased together when a later day begins, so nothing kept can tell
whether one reader read two articles or came on two days. What stays are totals by day, article and kind.

Hits that arrive together are committed together: whoever comes first writes for all who wait, and nobody is answered before the
commit that holds the hit. A process that is killed loses nothing it has acknowledged; a hit sent again is a repeat.
"""
from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

COUNTED, REPEAT, ROBOT, STAFF, UNKNOWN, OVER = "counted", "repeat", "robot", "staff", "unknown", "over"
KINDS = (COUNTED, REPEAT, ROBOT, STAFF, UNKNOWN, OVER)
"""What a hit was: a new reader; one counted before; a robot; someone of ours; an article that is not there; one beyond the day's limit."""
BATCH, WAITING = 500, 5000
MOST = 2_000_000
"""Readers of one article on one day; what comes beyond is kept raw and not counted, so that the file cannot be flooded."""
MOST_IN_ALL = 10_000_000
_TABLES = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS salt (day TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS reader (hash BLOB PRIMARY KEY) WITHOUT ROWID",  # day and article are in the hash
    "CREATE TABLE IF NOT EXISTS hits (slug TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, "
    "PRIMARY KEY (slug, day, kind)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS hits_day ON hits (day, kind, slug, n)",
)
_ADD = "INSERT INTO hits VALUES (?,?,?,?) ON CONFLICT (slug, day, kind) DO UPDATE SET n = n + excluded.n"
_SET = "INSERT INTO meta VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class CountingDown(Exception):
    """The hit was not kept: too many wait, or the file cannot be written. The browser may send it again."""


@dataclass(frozen=True)
class Hit:
    """One sign of reading. `kind` is set where it is known beforehand not to be a reader's; `who` is what tells readers apart, one text."""

    slug: str
    kind: str = ""
    who: str = ""


@dataclass
class _Ticket:
    hit: Hit
    kind: str = ""
    done: bool = False
    fault: Exception | None = field(default=None)


def file_in(folder: Path) -> Path:
    """The counting file of a public folder. It has a folder of its own, so that the newspaper's process may write there and nowhere else."""
    return folder / "readers" / "readers.sqlite3"


def vietnam_day() -> str:
    """The day in Viet Nam (no summer time there)."""
    return (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()


class Tally:
    """The counting file of one public folder, for all threads of a process."""

    def __init__(self, folder: Path, *, today: Callable[[], str] = vietnam_day, most: int = MOST) -> None:
        self.file, self.today, self.most = file_in(folder), today, most
        self.waiting: deque[_Ticket] = deque()
        self.gate = threading.Lock()  # one at a time writes
        self.link: sqlite3.Connection | None = None
        self.inode = 0

    def add(self, hit: Hit) -> str:
        """Keep the hit and say what it was, after it is on disk. Raises CountingDown."""
        if len(self.waiting) >= WAITING:
            raise CountingDown("too many hits wait")
        ticket = _Ticket(hit)
        self.waiting.append(ticket)
        with self.gate:
            while not ticket.done:
                self._commit()
        if ticket.fault is not None:
            raise CountingDown(str(ticket.fault)) from ticket.fault
        return ticket.kind

    def add_many(self, hits: Sequence[Hit]) -> list[str]:
        """As `add`, for hits that came together."""
        with self.gate:
            return self._kept(hits)

    def close_past(self) -> bool:
        """Erase key and hashes of a day that is over. Returns whether there was something to erase."""
        if not self.file.exists():
            return False
        with self.gate, self._writing() as link:
            closed = _close(link, self.today())
        with self.gate:
            self._sweep()
        return closed

    def _commit(self) -> None:
        """Write what waits, up to a batch: the first in line come first."""
        tickets = [self.waiting.popleft() for _ in range(min(len(self.waiting), BATCH))]
        try:
            kinds = self._kept([ticket.hit for ticket in tickets])
        except Exception as fault:  # whatever it is, nobody waits for ever
            for ticket in tickets:
                ticket.fault, ticket.done = fault, True
            return
        for ticket, kind in zip(tickets, kinds, strict=True):
            ticket.kind, ticket.done = kind, True

    def _kept(self, hits: Sequence[Hit]) -> list[str]:
        with self._writing() as link:
            day = _opened(link, self.today())
            salt = link.execute("SELECT value FROM salt WHERE day = ?", (day,)).fetchone()[0]
            counts = _Counts(link, day, self.most)
            kinds = [hit.kind or counts.kind(hit.slug, hashed(salt, hit)) for hit in hits]
            told = Counter(("" if kind == UNKNOWN else hit.slug, day, kind) for hit, kind in zip(hits, kinds, strict=True))
            link.executemany(_ADD, [(*key, number) for key, number in told.items()])
        self._sweep()
        return kinds

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        link = self._opened_link()
        link.execute("BEGIN IMMEDIATE")
        try:
            yield link
            link.execute("COMMIT")
        except BaseException:
            if link.in_transaction:
                link.execute("ROLLBACK")
            raise

    def _opened_link(self) -> sqlite3.Connection:
        """This process's connection; a file that was taken away is made again."""
        inode = self.file.stat().st_ino if self.file.exists() else 0
        if self.link is None or inode != self.inode:
            if self.link is not None:
                self.link.close()
            self.link = None
            self.link = _made(self.file)
            self.inode = self.file.stat().st_ino
        return self.link

    def _sweep(self) -> None:
        """After a day was closed: fold the write-ahead log in and empty it, because pages as they were before stand there. Tried until nobody reads."""
        link = self._opened_link()
        row = link.execute("SELECT value FROM meta WHERE key = 'unswept'").fetchone()
        if row is None or row[0] == "0":
            return
        if link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
            link.execute(_SET, ("unswept", "0"))


class _Counts:
    """Which hits of one batch are new readers, with the limits of the day."""

    def __init__(self, link: sqlite3.Connection, day: str, most: int) -> None:
        self.link, self.day, self.most = link, day, most
        self.known: dict[str, int] = {}
        told = link.execute("SELECT sum(n) FROM hits WHERE day = ? AND kind = ?", (day, COUNTED)).fetchone()[0]
        self.all = int(told or 0)

    def kind(self, slug: str, reader: bytes) -> str:
        if slug not in self.known:
            row = self.link.execute("SELECT n FROM hits WHERE slug = ? AND day = ? AND kind = ?", (slug, self.day, COUNTED)).fetchone()
            self.known[slug] = int(row[0]) if row else 0
        if self.known[slug] >= self.most or self.all >= MOST_IN_ALL:
            return REPEAT if self.link.execute("SELECT 1 FROM reader WHERE hash = ?", (reader,)).fetchone() else OVER
        if self.link.execute("INSERT OR IGNORE INTO reader VALUES (?)", (reader,)).rowcount != 1:
            return REPEAT
        self.known[slug] += 1
        self.all += 1
        return COUNTED


def hashed(salt: bytes, hit: Hit) -> bytes:
    """The reader of an article under the key of the day."""
    return hmac.new(salt, f"{hit.slug}\n{hit.who}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:16]


def _opened(link: sqlite3.Connection, today: str) -> str:
    """The day that is counted, its key made if it is new. A clock that was set back counts on in the day that is open."""
    _close(link, today)
    row = link.execute("SELECT day FROM salt").fetchone()
    if row is not None:
        return str(row[0])
    link.execute("INSERT INTO salt VALUES (?,?)", (today, secrets.token_bytes(32)))
    return today


def _close(link: sqlite3.Connection, today: str) -> bool:
    row = link.execute("SELECT day FROM salt").fetchone()
    if row is None or row[0] >= today:
        return False
    link.execute("DELETE FROM reader")
    link.execute("DELETE FROM salt")
    link.execute(_SET, ("unswept", "1"))
    return True


def _made(file: Path) -> sqlite3.Connection:
    """A connection that writes; what it deletes is overwritten with zeros. The file is made where there is none."""
    if not file.parent.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.parent.chmod(0o770)
    fresh = not file.exists()
    link = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
    if fresh:
        file.chmod(0o660)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        _patiently(link, f"PRAGMA {pragma}")
    link.execute("BEGIN IMMEDIATE")
    for statement in _TABLES:
        link.execute(statement)
    link.execute("INSERT OR IGNORE INTO meta VALUES ('since', ?)", (vietnam_day(),))
    link.execute("COMMIT")
    return link


def _patiently(link: sqlite3.Connection, statement: str) -> None:
    """Two processes that make the file at once: turning on the log does not wait for a lock by itself."""
    for attempt in range(50):
        try:
            link.execute(statement)
            return
        except sqlite3.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.05)


_tallies: dict[Path, Tally] = {}
_making = threading.Lock()


def tally(folder: Path) -> Tally:
    """This process's tally of a public folder."""
    with _making:
        return _tallies.setdefault(folder, Tally(folder))
