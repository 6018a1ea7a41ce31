"""Event-stream readers without a browser: thousands of sockets in one loop, each message's arrival kept.

Run as `python -m bench._streams PORT PATH COUNT OUT [HOST]`: connects, prints "ready COUNT", reads until standard input closes, writes JSON to OUT.
A message's number stands in its data as `"sequence":N`, its instant of sending (CLOCK_MONOTONIC, nanoseconds) as `"sent":T`.
"""
from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

SEQUENCE, SENT = re.compile(rb'"sequence":(\d+)'), re.compile(rb'"sent":(\d+)')
TOGETHER = 200


class Reader(asyncio.Protocol):
    """One screen."""

    def __init__(self, all_: Readers) -> None:
        self.all, self.buffer, self.seen = all_, b"", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.all.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.seen and b"\r\n\r\n" in self.buffer:
            self.seen = 1
            self.all.open += 1
            self.all.refused += b" 200 " not in self.buffer[:20]
        if b"\n\n" not in self.buffer:
            return
        whole, _cut, self.buffer = self.buffer.rpartition(b"\n\n")
        now = time.monotonic_ns()
        for match in SEQUENCE.finditer(whole):
            sequence = int(match[1])
            self.all.got[sequence] += 1
            self.all.last[sequence] = now
        for match in SENT.finditer(whole):
            self.all.delays.append(now - int(match[1]))

    def connection_lost(self, _error: Exception | None) -> None:
        self.all.gone += 1


class Readers:
    """All screens of this process."""

    def __init__(self, host: str, port: int, path: str) -> None:
        self.host, self.port, self.open, self.gone, self.refused = host, port, 0, 0, 0
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        self.got: dict[int, int] = defaultdict(int)
        self.last: dict[int, int] = {}
        self.delays: list[int] = []

    async def run(self, count: int, out: Path) -> None:
        loop = asyncio.get_running_loop()
        for start in range(0, count, TOGETHER):
            some = range(start, min(count, start + TOGETHER))
            await asyncio.gather(*(loop.create_connection(lambda: Reader(self), self.host, self.port) for _ in some))
        for _ in range(600):
            if self.open >= count:
                break
            await asyncio.sleep(0.1)
        print("ready", self.open, flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        found = {"open": self.open, "gone": self.gone, "refused": self.refused, "got": self.got, "last": self.last, "delays": self.delays if count < 10 else []}
        out.write_text(json.dumps(found))


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    port, path, count, out = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    asyncio.run(Readers("127.0.0.1", port, path).run(count, out))


if __name__ == "__main__":
    main()
