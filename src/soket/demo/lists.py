"""The lists that a unit attaches to its report; their rows add up to the report's own figures."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from soket.demo.content import generator
from soket.demo.sheets import Sheet
from soket.reporting.models import Report

_TOPICS = (
    "Luật An ninh mạng, phòng ngừa lừa đảo trên không gian mạng", "Phòng, chống tội phạm và tệ nạn xã hội",
    "Toàn dân bảo vệ an ninh Tổ quốc", "An toàn giao thông cho học sinh", "Phòng cháy, chữa cháy ở khu dân cư",
    "Phòng, chống ma túy trong thanh thiếu niên", "Quản lý cư trú, căn cước và định danh điện tử",
)  # fmt: skip
_PLACES = ("Hội trường Ủy ban nhân dân", "Nhà văn hóa trung tâm", "Nhà văn hóa thôn, tổ dân phố", "Trường trung học cơ sở", "Trụ sở Công an")
_MODELS = (
    "Tổ tự quản về an ninh, trật tự", "Camera an ninh", "Tiếng kẻng an ninh", "Cổng trường an toàn giao thông",
    "Dòng họ tự quản về an ninh, trật tự", "Tổ liên gia an toàn phòng cháy, chữa cháy", "Khu dân cư không có tội phạm và tệ nạn xã hội",
    "Nhóm Zalo vì bình yên địa bàn", "Thôn, tổ dân phố tự quản", "Cơ sở tôn giáo tham gia bảo vệ an ninh, trật tự",
)  # fmt: skip


def number(content: Mapping[str, Any], code: str) -> int:
    """A cell's number; 0 where it holds none."""
    return int(content["cells"].get(code, {}).get("value") or 0)


def attendances(count: int, people: int, most: int, least: int) -> list[int]:
    """`count` attendances that add up to `people`, the largest `most` and the smallest `least`, as far as they can."""
    if count < 3:
        return [people] if count == 1 else [most, people - most]
    rest, share = people - most - least, count - 2
    return [most, *(rest // share + (place < rest % share) for place in range(share)), least]


def sessions(name: str, report: Report, content: Any) -> Sheet:
    """One row for each session that the report counts."""
    count, people = number(content, "TT01"), number(content, "TT02")
    draw = generator("sessions", report.unit_id, report.round.slug)
    each = attendances(count, people, number(content, "TT07"), number(content, "TT08"))
    draw.shuffle(each)
    length = (report.covers_to - report.covers_from).days
    days = sorted(report.covers_from + timedelta(days=draw.randint(0, length)) for _ in range(count))
    rows = tuple(
        (str(place), f"{day:%d/%m/%Y}", draw.choice(_TOPICS), draw.choice(_PLACES), str(there))
        for place, (day, there) in enumerate(zip(days, each, strict=True), 1)
    )
    columns = (("TT", 1, False), ("Ngày", 2, False), ("Nội dung", 5, False), ("Địa điểm", 4, False), ("Lượt người", 2, True))
    facts = (("Kỳ báo cáo", _period(report)), ("Số buổi", str(count)), ("Tổng số lượt người tham dự", f"{people:,}".replace(",", ".")))
    return Sheet(f"Danh sách buổi tuyên truyền, {name}", name, "Danh sách buổi tuyên truyền", facts, (), columns, rows)


def models(name: str, report: Report, content: Any) -> Sheet:
    """One row for each model that works at the end of the period, and how their number came about."""
    draw = generator("models", report.unit_id, report.round.slug)
    closing, new = number(content, "MH04"), number(content, "MH02")
    years = sorted([*(draw.randint(2014, 2024) for _ in range(max(0, closing - new))), *([report.covers_to.year] * min(new, closing))])
    rows = tuple((str(place), f"{draw.choice(_MODELS)} số {place}", str(year)) for place, year in enumerate(years, 1))
    moves = f"Đầu kỳ {number(content, 'MH01')}, thành lập mới {new}, kết thúc {number(content, 'MH03')}, cuối kỳ {closing} mô hình."
    lines = (moves,) if rows else (moves, "Cuối kỳ không có mô hình nào đang hoạt động.")
    columns = (("TT", 1, False), ("Tên mô hình", 7, False), ("Năm thành lập", 3, True))
    return Sheet(f"Danh mục mô hình, {name}", name, "Danh mục mô hình phối hợp", (("Kỳ báo cáo", _period(report)),), lines, columns if rows else (), rows)


def _period(report: Report) -> str:
    return f"từ {report.covers_from:%d/%m/%Y} đến {report.covers_to:%d/%m/%Y}"
