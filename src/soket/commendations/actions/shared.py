"""What the acts of this room have in common: names in the record, locked rows, sides and moves of a nomination."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.commendations.core import states
from soket.commendations.models import Campaign, Hand, Move, Nomination
from soket.commendations.models.nominating import Side, State
from soket.commendations.queries.scope import AWARD_KIND, KIND
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused
from soket.kernel.references import Ref


def campaign_ref(campaign: Campaign) -> Ref:
    """How the record names a campaign."""
    return Ref("commendations.campaign", str(campaign.pk), campaign.title)


def nomination_ref(nomination: Nomination) -> Ref:
    """How the record names a nomination: its number in the campaign, never the person's name."""
    return Ref(KIND, str(nomination.pk), f"Đề nghị khen thưởng số {nomination.number}, {nomination.campaign_form.campaign.code}")


def award_ref(award: Any) -> Ref:
    """How the record names an award."""
    return Ref(AWARD_KIND, str(award.pk), f"Quyết định {award.decision.entry.notation}, thứ tự {award.place}")


def decision_ref(decision: Any) -> Ref:
    """How the record names a decision."""
    return Ref("commendations.decision", str(decision.pk), f"Quyết định {decision.entry.notation}")


def locked_campaign(campaign: Campaign) -> Campaign:
    """The campaign's row, held until the act ends: acts that give numbers or meet a quota run one after another."""
    found: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    return found


def locked(nomination: Nomination) -> Nomination:
    """The nomination's row, held until the act ends, so that two acts on it never run at once."""
    Nomination.objects.select_for_update().get(pk=nomination.pk)
    found: Nomination = Nomination.objects.select_related("campaign_form__campaign__review", "campaign_form__form").get(pk=nomination.pk)
    return found


def take_side(nomination: Nomination, side: Side, act: str, by: Actor, at: datetime) -> None:
    """Keep on which side the person stands. Raises Refused when the person has stood on the other; the database holds the same.

    A job that acts under its own name is on no side: it moves what persons have decided.
    """
    if by.actor_kind != "person":
        return
    known = Hand.objects.filter(nomination=nomination, by_id=by.actor_id).first()
    if known is None:
        Hand(nomination=nomination, by_id=by.actor_id, by_label=by.actor_label, side=side, act=act, at=at).save(force_insert=True)
    elif known.side != side:
        raise Refused(
            _("You have had a hand in proposing this nomination, so you cannot appraise or decide on it.")
            if side == Side.DECIDE
            else _("You have had a hand in deciding on this nomination, so you cannot propose it.")
        )


def move(nomination: Nomination, kind: str, by: Actor, at: datetime, reason: str = "", payload: Mapping[str, Any] | None = None) -> Move:
    """Take the nomination on by one move. Raises Refused when its state does not allow it. The row must be locked."""
    try:
        state = states.follow("" if kind == "drafted" else nomination.state, kind)
    except states.Misfit as misfit:
        word = State(misfit.state).label if misfit.state else ""
        raise Refused(_("This cannot be done while the nomination stands at “%(state)s”.") % {"state": word}) from None
    row = Move(
        nomination=nomination, number=nomination.moves.count() + 1, kind=kind, reason=reason, payload=canonical(dict(payload or {})).decode(), at=at,
        by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    nomination.state = state
    nomination.save(update_fields=["state"])
    return row


def locked_many(nominations: Sequence[Nomination]) -> list[Nomination]:
    """The rows of many, held until the act ends, always in one order so that two acts never wait for each other."""
    ids = sorted({row.pk for row in nominations})
    found: list[Nomination] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        list(Nomination.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk", flat=True))
        found += Nomination.objects.filter(pk__in=part).select_related("campaign_form__campaign__review", "campaign_form__form", "unit")
    return found


def take_sides(nominations: Sequence[Nomination], side: Side, act: str, by: Actor, at: datetime) -> None:
    """`take_side` for many at once: one refusal at "nominations" names all on which the person has stood on the other side."""
    if by.actor_kind != "person":
        return
    known = dict(Hand.objects.filter(nomination__in=[row.pk for row in nominations], by_id=by.actor_id).values_list("nomination_id", "side"))
    if wrong := [row for row in nominations if known.get(row.pk, side) != side]:
        said = (
            now_gettext("You have had a hand in proposing these nominations, so you cannot decide on them: %(numbers)s.")
            if side == Side.DECIDE
            else now_gettext("You have had a hand in deciding on these nominations, so you cannot propose them: %(numbers)s.")
        )
        raise Refused(said % {"numbers": ", ".join(str(row.number) for row in wrong)}, field="nominations")
    fresh = [Hand(nomination=row, by_id=by.actor_id, by_label=by.actor_label, side=side, act=act, at=at) for row in nominations if row.pk not in known]
    Hand.objects.bulk_create(fresh, batch_size=500)


def move_many(
    nominations: Sequence[Nomination], kind: str, by: Actor, at: datetime, reason: str = "", payloads: Sequence[Mapping[str, Any]] = ()
) -> list[Move]:
    """`move` for many at once, all or none; `payloads` one for each when given. The rows must be locked."""
    for row in nominations:
        try:
            states.follow(row.state, kind)
        except states.Misfit as misfit:
            said = now_gettext("Nomination %(number)s stands at “%(state)s”.") % {"number": row.number, "state": State(misfit.state).label}
            raise Refused(said, field="nominations") from None
    ids, last = [row.pk for row in nominations], dict[Any, int]()
    for start in range(0, len(ids), 500):
        rows = Move.objects.filter(nomination__in=ids[start : start + 500]).order_by().values_list("nomination_id").annotate(Max("number"))
        last |= dict(rows)
    told = payloads or [{} for _row in nominations]
    made = [
        Move(
            nomination=row, number=last.get(row.pk, 0) + 1, kind=kind, reason=reason, payload=canonical(dict(payload)).decode(), at=at,
            by_id=by.actor_id, by_label=by.actor_label,
        )
        for row, payload in zip(nominations, told, strict=True)
    ]  # fmt: skip
    Move.objects.bulk_create(made, batch_size=500)
    for row in nominations:
        row.state = states.follow(row.state, kind)
    for state in {row.state for row in nominations}:
        moved = [row.pk for row in nominations if row.state == state]
        for start in range(0, len(moved), 500):
            Nomination.objects.filter(pk__in=moved[start : start + 500]).update(state=state)
    return made
