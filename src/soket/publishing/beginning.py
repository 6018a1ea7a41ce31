"""A first draft from what is on record: plain sentences, one for each fact. Pure.

What is unknown is left out; nothing is praised, nothing is concluded. Numbers of the meeting are marked as not from the roll-up,
figures stand as tokens.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from soket.kernel.text import folded
from soket.publishing.core import marked
from soket.publishing.pasting import literal

TITLE = 200


@dataclass(frozen=True)
class Meeting:
    """A conference. `began` and `ended` as they were, else None; `planned` that it has not begun. `chairs` are offices with their titles."""

    title: str
    chaired_by: str
    starts: datetime
    planned: bool
    began: datetime | None = None
    ended: datetime | None = None
    sites: int = 0
    centre: str = ""
    chairs: Sequence[str] = ()
    agenda: Sequence[tuple[str, str]] = ()  # (time, title)


@dataclass(frozen=True)
class Dossier:
    """A frozen edition: its figures are (code, label, unit of measure)."""

    title: str
    as_of: date
    number: int
    parties: Sequence[str] = ()
    figures: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Order:
    """A direction that was issued."""

    issuer: str
    number: int
    issued: date
    text: str
    due: date


@dataclass(frozen=True)
class Honour:
    """A decision to commend: its number, its form and how many it names."""

    notation: str
    dated: date
    form: str
    collectives: int
    persons: int


@dataclass(frozen=True)
class Draft:
    """The three texts."""

    title: str
    lead: str
    body: str


def draft(meeting: Meeting | None, dossier: Dossier | None, orders: Sequence[Order] = (), honours: Sequence[Honour] = ()) -> Draft:
    """A text about a conference, a review or both; at least one is given."""
    title = meeting.title if meeting else dossier.title if dossier else ""
    lead = _meeting_lead(meeting) if meeting else _dossier_lead(dossier) if dossier else ""
    parts = [*(_course(meeting) if meeting else []), *(_figures(dossier, told=meeting is not None) if dossier else []), *_honours(honours), *_orders(orders)]
    return Draft(_short(plain(title)), lead, "\n\n".join(part for part in parts if part))


def plain(text: str) -> str:
    """A text of the record as it reads, its numbers with unit words marked."""
    return literal(marked(" ".join(text.split())))


def slug_of(title: str) -> str:
    """An address from a title: small letters without marks, digits and hyphens; "" when nothing is left."""
    words = re.findall(r"[a-z0-9]+", folded(title))
    while len("-".join(words)) > 80:
        words.pop()
    return "-".join(words)


def _short(title: str) -> str:
    return title if len(title) <= TITLE else title[:TITLE].rsplit(" ", 1)[0]


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _named(title: str) -> str:
    """A meeting within a sentence."""
    words = plain(title)
    return words[0].lower() + words[1:] if words.lower().startswith("hội nghị") else f"hội nghị “{words}”"


def _meeting_lead(meeting: Meeting) -> str:
    day = _day((meeting.began or meeting.starts).date())
    if meeting.planned:
        return f"Theo kế hoạch, ngày {day}, {plain(meeting.chaired_by)} chủ trì {_named(meeting.title)}."
    return f"Ngày {day}, {plain(meeting.chaired_by)} chủ trì {_named(meeting.title)}."


def _dossier_lead(dossier: Dossier) -> str:
    signed = f", do {plain(' và '.join(dossier.parties))} ký" if dossier.parties else ""
    return f"Số liệu lấy từ bản {dossier.number} của hồ sơ “{plain(dossier.title)}”{signed}, tính đến ngày {_day(dossier.as_of)}."


def _course(meeting: Meeting) -> list[str]:
    """When, where, over how many sites, chaired by whom, with which points."""
    parts = []
    if meeting.began:
        until = f", kết thúc lúc {meeting.ended:%H:%M}" if meeting.ended else ""
        parts.append(f"Hội nghị bắt đầu lúc {meeting.began:%H:%M}{until}.")
    elif meeting.planned:
        parts.append(f"Hội nghị dự kiến bắt đầu lúc {meeting.starts:%H:%M}.")
    if meeting.sites > 1:
        parts.append(f"Hội nghị {'dự kiến ' if meeting.planned else ''}nối [[{meeting.sites} điểm cầu]].")
    if meeting.centre:
        parts.append(f"Điểm cầu trung tâm: {plain(meeting.centre)}.")
    if meeting.chairs:
        parts += ["Chủ trì theo danh sách đại biểu:", "\n".join(f"- {plain(one)}" for one in meeting.chairs)]
    if meeting.agenda:
        parts += ["## Chương trình hội nghị", "\n".join(f"- {clock}: {plain(title)}" for clock, title in meeting.agenda)]
    return parts


def _figures(dossier: Dossier, *, told: bool) -> list[str]:
    """`told`: the lead speaks of a meeting, so the source is said here."""
    if not dossier.figures:
        return []
    lines = [f"- {plain(label)}: {{{{{code}}}}}{f' {measure}' if measure else ''}" for code, label, measure in dossier.figures]
    return ["## Số liệu", *([_dossier_lead(dossier)] if told else []), "\n".join(lines)]


def _honours(honours: Sequence[Honour]) -> list[str]:
    lines = []
    for one in honours:
        counts = [f"[[{one.collectives} tập thể]]"] * bool(one.collectives) + [f"[[{one.persons} cá nhân]]"] * bool(one.persons)
        if counts:
            lines.append(f"- Quyết định số {literal(one.notation)} ngày {_day(one.dated)}: {plain(one.form)} cho {' và '.join(counts)}.")
    return ["## Khen thưởng", "\n".join(lines)] if lines else []


def _orders(orders: Sequence[Order]) -> list[str]:
    lines = [
        f"- {plain(one.issuer)}, chỉ đạo số {one.number} ngày {_day(one.issued)}: {plain(one.text).rstrip('.')}. Thời hạn: {_day(one.due)}." for one in orders
    ]
    return ["## Chỉ đạo", "\n".join(lines)] if lines else []
