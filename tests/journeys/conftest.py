"""A real server over a small world, and a real browser. The world is built once for all journeys."""
from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from soket.live.serving import hub_command

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import django; django.setup()
from django.core.management import call_command
from pathlib import Path
from django.conf import settings
from soket.front.texts import compile_texts
compile_texts(); call_command("migrate", verbosity=0); call_command("collectstatic", interactive=False, verbosity=0)
from tests.support.world import build_small
build_small(settings.DATA)
"""


@pytest.fixture(autouse=True)
def _own_storage() -> None:
    """The journeys' server keeps its own data folder; the per-test folder of other tests is not used."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running Soket over the small world: the web server and the worker, stopped together."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.live = folder, _free_port(), _free_port()
        self.base, hub = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.live}"
        self.env = {**os.environ, "SOKET_DATA": str(folder), "SOKET_DEMO": "1", "SOKET_BASE_URL": self.base, "SOKET_LOG_LEVEL": "WARNING",
                    "SOKET_LIVE_URL": hub, "SOKET_LIVE_PUBLISH": hub, "DJANGO_SETTINGS_MODULE": "soket.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        self.env.pop("DATABASE_URL", None)
        self.running: list[subprocess.Popen[bytes]] = []

    def build(self) -> None:
        subprocess.run([sys.executable, "-c", BUILD], check=True, env=self.env, cwd=ROOT, timeout=180)

    def start(self, application: str = "soket.wsgi:application") -> None:
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
               "--blocking-threads", "2", "--no-ws", "--log-level", "warning", application]
        self.running = [subprocess.Popen(command, env=self.env, cwd=ROOT) for command in (web, [sys.executable, "-m", "soket", "work"])]
        _wait(f"{self.base}/readyz")

    def start_hub(self) -> None:
        """The live hub, without which pages ask the server every few seconds."""
        self.hub = subprocess.Popen(hub_command(self.live), env=self.env, cwd=ROOT)
        self.running.append(self.hub)
        _wait(f"http://127.0.0.1:{self.live}/healthz")

    def stop_hub(self) -> None:
        self.running.remove(self.hub)
        self.hub.terminate()
        self.hub.wait(timeout=15)

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
            process.wait(timeout=15)
        self.running = []

    def move_to_the_next_day(self) -> None:
        """The same data, served by a clock that is a day ahead."""
        self.stop()
        self.start("tests.support.tomorrow:application")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the small world: built once for all journeys, also where several workers share them; each has its own copy."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with (shared / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "world.whole").exists():
            Server(shared / "world").build()
            (shared / "world.whole").touch()
    folder = Path(tempfile.mkdtemp(prefix="soket-journey-"))
    shutil.copytree(shared / "world", folder, dirs_exist_ok=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _served(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server(world: Path) -> Iterator[str]:
    """The address of a running Soket whose world the journeys only read."""
    for running in _served(world):
        yield running.base


@pytest.fixture
def chain_server(world: Path, tmp_path: Path) -> Iterator[Server]:
    """A Soket over a copy of the world, for a journey that writes."""
    folder = tmp_path / "world"
    shutil.copytree(world, folder)
    yield from _served(folder)


def _wait(url: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"no answer from {url}")


@pytest.fixture(scope="session")
def engine() -> Iterator[Playwright]:
    """One for all browsers of the run."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(engine: Playwright) -> Iterator[Browser]:
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    instance = engine.chromium.launch(executable_path=executable, args=arguments)
    yield instance
    instance.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh Vietnamese browser profile; a script error or a blocked resource fails the test."""
    context = browser.new_context(base_url=server, locale="vi-VN", viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    tab = context.new_page()
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if re.search("Content Security|Refused to", message.text) else None)
    yield tab
    context.close()
    assert faults == []


def sign_in(page: Page, username: str) -> None:
    """Sign in as one of the demonstration accounts."""
    from soket.demo.people import PASSWORD

    page.goto("/tai-khoan/vao/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/viec-can-lam/")
