"""The agenda as a timed tree of two levels: when each line begins, what overlaps, what changed between two versions."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Line:
    """One line as planned. `starts_at` None follows the line before; `parent` is the id of the line it lies under."""

    id: int
    parent: int | None
    minutes: int
    starts_at: datetime | None = None


@dataclass(frozen=True)
class Timed:
    """A line with its number as printed (“3”, “3.1”) and its time; a line with lines under it lasts as long as they do."""

    id: int
    parent: int | None
    number: str
    starts_at: datetime
    ends_at: datetime


def timed(lines: Sequence[Line], begins: datetime) -> list[Timed]:
    """The lines in reading order with their times. Lines under a parent that is not in `lines` are left out."""
    made: list[Timed] = []
    clock = begins
    for place, line in enumerate([one for one in lines if one.parent is None], 1):
        start = line.starts_at or clock
        children = [one for one in lines if one.parent == line.id]
        inner: list[Timed] = []
        clock = start
        for under, child in enumerate(children, 1):
            begun = child.starts_at or clock
            clock = begun + timedelta(minutes=child.minutes)
            inner.append(Timed(child.id, line.id, f"{place}.{under}", begun, clock))
        end = max((one.ends_at for one in inner), default=start + timedelta(minutes=line.minutes))
        made += [Timed(line.id, None, str(place), start, end), *inner]
        clock = end
    return made


def overlaps(rows: Sequence[Timed]) -> list[tuple[Timed, Timed]]:
    """Pairs of neighbours on one level of which the second begins before the first ends."""
    found = []
    for parent in dict.fromkeys(row.parent for row in rows):
        level = [row for row in rows if row.parent == parent]
        found += [(one, other) for one, other in zip(level, level[1:], strict=False) if other.starts_at < one.ends_at]
    return found


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a reader of version n must know of version n+1, each as kind, the line's title, and what was and is now.

    Kinds: added, dropped, retitled, retimed, length, speaker, moved (its neighbour before it is another), paper.
    """
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    found: list[dict[str, Any]] = [_change("dropped", row, row["starts_at"], "") for key, row in old.items() if key not in new]
    for key, row in new.items():
        if key not in old:
            found.append(_change("added", row, "", row["starts_at"]))
            continue
        was = old[key]
        pairs = (("retitled", "title"), ("retimed", "starts_at"), ("length", "minutes"))
        found += [_change(kind, row, was[name], row[name]) for kind, name in pairs if was[name] != row[name]]
        if _speaker(was) != _speaker(row):
            found.append(_change("speaker", row, _speaker(was), _speaker(row)))
        if _figures(was) != _figures(row):
            found.append(_change("paper", row, _figures(was), _figures(row)))
    return found + _moved(before, after)


def _moved(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines that stand behind another neighbour than before, among those of both versions."""
    both = {row["id"] for row in before} & {row["id"] for row in after}

    def behind(rows: Sequence[Mapping[str, Any]]) -> dict[int, tuple[Any, int | None]]:
        last: dict[Any, int | None] = {}
        found = {}
        for row in rows:
            if row["id"] in both:
                found[row["id"]] = (row["parent"], last.get(row["parent"]))
                last[row["parent"]] = row["id"]
        return found

    was, now = behind(before), behind(after)
    return [_change("moved", row, "", row["number"]) for row in after if row["id"] in both and was[row["id"]] != now[row["id"]]]


def _change(kind: str, row: Mapping[str, Any], was: object, now: object) -> dict[str, Any]:
    return {"kind": kind, "number": str(row["number"]), "title": str(row["title"]), "was": str(was), "now": str(now)}


def _speaker(row: Mapping[str, Any]) -> str:
    speaker = row["speaker"]
    return ", ".join(part for part in (speaker["name"], *speaker["titles"]) if part) if speaker else ""


def _figures(row: Mapping[str, Any]) -> str:
    paper = row["paper"]
    return ", ".join(figure["code"] for figure in paper["figures"]) if paper else ""
