"""Feeds and sitemaps: valid XML, lasting names, full dates, and nothing that a reader may not see yet."""
from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from django.conf import settings

from soket.kernel.clock import now
from soket.publishing import actions
from soket.publishing.outlet import feeds
from tests.factories import publishing as make
from tests.factories import publishing_finding as store
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SOUND = {"audio": {"duration": 60_400, "mp3": {"sha256": "d" * 64, "size": 123456}, "opus": {"sha256": "e" * 64, "size": 65432}}}
SECRET = "BÀI CHƯA ĐẾN GIỜ"
ADDRESSES = ("/cong-bo/rss.xml", "/cong-bo/atom.xml", "/cong-bo/sitemap.xml", "/cong-bo/sitemap-1.xml", "/cong-bo/sitemap-muc.xml", "/cong-bo/sitemap-tin.xml")


def read(client: LintingClient, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, url
    fromstring(response.content)  # noqa: S314 - our own bytes
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def put(article: int, title: str, **changes: Any) -> None:
    store.put(Path(settings.PUBLIC), article, title, **changes)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_as_a_reader_program_takes_it(client: LintingClient, kind: str) -> None:
    later = (store.FIRST + timedelta(days=2)).isoformat()
    put(1, "Số liệu & <kết quả>", extra=SOUND, published_at=later, number=2, notices=[{"note": "x"}])
    put(2, "Bài hai", category={"slug": "so-lieu", "name": {"vi": "Số liệu", "en": "Figures"}}, byline="Nhóm phóng viên")
    found = read(client, f"/cong-bo/{kind}.xml")
    assert (found.version, found.feed.language) == ({"rss": "rss20", "atom": "atom10"}[kind], "vi")
    newest, corrected = found.entries
    assert (newest.title, newest.link) == ("Bài hai", f"{settings.BASE_URL}/cong-bo/bai-2/")
    assert (corrected.title, corrected.summary) == ("Số liệu & <kết quả>", "Lời dẫn bài 1.")
    assert corrected.id == f"tag:{settings.LOG_ORIGIN.split('/')[0]},2026-07-15:cong-bo/1"
    assert (corrected.published, corrected.updated) == {
        "rss": ("Wed, 15 Jul 2026 16:31:00 +0700", "2026-07-17T16:30:00+07:00"), "atom": ("2026-07-15T16:31:00+07:00", "2026-07-17T16:30:00+07:00"),
    }[kind]  # fmt: skip
    assert (newest.author, corrected.author) == ("Nhóm phóng viên", "Văn phòng chương trình")
    assert [(one.href, one.length, one.type) for one in corrected.enclosures] == [
        (f"{settings.BASE_URL}/cong-bo/tep/{'d' * 64}.mp3", "123456", "audio/mpeg")
    ]  # fmt: skip
    own = [link.href for link in found.feed.links if link.rel == "self"]
    assert own == [f"{settings.BASE_URL}/cong-bo/{kind}.xml"]
    one = read(client, f"/cong-bo/chuyen-muc/so-lieu/{kind}.xml")
    assert [entry.title for entry in one.entries] == ["Bài hai"] and one.feed.title.startswith("Số liệu – ")
    assert client.get(f"/cong-bo/chuyen-muc/khong-co/{kind}.xml").status_code == 404


def test_the_name_of_an_article_outlives_its_title_and_thirty_are_told(client: LintingClient) -> None:
    for number in range(1, 33):
        put(number, f"Bài {number}")
    before = read(client, "/cong-bo/rss.xml")
    put(32, "Tên khác hẳn", slug="dia-chi-khac")
    after = read(client, "/cong-bo/rss.xml")
    assert len(after.entries) == 30 and [one.id for one in after.entries] == [one.id for one in before.entries]


def test_who_has_the_newest_is_told_so_and_a_withdrawal_is_a_change(client: LintingClient) -> None:
    put(1, "Bài một")
    put(2, "Bài hai")
    for url in ADDRESSES[:2]:
        response = client.get(url)
        assert response["Last-Modified"] == "Wed, 15 Jul 2026 09:32:00 GMT" and response["Content-Type"].endswith("xml; charset=utf-8")
        again = client.get(url, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    tag = client.get("/cong-bo/rss.xml")["ETag"]
    put(1, "Bài một", state="withdrawn")
    changed = client.get("/cong-bo/rss.xml", headers={"If-None-Match": tag, "If-Modified-Since": "Wed, 15 Jul 2037 09:32:00 GMT"})
    assert changed.status_code == 200 and "Bài một" not in changed.content.decode()


def test_sitemaps_name_every_article_once_with_its_last_change(client: LintingClient) -> None:
    put(1, "Bài một", published_at=(store.FIRST + timedelta(days=3)).isoformat())
    put(2, "Bài hai", category=None)
    put(3, "Bài hết hạn", until=store.FIRST + timedelta(days=1))
    put(feeds.PART + 1, "Bài phần sau")
    base = f"{settings.BASE_URL}/cong-bo/"

    def rows(url: str) -> list[tuple[str, str]]:
        text = client.get(url).content.decode()
        fromstring(text)  # noqa: S314 - our own bytes
        return re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", text)

    assert rows("/cong-bo/sitemap.xml") == [
        (f"{base}sitemap-muc.xml", "2026-07-19T03:51:00+07:00"), (f"{base}sitemap-1.xml", "2026-07-18T16:30:00+07:00"),
        (f"{base}sitemap-2.xml", "2026-07-19T03:51:00+07:00"),
    ]  # fmt: skip
    assert rows("/cong-bo/sitemap-1.xml") == [(f"{base}bai-1/", "2026-07-18T16:30:00+07:00"), (f"{base}bai-2/", "2026-07-15T16:32:00+07:00")]
    assert rows("/cong-bo/sitemap-muc.xml") == [(base, "2026-07-19T03:51:00+07:00"), (f"{base}chuyen-muc/thoi-su/", "2026-07-19T03:51:00+07:00")]
    assert client.get("/cong-bo/sitemap-3.xml").status_code == 404
    robots = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {base}sitemap.xml" in robots and f"Sitemap: {base}sitemap-tin.xml" in robots and "Disallow: /toa-soan/" in robots


def test_the_news_sitemap_holds_two_days(client: LintingClient) -> None:
    fresh = now() - timedelta(hours=47)
    for number, at in ((1, fresh), (2, now() - timedelta(hours=49)), (3, now() - timedelta(days=400))):
        put(number, f"Tin {number}", first_published_at=at.isoformat(), published_at=now().isoformat())
    root = fromstring(client.get("/cong-bo/sitemap-tin.xml").content)  # noqa: S314 - our own bytes
    names = {"s": feeds.SITEMAP, "n": feeds.NEWS}
    assert [one.text for one in root.findall("s:url/n:news/n:title", names)] == ["Tin 1"]
    assert [root.findtext(f"s:url/n:news/n:publication/n:{name}", namespaces=names) for name in ("name", "language")] == [
        "Cổng công bố kết quả chương trình phối hợp", "vi"
    ]  # fmt: skip
    told = root.findtext("s:url/n:news/n:publication_date", namespaces=names) or ""
    assert told.endswith("+07:00") and datetime.fromisoformat(told) == fresh.replace(microsecond=0)


def test_before_anything_was_published(client: LintingClient) -> None:
    for url in (*ADDRESSES[:3], *ADDRESSES[4:]):
        response = client.get(url)
        assert response.status_code == 200, url
        fromstring(response.content)  # noqa: S314 - our own bytes
    assert client.get(ADDRESSES[3]).status_code == 404
    assert client.get("/cong-bo/chuyen-muc/thoi-su/rss.xml").status_code == 404


def test_what_is_not_released_is_in_no_feed_sitemap_or_search(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    urls = (*ADDRESSES, "/cong-bo/tim/?q=chua+den+gio", "/cong-bo/tim/?q=ba+phan+tu")
    before = {url: client.get(url) for url in urls}
    revision = make.revised(desk, title=f"{SECRET} một", lead=SECRET, note=SECRET)
    actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    actions.approve(revision=revision, by=desk.publisher, at=make.AT)
    for url in urls:
        after = client.get(url)
        assert SECRET not in after.content.decode(), url
        assert after.get("ETag") == before[url].get("ETag"), url
