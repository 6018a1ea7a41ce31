"""The newspaper stands while the inside is stopped and its database is away; a correction is there with the next request."""
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, Server, _free_port, _wait
from tests.support.browser import picture

PREPARE = """
import django; django.setup()
from soket.accounts.models import Person
from soket.kernel.clock import now
from soket.publishing import actions
from soket.publishing.models import Article
from soket.reviews.models import Review
person = {name: Person.objects.get(username=name) for name in ("bientap", "anhbao", "duyetbai")}
at = now()

def out(article, **text):
    revision = actions.save_revision(article=article, by=person["bientap"], at=at, **text)
    actions.send_for_approval(revision=revision, by=person["bientap"], at=at)
    actions.approve(revision=revision, by=person["duyetbai"], at=at)
    actions.publish(revision=revision, by=person["duyetbai"], at=at)
"""
PUBLISH = PREPARE + """
import io
from PIL import Image
from soket.files.actions import Upload
from soket.publishing.actions import photos, shelves
from soket.publishing.texts import Extras
office = Review.objects.get(code="SK-2025").office_id
category = shelves.add_category(slug="nep-phoi-hop", name="Nếp phối hợp", name_en="Habits", by=person["duyetbai"], at=at)
drawn = io.BytesIO()
Image.linear_gradient("L").resize((1600, 1067)).save(drawn, "JPEG")
photo = photos.add_photo(office=office, upload=Upload(drawn.getvalue(), "hop.jpg"), caption="Phòng họp (hình vẽ)", credit="Soket",
                         alt="Phòng họp, không có người", by=person["anhbao"], at=at, synthetic=True)
article = actions.create_article(slug="giao-ban-dau-tuan", review=None, office=office, by=person["bientap"], at=at, synthetic=True)
out(article, title="Giao ban đầu tuần", lead="Lịch giao ban có trong quy chế.", body="Giao ban vào sáng thứ hai.",
    extras=Extras(category=category.pk, byline="Ban biên tập", source="", photo=photo.pk))
"""  # fmt: skip
CORRECT = PREPARE + """
article = Article.objects.get(slug="giao-ban-dau-tuan")
out(article, title="Giao ban đầu tuần", lead="Lịch giao ban có trong quy chế.", body="Giao ban vào chiều thứ hai.", note="Sửa buổi họp.")
"""
ARTICLE = "/cong-bo/giao-ban-dau-tuan/"
FIGURES = "/cong-bo/so-ket-nam-2025/"
PAGES = {
    "/cong-bo/": "Giao ban đầu tuần", ARTICLE: "Giao ban vào sáng thứ hai.", "/cong-bo/chuyen-muc/nep-phoi-hop/": "Giao ban đầu tuần",
    "/cong-bo/tim/?q=giao+ban+dau+tuan": f'href="{ARTICLE}"', "/cong-bo/rss.xml": "Giao ban đầu tuần", "/cong-bo/atom.xml": "Giao ban đầu tuần",
    "/cong-bo/chuyen-muc/nep-phoi-hop/rss.xml": "Giao ban đầu tuần", "/cong-bo/sitemap-1.xml": "giao-ban-dau-tuan", "/cong-bo/ngay/": "Lưu trữ",
    f"{ARTICLE}so-lieu.json": "Giao ban vào sáng thứ hai.", "/cong-bo/kiem-chung/giao-ban-dau-tuan.json": "published", FIGURES: "data-figure",
}  # fmt: skip


class PublicProcess:
    """`python -m soket public` over the public folder of a server; it is told of nothing else."""

    def __init__(self, server: Server) -> None:
        self.port, self.folder, self.process = _free_port(), server.folder / "public", None
        self.base = f"http://127.0.0.1:{self.port}"
        names = {"SOKET_DATA": str(server.folder / "khong-co"), "SOKET_PUBLIC": str(self.folder), "SOKET_LOG_LEVEL": "WARNING", "PYTHONPATH": str(ROOT / "src")}
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("SOKET_", "DJANGO_", "DATABASE_"))} | names

    def start(self) -> None:
        command = [sys.executable, "-m", "soket", "public", "--port", str(self.port), "--workers", "1"]
        self.process = subprocess.Popen(command, env=self.env, cwd="/")
        _wait(f"{self.base}/healthz")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=15)

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.base + path, timeout=10) as answer:
            assert answer.status == 200
            return bytes(answer.read())


@pytest.fixture
def public(chain_server: Server) -> Iterator[PublicProcess]:
    process = PublicProcess(chain_server)
    process.start()
    yield process
    process.stop()


def _inside(server: Server, words: str) -> None:
    subprocess.run([sys.executable, "-c", words], check=True, env=server.env, cwd=ROOT, timeout=120)


@pytest.fixture
def reader(browser: Browser, public: PublicProcess) -> Iterator[Page]:
    context = browser.new_context(base_url=public.base, locale="vi-VN", viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if re.search("Content Security|Refused to", message.text) else None)
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("response", lambda response: faults.append(f"{response.status} {response.url}") if response.status >= 400 else None)
    yield page
    context.close()
    assert faults == []


def _read(page: Page, public: PublicProcess) -> dict[str, bytes]:
    """All pages, the photograph, a figure's panel; what was asked for again later must be the same."""
    found = {path: public.get(path) for path in PAGES}
    assert [path for path, words in PAGES.items() if words not in found[path].decode()] == []
    page.goto(ARTICLE)
    image = page.locator("article img").first
    expect(image).to_be_visible()
    assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.context.cookies() == []
    found["photograph"] = public.get(str(image.get_attribute("src")))
    page.goto(FIGURES)
    page.locator("article a[data-figure]").first.click()
    expect(page.locator("[data-panel]")).to_be_visible()
    return found


def test_the_newspaper_stands_while_the_inside_is_away(chain_server: Server, public: PublicProcess, reader: Page, tmp_path: Path) -> None:
    _inside(chain_server, PUBLISH)
    before = _read(reader, public)
    away = tmp_path / "away"
    chain_server.stop()
    away.mkdir()
    for path in [one for one in chain_server.folder.iterdir() if one.name != "public"]:
        shutil.move(path, away / path.name)
    after = _read(reader, public)
    for path in ("photograph", "/cong-bo/rss.xml", f"{ARTICLE}so-lieu.json"):
        assert after[path] == before[path]
    public.stop()  # it also starts while there is no inside
    public.start()
    _read(reader, public)
    picture(reader, "inside-stopped", "figure")
    reader.goto(ARTICLE)
    picture(reader, "inside-stopped", "article")
    for path in away.iterdir():
        shutil.move(path, chain_server.folder / path.name)
    chain_server.start()
    assert "sáng thứ hai" in public.get(ARTICLE).decode()
    _inside(chain_server, CORRECT)
    text = public.get(ARTICLE).decode()  # the first request after the correction, however soon it comes
    assert "chiều thứ hai" in text and "Sửa buổi họp." in text and "sáng thứ hai" not in text
