"""What the views of this room share: the scope, the frame, the language, a refusal shown at its field."""
from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.conferences import rules
from soket.conferences.models import Conference, Site
from soket.conferences.queries import scope
from soket.kernel.actor import Actor, Anonymous
from soket.kernel.clock import today
from soket.ui.shortcuts import done


def actor(request: HttpRequest) -> Actor:
    """Who reads: the signed-in person, or nobody."""
    return request.user if request.user.is_authenticated else Anonymous()  # type: ignore[return-value]


def scoped(request: HttpRequest, slug: str) -> Conference:
    """The conference, or 404 when this reader may not see it."""
    found = scope.conference(actor(request), slug, today())
    if found is None:
        raise Http404
    return found


def run(request: HttpRequest, slug: str) -> Conference:
    """The conference, or 404 when this reader does not run it."""
    found = scoped(request, slug)
    if not rules.runs(actor(request), found, today()):
        raise Http404
    return found


def served(request: HttpRequest, slug: str, site_id: int) -> Site:
    """The site, or 404 when this reader does not keep its desk."""
    found = scoped(request, slug)
    site = scope.served_sites(actor(request), found, today()).filter(pk=site_id).select_related("conference").first()
    if site is None:
        raise Http404
    return site


def crumbs(conference: Conference, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back: the list, the conference, then `more`."""
    return [(_("Conferences"), reverse("conferences:list")), (conference.title, reverse("conferences:detail", args=[conference.slug])), *more]


def language() -> str:
    return get_language() or "vi"


__all__ = ["actor", "crumbs", "done", "language", "run", "scoped", "served"]
