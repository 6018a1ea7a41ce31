"""The agenda as issued (chương trình)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.conferences.papers.shared import clock, day, post, text
from soket.documents.core import Column, Paper, Row, Table, layout_for


@dataclass(frozen=True)
class LineFacts:
    """One line: its number ("2" or "2.1"), when, what, who."""

    number: str
    starts_at: datetime
    title: str
    who: str
    inner: bool


@dataclass(frozen=True)
class AgendaFacts:
    """An issued version."""

    office: str
    symbol: str
    place: str
    title: str
    version: int
    note: str
    held_at: datetime
    issued_at: datetime
    lines: tuple[LineFacts, ...]
    synthetic: bool


def agenda_paper(facts: AgendaFacts) -> Paper:
    columns = (Column("TT", 0.7, "centre"), Column("Thời gian", 1.3, "centre"), Column("Nội dung", 4.6), Column("Người thực hiện", 3.4))
    rows = tuple(Row((line.number, clock(line.starts_at), line.title, line.who or "–")) for line in facts.lines)
    note = f": {facts.note}." if facts.note else "."
    opening = f"Hội nghị khai mạc lúc {clock(facts.held_at)}, {day(facts.held_at)}. Chương trình ban hành lần {facts.version}{note}"
    return Paper(
        layout=layout_for("state", on=facts.issued_at.date()), issuer=facts.office, symbol=f"CTr-{facts.symbol}" if facts.symbol else "CTr", place=facts.place,
        type_name="Chương trình", summary=facts.title, blocks=(text(opening), Table(columns=columns, rows=rows)), signatures=(post("Thủ trưởng đơn vị"),),
        recipients=("Các điểm cầu", "Đại biểu được mời"), date=facts.issued_at.date(), synthetic=facts.synthetic,
    )  # fmt: skip
