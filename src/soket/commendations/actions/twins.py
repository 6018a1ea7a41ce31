"""Look-alikes settled by a person: one achievement or two, one person or two."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.appraising import conclude_if_ready
from soket.commendations.actions.shared import locked, move, nomination_ref, take_side
from soket.commendations.models import Nomination, Twin, TwinVerdict
from soket.commendations.models.nominating import Side
from soket.commendations.queries.appraising import appraises_any
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean


@action
def settle_twin(*, twin: Twin, same: bool, stands: Nomination | None, reason: str, by: Actor, at: datetime) -> TwinVerdict:
    """Say whether two nominations are one achievement of one recipient, and if so which of them stands; the other is declined.

    Two persons of one name get different keys. Nobody settles who had a hand in proposing either. Raises Refused at stands, same, reason.
    """
    pair = [locked(one) for one in sorted((twin.nomination, twin.other), key=lambda one: str(one.pk))]
    nomination, other = sorted(pair, key=lambda one: one.pk != twin.nomination_id)
    if TwinVerdict.objects.filter(twin=twin).exists():
        raise Refused(_("These two have been settled."))
    reason = clean(reason, "reason", 500)
    loser = _loser(nomination, other, stands) if same else None
    day = day_of(at)
    judged = [loser] if loser is not None else pair
    if not any(appraises_any(by, one, day) for one in judged):
        raise Refused(_("Only who appraises the nomination that falls away settles this."))
    for one in pair:
        take_side(one, Side.DECIDE, "settled", by, at)
    if same and stands is None:
        raise Refused(_("Say which nomination stands."), field="stands")
    row = TwinVerdict(
        twin=twin, same=same, stands=stands if same else None, reason=reason, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    row.save(force_insert=True)
    if loser is not None:
        move(loser, "declined", by, at, reason, {"twin": str(twin.pk)})
    else:
        _tell_apart(nomination, other)
    payload = {"other": other.number, "same": same, "stands": stands.number if same and stands is not None else 0}
    record(event=events.appraising.TWIN_SETTLED, by=by, subject=nomination_ref(nomination), at=at, payload=payload, reason=reason)
    for one in pair:
        conclude_if_ready(one, by, at)
    return row


def _loser(nomination: Nomination, other: Nomination, stands: Nomination | None) -> Nomination:
    if stands is None or stands.pk not in (nomination.pk, other.pk):
        raise Refused(_("Say which nomination stands."), field="stands")
    loser = other if stands.pk == nomination.pk else nomination
    if loser.state == "decided":
        raise Refused(_("An award that has been decided falls away only by a decision that cancels it."), field="stands")
    return loser


def _tell_apart(nomination: Nomination, other: Nomination) -> None:
    """Two persons: the later nomination's key gets the next free “#n”. A unit is one: for one programme and time it has one achievement."""
    if nomination.recipient_key != other.recipient_key:
        return
    if nomination.recipient == "collective":
        if nomination.programme_id == other.programme_id and _meet(nomination, other):
            raise Refused(_("A unit has one achievement in one programme and time: say which nomination stands."), field="same")
        return
    plain = nomination.recipient_key.split("#")[0]
    taken = set(Nomination.objects.filter(recipient_key__startswith=plain).values_list("recipient_key", flat=True))
    number = next(count for count in range(2, len(taken) + 3) if f"{plain}#{count}" not in taken)
    nomination.recipient_key = f"{plain}#{number}"
    nomination.save(update_fields=["recipient_key"])


def _meet(one: Nomination, other: Nomination) -> bool:
    return one.achieved_from <= other.achieved_to and other.achieved_from <= one.achieved_to
