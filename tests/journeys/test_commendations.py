"""A whole campaign in a real browser: nominations from three levels, two authorities, two councils, two decisions, certificates, two sites,
a phone without a line, a corrected figure, and the same certificate afterwards."""
from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, Request, expect

from soket.demo.people import PASSWORD
from soket.kernel.clock import today
from tests.journeys.cast import Cast, choose, fill, healthy, main, press
from tests.journeys.conftest import ROOT, Server
from tests.journeys.test_desk import HOME as CONFERENCE
from tests.journeys.test_desk import SOON
from tests.journeys.test_review_conference import _desk

HOME = "/khen-thuong/khen-thuong-hanh-trinh/"
REVIEW = "/so-ket/so-ket-nam-2025/"
MINISTRY, FRONT = "Bằng khen của Bộ trưởng Bộ Công an", "Bằng khen của Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
COMMUNE, PROVINCE, PERSON = "Công an xã A Sào", "Công an tỉnh Hưng Yên", "Phó Cục trưởng phụ trách dân vận"
CODE = re.compile(r"[A-Z2-7]+\.[A-Z2-7]+")  # a statement and its signature, as the printed code holds them
FLAGGED = re.compile("Đề nghị số 4, Khen thưởng hành trình thử")
_healthy = partial(healthy, "commendations")


def campaign(cast: Cast) -> None:
    """The office prepares a campaign: two forms by two issuers, three levels that propose, one collective a province; it opens."""
    office, day = cast("vanphong", "/khen-thuong/"), today()
    office.get_by_role("link", name="Lập đợt khen thưởng").click()
    office.locator("#id_review").select_option(label="Sơ kết năm 2025 thực hiện chương trình phối hợp giai đoạn 2023–2033")
    days = {"opens_on": 0, "nominate_until": 1, "appraise_until": 20, "decide_until": 40}
    fill(office, title="Khen thưởng hành trình thử", code="KT-HT", slug="khen-thuong-hanh-trinh", objection_days="0",
         standards="Hoàn thành xuất sắc nhiệm vụ phối hợp.", **{name: f"{day + timedelta(days=ahead)}" for name, ahead in days.items()})  # fmt: skip
    _healthy(office, "01-campaign-new")
    press(office, "Lập đợt khen thưởng")
    office.wait_for_url(f"**{HOME}")
    office.get_by_role("link", name="Hình thức khen thưởng của đợt").click()
    for name in (MINISTRY, FRONT):
        choose(office, "form", name)
        press(office, "Thêm hình thức")
        expect(main(office)).to_contain_text("Đã thêm")
    _healthy(office, "02-campaign-forms")


def opening(cast: Cast) -> None:
    """Three levels may propose, one collective a province for the ministry's form; the campaign opens."""
    office = cast("vanphong", HOME)
    expect(main(office)).to_contain_text("Chưa mở được đợt khen thưởng")
    office.get_by_role("link", name="Đơn vị được đề nghị").click()
    for value in ("police:0", "police:1", "police:3", "front:1", "front:3"):
        office.locator(f"input[name=proposers][value='{value}']").check()
    _healthy(office, "03-proposers")
    press(office, "Lưu đơn vị được đề nghị")
    office.get_by_role("link", name="Chỉ tiêu khen thưởng").click()
    _quota(office, "1")
    _healthy(office, "04-quotas")
    press(office, "Lưu chỉ tiêu")
    office.get_by_role("link", name="Mở nhận đề nghị").click()
    press(office, "Mở nhận đề nghị")
    office.wait_for_url(f"**{HOME}")
    _healthy(office, "05-campaign-open")


def _quota(office: Page, limit: str) -> None:
    """Collectives of the ministry's form under one province."""
    office.get_by_label(re.compile(f"{MINISTRY}, mỗi đơn vị cấp tỉnh, Tập thể")).fill(limit)


def nominations(cast: Cast) -> None:
    """Commune, province and centre propose on one frozen figure; the commune's police is proposed for both forms."""
    _proposed(cast, "caxa", MINISTRY, COMMUNE)
    _proposed(cast, "mttqxa", FRONT, COMMUNE)
    _proposed(cast, "catinh", MINISTRY, PROVINCE)
    _proposed(cast, "cuc", MINISTRY, "Bộ Công an", PERSON)
    for username in ("caxa", "mttqxa"):
        page = cast(username, HOME + "de-nghi/")
        expect(main(page)).to_contain_text("đang chờ xem xét trùng")
    _healthy(page, "06-nominations")


