"""Words against figures: a reference of the handbook's table written apart from the code, real sentences, and what stands beside a claim."""
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soket.publishing import core, markup
from soket.ui.core import number, percent

pytestmark = pytest.mark.one_database
SIZES = {"": 1, "nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def stands(mark: str, digits: str, size: str, value: Fraction) -> bool:
    """docs/rooms/publishing.md, "Writing a claim", from the decimal form of what is written."""
    written = Decimal(digits.replace(".", "").replace(",", ".")) * SIZES[size]
    exponent = int(written.normalize().as_tuple().exponent)
    own = Decimal(digits.replace(".", "").replace(",", ".")).as_tuple().exponent
    if not written:
        exponent = int(own)
    said, step = Fraction(written), Fraction(10) ** exponent
    if not mark:
        return said == value
    if abs(value - said) > abs(value) / 10:
        return False
    return {
        "hơn": said < value < said + step, "trên": said < value < said + step, "gần": said - step / 2 <= value < said,
        "khoảng": said - step / 2 <= value <= said + step / 2,
    }[mark]  # fmt: skip


@example("hơn", 12, 0, "nghìn", 0, 12345)
@example("gần", 12350, 0, "", 0, 12345)
@example("khoảng", 123, 1, "nghìn", 0, 12350)
@given(
    st.sampled_from(["", "hơn", "trên", "gần", "khoảng"]), st.integers(0, 10**7), st.integers(0, 2), st.sampled_from(list(SIZES)), st.integers(-1200, 1200),
    st.integers(0, 10**10),
)  # fmt: skip
def test_words_are_judged_as_the_handbook_says(mark: str, units: int, places: int, size: str, off: int, far: int) -> None:
    digits = number(units, places)
    near = Fraction(units, 10**places) * SIZES[size] * (1 + Fraction(off, 10**4))
    for amount in (near, Fraction(far)):
        value = core.Value("01", "không in", amount)
        assert core.true_of(f"{mark} {digits} {size}".strip(), value) == stands(mark, digits, size, amount)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["", "hơn ", "gần ", "khoảng ", "trên "]), st.sampled_from(["%", " %", " phần trăm"]))
@example(9996, 10000, "khoảng ", " %")
def test_what_is_not_the_whole_never_reads_as_the_whole(part: int, whole: int, mark: str, sign: str) -> None:
    value = core.Value("02", percent(part, whole), Fraction(part * 100, whole), percent=True)
    stood = core.true_of(f"{mark}100{sign}", value)
    if mark in {"", "khoảng "}:
        assert stood == (part == whole)
    elif mark == "gần ":
        assert stood == (Fraction(995, 10) <= value.amount < 100)
    assert value.display != "100\u00a0%" or part == whole


@pytest.mark.parametrize(
    ("words", "value", "true"),
    [
        ("98,5%", core.Value("2", "98,5\u00a0%", Fraction(326800, 3319), percent=True), True),
        ("98,5 phần trăm", core.Value("2", "98,5\u00a0%", Fraction(326800, 3319), percent=True), True),
        ("98,5", core.Value("2", "98,5\u00a0%", Fraction(326800, 3319), percent=True), False),
        ("gần 100%", core.Value("2", "99,9\u00a0%", Fraction(9996, 100), percent=True), True),
        ("100%", core.Value("2", "99,9\u00a0%", Fraction(9996, 100), percent=True), False),
        ("hơn 100%", core.Value("2", "104,7\u00a0%", Fraction(1047, 10), percent=True), True),
        ("1,2 triệu", core.Value("1", "1.200.000", Fraction(1200000)), True), ("1.2 triệu", core.Value("1", "1.200.000", Fraction(1200000)), False),
        ("12,3 nghìn", core.Value("1", "12.345", Fraction(12345)), False), ("012.345", core.Value("1", "12.345", Fraction(12345)), False),
        ("12 người", core.Value("1", "12", Fraction(12), measure="đơn vị"), False), ("12 đơn vị", core.Value("1", "12", Fraction(12), measure="đơn vị"), True),
        ("gần một nửa", core.Value("2", "49,0\u00a0%", Fraction(49), percent=True), False), ("hàng nghìn", core.Value("1", "5.000", Fraction(5000)), False),
        ("hơn một vạn", core.Value("1", "12.345", Fraction(12345)), False), ("0", core.Value("1", "0", Fraction(0)), True),
        ("hơn 0", core.Value("1", "0", Fraction(0)), False), ("khoảng 0", core.Value("1", "4", Fraction(4)), False),
        ("−12", core.Value("1", "−12", Fraction(-12)), True), ("12", core.Value("1", "−12", Fraction(-12)), False),
        ("hơn 12", core.Value("1", "−12", Fraction(-12)), False), ("0", core.Value("1", "chưa có số"), False), ("chưa có số", core.Value("1", "chưa có số"),
        True),
        ("không áp dụng", core.Value("1", "chưa có số"), False), ("20–30", core.Value("1", "20–30"), True), ("khoảng 25", core.Value("1", "20–30"), False),
        ("20", core.Value("1", "20–30"), False), ("410.000", core.Value("1", "hơn 410.000", Fraction(410000), mark="over"), False),
        ("khoảng 410.000", core.Value("1", "hơn 410.000", Fraction(410000), mark="over"), False), ("١٢", core.Value("1", "12", Fraction(12)), False),
    ],
)  # fmt: skip
def test_forms_of_vietnamese_numbers(words: str, value: core.Value, true: bool) -> None:
    assert core.true_of(words, value) is true


