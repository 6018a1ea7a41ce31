"""What the nominations add to a campaign's page: how many stand where, and the way to them."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from soket.commendations import rules
from soket.commendations.models import Campaign
from soket.commendations.queries import campaigns, scope
from soket.commendations.queries import nominating as queries
from soket.commendations.views.shared import actor
from soket.kernel.clock import today


def campaign_part(request: HttpRequest, campaign: Campaign) -> tuple[str, dict[str, Any]] | None:
    """Counters and links for those who work in the campaign; nothing for others."""
    who, day = actor(request), today()
    reach = rules.seen_units(who, day)
    seen = scope.nominations(who, day, campaign)
    counts = queries.counts(seen)
    if not counts and not reach.everything and not reach.units:
        return None
    context: dict[str, Any] = {
        "campaign": campaign, "counts": counts, "total": sum(count for _state, _words, count in counts),
        "to_confirm": queries.confirmable(who, campaign, day).count(),
        "may_propose": bool(queries.proposing_units(who, campaign, day)), "taking": campaigns.takes_nominations(campaign, day),
    }  # fmt: skip
    return "commendations/nominating/campaign_part.html", {**context, "part": context}
