"""Acts on one area or unit: rename, retype, move, create, dissolve. Each raises Refused with its field."""
from __future__ import annotations

from datetime import date, datetime

from soket.audit.registry import EventType
from soket.kernel.actor import Actor
from soket.kernel.door import action
from soket.organisations import events
from soket.organisations.actions.act import Act, ref
from soket.organisations.core.plan import Plan
from soket.organisations.models import Area, Line, Succession, SuccessionKind, Unit
from soket.organisations.queries.current import Subject, last_version
from soket.organisations.queries.plans import plan_create, plan_dissolve, plan_move, plan_rename, plan_retype


@action
def rename(*, subject: Subject, name: str, on: date, basis: str, by: Actor, at: datetime, note: str = "") -> Succession:
    """Another name from the day `on`; the units on a renamed area are renamed after it."""
    act = Act(SuccessionKind.RENAME, [subject], on, basis, by, at, note)
    plan = plan_rename(subject=subject, name=name, on=on)
    return _renamed(act, plan, subject, events.RENAMED)


@action
def retype(*, subject: Area, kind: str, on: date, basis: str, by: Actor, at: datetime, note: str = "") -> Succession:
    """Another type from the day `on` (xã → phường, tỉnh → thành phố); territory and id stay."""
    act = Act(SuccessionKind.RETYPE, [subject], on, basis, by, at, note)
    return _renamed(act, plan_retype(subject=subject, kind=kind, on=on), subject, events.RETYPED)


def _renamed(act: Act, plan: Plan, subject: Subject, event: EventType) -> Succession:
    old, new = plan.changes[0].version.name, plan.changes[0].values["name"]
    act.apply(plan)
    return act.done(event, ref(subject, new), old_name=old, new_name=new, units=act.names)


@action
def move(*, subject: Subject, parent: Subject, on: date, basis: str, by: Actor, at: datetime, note: str = "") -> Succession:
    """Another parent from the day `on`. A cycle is refused."""
    act = Act(SuccessionKind.MOVE, [subject, parent], on, basis, by, at, note)
    plan = plan_move(subject=subject, parent=parent, on=on)
    version = plan.changes[0].version
    before = last_version(version.parent) if version.parent else None
    act.apply(plan)
    names = {"old_parent": before.name if before else "", "new_parent": last_version(parent).name}
    return act.done(events.MOVED, ref(subject, version.name), **names, units=act.names)


@action
def create(
    *, name: str, level: int, on: date, basis: str, by: Actor, at: datetime, line: Line | None = None, kind: str = "",
    parent: Subject | None = None, area: Area | None = None, code: str = "", note: str = "",
) -> Subject:  # fmt: skip
    """A new area (no `line`) or a new unit of a line, from the day `on`."""
    act = Act(SuccessionKind.CREATE, [subject for subject in (parent, area) if subject is not None], on, basis, by, at, note)
    line_id = line.pk if line else None
    plan = plan_create(name=name, level=level, on=on, line_id=line_id, kind=kind, parent=parent, area=area, code=code)
    (new,) = act.apply(plan)
    act.done(events.CREATED, ref(new, plan.openings[0].name), level=level)
    return new


@action
def dissolve(
    *, subject: Subject, on: date, basis: str, by: Actor, at: datetime, taken_over_by: Unit | None = None, note: str = ""
) -> Succession:
    """The end of a subject with nothing below it; a unit may name who takes over (share undecided)."""
    act = Act(SuccessionKind.DISSOLVE, [subject], on, basis, by, at, note)
    plan = plan_dissolve(subject=subject, on=on, taken_over_by=taken_over_by)
    act.apply(plan)
    heir = last_version(taken_over_by).name if taken_over_by else ""
    return act.done(events.DISSOLVED, ref(subject, plan.title), taken_over_by=heir, units=act.names)
