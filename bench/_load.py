"""A load generator in one process: so many kept-open connections, each asking again as soon as it has its answer. The same for every server.

Run as `python -m bench._load PORT PATH CONNECTIONS SECONDS [HEADER…]`; prints one line of JSON. Only 127.0.0.1 is asked.
"""
from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WARM = 1.0


class _Line:
    """One connection: what has come of the answer, and since when it is waited for."""

    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request, self.buffer, self.whole, self.asked = request, b"", 0, 0

    def ask(self) -> None:
        self.buffer, self.whole, self.asked = b"", 0, time.perf_counter_ns()
        self.socket.sendall(self.request)

    def come(self) -> bool:
        """Read what is there; whether the answer is whole. Raises RuntimeError for an answer that is none of 200."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise RuntimeError("the server closed a connection")
        self.buffer = self.buffer + piece if self.buffer else piece
        if not self.whole:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = self.buffer[:end].lower()
            if not head.startswith((b"http/1.1 200", b"http/1.1 304")):
                raise RuntimeError(self.buffer[:60].decode("latin-1"))
            at = head.find(b"\r\ncontent-length:")
            if at < 0:
                raise RuntimeError("an answer without its length")
            self.whole = end + 4 + int(head[at + 17 :].partition(b"\r\n")[0])
        return len(self.buffer) >= self.whole


def run(port: int, path: str, connections: int, seconds: float, headers: list[str]) -> dict[str, Any]:
    """Ask until the time is over. The first second is not counted."""
    request = "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: keep-alive", *headers, "", ""]).encode()
    lines = {line.socket.fileno(): line for line in (_Line(port, request) for _ in range(connections))}
    poll = select.epoll()
    for number, line in lines.items():
        poll.register(number, select.EPOLLIN)
        line.ask()
    times: list[int] = []
    began = time.perf_counter_ns()
    counted, ends = began + int(WARM * 1e9), began + int((WARM + seconds) * 1e9)
    size = 0
    while time.perf_counter_ns() < ends:
        for number, _event in poll.poll(5):
            line = lines[number]
            if line.come():
                now = time.perf_counter_ns()
                if now >= counted:
                    times.append(now - line.asked)
                size = line.whole
                line.ask()
    times.sort()
    if not times:
        raise RuntimeError("no answer in time")
    return {"rps": len(times) / seconds, "p50_ms": times[len(times) // 2] / 1e6, "p99_ms": times[int(len(times) * 0.99)] / 1e6, "bytes": size}


def load(port: int, path: str, *, connections: int = 16, seconds: float = 4, headers: tuple[str, ...] = ()) -> dict[str, Any]:
    """`run` in a process of its own."""
    command = [sys.executable, "-m", "bench._load", str(port), path, str(connections), str(seconds), *headers]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}, capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr else "the load generator failed")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5:])))
