"""Video that runs elsewhere: the address of any system (Zoom, Teams, Jitsi, a local one), or the number of a conference bridge."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from soket.conferences.video.core import Join, SiteKey, Trouble

NUMBER = re.compile(r"[0-9A-Za-z+*#@.:_-]{2,80}")
PIN = re.compile(r"[0-9A-Za-z*#-]{1,20}")
PORT = 65535


class BadAddress(ValueError):
    """The address or number cannot be used; `code` says why: not_https, not_allowed, not_an_address, not_a_number, not_a_pin."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked_link(text: str, hosts: Sequence[str] = ()) -> str:
    """The address itself when it is https, names a host, holds no password, and its host (or a parent of it) is in `hosts`, where given."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise BadAddress("not_an_address") from None
    if parts.scheme != "https":
        raise BadAddress("not_https")
    if not host or not 0 < port <= PORT or "@" in parts.netloc or re.search(r"[\s\x00-\x1f\"<>\\]", text) or len(text) > 500:
        raise BadAddress("not_an_address")
    if hosts and not any(host == one or host.endswith("." + one) for one in (entry.lower().strip(".") for entry in hosts)):
        raise BadAddress("not_allowed")
    return text


def checked_number(text: str) -> str:
    """A number or SIP address of a bridge, without spaces."""
    joined = "".join(text.split())
    if not NUMBER.fullmatch(joined):
        raise BadAddress("not_a_number")
    return joined


def checked_pin(text: str) -> str:
    joined = "".join(text.split())
    if joined and not PIN.fullmatch(joined):
        raise BadAddress("not_a_pin")
    return joined


class Elsewhere:
    """A way of video that Soket does not steer: it says only how to join."""

    trouble: Trouble | None = None

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.address, self.pin = str(settings.get("address", "")), str(settings.get("pin", ""))
        self.hosts = tuple(settings.get("hosts", ()))

    def prepare(self, conference_key: str, sites: Sequence[SiteKey]) -> None:
        """Nothing to prepare."""

    def join(self, site: SiteKey) -> Join:
        return Join("none")

    def call(self, site: SiteKey, *, speaking: bool) -> None:
        """The microphone is opened by hand in the other system."""

    def follow(self, speaking: Sequence[SiteKey]) -> None:
        """As `call`."""

    def record(self, on: bool) -> None:
        """Recording is the other system's."""

    def recording(self) -> Path | None:
        return None

    def close(self) -> None:
        """Nothing to close."""


class NoVideo(Elsewhere):
    """No video at all."""


class LinkVideo(Elsewhere):
    """One address for all sites. An address that is no longer allowed is not shown."""

    def join(self, site: SiteKey) -> Join:
        try:
            url = checked_link(self.address, self.hosts)
        except BadAddress:
            return Join("none")
        return Join("link", label=urlsplit(url).hostname or "", url=url, pin=self.pin)


class NumberVideo(Elsewhere):
    """One number for all sites, dialled from the hall's own equipment."""

    def join(self, site: SiteKey) -> Join:
        return Join("number", label=self.address, number=self.address, pin=self.pin) if self.address else Join("none")
