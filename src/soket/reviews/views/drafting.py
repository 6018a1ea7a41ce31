"""The draft: what it reviews, its figures with their live values, its text."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.reviews import actions, queries
from soket.reviews.forms import FigureForm, ProgrammeForm, ReviewForm, SectionForm, show
from soket.reviews.models import Review
from soket.reviews.views.shared import drafted, language


def done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act gives, or None with its refusal put at the fields."""
    try:
        return act()
    except Refused as refused:
        show(form, refused.errors, refused.message)
        return None


def _crumbs(review: Review, *more: tuple[str, str]) -> list[tuple[str, str]]:
    address = reverse("reviews:draft", args=[review.slug])
    return [(_("Reviews"), reverse("reviews:list")), (review.title, reverse("reviews:detail", args=[review.slug])), (_("Draft"), address), *more]


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a review at a unit whose programme office the reader runs."""
    offices = queries.office_choices(request.user)
    if not offices:
        raise Http404
    form = ReviewForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "office": int(form.cleaned_data["office"])}
        review = done(form, lambda: actions.create_review(by=request.user, at=now(), **data))
        if review is not None:
            return redirect("reviews:draft", review.slug)
    crumbs = [(_("Reviews"), reverse("reviews:list")), (_("Begin a review"), "")]
    return render(request, "reviews/form.html", {"form": form, "heading": _("Begin a review"), "label": _("Begin the review"), "crumbs": crumbs})


@require_GET
@login_required
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that the next edition would copy."""
    review = drafted(request, slug)
    context = {
        "review": review, "figures": queries.live_figures(review, language()), "sections": queries.sections_in_draft(review),
        "parts": queries.live_parts(review, now()),
        "programmes": queries.listed([review])[0].programmes, "parties": queries.parties_of(review, today()),
        "proposal": queries.open_proposal(review), "current": queries.current_edition(review), "crumbs": _crumbs(review)[:-1] + [(_("Draft"), "")],
    }
    return render(request, "reviews/draft.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a programme under review."""
    review = drafted(request, slug)
    form = ProgrammeForm(request.POST or None, programmes=queries.programme_choices(review))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "programme": queries.programme_by_id(form.cleaned_data["programme"])}
        if done(form, lambda: actions.add_programme(review=review, by=request.user, at=now(), **data)):
            return redirect("reviews:draft", slug)
    context = {"form": form, "heading": _("Add a programme"), "label": _("Add"), "crumbs": _crumbs(review, (_("Add a programme"), ""))}
    return render(request, "reviews/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def section(request: HttpRequest, slug: str, section_id: int | None = None) -> HttpResponse:
    """Write a section; the codes that can be used stand beside the box with their values."""
    review = drafted(request, slug)
    row = queries.section_in_draft(review, section_id) if section_id else None
    if section_id and row is None:
        raise Http404
    form = SectionForm(request.POST or None, initial={"heading": row.heading, "text": row.text} if row else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.write_section(review=review, section=row, by=request.user, at=now(), **data)):
            messages.success(request, _("The section was saved."))
            return redirect("reviews:draft", slug)
    heading = row.heading if row else _("New section")
    context = {"form": form, "heading": heading, "review": review, "section": row, "figures": queries.live_figures(review, language()),
               "crumbs": _crumbs(review, (heading, ""))}
    return render(request, "reviews/section.html", context)


@require_POST
@login_required
def drop_section(request: HttpRequest, slug: str, section_id: int) -> HttpResponse:
    row = queries.section_in_draft(drafted(request, slug), section_id)
    if row is None:
        raise Http404
    actions.drop_section(section=row, by=request.user, at=now())
    messages.success(request, _("The section was taken out of the draft."))
    return redirect("reviews:draft", slug)


@require_http_methods(["GET", "POST"])
@login_required
def figure(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Choose a figure, or change what a code means in the draft."""
    review = drafted(request, slug)
    row = queries.wanted_figure(review, code) if code else None
    if code and row is None:
        raise Http404
    initial = {"code": row.code, "label_vi": row.label_vi, "label_en": row.label_en, **FigureForm.filled(json.loads(row.spec))} if row else None
    choices = {"indicator": [("", "–"), *queries.indicator_choices(language())], "rounds": queries.round_choices(language()),
               "lines": queries.line_choices(language()), "obligation": [("", "–"), *queries.obligation_choices(review)]}
    form = FigureForm(request.POST or None, initial=initial, choices=choices)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("code", "label_vi", "label_en")}
        if done(form, lambda: actions.choose_figure(review=review, spec=form.spec(), by=request.user, at=now(), **data)):
            messages.success(request, _("The figure was chosen."))
            return redirect("reviews:draft", slug)
    heading = row.label_vi if row else _("Choose a figure")
    context = {"form": form, "heading": heading, "review": review, "wanted": row, "crumbs": _crumbs(review, (heading, ""))}
    return render(request, "reviews/figure_form.html", context)


@require_POST
@login_required
def drop_figure(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    review = drafted(request, slug)
    if queries.wanted_figure(review, code) is None:
        raise Http404
    try:
        actions.drop_figure(review=review, code=code, by=request.user, at=now())
        messages.success(request, _("The figure was taken out of the draft."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("reviews:draft", slug)
