"""Nchan in place of the hub, with the template of docs/operations: published to, listened to, counted, resumed."""
from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from soket.live import publish
from soket.live.core import Message

ROOT = Path(__file__).resolve().parents[2]
MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
FRAME = """
load_module {module}; daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s; server {{ listen 127.0.0.1:{port}; {template} }} }}
"""
pytestmark = pytest.mark.one_database


@pytest.fixture
def nchan(tmp_path: Path, settings: object) -> Iterator[int]:
    """A nginx of its own on loopback, and the product told of it."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    assert MODULE.exists() and os.access(nginx, os.X_OK), "this test needs Nchan: apt-get install nginx-light libnginx-mod-nchan"  # noqa: PT018
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    template = (ROOT / "docs/operations/nginx/nchan.conf").read_text(encoding="utf-8")
    tmp_path.chmod(0o755)
    (tmp_path / "nginx.conf").write_text(FRAME.format(module=MODULE, folder=tmp_path, port=port, template=template), encoding="utf-8")
    process = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)])
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        settings.LIVE_KIND, settings.LIVE_PUBLISH, settings.LIVE_URL = "nchan", f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def listen(port: int, last: str = "") -> http.client.HTTPResponse:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    link.request("GET", publish.stream_url("conference:1").partition(str(port))[2], headers=headers)
    return link.getresponse()


def event(stream: http.client.HTTPResponse) -> dict[str, str]:
    """The next event's fields."""
    found: dict[str, str] = {}
    while True:
        line = stream.readline().decode().rstrip("\r\n")
        if not line and found.get("data"):
            return found
        name, _colon, value = line.partition(":")
        if name:
            found[name] = value.strip()


def test_a_snapshot_reaches_screens_before_and_after_they_join(nchan: int) -> None:
    early = listen(nchan)
    silent = listen(nchan)
    assert publish.send(publish.message("conference:1", 1, {"sequence": 1}))
    got = event(early)
    assert (got["event"], json.loads(got["data"])) == ("state", {"sequence": 1})
    assert json.loads(event(silent)["data"]) == {"sequence": 1}
    silent.close()
    time.sleep(0.2)
    late = listen(nchan)
    assert json.loads(event(late)["data"]) == {"sequence": 1}
    counted = publish.connected("conference:1")
    assert counted is not None
    assert (counted.screens, counted.confirmed) == (2, None)
    assert publish.send(publish.message("conference:1", 2, {"sequence": 2}))
    for screen in (early, late):
        assert json.loads(event(screen)["data"]) == {"sequence": 2}
    again = listen(nchan, got["id"])
    assert json.loads(event(again)["data"]) == {"sequence": 2}


def test_without_nchan_nothing_is_raised(settings: object) -> None:
    settings.LIVE_KIND, settings.LIVE_PUBLISH = "nchan", "http://127.0.0.1:9"  # type: ignore[attr-defined]
    assert publish.connected("conference:1") is None
    assert not publish.send(Message(publish.channel("conference:1"), 1, b"{}"))
