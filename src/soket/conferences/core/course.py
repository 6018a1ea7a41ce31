"""How the session went, from its acts: what was taken back is left out; each line begins where the hall came to it."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from soket.conferences.core.live import Act, cancelled

TURNS = frozenset({"begin", "reopen", "next", "back", "goto"})


@dataclass(frozen=True)
class Speech:
    """Somebody had the floor from `began_at` to `ended_at` (None: the session ended first)."""

    who: str
    unit: int
    site: int
    topic: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Section:
    """The hall was at one line of the agenda: who spoke and what was announced there. `item` is None before the first."""

    item: int | None
    began_at: datetime
    ended_at: datetime | None
    speeches: tuple[Speech, ...]
    announcements: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Course:
    """The whole session."""

    began_at: datetime | None
    ended_at: datetime | None
    sections: tuple[Section, ...]
    pauses: int


def course(acts: Sequence[Act]) -> Course:
    """The sections in the order in which the hall came to them. A line returned to is a section of its own."""
    gone = cancelled(acts)
    kept = [act for act in acts if act.sequence not in gone and act.kind != "undo"]
    began = next((act.at for act in kept if act.kind == "begin"), None)
    ended = next((act.at for act in reversed(kept) if act.kind == "end"), None)
    turns = [act for act in kept if act.kind in TURNS]
    made = []
    for place, turn in enumerate(turns):
        until = turns[place + 1].at if place + 1 < len(turns) else ended
        inside = [act for act in kept if act.sequence > turn.sequence and (place + 1 == len(turns) or act.sequence < turns[place + 1].sequence)]
        said = tuple((act.at, str(act.payload.get("text", ""))) for act in inside if act.kind == "announce")
        item = turn.payload.get("item")
        made.append(Section(int(item) if item is not None else None, turn.at, until, _speeches(inside, kept), said))
    return Course(began, ended, tuple(made), sum(act.kind == "pause" for act in kept))


def _speeches(inside: Sequence[Act], kept: Sequence[Act]) -> tuple[Speech, ...]:
    asked = {str(act.payload.get("request", act.payload.get("id", ""))): act for act in kept if act.kind == "request"}
    made = []
    for act in inside:
        if act.kind != "start_speech":
            continue
        key = str(act.payload.get("request", ""))
        request, stop = asked.get(key), _stop(key, act, kept)
        given = request.payload if request else act.payload
        made.append(Speech(str(given.get("who", "")), int(given.get("unit", 0)), int(given.get("site", 0)), str(given.get("topic", "speak")), act.at, stop))
    return tuple(made)


def _stop(key: str, begun: Act, kept: Sequence[Act]) -> datetime | None:
    def stops(act: Act) -> bool:
        return act.kind == "end" or (act.kind == "end_speech" and str(act.payload.get("request", "")) == key)

    return next((act.at for act in kept if act.sequence > begun.sequence and stops(act)), None)