def _proposed(cast: Cast, username: str, form: str, unit: str, person: str = "") -> None:
    page = cast(username, HOME)
    page.get_by_role("link", name="Lập đề nghị").click()
    choose(page, "campaign_form", form)
    if person:
        page.get_by_label("Cá nhân", exact=True).check()
        fill(page, person_name=person)
    fill(page, unit=unit, brief="Thành tích xuất sắc trong tuyên truyền năm 2025",
         summary="Cả nước tổ chức {{SK-2025-02}} buổi tuyên truyền; đơn vị nằm trong danh sách đơn vị đóng góp của số liệu này.")  # fmt: skip
    if username == "caxa":
        _healthy(page, "07-nomination-write")
    press(page, "Lưu bản nháp")
    expect(main(page).locator("a.fig").first).to_contain_text(re.compile(r"\d"))
    page.get_by_role("link", name="Gửi xác nhận").click()
    press(page, "Gửi")
    expect(main(page)).to_contain_text("Đã gửi đề nghị")
    if username == "mttqxa":
        _healthy(page, "08-nomination")


def confirmations(cast: Cast) -> None:
    """The levels that submit confirm; the second collective of the province is one too many until the office raises the quota."""
    province = cast("duyettinh")
    province.get_by_role("link", name="Đề nghị chờ xác nhận, KT-HT").click()
    for box in province.locator("input[name=nomination]").all():
        box.check()
    province.locator("#id_clear").check()
    press(province, "Xác nhận các đề nghị đã chọn")
    expect(main(province)).to_contain_text(f"Đã đề nghị 1/1 tập thể của {PROVINCE}: đã hết chỉ tiêu.")
    _healthy(province, "09-over-quota")
    office = cast("vanphong", HOME + "chi-tieu/")
    _quota(office, "2")
    fill(office, reason="Tỉnh có hai đơn vị dẫn đầu, thống nhất tại cuộc họp liên ngành")
    press(office, "Lưu chỉ tiêu")
    expect(main(office)).to_contain_text("thống nhất tại cuộc họp liên ngành")
    main(province).get_by_role("link", name=PROVINCE).first.click()
    province.get_by_role("link", name="Xác nhận", exact=True).click()
    province.locator("#id_clear").check()
    _healthy(province, "10-confirm")
    press(province, "Xác nhận và chuyển thẩm định")
    expect(main(province)).to_contain_text("đề nghị đã chuyển cơ quan thẩm định")
    for username in ("duyetmttq", "duyettw"):
        page = cast(username, HOME + "de-nghi/xac-nhan/")
        page.locator("input[name=nomination]").check()
        page.locator("#id_clear").check()
        press(page, "Xác nhận các đề nghị đã chọn")
        expect(main(page)).to_contain_text("Đã xác nhận 1 đề nghị")
    office.goto(HOME + "buoc-tiep/")
    fill(office, reason="Các cấp đã gửi đủ đề nghị")
    _healthy(office, "11-close-nominations")
    press(office, "Khóa nhận đề nghị")
    office.wait_for_url(f"**{HOME}")


def appraisal(cast: Cast) -> None:
    """Both authorities receive in bulk; the ministry's settles the duplicate; both agree in bulk."""
    ministry, front = (cast(username, "/khen-thuong/tham-dinh/?dot=khen-thuong-hanh-trinh") for username in ("khenthuong", "khenthuongmt"))
    for page in (ministry, front):
        expect(main(page).get_by_text("đang chờ xem xét trùng")).to_have_count(2)
        _many(page, "Tiếp nhận các hồ sơ đã chọn", 4)
    _healthy(ministry, "12-board-received")
    row = ministry.get_by_role("row").filter(has_text=MINISTRY).filter(has_text=COMMUNE)
    row.get_by_role("link", name=COMMUNE).click()
    _healthy(ministry, "13-nomination-appraised")
    ministry.get_by_role("link", name="Kết luận về dấu hiệu trùng").click()
    ministry.get_by_label("Cùng một thành tích: giữ đề nghị số 2").check()
    fill(ministry, reason="Cùng một đơn vị, cùng một thành tích; Mặt trận địa bàn đề nghị trực tiếp")
    _healthy(ministry, "14-settle")
    press(ministry, "Ghi nhận kết luận")
    expect(main(ministry)).to_contain_text("Đã ghi nhận kết luận")
    for page in (ministry, front):
        page.goto("/khen-thuong/tham-dinh/?dot=khen-thuong-hanh-trinh")
        _many(page, "Đồng ý các hồ sơ đã chọn", 3)
    unit = cast("caxa", HOME + "de-nghi/")
    main(unit).get_by_role("link", name=COMMUNE).click()
    expect(main(unit)).to_contain_text("Mặt trận địa bàn đề nghị trực tiếp")
    expect(main(unit).get_by_text("Dừng thẩm định vì đề nghị đã kết thúc")).to_have_count(2)


