"""Facts for papers of every kind, short and long. Offices are real names, achievements made up, and nobody has a name."""
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from soket.documents.kinds import achievement, cancellation, council, decision, proposal
from soket.documents.kinds.shared import Figure, Head, Recipient

from .sample import PROVINCES_34, PROVINCES_63, VERIFICATION

DAY = date(2026, 9, 15)
MERIT = "Bằng khen của Bộ trưởng Bộ Công an"
MEDAL = "Kỷ niệm chương “Bảo vệ an ninh Tổ quốc”"
FRONT_MERIT = "Bằng khen của Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
OCCASION = "có thành tích xuất sắc trong thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW giai đoạn 2013 - 2018"
BASES = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ",
)
BRIEF = (
    "Dẫn đầu về số mô hình được nhân rộng trong kỳ",
    "Hoàn thành 100 % nghĩa vụ ký kết chương trình phối hợp với Mặt trận cùng cấp, sớm hơn thời hạn 45 ngày",
    "Xây dựng 12 mô hình tự quản, duy trì hoạt động đủ 5 năm",
)


def head(**other: Any) -> Head:
    told: dict[str, Any] = {
        "family": "state", "issuer": "Bộ Công an", "symbol": "BCA", "place": "Hà Nội", "post": "Bộ trưởng", "drawn_up": DAY, "number": 7, "dated": DAY,
        "archive": "VT, V05", "synthetic": True,
    }  # fmt: skip
    return Head(**{**told, **other})


PROVINCIAL = head(
    issuer="Công an tỉnh Hưng Yên", superior="Bộ Công an", symbol="CAT-PV05", place="Hưng Yên", post="Giám đốc", number=312,
    recipients=("Công an các đơn vị, địa phương có tên trong danh sách",), archive="VT, PV05",
)  # fmt: skip
DRAFT = head(number=None, dated=None, symbol="", place="", post="")
POLICE = Recipient("collective", "Công an tỉnh Hưng Yên")
CHIEF = Recipient("person", "", "Trưởng Công an xã Tân Hưng", "Công an tỉnh Hưng Yên")
CHAIR = Recipient("person", "", "Chủ tịch Ủy ban Mặt trận Tổ quốc phường Phố Hiến", "Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên")


