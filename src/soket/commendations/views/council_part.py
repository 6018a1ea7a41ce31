"""What the campaign's and a nomination's page say of councils: who has one, the vote, conflicts declared, objections."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from soket.commendations import rules
from soket.commendations.models import Campaign, Nomination
from soket.commendations.queries import meetings as queries
from soket.commendations.queries import posting
from soket.commendations.queries.register import form_name
from soket.commendations.queries.scope import unit_names
from soket.commendations.views.shared import actor, language
from soket.kernel.actor import Office
from soket.kernel.clock import today

Part = tuple[str, dict[str, Any]]


def campaign_part(request: HttpRequest, campaign: Campaign) -> Part | None:
    """The councils one sees with their meetings, those one may set up, and the posted lists one may read."""
    who, day = actor(request), today()
    if who.actor_kind != "person":
        return None
    found, authorities = queries.of_campaign(who, campaign, day), rules.authorities_of(campaign)
    lists = posting.of_campaign(who, campaign, day)
    free = rules.held_at(who, (Office.COMMEND,), [one for one in authorities if one not in queries.authorities_with_council(campaign)], day)
    names = unit_names({*(row.authority_id for row in found), *free}, day)
    if not (found or lists or free):
        return None
    context = {
        "council_rows": [(row, names[row.authority_id], list(row.meetings.all())) for row in found],
        "council_lists": [(row, form_name(row.campaign_form.form, language()), day > row.until) for row in lists],
        "council_new": [(names[unit], reverse("commendations:council_new", args=[campaign.slug, unit])) for unit in sorted(free)],
    }  # fmt: skip
    return "commendations/council/campaign_part.html", context


def nomination_part(request: HttpRequest, nomination: Nomination) -> Part | None:
    """The newest count, for whoever sees the nomination; place, conflicts declared, objections and their answers."""
    tally = queries.latest_tallies([nomination]).get(str(nomination.pk))
    recusals = list(nomination.recusals.select_related("member").order_by("pk"))
    objections = list(nomination.objections.select_related("answer", "posting").order_by("at", "pk"))
    if tally is None and not recusals and not objections:
        return None
    who, day = actor(request), today()
    issuer = nomination.campaign_form.issuer_id
    inside = bool(rules.held_at(who, rules.AUTHORITY, [issuer], day)) or rules.runs(who, nomination.campaign_form.campaign, day)
    listed = objections if inside else [row for row in objections if row.by_id == who.actor_id]
    context = {
        "nomination": nomination, "vote": tally, "vote_recusals": recusals, "vote_objections": listed,
        "vote_counts": (len(objections), sum(hasattr(row, "answer") for row in objections)),
        "vote_answers": rules.appraises(who, issuer, day),
    }  # fmt: skip
    return "commendations/council/nomination_part.html", context
