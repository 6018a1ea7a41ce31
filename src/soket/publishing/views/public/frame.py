"""How a public page is made: from the store, the language and the address alone, so that it can be kept and served to everyone."""
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from soket.publishing import reading
from soket.publishing.outlet import current
from soket.publishing.outlet.shelf import Kept, Shelf

NEWEST = 5


def page(request: HttpRequest, template: str, store: Shelf | None, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page. The template never sees the request: no reader, no session and no token of one visit can get into it."""
    return HttpResponse(render_to_string(template, reading.frame(request, store, **context)), status=status)


def reader(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A public view: GET and HEAD; what is not there is the newspaper's own page of that."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Http404:
            return missing(request)

    return answered


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address: a search box with the words of the address, and the newest articles."""
    store = current.shelf()
    cards = store.newest(current.moment(), limit=NEWEST) if store else []
    last = request.path.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
    words = last[:80] if last.replace(" ", "").isalpha() else ""
    return page(request, "publishing/missing.html", store, status=404, cards=cards, words=words)


def opened() -> Shelf:
    """The store. Raises Http404 before anything was published."""
    found = current.shelf()
    if found is None:
        raise Http404
    return found


def published(slug: str) -> Kept:
    """A published article. Raises Http404 for every other, also for one taken down."""
    found = current.kept(slug)
    if found is None or found.card.state != "published":
        raise Http404
    return found


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the front page."""
    return [(_("Front page"), reverse("publishing:articles")), *more]
