"""Serve the built world: the web server, the worker that sequences the record, and the live hub, one process each."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

from soket.live.serving import hub_command


def free_port(above: int) -> int:
    """The first port above that one on which nothing listens."""
    return next(port for port in range(above + 1, above + 100) if port_is_free(port))


def serve(port: int) -> int:
    """Run all until interrupted; stop all when one ends. Returns the web server's exit code."""
    live = free_port(port)
    os.environ["SOKET_LIVE_URL"] = os.environ["SOKET_LIVE_PUBLISH"] = f"http://127.0.0.1:{live}"
    hub = subprocess.Popen(hub_command(live))
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "soket.wsgi:application"]
    )
    worker = subprocess.Popen([sys.executable, "-m", "soket", "work"])
    try:
        while all(process.poll() is None for process in (web, worker, hub)):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    for process in (web, worker, hub):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in (web, worker, hub):
        process.wait(timeout=15)
    return web.returncode or 0


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
    """Gather static files once, quietly."""
    subprocess.run([sys.executable, "-m", "soket", "collectstatic", "--noinput", "--verbosity", "0"], check=True, env=dict(os.environ))
