"""Pages that change: rename and merge with a preview, undo, the choice of a mapping, decided shares."""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import actions, queries, rules
from soket.organisations.forms import ChoiceForm, MergeForm, RenameForm, ShareForm, UndoForm, show
from soket.organisations.queries import Subject
from soket.organisations.views.asof import as_of, crumbs

FRACTION = re.compile(r"(\d{1,9})(?:/(\d{1,9}))?", re.ASCII)
ALIASES = {"subjects": "others", "parts": "name"}


def _subject(request: HttpRequest, thing: str, key: int) -> tuple[Subject, Any]:
    """The subject and its last version, for who may change it; 404 for everyone else."""
    subject = queries.subject_to_administer(request.user, thing, key, today())
    version = queries.last_version(subject) if subject is not None else None
    if subject is None or version is None:
        raise Http404
    return subject, version


def _hidden(form: forms.Form) -> list[tuple[str, Any]]:
    """The checked form again, for the button that confirms it."""
    rows: list[tuple[str, Any]] = []
    for name, value in form.cleaned_data.items():
        if isinstance(value, list):
            rows += [(name, item) for item in value]
        else:
            rows.append((name, value.isoformat() if isinstance(value, date) else value))
    return rows


def _step(request: HttpRequest, form: forms.Form, preview: Callable[[], Any], perform: Callable[[], Any], frame: dict[str, Any]) -> HttpResponse:
    """Form → preview → done, or back to the form as it was filled in. Nothing is written until the preview is confirmed."""
    frame = frame | {"form": form, "preview": None}
    if request.method == "POST" and form.is_valid() and not request.POST.get("again"):
        try:
            if request.POST.get("confirmed"):
                done = perform()
                messages.success(request, _("The act was recorded."))
                return redirect("organisations:act", done)
            queries.checked_entry(**{name: form.cleaned_data[name] for name in ("on", "basis", "note")}, at=now())
            frame |= {"preview": preview(), "hidden": _hidden(form)}
        except Refused as refused:
            show(form, refused.errors or {"": refused.message}, ALIASES)
    status = 422 if form.errors else 200
    return render(request, "organisations/act_form.html", frame, status=status)


def _frame(request: HttpRequest, thing: str, key: int, version: Any, title: str, verb: str) -> dict[str, Any]:
    page = reverse(f"organisations:{thing}", args=[key])
    way = crumbs(as_of(request), (capfirst(version.name), page), (title, ""))
    return {"title": title, "name": version.name, "verb": verb, "back_url": page, "crumbs": way}


@require_http_methods(["GET", "POST"])
@login_required
def rename(request: HttpRequest, thing: str, subject_id: int) -> HttpResponse:
    """Another name from a day on."""
    subject, version = _subject(request, thing, subject_id)
    form = RenameForm(request.POST or None, initial={"on": today(), "name": version.name})
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}

    def preview() -> Any:
        return queries.preview_rename(subject=subject, name=values["name"], on=values["on"])

    def perform() -> int:
        return actions.rename(subject=subject, **values, by=request.user, at=now()).pk

    frame = _frame(request, thing, subject_id, version, _("Rename"), _("Record the renaming"))
    return _step(request, form, preview, perform, frame)


@require_http_methods(["GET", "POST"])
@login_required
def merge(request: HttpRequest, thing: str, subject_id: int) -> HttpResponse:
    """Two or more become one from a day on. The others are chosen among the siblings."""
    subject, version = _subject(request, thing, subject_id)
    form = MergeForm(request.POST or None, siblings=queries.siblings(subject), is_area=thing == "area", initial={"on": today()})
    values = dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}
    subjects = [subject, *(_subject(request, thing, int(key))[0] for key in values.pop("others", []))]

    def preview() -> Any:
        own = {name: value for name, value in values.items() if name not in {"basis", "note"}}
        return queries.preview_merge(subjects=subjects, **own)

    def perform() -> int:
        new = actions.merge(subjects=subjects, **values, by=request.user, at=now())
        return int(queries.last_version(new).opened_by_id)

    frame = _frame(request, thing, subject_id, version, _("Merge"), _("Record the merger"))
    return _step(request, form, preview, perform, frame)


@require_http_methods(["GET", "POST"])
@login_required
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """A counter-act with its own day and basis."""
    act = queries.act_by_id(act_id)
    if act is None or not queries.may_undo(request.user, act, today()):
        raise Http404
    form = UndoForm(request.POST or None, initial={"on": act.on})
    if request.method == "POST" and form.is_valid():
        try:
            counter = actions.undo(act=act, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("The act was undone by a counter-act."))
            return redirect("organisations:act", counter.pk)
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
    page = reverse("organisations:act", args=[act_id])
    way = crumbs(as_of(request), (_("Acts"), reverse("organisations:acts")), (capfirst(act.title), page), (_("Undo"), ""))
    frame = {"act": act, "form": form, "back_url": page, "crumbs": way}
    return render(request, "organisations/undo.html", frame, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Which mapping counts from now on, with the reason."""
    if not rules.administers_everything(request.user, today()):
        raise Http404
    form = ChoiceForm(request.POST or None, sources=[(item.source.code, item.source.title) for item in queries.mappings()])
    if request.method == "POST" and form.is_valid():
        try:
            source = queries.source_by_code(form.cleaned_data["source"])
            actions.choose_source(source=source, basis=form.cleaned_data["basis"], by=request.user, at=now())
            messages.success(request, _("The choice was recorded."))
            return redirect("organisations:mappings")
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
    back = reverse("organisations:mappings")
    frame = {"form": form, "back_url": back, "crumbs": crumbs(as_of(request), (_("Divided communes"), back), (_("Choose the mapping"), ""))}
    return render(request, "organisations/choose.html", frame, status=422 if form.errors else 200)


def _fractions(form: forms.Form, keys: list[int]) -> dict[int, Fraction] | None:
    """The typed shares; None after marking the fields that hold no fraction."""
    found = {}
    for key in keys:
        typed = FRACTION.fullmatch(form.cleaned_data[f"share_{key}"].replace(" ", ""))
        if typed and int(typed[2] or 1):
            found[key] = Fraction(int(typed[1]), int(typed[2] or 1))
        else:
            form.add_error(f"share_{key}", _("Enter a fraction such as 2/3, or 0 or 1."))
    return None if form.errors else found


@require_http_methods(["GET", "POST"])
@login_required
def shares(request: HttpRequest, area_id: int) -> HttpResponse:
    """How the figures of a divided area are carried, by the mapping that counts."""
    area = queries.area_by_id(area_id)
    counted = next((v for v in queries.successors_by_source(area_id) if v.chosen and v.divided), None)
    if area is None or counted is None or not rules.administers_everything(request.user, today()):
        raise Http404
    heirs = [(heir.area_id, heir.name) for heir in counted.heirs]
    form = ShareForm(request.POST or None, heirs=heirs)
    if request.method == "POST" and form.is_valid() and (typed := _fractions(form, [key for key, _name in heirs])) is not None:
        try:
            office, basis = form.cleaned_data["office"], form.cleaned_data["basis"]
            actions.decide_shares(old=area, shares=typed, office=office, basis=basis, by=request.user, at=now())
            messages.success(request, _("The decision was recorded."))
            return redirect("organisations:area", area_id)
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
    page, name = reverse("organisations:area", args=[area_id]), queries.last_version(area).name
    frame = {"form": form, "name": name, "back_url": page, "crumbs": crumbs(as_of(request), (capfirst(name), page), (_("Decide the shares"), ""))}
    return render(request, "organisations/shares.html", frame, status=422 if form.errors else 200)
