"""Movements: opened and kept by the programme office of a unit."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import events, rules
from soket.exemplars.actions.shared import clean, free_slug, movement_ref, past_day
from soket.exemplars.models import Movement, MovementProgramme, MovementScope, Registration
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Level, Unit
from soket.programmes.models import Programme


@dataclass(frozen=True)
class MovementDraft:
    """What a movement is. `scope` holds (line code, level): which units take part. `begun_on` is None where it is not known."""

    title: str
    basis: str
    scope: Collection[tuple[str, int]]
    begun_on: date | None = None
    programmes: tuple[Programme, ...] = field(default=())


@action
def open_movement(*, office: Unit, draft: MovementDraft, by: Actor, at: datetime, synthetic: bool = False) -> Movement:
    """Open a movement at the office. Raises Refused at office, title, basis, begun_on or scope."""
    _require(by, office.pk, at)
    told = _cleaned(draft, at)
    made = Movement(slug=free_slug(told["title"], Movement.objects), office=office, synthetic=synthetic, **told)
    made.save(force_insert=True)
    _set_programmes(made, draft)
    _set_scope(made, draft)
    payload = {"office": _name(office.pk, at), "basis": made.basis, "scope": _scope_words(draft)}
    record(event=events.MOVEMENT_MADE, by=by, subject=movement_ref(made), at=at, payload=payload)
    return made


@action
def change_movement(*, movement: Movement, draft: MovementDraft, by: Actor, at: datetime) -> Movement:
    """Change what the movement is. Units that have registered stay in its scope. Raises Refused as `open_movement` does."""
    held: Movement = Movement.objects.select_for_update().get(pk=movement.pk)
    _require(by, held.office_id, at)
    for name, value in _cleaned(draft, at).items():
        setattr(held, name, value)
    held.save()
    _set_programmes(held, draft)
    _set_scope(held, draft)
    payload = {"basis": held.basis, "scope": _scope_words(draft), "programmes": [str(one) for one in draft.programmes]}
    record(event=events.MOVEMENT_CHANGED, by=by, subject=movement_ref(held), at=at, payload=payload)
    return held


def _require(by: Actor, office_id: int, at: datetime) -> None:
    if not rules.manages(by, office_id, day_of(at)):
        raise Refused(_("You do not hold the programme office at this unit."), field="office")


def _name(unit_id: int, at: datetime) -> str:
    node = organisations.unit_nearest(unit_id, day_of(at))
    return node.name if node else ""


def _cleaned(draft: MovementDraft, at: datetime) -> dict[str, Any]:
    if draft.begun_on is not None:
        past_day(draft.begun_on, "begun_on", at)
    lines = {line.code for line in organisations.lines()}
    if not draft.scope or any(line not in lines or level not in Level.values for line, level in draft.scope):
        raise Refused(_("Choose which units take part."), field="scope")
    return {"title": clean(draft.title, "title", 300), "basis": clean(draft.basis, "basis", 500), "begun_on": draft.begun_on}


def _set_programmes(movement: Movement, draft: MovementDraft) -> None:
    wanted = {programme.pk for programme in draft.programmes}
    movement.programmes.exclude(programme_id__in=wanted).delete()
    known = set(movement.programmes.values_list("programme_id", flat=True))
    MovementProgramme.objects.bulk_create(MovementProgramme(movement=movement, programme_id=pk) for pk in sorted(wanted - known))


def _set_scope(movement: Movement, draft: MovementDraft) -> None:
    lines = {line.code: line for line in organisations.lines()}
    known = {(row.line.code, row.level): row for row in movement.scopes.select_related("line")}
    for key in known.keys() - set(draft.scope):
        if _registered(movement, *key):
            raise Refused(_("Units of a line and level that you left out have registered already. Keep it."), field="scope")
        movement.scopes.filter(pk=known[key].pk).delete()
    fresh = sorted(set(draft.scope) - known.keys())
    MovementScope.objects.bulk_create(MovementScope(movement=movement, line=lines[line], level=level) for line, level in fresh)


def _registered(movement: Movement, line: str, level: int) -> bool:
    rows = Registration.objects.filter(movement=movement, unit__line__code=line).order_by().values_list("unit_id", "year").distinct()
    return any(node.level == level for unit, year in rows if (node := organisations.unit_nearest(unit, date(year, 12, 31))))


def _scope_words(draft: MovementDraft) -> list[str]:
    return sorted(f"{line}/{level}" for line, level in draft.scope)
