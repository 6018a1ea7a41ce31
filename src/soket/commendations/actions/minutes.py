"""The minutes of a meeting: their number, and the paper put into the dossier of everything voted on."""
from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.council import locked_meeting, require_keeps
from soket.commendations.models import Attachment, Meeting
from soket.commendations.queries import meetings
from soket.commendations.queries import minutes as queries
from soket.commendations.queries.scope import unit_names
from soket.documents import kinds
from soket.documents.actions import take_number
from soket.documents.models import Entry
from soket.files import core as files
from soket.files.actions import store
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action


@action
def issue_minutes(*, meeting: Meeting, dated: date, by: Actor, at: datetime) -> Entry:
    """Number the minutes of a counted meeting from the council's own series. Again, it is the same number. Raises Refused at dated."""
    held = locked_meeting(meeting)
    require_keeps(by, held.council, at)
    if held.stage != "counted":
        raise Refused(_("Minutes are issued once the votes are counted."))
    known = queries.entry_of(held)
    if known is not None:
        return known
    if dated < day_of(held.held_at):
        raise Refused(_("Minutes are dated on the day of the meeting or later."), field="dated")
    label = unit_names([held.council.authority_id], dated)[held.council.authority_id]
    entry = take_number(
        issuer=queries.issuer_key(held), issuer_label=label, series=queries.SERIES, on=dated, symbol=kinds.COUNCIL.symbol(queries.SYMBOL),
        subject=queries.title(held), kind=kinds.COUNCIL.code, reference=queries.reference(held), by=by, at=at,
    )  # fmt: skip
    payload = {"number": entry.notation, "dated": dated.isoformat()}
    record(event=events.council.MINUTES_ISSUED, by=by, subject=meetings.meeting_ref(held), at=at, payload=payload)
    return entry


@action
def keep_minutes(*, meeting: Meeting, content: bytes, by: Actor, at: datetime) -> Attachment:
    """Put the issued minutes, set as PDF, into the dossier of each nomination voted on; done already, they stay. A step of the system: it
    moves nobody to a side."""
    held = locked_meeting(meeting)
    entry, known = queries.entry_of(held), queries.kept(held)
    if entry is None:
        raise Refused(_("The minutes have no number yet."))
    if known is not None:
        return known
    file = store(content=content, name=f"Bien-ban-{entry.number}-{held.pk}.pdf", allowed=frozenset({files.PDF}), by=by, at=at)
    made = [
        Attachment(
            nomination=row.nomination, kind="minutes", title=queries.title(held), document=entry.notation, dated=entry.dated, file=file, at=at,
            by_id=by.actor_id, by_label=by.actor_label,
        )
        for row in meetings.questions(held)
    ]  # fmt: skip
    Attachment.objects.bulk_create(made, batch_size=500)
    payload = {"file": file.sha256, "count": len(made)}
    record(event=events.council.MINUTES_KEPT, by=by, subject=meetings.meeting_ref(held), at=at, payload=payload)
    return made[0]
