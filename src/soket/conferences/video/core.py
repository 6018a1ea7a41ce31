"""What every way of video can do. Each call is best effort within a second; trouble is a state to read, never an exception."""
from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

Kind = Literal["none", "link", "number", "janus"]
SiteKey = int
"""A site's number, unique over all conferences; it is part of the number under which the site stands in a Janus room."""
PATIENCE = 1.0
"""Seconds that the video server is given for one answer."""


@dataclass(frozen=True)
class JanusRooms:
    """What a browser needs to take part: where, which rooms, the rooms' pin and the site's own token."""

    api: str
    audio: int
    video: int
    pin: str
    token: str
    site: SiteKey
    ice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Join:
    """How one site joins."""

    kind: Kind
    label: str = ""
    url: str = ""
    number: str = ""
    pin: str = ""
    rooms: JanusRooms | None = None


@dataclass(frozen=True)
class Trouble:
    """Why the video server did not do what was asked: `code` for words, `detail` as the server gave it."""

    code: Literal["unreachable", "refused", "not_set_up"]
    detail: str = ""


class VideoAdapter(Protocol):
    """One way of video for one conference."""

    trouble: Trouble | None
    """The last trouble, None when the last call went well."""

    def prepare(self, conference_key: str, sites: Sequence[SiteKey]) -> None: ...

    def join(self, site: SiteKey) -> Join: ...

    def call(self, site: SiteKey, *, speaking: bool) -> None: ...

    def follow(self, speaking: Sequence[SiteKey]) -> None: ...

    def record(self, on: bool) -> None: ...

    def recording(self) -> Path | None: ...

    def close(self) -> None: ...


def derived(key: str, *parts: object) -> str:
    """A secret of 32 hexadecimal digits that only the holder of `key` can make, the same each time: nothing of it is stored."""
    text = "\x1f".join(["soket.video", *(str(part) for part in parts)])
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def room_number(key: str, conference: str, what: str) -> int:
    """A room's number that cannot be guessed and that a browser holds exactly (below 2^53)."""
    return int(derived(key, "room", conference, what)[:12], 16) | 1


def video_origins(settings: Mapping[str, Any]) -> list[str]:
    """Where a browser must be let connect to (connect-src): the Janus door, when one is configured elsewhere than on our own origin."""
    parts = urlsplit(str(settings.get("api", "")))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme in {"ws", "wss"} and parts.netloc else []


def adapter_for(kind: str, settings: Mapping[str, Any]) -> VideoAdapter:
    """The adapter of a kind. `settings`: conference, address, pin, hosts (allowed hosts of addresses), key, api, admin, secrets, ice, recordings."""
    from soket.conferences.video.janus import JanusVideo
    from soket.conferences.video.links import LinkVideo, NoVideo, NumberVideo

    made: dict[str, type[Any]] = {"link": LinkVideo, "number": NumberVideo, "janus": JanusVideo}
    adapter: VideoAdapter = made.get(kind, NoVideo)(settings)
    return adapter
