"""Invitations in a real browser: a conference begun, delegates listed by rule and by table, invited, answered by their key, badges on A4."""
from __future__ import annotations

import sqlite3
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server, sign_in
from tests.support.browser import ROOT, axe_faults, overflow, picture

HOME = "/hoi-nghi/hoi-nghi-giay-moi/"


def _healthy(page: Page, name: str) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_faults(page) == []
        assert overflow(page) <= 0
    picture(page, "inviting", name)


def _page(browser: Browser, server: Server, username: str = "") -> Page:
    page = browser.new_context(base_url=server.base, locale="vi-VN", viewport={"width": 1280, "height": 900}).new_page()
    if username:
        sign_in(page, username)
    return page


def _begin(page: Page) -> None:
    page.goto("/hoi-nghi/moi/")
    page.get_by_label("Tên hội nghị").fill("Hội nghị thử giấy mời")
    page.locator("input[name=reviews]").first.check()
    given = {"code": "HN-GM", "slug": "hoi-nghi-giay-moi", "chaired_by": "Bộ Công an", "starts_at": "2036-07-15T08:00", "ends_at": "2036-07-15T11:00"}
    for name, value in given.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form.form button").click()
    for level in ("0", "1"):
        page.goto(f"{HOME}them-diem-cau/?line=police&level={level}&under=")
        page.get_by_role("button", name="Thêm").click()
    expect(page.locator("h1")).to_have_text("Hội nghị thử giấy mời")


def test_from_the_rule_to_the_badge(chain_server: Server, browser: Browser) -> None:
    server = chain_server
    office = _page(browser, server, "vanphong")
    _begin(office)
    office.goto(HOME + "dai-bieu/theo-quy-tac/")
    office.get_by_label("Chức danh tại điểm cầu trung ương").fill("Ủy viên Ban Chấp hành Trung ương Đảng\nThứ trưởng Bộ Công an")
    office.get_by_label("Chức danh tại mỗi điểm cầu cấp tỉnh").fill("Giám đốc {}")
    office.get_by_role("button", name="Xem các đại biểu").click()
    _healthy(office, "rule")
    office.get_by_role("button", name="Đưa").click()
    _healthy(office, "delegates")
    office.goto(HOME + "dai-bieu/dan-bang/")
    office.locator("textarea").fill(";Trưởng phòng;Đơn vị không có;;\n;;;Điểm cầu sai;Vua")
    office.get_by_role("button", name="Đưa vào danh sách").click()
    expect(office.locator("textarea")).to_have_value("\n".join([";Trưởng phòng;Đơn vị không có;;", ";;;Điểm cầu sai;Vua", ""]))
    _healthy(office, "paste")
    office.goto(HOME + "dai-bieu/thu-tu/")
    office.get_by_role("button", name="Lên 2", exact=True).press("Enter")
    expect(office.locator("tbody tr").first).to_contain_text("Lên 2")
    _healthy(office, "order")
    office.goto(HOME + "giay-moi/")
    _healthy(office, "to-send")
    office.get_by_role("button", name="Gửi", exact=False).first.click()
    expect(office.get_by_text("Mọi người trong danh sách đã nhận giấy mời mới nhất.")).to_be_visible()
    _healthy(office, "invitations")
    _answered(_page(browser, server), server)
    office.reload()
    expect(office.get_by_text("dự thay đại biểu số 2")).to_be_visible()
    for path, name in (("", "conference"), ("sua/", "change")):
        office.goto(HOME + path)
        _healthy(office, name)
    _badges(office, server)


def _answered(guest: Page, server: Server) -> None:
    with sqlite3.connect(server.folder / "soket.sqlite3") as base:
        key = base.execute(
            "select d.key from conferences_delegate d join conferences_conference c on c.id = d.conference_id where c.code = 'HN-GM' and d.number = 2"
        ).fetchone()[0]
    guest.goto(f"/hoi-nghi/moi-du/{key}/")
    guest.get_by_label("Dự thay với tư cách").fill("Phó Giám đốc phụ trách")
    guest.get_by_label("Chức danh của người dự thay").fill("Phó Giám đốc Công an tỉnh")
    guest.locator("input[name=answer][value=substitute]").check()
    _healthy(guest, "reply")
    guest.get_by_role("button", name="Gửi trả lời").click()
    expect(guest.get_by_role("heading", name="Chuỗi dự thay")).to_be_visible()
    _healthy(guest, "replied")
    with guest.expect_download() as got:
        guest.get_by_role("link", name="Đưa vào lịch").click()
    assert Path(got.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def _badges(office: Page, server: Server) -> None:
    with sqlite3.connect(server.folder / "soket.sqlite3") as base:
        site, substitute = base.execute(
            "select d.site_id, d.number from conferences_delegate d join conferences_conference c on c.id = d.conference_id "
            "where c.code = 'HN-GM' and d.state = 'accepted'"
        ).fetchone()
    rows = "\n".join(f";Trưởng phòng {place};Bộ Công an;;" for place in range(1, 13))
    office.goto(HOME + "dai-bieu/dan-bang/")
    office.locator("textarea").fill(rows)
    office.get_by_role("button", name="Đưa vào danh sách").click()
    office.goto(f"{HOME}diem-cau/{site}/the/")
    expect(office.locator(".badge__no").first).to_have_text(str(substitute))
    _healthy(office, "badges")
    with sqlite3.connect(server.folder / "soket.sqlite3") as base:
        centre = base.execute(
            "select s.id from conferences_site s join conferences_conference c on c.id = s.conference_id "
            "where c.code = 'HN-GM' and s.name = 'Điểm cầu Bộ Công an'"
        ).fetchone()[0]
    office.goto(f"{HOME}diem-cau/{centre}/the/")
    assert office.locator(".badge").count() == 13
    file = ROOT / "build" / "journeys" / "inviting" / "badges.pdf"
    office.pdf(path=str(file), prefer_css_page_size=True)
    with pypdfium2.PdfDocument(file) as printed:
        assert len(printed) == 2
    office.emulate_media(media="print")
    picture(office, "inviting", "badges-print")
    assert office.locator(".badge svg").first.get_attribute("viewBox")  # drawn whole at any size
