"""The working agenda, what issuing it would print, and the versions issued."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import override

from soket.conferences.core.agenda import Line, Timed, changes, overlaps, timed
from soket.conferences.models import AgendaItem, AgendaVersion, Conference, Delegate, Paper
from soket.conferences.queries.naming import unit_names
from soket.conferences.queries.papers import figure_rows


@dataclass(frozen=True)
class Working:
    """The agenda being worked on: its rows with their times, overlapping pairs, and when it would end."""

    rows: list[tuple[AgendaItem, Timed]]
    clashes: list[tuple[str, str]]
    ends_at: datetime | None


@dataclass(frozen=True)
class IssuedItem:
    """One line of the issued agenda; texts as they stood when it was issued."""

    id: int
    parent: int | None
    number: str
    kind: str
    title: str
    minutes: int
    starts_at: str
    ends_at: str
    speaker: dict[str, Any] | None
    paper: dict[str, Any] | None

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.starts_at)


def items_of(conference: Conference) -> list[AgendaItem]:
    """The working lines in their order."""
    return list(conference.agenda.select_related("speaker__site", "paper").prefetch_related("speaker__titles").order_by("order", "pk"))


def times(conference: Conference, items: Sequence[AgendaItem]) -> list[Timed]:
    return timed([Line(item.pk, item.parent_id, item.minutes, item.starts_at) for item in items], conference.starts_at)


def working(conference: Conference) -> Working:
    items = items_of(conference)
    known, rows = {item.pk: item for item in items}, times(conference, items)
    clashes = [(f"{one.number}. {known[one.id].title}", f"{other.number}. {known[other.id].title}") for one, other in overlaps(rows)]
    return Working([(known[row.id], row) for row in rows], clashes, max((row.ends_at for row in rows), default=None))


def body_of(conference: Conference) -> list[dict[str, Any]]:
    """The working agenda as it would be issued now. A speaker who sends another is printed as the one who attends instead, and as what."""
    items = items_of(conference)
    known = {item.pk: item for item in items}
    stand_ins = _stand_ins(conference) if any(item.speaker and item.speaker.state == "replaced" for item in items) else {}
    for item in items:
        while item.speaker and item.speaker.state == "replaced" and item.speaker.pk in stand_ins:
            item.speaker = stand_ins[item.speaker.pk]
    names = unit_names({item.speaker.unit_id for item in items if item.speaker} | {item.paper.unit_id for item in items if item.paper}, conference)
    return [_row(known[row.id], row, names) for row in times(conference, items)]


def _stand_ins(conference: Conference) -> dict[int, Delegate]:
    """Who attends instead, by the delegate replaced."""
    rows = conference.delegates.filter(stands_for__isnull=False).exclude(state="withdrawn").select_related("site").prefetch_related("titles")
    return {row.stands_for_id: row for row in rows if row.stands_for_id is not None}


def _row(item: AgendaItem, row: Timed, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": item.pk, "parent": row.parent, "number": row.number, "kind": item.kind, "title": item.title,
        "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60), "starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat(),
        "speaker": _speaker(item.speaker, names) if item.speaker else None, "paper": _paper(item.paper, names) if item.paper else None,
    }  # fmt: skip


def _speaker(delegate: Delegate, names: dict[int, str]) -> dict[str, Any]:
    capacity = [f"với tư cách {delegate.capacity}"] if delegate.capacity else []
    return {
        "id": delegate.pk, "name": delegate.name, "titles": [*(title.text for title in delegate.titles.all()), *capacity],
        "unit_id": delegate.unit_id, "unit": names.get(delegate.unit_id, ""), "site_id": delegate.site_id, "site": delegate.site.name,
    }  # fmt: skip


def _paper(paper: Paper, names: dict[int, str]) -> dict[str, Any]:
    with override("vi"):
        figures = figure_rows(paper)
    return {"id": paper.pk, "title": paper.title, "unit_id": paper.unit_id, "unit": names.get(paper.unit_id, ""), "figures": figures}


def versions(conference: Conference) -> list[AgendaVersion]:
    """Issued versions, newest first."""
    return list(conference.versions.order_by("-number"))


def version(conference: Conference, number: int) -> AgendaVersion | None:
    return conference.versions.filter(number=number).first()


def lines_of(found: AgendaVersion | None) -> list[IssuedItem]:
    return [IssuedItem(**row) for row in json.loads(found.body)] if found else []


def issued(conference: Conference) -> list[IssuedItem]:
    """The newest issued version, in reading order; empty before the first. The session walks these lines."""
    return lines_of(conference.versions.order_by("-number").first())


def pending_changes(conference: Conference) -> list[dict[str, Any]]:
    """What issuing now would tell the readers of the newest version."""
    newest = conference.versions.order_by("-number").first()
    return changes(json.loads(newest.body) if newest else [], body_of(conference))


def change_list(found: AgendaVersion) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(found.changes)
    return rows
