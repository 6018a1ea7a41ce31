"""A unit writes its exemplar: texts, photographs, evidence, figures before and after."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.exemplars import actions, queries, rules
from soket.exemplars.actions import ExemplarDraft
from soket.exemplars.forms.exemplars import BoundForm, CitedForm, EvidenceForm, ExemplarForm, PhotoForm, initial_of
from soket.exemplars.models import Exemplar, State
from soket.exemplars.views.shared import exemplar_crumbs, form_page, inside_or_404, language, uploaded
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import name_search, whole
from soket.organisations import queries as organisations
from soket.ui.shortcuts import done

PAGE = 25


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The exemplars of the reader's units and offices, whatever their state."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "tinh-trang")}
    rows = queries.inside(request.user, today())
    if asked["tinh-trang"] in State.values:
        rows = rows.filter(state=asked["tinh-trang"])
    holds = name_search(asked["q"])
    found = [row for row in rows if not asked["q"] or holds(row.title)]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": queries.listed(page, today()), "page": page, "asked": asked["q"], "state": asked["tinh-trang"], "states": State.choices,
        "may_write": bool(queries.own_units(request.user, today())), "crumbs": exemplar_crumbs(None, (_("Exemplars of my units"), "")),
    }  # fmt: skip
    return render(request, "exemplars/mine.html", context)


def _choices(units: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    return {"unit": units, "movement": [("", _("no movement")), *queries.movement_choices()]}


def _draft(data: dict[str, Any]) -> ExemplarDraft:
    key = whole(data["movement"])
    texts = {name: data[name] for name in ("title", "holder_kind", "holder", "field", "description", "origin", "since")}
    return ExemplarDraft(**texts, movement=queries.movement_by_id(key) if key is not None else None)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin an exemplar."""
    units = queries.own_units(request.user, today())
    if not units:
        raise Http404
    form = ExemplarForm(request.POST or None, choices=_choices(units))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = organisations.unit_by_id(int(data["unit"]))
        made = done(form, lambda: actions.draft_exemplar(unit=unit, draft=_draft(data), by=request.user, at=now()))  # type: ignore[arg-type]
        if made:
            messages.success(request, _("The draft was saved. Add its evidence, then propose it."))
            return redirect("exemplars:detail", made.slug)
    heading, back = _("Write an exemplar"), reverse("exemplars:mine")
    return form_page(request, form, heading=heading, label=_("Save the draft"), back=back, crumbs=exemplar_crumbs(None, (heading, "")))


def _draft_of(request: HttpRequest, slug: str) -> Exemplar:
    """The draft, or 404 when this reader does not write it or it is no draft."""
    found = inside_or_404(request, slug)
    if found.state != "draft" or not rules.reports(request.user, found.unit_id, today()):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the texts of a draft."""
    found = _draft_of(request, slug)
    units = [(str(found.unit_id), queries.names([found.unit_id], today())[found.unit_id])]
    form = ExemplarForm(request.POST or None, choices=_choices(units), initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.rewrite(exemplar=found, draft=_draft(data), by=request.user, at=now())):
            messages.success(request, _("The draft was saved."))
            return redirect("exemplars:detail", slug)
    heading, back = _("Change the draft"), reverse("exemplars:detail", args=[slug])
    return form_page(request, form, heading=heading, label=_("Save the draft"), back=back, crumbs=exemplar_crumbs(found, (heading, "")))


def _part(request: HttpRequest, found: Exemplar, form: forms.Form, heading: str, **more: Any) -> HttpResponse:
    back = reverse("exemplars:detail", args=[found.slug])
    return form_page(request, form, heading=heading, label=_("Add"), back=back, crumbs=exemplar_crumbs(found, (heading, "")), **more)


@require_http_methods(["GET", "POST"])
@login_required
def photo(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a photograph."""
    found = _draft_of(request, slug)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("caption", "credit", "alternative", "decorative")}
        upload = uploaded(form)
        if upload and done(form, lambda: actions.add_photo(exemplar=found, upload=upload, **data, by=request.user, at=now())):
            messages.success(request, _("The photograph was added."))
            return redirect("exemplars:detail", slug)
    return _part(request, found, form, _("Add a photograph"), upload=True)


@require_http_methods(["GET", "POST"])
@login_required
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a document."""
    found = _draft_of(request, slug)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("title", "number", "dated", "public")}
        upload = uploaded(form)
        if done(form, lambda: actions.add_evidence(exemplar=found, upload=upload, **data, by=request.user, at=now())):
            messages.success(request, _("The document was added."))
            return redirect("exemplars:detail", slug)
    return _part(request, found, form, _("Add a document"), upload=True)


@require_http_methods(["GET", "POST"])
@login_required
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """Bind one side of a comparison to a frozen figure."""
    found = _draft_of(request, slug)
    form = BoundForm(request.POST or None, choices={"figure": queries.figure_choices(language())}, initial=_side_asked(request))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if done(form, lambda: _bind(request, found, data.pop("figure"), data)):
            messages.success(request, _("The figure was added."))
            return redirect("exemplars:detail", slug)
    return _part(request, found, form, _("Add a figure of a frozen review"))


def _bind(request: HttpRequest, found: Exemplar, key: str, data: dict[str, Any]) -> Any:
    chosen = queries.chosen_figure(key)
    if chosen is None:
        raise Refused(_("Choose a figure of the current frozen edition of a review."), field="figure")
    return actions.bind_figure(exemplar=found, edition=chosen[0], code=chosen[1], **data, by=request.user, at=now())


def _side_asked(request: HttpRequest) -> dict[str, str]:
    return {"label": request.GET.get("so-sanh", "")[:200], "side": request.GET.get("ve", "")[:10]}


@require_http_methods(["GET", "POST"])
@login_required
def cited(request: HttpRequest, slug: str) -> HttpResponse:
    """Cite a number from outside the roll-up."""
    found = _draft_of(request, slug)
    form = CitedForm(request.POST or None, initial=_side_asked(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.cite_figure(exemplar=found, **data, by=request.user, at=now())):
            messages.success(request, _("The figure was added."))
            return redirect("exemplars:detail", slug)
    return _part(request, found, form, _("Cite a number from outside"))


@require_POST
@login_required
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a part out of the draft."""
    found = _draft_of(request, slug)
    key = whole(request.POST.get("part", ""))
    try:
        actions.drop_part(exemplar=found, kind=request.POST.get("kind", ""), part_id=key if key is not None else 0, by=request.user, at=now())
        messages.success(request, _("Taken out."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("exemplars:detail", slug)
