"""Accounts of the demonstration world: one per role, named by office and post, never by a person."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.accounts import actions
from soket.demo.reports import OFFICE, moment
from soket.kernel.actor import Office
from soket.organisations import queries as organisations
from soket.organisations.core import Node

PASSWORD = "minh-hoa-soket-2026"
TODAY = date(2026, 7, 15)
SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Role:
    """One account: what it may do, where, and what to try first."""

    username: str
    title: str
    offices: tuple[Office, ...]
    line: str
    level: int
    place: str = ""
    try_first: str = ""


ROLES = (
    Role("quantri", "Quản trị hệ thống", (Office.ADMINISTER,), "police", 0, try_first="đổi tên, sáp nhập đơn vị; cấp tài khoản"),
    Role("vanphong", "Văn phòng chương trình", (Office.PROGRAMME,), "police", 0, try_first="chương trình, kỳ báo cáo, tổng hợp, hồ sơ sơ kết"),
    Role("kybca", "Thứ trưởng", (Office.SIGN,), "police", 0, try_first="ký hồ sơ sơ kết"),
    Role("kymttq", "Phó Chủ tịch", (Office.SIGN,), "front", 0, try_first="ký hồ sơ sơ kết"),
    Role("kydanvan", "Phó Trưởng ban", (Office.SIGN,), "mass", 0, try_first="ký hồ sơ sơ kết"),
    Role("phongvien", "Phóng viên", (Office.WRITE,), "police", 0, try_first="viết tin, giao biên tập"),
    Role("bientap", "Biên tập viên", (Office.EDIT,), "police", 0, try_first="soạn bài công bố"),
    Role("duyetbai", "Thư ký tòa soạn", (Office.PUBLISH,), "police", 0, try_first="duyệt và công bố"),
    Role("anhbao", "Phóng viên ảnh", (Office.PICTURE,), "police", 0, try_first="đưa ảnh vào thư viện"),
    Role("thuam", "Kỹ thuật viên âm thanh", (Office.SOUND,), "police", 0, try_first="đưa bản đọc của bài lên"),
    Role("khenthuong", "Cán bộ thi đua, khen thưởng", (Office.COMMEND,), "police", 0, try_first="thẩm định đề nghị, họp Hội đồng, lập bản in"),
    Role("khenthuongmt", "Cán bộ thi đua, khen thưởng", (Office.COMMEND,), "front", 0, try_first="cho ý kiến hiệp y, họp Hội đồng"),
    Role("hoidong1", "Chủ tịch Hội đồng thi đua - khen thưởng", (), "police", 0, try_first="bỏ phiếu kín"),
    Role("hoidong2", "Phó Chủ tịch Hội đồng thi đua - khen thưởng", (), "police", 0, try_first="bỏ phiếu kín"),
    Role("hoidong3", "Ủy viên Hội đồng thi đua - khen thưởng", (), "police", 0, try_first="bỏ phiếu kín"),
    Role("hoidongmt1", "Chủ tịch Hội đồng thi đua - khen thưởng", (), "front", 0, try_first="bỏ phiếu kín"),
    Role("hoidongmt2", "Phó Chủ tịch Hội đồng thi đua - khen thưởng", (), "front", 0, try_first="bỏ phiếu kín"),
    Role("hoidongmt3", "Ủy viên Hội đồng thi đua - khen thưởng", (), "front", 0, try_first="bỏ phiếu kín"),
    Role("cuc", "Cán bộ tổng hợp báo cáo", (Office.REPORT,), "police", 0, try_first="đề nghị khen thưởng cho đơn vị ở trung ương"),
    Role("duyettw", "Cán bộ xét duyệt cấp trung ương", (Office.DECIDE,), "police", 0, try_first="xác nhận đề nghị khen thưởng"),
    Role("catinh", "Cán bộ tổng hợp báo cáo", (Office.REPORT,), "police", 1, "Hưng Yên", "đề nghị khen thưởng cho đơn vị cấp tỉnh"),
    Role("duyettinh", "Cán bộ xét duyệt cấp tỉnh", (Office.DECIDE,), "police", 1, "Hưng Yên", "chấp nhận hoặc trả lại báo cáo cấp xã"),
    Role("duyetmttq", "Cán bộ xét duyệt Mặt trận tỉnh", (Office.DECIDE,), "front", 1, "Hưng Yên", "chấp nhận hoặc trả lại báo cáo cấp xã"),
    Role("caxa", "Cán bộ tổng hợp báo cáo", (Office.REPORT,), "police", 3, "Hưng Yên", "nhập và gửi báo cáo quý"),
    Role("mttqxa", "Cán bộ tổng hợp báo cáo", (Office.REPORT,), "front", 3, "Hưng Yên", "nhập và gửi báo cáo quý"),
)


def unit_of(role: Role) -> Node:
    """The unit where the role sits: the line's centre, a province, or the first commune of that province."""
    if role.level == 0:
        centres = organisations.units_of(role.line, 0, None, TODAY)
        return next((node for node in centres if "Đảng ủy" not in node.name), centres[0])
    provinces = organisations.units_of(role.line, 1, None, TODAY)
    province = next(node for node in provinces if node.name.endswith(f" {role.place}"))
    return province if role.level == 1 else organisations.units_of(role.line, 3, province.id, TODAY)[0]


def create_all() -> list[tuple[Role, str]]:
    """Open the accounts and give the posts; returns each role with its unit's name."""
    made = []
    at = moment(SINCE)
    for role in ROLES:
        unit = unit_of(role)
        label = f"{role.title}, {unit.name}"
        person = actions.create_person(username=role.username, label=label, password=PASSWORD, synthetic=True, by=OFFICE, at=at)
        posts = [actions.PostDraft(person, unit.id, office, role.title, SINCE, "Phân công minh họa") for office in role.offices]
        actions.give_posts(posts=posts, by=OFFICE, at=at)
        made.append((role, unit.name))
    return made
