"""A round: who is in, late and missing by name; closing and opening it again."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations.models import Level
from soket.organisations.queries import lines
from soket.reporting import actions, queries
from soket.reporting.forms import StateForm
from soket.reporting.models import ReportState, RoundStateName
from soket.reporting.rules import in_language
from soket.reporting.views.common import filters_of, paged, round_or_404


@require_GET
@login_required
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts by line and level, the list of units with filters, the states of the round."""
    found = round_or_404(request, slug)
    filters = filters_of(request)
    seen = queries.reports_visible_to(request.user, today()).filter(round=found)
    rows = queries.timeliness(seen, now())
    context = {
        "round": found,
        "round_title": in_language(found.title_vi, found.title_en),
        "state": queries.round_state(found.pk),
        "counts": [(in_language(one.line_vi, one.line_en), Level(one.level).label, one) for one in rows],
        "page": paged(request, queries.listed(seen, filters, now())),
        "filters": filters,
        "states": ReportState.choices,
        "lines": [(one.code, in_language(one.name_vi, one.name_en)) for one in lines()],
        "history": queries.states_of(found),
        "may_run": queries.may_run(request.user, found, today()),
        "crumbs": [(_("Reports"), reverse("reporting:list")), (in_language(found.title_vi, found.title_en), "")],
    }
    return render(request, "reporting/round.html", context)


@require_POST
@login_required
def round_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin closing, close, or open again; for a programme office whose area this is."""
    found = round_or_404(request, slug)
    if not queries.may_run(request.user, found, today()):
        raise Http404
    form = StateForm(request.POST)
    if form.is_valid():
        wanted, basis = form.cleaned_data["state"], form.cleaned_data["basis"]
        act = {
            RoundStateName.CLOSING.value: actions.begin_closing,
            RoundStateName.CLOSED.value: actions.close_round,
            RoundStateName.OPEN.value: actions.reopen_round,
        }[wanted]
        try:
            act(round=found, basis=basis, by=request.user, at=now())
            messages.success(request, _("The state of the round was recorded."))
        except Refused as refused:
            messages.error(request, str(refused.message))
    return redirect("reporting:round", found.slug)