def recipients(count: int) -> list[Recipient]:
    """A tenth collectives, the rest persons in office."""
    collectives = [Recipient("collective", f"Công an {'thành phố' if name in ('Hà Nội', 'Huế') else 'tỉnh'} {name}") for name in PROVINCES_34]
    persons = [
        Recipient("person", "", ("Trưởng Công an phường", "Trưởng ban Công tác Mặt trận thôn")[at % 2] + f" số {at + 1}", f"tỉnh {name}")
        for at, name in enumerate(PROVINCES_63 * 2)
    ]
    return collectives[: count // 10] + persons[: count - count // 10]


def proposal_facts(count: int = 3) -> proposal.ProposalFacts:
    who = [POLICE, CHIEF, CHAIR] if count == 3 else recipients(count)
    return proposal.ProposalFacts(
        head=PROVINCIAL, addressees=("Bộ trưởng Bộ Công an",), bases=BASES, occasion=OCCASION,
        requests=tuple(proposal.Request(one, MEDAL if count > 3 and at % 5 == 4 else MERIT, BRIEF[at % 3]) for at, one in enumerate(who)),
        remarks=("Hội đồng thi đua - khen thưởng Công an tỉnh Hưng Yên đã họp, bỏ phiếu kín ngày 10 tháng 9 năm 2026 và thống nhất đề nghị",),
        enclosures=("Báo cáo thành tích của từng tập thể, cá nhân có xác nhận", "Biên bản họp Hội đồng thi đua - khen thưởng"),
    )  # fmt: skip


FIGURES = (
    Figure("SK-2025-02", "Buổi tuyên truyền do công an và Mặt trận cùng tổ chức", "2.467", "Sơ kết 2013 - 2018, bản 2", "7F3A-91C2"),
    Figure("SK-2025-05", "Lượt người tham dự các buổi tuyên truyền", "147.561", "Sơ kết 2013 - 2018, bản 2", "7F3A-91C2"),
    Figure("SK-2025-07", "Mô hình đang hoạt động đến ngày 31/12/2018", "42"),
)
PROSE = (
    "Trong kỳ, đơn vị tổ chức {{SK-2025-02}} buổi tuyên truyền với {{SK-2025-05}} lượt người tham dự; "
    "mọi buổi đều có biên bản đối chiếu với Mặt trận cùng cấp.\n"
    "Đến cuối kỳ có {{SK-2025-07}} mô hình hoạt động."
)
MORE = "Mô hình được theo dõi theo tên, có ngày lập, có người phụ trách, được kiểm tra sáu tháng một lần và báo cáo cấp trên cùng với minh chứng."


def achievement_facts(paragraphs: int = 0) -> achievement.AchievementFacts:
    return achievement.AchievementFacts(
        head=head(issuer="Công an xã Tân Hưng", superior="Công an tỉnh Hưng Yên", symbol="CAX", place="Tân Hưng", post="Trưởng Công an xã", number=4),
        recipient=Recipient("collective", "Công an xã Tân Hưng", unit="Công an tỉnh Hưng Yên"), form=MERIT, occasion=OCCASION,
        profile="Đơn vị có 12 cán bộ, phụ trách 9 thôn.", text="\n".join([PROSE, *[MORE] * paragraphs]), figures=FIGURES,
        confirmation=achievement.Confirmation(
            office="Công an tỉnh Hưng Yên", on=DAY, clear=True, post="Phó Giám đốc", authority="Xác nhận của cấp trình\nKT. Giám đốc",
            signed="(đã xác nhận trên hệ thống\nlúc 15:58:41 ngày 15/9/2026, GMT+7)",
        ),
    )  # fmt: skip


def council_facts(count: int = 3) -> council.CouncilFacts:
    who = [POLICE, CHIEF, CHAIR] if count == 3 else recipients(count)
    members = (
        council.Member("Thứ trưởng Bộ Công an", "Chủ tịch Hội đồng"), council.Member("Cục trưởng Cục Công tác đảng và công tác chính trị", "Phó Chủ tịch"),
        council.Member("Cục trưởng Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc", "Ủy viên thường trực"),
        *[council.Member(f"Cục trưởng Cục nghiệp vụ số {number}", "Ủy viên") for number in range(1, 6)],
        council.Member("Chánh Văn phòng Bộ Công an", "Ủy viên", present=False, note="đi công tác, có văn bản ủy quyền"),
    )  # fmt: skip
    results = tuple(
        council.Result(one, MERIT if at % 5 != 4 else MEDAL, 8 - at % 4, 1 if at % 4 > 1 else 0, at % 4 - (1 if at % 4 > 1 else 0), 8, at % 4 < 2)
        for at, one in enumerate(who)
    )  # fmt: skip
    return council.CouncilFacts(
        head=head(
            issuer="Hội đồng thi đua - khen thưởng", superior="Bộ Công an", symbol="HĐTĐKT", post="Thứ trưởng\nkiêm Chủ tịch Hội đồng", number=2,
            recipients=("Các thành viên Hội đồng",),
        ),
        council="Hội đồng thi đua - khen thưởng Bộ Công an", occasion="xét khen thưởng thành tích thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTW",
        opened_at=datetime(2026, 9, 15, 1, 0, tzinfo=UTC), closed_at=datetime(2026, 9, 15, 4, 15, tzinfo=UTC), venue="Trụ sở Bộ Công an",
        chair="Thứ trưởng Bộ Công an, Chủ tịch Hội đồng", secretary="Trưởng phòng Thi đua - khen thưởng", members=members, quorum=6,
        quorum_rule="hai phần ba số thành viên, theo khoản 2 Điều 7 Quy chế hoạt động của Hội đồng", method="secret",
        denominator="số phiếu hợp lệ", threshold="từ 80 % số phiếu hợp lệ trở lên, theo khoản 3 Điều 7 Quy chế hoạt động của Hội đồng",
        results=results, ballots=council.Ballots(8, 8, 8, 0),
        conflicts=(council.Conflict("Cục trưởng Cục nghiệp vụ số 3", "Trưởng Công an xã Tân Hưng", "là người đã trình đề nghị"),),
        digest="7f3a91c20b4ed8a6c1d20f93b67e485a9b1c6d7e20f4a3815e19c07d4482bb0e",
        reserve=("Công an xã Tiên Lữ: 6/8 (75 %)", "Công an phường Hồng Châu: 5/8 (62,5 %)"),
    )  # fmt: skip


def decision_facts(count: int = 3) -> decision.DecisionFacts:
    who = [POLICE, CHIEF, CHAIR] if count == 3 else recipients(count) if count > 3 else [POLICE]
    awards = tuple(decision.Award(one, MEDAL if count > 3 and at % 5 == 4 else MERIT, BRIEF[at % 3], 101 + at) for at, one in enumerate(who))
    collectives = sum(one.kind == "collective" for one in who)
    return decision.DecisionFacts(
        head=head(recipients=("Ban Thi đua - Khen thưởng Trung ương", "Cổng thông tin điện tử Bộ Công an")), power="Bộ trưởng Bộ Công an", bases=BASES,
        proposer="Chủ tịch Hội đồng thi đua - khen thưởng Bộ Công an", occasion=OCCASION, awards=awards,
        money=(
            decision.Money("tập thể", collectives, 7020000, "3,0 lần mức lương cơ sở, theo Điều 54 Nghị định số 152/2025/NĐ-CP"),
            decision.Money("cá nhân", len(who) - collectives, 3510000, "1,5 lần mức lương cơ sở, theo Điều 54 Nghị định số 152/2025/NĐ-CP"),
        )[: 1 if count == 1 else 2],
        fund="quỹ thi đua, khen thưởng của Bộ Công an",
        carried_out_by=("Chánh Văn phòng Bộ Công an", "Cục trưởng Cục Kế hoạch và Tài chính"),
    )  # fmt: skip


def cancellation_facts(count: int = 1) -> cancellation.CancellationFacts:
    who = [POLICE, CHIEF, CHAIR][:count] if count <= 3 else recipients(count)
    return cancellation.CancellationFacts(
        head=head(number=1215, verification=VERIFICATION, signed="(đã ký trên hệ thống\nlúc 15:58:41 ngày 15/9/2026, GMT+7)"),
        power="Bộ trưởng Bộ Công an", bases=BASES, proposer="Chủ tịch Hội đồng thi đua - khen thưởng Bộ Công an",
        ground=cancellation.GROUNDS["false_declaration"],
        finding="Số liệu SK-2025-02 trong báo cáo thành tích đã được đính chính từ 2.467 thành 1.204 buổi tại hồ sơ sơ kết bản 3; đơn vị đã kê khai trùng.",
        awards=tuple(cancellation.Cancelled(one, MERIT, "07/QĐ-BCA", date(2026, 2, 3), 101 + at, "", (7020000, 3510000)[one.kind == "person"])
                     for at, one in enumerate(who)),
        return_by=date(2026, 10, 15), return_to="Cục Công tác đảng và công tác chính trị",
        carried_out_by=("Cục trưởng Cục Kế hoạch và Tài chính",),
    )  # fmt: skip
