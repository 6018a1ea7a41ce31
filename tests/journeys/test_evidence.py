"""A reader without account goes from a sentence to the document behind it, with scripts and without."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import axe_faults, overflow

ARTICLE = "/cong-bo/so-ket-nam-2025/"


def _open(page: Page, scripts: bool) -> None:
    """The figure's provenance: in the text with scripts, on its own page without."""
    page.goto(ARTICLE)
    page.locator("article a.fig").first.click()
    expect(page.locator(".prov")).to_be_visible()
    assert page.url.endswith(ARTICLE) is scripts


def _unit(page: Page, scripts: bool, wanted: str) -> None:
    """The first unit of the panel whose page holds the words."""
    _open(page, scripts)
    addresses = [link.get_attribute("href") for link in page.locator(".prov .names a").all()[:12]]
    for address in addresses:
        page.goto(str(address))
        if page.locator("main .evi").count() and wanted in page.locator("main .evi").inner_text():
            return
    raise AssertionError(f"none of {len(addresses)} units shows {wanted}")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_sentence_to_a_units_report_and_its_evidence(browser: Browser, server: str, scripts: bool) -> None:
    context = browser.new_context(base_url=server, locale="vi-VN", java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    _open(page, scripts)
    page.locator(".prov .names a").first.click()
    expect(page.locator("main")).to_contain_text("Phần công khai của báo cáo đã chấp nhận")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Danh sách buổi tuyên truyền").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    _unit(page, scripts, "không công khai")
    closed = page.locator(".evi li", has_text="không công khai").first
    expect(closed).to_contain_text("Danh sách Dân vận khéo, quyết định công nhận")
    expect(closed.locator("a")).to_have_count(0)
    if scripts:
        assert axe_faults(page) == [] and overflow(page) <= 0
    context.close()


def test_a_document_behind_a_share_opens_when_it_is_public_and_is_only_named_when_not(page: Page) -> None:
    page.goto("/cong-bo/so-ket-ba-chuong-trinh-2013-2018/")
    page.locator("article a.fig").first.click()
    rows = page.locator(".prov table tbody tr")
    expect(rows).to_have_count(3)
    opened = rows.filter(has_text="toàn văn")
    address = opened.first.locator("a").get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.status == 200 and answer.body().startswith(b"%PDF-")
    headers = answer.headers
    assert headers["content-disposition"].startswith("attachment;") and headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    for row in rows.filter(has_text=re.compile("số, ngày")).all():
        assert row.locator("a").count() == 0
