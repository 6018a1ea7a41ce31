"""The signs of reading that browsers send, the fresh number beside an article, and the words that explain how it is counted."""
from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from soket.publishing import asking
from soket.publishing.outlet import counting, counts, current
from soket.publishing.views.public.frame import crumbs, page, reader

LARGEST = 1024
"""Bytes of a beacon; ours has none."""


# No token: the page that sends this is one and the same for all readers, and it changes nothing in anybody's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """POST: five seconds of reading; answered with 204 after it is on disk, 503 when it was not kept. GET: the number of readers."""
    response = _told(slug) if request.method != "POST" else _kept(request, slug)
    response["Cache-Control"] = "no-store"
    return response


def _told(slug: str) -> HttpResponse:
    store = current.shelf()
    if store is None or not store.shows(slug, current.moment()):
        return JsonResponse({"readers": None}, status=404)
    return JsonResponse({"readers": counts.readers_of(settings.PUBLIC, slug)})


def _kept(request: HttpRequest, slug: str) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        return HttpResponse(status=413)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return HttpResponse(status=403)  # another site makes a browser say that its user reads here
    try:
        counting.tally(settings.PUBLIC).add(_hit(request, slug))
    except counting.CountingDown:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    return HttpResponse(status=204)


def _hit(request: HttpRequest, slug: str) -> counting.Hit:
    store = current.shelf()
    if store is None or not store.shows(slug, current.moment()):
        return counting.Hit("", counting.UNKNOWN)
    kind = asking.kind_of(request.META, request.COOKIES, settings.SESSION_COOKIE_NAME)
    return counting.Hit(slug, kind, "" if kind else asking.who(request.META, asking.networks(settings.PROXIES)))


@reader
def rules(request: HttpRequest) -> HttpResponseBase:
    """How readers are counted, with what was counted so far."""
    kinds, since = counts.totals(settings.PUBLIC)
    words = {
        counting.COUNTED: _("Counted: a reader of an article on a day"), counting.REPEAT: _("Not counted: the same reader again on that day"),
        counting.ROBOT: _("Not counted: a robot, or a page loaded in advance"), counting.STAFF: _("Not counted: someone who is signed in here"),
        counting.UNKNOWN: _("Not counted: an address without an article"), counting.OVER: _("Not counted: beyond the limit of a day"),
    }
    rows = [(words[kind], number) for kind, number in kinds.items()]
    context = {"rows": rows, "raw": sum(kinds.values()), "readers": kinds[counting.COUNTED], "since": since}
    way = crumbs((_("How views are counted"), reverse("publishing:counting")))
    return page(request, "publishing/counting_rules.html", current.shelf(), crumbs=[*way[:-1], (way[-1][0], "")], **context)
