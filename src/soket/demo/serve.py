"""Serve the built world: the web server and the small worker that sequences the record, one process each."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time


def serve(port: int) -> int:
    """Run both until interrupted; stop both when one ends. Returns the web server's exit code."""
    web = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "soket.wsgi:application"]
    )
    worker = subprocess.Popen([sys.executable, "-m", "soket", "work"])
    try:
        while web.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    for process in (web, worker):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in (web, worker):
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
