"""The whole chain in one run: ten steps, seven offices and one reader, from an obligation to a corrected public figure."""
from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from soket.demo.people import PASSWORD
from tests.journeys.conftest import Server, sign_in
from tests.support.browser import axe_faults, overflow, picture

PROGRAMME = "/chuong-trinh/bca-mttw-2023-2033/"
REVIEW = "/so-ket/so-ket-quy-3-2026/"
ARTICLE = "/cong-bo/quy-3-2026-o-hai-tinh/"
ROUND = "quy-3-2026"
Visit = Callable[[str], "contextmanager[Page]"]


@pytest.fixture
def visit(browser: Browser, chain_server: Server) -> Visit:
    """A tab of one office (or of anyone at all), in a profile of its own; script errors and blocked resources fail the test."""

    @contextmanager
    def opened(username: str = "") -> Iterator[Page]:
        context = browser.new_context(base_url=chain_server.base, locale="vi-VN", viewport={"width": 1280, "height": 900})
        faults: list[str] = []
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if re.search("Content Security|Refused to", message.text) else None)
        if username:
            sign_in(page, username)
        try:
            yield page
        except BaseException:
            picture(page, "spine", "failed")
            raise
        finally:
            context.close()
        assert faults == []

    return opened


def _look(page: Page, name: str) -> None:
    """Accessible to axe, no wider than a phone, and kept as pictures."""
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, "spine", name)


def _send(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_the_chain_from_an_obligation_to_a_corrected_public_figure(visit: Visit, chain_server: Server, tmp_path: Path) -> None:
    with visit("vanphong") as page:
        _the_office_binds_the_units(page)
    with visit("caxa") as page:
        _the_unit_claims(page, tmp_path)
    with visit("duyettinh") as page:
        _the_superior_accepts_the_claim(page)
    with visit("caxa") as page:
        report = _the_reporter_sends(page, tmp_path, "12")
    with visit("duyettinh") as page:
        _decide(page, report, "returned", "Đề nghị kiểm tra lại số buổi tuyên truyền.")
    with visit("caxa") as page:
        _the_reporter_corrects(page, report, "21")
    with visit("duyettinh") as page:
        _decide(page, report, "accepted", "")
    with visit("vanphong") as page:
        frozen = _the_office_drafts_a_review(page)
        _the_office_proposes(page)
    _the_parties_sign(visit, edition=1)
    with visit("vanphong") as page:
        _the_papers_are_downloaded(page)
    _the_statement_is_published(visit)
    with visit("") as page:
        _a_reader_opens_the_claim_to_the_communes_report(page, frozen, "21")
    chain_server.move_to_the_next_day()
    _a_correction_makes_a_new_edition(visit, report)
    with visit("") as page:
        _the_statement_shows_its_notice(page, frozen)


def _the_office_binds_the_units(page: Page) -> None:
    page.goto(PROGRAMME + "nghia-vu-moi/")
    page.fill("#id_code", "NV-09")
    page.fill("#id_title", "Ban hành kế hoạch phối hợp năm 2026")
    page.fill("#id_evidence", "Kế hoạch: số, ngày và tệp văn bản")
    page.get_by_label("Hệ thống công an, cấp xã").check()
    page.get_by_label("Trước một ngày").check()
    page.fill("#id_due_on", "2026-12-31")
    _look(page, "01-obligation")
    _send(page, "Thêm nghĩa vụ này")
    page.fill("#id_on", "2026-07-15")
    _send(page, "Lập danh sách")
    expect(page.locator("main")).to_contain_text("NV-09")
    _look(page, "02-obligation-owed")


def _the_unit_claims(page: Page, folder: Path) -> None:
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile("Ban hành kế hoạch phối hợp năm 2026")).first.click()
    page.get_by_label("Số, ký hiệu văn bản").fill("18/KH-CAX")
    page.get_by_label("Ngày văn bản").fill("2026-07-10")
    page.locator("input[type=file]").set_input_files(_a_pdf(folder / "ke-hoach.pdf"))
    _look(page, "03-claim")
    _send(page, "Gửi cấp trên xét")
    expect(page.locator("main")).to_contain_text("18/KH-CAX")


