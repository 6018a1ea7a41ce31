"""What the campaign's and a nomination's page say of decisions and awards."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from soket.commendations import rules
from soket.commendations.models import Campaign, Nomination
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import register
from soket.commendations.views.shared import actor, language
from soket.kernel.clock import today

Part = tuple[str, dict[str, Any]]


def campaign_part(request: HttpRequest, campaign: Campaign) -> Part | None:
    """The decisions of each form; for its issuer the way to prepare one, for who works on them the way into each."""
    rows, who, day = queries.form_rows(campaign), actor(request), today()
    held = rules.held_at(who, rules.AUTHORITY, [row.form.issuer_id for row in rows], day)
    if not any(row.made for row in rows) and not any(row.waiting and row.form.issuer_id in held for row in rows):
        return None
    seen = set(queries.decisions(who, day).filter(campaign_form__campaign=campaign).values_list("pk", flat=True))
    listed = [(row, register.form_name(row.form.form, language()), row.form.issuer_id in held) for row in rows]
    return "commendations/deciding/campaign_part.html", {"campaign": campaign, "decided_rows": listed, "decided_seen": seen}


def nomination_part(request: HttpRequest, nomination: Nomination) -> Part | None:
    """The award that it led to, where it stands, and what can be done with it."""
    award = queries.award_given(nomination)
    if award is None:
        return None
    who, day, decision = actor(request), today(), award.decision
    context = {
        "award": award, "award_state": register.award_state(award), "award_decision": decision,
        "award_reads": queries.decisions(who, day).filter(pk=decision.pk).exists(), "award_hands": rules.hands_over(who, decision, day),
        "award_cancels": bool(rules.held_at(who, rules.AUTHORITY, [decision.issuer_id], day)),
    }  # fmt: skip
    return "commendations/deciding/nomination_part.html", context
