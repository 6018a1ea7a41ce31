"""Notice of conclusions (thông báo kết luận)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from soket.conferences.papers.shared import BLANK, day, post, short, text
from soket.documents.core import Block, Column, Heading, Paper, Row, Table, layout_for


@dataclass(frozen=True)
class ConclusionFacts:
    """One conclusion; `direction` is the number of the direction it became, None when it is none."""

    number: int
    text: str
    owner: str
    supporting: tuple[str, ...]
    due_on: date | None
    direction: int | None


@dataclass(frozen=True)
class NoticeFacts:
    """What the notice states."""

    office: str
    symbol: str
    place: str
    title: str
    held_at: datetime
    chaired_by: str
    opening: str
    conclusions: tuple[ConclusionFacts, ...]
    recipients: tuple[str, ...]
    synthetic: bool
    issued_on: date


def notice_paper(facts: NoticeFacts) -> Paper:
    plain = f"{day(facts.held_at).capitalize()}, {facts.chaired_by} đã tổ chức {facts.title}. Sau khi nghe báo cáo và các ý kiến, hội nghị kết luận như sau:"
    opening = facts.opening or plain
    blocks: list[Block] = [text(line) for line in opening.splitlines() if line.strip()]
    if not facts.conclusions:
        blocks.append(text(BLANK))
    for one in facts.conclusions:
        blocks += [Heading(2, f"Kết luận {one.number}", number=""), text(one.text)]
        if one.owner:
            helped = f"; phối hợp: {', '.join(one.supporting)}" if one.supporting else ""
            due = short(one.due_on) if one.due_on else BLANK
            blocks.append(text(f"Chủ trì: {one.owner}{helped}. Thời hạn: {due}."))
    given = [one for one in facts.conclusions if one.direction is not None]
    if given:
        columns = (
            Column("Số nhiệm vụ", 1, "centre"), Column("Kết luận", 1, "centre"), Column("Đơn vị chủ trì", 3), Column("Đơn vị phối hợp", 3),
            Column("Thời hạn", 1.4, "centre"),
        )  # fmt: skip
        rows = tuple(
            Row((str(one.direction), str(one.number), one.owner, ", ".join(one.supporting) or "–", short(one.due_on) if one.due_on else "–")) for one in given
        )
        blocks += [Heading(1, "Nhiệm vụ được giao"), Table(columns=columns, rows=rows, caption="Nhiệm vụ chỉ đạo giao từ kết luận hội nghị")]
    return Paper(
        layout=layout_for("state", on=facts.issued_on), issuer=facts.office, symbol=f"TB-{facts.symbol}" if facts.symbol else "TB", place=facts.place,
        type_name="Thông báo", summary=f"Kết luận {facts.title}", blocks=tuple(blocks), signatures=(post("Thủ trưởng đơn vị"),),
        recipients=facts.recipients or ("Như thành phần tham dự",), date=facts.issued_on, synthetic=facts.synthetic,
    )  # fmt: skip
