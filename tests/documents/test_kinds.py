"""Papers of commendation read back: exact words of both files, what stands where, and blanks for what is not known."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.documents.core import Paper, PaperError, Paragraph, Table, TextRun
from soket.documents.kinds import ACHIEVEMENT, COUNCIL, DECISION, GOLD_BOOK, KINDS, PROPOSAL, cancellation, council, decision, lists
from soket.documents.kinds.achievement import AchievementFacts, Confirmation, achievement_paper
from soket.documents.kinds.cancellation import GROUNDS, Cancelled, cancellation_paper
from soket.documents.kinds.council import council_paper
from soket.documents.kinds.decision import Award, DecisionFacts, decision_paper
from soket.documents.kinds.proposal import proposal_paper
from soket.documents.kinds.shared import BLANK, NBSP, Recipient, joined, share, tied, totals
from soket.documents.plan import plan, texts
from soket.documents.queries import render_docx, render_pdf

from . import kinds_sample as made
from .reading import MM, every_paragraph, find, paragraph_of, pdf_text, squeezed

pytestmark = pytest.mark.one_database


def words(paper: Paper) -> list[str]:
    """Every paragraph of the Word file; the PDF of the same paper says them all as well."""
    found = [one.text for one in every_paragraph(docx.Document(BytesIO(render_docx(paper)))) if one.text.strip()]
    read = _bare(pdf_text(render_pdf(paper)))
    assert [text for text in found if _bare(text) not in read] == []
    return found


def _bare(text: str) -> str:
    """Text without blanks and hyphens: the reader takes a hyphen at a line's end for one that the line end made."""
    return re.sub("[-\ufffe\x02]", "", squeezed(text))


def between(found: list[str], first: str, last: str) -> list[str]:
    return found[found.index(first) : found.index(last)]


def test_a_proposal_says_who_asks_whom_for_what() -> None:
    found = words(proposal_paper(made.proposal_facts()))
    assert found[:11] == [
        "BỘ CÔNG AN", "CÔNG AN TỈNH HƯNG YÊN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 312/TTr-CAT-PV05",
        "Hưng Yên, ngày 15 tháng 9 năm 2026", "TỜ TRÌNH", "Về việc đề nghị tặng Bằng khen của Bộ trưởng Bộ Công an", "Kính gửi: Bộ trưởng Bộ Công an",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ.",
    ]  # fmt: skip
    assert found[11:] == [
        "Công an tỉnh Hưng Yên đề nghị tặng Bằng khen của Bộ trưởng Bộ Công an cho 01 tập thể và 02 cá nhân có thành tích xuất sắc trong thực hiện "
        "Chương trình phối hợp số 09/CTr-BCA-MTTW giai đoạn 2013 - 2018 (danh sách dưới đây).",
        "I. Tập thể (01)", "TT", "Tên tập thể", "Thành tích", "1", "Công an tỉnh Hưng Yên", made.BRIEF[0],
        "II. Cá nhân (02)", "TT", "Chức vụ, đơn vị", "Thành tích", "1", "Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên", made.BRIEF[1],
        "2", "Chủ tịch Ủy ban Mặt trận Tổ quốc phường Phố Hiến, Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên", made.BRIEF[2],
        "Hội đồng thi đua - khen thưởng Công an tỉnh Hưng Yên đã họp, bỏ phiếu kín ngày 10 tháng 9 năm 2026 và thống nhất đề nghị.",
        "Hồ sơ gửi kèm gồm:", "- Báo cáo thành tích của từng tập thể, cá nhân có xác nhận;", "- Biên bản họp Hội đồng thi đua - khen thưởng.",
        "Công an tỉnh Hưng Yên kính trình Bộ trưởng Bộ Công an xem xét, quyết định./.",
        "Nơi nhận:", "- Như trên;", "- Công an các đơn vị, địa phương có tên trong danh sách;", "- Lưu: VT, PV05.", "GIÁM ĐỐC",
    ]  # fmt: skip


