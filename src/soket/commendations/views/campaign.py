"""Campaigns listed, read by who works in them and, once decided, by everyone."""
from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from soket.commendations import rules
from soket.commendations.core.course import NEXT
from soket.commendations.models import Campaign
from soket.commendations.models.campaign import Stage
from soket.commendations.queries import campaign_counts, campaigns, scope
from soket.commendations.queries import campaign_page as queries
from soket.commendations.views import parts
from soket.commendations.views.shared import actor, crumbs, scoped
from soket.kernel.clock import today
from soket.kernel.text import name_search
from soket.reviews import queries as reviews
from soket.ui.shortcuts import frame

PAGE = 25
PUBLIC = (Stage.DECIDED, Stage.CLOSED)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The campaigns one may see, newest first; without an account those that are decided."""
    day, q = today(), request.GET.get("q", "").strip()[:100]
    rows = list(scope.campaigns(actor(request), day))
    if q:
        holds = name_search(q)
        rows = [row for row in rows if holds(f"{row.title} {row.code}")]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    names = scope.unit_names([row.office_id for row in page], day)
    told = [{"row": row, "office": names[row.office_id], "next": queries.next_words(row, day), "late": _late(row, day)} for row in page]
    context = {
        "page": page, "rows": told, "q": q, "frame": frame(request), "reads_rules": _works_here(request),
        "may_begin": request.user.is_authenticated and bool(reviews.office_choices(request.user)),
    }  # fmt: skip
    return render(request, "commendations/campaign/list.html", context)


def _late(row: Campaign, day: Any) -> bool:
    last = {Stage.PLANNING: row.opens_on, Stage.OPEN: row.nominate_until, Stage.APPRAISING: row.decide_until}.get(Stage(row.stage))
    return last is not None and day > last


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign: what comes next, its terms, what each part of the room adds, its numbers and its history."""
    found, day = scoped(request, slug), today()
    forms, inside = queries.forms_of(found), _works_here(request)
    rows, total = campaign_counts.tallies(found, forms)
    context = {
        "campaign": found, "frame": frame(request), "next": queries.next_words(found, day), "late": _late(found, day), "inside": inside,
        "steps": queries.step_rows(campaigns.steps(found, day)), "proposers": queries.proposer_rows(found),
        "forms": queries.form_rows(forms, queries.terms_day(found, day)),
        "office": scope.unit_names([found.office_id], day)[found.office_id], "tallies": rows, "total": total,
        "quotas": queries.quota_rows(found, forms, actor(request), day) if inside else queries.limits(forms),
        "all_quotas": inside and queries.sees_all_quotas(actor(request), found, day), "acts": queries.acts_of(found) if inside else [],
        "parts": [render_to_string(template, told, request) for template, told in parts.of_campaign(request, found)],
        "public": found.stage in PUBLIC, "preparing": found.stage == Stage.PLANNING, "open": found.stage == Stage.OPEN, "crumbs": crumbs((found.title, "")),
        **_for_the_office(request, found),
    }  # fmt: skip
    return render(request, "commendations/campaign/detail.html", context)


def _for_the_office(request: HttpRequest, found: Campaign) -> dict[str, Any]:
    """What who runs the campaign may do next, and what is missing for it."""
    if not rules.runs(actor(request), found, today()):
        return {"runs": False}
    kind = NEXT[found.stage]
    return {"runs": True, "missing": campaigns.missing(found, today()), "advance": queries.step_words(kind) if kind else ""}


def _works_here(request: HttpRequest) -> bool:
    """Whether the reader holds a post anywhere: more is shown than the public reads."""
    reach = rules.seen_units(actor(request), today())
    return reach.everything or bool(reach.units)
