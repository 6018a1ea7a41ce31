"""The acts on a nomination, each on a page of its own that says what will happen."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from soket.commendations import actions
from soket.commendations.forms.nominating import ClearForm, NoteForm, ReasonForm, RemarkForm
from soket.commendations.models import Nomination
from soket.commendations.queries import binding, campaigns, dossier, nomination_papers
from soket.commendations.queries import nominating as queries
from soket.commendations.views.nominating import acts_of, acts_open, facts, list_crumbs, quota_rows, title_of, way_to
from soket.commendations.views.shared import actor, done, scoped, scoped_nomination
from soket.kernel.clock import now, today
from soket.kernel.door import Refused


def _may(request: HttpRequest, pk: UUID, act: str) -> Nomination | HttpResponse:
    """The nomination, or 404 when this reader has no such act on it as it stands. What is sent a second time, or too late, leads back to
    the nomination, which says where it stands."""
    found = scoped_nomination(request, pk)
    if act in acts_open(request, found):
        return found
    if request.method != "POST" or act not in acts_of(request, found):
        raise Http404
    messages.info(request, _("This cannot be done while the nomination stands at “%(state)s”.") % {"state": found.get_state_display()})
    return redirect("commendations:nomination", pk)


def _page(request: HttpRequest, found: Nomination, form: forms.Form, heading: str, label: str, **more: Any) -> HttpResponse:
    shown = facts(request, found)
    texts = shown["wordings"]
    context = {
        **shown, "form": form, "heading": f"{heading}: {title_of(found)}", "label": label, "back": reverse("commendations:nomination", args=[found.pk]),
        "missing": dossier.missing(shown["checklist"]), "crumbs": way_to(found, (heading, "")),
        "advice": binding.advice(found.campaign_form.campaign.review, texts[0].summary) if texts else [], **more,
    }  # fmt: skip
    return render(request, "commendations/nominating/act.html", context)


def _acted(request: HttpRequest, form: forms.Form, act: Callable[..., Any], found: Nomination, told: str) -> HttpResponse | None:
    """The way back after the act, or None with its refusal in the form."""
    if request.method == "POST" and form.is_valid() and done(form, lambda: act(nomination=found, by=request.user, at=now(), **form.cleaned_data)):
        messages.success(request, told)
        return redirect("commendations:nomination", found.pk)
    return None


@require_http_methods(["GET", "POST"])
@login_required
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it to the level that confirms."""
    found = _may(request, pk, "submit")
    if isinstance(found, HttpResponse):
        return found
    form = forms.Form(request.POST if request.method == "POST" else None)
    sent = _acted(request, form, actions.submit, found, _("The nomination was sent to be confirmed."))
    return sent or _page(request, found, form, _("Send to be confirmed"), _("Send"), until=found.campaign_form.campaign.nominate_until)


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the achievement, with the declaration, within the quota."""
    found = _may(request, pk, "confirm")
    if isinstance(found, HttpResponse):
        return found
    form = ClearForm(request.POST or None)
    sent = _acted(request, form, actions.confirm, found, _("The nomination was confirmed and is with the authorities."))
    rule = nomination_papers.cited_rule(today())
    return sent or _page(request, found, form, _("Confirm"), _("Confirm and hand over"), rule=rule, quotas=quota_rows(found), confirming=True)


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return it to the proposer."""
    found = _may(request, pk, "return")
    if isinstance(found, HttpResponse):
        return found
    form = ReasonForm(request.POST or None)
    sent = _acted(request, form, actions.return_to_proposer, found, _("The nomination was returned to its proposer."))
    return sent or _page(request, found, form, _("Return to the proposer"), _("Return it"))


@require_http_methods(["GET", "POST"])
@login_required
def complete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell the authority that what it asked for is there."""
    found = _may(request, pk, "complete")
    if isinstance(found, HttpResponse):
        return found
    form = NoteForm(request.POST or None)
    sent = _acted(request, form, actions.complete, found, _("The authority has the completed dossier."))
    return sent or _page(request, found, form, _("Send what was completed"), _("Send"))


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back; it stays in sight."""
    found = _may(request, pk, "withdraw")
    if isinstance(found, HttpResponse):
        return found
    form = ReasonForm(request.POST or None)
    sent = _acted(request, form, actions.withdraw, found, _("The nomination was withdrawn; it stays in sight with the reason."))
    return sent or _page(request, found, form, _("Withdraw"), _("Withdraw it"), gone=True)


@require_POST
@login_required
def remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say something for everyone who sees the nomination; what was typed comes back with its fault."""
    found = scoped_nomination(request, pk)
    form = RemarkForm(request.POST)
    sent = _acted(request, form, actions.remark, found, _("The remark was kept."))
    return sent or _page(request, found, form, _("Remark on a nomination"), _("Keep the remark"))


@require_http_methods(["GET", "POST"])
@login_required
def confirm_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm those ticked with one declaration; each line gets its own result."""
    campaign, day = scoped(request, slug), today()
    waiting = queries.confirmable(actor(request), campaign, day)
    if request.method != "POST" and not waiting.exists():
        raise Http404
    form, outcomes = ClearForm(request.POST or None), []
    ticked = request.POST.getlist("nomination")
    if request.method == "POST" and form.is_valid():
        chosen = queries.by_ids(waiting, ticked)
        outcomes = _confirmed(request, form, chosen) if chosen else []
        if not chosen:
            form.add_error(None, _("Tick at least one nomination."))
    left = list(queries.confirmable(actor(request), campaign, day)[: actions.MOST])
    heading = _("Confirm nominations")
    context = {
        "campaign": campaign, "form": form, "rows": queries.rows(left, day), "ticked": set(ticked), "outcomes": _results(outcomes, day),
        "rule": nomination_papers.cited_rule(day),
        "open": campaigns.takes_nominations(campaign, day), "heading": heading, "crumbs": list_crumbs(campaign, (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/nominating/confirm_many.html", context)


def _confirmed(request: HttpRequest, form: ClearForm, chosen: list[Nomination]) -> list[actions.RowOutcome]:
    try:
        found = actions.confirm_many(nominations=chosen, clear=form.cleaned_data["clear"], by=request.user, at=now())
    except Refused as refused:
        form.add_error(None, str(refused.message))
        return []
    good = sum(not one.errors for one in found)
    if good:
        messages.success(request, ngettext("%(count)s nomination was confirmed.", "%(count)s nominations were confirmed.", good) % {"count": good})
    return found


def _results(outcomes: list[actions.RowOutcome], day: Any) -> list[dict[str, Any]]:
    listed = [one.nomination for one in outcomes if one.nomination]
    rows = {row.nomination.pk: row for row in queries.rows(listed, day)} if listed else {}
    return [{"row": rows[one.nomination.pk], "message": one.message} for one in outcomes if one.nomination]
