"""The editor's form in a real browser: figures, charts and photographs picked by keyboard, words of a photograph, and a text that outlives the network."""
from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_desk import _page
from tests.support.browser import axe_faults, overflow, picture

TEXT = "/toa-soan/bai/so-ket-nam-2025/"
SOON = 8_000


def _pressed(page: Page, place: str) -> None:
    """By keyboard: focus and Enter."""
    page.locator(place).first.focus()
    page.keyboard.press("Enter")


def _at_end(page: Page, name: str) -> None:
    page.locator(f"#id_{name}").focus()
    page.keyboard.press("Control+End")


def test_what_is_picked_is_put_into_the_text_and_nothing_typed_is_lost(browser: Browser, chain_server: Server) -> None:
    page = _page(browser, chain_server, "bientap")
    page.set_default_timeout(SOON)
    page.goto(TEXT)
    body = page.locator("#id_body")
    _at_end(page, "body")
    _pressed(page, ".pick [data-insert]")
    token = re.search(r"\{\{ảnh (\d+)\}\}\s*$", body.input_value())
    assert token is not None
    caption = page.locator(f"#id_anh{token[1]}-caption")  # its words come without a reload
    caption.fill("Chú thích của riêng bài này.")
    _at_end(page, "lead")
    _pressed(page, ".chip:has-text('hơn')")
    expect(page.locator("#id_lead")).to_have_value(re.compile(r" \{\{\d\d\|hơn [^}]+\}\}$"))
    for tick in page.locator('[data-bar][data-group="%"]').all():
        tick.focus()
        page.keyboard.press("Space")
    _at_end(page, "body")
    _pressed(page, "[data-chart]")
    assert re.search(r"\n\n\{\{biểu đồ \d\d(?:, \d\d)*\}\}\s*$", body.input_value())
    page.locator("#pick-q").fill("không có ảnh nào thế này")
    page.keyboard.press("Enter")
    expect(page.locator("[data-photographs]")).to_contain_text("Không có ảnh nào như vậy")
    expect(page.locator("#check .chart__x")).to_contain_text("Cả chiều ngang ứng với 100 %.")
    expect(page.locator("#check figcaption").last).to_contain_text("Chú thích của riêng bài này.")
    assert axe_faults(page) == []
    picture(page, "editor", "picked")
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    _lost_and_found(page, token[1])


def _lost_and_found(page: Page, photo: str) -> None:
    """The network goes while somebody types, the page is opened anew, what was typed is offered back, and it is saved."""
    _at_end(page, "body")
    page.context.set_offline(True)
    page.keyboard.type("Dòng gõ khi mất mạng.")
    status = page.locator("[data-keep-status]")
    expect(status).to_contain_text("Mất kết nối")
    page.get_by_role("button", name="Lưu lần sửa").click()
    expect(page.locator("#id_body")).to_have_value(re.compile("Dòng gõ khi mất mạng."))  # nothing was sent, nothing is gone
    page.context.set_offline(False)
    page.goto(TEXT)
    expect(page.locator("#id_body")).not_to_have_value(re.compile("Dòng gõ khi mất mạng."))
    status.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#id_body")).to_have_value(re.compile("Dòng gõ khi mất mạng."))
    expect(page.locator(f"#id_anh{photo}-caption")).to_have_value("Chú thích của riêng bài này.")
    page.locator("#id_note").fill("Bổ sung ảnh và biểu đồ.")
    page.get_by_role("button", name="Lưu lần sửa").click()
    expect(page.locator("main")).to_contain_text("Đã lưu lần sửa 2.")
    expect(page.locator(f"#id_anh{photo}-caption")).to_have_value("Chú thích của riêng bài này.")
    page.context.close()
