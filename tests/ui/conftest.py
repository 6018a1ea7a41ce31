"""A place for static files and, for the browser, a small server that needs no database."""
from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler


@pytest.fixture(autouse=True)
def _static(settings: object, tmp_path: Path) -> None:
    """Pages without any room; static files are not collected but come from their sources."""
    settings.ROOT_URLCONF = "tests.ui.urls"  # type: ignore[attr-defined]
    settings.STATIC_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    storages = dict(settings.STORAGES)  # type: ignore[attr-defined]
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages  # type: ignore[attr-defined]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The test's own assertions speak."""


@pytest.fixture(scope="session")
def base_url() -> str:
    """Addresses are whole; also keeps the plug-in's own fixture, which warns under a strict pytest, out."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium; root needs the sandbox off. The browser keeps a loop in this thread: Django must not take the tests after it for tasks of it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A Vietnamese reader at a desk; axe is put in past the page's own policy."""
    return {**browser_context_args, "locale": "vi-VN", "viewport": {"width": 1280, "height": 900}, "bypass_csp": True}


@pytest.fixture
def site(_static: None, settings: object) -> Iterator[str]:
    """Address of a server with the product's pages on the loopback."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
