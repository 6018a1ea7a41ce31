"""The list of conferences and the page of one."""
from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.conferences import rules
from soket.conferences.queries import inviting, scope, screens
from soket.conferences.queries import planning as queries
from soket.conferences.views.shared import actor, crumbs, scoped
from soket.kernel.clock import today
from soket.ui.shortcuts import frame


@require_GET
def conferences(request: HttpRequest) -> HttpResponse:
    """The conferences that the reader may see, newest first."""
    asked = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.found(actor(request), today(), asked), 50).get_page(request.GET.get("page"))
    begins = request.user.is_authenticated and bool(queries.offices(request.user))
    context = {"page": page, "q": asked, "frame": frame(request), "may_begin": begins, "crumbs": [(_("Conferences"), "")]}
    return render(request, "conferences/planning/list.html", context)


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference: when and where, what it holds, how far it has come."""
    conference = scoped(request, slug)
    context = {
        "conference": conference, "frame": frame(request), "reviews": queries.reviews_of(conference), "numbers": queries.numbers(conference),
        "sites": Paginator(scope.sites(conference), 100).get_page(request.GET.get("page")),
        "desks": request.user.is_authenticated and screens.desks(actor(request), conference, today()),
        "mine": request.user.is_authenticated and inviting.of_units(actor(request), conference, today()).exists(),
        "runs": rules.runs(actor(request), conference, today()), "crumbs": crumbs(conference)[:1] + [(conference.title, "")],
    }  # fmt: skip
    return render(request, "conferences/planning/detail.html", context)
