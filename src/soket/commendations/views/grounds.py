"""A figure that moved: what each authority makes of it; cancelling an award, and what came back."""
from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from soket.commendations import actions, rules
from soket.commendations.forms.grounds import CancelForm, JudgeForm, RecoveryForm
from soket.commendations.models import Award
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import decision_papers, grounds, register
from soket.commendations.views.decisions import way
from soket.commendations.views.handing import worked
from soket.commendations.views.shared import actor, crumbs, done, language
from soket.documents.core import PaperError
from soket.documents.queries import render_pdf
from soket.kernel.clock import now, today
from soket.organisations import queries as organisations
from soket.reviews.rules import said
from soket.ui.shortcuts import proven


@require_http_methods(["GET", "POST"])
@login_required
def judge(request: HttpRequest, flag_id: int) -> HttpResponse:
    """The moved figure below a nomination, and what each authority that appraised it makes of it."""
    found, day = grounds.flag(actor(request), flag_id, today()), today()
    if found is None:
        raise Http404
    mine = grounds.judges(request.user, found, day)
    form = JudgeForm(request.POST or None, authorities=[(str(pk), name) for pk, name in mine])
    if request.method == "POST":
        if not mine:
            raise Http404
        if form.is_valid():
            data = form.cleaned_data
            unit = organisations.unit_by_id(int(data["authority"]))
            kept = done(form, lambda: actions.judge_ground(
                flag=found, authority=unit, bears=data["bears"] == "yes", reason=data["reason"], by=request.user, at=now()
            ))  # fmt: skip
            if kept is not None:
                messages.success(request, _("The verdict was recorded."))
                return redirect("commendations:ground", flag_id)
    nomination = found.nomination
    url = reverse("commendations:nomination", args=[nomination.pk])
    title = _("Nomination no. %(number)s") % {"number": nomination.number}
    context = {
        "flag": found, "nomination": nomination, "rows": [one for one in grounds.flags(nomination, day) if one.flag.pk == found.pk],
        "form": form if mine else None, "award": queries.award_given(nomination), "cancels": _cancels(request, nomination),
        "crumbs": crumbs((title, url), (_("Corrected figure"), ""), campaign=nomination.campaign_form.campaign),
    }  # fmt: skip
    return render(request, "commendations/grounds/judge.html", context)


def _cancels(request: HttpRequest, nomination: Any) -> bool:
    return bool(rules.held_at(request.user, rules.AUTHORITY, [nomination.campaign_form.issuer_id], today()))


def _prepared(request: HttpRequest, award_id: int) -> tuple[Award, bool]:
    """(the award, whether the reader signs for its issuer); 404 for who neither signs nor appraises there."""
    found = queries.award(actor(request), award_id, today())
    if found is None or not rules.held_at(request.user, rules.AUTHORITY, [found.decision.issuer_id], today()):
        raise Http404
    return found, rules.decides(request.user, found.decision.issuer_id, today())


def _form(request: HttpRequest, found: Award, alike: list[Award]) -> CancelForm:
    day = today()
    first = {"id": uuid4(), "dated": day, "signer_post": queries.signing_post(request.user, found.decision.issuer_id, day)}
    words = _("%(name)s (decision %(decision)s, place %(place)s)")
    offered = [(str(row.pk), words % {"name": row.name, "decision": row.decision.entry.notation, "place": row.place}) for row in alike]
    return CancelForm(request.POST or None, alike=offered, initial=first)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: HttpRequest, award_id: int) -> HttpResponse:
    """Cancel an award by a decision of its issuer on a ground of the law; cancelled already, it says how, and what came back."""
    found, signs = _prepared(request, award_id)
    if found.stage != "granted":
        return _cancelled(request, found)
    alike = grounds.resting_alike(found)
    form = _form(request, found, alike)
    if request.method == "POST" and signs and form.is_valid() and proven(request, form):
        data = form.cleaned_data
        chosen = [row for row in alike if str(row.pk) in data.get("also", [])]
        given = {name: data[name] for name in ("id", "ground", "finding", "dated", "return_by", "return_to", "authority", "signer_post")}
        made = done(form, lambda: actions.cancel(awards=[found, *chosen], by=request.user, at=now(), **given))
        if made is not None:
            messages.success(request, _("Cancelled by decision %(number)s.") % {"number": made.entry.notation})
            return redirect("commendations:decision", made.pk)
    return _page(request, found, form, signs)


def _page(request: HttpRequest, found: Award, form: CancelForm, signs: bool, status: int = 200) -> HttpResponse:
    day = today()
    context = {
        "award": found, "decision": found.decision, "form": form, "signs": signs, "laws": grounds.legal_grounds(day),
        "flags": grounds.flags(found.nomination, day), "state": register.award_state(found), "owed": grounds.owed_back(found),
        "form_name": register.form_name(found.decision.campaign_form.form, language()), "crumbs": way(found.decision, (_("Cancel the award"), "")),
    }  # fmt: skip
    return render(request, "commendations/grounds/cancel.html", context, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["POST"])
@login_required
def preview(request: HttpRequest, award_id: int) -> HttpResponse:
    """The draft of the cancelling decision as a paper, before it has a number."""
    found, signs = _prepared(request, award_id)
    alike = grounds.resting_alike(found)
    form = _form(request, found, alike)
    del form.fields["password"]
    if not form.is_valid():
        return _page(request, found, _form(request, found, alike), signs, status=422)
    data = form.cleaned_data
    chosen = [found, *[row for row in alike if str(row.pk) in data.get("also", [])]]
    law = grounds.legal_ground(data["ground"], data["dated"])
    try:
        body = grounds.cancel_body(
            chosen, law, data["finding"], data["dated"], data["signer_post"], data["return_by"], data["return_to"], data["authority"]
        )
        content = render_pdf(decision_papers.paper(body))
    except PaperError as error:
        form.add_error(None, said(error))
        return _page(request, found, form, signs, status=422)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="ban-thao.pdf"'})


def _cancelled(request: HttpRequest, found: Award) -> HttpResponse:
    row = grounds.cancellation_of(found)
    owed = grounds.owed_back(found)
    context = {
        "award": found, "decision": found.decision, "state": register.award_state(found), "row": row, "owed": owed,
        "back": grounds.recovered(row) if row else 0, "hands": rules.hands_over(request.user, found.decision, today()),
        "form_name": register.form_name(found.decision.campaign_form.form, language()), "crumbs": way(found.decision, (_("Cancelled award"), "")),
    }  # fmt: skip
    return render(request, "commendations/grounds/cancelled.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def recover(request: HttpRequest, award_id: int) -> HttpResponse:
    """Keep what came back after an award was cancelled."""
    found = worked(request, award_id)
    row = grounds.cancellation_of(found)
    if row is None:
        raise Http404
    form = RecoveryForm(request.POST or None, initial={"on": today()})
    keeping = {"cancellation": row, "by": request.user, "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.record_recovery(**keeping, **form.cleaned_data)):
        messages.success(request, _("What came back was kept."))
        return redirect("commendations:cancel", award_id)
    url, heading = reverse("commendations:cancel", args=[award_id]), _("Record what was taken back")
    context = {
        "form": form, "heading": heading, "label": _("Save"), "back": url, "lead": found.name,
        "crumbs": way(found.decision, (_("Cancelled award"), url), (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/form.html", context)
