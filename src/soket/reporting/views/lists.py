"""Lists: my reports, what waits for my decision, rounds."""
from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from soket.kernel.clock import now, today
from soket.organisations.queries import lines
from soket.reporting import queries
from soket.reporting.models import ReportState
from soket.reporting.rules import in_language
from soket.reporting.views.common import filters_of, paged


@require_GET
@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """Every report within reach, with filters; fifty a page."""
    seen, filters = queries.reports_visible_to(request.user, today()), filters_of(request)
    context = {
        "page": paged(request, queries.listed(seen, filters, now())),
        "filters": filters,
        "rounds": [(one.slug, in_language(one.title_vi, one.title_en)) for one in queries.rounds_visible_to(request.user, today())],
        "states": ReportState.choices,
        "lines": [(one.code, in_language(one.name_vi, one.name_en)) for one in lines()],
        "to_write": queries.to_report(request.user, today()).count(),
        "to_decide": queries.waiting_for_decision(request.user, today()).count(),
    }
    return render(request, "reporting/list.html", context)


@require_GET
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Sent reports that wait for this reader's decision."""
    filters = filters_of(request)
    waiting = queries.waiting_for_decision(request.user, today())
    page = paged(request, queries.listed(waiting, filters, now()).select_related("round", "unit__line", "head"))
    return render(request, "reporting/queue.html", {"page": page, "filters": filters})


@require_GET
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds in which the reader may see a report."""
    found = list(queries.rounds_visible_to(request.user, today()))
    states = queries.round_states([one.pk for one in found])
    rows = [(one, in_language(one.title_vi, one.title_en), states.get(one.pk, "open")) for one in found]
    return render(request, "reporting/rounds.html", {"rows": rows})
