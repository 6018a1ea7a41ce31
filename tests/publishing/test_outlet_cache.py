"""Pages kept in memory: valid for one generation, rendered once, and nothing of one reader in what the next one gets."""
from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import get_language_from_request
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing.outlet import answers, cache
from soket.publishing.outlet.cache import PageCache

pytestmark = pytest.mark.one_database
PAGE = "/cong-bo/bai/"


class Ground:
    """A store as the cache sees it."""

    def __init__(self) -> None:
        self.at, self.end = 1, None

    def generation(self) -> int:
        return self.at

    def next_end(self, now: int) -> int | None:
        return self.end


class Origin:
    """An application that counts what it renders and keeps what it was asked with."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status, self.headers, self.body = "200 OK", [("Content-Type", "text/html; charset=utf-8")], b"trang " * 200
        self.before: Callable[[], object] = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.before()
        start_response(self.status, list(self.headers))
        return [self.body]


class Reader:
    """A cache over the origin, with a clock that stands still."""

    def __init__(self, **limits: Any) -> None:
        self.origin, self.ground, self.now = Origin(), Ground(), 1000.0
        self.cache = PageCache(self.origin, Path(), ground=lambda: self.ground, clock=lambda: self.now, wall=lambda: self.now, **limits)

    def get(self, path: str = PAGE, method: str = "GET", query: str = "", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "soket.local", **headers}
        told: list[Any] = []
        body = b"".join(self.cache(environ, lambda status, sent, *_rest: told.extend([status, sent])))
        return told[0], dict(told[1]), body

    @property
    def rendered(self) -> int:
        return len(self.origin.asked)


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_a_page_is_rendered_once_and_anew_after_a_change_of_the_store(reader: Reader) -> None:
    assert [reader.get()[2] for _ in range(3)] == [reader.origin.body] * 3
    assert reader.rendered == 1
    reader.ground.at, reader.origin.body = 2, b"da dinh chinh"
    assert reader.get()[2] == b"da dinh chinh"
    assert reader.rendered == 2


def test_what_was_rendered_while_the_store_changed_is_not_kept_for_the_new_generation(reader: Reader) -> None:
    def correct() -> None:
        reader.ground.at = 2

    reader.origin.before = correct
    reader.get()
    reader.origin.body = b"moi"
    assert reader.get()[2] == b"moi"


def test_a_page_is_not_older_than_half_a_minute_nor_than_the_next_expiry(reader: Reader) -> None:
    reader.get()
    reader.now += 29.9
    reader.get()
    assert reader.rendered == 1
    reader.now += 0.1
    reader.ground.end = int(reader.now) + 5
    reader.get()
    assert reader.rendered == 2
    reader.now += 5
    reader.get()
    assert reader.rendered == 3


def test_a_hundred_who_miss_together_cost_one_rendering(reader: Reader) -> None:
    gate, bodies = threading.Event(), list[bytes]()
    reader.origin.before = lambda: gate.wait(10)
    threads = [threading.Thread(target=lambda: bodies.append(reader.get()[2])) for _ in range(100)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(20)
    assert bodies == [reader.origin.body] * 100
    assert reader.rendered == 1
    assert reader.cache.flights == {}


def test_when_rendering_fails_those_who_wait_ask_themselves(reader: Reader) -> None:
    gate, statuses = threading.Event(), list[str]()
    reader.origin.status = "500 Internal Server Error"
    reader.origin.before = lambda: gate.wait(10)
    threads = [threading.Thread(target=lambda: statuses.append(reader.get()[0])) for _ in range(5)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(20)
    assert statuses == ["500 Internal Server Error"] * 5
    reader.origin.status = "200 OK"
    assert reader.get()[0] == "200 OK"


@pytest.mark.parametrize(
    ("status", "headers"),
    [("500 Internal Server Error", []), ("400 Bad Request", []), ("503 Service Unavailable", []), ("200 OK", [("Set-Cookie", "a=1")]),
     ("200 OK", [("Cache-Control", "no-store")]), ("200 OK", [("Cache-Control", "max-age=0, private")])],
)  # fmt: skip
def test_what_is_of_one_reader_or_an_error_is_not_kept(reader: Reader, status: str, headers: list[tuple[str, str]]) -> None:
    reader.origin.status, reader.origin.headers = status, [*reader.origin.headers, *headers]
    reader.get()
    reader.get()
    assert reader.rendered == 2


@pytest.mark.parametrize(
    ("path", "method"),
    [("/cong-bo/dem/bai/", "GET"), ("/cong-bo/tep/ab.jpg", "GET"), ("/cong-bo/ngon-ngu/en/", "GET"), ("/cong-bo/kiem-chung/", "GET"),
     ("/static/a.css", "GET"), ("/healthz", "GET"), (PAGE, "POST"), (PAGE, "DELETE")],
)  # fmt: skip
def test_what_passes_reaches_the_application_as_it_came(reader: Reader, path: str, method: str) -> None:
    for _ in range(2):
        reader.get(path, method, "x=1", HTTP_COOKIE="a=b", HTTP_RANGE="bytes=0-1")
    assert [asked["HTTP_COOKIE"] for asked in reader.origin.asked] == ["a=b", "a=b"]
    assert reader.origin.asked[0]["QUERY_STRING"] == "x=1"


def test_nothing_of_one_reader_reaches_the_application(reader: Reader) -> None:
    reader.get(
        query="utm_source=bao&truoc=5-1&fbclid=x", HTTP_COOKIE="sessionid=BIMAT; django_language=en", HTTP_USER_AGENT="BIMAT", HTTP_RANGE="bytes=0-1",
        HTTP_IF_NONE_MATCH='"BIMAT"', HTTP_X_FORWARDED_FOR="10.0.0.1", HTTP_ACCEPT_LANGUAGE="fr", HTTP_HX_REQUEST="true",
    )  # fmt: skip
    (asked,) = reader.origin.asked
    assert {name: value for name, value in asked.items() if name.startswith("HTTP_")} == {"HTTP_HOST": "soket.local", "HTTP_ACCEPT_LANGUAGE": "en"}
    assert asked["QUERY_STRING"] == "truoc=5-1"
    reader.get(query="truoc=5-1&gclid=y", HTTP_ACCEPT_LANGUAGE="en-GB")
    assert reader.rendered == 1


def test_languages_panels_and_lists_are_kept_apart(reader: Reader) -> None:
    reader.get()
    reader.get(HTTP_ACCEPT_LANGUAGE="en")
    reader.get(HTTP_X_PARTIAL="panel")
    reader.get(query="page=2")
    reader.get(HTTP_HOST="khac.local")
    assert reader.rendered == 5
    reader.get(HTTP_X_PARTIAL="other")
    reader.get(HTTP_COOKIE="django_language=xx", HTTP_ACCEPT_LANGUAGE="de")
    assert reader.rendered == 5


_parts = st.tuples(st.sampled_from(["vi", "en", "fr", "vi-VN", "en-US", "EN", "zh-Hant"]), st.sampled_from(["", ";q=0.9", ";q=0.5", ";q=0.1", ";q=1.0"]))


@given(st.lists(_parts, max_size=5), st.sampled_from(["", "django_language=en", "a=1; django_language=vi; b=2", "django_language=fr", "x=django_language=en"]))
def test_the_language_is_the_one_that_django_would_choose(asked: list[tuple[str, str]], cookie: str) -> None:
    headers = {"HTTP_ACCEPT_LANGUAGE": ",".join(f"{name}{weight}" for name, weight in asked), "HTTP_COOKIE": cookie}
    request = RequestFactory().get("/", **headers)
    assert cache.language_of(headers) == get_language_from_request(request)


def test_memory_is_bounded_and_missing_pages_cannot_push_out_articles() -> None:
    reader = Reader(limit=40_000, limit_missing=20_000)
    reader.get()
    reader.origin.status = "404 Not Found"
    for number in range(200):
        reader.get(f"/cong-bo/khong-co-{number}/")
    assert reader.cache.missing.size <= 20_000
    assert reader.cache.missing.size == sum(entry.answer.size for entry in reader.cache.missing.entries.values())
    before = reader.rendered
    assert reader.get()[0] == "200 OK"
    assert reader.rendered == before
    reader.origin.status = "200 OK"
    for number in range(200):
        reader.get(f"/cong-bo/bai-{number}/")
    assert reader.cache.pages.size <= 40_000
    before = reader.rendered
    reader.get("/cong-bo/bai-199/")
    assert reader.rendered == before
    reader.get()
    assert reader.rendered == before + 1, "the least recently read page made room"


def test_a_query_of_any_length_takes_no_memory(reader: Reader) -> None:
    reader.get(query=f"q={'a' * 5000}")
    assert reader.cache.pages.size == 0


def test_conditional_requests_compressed_bodies_and_heads(reader: Reader) -> None:
    status, headers, body = reader.get()
    digest = hashlib.sha256(body).hexdigest()
    assert (status, headers["ETag"], headers["Content-Length"], headers["Cache-Control"]) == ("200 OK", f'"{digest}"', "1200", "no-cache")
    assert headers["Vary"] == "Accept-Encoding, Accept-Language, Cookie"
    status, packed, small = reader.get(HTTP_ACCEPT_ENCODING="br, gzip;q=0.8")
    assert (packed["Content-Encoding"], packed["ETag"], packed["Content-Length"]) == ("gzip", f'"{digest}-gz"', str(len(small)))
    assert gzip.decompress(small) == body
    assert reader.get(HTTP_ACCEPT_ENCODING="gzip;q=0")[2] == body
    for known in (f'"{digest}"', f'W/"{digest}"', f'"x", "{digest}-gz"', "*"):
        status, headers, nothing = reader.get(HTTP_IF_NONE_MATCH=known)
        assert (status, nothing, "Content-Type" in headers, headers["ETag"]) == ("304 Not Modified", b"", False, f'"{digest}"')
    assert reader.get(HTTP_IF_NONE_MATCH='"x"')[0] == "200 OK"
    status, headers, nothing = reader.get(method="HEAD")
    assert (status, headers["Content-Length"], nothing) == ("200 OK", "1200", b"")
    assert reader.rendered == 1
    assert reader.origin.asked[0]["REQUEST_METHOD"] == "GET"


def test_the_views_own_tag_counts_and_an_error_has_none() -> None:
    told = answers.made("200 OK", [("Content-Type", "application/json"), ("ETag", '"abc"'), ("Vary", "X-Partial, Cookie")], b"{}")
    assert (told.etag, told.packed, dict(told.headers)["Vary"]) == ('"abc"', b"", "X-Partial, Cookie, Accept-Encoding, Accept-Language")
    assert answers.made("404 Not Found", [], b"x").etag == ""
