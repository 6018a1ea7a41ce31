"""The attendance list: an annex to the minutes, by site, in protocol order."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.conferences.papers.shared import clock, day, post, text
from soket.documents.core import Block, Column, Paper, Row, Table, layout_for

PRINTED = 3000
COLUMNS = (Column("Số", 0.6, "centre"), Column("Đại biểu", 5), Column("Tình trạng", 2.4), Column("Đến lúc", 1.1, "centre"))


@dataclass(frozen=True)
class PresenceRow:
    """One delegate as listed; `note` says for whom they stand in and what was decided."""

    number: int
    who: str
    state: str
    first_at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class SiteFacts:
    """One site's list."""

    name: str
    listed: int
    present: int
    heads: int | None
    rows: tuple[PresenceRow, ...]


@dataclass(frozen=True)
class AttendanceFacts:
    """The whole list at `counted_at`."""

    office: str
    symbol: str
    place: str
    title: str
    counted_at: datetime
    listed: int
    present: int
    waiting: int
    sites: tuple[SiteFacts, ...]
    synthetic: bool


def attendance_paper(facts: AttendanceFacts) -> Paper:
    """Raises nothing; beyond 3,000 rows the sites' totals alone are printed and the paper says so."""
    whole = sum(len(site.rows) for site in facts.sites) <= PRINTED
    blocks: list[Block] = [
        text(
            f"Tính đến {clock(facts.counted_at)}, {day(facts.counted_at)}: {facts.present} trên {facts.listed} đại biểu theo danh sách đã dự"
            + (f", {facts.waiting} đại biểu chờ xác minh nơi dự" if facts.waiting else "") + f", tại {len(facts.sites)} điểm cầu."
        ),
        Table(
            columns=(Column("Điểm cầu", 5), Column("Đã dự / danh sách", 2, "centre"), Column("Đếm trong hội trường", 2, "centre")),
            rows=(
                *(Row((site.name, f"{site.present}/{site.listed}", str(site.heads) if site.heads is not None else "chưa đếm")) for site in facts.sites),
                Row(("Cộng", f"{facts.present}/{facts.listed}", ""), "total"),
            ),
            caption="Tổng hợp theo điểm cầu",
        ),
    ]  # fmt: skip
    if whole:
        blocks += [Table(columns=COLUMNS, rows=tuple(_row(row) for row in site.rows), caption=site.name) for site in facts.sites if site.rows]
    else:
        blocks.append(text("Danh sách từng đại biểu dài hơn 3.000 dòng, được lưu trên hệ thống."))
    return Paper(
        layout=layout_for("state", on=facts.counted_at.date()), issuer=facts.office, symbol=f"DS-{facts.symbol}" if facts.symbol else "DS", place=facts.place,
        type_name="Danh sách", summary=f"Đại biểu dự {facts.title}", blocks=tuple(blocks), signatures=(post("Thư ký"),), date=facts.counted_at.date(),
        synthetic=facts.synthetic,
    )  # fmt: skip


def _row(row: PresenceRow) -> Row:
    who = f"{row.who} ({row.note})" if row.note else row.who
    return Row((str(row.number), who, row.state, clock(row.first_at) if row.first_at else "–"))