def test_a_long_proposal_counts_by_form_and_lists_in_an_appendix() -> None:
    planned = plan(proposal_paper(made.proposal_facts(120)))
    body = [text for item in planned.items for text in item.texts()]
    assert body[:3] == [
        "Công an tỉnh Hưng Yên đề nghị khen thưởng 12 tập thể và 108 cá nhân có thành tích xuất sắc trong thực hiện Chương trình phối hợp số "
        "09/CTr-BCA-MTTW giai đoạn 2013 - 2018 (danh sách kèm theo), gồm:",
        "- Bằng khen của Bộ trưởng Bộ Công an: 10 tập thể và 86 cá nhân;",
        "- Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”: 02 tập thể và 22 cá nhân.",
    ]
    (listed,) = planned.appendices
    assert listed.title == ("DANH SÁCH TẬP THỂ, CÁ NHÂN", "ĐỀ NGHỊ KHEN THƯỞNG")
    assert [item.caption for item in listed.items if item.kind == "grid"] == [
        "I. Bằng khen của Bộ trưởng Bộ Công an: tập thể (10)", "II. Bằng khen của Bộ trưởng Bộ Công an: cá nhân (86)",
        "III. Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”: tập thể (02)", "IV. Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”: cá nhân (22)",
    ]  # fmt: skip
    (ten,) = [plan(proposal_paper(made.proposal_facts(count))) for count in (10,)]
    assert ten.appendices == ()
    for facts in (replace(made.proposal_facts(), requests=()), replace(made.proposal_facts(), addressees=())):
        with pytest.raises(PaperError, match="requests"):
            proposal_paper(facts)


def test_an_achievement_report_carries_its_figures_and_its_confirmation() -> None:
    found = words(achievement_paper(made.achievement_facts()))
    assert found[6:] == [
        "BÁO CÁO THÀNH TÍCH", "Đề nghị tặng Bằng khen của Bộ trưởng Bộ Công an",
        "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", "Tên tập thể: Công an xã Tân Hưng", "Đơn vị cấp trên: Công an tỉnh Hưng Yên",
        "Đơn vị có 12 cán bộ, phụ trách 9 thôn.", "II. THÀNH TÍCH ĐẠT ĐƯỢC",
        "Trong kỳ, đơn vị tổ chức 2.467\xa0[SK-2025-02] buổi tuyên truyền với 147.561\xa0[SK-2025-05] lượt người tham dự; "
        "mọi buổi đều có biên bản đối chiếu với Mặt trận cùng cấp.",
        "Đến cuối kỳ có 42\xa0[SK-2025-07] mô hình hoạt động.",
        "Số liệu làm căn cứ", "Mã", "Nội dung", "Số liệu", "Hồ sơ", "Mã niêm phong",
        "SK-2025-02", "Buổi tuyên truyền do công an và Mặt trận cùng tổ chức", "2.467", "Sơ kết 2013 - 2018, bản 2", "7F3A-91C2",
        "SK-2025-05", "Lượt người tham dự các buổi tuyên truyền", "147.561", "Sơ kết 2013 - 2018, bản 2", "7F3A-91C2",
        "SK-2025-07", "Mô hình đang hoạt động đến ngày 31/12/2018", "42", "…………", "…………",
        "Số liệu lấy nguyên văn từ hồ sơ đã niêm phong; mã niêm phong dùng để kiểm chứng.",
        "III. HÌNH THỨC ĐỀ NGHỊ KHEN THƯỞNG",
        "Đề nghị tặng Bằng khen của Bộ trưởng Bộ Công an cho Công an xã Tân Hưng, Công an tỉnh Hưng Yên, có thành tích xuất sắc trong thực hiện "
        "Chương trình phối hợp số 09/CTr-BCA-MTTW giai đoạn 2013 - 2018.",
        "IV. XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG", "Cơ quan xác nhận: Công an tỉnh Hưng Yên", "Ngày xác nhận: ngày 15 tháng 9 năm 2026",
        "Tại thời điểm xác nhận, Công an xã Tân Hưng, Công an tỉnh Hưng Yên không trong thời gian bị xem xét, thi hành kỷ luật, không bị thanh tra, "
        "kiểm tra, xác minh khi có dấu hiệu vi phạm hoặc có đơn thư khiếu nại, tố cáo./.",
        "XÁC NHẬN CỦA CẤP TRÌNH\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "TRƯỞNG CÔNG AN XÃ", "(đã xác nhận trên hệ thống\nlúc 15:58:41 ngày 15/9/2026, GMT+7)",
        "Nơi nhận:", "- Lưu: VT, V05.",
    ]  # fmt: skip


def test_the_reporting_unit_signs_at_the_right_and_who_confirms_at_the_left() -> None:
    with pdfplumber.open(BytesIO(render_pdf(achievement_paper(made.achievement_facts())))) as document:
        page = document.pages[-1]
        confirms, reports = find(page, "XÁC NHẬN CỦA CẤP TRÌNH"), find(page, "TRƯỞNG CÔNG AN XÃ")
    assert confirms["x1"] < 112 * MM < reports["x0"]
    assert confirms["top"] == pytest.approx(reports["top"], abs=0.5)


def test_a_code_that_is_no_bound_figure_is_refused() -> None:
    with pytest.raises(PaperError, match="SK-2025-99"):
        plan(achievement_paper(replace(made.achievement_facts(), text="Tổ chức {{SK-2025-99}} buổi.")))


