"""Exemplars as their units write them."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import events, queries, rules
from soket.exemplars.actions.shared import clean, exemplar_ref, free_slug, in_draft, past_day, step
from soket.exemplars.models import Exemplar, Field, Holder, Movement
from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit


@dataclass(frozen=True)
class ExemplarDraft:
    """What the unit says of its model. `holder` is a collective of the unit or the post of an official, never a private name;
    `since` is None where it is not known."""

    title: str
    holder_kind: str
    holder: str
    field: str
    description: str
    origin: str
    since: date | None = None
    movement: Movement | None = None


@action
def draft_exemplar(*, unit: Unit, draft: ExemplarDraft, by: Actor, at: datetime, synthetic: bool = False) -> Exemplar:
    """Begin an exemplar of the unit. It goes to the office of its movement, or to the top of the unit's line.

    Raises Refused at unit, title, holder_kind, holder, field, description, origin, since or movement.
    """
    day = day_of(at)
    if not rules.reports(by, unit.pk, day):
        raise Refused(_("You do not report for this unit."), field="unit")
    if organisations.unit_at(unit.pk, day) is None:
        raise Refused(_("The unit does not exist on that day."), field="unit")
    told = _cleaned(draft, at)
    office_id = draft.movement.office_id if draft.movement else queries.top_of(unit.pk, day)
    made = Exemplar(
        slug=free_slug(told["title"], Exemplar.objects), unit=unit, office_id=office_id, written_by_id=by.actor_id, changed_at=at, synthetic=synthetic, **told
    )
    made.save(force_insert=True)
    step(made, "drafted", by, at)
    payload = {"unit": queries.names([unit.pk], day)[unit.pk], "field": made.field}
    record(event=events.DRAFTED, by=by, subject=exemplar_ref(made), at=at, payload=payload)
    return made


@action
def rewrite(*, exemplar: Exemplar, draft: ExemplarDraft, by: Actor, at: datetime) -> Exemplar:
    """Change the texts of a draft; its address stays. Raises Refused at state (no draft) and as `draft_exemplar` does."""
    held = in_draft(exemplar, by, at)
    told = _cleaned(draft, at)
    for name, value in told.items():
        setattr(held, name, value)
    held.office_id = draft.movement.office_id if draft.movement else queries.top_of(held.unit_id, day_of(at))
    held.written_by_id, held.changed_at = by.actor_id, at
    held.save()
    digest = hex_digest({name: str(value) for name, value in told.items()})
    record(event=events.CHANGED, by=by, subject=exemplar_ref(held), at=at, payload={"digest": digest})
    return held


def _cleaned(draft: ExemplarDraft, at: datetime) -> dict[str, Any]:
    if draft.holder_kind not in Holder.values:
        raise Refused(_("An exemplar belongs to a collective of the unit or to an official in their post."), field="holder_kind")
    if draft.field not in Field.values:
        raise Refused(_("Choose one of the four fields."), field="field")
    if draft.since is not None:
        past_day(draft.since, "since", at)
    texts = {"title": 300, "holder": 200, "description": 8000, "origin": 4000}
    cleaned: dict[str, Any] = {name: clean(getattr(draft, name), name, limit) for name, limit in texts.items()}
    return {**cleaned, "holder_kind": draft.holder_kind, "field": draft.field, "since": draft.since, "movement": draft.movement}