def _the_superior_accepts_the_claim(page: Page) -> None:
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile("NV-09")).first.click()
    page.locator("main").get_by_role("link", name="Công an xã A Sào").first.click()
    _look(page, "04-claim-decided")
    page.locator("input[name=verdict][value=accept]").check()
    _send(page, "Ghi quyết định")


def _a_pdf(path: Path) -> Path:
    """The smallest file that is a PDF."""
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    return path


def _the_reporter_sends(page: Page, folder: Path, sessions: str) -> str:
    """Fill the form, one section a page, with a file of evidence; returns the report's address."""
    page.goto("/viec-can-lam/")
    page.get_by_role("link", name=re.compile("Báo cáo quý III năm 2026")).first.click()
    page.wait_for_url(re.compile(r"/bao-cao/"))
    report = re.match(r".*?(/bao-cao/\d+/)", page.url)[1]  # type: ignore[index]
    page.goto(report + "nhap/1/")
    for section in "12345":
        page.wait_for_url(f"**/nhap/{section}/")
        _nothing_else(page)
        if section == "2":
            page.fill("#v-TT01", sessions)
            with page.expect_response(re.compile("tu-luu")) as saved:
                page.fill("#v-TT02", "640")
            assert saved.value.ok
            expect(page.locator("[data-saved-text], .saved").first).to_contain_text("lưu")
            _look(page, "05-report")
            page.locator("#files input[type=file]").set_input_files(_a_pdf(folder / "danh-sach.pdf"))
            page.locator("#files input[name$=title]").fill("Danh sách buổi tuyên truyền")
            _send(page, "Thêm tệp")
            expect(page.locator("#files")).to_contain_text("Danh sách buổi tuyên truyền")
        if section == "5":
            page.fill("#v-t5", "Đơn vị phối hợp đúng kế hoạch, đủ thành phần.")
        _send(page, "Kiểm tra và gửi" if section == "5" else "Lưu và sang phần sau")
    _look(page, "06-check")
    for box in page.locator("textarea[name^=x-]").all():
        box.fill("Quý này đơn vị chưa phát sinh.")
    _send(page, "Gửi báo cáo")
    page.wait_for_url("**/bien-nhan/**")
    _look(page, "07-receipt")
    return report


def _nothing_else(page: Page) -> None:
    """Say "nothing to report", or no, in every cell of the section that is still without an answer."""
    for box in page.locator("input[type=radio][value=nothing]").all():
        box.check(force=True)
    for box in page.locator(".seg--yn input[type=radio][value=zero]").all():
        box.check(force=True)


def _decide(page: Page, report: str, verdict: str, remarks: str) -> None:
    page.goto("/bao-cao/cho-quyet-dinh/")
    page.locator(f"a[href='{report}quyet-dinh/']").first.click()
    page.locator(f"input[name=verdict][value={verdict}]").check()
    if remarks:
        page.fill("#id_remarks", remarks)
    _look(page, "08-decide-return" if remarks else "09-decide-accept")
    _send(page, "Ghi quyết định")


def _the_reporter_corrects(page: Page, report: str, sessions: str) -> None:
    page.goto("/viec-can-lam/")
    page.locator(f"a[href^='{report}']").first.click()
    page.goto(report)
    expect(page.locator("main")).to_contain_text("Đề nghị kiểm tra lại số buổi tuyên truyền.")
    _change(page, report, sessions)


def _change(page: Page, report: str, sessions: str) -> None:
    page.goto(report + "nhap/2/")
    page.fill("#v-TT01", sessions)
    _send(page, "Kiểm tra và gửi")
    for box in page.locator("textarea[name^=x-]").all():
        box.fill("Đã rà soát với đơn vị phối hợp.")
    _send(page, "Gửi báo cáo")
    page.wait_for_url("**/bien-nhan/**")


