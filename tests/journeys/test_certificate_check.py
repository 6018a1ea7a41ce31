"""A telephone that opened the checking page once tells a genuine certificate from a forged one with the network cut."""
from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from soket.audit.checkpoint import fingerprint, load_or_create_key
from soket.audit.credential import Standing, Statement, make_qr_text, make_status_list, read_qr_text
from soket.documents.certificates import Certificate, preset, render
from soket.kernel.clock import now
from tests.audit.samples import signer
from tests.support.browser import axe_faults, overflow, picture

SOON = 15_000
NAME = "soket.local/certificates"
SAID = Statement("BCA-2026-00012", "Bộ Công an", "Bằng khen", "Tập thể Công an xã A", "123/QĐ-BCA", date(2026, 7, 20), "Thành tích trong phong trào", "12/2026")
STANDINGS = {
    SAID.serial: Standing.valid(), "BCA-2026-00013": Standing.superseded("BCA-2026-00013-2"),
    "BCA-2026-00014": Standing.cancelled("45/QĐ-BCA", date(2027, 1, 5), "false_declaration", "Luật 06/2022/QH15, Điều 93"),
}  # fmt: skip


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A telephone that opened the page once: the page and the keys are kept. The list is put in its way, since the small world has none."""
    context = browser.new_context(base_url=server, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def _text(world: Path, said: Statement = SAID, base: str = "http://testserver") -> str:
    return make_qr_text(said, base_url=base, name=NAME, signer=load_or_create_key(world / "keys" / "certificates.key"))


def _list(world: Path, days: int = 0) -> str:
    key = load_or_create_key(world / "keys" / "certificates.key")
    return make_status_list(STANDINGS, as_of=now() - timedelta(days=days), name=NAME, signer=key)


def _opened(phone: BrowserContext, status: str) -> Page:
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _serve(phone, status)
    page.goto("/bk/")
    expect(page.locator("[data-kept]")).to_be_visible(timeout=SOON)
    assert faults == []
    return page


def _serve(phone: BrowserContext, status: str) -> None:
    phone.unroute_all()
    phone.route("**/bk/tinh-trang.json", lambda route: route.fulfill(body=status, content_type="application/json"))


def _answer(page: Page, text: str) -> str:
    page.get_by_label("Nội dung mã QR").fill(text)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator("[data-verdict]")).not_to_be_empty(timeout=SOON)
    return page.locator(".check__answer").inner_text()


def _cut(phone: BrowserContext) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    phone.unroute_all()
    phone.route("**/*", refuse)
    phone.set_offline(True)


def test_a_certificate_is_checked_with_the_network_cut(phone: BrowserContext, server: str, world: Path, tmp_path: Path) -> None:
    page = _opened(phone, _list(world, days=3))
    _healthy(page, "page")
    _cut(phone)
    address = _text(world, base=server)
    page.goto(address)  # what a scan does
    answer = page.locator(".check__answer")
    expect(answer).to_contain_text("Bản thật, còn hiệu lực", timeout=SOON)
    expect(answer).to_contain_text("Không có mạng: đây là danh sách đã lưu trên máy này (3 ngày trước).")
    for words in ("Tập thể Công an xã A", "20/07/2026", "12/2026", fingerprint(load_or_create_key(world / "keys" / "certificates.key").public_key())):
        expect(answer).to_contain_text(words)
    _healthy(page, "valid")
    page.reload()
    expect(answer).to_contain_text("Bản thật, còn hiệu lực", timeout=SOON)

    said = _answer(page, _text(world, replace(SAID, serial="BCA-2026-00014")))
    assert "Đã hủy bỏ theo Quyết định số 45/QĐ-BCA ngày 05/01/2027" in said
    assert "Gian dối trong việc kê khai công trạng, thành tích (Luật 06/2022/QH15, Điều 93)." in said
    _healthy(page, "cancelled")
    assert "Đã được thay bằng bản số hiệu BCA-2026-00013-2" in _answer(page, _text(world, replace(SAID, serial="BCA-2026-00013")))
    assert "không có trong danh sách tình trạng" in _answer(page, _text(world, replace(SAID, serial="BCA-2026-00999")))
    _refused(page, world)
    _healthy(page, "altered")
    _photographed(page, address, tmp_path)


def _refused(page: Page, world: Path) -> None:
    """Forged, with our key's id put in, altered at places spread over the text, swapped, cut: each says why and shows nothing it says."""
    first, second = _text(world).partition("#")[2].split("."), _text(world, replace(SAID, recipient="Kẻ mạo danh")).partition("#")[2].split(".")
    forged = make_qr_text(replace(SAID, recipient="Kẻ mạo danh"), base_url="http://x", name=NAME, signer=signer(4))
    expected = {
        forged: "Không do hệ thống này cấp", f"{first[0]}.{second[1]}": "Đã bị sửa", f"{second[0]}.{first[1]}": "Đã bị sửa",
        ".".join(first)[:-1]: "Đây không phải mã", ".".join(first).lower(): "Đây không phải mã", "xin chào": "Đây không phải mã",
    }  # fmt: skip
    for text, words in expected.items():
        said = _answer(page, text)
        assert words in said and "Kẻ mạo danh" not in said and "Tập thể" not in said
    whole = ".".join(first)
    for place in range(3, len(whole), 29):
        other = "A" if whole[place] != "A" else "B"
        assert "còn hiệu lực" not in _answer(page, whole[:place] + other + whole[place + 1 :])


