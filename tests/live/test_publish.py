"""Telling the hub never stops an act: whatever answers at its address, sending says False and asking says nothing."""
from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from soket.live import publish

OK = b"HTTP/1.1 200 OK\r\nContent-Length: "
ANSWERS = [  # what it says, and whether that counts as having arrived
    (b"", False), (b"no HTTP at all\r\n", False), (b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", False), (OK + b"500\r\n\r\n{}", False),
    (OK + b"2\r\n\r\n[]", True), (OK + b"9\r\n\r\n<p>hi</p>", True), (OK + b"7\r\n\r\n{\"a\":1}", True),
]  # fmt: skip


@pytest.fixture(params=ANSWERS)
def stranger(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    """The address of something that is not the hub and gives one fixed answer; whether a sender takes that as arrived."""
    answer, arrives = request.param
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _address = server.accept()
            except OSError:
                return
            with link:
                link.recv(4096)
                link.sendall(answer)

    Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", arrives
    server.shutdown(socket.SHUT_RDWR)
    server.close()


@pytest.mark.parametrize("kind", ["hub", "nchan"])
def test_a_stranger_at_the_hubs_address_costs_nothing(stranger: tuple[str, bool], kind: str, settings: Any) -> None:
    settings.LIVE_PUBLISH, settings.LIVE_KIND = stranger[0], kind
    assert publish.connected("conference:1") is None
    assert publish.send(publish.message("conference:1", 1, {})) is stranger[1]
