"""How the hub's process is started."""
from __future__ import annotations

import sys


def hub_command(port: int) -> list[str]:
    """How the live hub is started."""
    return [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--no-ws", "--log-level", "warning", "--backlog", "8192", "--workers-kill-timeout", "2",
            "soket.live.asgi:application"]  # fmt: skip
