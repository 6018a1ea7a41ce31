"""A unit says it has done what it owes. Single and bulk claims share one path, one check, one event."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record_many
from soket.files import core as file_kinds
from soket.files.actions import Upload, store
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations.core import Lives
from soket.organisations.queries.units import lives
from soket.programmes import core, events, rules
from soket.programmes.actions.duties import BATCH, _mark
from soket.programmes.actions.programme import _text
from soket.programmes.core import State
from soket.programmes.models import Claim, Duty, DutyState


@dataclass(frozen=True)
class ClaimDraft:
    """One claim: the client-made id, the duty, the document's number and date, and its file if there is one."""

    id: UUID
    duty: Duty
    number: str
    dated: date
    file: StoredFile | None = None
    note: str = ""


@action
def claim(
    *,
    id: UUID,
    duty: Duty,
    number: str,
    dated: date,
    by: Actor,
    at: datetime,
    file: StoredFile | None = None,
    upload: Upload | None = None,
    note: str = "",
) -> Claim:
    """Claim a duty done by a document; `upload` stores new bytes in the same transaction.

    The same id with the same content returns the first claim. Raises Refused at number, dated, file, note,
    unit (a claim for another unit), duty (the duty's state takes no claim) or id (reused with other content).
    """
    if upload is not None:
        file = store(content=upload.content, name=upload.name, allowed=file_kinds.EVIDENCE, by=by, at=at)
    return claim_many(claims=[ClaimDraft(id, duty, number, dated, file, note)], by=by, at=at)[0]


@action
def claim_many(*, claims: Sequence[ClaimDraft], by: Actor, at: datetime) -> list[Claim]:
    """Many claims at once, each checked and recorded as if alone; all or none. Order is kept."""
    duties = _fresh([draft.duty.pk for draft in claims])
    known, result, new = lives(), _sent_before(claims), []
    for draft in claims:
        row = _row(draft, duties[draft.duty.pk], by, at)
        if row.id in result:
            _require_same(result[row.id], row)
            continue
        _check_state(row.duty, known, row, by, at)
        row.duty.state = State.CLAIMED  # a second claim for this duty in the same batch is refused
        result[row.id] = row
        new.append(row)
    Claim.objects.bulk_create(new, batch_size=BATCH)
    day, label = day_of(at), by.actor_label[:200]
    states = [DutyState(duty=row.duty, state=State.CLAIMED, on=day, at=at, by_label=label, claim=row) for row in new]
    DutyState.objects.bulk_create(states, batch_size=BATCH)
    _mark([row.duty_id for row in new], State.CLAIMED)
    record_many(drafts=[_event(row, known, by, at) for row in new])
    return [result[draft.id] for draft in claims]


def _fresh(duty_ids: Sequence[int]) -> dict[int, Duty]:
    """The duties as they are now, locked until the act is done."""
    found: dict[int, Duty] = {}
    for start in range(0, len(duty_ids), BATCH):
        rows = Duty.objects.select_for_update(of=("self",)).select_related("obligation__programme")
        found.update((duty.pk, duty) for duty in rows.filter(pk__in=duty_ids[start : start + BATCH]))
    return found


def _sent_before(claims: Sequence[ClaimDraft]) -> dict[UUID, Claim]:
    found: dict[UUID, Claim] = {}
    for start in range(0, len(claims), BATCH):
        found |= Claim.objects.select_related("duty", "file").in_bulk([draft.id for draft in claims[start : start + BATCH]])
    return found


def _row(draft: ClaimDraft, duty: Duty, by: Actor, at: datetime) -> Claim:
    try:
        number = core.document_number(draft.number)
    except core.BadNumber:
        message = _("Write the document's number and symbol as it stands on the document, for example 45/QC-CAT.")
        raise Refused(message, field="number") from None
    return Claim(
        id=draft.id,
        duty=duty,
        number=number,
        dated=draft.dated,
        file=draft.file,
        note=_text(draft.note, "note", 500, required=False),
        at=at,
        by_id=by.actor_id,
        by_label=by.actor_label[:200],
    )


def _require_same(first: Claim, again: Claim) -> None:
    """A repeat of an id is harmless when nothing differs, and refused when anything does."""
    columns = ("duty_id", "number", "dated", "file_id", "note", "by_id")
    if any(getattr(first, name) != getattr(again, name) for name in columns):
        raise Refused(_("A claim with this id was already sent with other content. Open the duty again and send it anew."), field="id")


def _check_state(duty: Duty, known: Lives, row: Claim, by: Actor, at: datetime) -> None:
    today, programme = day_of(at), duty.obligation.programme
    if not rules.may_claim(by, duty.unit_id, today):
        raise Refused(_("You do not report for this unit."), field="unit")
    if not core.may_follow(duty.state, State.CLAIMED):
        raise Refused(_no_claim(duty.state), field="duty")
    if row.dated > today:
        raise Refused(_("The document's date lies in the future."), field="dated")
    first = core.earliest_day(programme.signed_on, programme.starts, programme.span_text)
    if first is not None and row.dated < first:
        raise Refused(_("The document is older than the programme."), field="dated")
    last = known.last_day(duty.unit_id)
    if last is not None and row.dated > last:
        raise Refused(_("The unit had already ended on the document's date."), field="dated")
    if row.file is not None and row.file.media_type not in file_kinds.EVIDENCE:
        raise Refused(_("This kind of file is not evidence here."), field="file")


def _no_claim(state: str) -> object:
    if state == State.CLAIMED:
        return _("A claim for this duty is waiting for a decision.")
    if state == State.ACCEPTED:
        return _("This duty has already been accepted.")
    return _("This duty is closed.")


def _event(row: Claim, known: Lives, by: Actor, at: datetime) -> EventDraft:
    life = known.nearest(row.duty.unit_id, day_of(at))
    payload = {
        "claim": str(row.id),
        "number": row.number,
        "dated": row.dated.isoformat(),
        "file": row.file.sha256 if row.file else "",
    }
    return EventDraft(events.CLAIMED, by, row.duty.ref(life.name if life else ""), at, payload, row.note)