def _many(page: Page, act: str, count: int) -> None:
    page.get_by_label("Chọn tất cả trên trang này").check()
    press(page, act)
    expect(main(page).locator(".tag--ok", has_text="xong")).to_have_count(count)


def councils(cast: Cast) -> None:
    """The ministry's council votes in secret in three browsers; the Front's by show of hands, noted by its secretary."""
    ministry, front = cast("khenthuong"), cast("khenthuongmt")
    _council(ministry, "hoidong", secret=True)
    _healthy(ministry, "15-council")
    _council(front, "hoidongmt", secret=False)
    receipts = [_in_secret(cast, f"hoidong{number}", number) for number in (1, 2, 3)]
    front.get_by_role("link", name="Ghi biểu quyết từng người").click()
    for box in main(front).locator("select").all():
        box.select_option("yes")
    _healthy(front, "16-hands")
    press(front, "Ghi biểu quyết từng người")
    for page in (front, ministry):
        page.reload()
        page.get_by_role("link", name="Kết thúc bỏ phiếu và kiểm phiếu").click()
        press(page, "Kết thúc bỏ phiếu và kiểm phiếu")
        expect(main(page)).to_contain_text("3/3")
    _healthy(ministry, "17-counted")
    ministry.get_by_role("link", name="Kiểm phiếu lại").click()
    expect(main(ministry)).to_contain_text("Kết quả đúng")
    for receipt in (one for mine in receipts for one in mine):
        assert receipt in ministry.content()
    assert "hoidong1" not in ministry.content()
    _healthy(ministry, "18-recount")
    for page in (ministry, front):
        _ranked(page)


def _council(page: Page, members: str, *, secret: bool) -> None:
    """Set up, plan a meeting on all that wait, fix the agenda, open the vote with everybody present."""
    page.goto(HOME)
    page.get_by_role("link", name="Thành lập Hội đồng").click()
    posts = ("Thứ trưởng | Chủ tịch Hội đồng", "Chánh Văn phòng | Phó Chủ tịch Hội đồng", "Trưởng phòng | Ủy viên, Thư ký")
    fill(page, name="Hội đồng thi đua - khen thưởng", members="\n".join(f"{members}{at} | {post}" for at, post in enumerate(posts, 1)))
    if secret:
        _healthy(page, "19-council-new")
    press(page, "Thành lập Hội đồng")
    page.get_by_role("link", name="Lập phiên họp").click()
    fill(page, held_at=f"{today()}T08:00", place="Phòng họp số 2")
    page.get_by_label("Bỏ phiếu kín" if secret else "Biểu quyết công khai").check()
    if secret:
        _healthy(page, "20-meeting-new")
    press(page, "Lập phiên họp")
    for _asked_twice in range(2):
        press(page, "Chốt nội dung")
    page.get_by_role("link", name="Mở bỏ phiếu").click()
    for box in page.locator("input[name=present]").all():
        box.check()
    press(page, "Mở bỏ phiếu")
    expect(main(page)).to_contain_text("0/3")


def _in_secret(cast: Cast, member: str, number: int) -> list[str]:
    """A member's ballots, sealed in the browser; what is cast carries no cookie. Returns the numbers that only this browser shows."""
    page = cast(member)
    page.get_by_role("link", name="Phiên họp số 1").click()
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.method == "POST" and "/bo/" in one.url else None)
    for ballot in page.locator("secret-ballot").all():
        ballot.get_by_label("Đồng ý", exact=True).check()
        ballot.get_by_role("button", name="Niêm phong và bỏ phiếu").click()
        expect(ballot.locator("[data-told]")).to_contain_text("đã vào hòm phiếu")
    if number == 1:
        _healthy(page, "21-ballots")
    assert len(sent) == 2 and not any({"cookie", "referer", "authorization"} & set(one.all_headers()) for one in sent)
    return [one.inner_text().replace(" ", "") for one in page.locator("[data-receipt] code").all()]


