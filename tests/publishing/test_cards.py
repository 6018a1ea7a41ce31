"""The drawn picture: what it says, and that no word leaves its place."""
from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from soket.publishing import cards

pytestmark = pytest.mark.one_database
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyỄỆỬỳÝZ  0123456789.,%“”–&漢Ж\u00a0\u202f", max_size=260)


def content(**more: Any) -> dict[str, Any]:
    figure = {
        "code": "05", "label": {"vi": "Tỷ lệ xã đã ký", "en": "Share"}, "display": {"vi": "98,5\u00a0%", "en": "98.5%"},
        "exact": {"numerator": "3268", "denominator": "3319"},
    }
    told = {"title": "Xã ký chương trình", "office": {"name": "Văn phòng"}, "published_at": "2026-07-15T23:30:00+07:00", "figures": [figure], "synthetic": True}
    return {**told, **more}


def test_a_card_says_the_first_figure_with_both_integers() -> None:
    card = cards.card_of(content())
    assert card == cards.Card("Xã ký chương trình", "Văn phòng", "15/07/2026", "98,5\u00a0%", "Tỷ lệ xã đã ký", "3.268/3.319", synthetic=True)
    assert card.alt == "Xã ký chương trình. 98,5\u00a0% (3.268/3.319): Tỷ lệ xã đã ký. Văn phòng, 15/07/2026."
    bare = cards.card_of(content(figures=[], synthetic=False))
    assert (bare.value, bare.alt) == ("", "Xã ký chương trình. Văn phòng, 15/07/2026.")


def drawn(card: cards.Card) -> Image.Image:
    return Image.open(BytesIO(cards.png(card))).convert("RGB")


def edges(image: Image.Image) -> set[Any]:
    """Colours of the margins: outside them nothing may stand."""
    parts = [(0, 0, 71, 630), (1129, 0, 1200, 630), (0, 0, 1200, 40), (0, 600, 1200, 630), (0, 112, 1200, 122)]
    return {colour for part in parts for _count, colour in image.crop(part).getcolors(100_000) or []}


@settings(max_examples=25, deadline=None)
@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_words_of_any_length_stay_in_their_place(title: str, office: str, value: str, label: str) -> None:
    image = drawn(cards.Card(title, office, "15/07/2026", value, label, "3.268/3.319" if len(label) % 2 else ""))
    assert edges(image) == {(255, 255, 255)}


def test_a_long_title_ends_with_an_ellipsis_and_a_short_one_does_not() -> None:
    lines = cards._lines("từ " * 80, 40, "600", 1056)
    cut = cards._cut(lines, 3, 40, "600", 1056)
    assert (len(cut), cut[-1][-1]) == (3, "…")
    assert cards._cut(["Ngắn"], 3, 40, "600", 1056) == ["Ngắn"]
    assert cards._cut(["Dài" * 200], 1, 40, "600", 300)[0][-1] == "…"


def test_the_synthetic_mark_stands_only_where_it_belongs() -> None:
    marked, plain = (drawn(cards.Card("Bài", "Văn phòng", "15/07/2026", synthetic=mark)) for mark in (True, False))
    corner = (900, 50, 1128, 100)
    assert marked.crop(corner).tobytes() != plain.crop(corner).tobytes()
    assert marked.crop((0, 120, 1200, 630)).tobytes() == plain.crop((0, 120, 1200, 630)).tobytes()
