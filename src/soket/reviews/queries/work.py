"""What waits for someone in this room: editions to sign."""
from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.reviews import rules
from soket.reviews.models import Edition, Review
from soket.reviews.queries.editions import manifest_of, open_proposal
from soket.reviews.queries.parties import SigningParty, parties_of
from soket.ui.work import WorkItem


def signings_of(actor: Actor, edition: Edition, at: datetime) -> list[SigningParty]:
    """The parties of a proposal for which this actor may sign and nobody has yet."""
    named = {party["id"] for party in manifest_of(edition)["parties"]}
    signed = set(edition.signatures.values_list("party_id", flat=True))
    open_ = [party for party in parties_of(edition.review, day_of(at)) if str(party.unit_id) in named and party.unit_id not in signed]
    return [party for party in open_ if party.signer_id is not None and rules.may_sign(actor, party.signer_id, day_of(at))]


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """The proposals that wait for the actor's signature."""
    reach = actor.reach(Office.SIGN, day_of(at))
    if not reach.everything and not reach.units:
        return []
    items = []
    for review in Review.objects.filter(editions__freeze=None, editions__isnull=False).distinct().order_by("pk"):
        edition = open_proposal(review)
        if edition is None:
            continue
        for party in signings_of(actor, edition, at):
            detail = _("Sign edition %(number)s for %(party)s") % {"number": edition.number, "party": party.name}
            items.append(WorkItem(title=review.title, detail=detail, url=reverse("reviews:sign", args=[review.slug])))
    return items
