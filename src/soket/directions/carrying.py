"""What a review takes over: the open directions as they stood, sealed into its dossier and printed in its report."""
from __future__ import annotations

from datetime import date
from typing import Any

from soket.directions import queries
from soket.documents.core import Block, Column, Heading, Paragraph, Row, Table, TextRun
from soket.reviews.registry import Part
from soket.ui import core as ui

WORDS = {"open": "đang thực hiện", "claimed": "đã báo cáo hoàn thành, chờ cơ quan giao kết luận"}


def printed(body: dict[str, Any]) -> list[Block]:
    """The section of the report; always in Vietnamese."""
    rows = tuple(
        Row((str(row["number"]), row["text"], row["owner"], _day(row["due_on"]), _state(row), str(row["evidence"]))) for row in body["directions"]
    )
    columns = (
        Column("Số", 0.6, "centre"), Column("Nội dung", 4), Column("Đơn vị chủ trì", 2), Column("Thời hạn", 1.3, "centre"), Column("Tình trạng", 2),
        Column("Minh chứng", 1, "centre"),
    )  # fmt: skip
    text = f"Đến ngày {_day(body['as_of'])} còn {len(rows)} nhiệm vụ chỉ đạo chưa kết thúc, được theo dõi tiếp ở kỳ sau."
    table = Table(columns=columns, rows=rows, caption="Nhiệm vụ chỉ đạo chưa kết thúc")
    return [Heading(1, "Thực hiện các nhiệm vụ đã giao"), Paragraph((TextRun(text),)), table]


def _day(text: str) -> str:
    return ui.day(date.fromisoformat(text))


def _state(row: dict[str, Any]) -> str:
    late = f"; quá hạn {row['days_late']} ngày" if row["days_late"] else ""
    moved = f"; thời hạn đã thay đổi {row['extended']} lần" if row["extended"] else ""
    return WORDS[row["state"]] + late + moved


PART = Part(key="directions", build=queries.carried, template="directions/carried.html", printed=printed)
