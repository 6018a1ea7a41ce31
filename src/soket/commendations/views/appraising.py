"""The board of an authority's appraisals, the acts on one, and look-alikes settled."""
from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from soket.commendations import actions, rules
from soket.commendations.core import clocks
from soket.commendations.forms.appraising import AgainForm, LackingForm, NoteForm, TwinForm
from soket.commendations.models import Appraisal, Nomination, Twin
from soket.commendations.queries import appraising as queries
from soket.commendations.queries.recipients import labels
from soket.commendations.queries.scope import unit_names
from soket.commendations.views.shared import actor, crumbs, done, language, scoped_nomination, sent
from soket.kernel.clock import now, today
from soket.kernel.door import Refused

PER_PAGE = 50


class Act(NamedTuple):
    """An act on an appraisal: the kind it leads to, its words, its form."""

    kind: str
    heading: Any
    label: Any
    form: type[forms.Form]
    seal: bool = False


ACTS = {
    "tiep-nhan": Act("received", gettext_lazy("Receive the dossier"), gettext_lazy("Receive as complete"), NoteForm),
    "bo-sung": Act("asked", gettext_lazy("Ask for the dossier to be completed"), gettext_lazy("Send to the proposing unit"), LackingForm),
    "dong-y": Act("agreed", gettext_lazy("Agree"), gettext_lazy("Agree"), NoteForm),
    "khong-dong-y": Act("declined", gettext_lazy("Do not agree"), gettext_lazy("Record the refusal"), AgainForm, True),
}
DO = {
    "received": actions.receive_dossier, "asked": actions.ask_to_complete, "agreed": actions.agree_to, "declined": actions.decline_nomination,
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """The appraisals of one's authorities, those due first; many are received or agreed to at once."""
    who, day = actor(request), today()
    mine = queries.authorities(who, day)
    if not mine:
        raise Http404
    outcomes = _many(request) if request.method == "POST" else []
    shown, campaign = request.GET.get("hien", ""), request.GET.get("dot", "")[:60]
    shown = shown if shown in queries.FILTERS else ""
    listed = queries.board(who, day, "xong" if shown == "xong" else "", campaign)
    rows = [row for row in listed if queries.shows(row, shown)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "shown": shown, "filters": _filters(listed, shown), "campaign": campaign,
        "campaigns": queries.campaigns_of(who, day), "authorities": sorted(unit_names(mine, day).values()), "outcomes": outcomes,
        "called": labels((one.appraisal.nomination for one in outcomes), day), "language": language(), "crumbs": crumbs((_("Appraisal"), "")),
    }  # fmt: skip
    return render(request, "commendations/appraising/board.html", context)


def _filters(rows: list[queries.Row], shown: str) -> list[tuple[str, str, int | None]]:
    words = {
        "": _("All open"), "tiep-nhan": _("To be received"), "tham-dinh": _("Under appraisal"), "qua-han": _("Past its day"), "sap-den-han": _("Due soon"),
        "cho-hiep-y": _("Waiting for the partner"), "bo-sung": _("With the proposer"), "xong": _("Ended"),
    }  # fmt: skip
    counts: dict[str, int] = {} if shown == "xong" else queries.numbers(rows)
    return [(name, words[name], counts.get(name)) for name in queries.FILTERS]


def _many(request: HttpRequest) -> list[actions.Outcome]:
    who = actor(request)
    chosen = queries.chosen(who, request.POST.getlist("appraisal"), today())
    if not chosen:
        messages.error(request, _("Tick at least one dossier."))
        return []
    act = actions.agree_many if request.POST.get("act") == "agree" else actions.receive_many
    return act(appraisals=chosen, by=who, at=now())


def _mine(request: HttpRequest, pk: UUID, appraisal_id: int) -> tuple[Nomination, Appraisal]:
    nomination = scoped_nomination(request, pk)
    found = queries.one(nomination, appraisal_id)
    if found is None or not rules.appraises(actor(request), found.authority_id, today()):
        raise Http404
    return nomination, found


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: UUID, appraisal_id: int, act: str) -> HttpResponse:
    """One act on an appraisal, on a page that says what follows from it."""
    nomination, found = _mine(request, pk, appraisal_id)
    told = ACTS.get(act)
    if told is None or nomination.state not in queries.OPEN:
        raise Http404
    side = queries.sides([found], today())[0]
    again = told.kind == "received" and side.standing.state in clocks.ENDED
    form = (AgainForm if again else told.form)(sent(request))
    back = reverse("commendations:nomination", args=[pk])
    doing = DO[told.kind]
    if request.method == "POST" and form.is_valid() and done(form, lambda: doing(appraisal=found, by=actor(request), at=now(), **form.cleaned_data)):
        messages.success(request, _("Kept."))
        return redirect(back)
    label = labels([nomination], today())[nomination.pk]
    context = {
        "nomination": nomination, "label": label, "side": side, "act": told, "again": again, "form": form, "back": back,
        "hindrances": queries.hindrances(nomination, today()) if told.kind == "agreed" else [],
        "crumbs": crumbs((_number(nomination), back), (str(told.heading), ""), campaign=nomination.campaign_form.campaign),
    }  # fmt: skip
    return render(request, "commendations/appraising/act.html", context)


def _number(nomination: Nomination) -> str:
    return _("Nomination no. %(number)s") % {"number": nomination.number}


@require_POST
@login_required
def conclude(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a nomination before the council whose last hindrance went away by itself."""
    nomination = scoped_nomination(request, pk)
    if not queries.appraises_any(actor(request), nomination, today()):
        raise Http404
    try:
        actions.conclude_appraisal(nomination=nomination, by=actor(request), at=now())
        messages.success(request, _("The nomination goes before the council."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:nomination", pk)


@require_http_methods(["GET", "POST"])
@login_required
def twin(request: HttpRequest, pk: UUID, twin_id: int) -> HttpResponse:
    """Two nominations side by side, and the verdict on them."""
    nomination = scoped_nomination(request, pk)
    if not queries.appraises_any(actor(request), nomination, today()):
        raise Http404
    found = next((one for one in queries.twins_of(nomination) if one.pk == twin_id), None)
    if found is None:
        raise Http404
    pair = [found.nomination, found.other]
    choices = [(str(one.pk), _("The same achievement: nomination %(number)s stands") % {"number": one.number}) for one in pair]
    form = TwinForm(sent(request), choices=[*choices, ("two", _("Not the same: two persons or two achievements"))])
    back = reverse("commendations:nomination", args=[pk])
    if request.method == "POST" and form.is_valid() and done(form, lambda: _settle(request, found, form.cleaned_data)):
        messages.success(request, _("The verdict was kept."))
        return redirect(back)
    context = {
        "nomination": nomination, "twin": found, "pair": queries.compared(pair, language(), today()), "form": form, "back": back, "language": language(),
        "settled": getattr(found, "verdict", None),
        "crumbs": crumbs((_number(nomination), back), (_("Look-alikes"), ""), campaign=nomination.campaign_form.campaign),
    }  # fmt: skip
    return render(request, "commendations/appraising/twin.html", context)


def _settle(request: HttpRequest, found: Twin, data: dict[str, str]) -> object:
    same = data["verdict"] != "two"
    stands = next((one for one in (found.nomination, found.other) if str(one.pk) == data["verdict"]), None)
    try:
        return actions.settle_twin(twin=found, same=same, stands=stands, reason=data["reason"], by=actor(request), at=now())
    except Refused as refused:
        # The form has one field for both.
        raise Refused(refused.message, field="verdict" if refused.field in ("same", "stands") else refused.field) from None
