"""What the campaign's and a nomination's page say of appraisal: the authorities' clocks side by side, what each may do, look-alikes."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from soket.commendations import rules
from soket.commendations.core import clocks
from soket.commendations.models import Campaign, Nomination
from soket.commendations.queries import appraising as queries
from soket.commendations.views.shared import actor
from soket.kernel.actor import Office
from soket.kernel.clock import today

Part = tuple[str, dict[str, Any]]
WAYS = {"received": "tiep-nhan", "asked": "bo-sung", "agreed": "dong-y", "declined": "khong-dong-y"}


def campaign_part(request: HttpRequest, campaign: Campaign) -> Part | None:
    """How far each authority is, for who appraises, decides or runs the campaign."""
    who, day = actor(request), today()
    authorities = rules.authorities_of(campaign)
    held = rules.held_at(who, rules.AUTHORITY, authorities, day)
    if not held and not rules.runs(who, campaign, day):
        return None
    rows = queries.progress(campaign, day)
    if not rows:
        return None
    appraises = bool(rules.held_at(who, (Office.COMMEND,), authorities, day))
    return "commendations/appraising/campaign_part.html", {"campaign": campaign, "appraisal_rows": rows, "appraises": appraises}


def nomination_part(request: HttpRequest, nomination: Nomination) -> Part | None:
    """Both clocks side by side."""
    who, day = actor(request), today()
    sides = queries.of_nomination(nomination, day)
    if not sides:
        return None
    mine = rules.held_at(who, (Office.COMMEND,), [side.appraisal.authority_id for side in sides], day)
    listed = [(side, _acts(side, nomination) if side.appraisal.authority_id in mine else []) for side in sides]
    hindrances = queries.hindrances(nomination, day) if nomination.state == "confirmed" else []
    open_twins = list(queries.open_twins([nomination]).select_related("nomination", "other")) if mine else []
    context = {
        "nomination": nomination, "appraisal_sides": listed, "appraisal_hindrances": hindrances, "appraisal_twins": open_twins,
        "appraisal_ready": bool(mine) and nomination.state == "confirmed" and not hindrances,
    }  # fmt: skip
    return "commendations/appraising/nomination_part.html", context


def _acts(side: queries.Side, nomination: Nomination) -> list[tuple[str, str]]:
    """(way in the address, kind) of what this authority may do now."""
    if nomination.state not in queries.OPEN:
        return []
    may = [kind for kind in ("received", "agreed", "asked", "declined") if kind in clocks.NEXT[side.standing.state]]
    if nomination.state == "incomplete":
        may = [kind for kind in may if kind in ("asked", "declined")]
    return [(WAYS[kind], kind) for kind in may]
