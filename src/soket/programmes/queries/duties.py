"""Duties one by one: who may see them, what happened to them, what the actor owes or has to decide."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from soket.files.models import StoredFile
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.organisations.core import Lives
from soket.organisations.queries.units import lives
from soket.programmes import rules
from soket.programmes.core import State
from soket.programmes.models import Claim, Duty, DutyState, Programme

_WHOLE = ("obligation__programme", "unit__line")


@dataclass(frozen=True)
class HistoryRow:
    """One state of a duty as written: counting from `on`, recorded at `at`; `successor` is a name."""

    state: str
    label: str
    on: date
    at: datetime
    by_label: str
    basis: str
    claim: Claim | None
    file: StoredFile | None
    successor: str


def duty_seen(actor: Actor, duty_id: int, at: datetime) -> Duty | None:
    """The duty, if there is one and the actor may see it."""
    duty = Duty.objects.select_related(*_WHOLE).filter(pk=duty_id).first()
    return duty if duty is not None and rules.may_see(actor, duty, at) else None


def may_see_each(actor: Actor, programme: Programme, unit_ids: Iterable[int], day: date) -> set[int]:
    """Those of the units whose duty page is open to the actor; one look at the actor's offices, then arithmetic."""
    units = set(unit_ids)
    if rules.may_run(actor, programme, day):
        return units
    seen, known = rules.seen_units(actor, day), lives()
    deciding = actor.reach(Office.DECIDE, day)
    return {
        unit
        for unit in units
        if seen.covers(unit) or ((above := known.superior(unit, day, day)) is not None and deciding.covers(above))
    }


def history(duty: Duty) -> list[HistoryRow]:
    """Everything that happened to the duty, newest first."""
    known, rows = lives(), duty.states.select_related("claim__file").order_by("-id")
    return [_told(row, known) for row in rows]


def _told(row: DutyState, known: Lives) -> HistoryRow:
    heir = known.nearest(row.successor_id, row.on) if row.successor_id else None
    return HistoryRow(
        state=row.state,
        label=row.get_state_display(),
        on=row.on,
        at=row.at,
        by_label=row.by_label,
        basis=row.basis,
        claim=row.claim,
        file=row.claim.file if row.claim else None,
        successor=heir.name if heir else "",
    )


def own_duties(actor: Actor, at: datetime) -> list[Duty]:
    """Duties that the units the actor reports for still have to meet: due or returned, soonest first."""
    day, known = day_of(at), lives()
    units = [unit for unit in actor.reach(Office.REPORT, day).units if known.at(unit, day) is not None]
    rows = Duty.objects.filter(unit_id__in=units, state__in=[State.DUE, State.RETURNED], since__lte=day)
    found = list(rows.select_related(*_WHOLE))
    return sorted(found, key=lambda duty: (duty.due_on or date.max, duty.obligation.code, duty.pk))


def claims_waiting(actor: Actor, at: datetime) -> list[Duty]:
    """Claimed duties of the units directly below those the actor decides for, in order of arrival."""
    day, known = day_of(at), lives()
    reach = actor.reach(Office.DECIDE, day).units
    tops = {unit for unit in reach if (life := known.at(unit, day)) is None or life.parent not in reach}
    if not tops:
        return []
    waiting = Duty.objects.filter(state=State.CLAIMED).values_list("pk", "unit_id")
    mine = [pk for pk, unit in waiting if known.superior(unit, day, day) in tops]
    rows = Duty.objects.filter(pk__in=mine).select_related(*_WHOLE)
    return sorted(rows, key=lambda duty: (duty.obligation.programme_id, duty.obligation.code, duty.pk))


def released_claims(duty_ids: Iterable[int]) -> dict[int, StoredFile]:
    """For accepted duties whose document was made public: the file by duty id."""
    rows = DutyState.objects.filter(duty__in=list(duty_ids), state=State.ACCEPTED, claim__file__releases__isnull=False)
    return {row.duty_id: row.claim.file for row in rows.select_related("claim__file").order_by("id") if row.claim and row.claim.file}
