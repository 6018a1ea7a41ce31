"""What a unit registers for a year, what its superior recognises, and every version of both."""
from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.exemplars import actions, queries, rules, words
from soket.exemplars.forms.movements import RecogniseForm, RegisterForm, SheetForm, filled
from soket.exemplars.models import Movement
from soket.exemplars.queries import UnitYear
from soket.exemplars.views.shared import Crumbs, movement_crumbs, movement_or_404
from soket.kernel.clock import now, today
from soket.organisations import queries as organisations
from soket.ui.shortcuts import done


def _scoped(request: HttpRequest, slug: str, year: int, unit_id: int) -> tuple[Movement, UnitYear]:
    """The movement and the unit's year, or 404: outside the reader's units, or where the unit takes no part and has sent nothing."""
    movement = movement_or_404(request, slug)
    if not 1945 <= year <= today().year or organisations.unit_by_id(unit_id) is None or not rules.sees_unit(request.user, movement, unit_id, today()):
        raise Http404
    found = queries.unit_year(movement, unit_id, year)
    if not found.registered and not queries.takes_part(movement, unit_id, year, today()):
        raise Http404
    return movement, found


def _crumbs(movement: Movement, found: UnitYear, *more: tuple[str, str]) -> Crumbs:
    url = reverse("exemplars:unit_year", args=[movement.slug, found.year, found.unit_id])
    return movement_crumbs(movement, (f"{found.name}, {found.year}", url if more else ""), *more)


@require_GET
@login_required
def unit_year(request: HttpRequest, slug: str, year: int, unit_id: int) -> HttpResponse:
    """Every version of what the unit registered and what was recognised."""
    movement, found = _scoped(request, slug, year, unit_id)
    reports = rules.reports(request.user, unit_id, today()) and queries.takes_part(movement, unit_id, year, today())
    context = {
        "movement": movement, "found": found, "reports": reports, "decides": _may_recognise(request, found), "fields": words.FIELD_WORDS,
        "crumbs": _crumbs(movement, found),
    }  # fmt: skip
    return render(request, "exemplars/unit_year.html", context)


def _may_recognise(request: HttpRequest, found: UnitYear) -> bool:
    own = any(one.row.by_id == request.user.actor_id for one in found.registered)
    return bool(found.registered) and not own and rules.decides_over(request.user, found.unit_id, today())


def _page(request: HttpRequest, movement: Movement, found: UnitYear, form: SheetForm, heading: str, label: str) -> HttpResponse:
    context = {
        "movement": movement, "found": found, "form": form, "heading": heading, "label": label, "crumbs": _crumbs(movement, found, (heading, "")),
        "back": reverse("exemplars:unit_year", args=[movement.slug, found.year, found.unit_id]),
        "registered": found.registered[0] if found.registered and isinstance(form, RecogniseForm) else None,
    }  # fmt: skip
    return render(request, "exemplars/sheet_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def register(request: HttpRequest, slug: str, year: int, unit_id: int) -> HttpResponse:
    """Register, or correct with a reason; what was typed stays in the form when a cell does not agree."""
    movement, found = _scoped(request, slug, year, unit_id)
    if not rules.reports(request.user, unit_id, today()) or not queries.takes_part(movement, unit_id, year, today()):
        raise Http404
    head = found.registered[0] if found.registered else None
    initial = {"id": uuid4(), "version": head.row.version + 1 if head else 1, **(filled(head.sheet) if head else {})}
    form = RegisterForm(request.POST or None, initial=initial)
    if head is None:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        data, unit = form.cleaned_data, organisations.unit_by_id(unit_id)
        given = {"id": data["id"], "movement": movement, "unit": unit, "year": year, "version": data["version"], "reason": data.get("reason", "")}
        if done(form, lambda: actions.register(**given, typed=form.typed(), by=request.user, at=now())):  # type: ignore[arg-type]
            messages.success(request, _("Registered. The superior unit now recognises the models."))
            return redirect("exemplars:unit_year", slug, year, unit_id)
    heading = _("Correct the registration") if head else _("Register models")
    return _page(request, movement, found, form, heading, _("Send"))


@require_http_methods(["GET", "POST"])
@login_required
def recognise(request: HttpRequest, slug: str, year: int, unit_id: int) -> HttpResponse:
    """The superior recognises models of the newest registration."""
    movement, found = _scoped(request, slug, year, unit_id)
    if not _may_recognise(request, found):
        raise Http404
    head, before = found.registered[0], found.recognised[0] if found.recognised else None
    initial = {"id": uuid4(), "version": head.row.version, **filled(before.sheet if before else head.sheet)}
    form = RecogniseForm(request.POST or None, initial=initial)
    if before is None:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        looked_at = next((one.row for one in found.registered if one.row.version == data["version"]), head.row)
        given = {"id": data["id"], "registration": looked_at, "dated": data["dated"], "document": data["document"], "reason": data.get("reason", "")}
        if done(form, lambda: actions.recognise_counts(**given, typed=form.typed(), by=request.user, at=now())):  # type: ignore[arg-type]
            messages.success(request, _("The models were recognised."))
            return redirect("exemplars:unit_year", slug, year, unit_id)
    return _page(request, movement, found, form, _("Recognise models"), _("Recognise"))