@pytest.mark.parametrize(
    ("clear", "remark", "said"),
    [
        (None, "", "Về kỷ luật, thanh tra, kiểm tra, khiếu nại, tố cáo: ……………………./."),
        (False, "đang xác minh đơn tố cáo", "thuộc trường hợp chưa xét khen thưởng: đang xác minh đơn tố cáo./."),
        (False, "", "thuộc trường hợp chưa xét khen thưởng: ……………………./."),
        (True, "Đã đối chiếu số liệu", "Đã đối chiếu số liệu./."),
    ],
)  # fmt: skip
def test_what_the_confirming_level_states(clear: bool | None, remark: str, said: str) -> None:
    facts = replace(made.achievement_facts(), confirmation=Confirmation(office="Công an tỉnh Hưng Yên", clear=clear, remark=remark))
    assert plan(achievement_paper(facts)).items[-1].texts()[0].endswith(said)


def test_a_person_is_described_by_post_and_unit_alone() -> None:
    facts = AchievementFacts(
        head=made.head(), recipient=Recipient("person", "", "Trưởng Công an xã Tân Hưng", "Công an tỉnh Hưng Yên"), form=made.MERIT, occasion="",
        confirmation=Confirmation(office=""),
    )  # fmt: skip
    body = [text for item in plan(achievement_paper(facts)).items for text in item.texts()]
    assert body == [
        "I. SƠ LƯỢC LÝ LỊCH CÔNG TÁC", "Chức vụ: Trưởng Công an xã Tân Hưng", "Đơn vị công tác: Công an tỉnh Hưng Yên",
        "II. THÀNH TÍCH ĐẠT ĐƯỢC", BLANK, "III. HÌNH THỨC ĐỀ NGHỊ KHEN THƯỞNG",
        f"Đề nghị tặng {made.MERIT} cho Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên, {BLANK}.",
        "IV. XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG", f"Cơ quan xác nhận: {BLANK}", f"Ngày xác nhận: {BLANK}",
        f"Về kỷ luật, thanh tra, kiểm tra, khiếu nại, tố cáo: {BLANK}./.",
    ]  # fmt: skip


def test_minutes_show_presence_ballots_and_every_share_with_its_parts() -> None:
    found = words(council_paper(made.council_facts()))
    assert found[:8] == [
        "BỘ CÔNG AN", "HỘI ĐỒNG THI ĐUA -\nKHEN THƯỞNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 02/BB-HĐTĐKT",
        "Hà Nội, ngày 15 tháng 9 năm 2026", "BIÊN BẢN",
        "Họp Hội đồng thi đua - khen thưởng Bộ Công an\nxét khen thưởng thành tích thực hiện\nChương trình phối hợp số 09/CTr-BCA-MTTW",
    ]  # fmt: skip
    assert found[8:14] == [
        "Thời gian bắt đầu: 08 giờ 00, ngày 15 tháng 9 năm 2026", "Địa điểm: Trụ sở Bộ Công an", "Chủ trì: Thứ trưởng Bộ Công an, Chủ tịch Hội đồng",
        "Thư ký: Trưởng phòng Thi đua - khen thưởng", "I. THÀNH PHẦN THAM DỰ", "Có mặt 8/9 thành viên Hội đồng.",
    ]  # fmt: skip
    assert found[found.index("9") + 1 : found.index("9") + 4] == ["Chánh Văn phòng Bộ Công an", "Ủy viên", "Vắng: đi công tác, có văn bản ủy quyền"]
    assert found[found.index("9") + 4 : found.index("TT", 30)] == [
        "Số thành viên dự họp ít nhất là 6/9 (hai phần ba số thành viên, theo khoản 2 Điều 7 Quy chế hoạt động của Hội đồng). "
        "Hội đồng đủ điều kiện tiến hành họp.",
        "II. XUNG ĐỘT LỢI ÍCH",
        "- Cục trưởng Cục nghiệp vụ số 3 không tham gia bỏ phiếu đối với Trưởng Công an xã Tân Hưng (lý do: là người đã trình đề nghị).",
        "III. BỎ PHIẾU", "Hình thức: bỏ phiếu kín", "Số phiếu: phát ra: 8; thu về: 8; hợp lệ: 8; không hợp lệ: 0", "Tỷ lệ tính trên: số phiếu hợp lệ",
        "Điều kiện thông qua: từ 80 % số phiếu hợp lệ trở lên, theo khoản 3 Điều 7 Quy chế hoạt động của Hội đồng",
        "Mã băm SHA-256 của danh sách phiếu: 7f3a91c2 0b4ed8a6 c1d20f93 b67e485a 9b1c6d7e 20f4a381 5e19c07d 4482bb0e", "IV. KẾT QUẢ", "Tập thể (01)",
    ]  # fmt: skip
    assert between(found, "Cá nhân (02)", "V. DANH SÁCH DỰ BỊ")[1:] == [
        "TT", "Tập thể, cá nhân đề nghị", "Số phiếu", "Tỷ lệ\nđồng\xa0ý", "Kết quả", "Đồng\xa0ý", "Không\nđồng\xa0ý", "Trắng",
        "1", "Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên", "7", "0", "1", "7/8 (87,5\xa0%)", "Đạt",
        "2", "Chủ tịch Ủy ban Mặt trận Tổ quốc phường Phố Hiến, Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên", "6", "1", "1", "6/8 (75,0\xa0%)", "Không đạt",
    ]  # fmt: skip
    assert found[found.index("V. DANH SÁCH DỰ BỊ") + 1 :] == [
        "1. Công an xã Tiên Lữ: 6/8 (75 %).", "2. Công an phường Hồng Châu: 5/8 (62,5 %).",
        "Cuộc họp kết thúc vào 11 giờ 15, ngày 15 tháng 9 năm 2026. Biên bản này được lập để làm căn cứ trình khen thưởng./.",
        "THƯ KÝ", "CHỦ TỌA\nTHỨ TRƯỞNG\nKIÊM CHỦ TỊCH HỘI ĐỒNG", "Nơi nhận:", "- Các thành viên Hội đồng;", "- Lưu: VT, V05.",
    ]  # fmt: skip


