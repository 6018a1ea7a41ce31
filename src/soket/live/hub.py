"""The hub: the newest snapshot of each channel and the screens that wait for the next. One thread, one loop, no Django.

A screen has room for exactly one unsent frame: a newer snapshot replaces it, so a slow line delays only itself and
never shows an older state after a newer one.
"""
from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from soket.live.core import Connected, Message, frame


class Full(Exception):
    """No more screens are taken, in all or from this address."""


class Screen:
    """One open stream."""

    __slots__ = ("address", "chair", "closed", "frame", "waiter")

    def __init__(self, address: str, chair: bool) -> None:
        self.address, self.chair, self.closed = address, chair, False
        self.frame: bytes | None = None
        self.waiter: asyncio.Future[None] | None = None

    def offer(self, data: bytes, *, over: bool = True) -> None:
        """Put the frame in the one place there is; a beat (`over` False) never replaces a snapshot."""
        if self.frame is None or over:
            self.frame = data
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    def close(self) -> None:
        self.closed = True
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    async def next(self) -> bytes | None:
        """The next frame, None when the stream is closed."""
        while self.frame is None and not self.closed:
            self.waiter = asyncio.get_running_loop().create_future()
            await self.waiter
        data, self.frame = self.frame, None
        return None if self.closed else data


@dataclass
class Channel:
    """The newest message and who listens: chairs apart, for they are served first."""

    message: Message | None = None
    data: bytes = b""
    chairs: set[Screen] = field(default_factory=set)
    audience: set[Screen] = field(default_factory=set)
    confirmed: int = 0
    slowest_ms: int | None = None

    @property
    def screens(self) -> int:
        return len(self.chairs) + len(self.audience)


class Hub:
    """All channels. `most` streams in all, `per_address` from one address."""

    def __init__(self, most: int = 20_000, per_address: int = 20_000) -> None:
        self.channels: dict[str, Channel] = {}
        self.most, self.per_address, self.total = most, per_address, 0
        self.addresses: Counter[str] = Counter()

    def publish(self, message: Message) -> bool:
        """Keep and hand on a snapshot, chairs first. An older one than is held changes nothing; the same again is not sent twice."""
        held = self.channels.setdefault(message.channel, Channel())
        if held.message is not None and (message.sequence < held.message.sequence or message == held.message):
            return False
        held.message, held.data, held.confirmed, held.slowest_ms = message, frame(message), 0, None
        for screen in held.chairs:
            screen.offer(held.data)
        for screen in held.audience:
            screen.offer(held.data)
        return True

    def join(self, name: str, *, since: int, address: str, chair: bool) -> Screen:
        """A new stream, offered the newest snapshot when `since` is not its sequence. Raises Full."""
        if self.total >= self.most or self.addresses[address] >= self.per_address:
            raise Full
        held = self.channels.setdefault(name, Channel())
        screen = Screen(address, chair)
        (held.chairs if chair else held.audience).add(screen)
        self.total += 1
        self.addresses[address] += 1
        if held.message is not None and held.message.sequence != since:
            screen.offer(held.data)
        return screen

    def leave(self, name: str, screen: Screen) -> None:
        held = self.channels[name]
        group = held.chairs if screen.chair else held.audience
        if screen in group:
            group.discard(screen)
            self.total -= 1
            self.addresses[screen.address] -= 1
            if not self.addresses[screen.address]:
                del self.addresses[screen.address]
        if not held.screens and held.message is None:
            del self.channels[name]

    def confirm(self, name: str, sequence: int, delay_ms: int) -> None:
        """A screen has shown the snapshot of that sequence."""
        held = self.channels.get(name)
        if held is None or held.message is None or held.message.sequence != sequence:
            return
        held.confirmed = min(held.confirmed + 1, held.screens)
        held.slowest_ms = max(held.slowest_ms or 0, delay_ms)

    def connected(self, name: str) -> Connected:
        held = self.channels.get(name, Channel())
        return Connected(held.screens, held.confirmed, held.slowest_ms)

    def beat(self, make: Callable[[int], bytes]) -> None:
        """Offer every stream a sign of life; `make(screens)` gives its bytes."""
        for held in self.channels.values():
            data = make(held.screens)
            for screen in (*held.chairs, *held.audience):
                screen.offer(data, over=False)
