"""In a real Chromium: a figure opens in the flow, an entry is never lost, and nothing needs a script."""
from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.browser import axe_faults, overflow
from tests.ui import urls

pytestmark = pytest.mark.one_database
SENTENCE = "main p.measure a[data-figure]"


@pytest.fixture
def gallery(page: Page, site: str) -> Page:
    page.goto(f"{site}/thanh-phan/gallery/")
    return page


def test_a_figure_opens_under_its_paragraph_and_gives_the_focus_back(gallery: Page) -> None:
    figure = gallery.locator(SENTENCE).first
    expect(figure).to_have_attribute("role", "button")
    figure.click()
    panel = gallery.locator("main p.measure + .prov-host [data-panel]")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("H1-01")
    expect(figure).to_have_attribute("aria-expanded", "true")
    assert figure.get_attribute("aria-controls") == panel.get_attribute("id")
    gallery.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(figure).to_be_focused()
    expect(figure).to_have_attribute("aria-expanded", "false")


def test_the_close_button_and_a_second_press_shut_the_panel(gallery: Page) -> None:
    figure = gallery.locator(SENTENCE).first
    figure.press("Enter")
    host = gallery.locator(".prov-host")
    host.get_by_role("button", name="Đóng").click()
    expect(host).to_have_count(0)
    figure.press("Space")
    expect(host).to_have_count(1)
    figure.click()
    expect(host).to_have_count(0)


def test_a_second_figure_of_the_paragraph_takes_the_place_of_the_first(gallery: Page) -> None:
    first, second = gallery.locator(SENTENCE).nth(0), gallery.locator(SENTENCE).nth(1)
    first.click()
    expect(gallery.locator(".prov-host")).to_contain_text("H1-01")
    second.click()
    expect(gallery.locator(".prov-host")).to_contain_text("H1-02")
    expect(gallery.locator(".prov-host")).to_have_count(1)
    expect(first).to_have_attribute("aria-expanded", "false")


def test_in_a_table_the_panel_is_the_next_row(gallery: Page) -> None:
    gallery.locator("tbody tr", has_text="Gia Lai").get_by_role("button", name="chưa có số").click()
    row = gallery.locator("tr", has_text="Gia Lai").locator("+ tr.prov-row")
    expect(row.locator("[data-panel]")).to_contain_text("Đã đôn đốc ngày 20/06/2026")
    expect(row.locator("> td")).to_have_attribute("colspan", "3")


def test_when_the_panel_cannot_be_had_the_figure_is_a_link(gallery: Page) -> None:
    def refuse_fragment(route: Route) -> None:
        if route.request.headers.get("x-partial"):
            route.abort()
        else:
            route.continue_()

    gallery.route("**/figures/**", refuse_fragment)
    gallery.locator(SENTENCE).first.click()
    expect(gallery.locator("h1")).to_have_text("Buổi tuyên truyền")
    assert gallery.url.endswith("/thanh-phan/gallery/figures/sessions/")


