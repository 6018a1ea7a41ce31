"""The hub as a server on loopback: who may publish, who may listen, what is refused."""
from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from soket.live.core import channel, publisher_key
from soket.live.serving import hub_command

ROOT = Path(__file__).resolve().parents[2]
SECRET, ORIGIN = "k" * 50, "http://127.0.0.1:8000"
NAME = channel(SECRET, "conference:1")


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    link.request(method, path, body=body or None, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    found = answer.status, answer.read()
    link.close()
    return found


def publish(port: int, sequence: int, body: bytes = b'{"a":1}', key: str = "") -> int:
    return ask(port, "POST", f"/dua-tin/{NAME}", body, X_Soket_Key=key or publisher_key(SECRET), X_Sequence=str(sequence))[0]


def listen(port: int, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """The head of a stream and what arrives in the first moment."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    link.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    data = b""
    try:
        while data.count(b"\n\n") < 2:
            data += answer.read1(4096)
    except TimeoutError:
        pass
    link.close()
    return answer.status, data, {name.lower(): value for name, value in answer.getheaders()}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    data = str(tmp_path_factory.mktemp("data"))
    env = {**os.environ, "SOKET_SECRET_KEY": SECRET, "SOKET_BASE_URL": ORIGIN, "SOKET_DATA": data, "PYTHONPATH": str(ROOT / "src")}
    server = subprocess.Popen(hub_command(free), env=env, cwd=ROOT)
    for _ in range(100):
        try:
            if ask(free, "GET", "/healthz")[0] == 200:
                break
        except OSError:
            time.sleep(0.1)
    yield free
    server.terminate()  # its worker goes with it; a kill would leave that behind
    server.wait(timeout=15)


def test_only_who_holds_the_key_publishes_and_who_knows_the_channel_reads(port: int) -> None:
    assert publish(port, 1, key="wrong") == 404
    assert publish(port, 1) == 200
    status, data, headers = listen(port, f"/truc-tiep/{NAME}")
    assert (status, data) == (200, b'retry: 2000\n\nid: 1\nevent: state\ndata: {"a":1}\n\n')
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["access-control-allow-origin"] == ORIGIN


def test_who_has_the_newest_is_not_sent_it_again(port: int) -> None:
    publish(port, 2, b'{"b":2}')
    assert b"event: state" not in listen(port, f"/truc-tiep/{NAME}", Last_Event_ID="2")[1]
    assert b'{"b":2}' in listen(port, f"/truc-tiep/{NAME}?sau=1")[1]


def test_what_is_too_large_or_unknown_is_refused(port: int) -> None:
    assert publish(port, 3, b"x" * 20_000) == 413
    assert ask(port, "GET", "/khong-co")[0] == 404
    assert ask(port, "GET", f"/ket-noi/{NAME}")[0] == 404
    assert b"event: state" not in listen(port, f"/truc-tiep/{'0' * 40}")[1]


def test_the_count_is_for_who_publishes(port: int) -> None:
    status, body = ask(port, "GET", f"/ket-noi/{NAME}", X_Soket_Key=publisher_key(SECRET))
    assert status == 200
    assert b'"screens"' in body
