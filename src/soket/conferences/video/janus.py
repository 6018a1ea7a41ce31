"""Our own video: a Janus server on loopback with an AudioBridge room for all sites and a VideoRoom for those who speak.

Soket speaks to the admin door alone (one request, one answer, no session); browsers speak to the WebSocket. Numbers, pins and
tokens are derived from Soket's own secret key, so that nothing of them is stored and a restarted Janus gets the same rooms again.
A site stands in the rooms under SITE * SLOTS + n, so that its several screens have numbers of their own.
"""
from __future__ import annotations

import http.client
import json
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from soket.conferences.video.core import PATIENCE, JanusRooms, Join, SiteKey, Trouble, derived, room_number

log = logging.getLogger("soket.conferences.video")
AUDIO, VIDEO = "janus.plugin.audiobridge", "janus.plugin.videoroom"
SLOTS = 100
FRESH = 10.0
"""Seconds after which an unfinished sound file is taken as left behind by a server that fell."""
PUBLISHERS = 6
EXISTS, MISSING = {486, 427}, {485, 426}
WHOLE = 3.0
"""Seconds that all requests of one change may take together."""


class Refusal(Exception):
    """Janus answered that it did not do it; `code` is its error code."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class JanusVideo:
    """One conference's rooms."""

    trouble: Trouble | None = None

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings, self.key = settings, str(settings.get("key", ""))
        self.conference = str(settings.get("conference", ""))
        self.sites: tuple[SiteKey, ...] = tuple(settings.get("sites", ()))
        self.folder = Path(str(settings["recordings"])) if settings.get("recordings") else None
        self.until = 0.0

    def prepare(self, conference_key: str, sites: Sequence[SiteKey]) -> None:
        """Make both rooms, or bring the list of who may come in up to date in rooms that stand."""
        self.conference, self.sites = conference_key, tuple(sites)
        self._attempt(self._open)

    def join(self, site: SiteKey) -> Join:
        if not self.settings.get("api"):
            return Join("none")
        rooms = JanusRooms(
            str(self.settings["api"]), self._room("audio"), self._room("video"), self._pin(), self._token(site), site, tuple(self.settings.get("ice", ()))
        )
        return Join("janus", label="Janus", rooms=rooms)

    def call(self, site: SiteKey, *, speaking: bool) -> None:
        """Open or close one site's microphone and its place before the camera; the others stay as they are."""
        self._attempt(lambda: self._floor({site} if speaking else set(), only={site}))

    def follow(self, speaking: Sequence[SiteKey]) -> None:
        """Let exactly these sites speak. Rooms that a restarted Janus no longer knows are made again."""
        self._attempt(lambda: self._floor(set(speaking), only=None))

    def record(self, on: bool) -> None:
        """Begin a new sound file of the whole room, or end it."""
        self._attempt(lambda: self._record(on))

    def recording(self) -> Path | None:
        """The newest finished sound file; None while one is being written: that has another ending and was touched a moment ago."""
        if self.folder is None or not self.folder.is_dir():
            return None
        if any(time.time() - path.stat().st_mtime < FRESH for path in self.folder.glob(f"conference-{self.conference}-*.part")):
            return None
        return max(self.folder.glob(f"conference-{self.conference}-*.wav"), default=None, key=lambda path: path.name)

    def close(self) -> None:
        """End both rooms; everyone in them is let go."""
        self._attempt(self._close)

    def _room(self, what: str) -> int:
        return room_number(self.key, self.conference, what)

    def _pin(self) -> str:
        return derived(self.key, "pin", self.conference)[:12]

    def _secret(self) -> str:
        return derived(self.key, "secret", self.conference)

    def _token(self, site: SiteKey) -> str:
        return derived(self.key, "token", self.conference, site)[:24]

    def _open(self) -> None:
        common = {"secret": self._secret(), "pin": self._pin(), "is_private": True, "permanent": False, "description": f"conference {self.conference}"}
        tokens = [self._token(site) for site in self.sites]
        # 16 kHz is wideband speech: three hours of it are 350 MB of sound file
        sound = {"sampling_rate": 16000, "audiolevel_ext": True, "audiolevel_event": True, "default_prebuffering": 4}
        if not self._create(AUDIO, "audio", {**common, **sound, "allowed": tokens or ["-"]}):
            self._let(AUDIO, "audio", set(tokens))
        self._create(VIDEO, "video", {**common, "publishers": PUBLISHERS, "bitrate": 900_000, "videocodec": "vp8,h264", "fir_freq": 10, "allowed": ["-"]})

    def _create(self, plugin: str, what: str, body: Mapping[str, Any]) -> bool:
        """True when the room is new. A room has a list of tokens from its first moment, so that it is never open to all."""
        try:
            self._ask(plugin, {"request": "create", "room": self._room(what), "admin_key": self._keys()["admin_key"], **body})
        except Refusal as refusal:
            if refusal.code not in EXISTS:
                raise
            return False
        return True

    def _let(self, plugin: str, what: str, tokens: set[str]) -> None:
        """Exactly these tokens open the room."""
        about = {"request": "allowed", "room": self._room(what), "secret": self._secret()}
        held = set(self._ask(plugin, {**about, "action": "add", "allowed": sorted(tokens | {"-"})}).get("allowed", []))
        if extra := held - tokens - {"-"}:
            self._ask(plugin, {**about, "action": "remove", "allowed": sorted(extra)})

    def _floor(self, speaking: set[SiteKey], only: set[SiteKey] | None) -> None:
        try:
            self._sound(speaking, only)
        except Refusal as refusal:
            if refusal.code not in MISSING or not self.sites:
                raise
            self._open()
            self._sound(speaking, only)
        self._pictures(speaking, only)

    def _sound(self, speaking: set[SiteKey], only: set[SiteKey] | None) -> None:
        for one in self._present(AUDIO, "audio"):
            site = int(one["id"]) // SLOTS
            muted = site not in speaking
            if (only is None or site in only) and bool(one.get("muted")) != muted:
                self._each(AUDIO, "audio", "mute" if muted else "unmute", one["id"])

    def _pictures(self, speaking: set[SiteKey], only: set[SiteKey] | None) -> None:
        tokens = {self._token(site) for site in speaking}
        if only is None:
            self._let(VIDEO, "video", tokens)
        else:
            about = {"request": "allowed", "room": self._room("video"), "secret": self._secret()}
            self._ask(VIDEO, {**about, "action": "add" if speaking else "remove", "allowed": [self._token(site) for site in only]})
        for one in self._present(VIDEO, "video"):
            site = int(one["id"]) // SLOTS
            if site not in speaking and (only is None or site in only):
                self._each(VIDEO, "video", "kick", one["id"])

    def _present(self, plugin: str, what: str) -> list[dict[str, Any]]:
        return list(self._ask(plugin, {"request": "listparticipants", "room": self._room(what)})["participants"])

    def _each(self, plugin: str, what: str, request: str, id: int) -> None:
        """One participant; who has just left is no trouble."""
        try:
            self._ask(plugin, {"request": request, "room": self._room(what), "secret": self._secret(), "id": id})
        except Refusal as refusal:
            if refusal.code not in {492, 428}:
                raise

    def _record(self, on: bool) -> None:
        body: dict[str, Any] = {"request": "enable_recording", "room": self._room("audio"), "secret": self._secret(), "record": on}
        if on and self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o770)
            body["record_file"] = str(self.folder / f"conference-{self.conference}-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.wav")
        self._ask(AUDIO, body)

    def _close(self) -> None:
        for plugin, what in ((AUDIO, "audio"), (VIDEO, "video")):
            try:
                self._ask(plugin, {"request": "destroy", "room": self._room(what), "secret": self._secret(), "permanent": False})
            except Refusal as refusal:
                if refusal.code not in MISSING:
                    raise

    def _attempt(self, change: Any) -> None:
        """Make a change within its time; what went wrong is kept in `trouble`."""
        self.trouble, self.until = None, time.monotonic() + WHOLE
        try:
            change()
        except Refusal as refusal:
            self.trouble = Trouble("refused", str(refusal))
        except FileNotFoundError:
            self.trouble = Trouble("not_set_up")
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as fault:
            self.trouble = Trouble("unreachable", type(fault).__name__)
        if self.trouble is not None:
            log.warning("the video server did not follow", extra={"fault": self.trouble.code, "detail": self.trouble.detail})

    def _keys(self) -> dict[str, str]:
        if not self.settings.get("admin") or not self.settings.get("secrets"):
            raise FileNotFoundError
        found: dict[str, str] = json.loads(Path(str(self.settings["secrets"])).read_text(encoding="utf-8"))
        return found

    def _ask(self, plugin: str, request: Mapping[str, Any]) -> dict[str, Any]:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        body = {"janus": "message_plugin", "transaction": "soket", "admin_secret": self._keys()["admin_secret"], "plugin": plugin, "request": dict(request)}
        place = urlsplit(str(self.settings["admin"]))
        link = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port or 7088, timeout=min(PATIENCE, left))
        try:
            link.request("POST", place.path or "/admin", json.dumps(body).encode(), {"Content-Type": "application/json"})
            answer = json.loads(link.getresponse().read())
        finally:
            link.close()
        if "error" in answer:
            raise Refusal(int(answer["error"].get("code", 0)), str(answer["error"].get("reason", "")))
        found: dict[str, Any] = answer["response"]
        if "error_code" in found:
            raise Refusal(int(found["error_code"]), str(found.get("error", "")))
        return found