def _the_office_drafts_a_review(page: Page) -> str:
    """A review of one quarter with three figures and a text that names them; returns the sessions as printed."""
    page.goto("/so-ket/moi/")
    page.fill("#id_title", "Sơ kết quý III năm 2026 thực hiện chương trình phối hợp 2023–2033")
    page.get_by_label("Sơ kết", exact=True).check()
    for name, value in (("code", "SK-QIII"), ("slug", "so-ket-quy-3-2026"), ("as_of", "2026-11-24"), ("boundary_date", "2026-09-14")):
        page.fill(f"#id_{name}", value)
    page.fill("#id_symbol", "BC-BCA-MTTW")
    _look(page, "10-review-new")
    _send(page, "Lập cuộc sơ kết")
    page.goto(REVIEW + "du-thao/chuong-trinh/")
    chosen = page.locator("#id_programme option", has_text="2023–2033").first.get_attribute("value")
    page.select_option("#id_programme", chosen)
    page.fill("#id_span_text", "quý III năm 2026")
    _send(page, "Thêm")
    _figure(page, "01", "Buổi tuyên truyền", "indicator")
    _figure(page, "02", "Độ phủ báo cáo", "completeness")
    _figure(page, "03", "Công an cấp xã đã ban hành kế hoạch phối hợp", "coverage")
    page.goto(REVIEW + "du-thao/muc/")
    page.fill("#id_heading", "Kết quả thực hiện")
    page.fill("#id_text", "Trong quý, các đơn vị tổ chức {{01}} buổi tuyên truyền; độ phủ báo cáo đạt {{02}}. {{03}} Công an cấp xã đã ban hành kế hoạch.")
    _look(page, "11-review-section")
    _send(page, "Lưu mục")
    page.goto(REVIEW + "du-thao/")
    _look(page, "12-review-draft")
    shown = page.get_by_role("row", name=re.compile("SK-QIII-01")).locator("td").last.inner_text()
    return re.sub(r"\s+", " ", shown).strip()


def _figure(page: Page, code: str, label: str, kind: str) -> None:
    page.goto(REVIEW + "du-thao/so-lieu/")
    page.fill("#id_code", code)
    page.fill("#id_label_vi", label)
    page.fill("#id_label_en", label)
    page.locator(f"input[name=kind][value={kind}]").check()
    if kind == "coverage":
        page.select_option("#id_obligation", value="bca-mttw-2023-2033|NV-09")
        page.fill("#id_on", "2026-11-24")
        page.select_option("#id_part", "rate")
    else:
        if kind == "indicator":
            page.select_option("#id_indicator", "TT01")
        page.select_option("#id_rounds", ROUND)
    _send(page, "Chọn số liệu này")
    page.wait_for_url("**/du-thao/")


def _the_office_proposes(page: Page) -> None:
    page.goto(REVIEW + "trinh/")
    _look(page, "13-propose")
    _send(page, "Tính số liệu và trình ký")
    expect(page.locator("main")).to_contain_text("chờ")


def _the_parties_sign(visit: Visit, edition: int) -> None:
    for signer in ("kybca", "kymttq"):
        with visit(signer) as page:
            page.locator(f"a[href^='{REVIEW}']").first.click()
            page.goto(REVIEW + "ky/")
            if signer == "kymttq":
                _look(page, f"14-sign-{edition}")
            page.fill("#id_password", PASSWORD)
            page.locator("input[name=party]").first.check()
            _send(page, "Ký")
            page.wait_for_url(f"**{REVIEW}")
    expect_frozen = "Đã đóng băng"
    with visit("vanphong") as page:
        page.goto(REVIEW)
        expect(page.locator("main")).to_contain_text(expect_frozen)


def _the_papers_are_downloaded(page: Page) -> None:
    page.goto(REVIEW)
    expect(page.locator("#papers[data-papers=ready]")).to_be_visible(timeout=60_000)
    _look(page, "15-review-frozen")
    kept = {}
    for link in page.locator("#papers a[href*='bao-cao.']").all():
        with page.expect_download() as waiting:
            link.click()
        kept[waiting.value.suggested_filename.rsplit(".", 1)[1]] = waiting.value.path()
    assert kept["pdf"].read_bytes().startswith(b"%PDF-")
    with zipfile.ZipFile(kept["docx"]) as paper:
        words = re.sub(r"<[^>]+>", "", paper.read("word/document.xml").decode())
    assert "SK-QIII-01" in words
    assert "BỘ CÔNG AN" in words


