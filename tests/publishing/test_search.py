"""Search in the public store: with and without marks, old and new places of a tone mark, phrases, ranking, what is shown."""
from __future__ import annotations

import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest

from soket.publishing.outlet import finding
from soket.publishing.outlet.finding import Filters, mark, read_query, search, snippet
from tests.factories import publishing_finding as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database
PAIRS = {1: "Bộ đội về làng", 2: "Người dân bỏ đói đàn bò", 3: "Đắk Lắk ước đạt kế hoạch", 4: "Áp dụng thí điểm ở Đà Nẵng", 5: "Hòa Bình khởi công",
         6: "Hoà giải ở cơ sở", 7: "Ủy ban ra quyết định", 8: "Uỷ quyền cho tổ dân phố", 9: "Quý hai và quỹ vì người nghèo", 10: "Thủy lợi nội đồng",
         11: "Mua giò của múa hoàn huỳnh"}  # fmt: skip


def found(folder: Path, text: str, **how: object) -> list[int]:
    return [hit.card.id for hit in search(make.shelf(folder), text, make.NOW, **how).hits]  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for number, title in PAIRS.items():
        make.put(tmp_path, number, title)
    return tmp_path


@pytest.mark.parametrize(
    "text, ids",
    [
        ("Bộ đội", [1]), ("bo doi", [2, 1]), ("BỘ ĐỘI", [1]), ("uoc", [3]), ("ước", [3]), ("ap", [4]), ("dak", [3]), ("đak lắk", []), ("da nang", [4]),
        ("Đà Nẵng", [4]), ("hòa", [5, 6]), ("hoà", [5, 6]), ("hoa", [5, 6]), ("ủy", [7, 8]), ("uỷ", [7, 8]), ("uy", [7, 8]), ("quý", [9]), ("quỹ", [9]),
        ("quy", [9]), ("thuỷ lợi", [10]), ("thủy lợi", [10]),
        ("giò", [11]), ("của múa", [11]), ("hoàn", [11]), ("huỳnh", [11]), ("huynh", [11]),
        (unicodedata.normalize("NFD", "Đắk Lắk ước"), [3]), ("khởi công hoà", [5]), ('"đội bộ"', []), ("“bộ đội”", [1]), ('"bo doi', [2, 1]), ("làng đội", [1]),
    ],
)  # fmt: skip
def test_the_word_list(store: Path, text: str, ids: list[int]) -> None:
    assert sorted(found(store, text)) == sorted(ids)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ",
        '"', '""', "“”", "* AND", "NOT", "NEAR(a b)", "title_c:", "^", "{", "a OR (", "--", "%", "\x00", "\ud800", "\u202ex", "🙂", "(((", "x" * 5000,
        "'; DROP",
    ],
)  # fmt: skip
def test_odd_words_are_friendly(store: Path, text: str) -> None:
    assert found(store, text) == []


def test_operators_have_no_meaning_and_numbers_stand_together(tmp_path: Path) -> None:
    make.put(tmp_path, 1, "Tổ chức 12.347 buổi", "Theo Quyết định 45/QĐ-BCA; near or not.")
    make.put(tmp_path, 2, "Tổ chức 347 buổi, 12 xã", "BCA 45.")
    assert found(tmp_path, "12.347") == [1] and found(tmp_path, "45/QĐ-BCA") == [1] and found(tmp_path, "not OR near") == [1]
    assert found(tmp_path, "347 12") == [2, 1]
    assert read_query('hội "nghị tổng kết" 12.347').phrases == (("nghị", "tổng", "kết"), ("hội",), ("12", "347"))
    assert len(read_query("a " * 400).words) == 1 and len(read_query(" ".join(f"t{n}" for n in range(50))).words) == finding.MOST_WORDS


def test_ranking_exact_title_then_title_then_text_and_the_newest_first(tmp_path: Path) -> None:
    make.put(tmp_path, 1, "An ninh trật tự")
    make.put(tmp_path, 2, "Trật tự và an ninh")
    make.put(tmp_path, 3, "Tin khác", "Giữ an ninh trật tự ở cơ sở.")
    make.put(tmp_path, 4, "Tin khác nữa", "Trật đường, tự ý; an toàn, ninh cơm.")
    make.put(tmp_path, 5, "Phong trào giữ an ninh trật tự")
    make.put(tmp_path, 6, "Tin sau", "Bàn về an ninh trật tự.")
    assert found(tmp_path, "an ninh trật tự") == [1, 5, 2, 6, 3, 4]
    assert found(tmp_path, "an ninh trat tu") == [1, 5, 2, 6, 3, 4]
    assert found(tmp_path, '"an ninh trật tự"') == [1, 5, 6, 3]
    assert found(tmp_path, "an ninh trật tự", limit=2, offset=2) == [2, 6]


