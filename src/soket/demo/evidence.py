"""Evidence of the demonstration world: the documents behind claims and the lists behind reports.

Province units, and the communes of one province in the year that is reviewed, have papers of their own that add up to
their figures; everyone else shares a few sheets, kept once by their bytes. Most are released; lists that would name
persons never are. How a shared sheet is made says so on the sheet.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from soket.demo import lists
from soket.demo.content import generator
from soket.demo.sheets import Sheet, pdfs, picture
from soket.files import actions as files
from soket.files.core import EVIDENCE
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.memo import remembering
from soket.kernel.periods import PeriodKind
from soket.organisations import queries as organisations
from soket.programmes.models import Duty, Obligation
from soket.reporting.actions import Attachment, Incoming

OWN_PROVINCE = "Hưng Yên"
SINCE = date(2025, 7, 1)
OPEN_REASON = "Công khai theo danh mục của chương trình phối hợp (minh họa)"
SHARED = "Tệp dùng chung cho nhiều đơn vị; số, ngày và số liệu của từng đơn vị xem tại hồ sơ của đơn vị đó."
_POLICE = {"tỉnh": "CAT", "thành phố": "CATP", "xã": "CAX", "phường": "CAP", "thị trấn": "CATT", "đặc khu": "CAĐK"}
_PARTNER = {"front": "MTTQ", "mass": "BDV"}
_CONTENT = {
    "NV-01": "Quy chế gồm: quy định chung; trách nhiệm của cấp ủy, chỉ huy các cấp; nội dung, hình thức công tác dân vận; "
             "chế độ thông tin, báo cáo; kiểm tra, sơ kết, tổng kết; tổ chức thực hiện.",
    "": "Nội dung phối hợp: tuyên truyền, vận động Nhân dân tham gia bảo vệ an ninh Tổ quốc; xây dựng, nhân rộng mô hình; "
        "trao đổi thông tin, giao ban định kỳ; sơ kết, tổng kết, khen thưởng.",
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """What one unit issued, or both units of an area signed: the same number and day for both."""

    number: str
    dated: date
    title: str
    issuers: tuple[str, ...]
    basis: str
    own: bool
    open: bool

    def sheet(self) -> Sheet:
        words = _CONTENT["NV-01" if self.title.startswith("Quyết định") else ""]
        facts = (("Số, ký hiệu", self.number), ("Ngày ban hành", f"{self.dated:%d/%m/%Y}"), ("Thực hiện", self.basis))
        if self.own:
            name = f"{self.title} {self.number.replace('/', '-')}"
            return Sheet(name, " – ".join(self.issuers), self.title, facts, (words,))
        reach = "Được công khai." if self.open else "Chỉ đơn vị và cấp trên được xem."
        return Sheet(self.title, "Công an cấp xã – Ủy ban MTTQ Việt Nam cấp xã", self.title, facts[2:], (words, f"{SHARED} {reach}"))


def own_units() -> frozenset[int]:
    """The communes' units of the one province whose papers are its own."""
    found: set[int] = set()
    for line in ("police", "front"):
        for province in organisations.units_of(line, 1, None, SINCE):
            if province.name.endswith(f" {OWN_PROVINCE}"):
                found.update(node.id for node in organisations.units_of(line, 3, province.id, SINCE))
    return frozenset(found)


def documents(obligation: Obligation, duties: Sequence[Duty]) -> dict[int, Document]:
    """By duty: the document that meets it. Units of one area owe an agreement together and share one."""
    groups: dict[tuple[int | None, date], list[Duty]] = {}
    with remembering():
        nodes = {duty.pk: organisations.unit_nearest(duty.unit_id, duty.since) for duty in duties}
    for duty in duties:
        node = nodes[duty.pk]
        groups.setdefault((node.area if node else None, duty.since), []).append(duty)
    own = own_units()
    found: dict[int, Document] = {}
    for (area, since), members in groups.items():
        draw = generator("document", obligation.programme.slug, obligation.code, area, since)
        lines = {duty.unit.line.code for duty in members}
        kind = next((node.kind for duty in members if (node := nodes[duty.pk])), "")
        detailed = obligation.code != "NV-03" or any(duty.unit_id in own for duty in members)
        made = Document(
            number=_number(draw.randint(1, 190), obligation.code, kind, lines), dated=since + timedelta(days=draw.randint(20, 110)),
            title=_title(obligation.code), issuers=tuple(node.name for duty in members if (node := nodes[duty.pk])),
            basis=obligation.programme.symbol or obligation.programme.title, own=detailed, open=draw.random() < 0.8,
        )
        found.update((duty.pk, made) for duty in members)
    return found


def _number(count: int, code: str, kind: str, lines: set[str]) -> str:
    police = _POLICE.get(kind, "CA")
    if code == "NV-01":
        return f"{count}/QĐ-{police}"
    partner = next((short for line, short in _PARTNER.items() if line in lines), "MTTQ")
    return f"{count:02d}/CTrPH-{police}-{partner}"


