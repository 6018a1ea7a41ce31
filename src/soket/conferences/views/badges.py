"""Badges: a QR code that the desk reads, and the number large for typing."""
from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from soket.conferences.models import Conference, Delegate
from soket.conferences.queries import inviting as queries
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.inviting import answerable, badge_code
from soket.conferences.views.shared import crumbs, served
from soket.ui.shortcuts import frame

PER_SHEET = 10
SHEETS = 10


def _cards(conference: Conference, delegates: list[Delegate]) -> list[dict[str, object]]:
    names = unit_names({row.unit_id for row in delegates}, conference)
    return [
        {"delegate": row, "unit": names[row.unit_id], "standing": queries.standing(row), "qr": badge_code(row)}
        for row in delegates
    ]  # fmt: skip


@never_cache
@require_GET
@login_required
def sheet(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """All badges of a site, ten to an A4 sheet, for those who keep its desk. A hundred to a page."""
    site = served(request, slug, site_id)
    conference = site.conference
    page = Paginator(queries.listed(conference).filter(site=site).exclude(state="declined"), PER_SHEET * SHEETS).get_page(request.GET.get("page"))
    cards = _cards(conference, list(page))
    context = {
        "conference": conference, "site": site, "page": page, "sheets": [cards[at : at + PER_SHEET] for at in range(0, len(cards), PER_SHEET)],
        "frame": frame(request), "crumbs": crumbs(conference, (_("Badges of %(site)s") % {"site": site.name}, "")),
    }  # fmt: skip
    return render(request, "conferences/inviting/badges.html", context)


@never_cache
@require_GET
@login_required
def one(request: HttpRequest, slug: str, delegate_id: int) -> HttpResponse:
    """One badge, for the office and the delegate's unit."""
    found = answerable(request, slug, delegate_id)
    if found.state in queries.GONE:
        raise Http404
    heading = _("Badge %(number)s") % {"number": found.number}
    context = {
        "conference": found.conference, "site": found.site, "sheets": [_cards(found.conference, [found])], "frame": frame(request), "heading": heading,
        "crumbs": crumbs(found.conference, (heading, "")),
    }  # fmt: skip
    return render(request, "conferences/inviting/badges.html", context)
