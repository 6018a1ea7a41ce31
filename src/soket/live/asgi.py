"""The hub over HTTP: a small ASGI application in a process of its own. It reads no database and imports no Django.

GET /truc-tiep/CHANNEL a stream of server-sent events · POST /dua-tin/CHANNEL a new snapshot (with the key, from this
machine) · GET /ket-noi/CHANNEL who listens (with the key) · POST /nhan/CHANNEL?n=…&ms=… a screen confirms · GET /healthz.
"""
from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from soket.config import load
from soket.live import core
from soket.live.hub import Full, Hub, Screen

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
BEAT = 10.0
LOCAL = ("127.0.0.1", "::1", "", "unix")


class Application:
    """`secret` signs the keys, `origin` is the only page allowed to listen from elsewhere."""

    def __init__(self, secret: str, origin: str, hub: Hub | None = None, beat: float = BEAT) -> None:
        self.secret, self.origin, self.hub, self.period = secret, origin, hub or Hub(), beat
        self.beating: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        if self.beating is None:
            self.beating = asyncio.get_running_loop().create_task(self._beat())
        parts = scope["path"].strip("/").split("/")
        handler = {("GET", "truc-tiep"): self._stream, ("POST", "dua-tin"): self._publish, ("GET", "ket-noi"): self._count,
                   ("POST", "nhan"): self._confirm}.get((scope["method"], parts[0]))  # fmt: skip
        if scope["path"] == "/healthz":
            await self._answer(send, 200, {"status": "ok", "screens": self.hub.total})
        elif handler is None or len(parts) != 2 or not (8 <= len(parts[1]) <= 80 and parts[1].isalnum()):
            await self._answer(send, 404, {"error": "not found"})
        else:
            await handler(scope, receive, send, parts[1])

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.period)
            instant = datetime.now(UTC).isoformat(timespec="milliseconds")
            self.hub.beat(partial(core.beat, instant))

    def _query(self, scope: Scope, name: str) -> str:
        return str(parse_qs(scope.get("query_string", b"").decode("latin-1")).get(name, [""])[0])

    async def _stream(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        headers = dict(scope["headers"])
        last = headers.get(b"last-event-id", b"").decode("latin-1") or self._query(scope, "sau")
        chair = core.same(self._query(scope, "uu-tien"), core.priority_key(self.secret, name))
        address = (scope.get("client") or ("", 0))[0]
        try:
            screen = self.hub.join(name, since=int(last) if last.isdecimal() and len(last) < 12 else -1, address=address, chair=chair)
        except Full:
            await self._answer(send, 503, {"error": "full"})
            return
        gone = asyncio.get_running_loop().create_task(_until_gone(receive, screen))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [
                (b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"), *self._cors(),
            ]})  # fmt: skip
            await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
            while (data := await screen.next()) is not None:
                await send({"type": "http.response.body", "body": data, "more_body": True})
        except (OSError, RuntimeError):
            pass  # the line is gone
        finally:
            self.hub.leave(name, screen)
            gone.cancel()

    def _allowed(self, scope: Scope) -> bool:
        given = dict(scope["headers"]).get(b"x-soket-key", b"").decode("latin-1")
        return (scope.get("client") or ("", 0))[0] in LOCAL and core.same(given, core.publisher_key(self.secret))

    async def _publish(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        sequence = dict(scope["headers"]).get(b"x-sequence", b"").decode("latin-1")
        if not self._allowed(scope) or not (sequence.isdecimal() and len(sequence) < 12):
            await self._answer(send, 404, {"error": "not found"})
            return
        body = await _body(receive, core.LARGEST)
        if body is None or b"\n" in body or b"\r" in body:
            await self._answer(send, 413, {"error": "too large or not one line"})
            return
        fresh = self.hub.publish(core.Message(name, int(sequence), body))
        await self._answer(send, 200, {"fresh": fresh, "screens": self.hub.connected(name).screens})

    async def _count(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        if not self._allowed(scope):
            await self._answer(send, 404, {"error": "not found"})
            return
        await self._answer(send, 200, vars(self.hub.connected(name)))

    async def _confirm(self, scope: Scope, receive: Receive, send: Send, name: str) -> None:
        sequence, delay = self._query(scope, "n"), self._query(scope, "ms")
        if sequence.isdecimal() and delay.isdecimal() and len(sequence) < 12 and len(delay) < 8:
            self.hub.confirm(name, int(sequence), int(delay))
        await self._answer(send, 204, None)

    def _cors(self) -> list[tuple[bytes, bytes]]:
        return [(b"access-control-allow-origin", self.origin.encode()), (b"vary", b"Origin")]

    async def _answer(self, send: Send, status: int, content: dict[str, Any] | None) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *self._cors()]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def _until_gone(receive: Receive, screen: Screen) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    screen.close()


async def _body(receive: Receive, largest: int) -> bytes | None:
    """The whole body, None when it is larger."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += bytes(message.get("body", b""))
        if len(body) > largest:
            return None
        if not message.get("more_body"):
            return body


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


def build() -> Application:
    """The application of this machine's configuration."""
    config = load()
    return Application(config.secret_key, config.base_url)


application = build()
