"""Texts, files and requests made to be slow or to break something. What is slow here would take minutes, not a second, were it read as it once was."""
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from soket.publishing import comparing, core, pasting, speech
from soket.publishing.arriving import html, wxr
from soket.publishing.outlet import cache, current, finding
from tests.factories import publishing_public as make

pytestmark = [pytest.mark.one_database]
SIZE = 40_000


@pytest.fixture
def shelf(settings: object) -> Iterator[None]:
    """A public store whose one article of a review has just expired."""
    folder = settings.PUBLIC  # type: ignore[attr-defined]
    make.put(folder, [make.copy(1, make.at(1))])
    make.put(folder, [make.copy(2, make.at(2), review=make.REVIEW, tags=[make.PROGRAMME])], until=datetime(2020, 1, 1, tzinfo=UTC))
    yield


def test_a_number_that_never_ends_and_ten_thousand_numbers_are_looked_through() -> None:
    assert core.unbound("1--" * (SIZE // 3)) == "" and core.unbound("1.," * (SIZE // 3)) == ""
    assert len(list(core.loose_numbers("12 buổi " * (SIZE // 8)))) == SIZE // 8
    assert core.unbound(f"{'a ' * 300}ngày 12 tháng 7 có 5 buổi") == "5 buổi"  # the calendar's words are looked for right before a number alone


def test_a_reading_of_digits_alone_ends() -> None:
    assert speech.spoken("1" * SIZE).startswith("một một một")


def test_two_long_paragraphs_are_compared_sentence_by_sentence_and_nothing_is_lost() -> None:
    old = " ".join(f"Câu số {number} nói về buổi thứ {number}." for number in range(1500))
    new = old.replace("Câu số 700 nói", "Câu số 700 kể")
    bits = comparing.words(old, new)
    assert [bit.text for bit in bits if bit.kind == "out"] == ["nói"] and [bit.text for bit in bits if bit.kind == "in"] == ["kể"]
    for before, after in (("*" * SIZE, "*" * (SIZE // 2) + "x" + "*" * SIZE), ("a " * SIZE, "b a " * SIZE), ("tờ " * 9000, "rơi tờ " * 9000)):
        told = comparing.words(before, after)
        assert "".join(bit.text for bit in told if bit.kind != "in") == before and "".join(bit.text for bit in told if bit.kind != "out") == after
    assert len(comparing.lines("một\n" * 9000, "hai\n" + "một\n" * 9000)) == 9001


def test_tags_in_tags_without_end_are_read_as_their_words() -> None:
    assert pasting.from_html("<div>" * 150_000 + "Chữ ở trong cùng") == "Chữ ở trong cùng"
    assert pasting.from_html("<div><b>" * 20 + "Chữ đậm" + "</b></div>" * 20) == "**Chữ đậm**"
    assert html.plain("<" * 400_000 + "chữ") != "" and html.plain("<script>" * 60_000 + "chữ") == "chữ"
    assert html.plain("<script>x</script>một<SCRIPT>y</SCRIPT > hai<style>z</style>") == "một hai"
    assert html.ready("[caption]" * 60_000 + "chữ", "https://cu.example/")[0].endswith("chữ</p>")


def test_a_word_on_every_second_place_of_a_text_has_its_snippet() -> None:
    pieces = finding.snippet("và buổi " * (SIZE // 8), finding.read_query("buổi"))
    assert pieces[0] == ("và ", False) and pieces[1] == ("buổi", True)


@pytest.mark.parametrize("date", ["9999-12-31 23:59:59", "0000-00-00 00:00:00"])
def test_a_year_that_no_clock_has_is_no_date(date: str) -> None:
    words = {"gmt": date, "local": "", "date": "Fri, 31 Dec 9999 23:59:59 -1200"}
    assert wxr._when(words) is None
    assert wxr._when({**words, "gmt": "2020-02-01 10:00:00"}) == datetime(2020, 2, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("asked", ["fr, en;q=²", "fr, en;q=٣", "fr, en;q=1e9", "fr, en;q=.", "fr, en;q=-1", "fr, en;q=nan"])
def test_a_weight_that_is_no_weight_asks_for_nothing(asked: str) -> None:
    assert cache.language_of({"HTTP_ACCEPT_LANGUAGE": asked}) == "vi"
    assert cache.language_of({"HTTP_ACCEPT_LANGUAGE": f"{asked}, en;q=0.5"}) == "en"


def test_words_that_a_client_did_not_escape_are_the_same_query() -> None:
    raw = {"REQUEST_METHOD": "GET", "PATH_INFO": "/cong-bo/tim/", "QUERY_STRING": "q=hễ&utm_source=a".encode().decode("latin-1")}
    escaped = cache.key_of({**raw, "QUERY_STRING": "q=h%E1%BB%85"})
    assert cache.key_of(raw) == escaped and escaped is not None and escaped[2] == "q=h%E1%BB%85"


@pytest.mark.usefixtures("shelf")
def test_numbers_beyond_the_stores_are_nothing_and_an_expired_article_leaves_no_name_of_its_tags() -> None:
    reader = Client()
    for number in ("0", "9223372036854775807", "9" * 40):
        assert reader.get(f"/cong-bo/sitemap-{number}.xml").status_code == 404
    assert reader.get("/cong-bo/sitemap-1.xml").status_code == 200
    for tag in ("review/so-ket-2026", "programme/12"):
        answer = reader.get(f"/cong-bo/the/{tag}/")
        assert answer.status_code == 404 and make.REVIEW["title"].encode() not in answer.content
    assert current.kept("bai-2") is None and json.loads(reader.get("/cong-bo/kiem-chung/bai-2.json").content)["state"] == "none"
