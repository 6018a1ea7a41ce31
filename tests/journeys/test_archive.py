"""An older newspaper moves in through the desk; its old address leads to the article; a reader of five seconds is counted once."""
from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.factories import archive_files as files
from tests.journeys.conftest import Server
from tests.journeys.test_desk import SOON, _page
from tests.support.browser import axe_faults, overflow, picture


def _healthy(page: Page, name: str) -> None:
    assert axe_faults(page) == []
    picture(page, "archive", name)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def _files(folder: Path) -> tuple[str, str]:
    items = (
        files.attachment(9, "2019/05/bia.jpg", "", "Toàn cảnh hội nghị"), files.post(thumbnail="9"), files.post("Nháp", "nhap", status="draft"),
        files.post("Ảnh thiếu lời", "anh-thieu-loi", "Một.\n\nHai.\n\n<img src='uploads/khong-loi.jpg'>\n\n<iframe src='https://khac.example/'></iframe>"),
    )
    (folder / "kho.xml").write_bytes(files.wxr(*items))
    (folder / "anh.zip").write_bytes(files.zipped({"uploads/2019/05/hop.jpg": files.jpeg(100), "uploads/2019/05/bia.jpg": files.jpeg(180)}))
    return str(folder / "kho.xml"), str(folder / "anh.zip")


def test_an_older_newspaper_moves_in_and_its_readers_are_counted(browser: Browser, chain_server: Server, tmp_path: Path) -> None:
    editor = _page(browser, chain_server, "bientap")
    editor.goto("/toa-soan/")
    editor.get_by_role("link", name="Nhập kho bài cũ").click()
    articles, pictures = _files(tmp_path)
    editor.get_by_label("Tên báo, trang tin cũ").fill(files.PAPER)
    editor.get_by_label("Tệp bài").set_input_files(articles)
    editor.locator("input[name=pictures]").set_input_files(pictures)
    editor.get_by_role("button", name="Đưa lên và đọc").click()
    expect(editor.get_by_text("Đã đưa kho bài lên")).to_be_visible(timeout=SOON)
    _until(editor, "Đã đọc, chờ quyết định")
    _healthy(editor, "list")
    editor.get_by_role("link", name=files.PAPER).click()
    expect(editor.get_by_text("Bạn đã đưa kho bài này lên.")).to_be_visible()
    editor.get_by_role("link", name="Giao ban các xã").click()
    expect(editor.get_by_role("heading", level=1, name="Giao ban các xã")).to_be_visible()
    _healthy(editor, "item")
    secretary = _page(browser, chain_server, "duyetbai")
    secretary.goto("/toa-soan/nhap-kho/")
    secretary.get_by_role("link", name=files.PAPER).click()
    _healthy(secretary, "approve")
    secretary.get_by_label("Tin hoạt động (3)").select_option("moi")
    secretary.get_by_role("button", name="Duyệt và nhập").click()
    _until(secretary, "Đã nhập kho")
    _healthy(secretary, "taken")
    agent = str(editor.evaluate("navigator.userAgent")).replace("Headless", "")  # a headless browser is a robot, and would not count
    context = browser.new_context(base_url=chain_server.base, locale="vi-VN", viewport={"width": 1280, "height": 900}, user_agent=agent)
    _read(context.new_page(), editor)


def _read(reader: Page, editor: Page) -> None:
    """An old address, five seconds, one reader; staff are not counted; the desk sees both."""
    reader.goto("/2019/05/giao-ban-cac-xa.html")
    expect(reader).to_have_url("/cong-bo/giao-ban-cac-xa/")
    number = reader.locator("[data-views-number]")
    expect(number).to_have_text("0")
    expect(number).to_have_text("1", timeout=SOON)
    picture(reader, "archive", "article")
    with reader.expect_response(lambda answer: answer.request.method == "POST", timeout=SOON) as told:
        reader.reload()
    assert told.value.status == 204
    with editor.expect_response(lambda answer: answer.request.method == "POST", timeout=SOON):
        editor.goto("/cong-bo/giao-ban-cac-xa/")
    expect(number).to_have_text("1")
    assert [cookie["name"] for cookie in reader.context.cookies()] == []
    editor.goto("/toa-soan/bai/giao-ban-cac-xa/luot-xem/")
    today = editor.locator("tbody tr").first
    expect(today.locator("td").nth(0)).to_have_text("1")
    expect(today.locator("td").nth(1)).to_have_text("1")
    expect(today.locator("td").nth(2)).to_have_text("1")  # the editor: a headless browser
    _healthy(editor, "readership")
    reader.goto("/cong-bo/cach-dem/")
    _healthy(reader, "rules")


def _until(page: Page, words: str) -> None:
    """The worker needs a moment; the page is looked at again as its reader would."""
    for _ in range(40):
        if page.locator(".tag", has_text=words).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words} never came: {page.locator('main').inner_text()}")
