"""Public pages: front page, lists, days, tags, the article and its twins. Most tests have no database, so a page that asked one would fail."""
from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from soket.audit.verifier.page import judge
from soket.kernel.canonical import canonical, hex_digest
from soket.publishing import actions, manifest, shelving
from soket.publishing.outlet import stock
from soket.publishing.templatetags.publishing_public import Points, nested
from tests.factories import publishing as make
from tests.factories import publishing_public as shelf
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database
HOME = "/cong-bo/"


@pytest.fixture
def folder(settings: object) -> Path:
    return Path(settings.PUBLIC)  # type: ignore[attr-defined]


def page(client: LintingClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode().replace("\u00a0", " ")


def titles(text: str) -> list[str]:
    """Stories of a page in order."""
    return re.findall(r'<h3><a [^>]*lang="vi">(.*?)</a></h3>', text)


def test_before_anything_is_published(client: LintingClient) -> None:
    assert "Bài được đăng tại đây sau khi cơ quan soạn duyệt và công bố." in page(client, HOME)
    assert "Lưu trữ" in page(client, "/cong-bo/ngay/")
    for url in ("chuyen-muc/so-ket/", "the/unit/9/", "ngay/2026-07-15/", "bai-1/", "bai-1/so-lieu.json", "tep/" + "0" * 64 + ".jpg"):
        page(client, HOME + url, 404)


def test_the_front_page_shows_nothing_twice(folder: Path, client: LintingClient) -> None:
    news = [shelf.copy(number, shelf.at(number)) for number in range(1, 12)]
    shelf.put(folder, [*news, *(shelf.copy(number, shelf.at(number - 19), category="khen-thuong") for number in (20, 21))])
    text = page(client, HOME)
    assert titles(text) == [f"Bài số {number}" for number in (11, 10, 9, 8, 7, 6, 5, 4, 3, 21, 20)]
    assert 'aria-current="page">Trang nhất</a>' in text and '<h2 id="h-so-ket">Sơ kết, tổng kết</h2>' in text
    assert 'id="h-trong"' not in text and ">Chuyên mục trống</a>" in text  # no heading over nothing, but a place in the navigation
    assert "<h2 id=\"h-so-ket\">Reviews</h2>" in page(LintingClient(headers={"accept-language": "en"}), HOME)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_read_the_store_a_fixed_number_of_times(folder: Path, client: LintingClient, count: int) -> None:
    more = {"photo": shelf.PHOTO, "tags": [shelf.PROGRAMME], "review": shelf.REVIEW}
    shelf.put(folder, [shelf.copy(number, shelf.at(15, number), **more) for number in range(1, count + 1)])
    lists = {HOME: 5, f"{HOME}chuyen-muc/so-ket/": 6, f"{HOME}the/programme/12/": 6, f"{HOME}ngay/?thang=2026-07": 7, f"{HOME}ngay/2026-07-15/": 6}
    for url, expected in {**lists, f"{HOME}bai-1/": 7, f"{HOME}khong-co/": 4, f"{HOME}tro-nang/": 2}.items():
        with shelf.reads(folder) as told:
            text = client.get(url).content.decode()
        assert len(told) == expected, (url, told)
        if url in lists and "thang" not in url:
            assert len(titles(text)) == count, url


def test_turning_pages_shows_every_article_once_even_when_others_are_published(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [shelf.copy(number, shelf.at(1 + number // 4), tags=[shelf.PROGRAMME])
                       for number in range(45)])  # fmt: skip
    for start in ("chuyen-muc/so-ket/", "the/programme/12/"):
        seen, url, pages = [], HOME + start, []
        while url:
            text = page(client, url)
            seen += titles(text)
            pages.append(url)
            if len(pages) == 1:
                assert 'rel="canonical"' in text and "noindex" not in text and 'rel="prev"' not in text
                shelf.put(folder, [shelf.copy(90 + len(start), shelf.at(28), category="khen-thuong" if "the" in start else "so-ket")])
            found = re.search(r'href="(\?truoc=[^"]+)" rel="next"', text)
            url = HOME + start + found[1] if found else ""
        assert [len(pages), len(seen), len(set(seen))] == [3, 45, 45], start
        back = re.search(r'href="(\?sau=[^"]+)" rel="prev"', page(client, pages[2]))
        assert back is not None and titles(page(client, HOME + start + back[1])) == seen[20:40]
    for wrong in ("?truoc=abc", "?truoc=1-1", "?sau=99999999999-1", "?sau=9-9-9"):
        page(client, f"{HOME}chuyen-muc/so-ket/{wrong}", 404)


def test_days_and_months_that_have_articles(folder: Path, client: LintingClient) -> None:
    days = [shelf.at(3, month=5), shelf.at(15), shelf.at(15, 23, 59), shelf.at(31, 0, 1)]
    shelf.put(folder, [shelf.copy(number, day) for number, day in enumerate(days, 1)])
    newest = page(client, f"{HOME}ngay/")
    assert "Tháng 7/2026</b>" in newest and '<a href="/cong-bo/ngay/2026-07-15/">15</a>' in newest and "3 tin, bài trong tháng" in newest
    assert 'href="/cong-bo/ngay/?thang=2026-06" class="s13" rel="prev"' in newest and 'rel="next"' not in newest
    assert "Thứ Tư, 15/07/2026</a>" in newest
    assert re.findall(r"Bài số \d", newest.split('id="h-days"')[1]) == ["Bài số 4", "Bài số 3", "Bài số 2"]
    assert "Tháng này không có tin, bài." in page(client, f"{HOME}ngay/?thang=2026-06")
    day = page(client, f"{HOME}ngay/2026-07-15/")
    assert titles(day) == ["Bài số 3", "Bài số 2"] and 'aria-current="date">15</a>' in day
    assert "Ngày trước có tin, bài: 03/05/2026" in day and "Ngày sau có tin, bài: 31/07/2026" in day
    for url in ("ngay/?thang=2026-04", "ngay/?thang=2026-13", "ngay/?thang=x", "ngay/2026-07-14/", "ngay/2026-13-01/", "ngay/20260715/", "ngay/hom-qua/"):
        page(client, HOME + url, 404)


def test_a_full_day_of_the_archive_names_its_newest_and_leads_to_the_rest(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [shelf.copy(number, shelf.at(15, number)) for number in range(1, 6)])
    month = page(client, f"{HOME}ngay/?thang=2026-07").split('id="h-days"')[1]
    assert re.findall(r"Bài số \d", month) == ["Bài số 5", "Bài số 4", "Bài số 3"]
    assert '<a href="/cong-bo/ngay/2026-07-15/" class="mut n">Xem thêm 2 bài trong ngày</a>' in month


def test_related_articles_share_a_review_or_a_tag(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [
        shelf.copy(1, shelf.at(1), tags=[shelf.PROGRAMME], review=shelf.REVIEW),
        shelf.copy(2, shelf.at(2), category="khen-thuong", review=shelf.REVIEW), shelf.copy(3, shelf.at(3), category="khen-thuong", tags=[shelf.PROGRAMME]),
        shelf.copy(4, shelf.at(4), category="khen-thuong"), shelf.copy(5, shelf.at(5), tags=[shelf.PROGRAMME]),
    ])  # fmt: skip
    text = page(client, f"{HOME}bai-1/")
    same, related = text.split("<h2>Tin cùng chuyên mục</h2>")[1].split("<h2>Tin liên quan</h2>")
    assert re.findall(r">(Bài số \d)</a>", same) == ["Bài số 5"] and re.findall(r">(Bài số \d)</a>", related) == ["Bài số 3", "Bài số 2"]
    assert 'aria-current="true">Sơ kết, tổng kết</a>' in text
    assert "<h1>Sơ kết sáu tháng năm 2026</h1>" in page(client, f"{HOME}the/review/so-ket-2026/")
    assert "<h1>Chương trình phối hợp số 12</h1>" in page(client, f"{HOME}the/programme/12/")


def test_the_newest_with_a_photograph_leads_the_front_page(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [shelf.copy(number, shelf.at(number), photo=shelf.PHOTO if number in {3, 5} else None) for number in range(1, 8)])
    text = page(client, HOME)
    assert titles(text) == [f"Bài số {number}" for number in (5, 7, 6, 4, 3, 2, 1)] and text.count('fetchpriority="high"') == 1


def test_an_article_with_everything(folder: Path, client: LintingClient) -> None:
    blocks = [
        {"kind": "heading", "level": 2, "runs": shelf.runs("Kết quả")}, {"kind": "quote", "runs": shelf.runs("Lời trích.")},
        {"kind": "list", "items": [{"depth": 0, "ordered": True, "number": 3, "runs": shelf.runs("Ba")},
                                   {"depth": 1, "ordered": False, "number": 1, "runs": shelf.runs("con")}]},
        {"kind": "table", "rows": [[shelf.runs("Kỳ"), shelf.runs("Số")], [shelf.runs("Một"), [shelf.claim("66", "01")]]]},
        {"kind": "chart", "codes": ["01", "02"]}, shelf.PHOTO, {"kind": "photo", **shelf.PHOTO, "caption": "", "alt": "", "decorative": True},
    ]  # fmt: skip
    content = shelf.copy(
        1, shelf.at(15, 16, 30), title="Đã có 66 buổi", title_runs=[*shelf.runs("Đã có "), shelf.claim("66", "01", old="60"), *shelf.runs(" buổi")],
        body=blocks, figures=[shelf.figure("01", "66", "66"), shelf.figure("02", "33", "33")], edition={"number": 2, "digest": "e" * 64}, review=shelf.REVIEW,
        photo={**shelf.PHOTO, "caption": "Ảnh đầu bài."}, byline="Ban biên tập", source="Văn phòng", tags=[shelf.PROGRAMME],
    )  # fmt: skip
    raw = canonical(content).decode()
    shelf.put(folder, [content], extra={"kit": {"sha256": "a" * 64, "size": 2_500_000}, "seal": manifest.seal(raw, hex_digest(content))})
    for language in ("vi", "en"):  # the words on the page are those that were signed
        assert judge(client.get(f"{HOME}bai-1/", headers={"accept-language": language}).content, None).manifest.slug == "bai-1"
    text = page(client, f"{HOME}bai-1/")
    for part in (
        'datetime="2026-07-15T16:30:00+07:00" data-signed="date">Thứ Tư, 15/07/2026, 16:30:00 (GMT+7)</time>', "Bản công bố số 1", "Số liệu theo bản 2",
        '<li value="3"><span class="n points__n">3.</span> Ba<ul class="points points--dot"><li>con</li></ul></li>',
        'role="region" aria-label="Bảng 1"><table class="art-t"><caption data-unsigned>Bảng 1</caption>', '<th scope="col">Kỳ</th>',
        'width="500" height="8"/>', 'fetchpriority="high"', 'alt="" decoding="async" loading="lazy"', 'width="960" height="640"', "ZIP, 2,4 MB",
        '<b data-signed="byline">Ban biên tập</b>', "mailto:?subject=%C4%90%C3%A3%20c%C3%B3%2066%20bu%E1%BB%95i", "Trang lập lúc",
    ):  # fmt: skip
        assert part in text, part
    title = text.split('<h1 data-signed="title">')[1].split("</h1>")[0]
    assert 'href="/cong-bo/bai-1/so-lieu/01/"' in title and "60" not in re.sub("<[^>]+>", "", title)
    assert text.count('fetchpriority="high"') == 1 and text.count("<h1") == 1
    assert not re.findall(r'(?:src|srcset|<link[^>]*href)="https?://(?!soket\.|localhost|127)', text)


def test_lists_in_lists() -> None:
    def item(depth: int, ordered: bool = False) -> dict[str, object]:
        return {"depth": depth, "ordered": ordered}

    def shape(found: list[Points]) -> list[object]:
        return [("ol" if one.ordered else "ul", [shape(below) for _item, below in one.items]) for one in found]

    flat = [item(0, True), item(1), item(2), item(1), item(1, True), item(0, True), item(3)]
    assert shape(nested(flat)) == [("ol", [[("ul", [[("ul", [[]])], []]), ("ol", [[]])], [("ul", [[]])]])]
    assert shape(nested([item(0), item(0, True)])) == [("ul", [[]]), ("ol", [[]])] and nested([]) == []


def test_an_imported_article_says_so_and_opens_no_figure(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [shelf.copy(1, shelf.at(15), imported=True, category=None)])
    text = page(client, f"{HOME}bai-1/")
    assert "Bài chuyển từ trang cũ" in text and "Cách đọc số liệu trong bài" not in text and "so-lieu.csv" not in text and "<h2>Bài khác</h2>" in text


def test_what_has_ended_or_was_taken_down_is_in_no_list(folder: Path, client: LintingClient) -> None:
    ended = {"title": "HẾT HẠN", "lead": shelf.runs("HẾT HẠN"), "tags": [shelf.PROGRAMME], "figures": [shelf.figure("01", "66", "66")]}
    shelf.put(folder, [shelf.copy(1, shelf.at(14)), shelf.copy(2, shelf.at(14), tags=[shelf.PROGRAMME])])
    shelf.put(folder, [shelf.copy(3, shelf.at(15), **ended)], until=shelf.at(16, month=8).replace(year=2020))
    gone = {"withdrawn": {"at": shelf.at(20, 9).isoformat(), "reason": "Đơn vị cung cấp nhầm văn bản."}}
    shelf.put(folder, [shelf.copy(4, shelf.at(15), **{**ended, "title": "ĐÃ GỠ", "lead": shelf.runs("ĐÃ GỠ")})], state="withdrawn", extra=gone)
    notice = page(client, f"{HOME}bai-4/", 410)
    assert "<h1>Bài này đã được gỡ</h1>" in notice and "Đơn vị cung cấp nhầm văn bản." in notice and "Thứ Hai, 20/07/2026, 09:00:00 (GMT+7)" in notice
    texts = [notice, page(client, f"{HOME}bai-3/", 404)]
    texts += [page(client, HOME + url) for url in ("", "chuyen-muc/so-ket/", "ngay/?thang=2026-07", "the/programme/12/", "bai-1/", "bai-2/")]
    assert all("HẾT HẠN" not in text and "ĐÃ GỠ" not in text for text in texts)
    assert "ngay/2026-07-15/" not in texts[4]
    for url in ("so-lieu.json", "so-lieu.csv", "so-lieu/01/", "so-lieu/01.json", "so-lieu/01.csv", "ban-ke.json"):
        assert [client.get(f"{HOME}bai-{number}/{url}").status_code for number in (3, 4)] == [404, 404], url


def test_twins_carry_exact_values(folder: Path, client: LintingClient) -> None:
    figures = [shelf.figure("01", "66", "66"), shelf.figure("02", "75,0 %", "3", "4"), shelf.figure("03", "123,45", "12345", scale=2),
               shelf.figure("04", "", None, state="missing")]  # fmt: skip
    content = shelf.copy(1, shelf.at(15), figures=figures, edition={"number": 2, "digest": "e" * 64}, review=shelf.REVIEW)
    shelf.put(folder, [content], extra={"seal": {"key": "k", "signature": "s", "signed": "x"}})
    told = client.get(f"{HOME}bai-1/so-lieu.json")
    assert hex_digest(json.loads(told.content)) == told["ETag"].strip('"') and json.loads(told.content) == content
    assert client.get(f"{HOME}bai-1/so-lieu.json", headers={"if-none-match": told["ETag"]}).status_code == 304
    table = client.get(f"{HOME}bai-1/so-lieu.csv").content
    assert table.startswith(b"\xef\xbb\xbfcode,label,label_en,value,numerator,denominator,unit,unit_en,state,edition,edition_digest\r\n")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [(row["code"], row["value"], row["numerator"], row["denominator"], row["state"], row["edition"]) for row in rows] == [
        ("01", "66", "66", "", "value", "2"), ("02", "75,0 %", "3", "4", "value", "2"), ("03", "123,45", "123.45", "", "value", "2"),
        ("04", "", "", "", "missing", "2"),
    ]  # fmt: skip
    one = client.get(f"{HOME}bai-1/so-lieu/02.json")
    assert json.loads(one.content)["figure"] == figures[1] and json.loads(one.content)["article"]["digest"] == told["ETag"].strip('"')
    assert client.get(f"{HOME}bai-1/so-lieu/02.csv").content.count(b"\r\n") == 2
    assert json.loads(client.get(f"{HOME}bai-1/ban-ke.json").content)["content"] == told.content.decode()
    for url in ("so-lieu/05.json", "so-lieu/05.csv", "so-lieu/05/"):
        assert client.get(f"{HOME}bai-1/{url}").status_code == 404, url


def test_a_page_that_is_not_there_helps(folder: Path, client: LintingClient) -> None:
    shelf.put(folder, [shelf.copy(1, shelf.at(15))])
    text = page(client, f"{HOME}ket-qua/sau_thang-dau-nam", 404)
    assert 'value="sau thang dau nam"' in text and "Bài số 1" in text and "<h1>Không có trang ở địa chỉ này</h1>" in text
    assert 'value=""' in page(client, f"{HOME}%3Cscript%3E/", 404)
    assert client.get(f"{HOME}bai-1?x=1")["Location"] == "/cong-bo/bai-1/?x=1"
    assert [client.get(HOME + url).status_code for url in ("bai-9", "chuyen-muc/so-ket", "tep/x")] == [301, 301, 404]
    with stock.writing(folder) as link:
        stock.put_redirects(link, [("/cong-bo/tin/cu-1.html", "bai-1")])
    assert client.get(f"{HOME}tin/cu-1.html")["Location"] == "/cong-bo/bai-1/"
    assert client.post(HOME).status_code == 405 and client.head(f"{HOME}bai-1/").status_code == 200


def test_the_language_is_kept_and_leads_back_on_this_site_alone(client: LintingClient) -> None:
    answer = client.get("/cong-bo/ngon-ngu/en/?tiep=/cong-bo/ngay/")
    assert (answer.status_code, answer["Location"]) == (302, "/cong-bo/ngay/")
    assert "<h1>Articles by day</h1>" in page(client, "/cong-bo/ngay/") and "<h1>Accessibility</h1>" in page(client, "/cong-bo/tro-nang/")
    for bad in ("//evil.example/", "https://evil.example/", "javascript:alert(1)", "evil", "/\\evil.example"):
        assert client.get("/cong-bo/ngon-ngu/vi/", {"tiep": bad})["Location"] == "/cong-bo/"
    assert client.get("/cong-bo/ngon-ngu/fr/").status_code == 404
    assert "<h1>Hỗ trợ tiếp cận</h1>" in page(client, "/cong-bo/tro-nang/")


def test_every_reader_gets_the_same_bytes(desk: make.Desk, client: LintingClient) -> None:
    copy = make.released(desk)
    urls = (HOME, f"{HOME}ket-qua-so-ket/", f"{HOME}ket-qua-so-ket/so-lieu/01/", f"{HOME}ngay/")
    told = {url: client.get(url) for url in urls}
    assert not any(answer.cookies for answer in told.values())
    client.force_login(desk.editor)
    assert all(client.get(url).content == answer.content for url, answer in told.items())
    actions.withdraw(article=desk.article, reason="Nhầm văn bản.", by=desk.publisher, at=make.AT + timedelta(days=1))
    shelving.shelve(copy.article_id)
    assert "Nhầm văn bản." in page(client, f"{HOME}ket-qua-so-ket/", 410) and make.TITLE not in page(client, HOME)