def _ranked(page: Page) -> None:
    page.goto(HOME)
    page.get_by_role("link", name="Hội đồng thi đua - khen thưởng").click()
    listed = page.get_by_role("link", name=re.compile(": (Tập thể|Cá nhân)$"))
    while listed.count():
        listed.first.click()
        press(page, "Ghi nhận thứ tự này")
        expect(main(page)).to_contain_text("Đã lưu thứ tự")


def decisions(cast: Cast) -> None:
    """Each issuer's decision is signed with the password given again; another person opens the names."""
    for username, symbol, count in (("kybca", "QĐ-BCA", 2), ("kymttq", "QĐ-", 1)):
        page = cast(username, HOME)
        page.get_by_role("link", name=re.compile("Trình quyết định")).click()
        fill(page, authority="KT. Bộ trưởng" if username == "kybca" else "TM. Ban Thường trực", password=PASSWORD)
        if username == "kybca":
            _healthy(page, "22-decide")
        press(page, "Ký quyết định")
        expect(page.locator("h1")).to_have_text(re.compile(rf"Quyết định 0\d/{symbol}"))
        expect(main(page).locator("tbody tr")).to_have_count(count)
        expect(page.get_by_role("link", name="Công khai tên")).to_have_count(0)
        office = cast("vanphong", page.url)
        office.get_by_role("link", name="Công khai tên").click()
        if username == "kybca":
            _healthy(office, "23-names")
        press(office, "Công khai tên")
        expect(main(office)).to_contain_text(f"{count} / {count}")
    office.goto(HOME + "tien-thuong/")
    _healthy(office, "23-money")
    office.goto(HOME)
    _healthy(office, "24-campaign-decided")


def certificates(cast: Cast) -> None:
    """Made out, and a print run made by the worker; the file's first page is kept as a photograph of the certificate."""
    for username, symbol in (("khenthuong", "QĐ-BCA"), ("khenthuongmt", "QĐ-MTTW")):
        page = cast(username, HOME)
        page.get_by_role("link", name=symbol).click()
        page.get_by_role("link", name="Bản in").click()
        press(page, "Lập bản in")
    page = cast("khenthuong")
    page.get_by_role("link", name="In Bằng khen, Giấy khen").click()
    _healthy(page, "25-print")
    press(page, "Yêu cầu in")
    file = page.locator("#runs a[href*='/tep/']")
    expect(file).to_be_visible(timeout=60_000)
    _healthy(page, "26-certificates")
    with page.expect_download() as waiting:
        file.click()
    document = pypdfium2.PdfDocument(waiting.value.path())
    assert len(document) == 2
    for number, sheet in enumerate(document):
        sheet.render(scale=150 / 72).to_pil().save(cast.folder / f"certificate-{number}.png")
    document.close()


def handing(cast: Cast) -> None:
    """Assigned to the conference's sites on its page; handed over at two desks."""
    office = cast("vanphong", CONFERENCE + "trao-khen/")
    press(office, "Phân về điểm cầu phù hợp")
    expect(main(office)).to_contain_text("Đã phân lại điểm cầu cho 3 khen thưởng.")
    _healthy(office, "27-sites")
    for username, name, whom in (("caxa", "Bàn xã", COMMUNE), ("vanphong", "Bàn trung tâm", PERSON)):
        page = _desk(cast(username), name, 0)
        page.get_by_role("button", name=f"Ghi đã trao {whom}").click()
        expect(page.locator("[data-line] [data-waiting]")).to_have_text("đã gửi hết", timeout=SOON)
        expect(page.locator("[data-awards]")).to_contain_text("Đã trao")
    _healthy(page, "28-desk")
    office.goto(CONFERENCE + "trao-khen/")
    expect(main(office)).to_contain_text("3/3 khen thưởng đã phân điểm cầu; đã trao 2")


def checking(cast: Cast) -> None:
    """An anonymous telephone opened the page once; with the line cut it reads the photograph of the printed certificate."""
    phone = cast("phone", "/bk/")
    expect(phone.locator("[data-kept]")).to_be_visible(timeout=SOON)
    phone.context.set_offline(True)
    phone.locator("[data-photo]").set_input_files(str(cast.folder / "certificate-1.png"))
    answer = phone.locator(".check__answer")
    expect(answer).to_contain_text("Bản thật, còn hiệu lực", timeout=SOON)
    expect(answer).to_contain_text(re.compile(r"Không có mạng: đây là danh sách đã lưu trên máy này \(\d+ (giây|phút) trước\)"))
    expect(answer).to_contain_text(PERSON)
    _healthy(phone, "29-phone-offline")
    expect(phone.get_by_label("Nội dung mã QR")).to_have_value(CODE)


