"""How the hub's process is started."""
from __future__ import annotations

import sys


def hub_command(port: int) -> list[str]:
    """How the live hub is started. `--backpressure` is how many requests it serves at once: each screen is one for as long as it listens,
    so it lies above the hub's own limit of 20,000; at granian's default, the backlog, the 8,193rd waits and the chair with it."""
    return [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--no-ws", "--log-level", "warning", "--backlog", "8192", "--backpressure", "24000", "--workers-kill-timeout", "2",
            "soket.live.asgi:application"]  # fmt: skip
