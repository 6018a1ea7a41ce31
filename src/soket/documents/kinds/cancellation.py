"""Quyết định hủy bỏ và thu hồi: an award is cancelled on a ground of the law, object and money are taken back."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from soket.documents.core import Appendix, Column, Paper, PaperError, Paragraph, Row, Table
from soket.documents.kinds import CANCELLATION
from soket.documents.kinds.decision import NAMED, effect, proposed
from soket.documents.kinds.lists import groups
from soket.documents.kinds.shared import BLANK, GAP, NBSP, Head, Recipient, article, day, joined, money, paper, sentence, short, text, tied, totals, whole


@dataclass(frozen=True)
class Ground:
    """Why the law cancels an award: code, the law's words, where it stands."""

    code: str
    text: str
    citation: str


_LAW = "khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15"
GROUNDS: Mapping[str, Ground] = MappingProxyType({
    ground.code: ground
    for ground in (
        Ground("false_declaration", "có hành vi gian dối trong việc kê khai công trạng, thành tích để được tặng hình thức khen thưởng", f"điểm a {_LAW}"),
        Ground("forged_dossier", "cung cấp thông tin sai sự thật hoặc làm giả hồ sơ, giấy tờ để đề nghị tặng hình thức khen thưởng", f"điểm b {_LAW}"),
        Ground("improper_appraisal", "thẩm định, xét, duyệt, đề nghị hình thức khen thưởng trái quy định của pháp luật", f"điểm c {_LAW}"),
        Ground(
            "standards_not_met",
            "có kết luận, quyết định, bản án của cơ quan có thẩm quyền về việc người đã được tặng hình thức khen thưởng có vi phạm, khuyết điểm"
            " dẫn đến không bảo đảm tiêu chuẩn xét tặng trong khoảng thời gian tính thành tích",
            f"điểm d {_LAW}",
        ),
    )
})
"""The four grounds as they stood when the law took force on 1 January 2024, said of forms of commendation. Whether the amendment by
Law 06/2026/QH16 (in force 1 October 2026) changed their wording or their place was not found: rooms that keep dated rules pass their own."""


@dataclass(frozen=True)
class Cancelled:
    """One award cancelled. `decision` is the notation of the decision that gave it; `object` what is taken back, else the form itself;
    `money` whole đồng, None not known, 0 none was paid."""

    recipient: Recipient
    form: str
    decision: str
    decided_on: date | None
    gold_number: int | None = None
    object: str = ""
    money: int | None = None


@dataclass(frozen=True, kw_only=True)
class CancellationFacts:
    """What the decision states. `finding` is what was found, lines being paragraphs; unknown day or place of return are dotted blanks."""

    head: Head
    power: str
    bases: tuple[str, ...]
    proposer: str
    ground: Ground
    finding: str
    awards: tuple[Cancelled, ...]
    return_by: date | None = None
    return_to: str = ""
    carried_out_by: tuple[str, ...] = ()


def cancellation_paper(facts: CancellationFacts) -> Paper:
    """Raises PaperError when no award is named."""
    if not facts.awards:
        raise PaperError("awards", vi="quyết định phải nêu ít nhất một khen thưởng bị hủy bỏ", en="at least one cancelled award is named")
    blocks = [*_cancelled(facts), *_reasons(facts), *_returned(facts), article(4, effect(facts.carried_out_by))]
    tables = tuple(_table(title, found) for title, found in groups(facts.awards))
    listed = (Appendix("Danh sách khen thưởng bị hủy bỏ", tables),) if len(facts.awards) > NAMED else ()
    summary = f"Về việc hủy bỏ quyết định tặng {joined(one.form for one in facts.awards)}\nvà thu hồi hiện vật khen thưởng, tiền thưởng"
    return paper(
        facts.head, CANCELLATION, summary=summary, authority=tied(facts.power or BLANK), enacting="Quyết định",
        bases=(*facts.bases, proposed(facts.proposer)), blocks=tuple(blocks), recipients=("Như Điều 4",), appendices=listed,
    )  # fmt: skip


def _from(one: Cancelled) -> str:
    dated = f" {day(one.decided_on)}" if one.decided_on else f" ngày {BLANK}"
    gold = f" (số vào sổ vàng:{NBSP}{one.gold_number})" if one.gold_number is not None else ""
    return f"Quyết định số {one.decision or BLANK}{dated}{gold}"


def _cancelled(facts: CancellationFacts) -> list[Paragraph]:
    said = [f"tặng {one.form} cho {one.recipient.who} tại {_from(one)}" for one in facts.awards]
    if len(said) == 1:
        return [article(1, f"Hủy bỏ việc {said[0]}.")]
    if len(said) > NAMED:
        return [article(1, f"Hủy bỏ việc khen thưởng {totals(one.recipient for one in facts.awards)} (danh sách kèm theo).")]
    lines = [text(f"{number}. {line[:1].upper()}{line[1:]}{'.' if number == len(said) else ';'}") for number, line in enumerate(said, 1)]
    return [article(1, "Hủy bỏ các khen thưởng sau đây:"), *lines]


def _reasons(facts: CancellationFacts) -> list[Paragraph]:
    reason = f"Căn cứ hủy bỏ: {facts.ground.text} ({facts.ground.citation})."
    found = [text(line.strip()) for line in facts.finding.splitlines() if line.strip()]
    return [article(2, reason), *(found or [text(f"Kết luận cụ thể: {BLANK}")])]


def _returned(facts: CancellationFacts) -> list[Paragraph]:
    where = f"nộp về {facts.return_to or BLANK} chậm nhất {day(facts.return_by) if facts.return_by else f'ngày {BLANK}'}"
    if len(facts.awards) > NAMED:
        known = [one.money for one in facts.awards if one.money is not None]
        total = money(sum(known)) if len(known) == len(facts.awards) else BLANK
        return [article(3, f"Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận theo danh sách kèm theo, tổng số tiền {total}; {where}.")]
    items = [f"{one.recipient.who}: {_objects(one)}" for one in facts.awards]
    if len(items) == 1:
        return [article(3, f"Thu hồi của {facts.awards[0].recipient.who} {_objects(facts.awards[0])}; {where}.")]
    lines = [text(f"{number}. {sentence(item)}") for number, item in enumerate(items, 1)]
    return [article(3, f"Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận; {where}:"), *lines]


def _objects(one: Cancelled) -> str:
    thing = one.object or one.form
    if one.money == 0:
        return f"{thing}; không có tiền thưởng phải thu hồi"
    return f"{thing} và số tiền thưởng {money(one.money) if one.money is not None else f'{GAP} đồng'}"


def _table(title: str, awards: list[Cancelled]) -> Table:
    columns = (
        Column("TT", 0.9, "centre"), Column("Tập thể, cá nhân", 6), Column("Quyết định tặng", 3.2, "centre"), Column("Số vào\nsổ vàng", 1.7, "centre"),
        Column("Tiền thưởng\nthu hồi (đồng)", 2.8, "right"),
    )  # fmt: skip
    rows = [
        Row((
            str(number), one.recipient.who, f"{one.decision or GAP} ngày{NBSP}{short(one.decided_on) if one.decided_on else GAP}",
            GAP if one.gold_number is None else str(one.gold_number), GAP if one.money is None else whole(one.money),
        ))
        for number, one in enumerate(awards, 1)
    ]  # fmt: skip
    known = [one.money for one in awards if one.money is not None]
    if len(known) == len(awards):
        rows.append(Row(("", "Cộng", "", "", whole(sum(known))), "total"))
    return Table(columns, tuple(rows), caption=title)