def test_minutes_of_an_open_vote_and_a_short_council() -> None:
    facts = replace(
        made.council_facts(), method="open", quorum=9, quorum_rule="", ballots=council.Ballots(), digest="", conflicts=(), reserve=(),
        remarks=("Rà soát lại danh sách;",), results=(replace(made.council_facts().results[0], passed=None, note="chờ bổ sung"),),
    )  # fmt: skip
    body = [text for item in plan(council_paper(facts)).items for text in item.texts()]
    assert "Số thành viên dự họp ít nhất là 9/9. Hội đồng không đủ điều kiện tiến hành họp." in body
    assert body[body.index("II. XUNG ĐỘT LỢI ÍCH") + 1 :][:6] == [
        "Không có thành viên nào khai báo xung đột lợi ích.", "III. BIỂU QUYẾT", "Hình thức: biểu quyết công khai", "Tỷ lệ tính trên: số phiếu hợp lệ",
        f"Điều kiện thông qua: {facts.threshold}", "IV. KẾT QUẢ",
    ]  # fmt: skip
    assert ("Số ý kiến" in body, "………… (chờ bổ sung)" in body, "1. Rà soát lại danh sách." in body) == (True, True, True)
    assert [text for text in body if "băm" in text or "DỰ BỊ" in text or "phát ra" in text] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"ballots": council.Ballots(8, 8, 7, 0)}, {"ballots": council.Ballots(7, 8, 8, 0)}, {"results": ()},
        {"results": (council.Result(made.POLICE, made.MERIT, 9, 0, 0, 8, True),)}, {"results": (council.Result(made.POLICE, made.MERIT, 7, -1, 0, 8, True),)},
    ],
)  # fmt: skip
def test_counts_that_contradict_one_another_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(PaperError):
        council_paper(replace(made.council_facts(), **wrong))


def test_a_decision_names_up_to_three_and_adds_up_the_money() -> None:
    found = words(decision_paper(made.decision_facts()))
    assert found[3:] == [
        "Số: 07/QĐ-BCA", "Hà Nội, ngày 15 tháng 9 năm 2026", "QUYẾT ĐỊNH", "Về việc tặng Bằng khen của Bộ trưởng Bộ Công an", "BỘ TRƯỞNG BỘ CÔNG AN",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ;",
        "Theo đề nghị của Chủ tịch Hội đồng thi đua - khen thưởng Bộ Công an.", "QUYẾT ĐỊNH:",
        "Điều 1. Tặng Bằng khen của Bộ trưởng Bộ Công an cho 01 tập thể và 02 cá nhân có thành tích xuất sắc trong thực hiện Chương trình phối hợp số "
        "09/CTr-BCA-MTTW giai đoạn 2013 - 2018:",
        "1. Công an tỉnh Hưng Yên (số vào sổ vàng:\xa0101);",
        "2. Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên (số vào sổ vàng:\xa0102);",
        "3. Chủ tịch Ủy ban Mặt trận Tổ quốc phường Phố Hiến, Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên (số vào sổ vàng:\xa0103).",
        "Điều 2. Tổng số tiền thưởng là 14.040.000\xa0đồng, gồm:",
        "- Tập thể: 1 × 7.020.000\xa0đồng = 7.020.000\xa0đồng (3,0 lần mức lương cơ sở, theo Điều 54 Nghị định số 152/2025/NĐ-CP);",
        "- Cá nhân: 2 × 3.510.000\xa0đồng = 7.020.000\xa0đồng (1,5 lần mức lương cơ sở, theo Điều 54 Nghị định số 152/2025/NĐ-CP).",
        "Kinh phí: quỹ thi đua, khen thưởng của Bộ Công an.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Bộ Công an, Cục trưởng Cục Kế hoạch và Tài chính và các tập thể, cá nhân "
        "có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        "Nơi nhận:", "- Như Điều 3;", "- Ban Thi đua - Khen thưởng Trung ương;", "- Cổng thông tin điện tử Bộ Công an;", "- Lưu: VT, V05.", "BỘ TRƯỞNG",
    ]  # fmt: skip


