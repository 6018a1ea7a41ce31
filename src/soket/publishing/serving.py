"""Files as HTTP gives them (RFC 9110): whole or one range, with an ETag; a long recording can be listened to from anywhere in it.

Several ranges at once are answered with the whole file, as the standard allows.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.ASCII)


class Part(Enum):
    """The file has no such part."""

    NONE = "none"


def ranged(request: HttpRequest, path: Path, media_type: str, name: str, etag: str) -> HttpResponseBase:
    """The file, or the part of it that the request asks for; 304 when the reader has it, 416 when there is no such part.

    `etag` names the bytes (their SHA-256), without quotation marks. Only GET has ranges; HEAD gives the headers of the whole.
    """
    size, tag = path.stat().st_size, f'"{etag}"'
    if _known(request, tag):
        return _headed(HttpResponseNotModified(), name, tag)
    wanted = _wanted(request, size, tag)
    if wanted is Part.NONE:
        response: HttpResponseBase = HttpResponse(status=416, content_type=media_type)
        response["Content-Range"] = f"bytes */{size}"
        return _headed(response, name, tag)
    first, last = wanted or (0, size - 1)
    if request.method == "HEAD":
        response = HttpResponse(content_type=media_type)
    else:
        response = StreamingHttpResponse(_pieces(path, first, last), status=206 if wanted else 200, content_type=media_type)
    if wanted:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return _headed(response, name, tag)


def _headed(response: HttpResponseBase, name: str, tag: str) -> HttpResponseBase:
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    if response.status_code in {200, 206}:
        response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _known(request: HttpRequest, tag: str) -> bool:
    """If-None-Match: the reader's copy counts also under its weak name."""
    told = request.headers.get("If-None-Match", "")
    return told.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in told.split(",")}


def _wanted(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | Literal[Part.NONE] | None:
    """First and last byte of the part asked for; None for the whole."""
    if request.method != "GET" or request.headers.get("If-Range", tag).strip() != tag:
        return None
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or found[0] == "bytes=-":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size - 1) if length else Part.NONE
    first, last = int(found[1]), min(int(found[2] or size), size - 1)
    if found[2] and int(found[2]) < int(found[1]):
        return None
    return (first, last) if first < size else Part.NONE


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as stream:
        stream.seek(first)
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