def _the_statement_is_published(visit: Visit) -> None:
    with visit("bientap") as page:
        page.goto("/toa-soan/moi/")
        page.select_option("#id_review", label="Sơ kết quý III năm 2026 thực hiện chương trình phối hợp 2023–2033")
        page.fill("#id_slug", "quy-3-2026-o-hai-tinh")
        page.locator("main form button[type=submit]").first.click()
        page.fill("#id_title", "Quý III năm 2026: tuyên truyền ở cấp xã")
        page.fill("#id_lead", "Số liệu lấy từ báo cáo đã chấp nhận của từng xã.")
        page.fill("#id_body", "Trong quý, các đơn vị tổ chức {{01}} buổi tuyên truyền.\n\nĐộ phủ báo cáo là {{02}}.")
        _send(page, "Lưu lần sửa")
        _look(page, "16-desk")
        page.get_by_role("button", name=re.compile("^Trình duyệt")).click()
    _approved_and_released(visit)


def _approved_and_released(visit: Visit) -> None:
    with visit("duyetbai") as page:
        page.goto("/toa-soan/bai/quy-3-2026-o-hai-tinh/")
        page.get_by_role("button", name=re.compile("^Duyệt")).click()
        page.get_by_role("button", name=re.compile("^Công bố|^Đăng")).click()
        page.locator("main form button[type=submit]").first.click()  # it asks once more
        expect(page.locator("main")).to_contain_text("công bố")


def _a_reader_opens_the_claim_to_the_communes_report(page: Page, shown: str, sessions: str) -> None:
    page.goto(ARTICLE)
    claim = page.locator("a.fig").first
    expect(claim).to_have_text(re.compile(re.escape(shown)))
    _look(page, "17-article")
    claim.click()
    panel = page.locator(".prov").first
    expect(panel).to_contain_text("SK-QIII-01")
    picture(page, "spine", "18-article-open")
    panel.get_by_role("link", name="Xem toàn bộ danh sách").first.click()
    page.get_by_label("Tên đơn vị").fill("cong an xa a sao")
    _send(page, "Lọc")
    page.get_by_role("link", name="Công an xã A Sào").click()
    expect(page.locator("h1")).to_have_text("Công an xã A Sào")
    expect(page.locator("tr.on")).to_contain_text("Buổi tuyên truyền")
    expect(page.locator("tr.on td b")).to_have_text(sessions)
    expect(page.locator(".evi li")).to_contain_text(["không công khai"])
    assert page.locator(".evi a").count() == 0
    assert page.goto("/bao-cao/").url.endswith("/tai-khoan/vao/?next=/bao-cao/")  # type: ignore[union-attr]
    page.go_back()
    _look(page, "19-communes-report")


def _a_correction_makes_a_new_edition(visit: Visit, report: str) -> None:
    with visit("caxa") as page:
        _change(page, report, "24")
    with visit("duyettinh") as page:
        _decide(page, report, "accepted", "")
    with visit("vanphong") as page:
        page.goto(REVIEW + "trinh/")
        page.fill("#id_reason", "Công an xã A Sào đính chính số buổi tuyên truyền.")
        _send(page, "Tính số liệu và trình ký")
    _the_parties_sign(visit, edition=2)
    with visit("bientap") as page:
        expect(page.locator("main")).to_contain_text("Quý III năm 2026: tuyên truyền ở cấp xã")
        page.goto("/toa-soan/bai/quy-3-2026-o-hai-tinh/")
        expect(page.locator("main")).to_contain_text("Hồ sơ đã có bản đóng băng mới")
        page.fill("#id_note", "Đính chính số buổi tuyên truyền theo báo cáo đã sửa của một xã.")
        _send(page, "Lưu lần sửa")
        _look(page, "20-desk-correction")
        page.get_by_role("button", name=re.compile("^Trình duyệt")).click()
    _approved_and_released(visit)


def _the_statement_shows_its_notice(page: Page, before: str) -> None:
    page.goto(ARTICLE)
    _look(page, "21-article-corrected")
    after = f"{int(before.replace('.', '')) + 3:,}".replace(",", ".")
    expect(page.locator("a.fig").first).to_contain_text(after)
    main = page.locator("main")
    expect(main).to_contain_text("Đính chính số buổi tuyên truyền theo báo cáo đã sửa của một xã.")
    expect(main).to_contain_text(before)
