"""Every twin of an article says the same number for every claim: page, preview of a link, panel, data, tables, press kit, feed, sound, picture."""
from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import feedparser
import pytest

from soket.audit.verifier.page import judge
from soket.kernel.clock import VIETNAM
from soket.publishing import actions, cards, frozen, kit, queries, receivers, shelving
from soket.publishing.core import true_of
from soket.publishing.queries import press
from soket.publishing.release import _changes, parts_of, plain_text
from soket.publishing.speech import spoken
from tests.factories import publishing as make
from tests.factories import publishing_public as shelf
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BODY = (
    "Tổ chức {{01}} buổi; đạt {{02}} số xã; báo cáo nhận được {{03}}.\n\n- Nguồn ngoài: {{04}} buổi\n\n| Chỉ tiêu | Số |\n|---|---|\n| Buổi | {{01}} |\n\n"
    "{{biểu đồ 02, 03}}"
)


def flat(text: str) -> str:
    """Words of a page or a paper with plain blanks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def claims(page: str) -> dict[str, set[str]]:
    """By code, what the figures of a page print in front of their marks."""
    found: dict[str, set[str]] = {}
    for code, words in re.findall(r'<a class="fig[^"]*" href="[^"]*/so-lieu/([^/"]+)/"[^>]*>(.*?)</a>', page, re.DOTALL):
        found.setdefault(code, set()).add(flat(re.sub(r"<(?:del|s)\b.*?</(?:del|s)>", "", words, flags=re.DOTALL)).removesuffix(" trích dẫn"))
    return found


def twins(client: LintingClient, slug: str, content: dict[str, Any], pack: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """What each twin prints for each figure."""
    told: dict[str, dict[str, str]] = {}
    table = client.get(f"/cong-bo/{slug}/so-lieu.csv").content.decode("utf-8-sig")
    for name, text in (("csv", table), ("kit csv", pack["so-lieu.csv"].decode("utf-8-sig"))):
        told[name] = {row["code"]: flat(row["value"]) for row in csv.DictReader(io.StringIO(text))}
    told["json"] = {one["code"]: flat(one["display"]["vi"]) for one in json.loads(client.get(f"/cong-bo/{slug}/so-lieu.json").content)["figures"]}
    told["kit json"] = {one["code"]: flat(one["display"]["vi"]) for one in json.loads(pack["so-lieu.json"])["figures"]}
    told["one"] = {
        code: flat(json.loads(client.get(f"/cong-bo/{slug}/so-lieu/{code}.json").content)["figure"]["display"]["vi"]) for code in told["json"]
    }
    return told


def test_all_twins_of_an_article_say_the_same(desk: make.Desk, client: LintingClient) -> None:
    lead = "Có {{01}} buổi, {{02}} số xã, {{04}} buổi theo nguồn ngoài."
    copy = make.released(desk, title="Tổ chức {{01}} buổi", lead=lead, body=BODY)
    content, slug = json.loads(copy.content), desk.article.slug
    expected = {one["code"]: flat(one["display"]["vi"]) for one in content["figures"]}
    assert expected == {"01": "66", "02": "75,0 %", "03": "75,0 %", "04": "hơn 410.000"}
    with zipfile.ZipFile(io.BytesIO(kit.zipped(press.of_copy(copy)))) as packed:
        pack = {name: packed.read(name) for name in packed.namelist()}
    page = client.get(f"/cong-bo/{slug}/").content.decode()
    assert claims(page) == {code: {words} for code, words in expected.items()}
    for name, told in twins(client, slug, content, pack).items():
        assert told == expected, name
    title, words = "Tổ chức 66 buổi", "Có 66 buổi, 75,0 % số xã, hơn 410.000 buổi theo nguồn ngoài."
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert (linked["headline"], flat(linked["description"])) == (title, words)
    assert re.search(r'<meta property="og:title" content="([^"]*)"', page)[1] == title  # type: ignore[index]
    assert flat(re.search(r'<meta property="og:description" content="([^"]*)"', page)[1]) == words  # type: ignore[index]
    feeds = [feedparser.parse(client.get(f"/cong-bo/{kind}.xml").content).entries[0] for kind in ("rss", "atom")]
    assert {(one.title, flat(one.summary)) for one in feeds} == {(title, words)}
    card = cards.card_of(content)
    assert (card.title, card.value, card.parts) == (title, "66", "")
    aloud = spoken(plain_text(content))
    assert aloud.startswith("Tổ chức sáu mươi sáu buổi\nCó sáu mươi sáu buổi, bảy mươi lăm phẩy không phần trăm số xã, hơn bốn trăm mười nghìn buổi")
    paper = docx.Document(io.BytesIO(pack["bai-viet.docx"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    printed = flat(" ".join([*(part.text for part in paper.paragraphs), *cells]))
    for text in (printed, flat(pack["bai-viet.txt"].decode("utf-8-sig"))):
        assert [text.count(said) > 0 for said in ("66 [SK-THU-01]", "75,0 % [SK-THU-02]", "75,0 % [SK-THU-03]", "hơn 410.000 [SK-THU-04]")] == [True] * 4, text
    assert all(true_of(expected[code], value) for code, value in frozen.values(desk.edition).items())
    english = {one["code"]: one["display"]["en"] for one in content["figures"]}
    for code, said in expected.items():
        for language in ("vi", "en"):
            panel = flat(client.get(f"/cong-bo/{slug}/so-lieu/{code}/", headers={"accept-language": language}).content.decode())
            shown = said if language == "vi" else english[code]
            assert shown in panel, (code, language)
    figure = next(one for one in content["figures"] if one["code"] == "03")
    assert parts_of(figure["exact"]) == "3/4" and figure["measure"] == {"vi": "", "en": ""}


def test_big_missing_and_mean_numbers_are_the_same_in_every_twin(settings: Any, client: LintingClient) -> None:
    figures = [
        shelf.figure("01", "1.234.567.890", "1234567890"), shelf.figure("02", "chưa có số", None, state="missing"),
        shelf.figure("03", "99,9\u00a0%", "9996", "10000"), shelf.figure("04", "3,13", "125", "4", scale=1), shelf.figure("05", "0", "0", state="zero"),
        shelf.figure("06", "không áp dụng", None, state="not_applicable"), shelf.figure("07", "−12", "-12"),
    ]  # fmt: skip
    figures[3]["exact"]["percent"] = False
    runs = [run for one in figures for run in (shelf.claim(one["display"]["vi"], one["code"]), {"kind": "text", "text": "; "})]
    body = [{"kind": "paragraph", "runs": runs}]
    content = shelf.copy(1, shelf.at(15), figures=figures, body=body, edition={"number": 1, "digest": "e" * 64}, review=shelf.REVIEW)
    shelf.put(settings.PUBLIC, [content])
    pack = dict(kit.files(kit.Material(content=content, pictures=[], page="https://vi.du/")))
    expected = {one["code"]: flat(one["display"]["vi"]) for one in figures}
    assert claims(client.get("/cong-bo/bai-1/").content.decode()) == {code: {words} for code, words in expected.items()}
    told = twins(client, "bai-1", content, pack)
    assert all(found == expected for found in told.values())
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(client.get("/cong-bo/bai-1/so-lieu.csv").content.decode("utf-8-sig")))}
    assert [(rows[code]["numerator"], rows[code]["denominator"], rows[code]["state"]) for code in ("02", "04", "05", "07")] == [
        ("", "", "missing"), ("12.5", "4", "value"), ("0", "", "zero"), ("-12", "", "value"),
    ]  # fmt: skip
    assert parts_of(figures[3]["exact"]) == "12,5/4" and parts_of(figures[2]["exact"]) == "9.996/10.000" and parts_of(figures[1]["exact"]) == ""
    aloud = spoken(plain_text(content))
    assert (
        "một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi; chưa có số; chín mươi chín phẩy chín phần trăm; "
        "ba phẩy mười ba; không;"
    ) in aloud
    assert aloud.endswith("không áp dụng; âm mười hai;")


def notice(client: LintingClient, slug: str) -> list[list[tuple[str, str, str]]]:
    """The notices of the public copy, newest first: (code, old, new) of each figure."""
    content = json.loads(client.get(f"/cong-bo/{slug}/so-lieu.json").content)
    return [[(one["code"], flat(one["old"]), flat(one["new"])) for one in told["figures"]] for told in reversed(content["notices"])]


def test_three_corrections_tell_the_old_and_the_new_value_each(desk: make.Desk, client: LintingClient) -> None:
    """A figure leaves and returns, an edition is replaced, the article is taken down and comes back, then its title alone changes."""
    slug, body = desk.article.slug, "Có {{01}} buổi và {{02}} số xã."
    make.released(desk, body=body)
    at = make.CORRECTED_AT
    make.released(desk, at=at, body="Có {{01}} buổi.", note="Bỏ một số liệu")
    assert notice(client, slug) == [[("02", "75,0 %", "")]]
    make.second_edition(desk)
    receivers.readers_learn_of_it(review_id=desk.world.review.pk)  # a test's transaction never commits, so nobody is told
    told = client.get(f"/cong-bo/{slug}/").content.decode()
    assert "Hồ sơ đã có bản mới hơn" in told and "Số liệu trong bài lấy theo bản 1 của hồ sơ" in told and "Xem bản 2 của hồ sơ" in told
    assert judge(told.encode(), None).manifest.slug == slug  # what is said beside the copy leaves its seal whole
    assert "Đã có bản mới thay thế số này" in client.get(f"/cong-bo/{slug}/so-lieu/01/").content.decode()
    make.released(desk, at=at.replace(day=18), body=body, note="Theo bản hồ sơ mới")
    assert notice(client, slug)[0] == [("01", "66", "88"), ("02", "", "75,0 %")]
    page = client.get(f"/cong-bo/{slug}/").content.decode()
    assert claims(page)["01"] >= {"88"} and "66" in flat(page) and "Hồ sơ đã có bản mới hơn" not in page
    actions.withdraw(article=desk.article, reason="Rà soát lại", by=desk.publisher, at=at.replace(day=19))
    shelving.shelve(desk.article.pk)
    assert client.get(f"/cong-bo/{slug}/").status_code == 410 and slug not in client.get("/cong-bo/atom.xml").content.decode()
    last = at.replace(day=20)
    make.released(desk, at=last, title="Tên mới của bài", body=body, note="Đổi tên bài")
    content = json.loads(client.get(f"/cong-bo/{slug}/so-lieu.json").content)
    assert notice(client, slug) == [[], [("01", "66", "88"), ("02", "", "75,0 %")], [("02", "75,0 %", "")]]
    assert content["notices"][-1]["title"] == {"old": make.TITLE, "new": "Tên mới của bài"} and [one["number"] for one in content["notices"]] == [2, 3, 4]
    assert not any("old" in run for block in content["body"] for run in block["runs"])  # nothing changed since the copy before
    # every place says the same two instants
    first, latest = (moment.astimezone(VIETNAM).isoformat(timespec="seconds") for moment in (make.AT, last))
    page = client.get(f"/cong-bo/{slug}/").content.decode()
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert (linked["datePublished"], linked["dateModified"]) == (first, latest) and f'datetime="{latest}"' in page
    entry = feedparser.parse(client.get("/cong-bo/atom.xml").content).entries[0]
    assert (entry.published, entry.updated) == (first, latest)
    assert latest in client.get("/cong-bo/rss.xml").content.decode()
    assert f"<lastmod>{latest}</lastmod>" in client.get("/cong-bo/sitemap-1.xml").content.decode()
    kept = queries.kept(slug)
    assert kept is not None and kept.card.latest.isoformat() == latest and kept.card.number == 4


def test_a_figure_that_counts_something_else_is_a_correction() -> None:
    was = shelf.figure("01", "12", "12")
    assert _changes({"figures": [was]}, [was]) == []
    other = {**was, "measure": {"vi": "lớp", "en": "classes"}}
    assert [(one["old"], one["new"]) for one in _changes({"figures": [was]}, [other])] == [("12 buổi", "12 lớp")]
    named = {**was, "label": {"vi": "Buổi đối thoại", "en": "Dialogues"}}
    assert [(one["old"], one["new"]) for one in _changes({"figures": [was]}, [named])] == [("12 (Chỉ tiêu 01)", "12 (Buổi đối thoại)")]
    share, more = shelf.figure("02", "98,5\u00a0%", "3268", "3319"), shelf.figure("02", "98,5\u00a0%", "3269", "3320")
    assert [(one["old"], one["new"]) for one in _changes({"figures": [share]}, [more])] == [("98,5\u00a0% (3.268/3.319)", "98,5\u00a0% (3.269/3.320)")]
    assert _changes({"figures": [shelf.figure("03", "0", "0")]}, [shelf.figure("03", "0", "0", state="zero")]) == []
    gone = shelf.figure("03", "chưa có số", None, state="missing")
    assert [(one["old"], one["new"]) for one in _changes({"figures": [shelf.figure("03", "0", "0")]}, [gone])] == [("0", "chưa có số")]


def test_the_date_line_at_the_edges_of_a_day(settings: Any, client: LintingClient) -> None:
    """The last second of a day and the first of the next, in Viet Nam's time whatever zone the instant was written in."""
    late, early = shelf.at(15, 23, 59).replace(second=59), datetime(2026, 7, 15, 17, 0, 0, tzinfo=UTC)
    shelf.put(settings.PUBLIC, [shelf.copy(1, late), shelf.copy(2, early.astimezone(VIETNAM))])
    lines = {
        ("bai-1", "vi"): "Thứ Tư, 15/07/2026, 23:59:59 (GMT+7)", ("bai-2", "vi"): "Thứ Năm, 16/07/2026, 00:00:00 (GMT+7)",
        ("bai-1", "en"): "Wednesday, 15 July 2026, 23:59:59 (GMT+7)", ("bai-2", "en"): "Thursday, 16 July 2026, 00:00:00 (GMT+7)",
    }  # fmt: skip
    for (slug, language), line in lines.items():
        assert line in flat(client.get(f"/cong-bo/{slug}/", headers={"accept-language": language}).content.decode())
    for day, here, there in (("2026-07-15", "bai-1", "bai-2"), ("2026-07-16", "bai-2", "bai-1")):
        main = client.get(f"/cong-bo/ngay/{day}/").content.decode().partition("<main")[2].partition("</main>")[0]
        assert f"/cong-bo/{here}/" in main and f"/cong-bo/{there}/" not in main