SENTENCES = {
    "Toàn tỉnh tổ chức 1.245 buổi, thu hút hơn 120 nghìn lượt người.": "1.245 buổi|120 nghìn",
    "Đến nay có 34/34 tỉnh, thành phố ký chương trình.": "34/34 tỉnh",
    "Tỷ lệ đạt 98,5%, tăng 2,3 điểm phần trăm.": "98,5%|2,3 điểm phần trăm", "Vận động được 12,5 tỷ đồng ủng hộ Quỹ “Vì người nghèo”.": "12,5 tỷ",
    "Khen thưởng 15 (mười lăm) tập thể và hai trăm (200) người.": "15 (mười lăm) tập thể|200) người", "Hội nghị nối tới 3.321 điểm cầu.": "3.321 điểm cầu",
    "Thu gom 45 khẩu súng, 1.200 viên đạn.": "45 khẩu|1.200 viên", "Tiếp nhận 560 nguồn tin; cảm hóa 78 đối tượng.": "560 nguồn tin|78 đối tượng",
    "Bình quân mỗi xã có 3,2 mô hình.": "3,2 mô hình", "Mỗi tháng 12 buổi, mỗi năm 3 cuộc, hằng quý 2 đợt.": "12 buổi|3 cuộc|2 đợt",
    "Phát 10.000 tờ rơi, treo 500 băng rôn.": "10.000 tờ|500 băng rôn", "Có 12 đồng chí và 250 đại biểu dự.": "12 đồng chí|250 đại biểu",
    "Trao 50 suất quà, mỗi suất 500.000 đồng.": "50 suất|500.000 đồng", "Số vụ giảm -12% so với cùng kỳ.": "12%", "Kết quả:12 buổi.Đạt.15 xã": "12 buổi|15 xã",
    "Hòa giải thành 456 mâu thuẫn, 2/3 số hộ ký cam kết.": "456 mâu thuẫn|2/3 số", "Gấp 1,5 lần cùng kỳ.": "1,5 lần",
    "Từ 20 đến 30 người; 5-7 mô hình.": "30 người|5-7 mô hình",
    "Năm 2025, 12 xã về đích; từ ngày 1/7, 34 tỉnh vận hành.": "12 xã|34 tỉnh", "Diện tích 120 m², dài 3,5 km, thu 1,5 kg ma túy.": "120 m²|3,5 km|1,5 kg",
    "Ban hành 42 nghị quyết, 15 chỉ thị.": "42 nghị quyết|15 chỉ thị", "Tặng 3 Cờ thi đua, 12 Kỷ niệm chương.": "3 Cờ|12 Kỷ niệm chương",
    "Chương trình có 5 nội dung phối hợp.": "5 nội dung", "Đạt 104,7% kế hoạch.": "104,7%", "Có 12+ người, 7 ý kiến.": "12+ người|7 ý kiến",
    # these name a day, a year, a law, an order or a document
    "Lúc 8 giờ 30 phút ngày 15/7/2026, hội nghị khai mạc.": "", "Nghị quyết số 202/2025/QH15 ngày 12/6/2025.": "",
    "Giai đoạn 2021–2026 người dân tham gia.": "",
    "Năm 2025 – 2026 đơn vị dẫn đầu; năm 2025 và 2026 đơn vị dẫn đầu.": "", "Ngày 19/8 và 2/9 người dân treo cờ; sáng 2/9 hội nghị khai mạc.": "",
    "Tháng 7 người dân ra quân; ngày 15 hội nghị bế mạc; quý 2 đơn vị đạt.": "", "Điều 5 khoản 2 Luật Mặt trận Tổ quốc.": "", "Lần thứ 12 tổ chức hội thi.": "",
    "Tổ 5, phường Bến Nghé; G-20 đơn vị; kỷ niệm 95 năm.": "", "Hàng nghìn lượt, gần một nửa số xã, hơn một vạn người.": "",
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_of_the_news(sentence: str) -> None:
    assert "|".join(match[0] for match in core.loose_numbers(sentence)) == SENTENCES[sentence]


VALUES = {
    "01": core.Value("01", "12.345", Fraction(12345), measure="buổi"), "02": core.Value("02", "98,5\u00a0%", Fraction(326800, 3319), percent=True),
    "03": core.Value("03", "3.268", Fraction(3268), measure="đơn vị"), "04": core.Value("04", "345", Fraction(345), measure="lượt người"),
    "05": core.Value("05", "12,5", Fraction(25, 2), measure="tỷ đồng"), "06": core.Value("06", "hơn 410.000", Fraction(410000), mark="over", measure="buổi"),
}  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Tổ chức {{01}} buổi tuyên truyền.", "nhiều hơn {{01}} buổi", "Có {{03}} xã, đạt {{02}} số xã", "{{03}}/{{03}} đơn vị", "{{03}}–{{03}} đơn vị",
        "huy động {{05}} tỷ đồng", "{{04}} lượt", "ngày 1 {{04}} lượt người", "({{01}} buổi)", "{{01}}, tỷ lệ {{02}}.", "{{01}} tỷ lệ", "{{06}} buổi",
        "{{01|hơn 12 nghìn}} buổi", "{{01|12.345 buổi}} tuyên truyền", "Năm 2026, {{01}} buổi", "“{{01}}”", "**{{01}}** buổi",
    ],
)  # fmt: skip
def test_words_beside_a_claim_that_leave_it_true(line: str) -> None:
    assert markup.faults(line, VALUES) == []


