"""Sending snapshots to the hub, asking it who listens, and telling pages where to listen. A missing hub costs time, never an act."""
from __future__ import annotations

import http.client
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from soket.kernel.canonical import canonical
from soket.live import core

log = logging.getLogger("soket.live")
PATIENCE = 0.5
Source = Callable[[], Iterable[core.Message]]
_sources: list[Source] = []


def register_source(source: Source) -> Source:
    """A room says which snapshots should be at the hub now; the worker sends them again after a restart of the hub."""
    if source not in _sources:
        _sources.append(source)
    return source


def channel(parts: str) -> str:
    """The channel's name, e.g. of "conference:12"."""
    return core.channel(settings.SECRET_KEY, parts)


def stream_url(parts: str, *, first: bool = False) -> str:
    """Where a page listens; empty when no hub is configured. `first`: served before the audience."""
    if not settings.LIVE_URL:
        return ""
    name = channel(parts)
    return f"{settings.LIVE_URL}/truc-tiep/{name}" + (f"?uu-tien={core.priority_key(settings.SECRET_KEY, name)}" if first else "")


def confirm_url(parts: str) -> str:
    """Where a screen says that it has shown a snapshot; empty without our own hub."""
    return f"{settings.LIVE_URL}/nhan/{channel(parts)}" if settings.LIVE_URL and settings.LIVE_KIND == "hub" else ""


def message(parts: str, sequence: int, snapshot: Mapping[str, Any]) -> core.Message:
    return core.Message(channel(parts), sequence, canonical(dict(snapshot)))


def publish_on_commit(make: Callable[[], core.Message]) -> None:
    """Make and send the snapshot once the transaction is committed."""
    transaction.on_commit(lambda: send(make()))


def send(what: core.Message) -> bool:
    """Hand one snapshot to the hub. Never raises, never waits longer than half a second; False when it did not arrive."""
    headers = {"X-Soket-Key": core.publisher_key(settings.SECRET_KEY), "X-Sequence": str(what.sequence),
               "Content-Type": "application/json", "X-EventSource-Event": "state"}  # fmt: skip
    return _ask("POST", f"/dua-tin/{what.channel}", what.body, headers) is not None


def connected(parts: str) -> core.Connected | None:
    """Who listens, as the hub says; None when it cannot be asked."""
    nchan = settings.LIVE_KIND == "nchan"
    headers = {"Accept": "application/json"} if nchan else {"X-Soket-Key": core.publisher_key(settings.SECRET_KEY)}
    answer = _ask("GET", f"/{'dua-tin' if nchan else 'ket-noi'}/{channel(parts)}", b"", headers)
    if not answer:
        return None
    try:
        told = json.loads(answer)
        return core.Connected(int(told["subscribers"]), None, None) if nchan else core.Connected(**told)
    except (ValueError, TypeError, KeyError):  # something else answers at that address
        return None


def republish() -> int:
    """Send every room's newest snapshots again. Returns how many arrived."""
    if not settings.LIVE_PUBLISH:
        return 0
    return sum(send(what) for source in _sources for what in source())


def _ask(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes | None:
    if not settings.LIVE_PUBLISH:
        return None
    place = urlsplit(settings.LIVE_PUBLISH)
    try:
        link = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port or 80, timeout=PATIENCE)
        try:
            link.request(method, path, body=body or None, headers=dict(headers))
            answer = link.getresponse()
            content = answer.read()
        finally:
            link.close()
    except (OSError, http.client.HTTPException) as error:
        log.warning("the live hub cannot be reached", extra={"fault": type(error).__name__})
        return None
    return content if answer.status < 300 else None
