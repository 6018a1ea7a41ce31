"""What the views of this room share: the scope, the day asked for, a refusal shown at its field."""
from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.exemplars import queries
from soket.exemplars.models import Exemplar, Movement
from soket.files.actions import Upload
from soket.files.core import MAX_BYTES
from soket.kernel.actor import Actor, Anonymous
from soket.kernel.clock import today

Crumbs = list[tuple[str, str]]


def actor(request: HttpRequest) -> Actor:
    """Who reads: the signed-in person, or nobody."""
    return request.user if request.user.is_authenticated else Anonymous()  # type: ignore[return-value]


def language() -> str:
    return get_language() or "vi"


def movement_or_404(request: HttpRequest, slug: str) -> Movement:
    """The movement, or 404 when this reader holds no office."""
    found = queries.movement_seen(actor(request), slug, today())
    if found is None:
        raise Http404
    return found


def inside_or_404(request: HttpRequest, slug: str) -> Exemplar:
    """The exemplar as those concerned see it, or 404."""
    found = queries.exemplar_inside(actor(request), slug, today())
    if found is None:
        raise Http404
    return found


def movement_crumbs(movement: Movement | None, *more: tuple[str, str]) -> Crumbs:
    """The way back: the list, the movement, then `more`."""
    own = [(movement.title, reverse("exemplars:movement", args=[movement.slug]))] if movement else []
    return [(_("Emulation movements"), reverse("exemplars:movements")), *own, *more]


def exemplar_crumbs(exemplar: Exemplar | None, *more: tuple[str, str]) -> Crumbs:
    own = [(exemplar.title, reverse("exemplars:detail", args=[exemplar.slug]))] if exemplar else []
    return [(_("Exemplars"), reverse("exemplars:gallery")), *own, *more]


def day_asked(request: HttpRequest) -> tuple[date, str]:
    """(the day of ?ngay=, an error to show): today where none is asked, where it cannot be read, or where it has not come."""
    text = request.GET.get("ngay", "").strip()
    if not text:
        return today(), ""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today(), _("Enter a day, for example 14/06/2026.")
    if not date(2000, 1, 1) <= asked <= today():
        return today(), _("Choose a day up to today.")
    return asked, ""


def uploaded(form: forms.Form) -> Upload | None:
    """The file that came with the form; one byte more than allowed is read, so that the action refuses what is too large."""
    sent = form.cleaned_data.get("file")
    return Upload(sent.read(MAX_BYTES + 1), sent.name) if sent else None


def form_page(request: HttpRequest, form: forms.Form, *, heading: str, label: str, back: str, crumbs: Crumbs, **more: Any) -> HttpResponse:
    """One form, on a page of its own."""
    context = {"form": form, "heading": heading, "label": label, "back": back, "crumbs": crumbs, **more}
    return render(request, "exemplars/form.html", context)
