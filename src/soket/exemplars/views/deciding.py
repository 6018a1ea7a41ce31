"""An exemplar's way: proposed, recognised or returned, published, withdrawn, opened again."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.exemplars import actions, rules
from soket.exemplars.forms.exemplars import VerdictForm
from soket.exemplars.forms.fields import ReasonForm
from soket.exemplars.models import Exemplar
from soket.exemplars.views.shared import exemplar_crumbs, form_page, inside_or_404
from soket.kernel.clock import now, today
from soket.ui.shortcuts import done


def _answer(
    request: HttpRequest, found: Exemplar, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, heading: str, label: str, said: str, lead: str = ""
) -> HttpResponse:
    """One act on its own page: asked on GET, done on POST."""
    if request.method == "POST" and form.is_valid() and done(form, lambda: act(form.cleaned_data)):
        messages.success(request, said)
        return redirect("exemplars:detail", found.slug)
    back = reverse("exemplars:detail", args=[found.slug])
    return form_page(request, form, heading=heading, label=label, back=back, lead=lead, crumbs=exemplar_crumbs(found, (heading, "")))


def _in_state(request: HttpRequest, slug: str, state: str, allowed: Callable[[Exemplar], bool]) -> Exemplar:
    """The exemplar, or 404 when it stands elsewhere or this act is not the reader's."""
    found = inside_or_404(request, slug)
    if found.state != state or not allowed(found):
        raise Http404
    return found


def _empty(request: HttpRequest) -> forms.Form:
    """A form without fields: the act needs a click and nothing else."""
    return forms.Form(request.POST if request.method == "POST" else None)


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The unit proposes its draft."""
    found = _in_state(request, slug, "draft", lambda one: rules.reports(request.user, one.unit_id, today()))
    lead = _("From now on the texts stand still until another office recognises the exemplar or returns it.")
    return _answer(
        request, found, _empty(request), lambda _data: actions.propose(exemplar=found, by=request.user, at=now()),
        heading=_("Propose the exemplar"), label=_("Propose"), said=_("The exemplar was proposed."), lead=lead,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def recognise(request: HttpRequest, slug: str) -> HttpResponse:
    """Another office recognises the exemplar, or returns it."""
    found = _in_state(request, slug, "proposed", lambda one: rules.recognises(request.user, one, today()))

    def act(data: dict[str, Any]) -> Any:
        if data["verdict"] == "yes":
            return actions.recognise(exemplar=found, document=data["document"], by=request.user, at=now())
        return actions.send_back(exemplar=found, reason=data["reason"], by=request.user, at=now())

    said = _("The decision was recorded.")
    form = VerdictForm(request.POST or None)
    return _answer(request, found, form, act, heading=_("Recognise or return the exemplar"), label=_("Record the decision"), said=said, lead=found.title)


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """The office publishes a recognised exemplar."""
    found = _in_state(request, slug, "recognised", lambda one: rules.publishes(request.user, one, today()))
    lead = _("Its texts and photographs become public, and the documents whose files its unit opened. What is published stays in sight.")
    return _answer(
        request, found, _empty(request), lambda _data: actions.publish(exemplar=found, by=request.user, at=now()),
        heading=_("Publish the exemplar"), label=_("Publish"), said=_("The exemplar is published."), lead=lead,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """The office returns a recognised exemplar instead of publishing it."""
    found = _in_state(request, slug, "recognised", lambda one: rules.recognises(request.user, one, today()))
    return _answer(
        request, found, ReasonForm(request.POST or None), lambda data: actions.send_back(exemplar=found, **data, by=request.user, at=now()),
        heading=_("Return the exemplar to its unit"), label=_("Return it to its unit"), said=_("The decision was recorded."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """The office withdraws a published exemplar; its page stays and says why."""
    found = _in_state(request, slug, "published", lambda one: rules.publishes(request.user, one, today()))
    return _answer(
        request, found, ReasonForm(request.POST or None), lambda data: actions.withdraw(exemplar=found, **data, by=request.user, at=now()),
        heading=_("Withdraw the exemplar"), label=_("Withdraw"), said=_("The exemplar was withdrawn. Its page stays, with the reason."),
        lead=_("The public page stays and shows that the exemplar was withdrawn, when, and why."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """The unit opens the draft of a withdrawn exemplar again."""
    found = _in_state(request, slug, "withdrawn", lambda one: rules.reports(request.user, one.unit_id, today()))
    return _answer(
        request, found, ReasonForm(request.POST or None), lambda data: actions.reopen(exemplar=found, **data, by=request.user, at=now()),
        heading=_("Open the draft again"), label=_("Open the draft again"), said=_("The draft is open again."),
    )  # fmt: skip
