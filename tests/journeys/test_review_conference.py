"""The whole conference with six pages open at once: chair, hall, two sites, centre board, reader. From the invitations over a site cut
off while people arrive to conclusions, directions, one closed on its evidence, and the other carried into the next review."""
from __future__ import annotations

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from soket.kernel.clock import today
from tests.journeys.conftest import Server
from tests.journeys.test_desk import HOME, SOON, _badge, _cut, _page
from tests.support.browser import axe_faults, overflow, picture

CUT_SECONDS = int(os.environ.get("SOKET_CUT_SECONDS", "5"))  # 300 for the five minutes of a real outage
LINES = ("Khai mạc, tuyên bố lý do, giới thiệu đại biểu", "Phối hợp tuyên truyền ở địa bàn sau sắp xếp đơn vị hành chính")


def _healthy(page: Page, name: str) -> None:
    assert axe_faults(page) == []
    picture(page, "review-conference", name)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def _count(server: Server, question: str) -> int:
    with sqlite3.connect(server.folder / "soket.sqlite3") as base:
        return int(base.execute(question).fetchone()[0])


def _desk(page: Page, name: str, place: int) -> Page:
    """The browser of who keeps the site becomes its desk."""
    page.goto(HOME + "diem-cau/")
    page.get_by_role("link", name="Bàn đón tiếp").nth(place).click()
    page.get_by_label("Tên thiết bị").fill(name)
    page.get_by_role("button", name="Dùng trình duyệt này làm bàn đón tiếp").click()
    expect(page.locator("[data-link]")).to_contain_text("Đang nối", timeout=SOON)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def _invited(office: Page) -> None:
    """Every delegate is told; the conference is first moved to next month, as its office may."""
    start = today() + timedelta(days=30)
    office.goto(HOME + "sua/")
    office.locator("[name=starts_at]").fill(f"{start}T08:00")
    office.locator("[name=ends_at]").fill(f"{start}T11:00")
    office.locator("main form button").first.click()
    office.goto(HOME + "giay-moi/")
    office.locator("button[name=all][value='1']").click()
    expect(office.get_by_text("Mọi người trong danh sách đã nhận giấy mời mới nhất.")).to_be_visible()
    _healthy(office, "invitations")


def _opened(chair: Page) -> None:
    chair.goto(HOME + "dieu-hanh/")
    for _asked_twice in range(2):
        chair.get_by_role("button", name="Khai mạc phiên họp").click()


def _cut_off(desk: Page, centre: Page, server: Server, folder: Path) -> None:
    """While the commune's site is cut off, its own delegate arrives, and one whom the centre counts too."""
    own = int(desk.locator("[data-list] li").first.get_attribute("data-n") or 0)
    centre.get_by_role("button", name="Vào 1", exact=True).click()
    expect(centre.locator("[data-told]")).to_contain_text("Đã điểm danh đại biểu số 1.", timeout=SOON)
    _cut(desk, off=True)
    expect(desk.locator("[data-link]")).to_contain_text("Mất kết nối", timeout=SOON)
    desk.locator("[data-photo]").set_input_files(_badge(server, own, folder))
    expect(desk.locator("[data-told]")).to_contain_text(f"Đã điểm danh: {own}", timeout=SOON)
    desk.locator("[data-find]").fill("1")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-line] [data-waiting]")).to_have_text("2 lượt chờ gửi", timeout=SOON)
    desk.wait_for_timeout(1000 * CUT_SECONDS)


def _spoken(chair: Page, screens: list[Page], site: Page) -> None:
    """The agenda goes on to a paper with its frozen figures, a site asks for the floor and has it."""
    for step in range(3):
        expect(chair.locator("#console")).to_have_attribute("data-seen", str(step + 1))
        chair.keyboard.press("ArrowRight")
    for page in screens:
        expect(page.locator("h1")).to_have_text(LINES[1], timeout=SOON)
        expect(page.locator(".hall__no").first).to_have_attribute("href", "/so-ket/so-ket-nam-2025/ban-1/so-lieu/02/")
    site.locator("summary").click()
    site.get_by_label("Nội dung", exact=True).select_option("order")
    site.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(chair.locator("#console")).to_contain_text("Ý kiến về điều hành", ignore_case=True, timeout=SOON)
    chair.get_by_role("button", name="Bắt đầu phát biểu").click()
    for page in screens:
        expect(page.locator("[data-spoken]")).to_contain_text("00:0", timeout=SOON)
    chair.get_by_role("button", name="Kết thúc phát biểu").click()


def _merged(desk: Page, office: Page, board: Page, server: Server) -> None:
    """The line is back: nothing doubled, one conflict, which a person settles."""
    _cut(desk, off=False)
    expect(desk.locator("[data-line] [data-waiting]")).to_have_text("đã gửi hết", timeout=SOON)
    desk.reload()
    expect(desk.locator("[data-link]")).to_contain_text("Đang nối", timeout=SOON)
    assert _count(server, "select count(*) from conferences_scan") == 3
    office.goto(HOME + "trung-co-mat/")
    office.get_by_role("link", name="Kết luận").click()
    office.get_by_label("Điểm cầu Bộ Công an").check()
    office.get_by_label("Căn cứ xác minh").fill("Thư ký điểm cầu xác nhận qua điện thoại")
    office.get_by_role("button", name="Kết luận").click()
    expect(board.locator("#board")).to_contain_text("Có mặt: 2 trên 4", timeout=SOON)
    expect(board.locator(".tiles .t-live, .tiles .t-polling")).to_have_count(2, timeout=SOON)
    _healthy(board, "board")


