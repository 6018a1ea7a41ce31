"""An article's page."""
from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.publishing import reading, showing
from soket.publishing.outlet import current
from soket.publishing.outlet.shelf import Kept, Shelf
from soket.publishing.views.public.frame import NEWEST, crumbs, opened, page, reader


@reader
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article as it counts now, with its corrections; one taken down says so (410). Raises Http404 for what was never out or has expired."""
    kept = current.kept(slug)
    if kept is None:
        raise Http404
    store = opened()
    return _shown(request, store, kept) if kept.card.state == "published" else _gone(request, store, kept)


def _shown(request: HttpRequest, store: Shelf, kept: Kept) -> HttpResponse:
    now = current.moment()
    same, related = reading.neighbours(store, kept, now)
    told = showing.told(kept.content, kept.digest, kept.raw)
    section = reverse("publishing:category", args=[told.category[0]]) if told.category[0] else ""
    way = [(told.category[1], section)] if section else []
    return page(
        request, "publishing/article.html", store, section=section, article=told, kept=kept, audio=kept.extra.get("audio"), same=same, related=related,
        programme=next((tag for tag in told.tags if tag["kind"] == "programme"), None), month=reading.month_of(store, kept.card.day[:7], now, kept.card.day),
        crumbs=crumbs(*way, (_("Article"), "")),
    )  # fmt: skip


def _gone(request: HttpRequest, store: Shelf, kept: Kept) -> HttpResponse:
    """What was taken down: when and why, and none of its words; the reason may lie in them."""
    gone = {"at": datetime.fromisoformat(kept.extra["withdrawn"]["at"]), "reason": kept.extra["withdrawn"]["reason"]}
    cards = store.newest(current.moment(), limit=NEWEST)
    return page(request, "publishing/gone.html", store, status=410, card=kept.card, gone=gone, cards=cards, crumbs=crumbs((_("Article"), "")))