def test_who_decides_and_the_word_of_decision_stand_in_the_middle_and_articles_run_in() -> None:
    paper = decision_paper(made.decision_facts())
    with pdfplumber.open(BytesIO(render_pdf(paper))) as document:
        page = document.pages[0]
        for text in ("BỘ TRƯỞNG BỘ CÔNG AN", "QUYẾT ĐỊNH:"):
            line = find(page, text)
            assert (line["size"], line["font"]) == (pytest.approx(14), "Tinos-Bold")
            assert (line["x0"] + line["x1"]) / 2 == pytest.approx((30 + 165 / 2) * MM, abs=0.5)
        article, rest = find(page, "Điều 1."), find(page, "Tặng Bằng khen")
        assert (article["font"], rest["font"], article["top"]) == ("Tinos-Bold", "Tinos", pytest.approx(rest["top"], abs=0.1))
    word = docx.Document(BytesIO(render_docx(paper)))
    for text in ("BỘ TRƯỞNG BỘ CÔNG AN", "QUYẾT ĐỊNH:"):
        line = paragraph_of(word, text)
        assert (line.alignment, line.runs[0].font.bold, line.runs[0].font.size.pt, line.paragraph_format.keep_with_next) == (1, True, 14, True)
    assert [(run.text, run.font.bold) for run in paragraph_of(word, "Điều 1.").runs][0] == ("Điều 1. ", True)
    assert [run.font.bold for run in paragraph_of(word, "Điều 1.").runs] == [True, False]


def test_a_long_decision_counts_in_the_article_and_lists_every_recipient_once() -> None:
    paper = decision_paper(made.decision_facts(120))
    with pdfplumber.open(BytesIO(render_pdf(paper))) as document:
        pages = [page.extract_text() for page in document.pages]
    assert len(pages) > 5
    assert "Điều 1. Khen thưởng 12 tập thể và 108 cá nhân có thành tích" in pages[0]
    assert pages[0].rstrip().endswith("SỐ LIỆU MINH HỌA")
    assert "BỘ TRƯỞNG" in pages[0].split("Nơi nhận:")[1]
    assert "(Kèm theo Quyết định số 07/QĐ-BCA ngày 15 tháng 9 năm 2026\ncủa Bộ trưởng Bộ Công an)" in pages[1]
    assert all("TT " in page and "Thành tích" in page and "Số vào" in page for page in pages[1:])
    numbers = re.findall(r"(?<=\s)(\d{3})(?=\n)", "\n".join(pages[1:]) + "\n")
    assert {str(number) for number in range(101, 221)} <= set(numbers)
    for title in ("III. Kỷ niệm chương", "IV. Kỷ niệm chương"):
        (holder,) = [page for page in pages if title in page]
        assert "1 " in holder.split(title)[1]