@pytest.mark.parametrize(
    ("line", "found", "right"),
    [
        ("1{{01}} buổi", "112.345", "12.345"), ("Đã có hơn {{01}} buổi", "hơn 12.345", "12.345"), ("gần **{{01}}** buổi", "gần 12.345", "12.345"),
        ("{{01}}x", "12.345x", "12.345 buổi"), ("{{01}} nghìn buổi", "12.345 nghìn", "12.345 buổi"), ("{{05}} triệu đồng", "12,5 triệu", "12,5 tỷ đồng"),
        ("{{01}} người", "12.345 người", "12.345 buổi"), ("{{04}} người", "345 người", "345 lượt người"), ("{{03}}{{01}}", "3.26812.345", "12.345"),
        ("Có 1 {{04}} lượt người", "1 345", "345"), ("{{02}} %", "98,5\u00a0% %", "98,5\u00a0%"), ("dưới {{01}} buổi", "dưới 12.345", "12.345"),
        ("giảm −{{01}} buổi", "giảm −12.345", "12.345"), ("{{01|hơn 12 nghìn}} lượt", "hơn 12 nghìn lượt", "hơn 12 nghìn buổi"), ("{{01}},5", "12.345,5",
        "12.345 buổi"),
        ("hơn {{06}} buổi", "hơn hơn 410.000", "hơn 410.000"), ("[[1]]{{01}}", "112.345", "12.345"), ("{{01}}-[[15 buổi]]", "12.345-15", "12.345 buổi"),
    ],
)  # fmt: skip
def test_words_beside_a_claim_that_change_it_are_refused(line: str, found: str, right: str) -> None:
    assert [(fault.fault, fault.found, fault.expected) for fault in markup.faults(line, VALUES)] == [("seam", found, right)]
    plain = line.replace("**", "")
    assert [fault.found for fault in core.line_faults(plain, VALUES) if fault.fault == "seam"] == [found]
    with pytest.raises(core.TextFault) as fault:
        core.runs(plain, VALUES)
    assert fault.value.fault == "seam"