def _concluded(chair: Page, office: Page, server: Server) -> None:
    """Two conclusions are written, the session is closed, both become directions; the papers are issued."""
    due = (today() + timedelta(days=60)).isoformat()
    for text in ("Lập danh mục mô hình phối hợp của xã", "Duy trì giao ban ba bên hằng quý"):
        office.goto(HOME + "ket-luan/them/")
        office.locator("#id_text").fill(text)
        office.locator("#id_owner").fill("Công an xã A Sào")
        office.locator("#id_due_on").fill(due)
        office.get_by_role("button", name="Lưu").click()
    chair.reload()
    for _asked_twice in range(2):
        chair.get_by_role("button", name="Kết thúc phiên họp").click()
    office.goto(HOME + "ket-luan/")
    _healthy(office, "conclusions")
    office.get_by_role("link", name="Ban hành kết luận").click()
    expect(office.locator("main")).to_contain_text("Lập danh mục mô hình phối hợp của xã")
    office.get_by_role("button", name="Ban hành kết luận").click()
    office.goto(HOME + "bien-ban/")
    assert LINES[1] in office.locator("#id_course").input_value()
    _healthy(office, "minutes")
    office.get_by_role("button", name="Lưu").click()
    office.goto(HOME + "van-ban/")
    for place in range(5):
        office.get_by_role("button", name="Ban hành văn bản").nth(place).click()
    expect(office.locator("ul.dl li")).to_have_count(9)
    _healthy(office, "papers")
    assert _count(server, "select count(*) from directions_direction where source like 'Kết luận số%'") == 2


def _closed(office: Page, unit: Page) -> None:
    """The commune reports one direction done with its document; the issuer closes it."""
    unit.goto("/chi-dao/?q=danh+muc+mo+hinh+phoi+hop+cua+xa")
    unit.locator("tbody a").first.click()
    _healthy(unit, "direction")
    address = unit.url
    unit.get_by_role("link", name="Báo cáo việc đã làm").click()
    unit.locator("#id_text").fill("Đã lập danh mục 6 mô hình")
    unit.locator("#id_document").fill("15/BC-CAX")
    unit.locator("#id_done").check()
    unit.get_by_role("button", name="Gửi báo cáo").click()
    office.goto(address)
    office.get_by_role("link", name="Kết thúc hoặc trả lại nhiệm vụ").click()
    expect(office.locator("main")).to_contain_text("15/BC-CAX")
    office.get_by_label("Kết thúc nhiệm vụ").check()
    office.get_by_role("button", name="Ghi quyết định").click()
    expect(office.locator("main")).to_contain_text("Cơ quan giao kết thúc")
    office.goto("/chi-dao/bang/")
    _healthy(office, "directions-board")


def _carried(office: Page) -> None:
    """The next review begins with what is still open, and without what was closed."""
    office.goto("/so-ket/moi/")
    office.locator("#id_title").fill("Sơ kết năm 2027")
    office.locator("input[name=kind]").first.check()
    day = today().isoformat()
    for name, value in {"code": "SK-2027", "slug": "so-ket-nam-2027", "as_of": day, "boundary_date": day}.items():
        office.locator(f"#id_{name}").fill(value)
    office.locator("main form button").first.click()
    expect(office.locator("main")).to_contain_text("Nhiệm vụ còn mở từ kỳ trước")
    expect(office.locator("main")).to_contain_text("Duy trì giao ban ba bên hằng quý")
    assert "Lập danh mục mô hình phối hợp của xã" not in office.content()
    _healthy(office, "next-review")


def test_six_pages_from_the_invitations_to_the_next_review(browser: Browser, chain_server: Server, tmp_path: Path) -> None:
    server = chain_server
    server.start_hub()
    chair, hall, board, office = (_page(browser, server, "vanphong") for _ in range(4))
    reader = _page(browser, server)
    _invited(office)
    centre, desk = _desk(_page(browser, server, "vanphong"), "Bàn trung tâm", 0), _desk(_page(browser, server, "caxa"), "Bàn xã", 0)
    board.goto(HOME + "bang-diem-cau/")
    for page in (hall, reader):
        page.goto(HOME + "man-hinh/")
    _opened(chair)
    for page in (hall, reader):
        expect(page.locator("h1")).to_have_text(LINES[0], timeout=SOON)
    _cut_off(desk, centre, server, tmp_path)
    site = centre.context.new_page()
    site.goto("/ban/man-hinh/")
    _spoken(chair, [hall, reader], site)
    _merged(desk, office, board, server)
    _concluded(chair, office, server)
    reader.goto(HOME + "ket-luan/")
    expect(reader.locator("main")).to_contain_text("Duy trì giao ban ba bên hằng quý")
    unit = _page(browser, server, "caxa")
    _closed(office, unit)
    _carried(office)
    for page in (chair, hall, board, office, reader, centre, desk, unit):
        page.context.close()
