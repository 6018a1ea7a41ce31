"""Where an award was handed over, and a handing over kept by mistake taken back."""
from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.commendations import actions, rules
from soket.commendations.forms.deciding import HandingForm
from soket.commendations.models import Award
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import register
from soket.commendations.views.decisions import way
from soket.commendations.views.shared import actor, done, language
from soket.kernel.clock import now, today
from soket.kernel.door import Refused


def worked(request: HttpRequest, award_id: int) -> Award:
    """The award, or 404 when this reader keeps nothing for its issuer or the campaign's office."""
    found = queries.award(actor(request), award_id, today())
    if found is None or not rules.hands_over(request.user, found.decision, today()):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def hand(request: HttpRequest, award_id: int) -> HttpResponse:
    """What was kept of handing the award over, and keeping it where it was not handed over yet."""
    found = worked(request, award_id)
    state = register.award_state(found)
    first: dict[str, Any] = {"id": uuid4(), "on": today(), "received_by": ", ".join(filter(None, (found.name, found.detail)))}
    form = HandingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.hand_over(award=found, by=request.user, at=now(), **form.cleaned_data)):
        messages.success(request, _("Kept: the award was handed over."))
        return redirect("commendations:handing", award_id)
    context = {
        "award": found, "decision": found.decision, "state": state, "form": None if state.handed or state.ended else form, "rows": queries.handings(found),
        "form_name": register.form_name(found.decision.campaign_form.form, language()), "crumbs": way(found.decision, (_("Handing over"), "")),
    }  # fmt: skip
    if request.method == "POST":
        context["form"] = form
    return render(request, "commendations/deciding/handing.html", context)


@require_POST
@login_required
def strike(request: HttpRequest, award_id: int, pk: UUID) -> HttpResponse:
    """A handing over kept by mistake is taken back; both rows stay."""
    found = worked(request, award_id)
    row = queries.handing_of(found, pk)
    if row is None:
        raise Http404
    try:
        actions.strike_handing(id=uuid4(), handing=row, by=request.user, at=now())
        messages.success(request, _("Taken back; both entries stay."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:handing", award_id)
