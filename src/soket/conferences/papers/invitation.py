"""Invitation (giấy mời), from the body of one invitation as it was frozen; see `core.invitation` for its keys."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from soket.conferences.papers.shared import clock, day, pair, person, post, text
from soket.documents.core import Block, Paper, layout_for


def invitation_paper(body: Mapping[str, Any], *, office: str, sent_on: date, reply_url: str, synthetic: bool) -> Paper:
    """One paper for one invited delegate."""
    held, who, site = body["conference"], body["delegate"], body["site"]
    starts = datetime.fromisoformat(held["starts_at"])
    stands = f" (dự thay đại biểu số {who['stands_for']}, với tư cách {who['capacity']})" if who["stands_for"] else ""
    place = ", ".join(filter(None, [site["name"], site["room"], site["address"]]))
    blocks: list[Block] = [
        text(f"{office} trân trọng kính mời:"),
        text(person(who["name"], who["titles"], who["unit"]) + stands, bold=True),
        text(f"Tới dự {held['title']}."),
        pair("Chủ trì", held["chaired_by"]),
        pair("Thời gian", f"{clock(starts)}, {day(starts)}"),
        pair("Địa điểm", place),
        pair("Số đại biểu", str(who["number"])),
        text(f"Đề nghị trả lời việc tham dự tại {reply_url}." if reply_url else "Đề nghị trả lời việc tham dự trước ngày họp."),
        text("Rất mong đại biểu tới dự đúng thời gian và địa điểm trên."),
    ]
    symbol = f"GM-{held['symbol'].removeprefix('GM-')}" if held["symbol"] else "GM"
    return Paper(
        layout=layout_for("state", on=sent_on), issuer=office, symbol=symbol, place=held["place"],
        type_name="Giấy mời", summary=held["title"], blocks=tuple(blocks), signatures=(post("Thủ trưởng đơn vị"),), recipients=("Như trên",), date=sent_on,
        synthetic=synthetic,
    )  # fmt: skip
