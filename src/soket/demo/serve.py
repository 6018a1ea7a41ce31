"""Serve the built world: the web server, the worker that sequences the record, the live hub, and the newspaper's own server."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from soket.live.serving import hub_command
from soket.publishing.outlet import serve as newspaper


def free_port(above: int) -> int:
    """The first port above that one on which nothing listens."""
    return next(port for port in range(above + 1, above + 100) if port_is_free(port))


class _AskedToEnd(Exception):
    """SIGTERM has come."""


def _asked_to_end(_number: int, _frame: object) -> None:
    raise _AskedToEnd


def serve(port: int) -> int:
    """Run all until interrupted; stop all when one ends. Returns the web server's exit code."""
    live = free_port(port)
    os.environ["SOKET_LIVE_URL"] = os.environ["SOKET_LIVE_PUBLISH"] = f"http://127.0.0.1:{live}"
    hub = subprocess.Popen(hub_command(live))
    alone = free_port(port + 100)
    public = subprocess.Popen(newspaper.command(alone, workers=1), env=newspaper.environment(settings.PUBLIC))
    print(f"Trang công bố, tiến trình riêng (không dùng cơ sở dữ liệu): http://127.0.0.1:{alone}/cong-bo/", flush=True)
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "soket.wsgi:application"]
    )
    worker = subprocess.Popen([sys.executable, "-m", "soket", "work"])
    processes = (web, worker, hub, public)
    first: signal.Signals | None = signal.SIGTERM
    signal.signal(signal.SIGTERM, _asked_to_end)  # else it would end alone and leave the others to hold the ports
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        first = None  # Ctrl-C has reached them all
    except _AskedToEnd:
        pass
    _stop(processes, first)
    return web.returncode or 0


def _stop(processes: Sequence[subprocess.Popen[bytes]], first: signal.Signals | None) -> None:
    """Wait for all to end after that signal. What does not is killed with its workers: a server of two hangs when Ctrl-C reaches all three."""
    for process in processes:
        if first is not None and process.poll() is None:
            process.send_signal(first)
    until = time.monotonic() + 3
    while time.monotonic() < until and any(process.poll() is None for process in processes):
        time.sleep(0.1)
    for process in processes:
        if process.poll() is None:
            for worker in [*_workers(process.pid), process.pid]:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            process.wait()


def _workers(pid: int) -> list[int]:
    """Processes that it started, where the system tells."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def port_is_free(port: int) -> bool:
    """Whether nothing listens on 127.0.0.1:port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def collect_static() -> None:
    """Gather static files once, quietly; those of the newspaper also for its own server."""
    subprocess.run([sys.executable, "-m", "soket", "collectstatic", "--noinput", "--verbosity", "0"], check=True, env=dict(os.environ))
    newspaper.collect(settings.PUBLIC)
