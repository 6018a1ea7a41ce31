"""A round: who is in, late and missing by name; closing and opening it again."""
from __future__ import annotations

from typing import Any

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
from soket.reporting.forms import ExtensionForm, StateForm, show
from soket.reporting.models import ReportState, Round, RoundStateName
from soket.reporting.rules import in_language
from soket.reporting.views.common import filters_of, paged, round_or_404


@require_GET
@login_required
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts by line and level, the list of units with filters, the deadlines and states of the round."""
    return _page(request, round_or_404(request, slug))


def _page(request: HttpRequest, found: Round, asking: ExtensionForm | None = None) -> HttpResponse:
    filters, state = filters_of(request), queries.round_state(found.pk)
    seen = queries.reports_visible_to(request.user, today()).filter(round=found)
    rows = queries.timeliness(seen, now())
    context = {
        "round": found,
        "round_title": in_language(found.title_vi, found.title_en),
        "state": state,
        "counts": [(in_language(one.line_vi, one.line_en), Level(one.level).label, one) for one in rows],
        "page": paged(request, queries.listed(seen, filters, now())),
        "filters": filters,
        "states": ReportState.choices,
        "lines": [(one.code, in_language(one.name_vi, one.name_en)) for one in lines()],
        "history": queries.states_of(found),
        **_deadlines(request, found, state, asking),
        "crumbs": [(_("Reports"), reverse("reporting:list")), (in_language(found.title_vi, found.title_en), "")],
    }
    return render(request, "reporting/round.html", context, status=422 if asking is not None else 200)


def _deadlines(request: HttpRequest, found: Round, state: str, asking: ExtensionForm | None) -> dict[str, Any]:
    """The deadlines, with the form to ask for later ones for an office that runs a round still open."""
    deadlines, may_run = queries.deadlines_of(found, request.user), queries.may_run(request.user, found, today())
    form = asking or ExtensionForm(None, scopes=_scope_choices(deadlines))
    may_ask = may_run and state != RoundStateName.CLOSED
    return {"deadlines": deadlines, "may_run": may_run, "may_ask": may_ask, "extension": form if may_ask else None}


def _scope_choices(deadlines: list[queries.Deadline]) -> list[tuple[str, str]]:
    return [(str(one.scope.pk), one.label) for one in deadlines]


@require_POST
@login_required
def deadline(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a later deadline, or answer what a colleague asked for; for a programme office whose area this is."""
    found = round_or_404(request, slug)
    if not queries.may_run(request.user, found, today()):
        raise Http404
    if "extension" in request.POST:
        return _answered(request, found)
    form = ExtensionForm(request.POST, scopes=_scope_choices(queries.deadlines_of(found, request.user)))
    scope = queries.scope_in(found, request.POST.get("scope", ""))
    if not form.is_valid() or scope is None:
        return _page(request, found, form)
    try:
        actions.ask_extension(scope=scope, due_at=form.cleaned_data["due_at"], reason=form.cleaned_data["reason"], by=request.user, at=now())
    except Refused as refused:
        show(form, refused.errors, refused.message)
        return _page(request, found, form)
    messages.success(request, _("The request was recorded. The deadline moves once a colleague of the programme office agrees."))
    return redirect("reporting:round", found.slug)


def _answered(request: HttpRequest, found: Round) -> HttpResponse:
    extension = queries.extension_in(found, request.POST["extension"])
    if extension is None:
        messages.error(request, _("This request has already been answered."))
        return redirect("reporting:round", found.slug)
    try:
        actions.answer_extension(extension=extension, agreed=request.POST.get("answer") == "agree", by=request.user, at=now())
        messages.success(request, _("The answer was recorded."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("reporting:round", found.slug)


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
