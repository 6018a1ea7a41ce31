"""The superior's answers: accept, return with a reason, excuse with a reason, and make evidence public."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.audit.registry import EventType
from soket.files.actions import release
from soket.files.models import Release
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations.core import Lives
from soket.organisations.queries.units import lives
from soket.programmes import core, events, rules
from soket.programmes.actions.claims import _fresh
from soket.programmes.actions.duties import BATCH, _mark
from soket.programmes.actions.programme import _text
from soket.programmes.core import State
from soket.programmes.models import Claim, Duty, DutyState


@action
def accept_claim(*, duty: Duty, by: Actor, at: datetime, remarks: str = "") -> DutyState:
    """Accept the waiting claim; it counts from the date of the document. Raises Refused at duty or unit."""
    return accept_many(duties=[duty], by=by, at=at, remarks=remarks)[0]


@action
def accept_many(*, duties: Sequence[Duty], by: Actor, at: datetime, remarks: str = "") -> list[DutyState]:
    """Accept the waiting claims of many duties, each as if alone; all or none."""
    return _decide(duties, State.ACCEPTED, _text(remarks, "remarks", 500, required=False), by, at)


@action
def return_claim(*, duty: Duty, reason: str, by: Actor, at: datetime) -> DutyState:
    """Return the waiting claim to the unit, with what is to be mended. Raises Refused at reason, duty or unit."""
    return _decide([duty], State.RETURNED, _text(reason, "reason", 500), by, at)[0]


@action
def excuse(*, duty: Duty, reason: str, by: Actor, at: datetime, on: date | None = None) -> DutyState:
    """Excuse the unit from a day (today by default): the duty leaves the denominator, visibly and with its reason."""
    why, today = _text(reason, "reason", 500), day_of(at)
    fresh = _fresh([duty.pk])[duty.pk]
    start = on or today
    if not fresh.since <= start <= today:
        raise Refused(_("A unit is excused from a day between the duty's first day and today."), field="on")
    if not core.may_follow(fresh.state, State.EXCUSED):
        raise Refused(_("Only a duty that is due or returned can be excused."), field="duty")
    known = lives()
    _check_superior(fresh, known, by, at)
    row = DutyState(duty=fresh, state=State.EXCUSED, on=start, at=at, by_label=by.actor_label[:200], basis=why)
    row.save(force_insert=True)
    _mark([fresh.pk], State.EXCUSED)
    subject = fresh.ref(_name(known, fresh, at))
    record(event=events.EXCUSED, by=by, subject=subject, at=at, payload={"on": start.isoformat()}, reason=why)
    return row


@action
def release_evidence(*, claim: Claim, reason: str, by: Actor, at: datetime) -> Release:
    """Make the file of an accepted claim public: by whoever decides on the unit or runs the programme."""
    duty = claim.duty
    if claim.file is None:
        raise Refused(_("This claim has no file."), field="file")
    if not (rules.may_decide(by, duty.unit_id, at) or rules.may_run(by, duty.obligation.programme, day_of(at))):
        raise Refused(_("You do not decide on this unit's claims."), field="unit")
    if not duty.states.filter(claim=claim, state=State.ACCEPTED).exists():
        raise Refused(_("Only the document of an accepted claim can be made public."), field="duty")
    return release(file=claim.file, reason=reason, by=by, at=at)


def _decide(duties: Sequence[Duty], verdict: State, text: str, by: Actor, at: datetime) -> list[DutyState]:
    ids = [duty.pk for duty in duties]
    fresh, waiting, known = _fresh(ids), _waiting(ids), lives()
    rows = []
    for duty_id in ids:
        duty = fresh[duty_id]
        if duty.state != State.CLAIMED:
            raise Refused(_("No claim of this duty is waiting for a decision."), field="duty")
        claim = waiting[duty_id]
        _check_superior(duty, known, by, at)
        if by.actor_kind == "person" and claim.by_id == by.actor_id:
            raise Refused(_("Nobody decides on their own claim."), field="duty")
        duty.state = verdict
        on = claim.dated if verdict is State.ACCEPTED else day_of(at)
        rows.append(DutyState(duty=duty, state=verdict, on=on, at=at, by_label=by.actor_label[:200], basis=text, claim=claim))
    DutyState.objects.bulk_create(rows, batch_size=BATCH)
    _mark(ids, verdict)
    record_many(drafts=[_event(row, known, by, at) for row in rows])
    return rows


def _waiting(duty_ids: Sequence[int]) -> dict[int, Claim]:
    """The claim last sent for each duty."""
    found: dict[int, Claim] = {}
    for start in range(0, len(duty_ids), BATCH):
        rows = DutyState.objects.filter(duty__in=duty_ids[start : start + BATCH], state=State.CLAIMED)
        found.update((row.duty_id, row.claim) for row in rows.select_related("claim").order_by("id") if row.claim)
    return found


def _check_superior(duty: Duty, known: Lives, by: Actor, at: datetime) -> None:
    day = day_of(at)
    superior = known.superior(duty.unit_id, day, day)
    if superior is None or not by.holds(Office.DECIDE, day, superior):
        raise Refused(_("Only the unit's superior decides on this duty."), field="unit")


def _name(known: Lives, duty: Duty, at: datetime) -> str:
    life = known.nearest(duty.unit_id, day_of(at))
    return life.name if life else ""


def _event(row: DutyState, known: Lives, by: Actor, at: datetime) -> EventDraft:
    assert row.claim is not None
    kind: EventType = events.ACCEPTED if row.state == State.ACCEPTED else events.RETURNED
    payload = {"claim": str(row.claim.id), "number": row.claim.number}
    if kind is events.ACCEPTED:
        payload["on"] = row.on.isoformat()
    return EventDraft(kind, by, row.duty.ref(_name(known, row.duty, at)), at, payload, row.basis)
