"""Pages kept in memory in front of Django (WSGI). A page is valid for one generation of the public store, so the request after a
correction already gets the new one; and for half a minute at most, or until the next article expires.

The application is asked with an environment of its own, made from what the key holds: path, known query fields, language, host, and
whether a panel alone is wanted. No cookie and no other header of one reader reaches a page that the next reader gets.
"""
from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from soket.publishing.outlet import answers
from soket.publishing.outlet.answers import Answer
from soket.publishing.outlet.schema import StoreMissing
from soket.publishing.outlet.shelf import open_shelf

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, str, str, str, bool]
ROOT = "/cong-bo/"
PASSED = ("/cong-bo/tep/", "/cong-bo/dem/", "/cong-bo/ngon-ngu/", "/cong-bo/kiem-chung/")
"""Addresses that are never kept: files (sent in parts from disk), counting, the language, and the check of a reader's own file."""
FIELDS = frozenset({"q", "page", "chuyen-muc", "tu", "den", "thang", "truoc", "sau"})
"""Query fields that a public page reads. Others do not reach it: marks of advertisers would make a page of their own each."""
KEPT_STATUS = frozenset({200, 301, 302, 404, 410})
AGE, LIMIT, LIMIT_MISSING, LONGEST_QUERY = 30.0, 64 << 20, 4 << 20, 600
_COOKIE = "django_language="
_WEIGHT = re.compile(r"[01](?:\.[0-9]{0,3})?", re.ASCII)


class Ground(Protocol):
    """The store as far as the cache asks it."""

    def generation(self) -> int: ...
    def next_end(self, now: int) -> int | None: ...


@dataclass(frozen=True)
class Entry:
    """A kept answer: good for this generation and before `ends` (seconds of the monotonic clock)."""

    answer: Answer
    generation: int
    ends: float


class _Flight:
    """One rendering that others wait for. `answer` stays None when they cannot share it."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.answer: Answer | None = None


class Kept:
    """Entries by key, the least recently asked thrown out when they exceed `limit` bytes. One thread at a time."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.entries: OrderedDict[Key, Entry] = OrderedDict()

    def get(self, key: Key) -> Entry | None:
        entry = self.entries.get(key)
        if entry is not None:
            self.entries.move_to_end(key)
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        self.drop(key)
        if entry.answer.size > self.limit // 4:
            return
        self.entries[key] = entry
        self.size += entry.answer.size
        while self.size > self.limit:
            self.drop(next(iter(self.entries)))

    def drop(self, key: Key) -> None:
        gone = self.entries.pop(key, None)
        if gone is not None:
            self.size -= gone.answer.size

    def clear(self) -> None:
        self.entries.clear()
        self.size = 0


class PageCache:
    """WSGI middleware. `ground` gives the store of the calling thread (for tests); `clock` is monotonic, `wall` epoch seconds."""

    def __init__(
        self, application: Application, folder: Path, *, limit: int = LIMIT, limit_missing: int = LIMIT_MISSING, age: float = AGE,
        clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time, ground: Callable[[], Ground] | None = None,
    ) -> None:  # fmt: skip
        self.application, self.age, self.clock, self.wall = application, age, clock, wall
        self.ground = ground or (lambda: open_shelf(folder))
        self.pages, self.missing = Kept(limit), Kept(limit_missing)
        self.lock, self.flights, self.generation = threading.Lock(), dict[tuple[Key, int], _Flight](), -1

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        try:
            generation = self.ground().generation()
        except StoreMissing:
            return self.application(environ, start_response)
        answer = self._found(key, generation)
        if answer is None:
            answer = self._flown(key, generation, environ)
        return answers.send(answer, environ, start_response)

    def _found(self, key: Key, generation: int) -> Answer | None:
        with self.lock:
            if generation != self.generation:
                self.pages.clear()
                self.missing.clear()
                self.generation = generation
            entry = self.pages.get(key) or self.missing.get(key)
        return entry.answer if entry and entry.generation == generation and self.clock() < entry.ends else None

    def _flown(self, key: Key, generation: int, environ: Environ) -> Answer:
        """Render, or wait for the one who does: a hundred who miss together cost one rendering."""
        with self.lock:
            flight = self.flights.get((key, generation))
            first = flight is None
            if flight is None:
                flight = self.flights[key, generation] = _Flight()
        if not first:
            flight.done.wait(30)
            return flight.answer or self._asked(key, environ)
        try:
            ends = self._ends()
            answer = self._asked(key, environ)
            if answer.shared:
                flight.answer = answer
                self._keep(key, Entry(answer, generation, ends))
            return answer
        finally:
            with self.lock:
                del self.flights[key, generation]
            flight.done.set()

    def _ends(self) -> float:
        """Until when what is rendered now is right; asked before rendering."""
        wall = self.wall()
        end = self.ground().next_end(int(wall))
        return self.clock() + (self.age if end is None else min(self.age, end - wall))

    def _keep(self, key: Key, entry: Entry) -> None:
        if entry.answer.status not in KEPT_STATUS:
            return
        with self.lock:
            if entry.generation == self.generation:
                (self.missing if entry.answer.status == 404 else self.pages).put(key, entry)

    def _asked(self, key: Key, environ: Environ) -> Answer:
        return answers.ask(self.application, asked_environ(key, environ))


def key_of(environ: Mapping[str, Any]) -> Key | None:
    """What an answer depends on: host, path, query, language, whether a panel alone is wanted; None for what is never kept."""
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not (path.startswith(ROOT) or path == "/robots.txt") or path.startswith(PASSED):
        return None
    query = environ.get("QUERY_STRING", "")
    if query:
        if len(query) > LONGEST_QUERY:
            return None
        told = query.encode("latin-1", "replace").decode(errors="replace")  # the server hands over bytes as Latin-1; not every client escapes them
        query = urlencode([pair for pair in parse_qsl(told, keep_blank_values=True) if pair[0] in FIELDS])
    return environ.get("HTTP_HOST", ""), path, query, language_of(environ), environ.get("HTTP_X_PARTIAL") == "panel"


def language_of(environ: Mapping[str, Any]) -> str:
    """vi or en: the reader's own choice (a cookie), else the first that the browser asks for, else vi."""
    cookie = environ.get("HTTP_COOKIE", "")
    if _COOKIE in cookie:
        for part in cookie.split(";"):
            if part.strip() in {f"{_COOKIE}vi", f"{_COOKIE}en"}:
                return str(part.strip()[-2:])
    asked = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    return _preferred(asked) if asked else "vi"


def _preferred(asked: str) -> str:
    first = asked.partition(",")[0]
    if first[:2] in {"vi", "en"} and first[2:3] in {"", "-"} and ";" not in first:
        return first[:2]
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(asked[:500].split(",")):
        name, _cut, weight = part.partition(";")
        short = name.strip().lower().partition("-")[0]
        number = weight.partition("=")[2].strip() or "1"
        if short in {"vi", "en"} and _WEIGHT.fullmatch(number) and float(number) > 0:
            found.append((-float(number), place, short))
    return min(found)[2] if found else "vi"


def asked_environ(key: Key, environ: Environ) -> Environ:
    """The request as the application sees it: nothing in it but what the key holds and what belongs to the server."""
    host, path, query, language, panel = key
    clean = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    clean |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host, "HTTP_ACCEPT_LANGUAGE": language}
    clean.pop("CONTENT_LENGTH", None)
    if panel:
        clean["HTTP_X_PARTIAL"] = "panel"
    return clean
