"""A site's desk in a real browser: let in, cut off while people arrive, closed and opened without a line, and merged without a double."""
from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

import segno
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server, sign_in
from tests.support.browser import axe_faults, overflow, picture

HOME = "/hoi-nghi/hoi-nghi-so-ket-2025/"
SOON = 15_000


def _page(browser: Browser, server: Server, username: str = "") -> Page:
    context = browser.new_context(base_url=server.base, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    if username:
        sign_in(page, username)
    return page


def _healthy(page: Page, name: str) -> None:
    assert axe_faults(page) == []
    picture(page, "desk", name)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def _rows(server: Server, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(server.folder / "soket.sqlite3") as base:
        return base.execute(question).fetchall()


def _badge(server: Server, number: int, folder: Path) -> str:
    joined = "conferences_delegate d join conferences_conference c on c.id = d.conference_id"
    code, badge = _rows(server, f"select c.code, d.badge from {joined} where d.number = {number}")[0]
    out = BytesIO()
    segno.make_qr(f"SOKET:{code}:{badge}").save(out, kind="png", scale=8, border=4)
    path = folder / f"the-{number}.png"
    path.write_bytes(out.getvalue())
    return str(path)


def _cut(page: Page, *, off: bool) -> None:
    page.context.set_offline(off)
    page.evaluate("off => dispatchEvent(new Event(off ? 'offline' : 'online'))", off)


def test_a_site_is_cut_off_while_people_arrive(browser: Browser, chain_server: Server, tmp_path: Path) -> None:
    number = 1  # a delegate of the centre
    office, keeper = _page(browser, chain_server, "vanphong"), _page(browser, chain_server, "caxa")
    keeper.goto(HOME + "diem-cau/")
    keeper.get_by_role("link", name="Bàn đón tiếp").first.click()
    keeper.get_by_label("Tên thiết bị").fill("Điện thoại ở cửa")
    keeper.get_by_role("button", name="Tạo địa chỉ cho thiết bị").click()
    _healthy(keeper, "device")
    address = keeper.locator(".key").inner_text()

    phone = _page(browser, chain_server)
    phone.goto(address)
    phone.wait_for_url("**/ban/")
    assert "#" not in phone.url
    expect(phone.locator("[data-link]")).to_contain_text("Đang nối", timeout=SOON)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_timeout(500)
    _healthy(phone, "desk")
    own = int(phone.locator("[data-list] li").first.get_attribute("data-n") or 0)

    _cut(phone, off=True)
    expect(phone.locator("[data-link]")).to_contain_text("Mất kết nối", timeout=SOON)
    phone.locator("[data-photo]").set_input_files(_badge(chain_server, own, tmp_path))
    expect(phone.locator("[data-told]")).to_contain_text(f"Đã điểm danh: {own}", timeout=SOON)
    phone.locator("[data-find]").fill(str(number))
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-told]")).to_contain_text("không có trong danh sách điểm cầu này", timeout=SOON)
    expect(phone.locator("[data-line] [data-waiting]")).to_have_text("2 lượt chờ gửi")
    _healthy(phone, "cut-off")
    phone.reload()
    expect(phone.locator("[data-line] [data-waiting]")).to_have_text("2 lượt chờ gửi", timeout=SOON)
    expect(phone.locator("[data-list] li").first).to_have_attribute("data-n", str(own))
    assert _rows(chain_server, "select count(*) from conferences_scan") == [(0,)]

    other = _page(browser, chain_server, "vanphong")
    other.goto(HOME + "diem-cau/")
    other.get_by_role("link", name="Bàn đón tiếp").first.click()
    other.get_by_label("Tên thiết bị").fill("Máy ở điểm cầu trung tâm")
    other.get_by_role("button", name="Dùng trình duyệt này làm bàn đón tiếp").click()
    other.get_by_role("button", name=f"Vào {number}", exact=True).click()
    expect(other.locator("[data-told]")).to_contain_text(f"Đã điểm danh đại biểu số {number}.", timeout=SOON)

    _cut(phone, off=False)
    expect(phone.locator("[data-line] [data-waiting]")).to_have_text("đã gửi hết", timeout=SOON)
    phone.reload()
    phone.wait_for_timeout(500)
    assert _rows(chain_server, "select count(*) from conferences_scan") == [(3,)]
    assert _rows(chain_server, "select count(*) from conferences_conflict") == [(1,)]

    office.goto(HOME + "co-mat/")
    expect(office.locator("main")).to_contain_text("1 đại biểu trùng có mặt")
    _healthy(office, "presence")
    office.get_by_role("link", name="Kết luận").click()
    _healthy(office, "conflicts")
    office.get_by_role("link", name="Kết luận").click()
    office.get_by_label("Điểm cầu Bộ Công an").check()
    office.get_by_label("Căn cứ xác minh").fill("Đã gọi điện cho thư ký điểm cầu")
    _healthy(office, "settle")
    office.get_by_role("button", name="Kết luận").click()
    expect(office.locator("main")).to_contain_text("Đã gọi điện cho thư ký điểm cầu")
    office.goto(HOME + "co-mat/?dang=json")
    assert '"present": 2' in office.content()
    office.goto(HOME + "bang-diem-cau/")
    expect(office.locator(".tiles .t-polling, .tiles .t-live")).to_have_count(2, timeout=SOON)
    _healthy(office, "board")
    office.locator("tbody a").first.click()
    _healthy(office, "site")
    office.go_back()

    keeper.goto(HOME + "diem-cau/")
    keeper.get_by_role("link", name="Bàn đón tiếp").first.click()
    keeper.get_by_role("button", name="Thu hồi").click()
    expect(phone.locator("[data-link]")).to_contain_text("Thiết bị đã bị thu hồi", timeout=SOON)
