"""Files over HTTP: whole, in parts, known already, and parts that are not there."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from soket.publishing.serving import PIECE, ranged

pytestmark = pytest.mark.one_database
CONTENT = bytes(range(256)) * 1000


def got(tmp_path: Path, method: str = "get", **headers: str) -> Any:
    path = tmp_path / "tep"
    path.write_bytes(CONTENT)
    request = getattr(RequestFactory(), method)("/", **{f"HTTP_{name.upper()}": value for name, value in headers.items()})
    return ranged(request, path, "audio/mpeg", "bài đọc.mp3", "abc")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_file_is_streamed_in_pieces(tmp_path: Path) -> None:
    response = got(tmp_path)
    pieces = list(response.streaming_content)
    assert (response.status_code, b"".join(pieces)) == (200, CONTENT)
    assert max(len(piece) for piece in pieces) == PIECE
    assert {name: response[name] for name in ("Accept-Ranges", "ETag", "Content-Length", "Content-Type")} == {
        "Accept-Ranges": "bytes", "ETag": '"abc"', "Content-Length": "256000", "Content-Type": "audio/mpeg",
    }
    assert response["Content-Disposition"] == "inline; filename*=UTF-8''b%C3%A0i%20%C4%91%E1%BB%8Dc.mp3"


@pytest.mark.parametrize(("asked", "first", "last"), [
    ("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=255000-", 255_000, 255_999), ("bytes=-5", 255_995, 255_999),
    ("bytes=100-999999999", 100, 255_999), ("bytes=-999999999", 0, 255_999), ("bytes=0-", 0, 255_999),
])
def test_one_range_is_a_part(tmp_path: Path, asked: str, first: int, last: int) -> None:
    response = got(tmp_path, range=asked)
    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {first}-{last}/256000")
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused_with_its_length(tmp_path: Path, asked: str) -> None:
    response = got(tmp_path, range=asked)
    assert (response.status_code, response["Content-Range"], body(response)) == (416, "bytes */256000", b"")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "items=0-1", "bytes=a-b", "bytes=٣-٥", ""])
def test_what_is_no_single_range_gives_the_whole(tmp_path: Path, asked: str) -> None:
    response = got(tmp_path, range=asked)
    assert (response.status_code, len(body(response))) == (200, 256_000)
    assert "Content-Range" not in response


def test_a_range_counts_only_for_the_bytes_that_the_reader_has(tmp_path: Path) -> None:
    assert got(tmp_path, range="bytes=0-1", if_range='"abc"').status_code == 206
    assert got(tmp_path, range="bytes=0-1", if_range='"old"').status_code == 200
    assert got(tmp_path, range="bytes=0-1", if_range='W/"abc"').status_code == 200
    assert got(tmp_path, range="bytes=0-1", if_range="Wed, 15 Jul 2026 00:00:00 GMT").status_code == 200


def test_what_the_reader_has_is_not_sent_again(tmp_path: Path) -> None:
    for told in ('"abc"', 'W/"abc"', '"x", "abc"', "*"):
        response = got(tmp_path, if_none_match=told, range="bytes=0-1")
        assert (response.status_code, response["ETag"], body(response)) == (304, '"abc"', b"")
    assert got(tmp_path, if_none_match='"x"').status_code == 200


def test_head_gives_the_headers_of_the_whole(tmp_path: Path) -> None:
    response = got(tmp_path, "head", range="bytes=0-1")
    assert (response.status_code, response["Content-Length"], body(response)) == (200, "256000", b"")