def test_category_days_and_what_may_not_be_seen(tmp_path: Path) -> None:
    minute = int(make.FIRST.timestamp())
    make.put(tmp_path, 1, "Hội nghị một")
    make.put(tmp_path, 2, "Hội nghị hai", category=None)
    make.put(tmp_path, 3, "Hội nghị ba", until=make.FIRST + timedelta(minutes=10))
    make.put(tmp_path, 4, "Hội nghị bốn", "BÍ MẬT", state="withdrawn", extra={"withdrawn": {"at": make.FIRST.isoformat(), "reason": "x"}})
    assert found(tmp_path, "hội nghị") == [2, 1] and found(tmp_path, "bí mật") == [] and found(tmp_path, "bốn") == []
    assert found(tmp_path, "hội nghị", filters=Filters(category="thoi-su")) == [1]
    assert found(tmp_path, "hội nghị", filters=Filters(category="khong")) == []
    assert found(tmp_path, "hội nghị", filters=Filters(since=minute + 120)) == [2]
    assert found(tmp_path, "hội nghị", filters=Filters(since=minute, until=minute + 120)) == [1]


def test_very_frequent_words_rank_what_entered_last_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST", 3)
    for number in range(1, 7):
        make.put(tmp_path, number, f"Tin {number}", "Hội nghị thường kỳ.")
    answer = search(make.shelf(tmp_path), "hội nghị", make.NOW)
    assert (answer.total, answer.more, [hit.card.id for hit in answer.hits]) == (3, True, [6, 5, 4])
    alone = search(make.shelf(tmp_path), "tin 2", make.NOW)
    assert (alone.total, alone.more) == (1, False)


NFD = unicodedata.normalize("NFD", "Bộ đội nước bạn")


@pytest.mark.parametrize(
    "shown, text, marked",
    [
        ("Bộ đội nước bạn", "bo doi", ["Bộ đội"]), ("Bộ đội nước bạn", "nuoc", ["nước"]), ("ĐƯỜNG về Đắk Lắk", "duong dak", ["ĐƯỜNG", "Đắk"]),
        (NFD, "bộ đội", [NFD[:10]]), (NFD, "ban", [unicodedata.normalize("NFD", "bạn")]), ("Hoà bình, hòa giải", "hòa", ["Hoà", "hòa"]),
        ("Có 12.347 buổi", "12.347", ["12.347"]), ("Bo đội", "bộ", []), ("hội nghị lớn", '"nghị lớn"', ["nghị lớn"]), ("A–B–C", "b", ["B"]),
    ],
)  # fmt: skip
def test_what_was_looked_for_is_marked_in_the_shown_letters(shown: str, text: str, marked: list[str]) -> None:
    pieces = mark(shown, read_query(text))
    assert "".join(words for words, _found in pieces) == shown
    assert [words for words, is_found in pieces if is_found] == marked


def test_the_snippet_stands_around_the_first_close_match() -> None:
    far = "xa " * 60 + "Ủy ban Mặt trận giám sát " + "gần " * 60
    pieces = snippet(far, read_query("uy ban giam sat"))
    assert [words for words, is_found in pieces if is_found] == ["Ủy ban", "giám sát"]
    assert pieces[0] == ("… ", False) and pieces[-1] == (" …", False) and len("".join(words for words, _found in pieces)) < 250
    assert snippet("Ngắn.\nHai dòng", read_query("khong")) == [("Ngắn. Hai dòng", False)]
    assert snippet("", read_query("a")) == []


@pytest.mark.django_db
def test_the_page(client: LintingClient, settings: object) -> None:
    folder: Path = settings.PUBLIC  # type: ignore[attr-defined]
    empty = client.get("/cong-bo/tim/?q=h").content.decode()
    assert "Không tìm thấy bài nào" in empty
    for number in range(1, 24):
        make.put(folder, number, f"Hội nghị <{number}>", "Ủy ban & <b>Mặt trận</b> họp.")
    text = client.get("/cong-bo/tim/?q=hoi+nghi").content.decode()
    assert "<mark>Hội nghị</mark> &lt;23&gt;" in text and "23 bài" in text and 'href="?q=hoi+nghi&amp;page=2"' in text
    second = client.get("/cong-bo/tim/?q=hoi+nghi&page=2").content.decode()
    assert second.count('class="hit"') == 3 and "&lt;1&gt;" in second
    assert "<mark>Ủy ban</mark> &amp; &lt;b&gt;Mặt trận&lt;/b&gt;" in client.get("/cong-bo/tim/?q=uỷ+ban").content.decode()
    advice = client.get("/cong-bo/tim/?q=hôi+nghì&chuyen-muc=so-lieu&tu=2026-01-01&den=sai").content.decode()
    assert "Tìm không dấu có 23 bài" in advice and "?q=hoi%20nghi" in advice and "Tìm trong tất cả chuyên mục" in advice
    assert client.get("/cong-bo/tim/?q=hoi+nghi&tu=2026-07-16").content.decode().count('class="hit"') == 0
    assert client.get("/cong-bo/tim/?q=hoi+nghi&tu=2026-07-15&den=2026-07-15&page=x").content.decode().count('class="hit"') == 20
    assert "Search the articles" in client.get("/cong-bo/tim/?q=%22*", headers={"Accept-Language": "en"}).content.decode()
