"""Movements: the list, one movement, its form, its roll-up, and what waits."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.exemplars import actions, queries, rules
from soket.exemplars.actions import MovementDraft
from soket.exemplars.forms.movements import MovementForm
from soket.exemplars.models import Movement
from soket.exemplars.views.shared import form_page, movement_crumbs, movement_or_404
from soket.kernel.clock import now, today
from soket.kernel.text import whole
from soket.organisations import queries as organisations
from soket.programmes import queries as programmes
from soket.ui.panel import NameValue
from soket.ui.shortcuts import done

PAGE, NAMES = 50, 120


@require_GET
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The movements, by title."""
    asked, day = request.GET.get("q", "").strip()[:100], today()
    found = queries.found_movements(queries.visible_movements(request.user, day), asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    offices = queries.names([row.office_id for row in page], day)
    rows = [(row, offices[row.office_id], queries.scope_words(row)) for row in page]
    context = {"rows": rows, "page": page, "asked": asked, "may_open": bool(queries.offices(request.user, day))}
    return render(request, "exemplars/movements.html", context)


@require_GET
@login_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One movement: what it is, its years, the reader's own units, its exemplars."""
    movement, day = movement_or_404(request, slug), today()
    mine = [
        (name, year, queries.unit_year(movement, unit, year))
        for year in (day.year, day.year - 1) for unit, name in queries.registering_units(request.user, movement, year, day)
    ]  # fmt: skip
    manages = rules.manages(request.user, movement.office_id, day)
    context = {
        "movement": movement, "office": queries.names([movement.office_id], day)[movement.office_id], "scope": queries.scope_words(movement),
        "programmes": [row.programme for row in movement.programmes.select_related("programme")], "years": queries.years(movement).items(),
        "mine": mine, "manages": manages, "waiting": len(queries.waiting(request.user, day, movement)), "exemplars": queries.of_movement(movement),
        "this_year": day.year, "crumbs": movement_crumbs(None, (movement.title, "")),
    }  # fmt: skip
    return render(request, "exemplars/movement.html", context)


def _choices(request: HttpRequest, offices: list[tuple[int, str]]) -> dict[str, list[tuple[str, str]]]:
    return {
        "office": [(str(unit), name) for unit, name in offices], "scope": queries.scope_choices(),
        "programmes": [(str(row.pk), f"{row}: {row.title}" if row.symbol else row.title) for row in programmes.programmes_seen(request.user)],
    }  # fmt: skip


def _draft(request: HttpRequest, data: dict[str, Any]) -> MovementDraft:
    scope = [(line, int(level)) for line, _slash, level in (key.partition("/") for key in data["scope"])]
    served = tuple(row for row in programmes.programmes_seen(request.user) if str(row.pk) in data["programmes"])
    return MovementDraft(title=data["title"], basis=data["basis"], scope=scope, begun_on=data["begun_on"], programmes=served)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Open a movement."""
    offices = queries.offices(request.user, today())
    if not offices:
        raise Http404
    form = MovementForm(request.POST or None, choices=_choices(request, offices))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        office = organisations.unit_by_id(int(data["office"]))
        made = done(form, lambda: actions.open_movement(office=office, draft=_draft(request, data), by=request.user, at=now()))
        if made:
            messages.success(request, _("The movement was opened."))
            return redirect("exemplars:movement", made.slug)
    heading = _("Open a movement")
    back = reverse("exemplars:movements")
    return form_page(request, form, heading=heading, label=_("Open the movement"), back=back, crumbs=movement_crumbs(None, (heading, "")))


def _managed(request: HttpRequest, slug: str) -> Movement:
    found = movement_or_404(request, slug)
    if not rules.manages(request.user, found.office_id, today()):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the movement is."""
    movement = _managed(request, slug)
    names = queries.names([movement.office_id], today())
    initial = {
        "office": str(movement.office_id), "title": movement.title, "basis": movement.basis, "begun_on": movement.begun_on,
        "programmes": [str(row.programme_id) for row in movement.programmes.all()],
        "scope": [f"{row.line.code}/{row.level}" for row in movement.scopes.select_related("line")],
    }  # fmt: skip
    form = MovementForm(request.POST or None, choices=_choices(request, list(names.items())), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.change_movement(movement=movement, draft=_draft(request, data), by=request.user, at=now())):
            messages.success(request, _("The movement was changed."))
            return redirect("exemplars:movement", slug)
    heading, back = _("Change the movement"), reverse("exemplars:movement", args=[slug])
    return form_page(request, form, heading=heading, label=_("Save"), back=back, crumbs=movement_crumbs(movement, (heading, "")))


@require_GET
@login_required
def rollup(request: HttpRequest, slug: str) -> HttpResponse:
    """A year over all units in reach: sums by line and level, who registered, who has not; all filters in the address."""
    movement, day = movement_or_404(request, slug), today()
    known = queries.years(movement)
    asked = whole(request.GET.get("nam", ""))
    year = asked if asked is not None and 1945 <= asked <= day.year else next(iter(known), day.year)
    found = queries.roll_up(movement, request.user, year, day)
    if not found.groups:
        raise Http404
    group = next((one for one in found.groups if one.key == request.GET.get("cap", "")), found.groups[0])
    only_missing = request.GET.get("ds") == "chua"
    page = Paginator(group.missing if only_missing else group.rows, 300 if only_missing else PAGE).get_page(request.GET.get("page"))
    shown = list(page) if only_missing else group.missing[:NAMES]
    places = queries.province_of([node.id for node in shown], found.on)
    missing = [NameValue(node.name, places[node.id] or "") for node in shown]
    context = {
        "movement": movement, "found": found, "group": group, "years": sorted({*known, day.year}, reverse=True), "year": year, "page": page,
        "only_missing": only_missing, "missing": missing, "crumbs": movement_crumbs(movement, (_("Roll-up of the year"), "")),
        "more_url": f"?nam={year}&cap={group.key}&ds=chua" if len(group.missing) > NAMES and not only_missing else "",
    }  # fmt: skip
    return render(request, "exemplars/rollup.html", context)


@require_GET
@login_required
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Registrations that wait for this reader's decision."""
    movement, day = movement_or_404(request, slug), today()
    found = queries.waiting(request.user, day, movement)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = queries.names([row.unit_id for row in page], day)
    known = queries.sheets(list(page))
    rows = [(row, names[row.unit_id], known[row.pk]) for row in page]
    context = {"movement": movement, "rows": rows, "page": page, "crumbs": movement_crumbs(movement, (_("Waiting for recognition"), ""))}
    return render(request, "exemplars/waiting.html", context)
