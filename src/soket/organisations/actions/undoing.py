"""Undoing an act by a counter-act: its rows end, and what it ended is opened again as new dated rows.

The counter-act has its own day, and the act stays true for the days before it. On the act's own day
no day is left to the act: its rows are taken away, what it ended goes on as if untouched, its links no
longer count, and the right act can be recorded for that same day. Both acts stay in the list and in
the record.
"""
from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import events
from soket.organisations.actions.act import Act
from soket.organisations.models import (
    AreaLink,
    AreaVersion,
    Code,
    ShareDecision,
    Succession,
    SuccessionKind,
    UnitLink,
    UnitVersion,
)

DATED = (AreaVersion, UnitVersion, Code)


def _rows(act: Succession, side: str) -> dict[Any, list[Any]]:
    return {model: list(model.objects.filter(**{side: act}).order_by("id")) for model in DATED}


def _subjects(opened: dict[Any, list[Any]], closed: dict[Any, list[Any]]) -> list[Any]:
    rows = [*opened[AreaVersion], *closed[AreaVersion], *opened[UnitVersion], *closed[UnitVersion]]
    return [row.area if isinstance(row, AreaVersion) else row.unit for row in rows]


def _depends() -> Refused:
    return Refused(_("A later act depends on this one. Undo the later act first."), field="act")


def _check_last(act: Succession, opened: dict[Any, list[Any]], closed: dict[Any, list[Any]]) -> None:
    """Raises Refused when a later row builds on a row of the act."""
    for model in (AreaVersion, UnitVersion):
        own = "area_id" if model is AreaVersion else "unit_id"
        mine = {getattr(row, own) for row in [*opened[model], *closed[model]]}
        if any(row.valid_to is not None for row in opened[model]):
            raise _depends()
        if model.objects.filter(**{f"{own}__in": mine}, valid_from__gt=act.on).exists():
            raise _depends()
        formed = {getattr(row, own) for row in opened[model]} - {getattr(row, own) for row in closed[model]}
        below: Q = Q(parent_id__in=formed)
        if model is UnitVersion:
            below |= Q(area_id__in={row.area_id for row in opened[AreaVersion]} - {row.area_id for row in closed[AreaVersion]})
        if model.objects.filter(below).exclude(opened_by=act).exists():
            raise _depends()
    if ShareDecision.objects.filter(new__predecessor_links__succession=act).exists():
        raise _depends()


@action
def undo(*, act: Succession, basis: str, by: Actor, at: datetime, on: date | None = None, note: str = "") -> Succession:
    """Undo `act` from the day `on` (default: its own first day). Refused when it was undone before, is itself
    an undoing, came with the loaded lists, or when a later act depends on it."""
    day = on or act.on
    if act.kind == SuccessionKind.UNDO or Succession.objects.filter(undoes=act).exists():
        raise Refused(_("This act is undone already, or is itself an undoing."), field="act")
    if act.source_id is not None:
        raise Refused(_("This act came with the published lists. Record a new act instead."), field="act")
    if day < act.on:
        raise Refused(_("An act cannot be undone before it takes effect on %(day)s.") % {"day": f"{act.on:%d/%m/%Y}"}, field="on")
    opened, closed = _rows(act, "opened_by"), _rows(act, "closed_by")
    counter = Act(SuccessionKind.UNDO, _subjects(opened, closed), day, basis, by, at, note)
    _check_last(act, opened, closed)
    counter.row.undoes = act
    counter.begin(act.title)
    for rows in opened.values():
        for row in rows:
            counter.close(row) if row.valid_from < day else row.delete()
    for rows in closed.values():
        for row in rows:
            counter.reopen(row, {}) if day > act.on else counter.uncover(row)
    if day > act.on:
        _link_back(counter, act)
    counts = {"opened": sum(map(len, closed.values())), "closed": sum(map(len, opened.values()))}
    return counter.done(events.UNDONE, Ref("organisations.act", str(act.pk), act.title), act=act.title, act_id=str(act.pk), **counts)


def _link_back(counter: Act, act: Succession) -> None:
    """For the days between, what was formed is followed by what comes back; to which part is undecided
    unless only one comes back."""
    for model in (AreaLink, UnitLink):
        back: dict[int, set[int]] = defaultdict(set)
        for old, new in model.objects.filter(succession=act).values_list("old_id", "new_id"):
            back[new].add(old)
        for formed, before in back.items():
            share = 1 if len(before) == 1 else None
            for old in sorted(before):
                model(succession=counter.row, old_id=formed, new_id=old, share_num=share, share_den=share).save(force_insert=True)
