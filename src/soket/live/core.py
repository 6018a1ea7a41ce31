"""The words of the wire: a message, its frame, the keys that let a screen or a publisher in."""
from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

LARGEST = 16_384
"""Bytes of one snapshot at most; ours stay under 4,096."""


@dataclass(frozen=True)
class Message:
    """One snapshot of a channel: canonical JSON that stands alone, with its place in the channel's order."""

    channel: str
    sequence: int
    body: bytes


@dataclass(frozen=True)
class Connected:
    """How many screens listen, how many confirmed the newest snapshot (None where nobody counts that), and the slowest in milliseconds."""

    screens: int
    confirmed: int | None
    slowest_ms: int | None


def frame(message: Message) -> bytes:
    """A server-sent event: one line of data, for canonical JSON holds no line breaks."""
    return b"id: %d\nevent: state\ndata: %s\n\n" % (message.sequence, message.body)


def beat(instant: str, screens: int) -> bytes:
    """A sign of life that tells the server's time and how many listen."""
    return f'event: beat\ndata: {{"at":"{instant}","screens":{screens}}}\n\n'.encode()


def channel(secret: str, parts: str) -> str:
    """The name of a channel: nobody who was not given it can guess it."""
    return hmac.new(secret.encode(), b"live:" + parts.encode(), sha256).hexdigest()[:40]


def priority_key(secret: str, name: str) -> str:
    """Lets a screen be served before the audience."""
    return hmac.new(secret.encode(), b"first:" + name.encode(), sha256).hexdigest()[:32]


def publisher_key(secret: str) -> str:
    """What the hub asks of whoever publishes."""
    return hmac.new(secret.encode(), b"publisher", sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Equal, compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
