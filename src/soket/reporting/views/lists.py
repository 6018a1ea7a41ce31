"""Lists: my reports, what waits for my decision, rounds."""
from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from soket.kernel.clock import now, today
from soket.organisations.queries import lines
from soket.reporting import queries
from soket.reporting.models import ReportState
from soket.reporting.rules import in_language
from soket.reporting.views.common import filters_of, paged
from soket.reporting.views.opening import runs_any

ROUNDS_PER_PAGE = 20
MANY = 999
HEAVY = ("head__content", "head__values", "head__states")


@require_GET
@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """Every report within reach, with filters; fifty a page."""
    seen, filters = queries.reports_visible_to(request.user, today()), filters_of(request)
    to_write = list(queries.to_report(request.user, today()).order_by("due_at", "id").values_list("pk", flat=True)[:MANY])
    context = {
        "page": paged(request, queries.listed(seen, filters, now())),
        "filters": filters,
        "rounds": [(one.slug, in_language(one.title_vi, one.title_en)) for one in queries.rounds_visible_to(request.user, today())],
        "states": ReportState.choices,
        "lines": [(one.code, in_language(one.name_vi, one.name_en)) for one in lines()],
        "to_write": len(to_write), "first_to_write": to_write[0] if to_write else None,
        "to_decide": queries.waiting_for_decision(request.user, today()).count(),
    }
    return render(request, "reporting/list.html", context)


@require_GET
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Sent reports that wait for this reader's decision."""
    filters = filters_of(request)
    waiting = queries.waiting_for_decision(request.user, today())
    rounds = queries.rounds_among(waiting)
    page = paged(request, queries.listed(waiting, filters, now()).select_related("round", "unit__line", "head").defer(*HEAVY))
    for row in page:
        row.value = f"{row.head_id}:{row.head.digest}"
    context = {
        "page": page, "filters": filters,
        "rounds": [(one.slug, in_language(one.title_vi, one.title_en)) for one in rounds],
    }  # fmt: skip
    return render(request, "reporting/queue.html", context)


@require_GET
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds in which the reader may see a report, with their state and how far they are; twenty a page."""
    page = Paginator(queries.rounds_visible_to(request.user, today()).select_related("template"), ROUNDS_PER_PAGE).get_page(request.GET.get("page"))
    ids = [one.pk for one in page]
    states, far = queries.round_states(ids), queries.progress(request.user, ids, now(), today())
    rows = [(one, in_language(one.title_vi, one.title_en), states.get(one.pk, "open"), far.get(one.pk)) for one in page]
    return render(request, "reporting/rounds.html", {"rows": rows, "page": page, "may_open": runs_any(request)})