def correction(cast: Cast) -> None:
    """A report is corrected, the review gets edition 2 with both signatures; both appraisers are told that the figure below the award moved."""
    subprocess.run([sys.executable, "-m", "tests.support.correcting"], check=True, env=cast.server.env, cwd=ROOT, timeout=60)
    office = cast("vanphong", REVIEW + "trinh/")
    fill(office, reason="Công an xã A Sào đính chính số buổi tuyên truyền.")
    press(office, "Tính số liệu và trình ký")
    for signer in ("kybca", "kymttq"):
        page = cast(signer, REVIEW + "ky/")
        fill(page, password=PASSWORD)
        page.locator("input[name=party]").first.check()
        press(page, "Ký")
        page.wait_for_url(f"**{REVIEW}")
    for username in ("khenthuongmt", "khenthuong"):
        page = cast(username, "/viec-can-lam/")
        item = page.get_by_role("link", name=FLAGGED)
        for _asked in range(120):
            if item.count():
                break
            page.wait_for_timeout(250)
            page.reload()
        expect(item).to_be_visible()
    _healthy(page, "30-worklist-flagged")


def cancellation(cast: Cast) -> None:
    """The register shows the flag; the appraiser judges, the issuer cancels on a ground of the law."""
    ministry, reader = cast("khenthuong"), cast("reader")
    ministry.get_by_role("link", name=FLAGGED).click()
    ministry.get_by_label("Căn cứ không còn đủ").check()
    fill(ministry, reason="Số buổi tuyên truyền sau đính chính không còn đạt tiêu chuẩn")
    _healthy(ministry, "31-judge")
    press(ministry, "Ghi kết luận")
    expect(main(ministry)).to_contain_text("Đã ghi kết luận")
    reader.goto("/khen-thuong/so-dang-ky/?tim=Phó+Cục+trưởng")
    main(reader).get_by_role("link", name=PERSON).click()
    expect(main(reader)).to_contain_text("Số liệu làm căn cứ đã được sửa")
    signer = cast("kybca", HOME)
    signer.get_by_role("link", name="QĐ-BCA").click()
    signer.get_by_role("link", name=f"Hủy {PERSON}").click()
    signer.get_by_label("không bảo đảm tiêu chuẩn").check()
    fill(signer, finding="Số liệu làm căn cứ đã được đính chính, thành tích không đạt tiêu chuẩn.", password=PASSWORD)
    _healthy(signer, "32-cancel")
    press(signer, "Ký quyết định hủy bỏ")
    expect(signer.locator("h1")).to_have_text(re.compile(r"Quyết định 0\d/QĐ-BCA"))
    _healthy(signer, "33-cancelling-decision")


def afterwards(cast: Cast) -> None:
    """The same code, on line again, names the decision and the ground; the register keeps the award as cancelled."""
    phone = cast("phone")
    code = phone.get_by_label("Nội dung mã QR").input_value()
    phone.context.set_offline(False)
    phone.goto(f"/bk/#{code}")  # what a scan does
    answer = phone.locator(".check__answer")
    expect(answer).to_contain_text("Đã hủy bỏ theo Quyết định số 03/QĐ-BCA", timeout=SOON)
    expect(answer).to_contain_text("tiêu chuẩn")
    _healthy(phone, "34-phone-cancelled")
    phone.goto("/khen-thuong/so-dang-ky/")
    _healthy(phone, "35-register")
    main(phone).get_by_role("link", name=PERSON).click()
    expect(main(phone)).to_contain_text("03/QĐ-BCA")
    _healthy(phone, "36-award-cancelled")


STAGES = (campaign, opening, nominations, confirmations, appraisal, councils, decisions, certificates, handing, checking, correction, cancellation, afterwards)


def test_a_campaign_from_its_opening_to_a_cancelled_certificate(browser: Browser, chain_server: Server, tmp_path: Path) -> None:
    cast = Cast(browser, chain_server, tmp_path)
    for stage in STAGES:
        stage(cast)
    cast.leave()
