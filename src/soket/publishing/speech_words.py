"""Words that a Vietnamese voice says for units, abbreviations and the symbols of document numbers. Data alone, for `speech`."""
from __future__ import annotations

UNITS = {
    "km/h": "ki-lô-mét trên giờ", "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "km": "ki-lô-mét",
    "cm²": "xăng-ti-mét vuông", "cm2": "xăng-ti-mét vuông", "cm": "xăng-ti-mét", "mm": "mi-li-mét",
    "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối", "m3": "mét khối", "m": "mét", "ha": "héc-ta",
    "kg": "ki-lô-gam", "mg": "mi-li-gam", "g": "gam", "ml": "mi-li-lít", "l": "lít", "kWh": "ki-lô-oát giờ", "kW": "ki-lô-oát",
    "MW": "mê-ga-oát", "GB": "gi-ga-bai", "MB": "mê-ga-bai", "KB": "ki-lô-bai", "°C": "độ C", "ºC": "độ C", "°": "độ",
    "%": "phần trăm", "‰": "phần nghìn", "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "₫": "đồng", "USD": "đô la Mỹ", "EUR": "ơ-rô",
}
ABBREVIATIONS = {
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "UBTWMTTQVN": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "MTTQVN": "Mặt trận Tổ quốc Việt Nam", "MTTQ": "Mặt trận Tổ quốc", "MTTW": "Mặt trận Trung ương", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "UBTVQH": "Ủy ban Thường vụ Quốc hội", "ĐBQH": "đại biểu Quốc hội", "BCA": "Bộ Công an", "CAND": "Công an nhân dân",
    "QĐND": "Quân đội nhân dân", "BCĐ": "Ban Chỉ đạo", "BTV": "Ban Thường vụ", "BTT": "Ban Thường trực", "BCH": "Ban Chấp hành", "CLB": "câu lạc bộ",
    "ANTQ": "an ninh Tổ quốc", "ANTT": "an ninh trật tự", "TTATXH": "trật tự an toàn xã hội", "TTATGT": "trật tự an toàn giao thông",
    "ATGT": "an toàn giao thông", "CSGT": "cảnh sát giao thông", "PCCC": "phòng cháy chữa cháy", "CNCH": "cứu nạn cứu hộ", "CCCD": "căn cước công dân",
    "QPAN": "quốc phòng an ninh", "QP-AN": "quốc phòng, an ninh", "KT-XH": "kinh tế xã hội", "XHCN": "xã hội chủ nghĩa", "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông", "BHXH": "bảo hiểm xã hội", "BHYT": "bảo hiểm y tế", "TPHCM": "Thành phố Hồ Chí Minh",
    "TP.HCM": "Thành phố Hồ Chí Minh", "TP. HCM": "Thành phố Hồ Chí Minh", "NĐ-CP": "nghị định Chính phủ", "QĐ-TTg": "quyết định Thủ tướng",
    "TTg": "Thủ tướng", "TW": "Trung ương", "CTr": "chương trình", "QĐ": "quyết định", "NQ": "nghị quyết", "v.v.": "vân vân", "v.v": "vân vân",
    "ĐH": "Đại học", "ĐHQG": "Đại học Quốc gia", "KCN": "khu công nghiệp", "KDC": "khu dân cư", "TDP": "tổ dân phố", "CNXH": "chủ nghĩa xã hội",
    "CNH": "công nghiệp hóa", "HĐH": "hiện đại hóa", "LLVT": "lực lượng vũ trang", "CBCS": "cán bộ, chiến sĩ", "CSKV": "cảnh sát khu vực",
    "CSHS": "cảnh sát hình sự", "TTXVN": "Thông tấn xã Việt Nam", "CT-XH": "chính trị, xã hội", "BĐBP": "Bộ đội Biên phòng", "CHQS": "Chỉ huy quân sự",
    "TTXH": "trật tự xã hội", "TNXH": "tệ nạn xã hội", "ANM": "an ninh mạng", "ANQG": "an ninh quốc gia", "NTM": "nông thôn mới", "HTX": "hợp tác xã",
    "CNTT": "công nghệ thông tin", "ATTP": "an toàn thực phẩm", "DTTS": "dân tộc thiểu số", "TAND": "Tòa án nhân dân", "VKSND": "Viện kiểm sát nhân dân",
    "LHPN": "Liên hiệp Phụ nữ", "TNCS": "Thanh niên Cộng sản", "LĐLĐ": "Liên đoàn Lao động", "CCB": "Cựu chiến binh", "SN": "sinh năm",
    "BDVTW": "Ban Dân vận Trung ương", "BDV": "Ban Dân vận", "CATP": "Công an thành phố", "Đ/c": "Đồng chí", "đ/c": "đồng chí",
    "PGS.TS": "phó giáo sư, tiến sĩ",
    "GS.TS": "giáo sư, tiến sĩ", "v/v": "về việc", "V/v": "Về việc",
}
BEFORE_A_NAME = {"TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "TT": "thị trấn", "P": "phường", "Q": "quận", "H": "huyện", "X": "xã"}
"""Read so only before a name: "TP Huế", "TP. Huế"; all but the first three need their full stop: "P. An Phú"."""
ROADS = {"QL": "quốc lộ", "ĐT": "đường tỉnh", "TL": "tỉnh lộ", "ĐH": "đường huyện"}
"""Read so only before a number: "QL1A"."""
SYMBOLS = {
    **{name: words for name, words in ABBREVIATIONS.items() if name.isalpha()},
    "NĐ": "nghị định", "CP": "Chính phủ", "CT": "chỉ thị", "KH": "kế hoạch", "TT": "thông tư", "TTLT": "thông tư liên tịch", "BC": "báo cáo",
    "HD": "hướng dẫn", "TB": "thông báo", "CV": "công văn", "TTr": "tờ trình", "KL": "kết luận", "QC": "quy chế", "QCPH": "quy chế phối hợp",
    "CTPH": "chương trình phối hợp", "LT": "liên tịch", "BNV": "Bộ Nội vụ", "BTC": "Bộ Tài chính", "BTP": "Bộ Tư pháp", "BQP": "Bộ Quốc phòng", 
    "BYT": "Bộ Y tế", "QH": "Quốc hội", "BTTTT": "Bộ Thông tin và Truyền thông",
    "VP": "văn phòng", "V": "vụ", "PX": "phòng", "MT": "Mặt trận",
}
LETTERS = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê", "F": "ép", "G": "giê", "H": "hát", "I": "i", "J": "gi",
    "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "rờ", "S": "sờ", "T": "tê", "U": "u", "Ư": "ư",
    "V": "vê", "W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét",
}