def _title(code: str) -> str:
    return "Quyết định ban hành Quy chế công tác dân vận" if code == "NV-01" else "Chương trình phối hợp"


def keep_documents(wanted: Sequence[Document], by: Actor, at: datetime) -> dict[Document, StoredFile]:
    """Store the file of each document, once for equal bytes, and release those that are open."""
    distinct = list(dict.fromkeys(wanted))
    kept = keep([document.sheet() for document in distinct], by, at)
    release([file for document, file in zip(distinct, kept, strict=True) if document.open], by, at)
    return dict(zip(distinct, kept, strict=True))


def keep(sheets: Sequence[Sheet], by: Actor, at: datetime) -> list[StoredFile]:
    """Set and store the sheets, equal ones once; files in the order given."""
    distinct = list(dict.fromkeys(sheets))
    uploads = [files.Upload(content, f"{sheet.name}.pdf") for sheet, content in zip(distinct, pdfs(distinct), strict=True)]
    stored = files.store_many(uploads=uploads, allowed=EVIDENCE, by=by, at=at, synthetic=True)
    found = dict(zip(distinct, stored, strict=True))
    return [found[sheet] for sheet in sheets]


def release(kept: Sequence[StoredFile], by: Actor, at: datetime) -> None:
    if kept:
        files.release_many(files=list(kept), reason=OPEN_REASON, by=by, at=at)


TITLES = {
    "sessions": ("2", "Danh sách buổi tuyên truyền"),
    "models": ("3", "Danh mục mô hình"),
    "honours": ("4", "Danh sách tập thể, cá nhân “Dân vận khéo”"),
    "picture": ("5", "Ảnh hội nghị giao ban công tác phối hợp"),
    "quiet": ("5", "Văn bản xác nhận trong kỳ không phát sinh hoạt động"),
}
"""Section of the form and title of each kind of evidence of a report. Honours name persons and stay closed."""


def attach(items: Sequence[Incoming], by: Actor, at: datetime) -> list[Incoming]:
    """The same reports with their evidence: the unit's own lists where it has them, else the shared sheets."""
    shared, own = _shelf(by, at), own_units()
    sheets: dict[tuple[int, str], Sheet] = {}
    for item in items:
        if item.report.unit_id in own and item.report.round.kind == PeriodKind.YEAR and not _quiet(item.content):
            node = organisations.unit_nearest(item.report.unit_id, item.report.covers_to)
            name = node.name if node else ""
            sheets[item.report.pk, "sessions"] = lists.sessions(name, item.report, item.content)
            sheets[item.report.pk, "models"] = lists.models(name, item.report, item.content)
    kept = dict(zip(sheets, keep(list(sheets.values()), by, at), strict=True)) if sheets else {}
    release(list(kept.values()), by, at)
    found = []
    for item in items:
        kinds = _kinds(item)
        named = [(TITLES[kind], kept.get((item.report.pk, kind)) or shared[kind]) for kind in kinds]
        found.append(replace(item, files=[Attachment(section, file, title) for (section, title), file in named]))
    return found


def _quiet(content: Any) -> bool:
    return bool(content["cells"]["TT01"]["state"] != "value")


def _kinds(item: Incoming) -> list[str]:
    """What the unit attaches; the same for every version of its report."""
    content: Mapping[str, Any] = item.content  # type: ignore[assignment]
    if _quiet(content):
        return ["quiet"]
    draw = generator("evidence", item.report.unit_id, item.report.round.slug)
    kinds = ["sessions"]
    if draw.random() < 0.75:
        kinds.append("models")
    if draw.random() < 0.6 and content["cells"]["DV04"]["state"] == "value":
        kinds.append("honours")
    if draw.random() < 0.15:
        kinds.append("picture")
    return kinds


def _shelf(by: Actor, at: datetime) -> dict[str, StoredFile]:
    """The sheets that most reports share; stored and released once, found again afterwards."""
    names = [kind for kind in TITLES if kind != "picture"]
    sheets = [Sheet(TITLES[kind][1], "Đơn vị cấp xã", TITLES[kind][1], lines=(_PURPOSE[kind], SHARED)) for kind in names]
    shelf = dict(zip(names, keep(sheets, by, at), strict=True))
    drawn = files.Upload(picture("Hội nghị giao ban công tác phối hợp"), "Ảnh hội nghị giao ban.png")
    shelf["picture"] = files.store_many(uploads=[drawn], allowed=EVIDENCE, by=by, at=at, synthetic=True)[0]
    release([file for kind, file in shelf.items() if kind != "honours"], by, at)
    return shelf


_PURPOSE = {
    "sessions": "Kê từng buổi tuyên truyền trong kỳ: ngày, nội dung, địa điểm, số lượt người tham dự.",
    "models": "Kê từng mô hình phối hợp đang hoạt động cuối kỳ: tên, địa bàn, năm thành lập.",
    "honours": "Kê tập thể, cá nhân được công nhận “Dân vận khéo” kèm quyết định công nhận. Có tên người, không công khai.",
    "quiet": "Đơn vị xác nhận trong kỳ báo cáo không phát sinh hoạt động phối hợp.",
}
