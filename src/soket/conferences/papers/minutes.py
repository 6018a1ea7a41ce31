"""Minutes of the conference (biên bản)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.conferences.papers.shared import BLANK, clock, day, pair, post, text
from soket.documents.core import Block, Heading, Paper, layout_for


@dataclass(frozen=True)
class MinutesFacts:
    """Everything that the minutes state. Counts are those of the attendance at `counted_at`."""

    office: str
    symbol: str
    place: str
    title: str
    chaired_by: str
    began_at: datetime | None
    ended_at: datetime | None
    sites: int
    listed: int
    present: int
    waiting: int
    course: tuple[str, ...]
    conclusions: tuple[str, ...]
    synthetic: bool
    drawn_up: datetime


def minutes_paper(facts: MinutesFacts) -> Paper:
    blocks: list[Block] = [
        pair("Thời gian bắt đầu", f"{clock(facts.began_at)}, {day(facts.began_at)}" if facts.began_at else ""),
        pair("Hình thức", f"trực tuyến tại {facts.sites} điểm cầu"),
        pair("Chủ trì", facts.chaired_by),
        pair("Thành phần tham dự", _presence(facts)),
        pair("Thư ký", ""),
        Heading(1, "Diễn biến hội nghị"), *[text(line) for line in facts.course or (BLANK,)],
        Heading(1, "Kết luận"), *[text(f"{number}. {words}") for number, words in enumerate(facts.conclusions or (BLANK,), 1)],
        text(_closing(facts)),
    ]  # fmt: skip
    at = facts.ended_at or facts.began_at or facts.drawn_up
    return Paper(
        layout=layout_for("state", on=at.date()), issuer=facts.office, symbol=f"BB-{facts.symbol}" if facts.symbol else "BB", place=facts.place,
        type_name="Biên bản", summary=facts.title, blocks=tuple(blocks), signatures=(post("Chủ trì"), post("Thư ký")), signers=2,
        recipients=("Như thành phần tham dự",), date=at.date(), synthetic=facts.synthetic,
    )  # fmt: skip


def _presence(facts: MinutesFacts) -> str:
    waits = f", {facts.waiting} đại biểu đang chờ xác minh nơi dự" if facts.waiting else ""
    return f"{facts.present} trên {facts.listed} đại biểu theo danh sách đã dự{waits} (danh sách kèm theo)"


def _closing(facts: MinutesFacts) -> str:
    ended = f"Hội nghị kết thúc vào {clock(facts.ended_at)}, {day(facts.ended_at)}." if facts.ended_at else f"Hội nghị kết thúc vào {BLANK}."
    return ended + " Nội dung hội nghị đã được ghi đầy đủ vào biên bản này."
