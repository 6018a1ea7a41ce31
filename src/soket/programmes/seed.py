"""Programmes known from public sources, as data. What the sources do not state is left out and named.

Symbols, dates, spans and parties are those of the published notices; no signatory is known for 2013 and
2016, and no symbol for the programme that opened in October 2023. The obligations are illustrative: the
programmes' own texts are not public, so each is marked synthetic.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.organisations.models import Level
from soket.programmes.models import DueRule, PartyRole, ProgrammeKind

NOTICES = "Tin hội nghị sơ kết ngày 11/3/2019 và hội nghị tổng kết năm 2023 trên cổng thông tin công an và báo địa phương"
NO_SIGNATORY = "Người ký: chưa rõ trong các nguồn công khai."


@dataclass(frozen=True)
class SeedParty:
    """The central unit of a line, its role, and the body named in the document."""

    line: str
    role: PartyRole
    signed_as: str


@dataclass(frozen=True)
class SeedObligation:
    """An illustrative obligation; `lines` are bound at one level."""

    code: str
    title: str
    evidence: str
    lines: tuple[str, ...]
    level: Level
    due_rule: DueRule = DueRule.OPEN
    due_on: date | None = None


@dataclass(frozen=True)
class SeedProgramme:
    """One programme with everything the sources state of it."""

    slug: str
    symbol: str | None
    kind: ProgrammeKind
    title: str
    span_text: str
    unknowns: str
    parties: tuple[SeedParty, ...]
    obligations: tuple[SeedObligation, ...]
    signed_on: date | None = None
    aliases: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    predecessor: str = ""


MINISTRY = SeedParty("police", PartyRole.LEAD, "Bộ Công an")
FRONT = SeedParty("front", PartyRole.COSIGNER, "Ban Thường trực Ủy ban Trung ương MTTQ Việt Nam")


def _regulation(due_on: date | None = None) -> SeedObligation:
    rule = DueRule.DATE if due_on else DueRule.OPEN
    evidence = "Quy chế kèm quyết định ban hành: số, ngày và tệp văn bản"
    return SeedObligation("NV-01", "Ban hành quy chế công tác dân vận", evidence, ("police",), Level.PROVINCE, rule, due_on)


def _signed(code: str, level: Level, counterpart: str, due_on: date | None = None) -> SeedObligation:
    words = {Level.PROVINCE: "cấp tỉnh", Level.COMMUNE: "cấp xã"}[level]
    rule = DueRule.DATE if due_on else DueRule.OPEN
    evidence = "Chương trình phối hợp đã ký của hai bên: số, ngày và tệp văn bản"
    return SeedObligation(code, f"Ký chương trình phối hợp {words}", evidence, ("police", counterpart), level, rule, due_on)


def _yearly(*lines: str) -> SeedObligation:
    evidence = "Báo cáo năm được cấp trên chấp nhận"
    return SeedObligation("NV-04", "Báo cáo kết quả hằng năm", evidence, lines, Level.PROVINCE, DueRule.EVERY_ROUND)


PROGRAMMES = (
    SeedProgramme(
        slug="09-ctr-bca-mttw",
        symbol="09/CTr-BCA-MTTW",
        kind=ProgrammeKind.JOINT,
        title="Phối hợp giữa Bộ Công an và Mặt trận về Toàn dân bảo vệ an ninh Tổ quốc",
        signed_on=date(2013, 8, 1),
        span_text="2013–2023",
        unknowns=f"{NO_SIGNATORY} Ngày bắt đầu và ngày kết thúc: nguồn chỉ nêu năm.",
        parties=(MINISTRY, FRONT),
        aliases=("09/Ctr-BCA-MTTQ", "09/Ctr-BCA-TTTW"),
        bases=(
            "Chỉ thị 09-CT/TW ngày 01/12/2011",
            "Nghị quyết liên tịch 01/2001/NQ-LT (văn bản phối hợp trước đó, đã kiểm điểm giai đoạn 2011–2015)",
        ),
        obligations=(_signed("NV-02", Level.PROVINCE, "front"), _yearly("police", "front")),
    ),
    SeedProgramme(
        slug="22-ctr-duca-v28",
        symbol="22-CTr/ĐUCA-V28",
        kind=ProgrammeKind.ACTION,
        title="Chương trình hành động của Đảng ủy Công an Trung ương về công tác dân vận",
        signed_on=date(2013, 8, 14),
        span_text="từ 2013, không nêu năm kết thúc",
        unknowns=f"{NO_SIGNATORY} Ngày kết thúc: nguồn không nêu.",
        parties=(SeedParty("police", PartyRole.LEAD, "Đảng ủy Công an Trung ương"),),
        aliases=("22/CTr-ĐUCA", "22/CTrĐUCA-V28", "22-Ctr/ĐUCA-V28"),
        bases=("Nghị quyết 25-NQ/TW ngày 03/6/2013",),
        obligations=(_regulation(), _yearly("police")),
    ),
    SeedProgramme(
        slug="38-ctr-bdvtw-bca",
        symbol="38-CTr/BDVTW-BCA",
        kind=ProgrammeKind.JOINT,
        title="Phối hợp công tác dân vận của ngành Dân vận và ngành Công an",
        signed_on=date(2016, 6, 15),
        span_text="2016–2021",
        unknowns=f"{NO_SIGNATORY} Ngày bắt đầu và ngày kết thúc: nguồn chỉ nêu năm. Chương trình kế tiếp: chưa thấy văn bản công khai.",
        parties=(
            SeedParty("mass", PartyRole.LEAD, "Ban Dân vận Trung ương"),
            SeedParty("police", PartyRole.COSIGNER, "Bộ Công an"),
        ),
        bases=("Nghị định 06/2014/NĐ-CP",),
        obligations=(_regulation(), _signed("NV-02", Level.PROVINCE, "mass"), _yearly("police", "mass")),
    ),
    SeedProgramme(
        slug="bca-mttw-2023-2033",
        symbol=None,
        kind=ProgrammeKind.JOINT,
        title="Phối hợp giữa Bộ Công an, Ủy ban Trung ương MTTQ Việt Nam và các tổ chức thành viên, giai đoạn 2023–2033",
        span_text="2023–2033",
        unknowns=(
            "Số, ký hiệu: chưa rõ. Ngày ký: chưa rõ (công bố tại hội nghị ngày 17/10/2023). Người ký: chưa rõ. "
            "Các tổ chức thành viên cùng ký: nguồn không liệt kê."
        ),
        parties=(MINISTRY, SeedParty("front", PartyRole.COSIGNER, "Ủy ban Trung ương MTTQ Việt Nam")),
        bases=("Chỉ thị 09-CT/TW ngày 01/12/2011", "Kết luận 44-KL/TW ngày 22/01/2019"),
        obligations=(
            _regulation(date(2024, 6, 14)),
            _signed("NV-02", Level.PROVINCE, "front", date(2024, 12, 14)),
            _signed("NV-03", Level.COMMUNE, "front", date(2025, 12, 14)),
            _yearly("police", "front"),
        ),
        predecessor="09-ctr-bca-mttw",
    ),
)
