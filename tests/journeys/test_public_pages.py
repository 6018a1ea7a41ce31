"""The newspaper in a real browser: read by mouse, by keyboard, without scripts, and on a phone; nothing is asked of another site."""
from __future__ import annotations

from playwright.sync_api import Browser, Page, Request, expect

from tests.support.browser import axe_faults, overflow, picture

HOME, ARTICLE = "/cong-bo/", "/cong-bo/so-ket-nam-2025/"
PAGES = {
    "home": HOME, "archive": "/cong-bo/ngay/", "day": "/cong-bo/ngay/2026-07-15/", "missing": "/cong-bo/khong-co-bai-nay/",
    "accessibility": "/cong-bo/tro-nang/",
}  # fmt: skip


def _watched(page: Page, base: str) -> list[str]:
    foreign: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            foreign.append(request.url)

    page.on("request", note)
    return foreign


def test_pages_are_sound_at_both_widths_and_ask_no_other_site(page: Page, server: str) -> None:
    foreign = _watched(page, server)
    for name, url in {**PAGES, "article": ARTICLE}.items():
        page.goto(url)
        expect(page.locator("h1")).to_have_count(1)
        assert axe_faults(page) == [], name
        picture(page, "public", name)
        page.set_viewport_size({"width": 390, "height": 844})
        assert overflow(page) <= 0, name
        page.set_viewport_size({"width": 1280, "height": 900})
    assert foreign == []


def test_a_figure_opens_and_closes_by_keyboard(page: Page) -> None:
    page.goto(ARTICLE)
    figure = page.locator(".body a[data-figure]").first
    expect(figure).to_have_attribute("aria-expanded", "false")
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel]")).to_be_focused()
    expect(figure).to_have_attribute("aria-expanded", "true")
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    expect(figure).to_be_focused()
    expect(page.locator("[data-panel]")).to_have_count(0)
    expect(page.locator("[data-clock]")).to_contain_text("(GMT+7)")


def test_everything_can_be_read_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto(HOME)
    expect(page.locator("[data-clock]")).to_contain_text("Trang lập lúc")
    page.locator(f'h3 a[href="{ARTICLE}"]').first.click()
    expect(page.locator(".share button:visible")).to_have_count(0)
    page.locator(".body a[data-figure]").first.click()
    expect(page.locator(".prov")).to_be_visible()
    page.get_by_role("link", name="Trở lại bài viết").click()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Check this statement")).to_be_visible()
    assert page.url.endswith(ARTICLE)
    context.close()
