"""From a tree at a date to a public figure that opens: the spine walked in a real browser, on real units."""
from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.support.browser import axe_faults, overflow, picture

ARTICLE = "/cong-bo/so-ket-nam-2025/"


def _healthy(page: Page) -> None:
    """Accessible to axe, and no wider than a phone."""
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_reader_opens_a_public_figure_down_to_its_units(page: Page) -> None:
    page.goto(ARTICLE)
    expect(page.locator("h1")).to_contain_text("Năm 2025")
    claim = page.locator("a.fig").first
    shown = re.sub(r"\s+", " ", claim.inner_text()).strip()
    _healthy(page)
    picture(page, "spine", "article")
    claim.click()
    panel = page.locator(".prov").first
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(shown)
    picture(page, "spine", "article-open")
    page.keyboard.press("Escape")
    expect(page.locator(".prov")).to_have_count(0)
    page.goto("/kiem-chung/")
    _healthy(page)


def test_the_public_figure_opens_without_scripts(page: Page) -> None:
    page.goto(ARTICLE)
    address = page.locator("a.fig").first.get_attribute("href")
    assert address is not None
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ủy ban MTTQ Việt Nam xã Bạch Đằng")


def test_the_office_moves_the_tree_by_date_and_restates_a_figure(page: Page) -> None:
    sign_in(page, "vanphong")
    _healthy(page)
    page.goto("/don-vi/?ngay=2025-06-30")
    expect(page.locator("main")).to_contain_text("Thái Bình")
    _healthy(page)
    picture(page, "spine", "tree")
    page.goto("/don-vi/?ngay=2025-07-01")
    expect(page.locator("main")).not_to_contain_text("tỉnh Thái Bình")
    page.goto("/tong-hop/?ky=nam-2025&chi-tieu=TT01&ranh-gioi=2025-06-30")
    expect(page.locator("tbody")).to_contain_text("tỉnh Thái Bình")
    _healthy(page)
    picture(page, "spine", "rollup")
    page.goto("/tong-hop/?ky=nam-2025&chi-tieu=TT01&ranh-gioi=2025-07-01")
    expect(page.locator("tbody")).not_to_contain_text("tỉnh Thái Bình")
    page.locator("tbody a.fig").first.click()
    expect(page.locator(".prov").first).to_be_visible()


def test_a_commune_reporter_sees_her_reports_and_not_her_neighbours(page: Page) -> None:
    sign_in(page, "caxa")
    page.goto("/bao-cao/")
    _healthy(page)
    picture(page, "spine", "reports")
    rows = page.locator("main table tbody tr, main li").all_inner_texts()
    assert any("2025" in row or "2026" in row for row in rows)
    assert page.goto("/tong-hop/?dia-ban=1").status in (200, 404)  # type: ignore[union-attr]
    assert page.goto("/nhan-su/").status == 404  # type: ignore[union-attr]


def test_the_frozen_review_offers_its_papers_and_its_dossier(page: Page) -> None:
    sign_in(page, "vanphong")
    page.goto("/so-ket/so-ket-nam-2025/")
    expect(page.locator("main")).to_contain_text("Đã đóng băng")
    expect(page.locator("#papers[data-papers=ready]")).to_be_visible(timeout=60_000)  # the worker sets the papers meanwhile
    _healthy(page)
    picture(page, "spine", "review")
    for words in ("Báo cáo, thể thức", "Hồ sơ niêm phong"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=re.compile(words)).click()
        assert waiting.value.path().stat().st_size > 5000
