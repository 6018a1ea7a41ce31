"""One session on four pages at once: the chair's console, a hall, a site and a reader, with the hub, without it, and with it again."""
from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server, sign_in
from tests.support.browser import axe_faults, overflow, picture

HOME = "/hoi-nghi/hoi-nghi-so-ket-2025/"
SOON = 15_000


def _page(browser: Browser, server: Server, username: str = "") -> Page:
    context: BrowserContext = browser.new_context(base_url=server.base, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    if username:
        sign_in(page, username)
    return page


def _healthy(page: Page) -> None:
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def _wide(page: Page, name: str) -> None:
    """Projected screens are looked at in the hall's size too."""
    picture(page, "conference", name)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.screenshot(path=f"build/journeys/conference/{name}-1920.png")
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def hubbed(chain_server: Server) -> Server:
    chain_server.start_hub()
    return chain_server


def test_one_truth_on_every_screen(browser: Browser, hubbed: Server) -> None:
    chair, reader = _page(browser, hubbed, "vanphong"), _page(browser, hubbed)
    desk, hall = _page(browser, hubbed, "caxa"), _page(browser, hubbed, "vanphong")
    chair.goto(HOME)
    _healthy(chair)
    picture(chair, "conference", "detail")
    chair.goto(HOME + "chuong-trinh/")
    _healthy(chair)
    picture(chair, "conference", "agenda")
    chair.goto(HOME + "dieu-hanh/")
    hall.goto(HOME + "man-hinh/")
    reader.goto(HOME + "man-hinh/")
    desk.goto(HOME + "diem-cau/")
    desk.locator("main ul.names a").first.click()
    expect(hall.locator("[data-link]")).to_have_text("Đang nối", timeout=SOON)
    chair.get_by_role("button", name="Khai mạc phiên họp").click()
    chair.get_by_role("button", name="Khai mạc phiên họp").click()
    for page in (hall, reader, desk):
        expect(page.locator("h1")).to_have_text("Khai mạc, tuyên bố lý do, giới thiệu đại biểu", timeout=SOON)
        expect(page.locator(".hall__ti").first).to_contain_text("Thứ trưởng Bộ Công an")
    expect(hall.locator("[data-countdown]")).to_contain_text("09:5")
    for step, _line in enumerate(("Báo cáo", "Tham luận của các đơn vị", "tham luận một")):
        expect(chair.locator("#console")).to_have_attribute("data-seen", str(step + 1))
        chair.keyboard.press("ArrowRight")
    expect(hall.locator("h1")).to_have_text("Phối hợp tuyên truyền ở địa bàn sau sắp xếp đơn vị hành chính", timeout=SOON)
    figure = hall.locator(".hall__no").first
    expect(figure).to_have_attribute("href", "/so-ket/so-ket-nam-2025/ban-1/so-lieu/02/")
    expect(reader.locator(".hall__no").first).to_have_text(figure.inner_text(), timeout=SOON)

    desk.locator("summary").click()
    desk.get_by_label("Nội dung", exact=True).select_option("order")
    desk.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(chair.locator("#console")).to_contain_text("Ý kiến về điều hành", ignore_case=True, timeout=SOON)
    _healthy(chair)
    picture(chair, "conference", "console")
    chair.get_by_role("button", name="Bắt đầu phát biểu").click()
    expect(desk.locator("[data-site]")).to_contain_text("đang phát biểu", timeout=SOON)
    expect(hall.locator("[data-spoken]")).to_contain_text("00:0", timeout=SOON)
    _healthy(desk)
    _wide(desk, "site")
    _healthy(hall)
    _wide(hall, "hall")

    hubbed.stop_hub()
    expect(hall.locator("[data-link]")).to_have_text("Đang hỏi máy chủ vài giây một lần", timeout=SOON)
    chair.get_by_label("Hiện trên mọi màn hình").fill("Nghỉ giải lao 15 phút")
    chair.get_by_role("button", name="Thông báo ngay").click()
    for page in (hall, reader, desk):
        expect(page.locator(".hall__say")).to_contain_text("Nghỉ giải lao 15 phút", timeout=SOON)
    hubbed.start_hub()
    chair.get_by_role("button", name="Hoàn lại").click()
    for page in (hall, reader, desk):
        expect(page.locator(".hall__say")).to_be_hidden(timeout=SOON)
    expect(hall.locator("[data-link]")).to_have_text("Đang nối", timeout=60_000)

    hubbed.stop_hub()
    hall.context.set_offline(True)
    expect(hall.locator(".hall--blind [data-link]")).to_have_text("Mất kết nối", timeout=60_000)
    _wide(hall, "hall-blind")
    chair.keyboard.press("ArrowLeft")
    expect(reader.locator("h1")).to_have_text("Tham luận của các đơn vị", timeout=SOON)
    hall.context.set_offline(False)
    hubbed.start_hub()
    expect(hall.locator("h1")).to_have_text("Tham luận của các đơn vị", timeout=60_000)
    for page in (chair, hall, desk, reader):
        page.context.close()


def test_two_consoles_and_somebody_who_was_not_invited(browser: Browser, hubbed: Server) -> None:
    one, other, stranger = _page(browser, hubbed, "vanphong"), _page(browser, hubbed, "vanphong"), _page(browser, hubbed, "mttqxa")
    for page in (one, other):
        page.goto(HOME + "dieu-hanh/")
    hubbed.stop_hub()
    one.get_by_role("button", name="Khai mạc phiên họp").click()
    one.get_by_role("button", name="Khai mạc phiên họp").click()
    other.evaluate("document.querySelector('live-feed').remove()")
    other.get_by_role("button", name="Khai mạc phiên họp").click()
    other.get_by_role("button", name="Khai mạc phiên họp").click()
    expect(other.get_by_role("alert")).to_contain_text("Một bàn điều hành khác vừa thao tác")
    answer = stranger.goto(HOME + "dieu-hanh/")
    assert answer is not None
    assert answer.status == 404
    hubbed.start_hub()
