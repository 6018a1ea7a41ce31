"""Who owes it: duties over the tree of a day, and the closing of duties whose unit has ended."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from soket.audit.actions import EventDraft, record, record_many
from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations.core import Lives
from soket.organisations.queries import known_from, unit_tree
from soket.organisations.queries.units import lives
from soket.programmes import core, events, rules
from soket.programmes.actions.obligations import _due_for
from soket.programmes.actions.programme import _require_run
from soket.programmes.core import State
from soket.programmes.models import DueRule, Duty, DutyState, Obligation, Programme

BATCH = 2000
Owing = dict[tuple[int, str], set[int]]


def _check_list_day(obligation: Obligation, on: date, occasion: str, round_due: date | None, at: datetime) -> None:
    programme = obligation.programme
    if on > day_of(at):
        raise Refused(_("The list of units cannot be drawn up for a day in the future."), field="on")
    first = core.earliest_day(programme.signed_on, programme.starts, programme.span_text)
    if first is not None and on < first:
        raise Refused(_("The programme had not begun on that day."), field="on")
    if programme.ends is not None and on > programme.ends:
        raise Refused(_("The programme had ended by that day."), field="on")
    if (obligation.due_rule == DueRule.EVERY_ROUND) != bool(occasion):
        raise Refused(_("Name the reporting period for an obligation of every period, and only for that."), field="occasion")
    if occasion and (round_due is None or round_due < on):
        raise Refused(_("Give the day by which this period's duty is due."), field="due_on")


def _units_owing(obligation: Obligation, on: date) -> list[int]:
    """Units of the obligation's lines and levels that stood on the day. Nothing is back-dated."""
    found: list[int] = []
    for scope in obligation.scopes.select_related("line").order_by("line__order", "level"):
        known = known_from(scope.line.code, scope.level)
        if known is not None and on < known.day:
            raise Refused(_("The units of this line and level are not loaded for that day."), field="on")
        tree = unit_tree(scope.line.code, on)
        if obligation.under_id is None or obligation.under_id in tree:
            found += tree.at_level(scope.level, obligation.under_id)
    if not found:
        raise Refused(_("No unit of these lines and levels is known on that day."), field="on")
    return found


@action
def resolve_duties(
    *, obligation: Obligation, on: date, by: Actor, at: datetime, occasion: str = "", due_on: date | None = None
) -> list[Duty]:
    """Draw up who owes the obligation on the tree of a day; returns the duties that are new.

    Running it again adds only units that have none yet. `occasion` and `due_on` name the reporting
    period of an "every round" obligation. Raises Refused at on, occasion or due_on.
    """
    _require_run(by, obligation.programme, at)
    _check_list_day(obligation, on, occasion, due_on, at)
    have = set(obligation.duties.filter(occasion=occasion).values_list("unit_id", flat=True))
    units = [unit for unit in _units_owing(obligation, on) if unit not in have]
    if not units:
        return []
    due = _due_for(obligation, on, due_on)
    duties = Duty.objects.bulk_create(
        [Duty(obligation=obligation, unit_id=unit, occasion=occasion, since=on, due_on=due) for unit in units], batch_size=BATCH
    )
    DutyState.objects.bulk_create(
        [DutyState(duty=duty, state=State.DUE, on=on, at=at, by_label=by.actor_label[:200]) for duty in duties], batch_size=BATCH
    )
    payload = {"on": on.isoformat(), "count": len(units), "units_digest": hex_digest(sorted(units))}
    record(event=events.RESOLVED, by=by, subject=obligation.ref, at=at, payload=payload)
    return duties


