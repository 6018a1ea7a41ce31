"""What anyone may read: released copies, and the panels behind their claims."""
from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.publishing import queries
from soket.reviews import queries as reviews
from soket.ui.shortcuts import panel_response

PAGE = 20


def _released(slug: str) -> queries.Released:
    found = queries.release_of(slug)
    if found is None:
        raise Http404
    return found


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Public statements"), reverse("publishing:articles")), *more]


@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """Every released statement, newest first, twenty a page."""
    page = Paginator(queries.released_articles(), PAGE).get_page(request.GET.get("page"))
    rows = [queries.told(row) for row in page]
    return render(request, "publishing/articles.html", {"rows": rows, "page": page, "public_home_url": reverse("publishing:articles")})


@require_GET
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """A statement as it counts now, with its corrections."""
    released = _released(slug)
    context = {
        "article": released, "same": queries.same_review(released), "others": queries.other_reviews(released), "crumbs": _crumbs(),
        "public_home_url": reverse("publishing:articles"),
    }
    return render(request, "publishing/article.html", context)


@require_GET
def figure(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The panel of a figure that the released statement claims, from the edition that it cites."""
    released = _released(slug)
    edition = reviews.by_digest(released.edition_digest) if code in released.codes else None
    if edition is None:
        raise Http404
    panel = reviews.panel(edition, code, get_language() or "vi", True)
    crumbs = _crumbs((released.title, reverse("publishing:article", args=[slug])), (_("Provenance of the figure"), ""))
    return panel_response(request, panel, public=True, crumbs=crumbs, public_home_url=reverse("publishing:articles"))


@require_GET
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The released copy itself: the canonical bytes whose SHA-256 the page prints."""
    released = _released(slug)
    response = HttpResponse(released.raw, content_type="application/json; charset=utf-8")
    response["ETag"] = f'"{released.digest}"'
    return response
