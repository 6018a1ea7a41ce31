"""Vietnamese text in words: a table of cases, and numbers read back by a parser of its own."""
from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from soket.publishing.speech import integer, spoken

pytestmark = pytest.mark.one_database
YEARS = "hai nghìn không trăm hai mươi sáu"
CASES = {
    # whole numbers
    "0": "không", "10 buổi": "mười buổi", "11": "mười một", "15": "mười lăm", "21": "hai mươi mốt", "24": "hai mươi tư", "25": "hai mươi lăm",
    "30": "ba mươi", "104": "một trăm linh bốn", "115": "một trăm mười lăm", "121": "một trăm hai mươi mốt", "1.000": "một nghìn",
    "1005": "một nghìn không trăm linh năm", "12.345 buổi": "mười hai nghìn ba trăm bốn mươi lăm buổi", "1.000.005": "một triệu không trăm linh năm",
    "2.146 mô hình": "hai nghìn một trăm bốn mươi sáu mô hình", "1.500.000.000 đồng": "một tỷ năm trăm triệu đồng",
    "hơn 12 nghìn lượt": "hơn mười hai nghìn lượt", "Mã 007": "Mã không không bảy", "gọi 0912345678": "gọi không chín một hai ba bốn năm sáu bảy tám",
    # decimals, signs, ranges, shares
    "12,5 triệu": "mười hai phẩy năm triệu", "0,05": "không phẩy không năm", "2,25": "hai phẩy hai mươi lăm", "3,125": "ba phẩy một hai năm",
    "1.234,5": "một nghìn hai trăm ba mươi tư phẩy năm", "giảm −3": "giảm âm ba", "-5 độ": "âm năm độ", "5-7%": "năm đến bảy phần trăm",
    "giai đoạn 2013–2018": "giai đoạn hai nghìn không trăm mười ba đến hai nghìn không trăm mười tám", "80 - 90 %": "tám mươi đến chín mươi phần trăm",
    "98,5 %": "chín mươi tám phẩy năm phần trăm", "100 %.": "một trăm phần trăm.", "5‰": "năm phần nghìn", "3/4 số xã": "ba phần tư số xã",
    "34/34 đơn vị": "ba mươi tư trên ba mươi tư đơn vị",
    "3.268/3.319 đơn vị": "ba nghìn hai trăm sáu mươi tám trên ba nghìn ba trăm mười chín đơn vị",
    # days and times
    "ngày 15/07/2026": f"ngày mười lăm tháng bảy năm {YEARS}", "chiều 15/07/2026": f"chiều ngày mười lăm tháng bảy năm {YEARS}",
    "từ 15/12/2026 đến 14/6/2026": f"từ ngày mười lăm tháng mười hai năm {YEARS} đến ngày mười bốn tháng sáu năm {YEARS}",
    "ngày 11/3": "ngày mười một tháng ba", "11/3 vừa qua": "ngày mười một tháng ba vừa qua", "Ngày 2/9": "Ngày hai tháng chín",
    "sáng 4/4": "sáng ngày bốn tháng tư", "ngày 30-4": "ngày ba mươi tháng tư", "tháng 4": "tháng tư", "tháng 4/2026": f"tháng tư năm {YEARS}",
    "30/4–1/5": "ngày ba mươi tháng tư đến ngày một tháng năm", "năm 2026": f"năm {YEARS}", "16h30": "mười sáu giờ ba mươi phút",
    "16:30": "mười sáu giờ ba mươi phút", "08:05:09": "tám giờ năm phút chín giây", "8h": "tám giờ", "8 giờ 30 phút": "tám giờ ba mươi phút",
    # order and Roman numerals
    "thứ 2": "thứ hai", "lần thứ 4": "lần thứ tư", "lần thứ 1": "lần thứ nhất", "lần thứ nhất": "lần thứ nhất", "lần thứ I": "lần thứ nhất",
    "lần thứ XIV": "lần thứ mười bốn", "khóa XV": "khóa mười lăm", "Đại hội XIV của Đảng": "Đại hội mười bốn của Đảng",
    "quý IV/2026": f"quý bốn năm {YEARS}", "quý I và II": "quý một và hai", "chương III": "chương ba", "thế kỷ XXI": "thế kỷ hai mươi mốt",
    "Loại C": "Loại C",
    # abbreviations and document numbers
    "UBND, HĐND tỉnh": "Ủy ban nhân dân, Hội đồng nhân dân tỉnh", "MTTQ Việt Nam": "Mặt trận Tổ quốc Việt Nam", "BCA và CAND": "Bộ Công an và Công an nhân dân",
    "ANTQ, ANTT": "an ninh Tổ quốc, an ninh trật tự", "TTg": "Thủ tướng", "TW": "Trung ương", "TP. Huế": "thành phố Huế",
    "TP.HCM": "Thành phố Hồ Chí Minh", "v.v.": "vân vân", "CÔNG AN": "CÔNG AN", "UBNDX": "UBNDX",
    "số 09/CTr-BCA-MTTW": "số không chín trên chương trình, Bộ Công an, Mặt trận Trung ương",
    "Nghị định số 30/2020/NĐ-CP": "Nghị định số ba mươi trên hai nghìn không trăm hai mươi trên nghị định, Chính phủ",
    "Quyết định 15/QĐ-TTg": "Quyết định mười lăm trên quyết định, Thủ tướng", "số 5/BC-X03": "số năm trên báo cáo, ích không ba",
    # units, money, signs
    "12 km, 30 km/h": "mười hai ki-lô-mét, ba mươi ki-lô-mét trên giờ", "120 m²": "một trăm hai mươi mét vuông", "3,5 ha": "ba phẩy năm héc-ta",
    "25°C": "hai mươi lăm độ C", "20.000đ": "hai mươi nghìn đồng", "500.000 đồng/người": "năm trăm nghìn đồng trên người", "R&D": "R và D",
    "và/hoặc": "và hoặc", "1. Kết quả": "một. Kết quả", "I. Kết quả": "một. Kết quả", "V. I. Lê-nin": "V. I. Lê-nin", "- Mở 12 lớp": "Mở mười hai lớp",
    "COVID-19, G7": "COVID mười chín, G bảy", "mục 2.1.3": "mục hai chấm một chấm ba", "thời đại 4.0": "thời đại bốn chấm không",
    # documents of the Party, law numbers, telephones, hours, signs, roads, ratios
    "Nghị quyết số 18-NQ/TW": "Nghị quyết số mười tám, nghị quyết, Trung ương", "Chỉ thị 01-CT/TW": "Chỉ thị không một, chỉ thị, Trung ương",
    "số 38-CTr/BDVTW-BCA": "số ba mươi tám, chương trình, Ban Dân vận Trung ương, Bộ Công an",
    "Thông tư số 15/2012/TTLT-BCA-BTP": "Thông tư số mười lăm trên hai nghìn không trăm mười hai trên thông tư liên tịch, Bộ Công an, Bộ Tư pháp",
    "Luật số 38/2019/QH14": "Luật số ba mươi tám trên hai nghìn không trăm mười chín trên Quốc hội khóa mười bốn",
    "gọi 0912.345.678": "gọi không chín một hai ba bốn năm sáu bảy tám", "(024) 3825 6789": "không hai bốn ba tám hai năm sáu bảy tám chín",
    "1900 1234": "một chín không không một hai ba bốn", "đường dây nóng 113": "đường dây nóng một một ba", "có 113 xã": "có một trăm mười ba xã",
    "7h30 đến 14g30": "bảy giờ ba mươi phút đến mười bốn giờ ba mươi phút", "8h–11h30": "tám giờ đến mười một giờ ba mươi phút", "05 g": "không năm gam",
    "< 0,1 %": "dưới không phẩy một phần trăm", "≥ 95%": "lớn hơn hoặc bằng chín mươi lăm phần trăm", "± 2%": "cộng trừ hai phần trăm",
    "65 triệu đồng/người/năm": "sáu mươi lăm triệu đồng trên người trên năm", "50-60 người/buổi": "năm mươi đến sáu mươi người trên buổi",
    "xã/phường": "xã, phường", "Tỷ lệ 1:5": "Tỷ lệ một trên năm", "QL1A, ĐT 741": "quốc lộ một A, đường tỉnh bảy trăm bốn mươi mốt",
    "Q.1, P. 5": "quận một, phường năm", "mục II.3": "mục hai chấm ba", "ĐH Luật; ĐH XIV": "Đại học Luật; Đại hội mười bốn",
    "120 km²": "một trăm hai mươi ki-lô-mét vuông",
    "0,05 %": "không phẩy không năm phần trăm", "1.234.567": "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy",
    "LLVT, CBCS": "lực lượng vũ trang, cán bộ, chiến sĩ",
    "đ/c Bí thư": "đồng chí Bí thư", "KCN, CNXH": "khu công nghiệp, chủ nghĩa xã hội",
    "Công an xã trực bảo vệ ANTQ": "Công an xã trực bảo vệ an ninh Tổ quốc",
    "A1B": "A một B",
    "Dân vận, dân tin – dân theo": "Dân vận, dân tin, dân theo",
}


