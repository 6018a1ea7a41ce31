"""Answers of the application as bytes that can be sent again: with a strong ETag, and compressed once."""
from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST = 600
"""Bytes below which compressing gains nothing."""
_TEXT = ("text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml", "image/svg+xml")
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """`headers` without length, tag and encoding, which depend on what is sent. `etag` in quotation marks; empty where there is none.

    `packed`: the compressed body, empty where it gains nothing. `shared`: whether another reader may get it.
    """

    status: int
    line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes
    etag: str
    shared: bool

    @property
    def size(self) -> int:
        """Bytes that keeping it takes, roughly."""
        return len(self.body) + len(self.packed) + 1000


def ask(application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """The application's whole answer. What it raises passes."""
    told: list[Any] = []

    def start(line: str, headers: Headers, _error: object = None) -> Callable[[bytes], None]:
        told[:] = [line, headers]
        return lambda _piece: None

    pieces = application(environ, start)
    try:
        body = b"".join(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close:
            close()
    return made(told[0], told[1], body)


def made(line: str, headers: Headers, body: bytes) -> Answer:
    """An answer from what the application said. Only what was found has a tag: of an error none is asked again."""
    status = int(line[:3])
    names = {name.lower(): value for name, value in headers}
    shared = status < 500 and "set-cookie" not in names and not {"no-store", "private"} & _words(names.get("cache-control", ""))
    etag = names.get("etag", "") or (f'"{hashlib.sha256(body).hexdigest()}"' if status == 200 else "")
    text = names.get("content-type", "").startswith(_TEXT) and "content-encoding" not in names
    packed = gzip.compress(body, 6, mtime=0) if text and len(body) >= SMALLEST else b""
    kept = [(name, value) for name, value in headers if name.lower() not in {"content-length", "etag", "vary", "connection"}]
    if "cache-control" not in names:
        kept.append(("Cache-Control", "no-cache"))  # keep it, but ask each time: 304 costs little and a correction is seen at once
    kept.append(("Vary", ", ".join(dict.fromkeys([*_listed(names.get("vary", "")), "Accept-Encoding", "Accept-Language", "Cookie"]))))
    return Answer(status, line, tuple(kept), body, packed if len(packed) < len(body) else b"", etag.removeprefix("W/"), shared)


def send(answer: Answer, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """What this request gets of it: the whole, compressed or not, its head alone, or 304."""
    packed = bool(answer.packed) and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = list(answer.headers)
    tag = f'{answer.etag[:-1]}-gz"' if packed and answer.etag else answer.etag
    if tag:
        headers.append(("ETag", tag))
        if answer.status == 200 and _known(environ.get("HTTP_IF_NONE_MATCH", ""), answer.etag):
            start_response("304 Not Modified", [pair for pair in headers if not pair[0].lower().startswith("content-")])
            return []
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    body = answer.packed if packed else answer.body
    headers.append(("Content-Length", str(len(body))))
    start_response(answer.line, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _known(asked: str, etag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2): weak comparison, either form of the same page."""
    if not asked:
        return False
    tags = {one.removeprefix("W/") for one in _listed(asked)}
    return bool(tags & {"*", etag, f'{etag[:-1]}-gz"'})


def _takes_gzip(asked: str) -> bool:
    for part in asked.split(","):
        name, _cut, weight = part.partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "").partition("=")[2] not in {"0", "0.0", "0.00", "0.000"}
    return False


def _words(value: str) -> set[str]:
    return {part.partition("=")[0].lower() for part in _listed(value)}


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
