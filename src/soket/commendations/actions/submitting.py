"""The way of a nomination to the authorities: sent, returned, confirmed, completed, withdrawn."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.nominating import RowOutcome, open_for, outcome_of
from soket.commendations.actions.shared import locked, locked_campaign, move, nomination_ref, take_side
from soket.commendations.actions.twinning import find_twins
from soket.commendations.models import Appraisal, AppraisalAct, Nomination, Wording
from soket.commendations.models.nominating import Side
from soket.commendations.queries import binding, campaigns, nominating, ruling, twins
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.actions import cite
from soket.reviews.rules import clean

MOST = 200  # nominations confirmed in one act


@action
def submit(*, nomination: Nomination, by: Actor, at: datetime) -> Nomination:
    """Send a nomination to the level that confirms it. Its figures are noted as cited, and nominations that may be the same are found.

    Raises Refused at proposer, campaign_form (nominations are not taken that day) or summary (nothing is written, or a figure was corrected
    by a newer edition since it was written).
    """
    day = day_of(at)
    campaign = locked_campaign(nomination.campaign_form.campaign)
    held = locked(nomination)
    _require_proposer(held, by, day)
    open_for(campaign, held.proposer_id, day)
    wording = nominating.newest_wording(held)
    if wording is None or not wording.summary:
        raise Refused(_("Write the achievement before you send the nomination."), field="summary")
    _not_outdated(held, wording)
    take_side(held, Side.PROPOSE, "submit", by, at)
    move(held, "submitted", by, at, payload={"wording": wording.number})
    codes = _cite(held, by, at)
    find_twins([held], by, at)
    payload = {"proposer": _name(held.proposer_id, day), "wording": wording.number, "figures": codes}
    record(event=events.nominating.SUBMITTED, by=by, subject=nomination_ref(held), at=at, payload=payload)
    return held


@action
def return_to_proposer(*, nomination: Nomination, reason: str, by: Actor, at: datetime) -> Nomination:
    """The confirming level sends a nomination back to be changed. Raises Refused at reason."""
    held, day = locked(nomination), day_of(at)
    _require_confirmer(held, by, day)
    reason = clean(reason, "reason", 1000)
    take_side(held, Side.PROPOSE, "return", by, at)
    unit = nominating.confirming_unit(held, by, day)
    move(held, "returned", by, at, reason=reason, payload={"unit": unit})
    record(event=events.nominating.RETURNED, by=by, subject=nomination_ref(held), at=at, payload={"unit": _name(unit, day)}, reason=reason)
    return held


@action
def confirm(*, nomination: Nomination, clear: bool, by: Actor, at: datetime) -> Nomination:
    """The level that submits confirms the achievement and hands the nomination to the authorities.

    `clear`: it declares that the recipient is not under discipline, inspection or verification of a complaint that day. Raises Refused at
    clear (asked for while the rule is in force), quota, campaign_form (nominations are not taken that day), or without a field when the
    actor wrote or sent it, does not decide there, or the state does not allow it.
    """
    campaign = locked_campaign(nomination.campaign_form.campaign)
    held = locked(nomination)
    return _confirm(held, campaign, clear, by, at, twins.book_for([held], day_of(at)))


@action
def confirm_many(*, nominations: Sequence[Nomination], clear: bool, by: Actor, at: datetime) -> list[RowOutcome]:
    """`confirm` for many of one campaign, each by itself; the results come in the order given. At most 200 at once."""
    if len(nominations) > MOST:
        raise Refused(_("At most %(most)s nominations are confirmed at once.") % {"most": MOST})
    if not nominations:
        return []
    campaign = locked_campaign(nominations[0].campaign_form.campaign)
    book, made = twins.book_for(nominations, day_of(at)), []
    for nomination in nominations:
        try:
            with transaction.atomic():
                made.append(RowOutcome(_confirm(locked(nomination), campaign, clear, by, at, book), {}))
        except Refused as refused:
            made.append(outcome_of(refused, nomination))
    return made


def _confirm(held: Nomination, campaign: Any, clear: bool, by: Actor, at: datetime, book: twins.Book) -> Nomination:
    day = day_of(at)
    if held.campaign_form.campaign_id != campaign.pk:
        raise Refused(_("This nomination belongs to another campaign."))
    _require_confirmer(held, by, day)
    if by.actor_id in nominating.writers(held):
        raise Refused(_("Nobody confirms a nomination that they wrote or sent."))
    open_for(campaign, held.proposer_id, day)
    stated = _declared(clear, day)
    _within_quota(held, day)
    take_side(held, Side.PROPOSE, "confirm", by, at)
    unit = nominating.confirming_unit(held, by, day)
    move(held, "confirmed", by, at, payload={**stated, "unit": unit, "on": day.isoformat()})
    codes = _cite(held, by, at)
    find_twins([held], by, at, book)
    authorities = _hand_over(held, by, at)
    payload = {"unit": _name(unit, day), **stated, "authorities": [_name(one, day) for one in authorities], "figures": codes}
    record(event=events.nominating.CONFIRMED, by=by, subject=nomination_ref(held), at=at, payload=payload)
    return held


def _declared(clear: bool, day: date) -> dict[str, Any]:
    """What is stated about discipline, with the rule that asks for it; nothing is stated while no rule does."""
    rule = ruling.rule("no_discipline", day)
    if rule is None or not rule.value.get("enforced"):
        return {"clear": clear or None, "rule": ""}
    if not clear:
        raise Refused(_("State that the recipient is not under discipline, inspection or verification of a complaint on this day."), field="clear")
    return {"clear": True, "rule": rule.citation}


def _within_quota(held: Nomination, day: date) -> None:
    full = [one for one in campaigns.quota_state(held.campaign_form, held.proposer_id, held.recipient, day) if one.full]
    if full:
        raise Refused(" ".join(_full(one, held.recipient) for one in full), field="quota")


def _full(one: campaigns.QuotaState, recipient: str) -> str:
    what = gettext("collectives") if recipient == "collective" else gettext("persons")
    given = {"used": one.used, "limit": one.limit, "what": what, "unit": one.unit_name or gettext("the whole campaign")}
    return gettext("%(used)s of %(limit)s %(what)s of %(unit)s have been proposed already: the quota is used up.") % given


def _hand_over(held: Nomination, by: Actor, at: datetime) -> list[int]:
    """One appraisal for the issuer and, where opinions are asked for, one for each other issuer of the campaign; the dossier came."""
    campaign, lead = held.campaign_form.campaign, held.campaign_form.issuer_id
    others = rules.authorities_of(campaign) if campaign.concurrence else []
    found = list(dict.fromkeys([lead, *others]))
    for authority in found:
        row = Appraisal(nomination=held, authority_id=authority, lead=authority == lead)
        row.save(force_insert=True)
        _act(row, "came", by, at)
    return found


def _act(appraisal: Appraisal, kind: str, by: Actor, at: datetime) -> None:
    """The dossier is with the authority: by when it says whether something is lacking. Without a rule no day is set."""
    clock = ruling.clock("clock.incomplete", day_of(at))
    due = clock[0] if clock else None
    AppraisalAct(
        appraisal=appraisal, number=appraisal.acts.count() + 1, kind=kind, due_on=due.on if due else None, known=due.known if due else True,
        rule=clock[1] if clock else "", at=at, by_id=by.actor_id, by_label=by.actor_label,
    ).save(force_insert=True)  # fmt: skip


@action
def complete(*, nomination: Nomination, by: Actor, at: datetime, note: str = "") -> Nomination:
    """The proposer has completed what an authority asked for; the dossier is back with whoever asked. Raises Refused at proposer, note,
    or summary (a figure was corrected by a newer edition since it was written)."""
    held, day = locked(nomination), day_of(at)
    _require_proposer(held, by, day)
    note = clean(note, "note", 1000, required=False)
    wording = nominating.newest_wording(held)
    _not_outdated(held, wording)
    take_side(held, Side.PROPOSE, "complete", by, at)
    move(held, "completed", by, at, reason=note, payload={"wording": wording.number if wording else 0})
    codes = _cite(held, by, at)
    find_twins([held], by, at)
    for row in held.appraisals.all():
        newest = row.acts.order_by("-number").first()
        if newest is not None and newest.kind == "asked":
            _act(row, "completed", by, at)
    payload = {"proposer": _name(held.proposer_id, day), "wording": wording.number if wording else 0, "figures": codes}
    record(event=events.nominating.COMPLETED, by=by, subject=nomination_ref(held), at=at, payload=payload, reason=note)
    return held


@action
def withdraw(*, nomination: Nomination, reason: str, by: Actor, at: datetime) -> Nomination:
    """The proposer takes a nomination back before it is decided; it stays in sight with the reason. Raises Refused at proposer or reason."""
    held, day = locked(nomination), day_of(at)
    _require_proposer(held, by, day)
    reason = clean(reason, "reason", 1000)
    state = held.state
    take_side(held, Side.PROPOSE, "withdraw", by, at)
    move(held, "withdrawn", by, at, reason=reason)
    payload = {"proposer": _name(held.proposer_id, day), "state": state}
    record(event=events.nominating.WITHDRAWN, by=by, subject=nomination_ref(held), at=at, payload=payload, reason=reason)
    return held


def _require_proposer(held: Nomination, by: Actor, day: date) -> None:
    if not rules.reports_for(by, held.proposer_id, day):
        raise Refused(_("You do not report for this unit."), field="proposer")


def _require_confirmer(held: Nomination, by: Actor, day: date) -> None:
    if not rules.confirms_for(by, held.proposer_id, day):
        raise Refused(_("Only the level that submits to the authorities confirms this nomination or returns it."))


def _not_outdated(held: Nomination, wording: Wording | None) -> None:
    """A freeze flags only what was cited before it, so a text sent after it must not rest on what it corrected."""
    if codes := binding.outdated(held.campaign_form.campaign.review, wording):
        said = gettext("%(codes)s reads otherwise in the edition that counts now. Change the nomination and save it again, so that it rests on that edition.")
        raise Refused(said % {"codes": ", ".join(codes)}, field="summary")


def _cite(held: Nomination, by: Actor, at: datetime) -> list[str]:
    """Note that the nomination relies on each figure of its newest wording, so that a later edition flags it; the codes as printed."""
    ref, url = nomination_ref(held), reverse("commendations:nomination", args=[held.pk])
    rows = binding.grounds(nominating.newest_wording(held))
    for row in rows:
        cite(edition=row.edition, figure=row.code, ref=ref, url=url, by=by, at=at)
    return [f"{row.edition.review.code}-{row.code}" for row in rows]


def _name(unit_id: int, day: date) -> str:
    return unit_names([unit_id], day)[unit_id]