@pytest.mark.parametrize("written", CASES)
def test_what_is_written_is_said(written: str) -> None:
    assert spoken(written) == CASES[written]


def test_lines_stay_lines_and_empty_ones_go() -> None:
    assert spoken("Tiêu đề\n\n  2 xã \n") == "Tiêu đề\nhai xã"


ONES = {word: value for value, word in enumerate(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"))}
ONES |= {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words: list[str]) -> int:
    """What a listener understands: greater units first, then hundreds, tens and ones. Written apart from the code under test."""
    for name, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)):
        if name in words:
            cut = len(words) - 1 - words[::-1].index(name) if name == "tỷ" else words.index(name)
            return heard(words[:cut]) * size + heard(words[cut + 1 :])
    total, waiting = 0, 0
    for word in words:
        if word == "trăm":
            total, waiting = total + waiting * 100, 0
        elif word == "mươi":
            total, waiting = total + waiting * 10, 0
        elif word == "mười":
            total += 10
        elif word != "linh":
            waiting = ONES[word]
    return total + waiting


@example(0)
@example(10**12)
@example(1_000_005)
@example(1_000_005_000)
@example(21_000_000_104)
@given(st.integers(0, 10**12))
def test_a_number_is_understood_as_it_was(value: int) -> None:
    words = integer(value)
    assert heard(words.split()) == value
    grouped = f"{value:,}".replace(",", ".")
    assert spoken(f"có {grouped} buổi") == f"có {words} buổi"


@given(st.text(alphabet=st.sampled_from(list("0123456789.,/-–:%hkmIVXThứquý NĐCPđ&()\n")), max_size=40))
def test_nothing_written_leaves_a_digit_or_fails(text: str) -> None:
    assert re.search("[0-9]", spoken(text)) is None


@given(st.text(max_size=60))
def test_any_text_can_be_said(text: str) -> None:
    assert re.search("[0-9]", spoken(text)) is None
