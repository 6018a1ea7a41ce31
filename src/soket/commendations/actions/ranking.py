"""After the count: who is put forward, who stands in reserve, who is left out; and moving up from reserve."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.commendations import events, rules
from soket.commendations.actions.shared import locked, locked_campaign, locked_many, move, move_many, nomination_ref, take_side, take_sides
from soket.commendations.core.council import Ranking
from soket.commendations.models import CampaignForm, Nomination
from soket.commendations.models.nominating import Side
from soket.commendations.queries import ranking as queries
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean

MOVES = {"chosen": "chosen", "reserve": "reserved", "left_out": "left_out"}


@action
def rank_nominations(
    *, campaign_form: CampaignForm, recipient: str, order: Mapping[str, int], reason: str, by: Actor, at: datetime
) -> Ranking:  # fmt: skip
    """Put those voted on in order by their share of votes; `order` (nomination id → place) says how the council decided between equal shares,
    with its reason. Those within the quota of the campaign are put forward, the others who passed stand in reserve.

    Raises Refused at reason (equal shares without one), or when nothing was counted.
    """
    locked_campaign(campaign_form.campaign)
    if not rules.appraises(by, campaign_form.issuer_id, day_of(at)):
        raise Refused(_("You do not keep this council."))
    found = queries.standing(campaign_form, recipient)
    if not found.voted:
        raise Refused(_("Nothing of this kind has been counted and waits for its place."))
    rows = {str(row.pk): row for row in locked_many([row for row, _tally in found.voted])}
    take_sides(list(rows.values()), Side.DECIDE, "chose", by, at)
    tied = {one.key for group in found.tied for one in group}
    reason = clean(reason, "reason", 500, required=bool(tied))
    result, tallies = found.ranking(order), {str(row.pk): tally for row, tally in found.voted}
    first = queries.last_rank(campaign_form, recipient) + 1
    drafts = []
    for outcome in MOVES:
        keys = getattr(result, outcome)
        told = [_payload(key, tallies[key], result, first, reason if key in tied else "") for key in keys]
        move_many([rows[key] for key in keys], MOVES[outcome], by, at, payloads=told)
        drafts += [EventDraft(events.council.CHOSEN, by, nomination_ref(rows[key]), at, {"outcome": outcome, **_plain(one)}, one["tie"]) for key, one in
                   zip(keys, told, strict=True)]  # fmt: skip
    for place, key in enumerate(result.order, first):
        rows[key].rank = place
        rows[key].save(update_fields=["rank"])
    record_many(drafts=drafts)
    return result


def _payload(key: str, tally: Any, result: Ranking, first: int, tie: str) -> dict[str, Any]:
    rank = first + result.order.index(key) if key in result.order else 0
    return {"rank": rank, "yes": tally.yes, "base": tally.base, "tie": tie}


def _plain(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in ("rank", "yes", "base")}


@action
def promote(*, nomination: Nomination, by: Actor, at: datetime, reason: str = "") -> Nomination:
    """One in reserve moves up into a place that has become free. Out of order only with a reason. Raises Refused at reason, or when no place
    is free."""
    locked_campaign(nomination.campaign_form.campaign)
    held = locked(nomination)
    form = held.campaign_form
    if not rules.appraises(by, form.issuer_id, day_of(at)):
        raise Refused(_("You do not keep this council."))
    free = queries.free_places(form, held.recipient)
    if free is not None and free < 1:
        raise Refused(_("No place is free: somebody put forward must fall out first."))
    waiting = queries.reserve(form, held.recipient)
    in_order = bool(waiting) and waiting[0].pk == held.pk
    reason = clean(reason, "reason", 1000, required=not in_order)
    take_side(held, Side.DECIDE, "promoted", by, at)
    move(held, "promoted", by, at, reason, {"rank": held.rank or 0, "in_order": in_order})
    payload = {"rank": held.rank or 0, "in_order": in_order}
    record(event=events.council.PROMOTED, by=by, subject=nomination_ref(held), at=at, payload=payload, reason=reason)
    return held