@action
def close_ended(*, on: date, by: Actor, at: datetime, obligation: Obligation | None = None) -> list[DutyState]:
    """Close the open duties of units that had ended by a day: each by fulfilment, succession or lapse.

    An accepted duty is fulfilled; else a successor with a duty of the same obligation takes it over; else
    it lapses, with the act that ended the unit as basis. Draw up the lists of the new units first. Every
    row counts from the first day without the unit. Without `obligation`, all programmes `by` runs.
    """
    if on > day_of(at):
        raise Refused(_("Duties cannot be closed for a day in the future."), field="on")
    if obligation is not None:
        _require_run(by, obligation.programme, at)
    known = lives()
    duties = [duty for duty in _run_by(by, at, obligation) if (last := known.last_day(duty.unit_id)) and last < on]
    owing = _owing({duty.obligation_id for duty in duties})
    rows = [_closing(duty, known, owing, by, at) for duty in duties]
    DutyState.objects.bulk_create(rows, batch_size=BATCH)
    for state in core.CLOSED:
        _mark([row.duty_id for row in rows if row.state == state], state)
    record_many(drafts=[_closing_event(row, known, by, at) for row in rows])
    return rows


def _owing(obligations: set[int]) -> Owing:
    """Which units have a duty, by obligation and occasion."""
    found: Owing = {}
    for one, occasion, unit in Duty.objects.filter(obligation__in=obligations).values_list("obligation_id", "occasion", "unit_id"):
        found.setdefault((one, occasion), set()).add(unit)
    return found


def _run_by(by: Actor, at: datetime, obligation: Obligation | None) -> Iterable[Duty]:
    """Open duties of the one obligation, or of every programme that the actor runs."""
    open_duties = Duty.objects.filter(state__in=core.OPEN).select_related("obligation__programme").order_by("id")
    if obligation is not None:
        return open_duties.filter(obligation=obligation)
    programmes = Programme.objects.prefetch_related("parties")
    mine = [programme.pk for programme in programmes if rules.may_run(by, programme, day_of(at))]
    return open_duties.filter(obligation__programme__in=mine)


def _mark(duty_ids: Sequence[int], state: str) -> None:
    """Repeat the newest state on the duties, in pieces that every database takes."""
    for start in range(0, len(duty_ids), BATCH):
        Duty.objects.filter(pk__in=duty_ids[start : start + BATCH]).update(state=state)


def _heirs(unit: int, known: Lives, wanted: set[int]) -> tuple[list[int], str]:
    """The nearest successors among `wanted`, through as many generations as it takes, and the first act's basis."""
    steps = known.successors(unit)
    basis, seen = (steps[0].basis if steps else ""), {unit}
    while steps:
        found = [step.new for step in steps if step.new in wanted]
        if found:
            return found, basis
        seen.update(step.new for step in steps)
        steps = [further for step in steps for further in known.successors(step.new) if further.new not in seen]
    return [], basis


def _closing(duty: Duty, known: Lives, owing: Owing, by: Actor, at: datetime) -> DutyState:
    gone = known.of(duty.unit_id)[-1].ends
    assert gone is not None  # only ended units come here
    heirs, basis = _heirs(duty.unit_id, known, owing[duty.obligation_id, duty.occasion])
    with override("vi"):  # the record is kept in the language of the documents
        basis = basis or now_gettext("The unit ended on %(day)s") % {"day": f"{gone:%d/%m/%Y}"}
    state = State.FULFILLED if duty.state == State.ACCEPTED else State.SUCCEEDED if heirs else State.LAPSED
    heir = heirs[0] if heirs else None
    label = by.actor_label[:200]
    return DutyState(duty=duty, state=state, on=gone, at=at, by_label=label, basis=basis[:500], successor_id=heir)


def _closing_event(row: DutyState, known: Lives, by: Actor, at: datetime) -> EventDraft:
    heir = known.nearest(row.successor_id, row.on) if row.successor_id else None
    unit = known.of(row.duty.unit_id)[-1].name
    payload = {"on": row.on.isoformat(), "state": str(row.state), "successor": heir.name if heir else ""}
    return EventDraft(events.CLOSED, by, row.duty.ref(unit), at, payload, row.basis)
