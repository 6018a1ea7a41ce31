"""Two texts beside each other: the words that went, came and stayed always give back both texts."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import comparing
from soket.publishing.models import ArticleStateName as State
from tests.factories import publishing_desk as make
from tests.support.client import LintingClient

WORDS = st.lists(st.sampled_from(["xã", "phường", "ký", "chương trình", "12", ",", "%", "hòa"]), max_size=12).map(" ".join)
DESK = "/toa-soan/bai/giao-ban/"


def test_the_words_that_changed_are_named() -> None:
    assert comparing.words("Đã tổ chức 66 buổi.", "Đã tổ chức 88 buổi.") == (
        comparing.Bit("same", "Đã tổ chức "), comparing.Bit("out", "66"), comparing.Bit("in", "88"), comparing.Bit("same", " buổi."),
    )
    assert comparing.words("Một câu cũ", "Hoàn toàn khác") == (comparing.Bit("out", "Một câu cũ"), comparing.Bit("in", "Hoàn toàn khác"))
    kinds = [(line.kind, "".join(bit.text for bit in line.bits)) for line in comparing.lines("Một\n\nHai\n\nBa", "Một\n\nBa\n\nBốn")]
    assert kinds == [("same", "Một"), ("gone", "Hai"), ("same", "Ba"), ("added", "Bốn")]


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_words(old: str, new: str) -> None:
    bits = comparing.words(old, new)
    assert "".join(bit.text for bit in bits if bit.kind != "in") == old
    assert "".join(bit.text for bit in bits if bit.kind != "out") == new


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6))
def test_both_texts_can_be_read_out_of_the_paragraphs(old: list[str], new: list[str]) -> None:
    lines = comparing.lines("\n\n".join(old), "\n\n".join(new))
    read = lambda part: [text for line in lines if (text := "".join(bit.text for bit in getattr(line, part)))]  # noqa: E731
    assert read("before") == [text.strip() for text in old if text.strip()]
    assert read("after") == [text.strip() for text in new if text.strip()]


@pytest.mark.django_db
def test_any_two_revisions_are_compared_on_a_page(client: LintingClient) -> None:
    room = make.room()
    make.brought(room, State.PUBLISHED)
    make.written(room, body="Đoạn một của tin.\n\nĐoạn hai của bài.\n\nĐoạn ba <b>.", note="Thêm một đoạn.")
    make.written(room, title="Tên khác hẳn", note="Đổi tên.")
    client.force_login(room.photographer)
    text = client.get(f"{DESK}so-sanh/").content.decode()  # the newest against the published one
    assert "<del>Giao ban ba bên hằng quý</del><ins>Tên khác hẳn</ins>" in text and "Phần có thay đổi: Tên bài, Lời đính chính" in text
    text = client.get(f"{DESK}so-sanh/?tu=1&den=2").content.decode()
    assert "Đoạn một của <del>bài</del><ins>tin</ins>." in text and "<ins>Đoạn ba &lt;b&gt;.</ins>" in text
    beside = client.get(f"{DESK}so-sanh/?tu=1&den=2&kieu=hai-cot").content.decode()
    assert "Đoạn một của <del>bài</del>." in beside and "Đoạn một của <ins>tin</ins>." in beside
    assert "Hai lần sửa giống nhau." in client.get(f"{DESK}so-sanh/?tu=2&den=2").content.decode()
    for wrong in ("tu=9", "den=0", "tu=x", "tu=-1"):
        assert client.get(f"{DESK}so-sanh/?{wrong}").status_code == 404, wrong
