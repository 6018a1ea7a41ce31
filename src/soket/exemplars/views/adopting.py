"""Units take a published exemplar over, superiors confirm, units stop."""
from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.exemplars import actions, queries, rules
from soket.exemplars.forms.exemplars import AdoptForm, StopForm
from soket.exemplars.models import Adoption, Exemplar
from soket.exemplars.views.shared import exemplar_crumbs, form_page, uploaded
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.ui.shortcuts import done


def _published(slug: str) -> Exemplar:
    """An exemplar that the public reads, or 404."""
    found = queries.published(slug)
    if found is None:
        raise Http404
    return found.exemplar


@require_http_methods(["GET", "POST"])
@login_required
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """A unit records that it applies the exemplar."""
    found, units = _published(slug), queries.own_units(request.user, today())
    if found.state != "published" or not units:
        raise Http404
    form = AdoptForm(request.POST or None, request.FILES or None, choices={"unit": units}, initial={"id": uuid4(), "dated": today()})
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("id", "dated", "document", "note")}
        unit, upload = organisations.unit_by_id(int(form.cleaned_data["unit"])), uploaded(form)
        if done(form, lambda: actions.adopt(exemplar=found, unit=unit, upload=upload, **data, by=request.user, at=now())):  # type: ignore[arg-type]
            messages.success(request, _("Recorded. It counts once the superior has confirmed it."))
            return redirect("exemplars:detail", slug)
    heading, back = _("Take the exemplar over"), reverse("exemplars:detail", args=[slug])
    crumbs = exemplar_crumbs(found, (heading, ""))
    return form_page(request, form, heading=heading, label=_("Record the adoption"), back=back, lead=found.title, crumbs=crumbs, upload=True)


def _adoption(slug: str, key: UUID) -> Adoption:
    found = queries.adoption_of(_published(slug), key)
    if found is None:
        raise Http404
    return found


@require_POST
@login_required
def confirm(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """The superior confirms an adoption."""
    found = _adoption(slug, key)
    if not rules.decides_over(request.user, found.unit_id, today()):
        raise Http404
    try:
        actions.confirm(adoption=found, by=request.user, at=now())
        messages.success(request, _("The adoption was confirmed."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("exemplars:detail", slug)


@require_http_methods(["GET", "POST"])
@login_required
def stop(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """The unit no longer applies the exemplar."""
    found = _adoption(slug, key)
    if found.stopped_on is not None or not rules.reports(request.user, found.unit_id, today()):
        raise Http404
    form = StopForm(request.POST or None, initial={"stopped_on": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.stop(adoption=found, **data, by=request.user, at=now())):
            messages.success(request, _("Recorded. The adoption stays in the list, with its days."))
            return redirect("exemplars:detail", slug)
    heading, back = _("Stop applying the exemplar"), reverse("exemplars:detail", args=[slug])
    lead = queries.names([found.unit_id], today())[found.unit_id]
    return form_page(request, form, heading=heading, label=_("Record the end"), back=back, lead=lead, crumbs=exemplar_crumbs(found.exemplar, (heading, "")))
