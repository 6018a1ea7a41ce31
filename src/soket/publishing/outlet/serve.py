"""`python -m soket public`: serve the newspaper from the public folder, in processes that know nothing of the inside."""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from soket.config import load_public
from soket.publishing.outlet.schema import StoreMissing
from soket.publishing.outlet.shelf import Shelf


def command(port: int, *, host: str = "127.0.0.1", workers: int = 2) -> list[str]:
    """The command that serves."""
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
            "--blocking-threads", "4", "--backlog", "4096", "--no-ws", "--log-level", "warning", "soket.public_wsgi:application"]  # fmt: skip


def environment(folder: Path) -> dict[str, str]:
    """This process's environment without what would lead inside. What it does not say of the product, the store does."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SOKET_SECRET_KEY"}}
    try:
        store = Shelf(folder)
        told = {"SOKET_BASE_URL": str(store.meta("base_url") or ""), "SOKET_DEMO": "1" if store.meta("demo") else ""}
    except StoreMissing:
        told = {}
    return {**{name: value for name, value in told.items() if value}, **kept, "SOKET_PUBLIC": str(folder), "DJANGO_SETTINGS_MODULE": "soket.public_settings"}


def main(arguments: list[str]) -> int:
    """Collect static files where this user may write, then become the server."""
    parser = argparse.ArgumentParser(prog="soket public", description="Serve the newspaper from the public folder (SOKET_PUBLIC)")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args(arguments)
    folder = load_public().public
    collect(folder)
    os.execve(sys.executable, command(told.port, host=told.host, workers=told.workers), environment(folder))  # noqa: S606 - our own interpreter and words


def collect(folder: Path) -> None:
    """Gather the pages' static files into the public folder; a user who may only read there serves what the inside gathered."""
    if os.access(folder, os.W_OK):
        words = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(words, check=True, env=environment(folder))
