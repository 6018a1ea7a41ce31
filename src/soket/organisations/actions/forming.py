"""Acts that form something new: merge and split."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from soket.kernel.actor import Actor
from soket.kernel.door import action
from soket.organisations import events
from soket.organisations.actions.act import Act, ref
from soket.organisations.core.plan import Part
from soket.organisations.models import SuccessionKind
from soket.organisations.queries.current import Subject, last_version
from soket.organisations.queries.plans_forming import plan_merge, plan_split


@action
def merge(
    *, subjects: Sequence[Subject], name: str, on: date, basis: str, by: Actor, at: datetime, kind: str = "",
    parent: Subject | None = None, code: str = "", note: str = "",
) -> Subject:  # fmt: skip
    """Two or more end on the day `on` and one new one is formed of them whole (share 1). Returns it."""
    act = Act(SuccessionKind.MERGE, list(subjects), on, basis, by, at, note)
    plan = plan_merge(subjects=subjects, name=name, on=on, kind=kind, parent=parent, code=code)
    new = act.apply(plan)[0]
    before = [last_version(subject).name for subject in subjects]
    act.done(events.MERGED, ref(new, plan.openings[0].name), predecessors=" + ".join(before), units=act.names)
    return new


@action
def split(*, subject: Subject, parts: Sequence[Part], on: date, basis: str, by: Actor, at: datetime, note: str = "") -> list[Subject]:
    """One ends on the day `on` and the parts are formed. Returns them in the order given."""
    act = Act(SuccessionKind.SPLIT, [subject], on, basis, by, at, note)
    plan = plan_split(subject=subject, parts=parts, on=on)
    formed = act.apply(plan)[: len(parts)]
    names = [opening.name for opening in plan.openings[: len(parts)]]
    act.done(events.SPLIT, ref(subject, last_version(subject).name), parts=" + ".join(names), units=act.names)
    return formed