def test_without_scripts_every_figure_is_a_link_to_its_page(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{site}/thanh-phan/gallery/")
    page.locator(SENTENCE).nth(1).click()
    expect(page.locator("h1")).to_have_text("Tỷ lệ công an cấp tỉnh đã ban hành quy chế")
    expect(page.get_by_role("button", name="Đóng")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_gallery_is_accessible_and_fits(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 844})
    gallery.locator(SENTENCE).first.click()
    expect(gallery.locator(".prov-host [data-panel]")).to_be_visible()
    assert axe_faults(gallery) == []
    assert overflow(gallery) == 0


def test_the_page_keeps_its_own_policy(browser: Browser, site: str) -> None:
    said: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{site}/thanh-phan/gallery/", wait_until="networkidle")
    page.locator(SENTENCE).first.click()
    expect(page.locator(".prov-host")).to_have_count(1)
    assert said == []
    context.close()


def test_on_paper_the_square_becomes_the_code(gallery: Page) -> None:
    gallery.emulate_media(media="print")
    mark = gallery.locator(SENTENCE).first.evaluate("e => getComputedStyle(e, '::after').content")
    assert mark.replace('" "', '') == '" [H1-01]"'
    expect(gallery.locator("nav.nav, .pages, .skip").first).to_be_hidden()


def test_a_question_stands_in_the_flow_and_can_be_left(gallery: Page) -> None:
    form = gallery.locator("form[data-confirm]")
    form.get_by_role("button", name="Kiểm tra và gửi").click()
    question = form.get_by_role("group", name="Gửi biểu mẫu minh họa này?")
    expect(question.get_by_role("button", name="Kiểm tra và gửi")).to_be_focused()
    question.get_by_role("button", name="Quay lại").click()
    expect(question).to_have_count(0)
    form.get_by_role("button", name="Kiểm tra và gửi").click()
    with gallery.expect_request(lambda request: request.method == "POST") as sent:
        question.get_by_role("button", name="Kiểm tra và gửi").click()
    assert 'name="confirmed"' in (sent.value.post_data or "")


def test_a_day_chosen_with_the_pointer_moves_the_page_and_a_typed_one_waits(gallery: Page) -> None:
    day = gallery.get_by_label("Xem tại ngày")
    day.press("Tab")
    day.fill("2025-06-29")
    assert "as_of" not in gallery.url
    day.click()
    day.fill("2025-06-30")
    gallery.wait_for_url("**as_of=2025-06-30*")


def test_a_list_is_narrowed_without_marks(page: Page, site: str) -> None:
    page.goto(f"{site}/nhap/")
    box = page.get_by_label("Tìm tên")
    box.fill("thai binh")
    expect(page.locator("filter-list li:visible")).to_have_text(["Thái Bình"])
    box.fill("ĐAK")
    expect(page.locator("filter-list li:visible")).to_have_text(["Đắk Lắk"])
    box.fill("khong co ten nay")
    expect(page.get_by_text("Không có tên nào khớp.")).to_be_visible()


def test_an_entry_saves_itself_and_says_when(page: Page, site: str) -> None:
    urls.SAVED.clear()
    page.goto(f"{site}/nhap/")
    page.get_by_label("Ghi chú").fill("sai")
    expect(page.locator(".saved")).to_have_text("Ghi chú chưa đúng")
    page.get_by_label("Ghi chú").fill("đúng")
    expect(page.locator(".saved")).to_have_text("Đã lưu lúc 14:32:07")
    assert [row["note"] for row in urls.SAVED] == ["đúng"]
    assert page.locator("[name=base_version]").input_value() == "1"


def test_off_line_the_entry_stays_on_the_device_and_comes_back(page: Page, site: str) -> None:
    urls.SAVED.clear()
    page.goto(f"{site}/nhap/")
    page.context.set_offline(True)
    page.get_by_label("Ghi chú").fill("ba buổi")
    expect(page.locator(".saved")).to_have_text("Mất kết nối: đang lưu trên máy này")
    page.context.set_offline(False)
    expect(page.locator(".saved")).to_contain_text("Đã lưu lúc")
    assert [row["note"] for row in urls.SAVED] == ["ba buổi"]


def test_a_kept_entry_is_offered_after_a_restart(page: Page, site: str) -> None:
    urls.SAVED.clear()
    page.goto(f"{site}/nhap/")
    page.route("**/luu/", lambda route: route.abort())
    page.get_by_label("Ghi chú").fill("bốn buổi")
    expect(page.locator(".saved")).to_contain_text("Mất kết nối")
    page.unroute("**/luu/")
    page.reload()
    expect(page.locator(".saved")).to_contain_text("Máy này còn giữ thay đổi chưa gửi")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_label("Ghi chú")).to_have_value("bốn buổi")
    expect(page.locator(".saved")).to_have_text("Đã lưu lúc 14:32:07")
    page.reload()
    expect(page.locator(".saved")).to_be_empty()


def test_a_kept_entry_can_be_discarded(page: Page, site: str) -> None:
    page.goto(f"{site}/nhap/")
    page.evaluate("localStorage.setItem('soket:draft:/luu/', JSON.stringify({at: '09:42:00', entries: [['note', 'cũ']]}))")
    page.reload()
    expect(page.locator(".saved")).to_contain_text("(09:42:00)")
    page.get_by_role("button", name="Bỏ đi").click()
    expect(page.locator(".saved")).to_be_empty()
    assert page.evaluate("localStorage.getItem('soket:draft:/luu/')") is None