def test_one_recipient_several_forms_and_money_left_to_the_rules() -> None:
    facts = made.decision_facts()
    one = replace(facts, awards=facts.awards[:1], money=(), fund="", carried_out_by=())
    assert [text for item in plan(decision_paper(one)).items for text in item.texts()] == [
        f"Điều 1. Tặng Bằng khen của Bộ trưởng Bộ Công an cho Công an tỉnh Hưng Yên (số vào sổ vàng:\xa0101) {made.OCCASION}.",
        "Điều 2. Tiền thưởng kèm theo hình thức khen thưởng thực hiện theo quy định.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    ]
    two = replace(facts, awards=(facts.awards[0], replace(facts.awards[1], form=made.MEDAL, gold_number=None)), money=())
    assert [item.texts()[0] for item in plan(decision_paper(two)).items][:3] == [
        f"Điều 1. Khen thưởng 01 tập thể và 01 cá nhân {made.OCCASION}:",
        "1. Tặng Bằng khen của Bộ trưởng Bộ Công an cho Công an tỉnh Hưng Yên (số vào sổ vàng:\xa0101);",
        "2. Tặng Kỷ niệm chương “Bảo vệ an ninh Tổ quốc” cho Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên.",
    ]
    assert plan(decision_paper(two)).summary.lines == ("Về việc tặng Bằng khen của Bộ trưởng Bộ Công an", "và Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”")
    with pytest.raises(PaperError):
        decision_paper(replace(facts, awards=()))


def test_a_draft_leaves_blank_what_is_not_known() -> None:
    drafted = plan(decision_paper(DecisionFacts(head=made.DRAFT, power="", bases=(), proposer="", occasion="", awards=(Award(made.CHIEF, made.MERIT),))))
    assert (drafted.number, drafted.place_date) == (f"Số: {NBSP * 9}/QĐ", (f"…………, ngày{NBSP * 6}tháng{NBSP * 6}năm{NBSP * 8}",))
    assert (drafted.authority, drafted.bases, drafted.signers[0].title) == ((BLANK,), (f"Theo đề nghị của {BLANK}.",), (BLANK,))
    cancelled = cancellation.CancellationFacts(
        head=made.DRAFT, power="", bases=(), proposer="", ground=GROUNDS["forged_dossier"], finding="", awards=(Cancelled(made.CHIEF, made.MERIT, "", None),)
    )  # fmt: skip
    body = [text for item in plan(cancellation_paper(cancelled)).items for text in item.texts()]
    assert body[0].endswith(f"tại Quyết định số {BLANK} ngày {BLANK}.")
    assert body[2:4] == [
        f"Kết luận cụ thể: {BLANK}",
        "Điều 3. Thu hồi của Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên Bằng khen của Bộ trưởng Bộ Công an và số tiền thưởng ………… đồng; "
        f"nộp về {BLANK} chậm nhất ngày {BLANK}.",
    ]
    minutes = replace(
        made.council_facts(), head=made.DRAFT, opened_at=None, closed_at=None, venue="", members=(), quorum=None, quorum_rule="", digest="",
        ballots=council.Ballots(issued=8), threshold="", denominator="",
    )  # fmt: skip
    said = [text for item in plan(council_paper(minutes)).items for text in item.texts()]
    assert [text for text in said if "…" in text] == [
        f"Thời gian bắt đầu: {BLANK}", f"Địa điểm: {BLANK}", BLANK, f"Điều kiện về số thành viên dự họp: {BLANK}",
        "Số phiếu: phát ra: 8; thu về: …………; hợp lệ: …………; không hợp lệ: …………", f"Tỷ lệ tính trên: {BLANK}", f"Điều kiện thông qua: {BLANK}",
        f"Mã băm SHA-256 của danh sách phiếu: {BLANK}", f"Cuộc họp kết thúc vào {BLANK}. Biên bản này được lập để làm căn cứ trình khen thưởng./.",
    ]  # fmt: skip


def test_a_cancellation_names_ground_finding_object_and_money() -> None:
    found = words(cancellation_paper(made.cancellation_facts()))
    assert found[6] == "Về việc hủy bỏ quyết định tặng\nBằng khen của Bộ trưởng Bộ Công an\nvà thu hồi hiện vật khen thưởng, tiền thưởng"
    assert between(found, "QUYẾT ĐỊNH:", "Nơi nhận:")[1:] == [
        "Điều 1. Hủy bỏ việc tặng Bằng khen của Bộ trưởng Bộ Công an cho Công an tỉnh Hưng Yên tại Quyết định số 07/QĐ-BCA ngày 03 tháng 02 năm 2026 "
        "(số vào sổ vàng:\xa0101).",
        "Điều 2. Căn cứ hủy bỏ: có hành vi gian dối trong việc kê khai công trạng, thành tích để được tặng hình thức khen thưởng "
        "(điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15).",
        "Số liệu SK-2025-02 trong báo cáo thành tích đã được đính chính từ 2.467 thành 1.204 buổi tại hồ sơ sơ kết bản 3; đơn vị đã kê khai trùng.",
        "Điều 3. Thu hồi của Công an tỉnh Hưng Yên Bằng khen của Bộ trưởng Bộ Công an và số tiền thưởng 7.020.000\xa0đồng; "
        "nộp về Cục Công tác đảng và công tác chính trị chậm nhất ngày 15 tháng 10 năm 2026.",
        "Điều 4. Quyết định này có hiệu lực kể từ ngày ký. Cục trưởng Cục Kế hoạch và Tài chính và các tập thể, cá nhân có tên tại Điều 1 "
        "chịu trách nhiệm thi hành Quyết định này./.",
    ]
    assert "- Như Điều 4;" in found
    with pytest.raises(PaperError):
        cancellation_paper(replace(made.cancellation_facts(), awards=()))


def test_several_cancellations_are_named_or_listed_and_money_added_only_when_all_is_known() -> None:
    facts = made.cancellation_facts(3)
    nothing, unknown = replace(facts.awards[1], money=0), replace(facts.awards[2], money=None, object="Bằng khen và khung")
    few = plan(cancellation_paper(replace(facts, awards=(facts.awards[0], nothing, unknown))))
    said = [text for item in few.items for text in item.texts()]
    assert said[1].startswith("1. Tặng Bằng khen của Bộ trưởng Bộ Công an cho Công an tỉnh Hưng Yên tại Quyết định số 07/QĐ-BCA")
    assert said[7:10] == [
        "1. Công an tỉnh Hưng Yên: Bằng khen của Bộ trưởng Bộ Công an và số tiền thưởng 7.020.000\xa0đồng.",
        "2. Trưởng Công an xã Tân Hưng, Công an tỉnh Hưng Yên: Bằng khen của Bộ trưởng Bộ Công an; không có tiền thưởng phải thu hồi.",
        "3. Chủ tịch Ủy ban Mặt trận Tổ quốc phường Phố Hiến, Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên: Bằng khen và khung và số tiền thưởng ………… đồng.",
    ]
    many = made.cancellation_facts(40)
    whole = plan(cancellation_paper(many))
    assert whole.items[0].texts() == ("Điều 1. Hủy bỏ việc khen thưởng 04 tập thể và 36 cá nhân (danh sách kèm theo).",)
    assert "tổng số tiền 154.440.000\xa0đồng;" in whole.items[3].texts()[0]
    tables = whole.appendices[0].items
    assert [(table.caption, table.texts()[-2:]) for table in tables] == [
        ("I. Tập thể (04)", ("Cộng", "28.080.000")), ("II. Cá nhân (36)", ("Cộng", "126.360.000")),
    ]  # fmt: skip
    unknown = replace(many.awards[-1], money=None, decision="", decided_on=None, gold_number=None)
    gone = plan(cancellation_paper(replace(many, awards=(*many.awards[:-1], unknown))))
    assert f"tổng số tiền {BLANK};" in gone.items[3].texts()[0]
    assert gone.appendices[0].items[1].texts()[-4:] == ("Trưởng ban Công tác Mặt trận thôn số 36, tỉnh Lào Cai", "………… ngày\xa0…………", "…………", "…………")


@pytest.mark.parametrize(
    ("code", "point"), [("false_declaration", "điểm a"), ("forged_dossier", "điểm b"), ("improper_appraisal", "điểm c"), ("standards_not_met", "điểm d")]
)
def test_each_ground_of_the_law_is_cited_by_its_point(code: str, point: str) -> None:
    paper = cancellation_paper(replace(made.cancellation_facts(), ground=GROUNDS[code]))
    (reason,) = [text for text in texts(plan(paper)) if text.startswith("Điều 2.")]
    assert reason == f"Điều 2. Căn cứ hủy bỏ: {GROUNDS[code].text} ({point} khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15)."
    assert len(GROUNDS) == 4


def test_the_verification_stays_with_the_signature() -> None:
    for filler in range(0, 14, 2):
        facts = replace(made.cancellation_facts(), finding="\n".join(["Dòng."] * filler))
        with pdfplumber.open(BytesIO(render_pdf(cancellation_paper(facts)))) as document:
            (holder,) = [page.extract_text() for page in document.pages if "Mã niêm phong" in page.extract_text()]
        assert "Điều 4." in holder
        assert "BỘ TRƯỞNG\n" in holder


def test_a_small_table_is_never_torn_from_its_head() -> None:
    table = Table((lists.Column("TT", 1), lists.Column("Tên", 5)), (lists.Row(("1", "Hàng đầu")), lists.Row(("2", "Hàng cuối"))))
    for filler in range(24, 36):
        blocks = (*(Paragraph((TextRun("Dòng."),)) for _ in range(filler)), table)
        paper = replace(proposal_paper(made.proposal_facts()), blocks=blocks)
        with pdfplumber.open(BytesIO(render_pdf(paper))) as document:
            (holder,) = [page.extract_text() for page in document.pages if "TT Tên" in page.extract_text()]
        assert "1 Hàng đầu\n2 Hàng cuối" in holder


def test_symbols_of_a_kind_are_those_of_the_register() -> None:
    assert (DECISION.symbol("BCA"), PROPOSAL.symbol("CAT-PV05"), COUNCIL.symbol("HĐTĐKT"), ACHIEVEMENT.symbol("")) == (
        "QĐ-BCA", "TTr-CAT-PV05", "BB-HĐTĐKT", "BC",
    )  # fmt: skip
    assert (DECISION.symbol("QĐ-BCA"), GOLD_BOOK.symbol("BCA")) == ("QĐ-BCA", "")
    assert all(code == kind.code and len(code) <= 40 for code, kind in KINDS.items())


def test_the_front_decides_in_its_own_layout() -> None:
    front = made.head(
        family="front", issuer="Ban Thường trực\nỦy ban Trung ương\nMặt trận Tổ quốc Việt Nam", symbol="MTTW-BTT", post="Chủ tịch",
        authority="TM. Ban Thường trực",
    )  # fmt: skip
    planned = plan(decision_paper(replace(made.decision_facts(), head=front, power="Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")))
    assert (planned.layout.code, planned.number) == ("mttq-2013", "Số: 07/QĐ-MTTW-BTT")
    assert planned.authority == ("BAN THƯỜNG TRỰC ỦY BAN", "TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM")
    assert planned.signers[0].title == ("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH")


@pytest.mark.parametrize(
    ("recipient", "title", "station"),
    [
        (Recipient("collective", "Công an xã A", unit="Công an tỉnh B"), "Công an xã A", "Công an tỉnh B"),
        (Recipient("person", "", "Trưởng Công an xã A", "Công an xã A"), "Trưởng Công an xã A", ""),
        (Recipient("person", "", "Trưởng phòng", "Công an tỉnh B"), "Trưởng phòng", "Công an tỉnh B"),
        (Recipient("person", "Người thứ nhất", "Trưởng Công an xã A", "Công an xã A"), "Người thứ nhất", "Trưởng Công an xã A"),
        (Recipient("person", ""), BLANK, ""),
    ],
)  # fmt: skip
def test_a_recipient_is_named_once(recipient: Recipient, title: str, station: str) -> None:
    assert (recipient.title, recipient.station) == (title, station)


def test_persons_with_names_stand_in_a_column_of_their_own() -> None:
    named = [
        lists.Line(Recipient("person", "Người thứ nhất", "Trưởng phòng"), made.MERIT), lists.Line(Recipient("person", "", "Phó phòng"), made.MERIT, "Tốt"),
        lists.Line(Recipient("collective", "Phòng A", unit="Công an tỉnh B"), made.MERIT, gold_number=5),
        lists.Line(Recipient("collective", "Phòng B"), made.MERIT),
    ]  # fmt: skip
    collectives, persons = lists.list_tables(named)
    assert [column.title for column in persons.columns] == ["TT", "Họ và tên", "Chức vụ, đơn vị", "Thành tích"]
    assert [row.cells for row in persons.rows] == [("1", "Người thứ nhất", "Trưởng phòng", "…………"), ("2", "Phó phòng", "…………", "Tốt")]
    assert [column.title for column in collectives.columns] == ["TT", "Tên tập thể", "Đơn vị cấp trên", "Số vào\nsổ vàng"]
    assert [row.cells for row in collectives.rows] == [("1", "Phòng A", "Công an tỉnh B", "5"), ("2", "Phòng B", "…………", "…………")]


LINES = st.lists(
    st.builds(lists.Line, st.builds(Recipient, st.sampled_from(["collective", "person"]), st.sampled_from(["A", "B", ""])), st.sampled_from(["X", "Y", "Z"])),
    min_size=1, max_size=30,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_lists_hold_every_recipient_once_numbered_from_one(lines: list[lists.Line]) -> None:
    groups = list(lists.groups(lines))
    assert sorted(map(id, lines)) == sorted(id(line) for _title, found in groups for line in found)
    assert all(title.endswith(f"({len(found):02d})") for title, found in groups)
    for table, (_title, found) in zip(lists.list_tables(lines), groups, strict=True):
        assert [row.cells[0] for row in table.rows] == [str(number) for number in range(1, len(found) + 1)]
    counts = [int(number) for number in re.findall(r"\d+", totals(line.recipient for line in lines))]
    assert sum(counts) == len(lines)


def test_small_words() -> None:
    assert (joined([]), joined(["a"]), joined(["a", "b", "a"]), joined(["a", "b", "c"])) == (BLANK, "a", "a và b", "a, b và c")
    assert (share(7, 8), share(0, 0), share(115, 115)) == ("7/8 (87,5\xa0%)", "0/0", "115/115 (100\xa0%)")
    assert tied("Công an tỉnh Hưng Yên - Bắc Ninh").split(" ") == ["Công\xa0an", "tỉnh", "Hưng\xa0Yên\xa0-", "Bắc\xa0Ninh"]
    late = replace(made.council_facts(), closed_at=datetime(2026, 9, 15, 17, 30, tzinfo=UTC))
    assert "kết thúc vào 00 giờ 30, ngày 16 tháng 9 năm 2026." in plan(council_paper(late)).items[-1].texts()[0]
    assert decision.effect(()).startswith("Quyết định này có hiệu lực kể từ ngày ký. Các tập thể")
