"""What the views of this room share: who reads, the scope, the way back."""
from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.commendations import rules
from soket.commendations.models import Campaign, Nomination
from soket.commendations.queries import scope
from soket.kernel.actor import Actor, Anonymous
from soket.kernel.clock import today
from soket.ui.shortcuts import done

__all__ = ["actor", "crumbs", "done", "language", "run", "scoped", "scoped_nomination", "sent"]


def actor(request: HttpRequest) -> Actor:
    """Who reads: the signed-in person, or nobody."""
    return request.user if request.user.is_authenticated else Anonymous()  # type: ignore[return-value]


def scoped(request: HttpRequest, slug: str) -> Campaign:
    """The campaign, or 404 when this reader may not see it."""
    found = scope.campaign(actor(request), slug, today())
    if found is None:
        raise Http404
    return found


def run(request: HttpRequest, slug: str) -> Campaign:
    """The campaign, or 404 when this reader does not run its office."""
    found = scoped(request, slug)
    if not rules.runs(actor(request), found, today()):
        raise Http404
    return found


def scoped_nomination(request: HttpRequest, pk: UUID) -> Nomination:
    """The nomination, or 404 when this reader may not see it."""
    found = scope.nomination(actor(request), pk, today())
    if found is None:
        raise Http404
    return found


def crumbs(*more: tuple[str, str], campaign: Campaign | None = None) -> list[tuple[str, str]]:
    """The way back: the list, the campaign, then `more`."""
    first = [(_("Commendations"), reverse("commendations:list"))]
    if campaign is not None:
        first.append((campaign.title, reverse("commendations:campaign", args=[campaign.slug])))
    return [*first, *more]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, also when it was nothing, or None before."""
    return request.POST if request.method == "POST" else None


def language() -> str:
    return get_language() or "vi"
