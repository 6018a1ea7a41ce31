"""The sources and the acts of the loaded lists, with what each source leaves in doubt.

Names of acts, their bases and the doubts are Vietnamese texts stored as data.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.organisations.core.published import Published
from soket.organisations.core.timeline import (
    CENTRE_BOARDS_MERGED,
    DONG_NAI_CITY,
    MERGED_ON,
    POLICE_DISTRICTS_END,
    REFORM,
    SNAPSHOT,
)
from soket.organisations.models import Level, SuccessionKind

COMMUNES_BASIS = "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025 của {name}"
PROVINCES_BASIS = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
CHOICE_BASIS = (
    "Bảng A nối theo mã của Quyết định 19/2025/QĐ-TTg và dẫn tới đủ 3.321 đơn vị cấp xã; bảng B nối theo tên và không có "
    "dòng nào dẫn tới xã Suối Tọ. Nơi bảng A chia một xã cũ, tỷ lệ để ngỏ cho đến khi có cơ quan quyết định."
)


@dataclass(frozen=True)
class ActText:
    """`source` is the code of the source the act comes from."""

    kind: SuccessionKind
    on: date
    title: str
    basis: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class SourceText:
    """`file` names the committed file whose version, licence and hash belong to it."""

    title: str
    citation: str
    doubt: str = ""
    file: str = ""


SOURCES = {
    "areas-2025-01": SourceText(
        "Danh mục đơn vị hành chính đầu năm 2025",
        "vietnamadminunits, theo danhmuchanhchinh.gso.gov.vn; mã theo Quyết định 124/2004/QĐ-TTg",
        "Bản chụp đã công bố của đầu năm 2025, không nêu ngày chính xác; địa giới cấp huyện, cấp xã trước đó chưa nạp. "
        "Ba dòng có cột loại trái với tên in (15061, 27046, 27076): giữ tên in. Huyện 602 ghi Phú Quí, nơi khác ghi Phú Quý.",
        "old_areas.csv",
    ),
    "areas-2025-07": SourceText(
        "Danh mục đơn vị hành chính từ 01/07/2025",
        "vietnamadminunits, theo sapnhap.bando.com.vn; mã theo Quyết định 19/2025/QĐ-TTg",
        "127 xã, phường giữ nguyên theo bảng A (122 xã, 5 phường); đề án ngày 9/5/2025 nêu 128 (124 xã, 4 phường). "
        "Canh Liên (21997) nguyên vẹn ở bảng B, bị chia ở bảng A; Suối Tọ (03901) nguyên vẹn ở A, nhập vào Phù Yên ở B. "
        "Bốn dòng có cột loại trái với tên in: giữ tên in.",
        "new_areas.csv",
    ),
    "mapping-a": SourceText(
        "Bảng A: 471 xã, phường cũ bị chia",
        "vietnamadminunits, tệp converter_2025.json",
        "Không có tỷ lệ chia; dấu “mặc định” trong gói không phải tỷ lệ nên không lấy. Năm huyện đảo không có cấp xã đứng dưới mã huyện.",
        "mapping_a.csv",
    ),
    "mapping-b": SourceText(
        "Bảng B: 297 xã, phường cũ bị chia",
        "vietnam-address-converter, bảng admin_mapping_old_to_new_10_25",
        "Gói dùng số hiệu riêng; nối theo tên qua bảng bí danh đã rà từng dòng. Không dòng nào dẫn tới Suối Tọ (03901): "
        "Suối Tọ cũ được ghi vào Phù Yên. Không có tỷ lệ chia.",
        "mapping_b/mapping_b.csv",
    ),
    "province-links": SourceText("63 tỉnh, thành phố thành 34", f"vietnamadminunits; {PROVINCES_BASIS}", "", "province_links.csv"),
    "provinces-2008": SourceText(
        "63 tỉnh, thành phố từ 01/08/2008",
        "Nghị quyết 15/2008/QH12; Nghị quyết 175/2024/QH15 (thành phố Huế)",
        "Địa giới cấp tỉnh không đổi từ 01/08/2008 đến 30/06/2025; tên và ngày thành lập trước mốc này chưa nạp.",
    ),
    "types-2026": SourceText(
        "Đổi loại đơn vị hành chính năm 2026",
        "Nghị quyết 30/2026/QH16 ngày 14/4/2026; Nghị quyết 237/NQ-UBTVQH16",
        "Mười xã của Đồng Nai thành phường: nguồn không nêu tên nên chưa nạp. Quảng Ninh (01/09/2026) và Bắc Ninh (20/09/2026) "
        "được đưa tin là thành phố trực thuộc trung ương: chưa xác minh, chưa nạp.",
    ),
    "lines": SourceText(
        "Đơn vị của bốn hệ thống, suy từ địa bàn",
        "Báo chí về việc kết thúc công an cấp huyện, kết luận 121-KL/TW, kết luận 160-KL/TW; tên đặt theo địa bàn",
        "Đã công bố 694 công an cấp huyện và 3.319 công an cấp xã; danh mục có 696 huyện và 3.321 xã. Suy ra hai nơi không có "
        "là Hoàng Sa và Trường Sa; ba xã của huyện Trường Sa cũng được coi như không có. Mặt trận, dân vận và Ủy ban nhân dân "
        "được lập trên mọi địa bàn của cấp mình, kể cả huyện đảo và đặc khu, vì nguồn không liệt kê từng nơi.",
    ),
}
KNOWN = {
    Level.CENTRE: "Cơ quan trung ương được ghi từ cùng ngày với cấp tỉnh",
    Level.PROVINCE: "Nghị quyết 15/2008/QH12: 63 tỉnh, thành phố không đổi từ 01/08/2008 đến 30/06/2025",
    Level.DISTRICT: "Bản chụp đã công bố của đầu năm 2025; ngày chính xác không được nêu",
    Level.COMMUNE: "Bản chụp đã công bố của đầu năm 2025; ngày chính xác không được nêu",
}
_BOARDS = "Ban Dân vận và Ban Tuyên giáo hợp nhất thành Ban Tuyên giáo và Dân vận"
_KL121 = "Kết luận 121-KL/TW ngày 24/1/2025"


def act_texts(lists: Published) -> dict[str, ActText]:
    """Every act of the lists by its name in the time line."""
    merge, retype, dissolve = SuccessionKind.MERGE, SuccessionKind.RETYPE, SuccessionKind.DISSOLVE
    found = {
        "hue": ActText(
            retype, SNAPSHOT, "tỉnh Thừa Thiên Huế → thành phố Huế", "Nghị quyết 175/2024/QH15 ngày 30/11/2024", "provinces-2008"
        ),
        "dong-nai": ActText(
            retype, DONG_NAI_CITY, "tỉnh Đồng Nai → thành phố Đồng Nai", "Nghị quyết 30/2026/QH16 ngày 14/4/2026", "types-2026",
            "Nghị quyết 237/NQ-UBTVQH16 chuyển mười xã thành phường; nguồn không nêu tên mười xã nên chưa nạp.",
        ),
        "district": ActText(
            dissolve, REFORM, "Kết thúc đơn vị hành chính cấp huyện", "Nghị quyết 203/2025/QH15 ngày 16/6/2025: chính quyền địa phương hai cấp",
            "areas-2025-07",
        ),
        "police-district": ActText(
            dissolve, POLICE_DISTRICTS_END, "Công an cấp huyện kết thúc hoạt động",
            "Bộ Công an: nhiệm vụ chuyển về công an cấp tỉnh và cấp xã từ 01/03/2025 (số văn bản không nêu trong nguồn)", "lines",
        ),
        "front-district": ActText(
            dissolve, REFORM, "Ủy ban MTTQ Việt Nam cấp huyện kết thúc hoạt động",
            "Nghị quyết 60-NQ/TW ngày 12/4/2025; Kết luận 160-KL/TW ngày 31/5/2025", "lines",
        ),
        "mass-centre": ActText(merge, CENTRE_BOARDS_MERGED, f"{_BOARDS} Trung ương", _KL121, "lines"),
        "mass-82": ActText(merge, MERGED_ON["82"], f"{_BOARDS} Tỉnh ủy Tiền Giang", f"{_KL121}; công bố ngày 06/02/2025", "lines"),
        "mass-12": ActText(merge, POLICE_DISTRICTS_END, f"{_BOARDS} Tỉnh ủy Lai Châu", "Quyết định 1676-QĐ/TU ngày 10/2/2025", "lines"),
        "mass-24": ActText(merge, POLICE_DISTRICTS_END, f"{_BOARDS} Tỉnh ủy Bắc Giang", "Quyết định 983-QĐ/TU ngày 12/2/2025", "lines"),
        "mass-province": ActText(
            merge, POLICE_DISTRICTS_END, f"{_BOARDS} của các tỉnh ủy, thành ủy", _KL121, "lines",
            "Nguồn cho biết việc hợp nhất diễn ra từ tháng 2 đến 01/03/2025; nơi không nêu ngày được ghi theo 01/03/2025.",
        ),
        "mass-district": ActText(
            merge, POLICE_DISTRICTS_END, f"{_BOARDS} ở cấp huyện", _KL121, "lines",
            "Nguồn không nêu ngày hợp nhất ở cấp huyện; ghi theo mốc chung 01/03/2025.",
        ),
    }  # fmt: skip
    for code, row in lists.new.items():
        if row.level == 1:
            title = f"Sắp xếp đơn vị hành chính cấp xã của {row.full_name}"
            found[f"commune:{code}"] = ActText(merge, REFORM, title, COMMUNES_BASIS.format(name=row.full_name), "areas-2025-07")
            if not row.continues:
                before = " + ".join(lists.old[old].full_name for old, new in lists.province_links if new == code)
                found[f"province:{code}"] = ActText(merge, REFORM, f"{before} → {row.full_name}", PROVINCES_BASIS, "province-links")
    return found