def _photographed(page: Page, address: str, folder: Path) -> None:
    """The whole printed page as a photograph: the code is found in it."""
    design = preset("bang-khen-a4")
    document = pypdfium2.PdfDocument(render(design, [Certificate(label=SAID.serial, recipient=SAID.recipient, qr=address)], day=SAID.dated))
    document[0].render(scale=250 / 72).to_pil().save(folder / "page.png")
    document.close()
    page.locator("[data-photo]").set_input_files(str(folder / "page.png"))
    expect(page.locator(".check__answer")).to_contain_text("Bản thật, còn hiệu lực", timeout=SOON)
    assert read_qr_text(page.get_by_label("Nội dung mã QR").input_value(), [_trusted(page)]).statement == SAID


def _trusted(page: Page):  # type: ignore[no-untyped-def]
    from soket.audit.checkpoint import read_verifier_key

    kept = page.evaluate("caches.open('bk-data').then((kept) => kept.match('/bk/khoa.json')).then((found) => found.text())")
    return read_verifier_key(json.loads(kept)["keys"][0]["verifier"])


def _healthy(page: Page, name: str) -> None:
    assert axe_faults(page) == []
    picture(page, "certificate-check", name)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_lists_that_are_older_or_not_ours_are_passed_over(phone: BrowserContext, world: Path) -> None:
    page = _opened(phone, _list(world))
    cancelled = _text(world, replace(SAID, serial="BCA-2026-00014"))
    stale = make_status_list({"BCA-2026-00014": Standing.valid()}, as_of=now() - timedelta(days=30), name=NAME,
                             signer=load_or_create_key(world / "keys" / "certificates.key"))  # fmt: skip
    forged = make_status_list({"BCA-2026-00014": Standing.valid()}, as_of=now() + timedelta(days=1), name=NAME, signer=signer(4))
    for wrong in (stale, forged, "{}", "<html>"):
        _serve(phone, wrong)
        assert "Đã hủy bỏ theo Quyết định số 45/QĐ-BCA" in _answer(page, cancelled)


def test_a_browser_without_scripts_asks_the_server(browser: Browser, server: str, world: Path) -> None:
    context = browser.new_context(base_url=server, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/bk/")
    page.get_by_label("Nội dung mã QR").fill(_text(world))
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator(".check__answer")).to_contain_text("Chữ ký thật, nhưng không có trong danh sách tình trạng")
    context.close()


def test_the_key_page_reads_well_on_paper_and_on_a_telephone(page: Page) -> None:
    page.goto("/bk/khoa/")
    _healthy(page, "key")
