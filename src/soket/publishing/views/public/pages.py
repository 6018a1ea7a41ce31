"""Pages around the articles: front page, categories, days, tags, the accessibility statement, and what is not there."""
from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.publishing import reading
from soket.publishing.moved import moved
from soket.publishing.outlet import current
from soket.publishing.outlet.shelf import Shelf
from soket.publishing.views.public.frame import crumbs, opened, page, reader

FRONT, EACH, DAILY = 5, 4, 3
_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}", re.ASCII)


@reader
def articles(request: HttpRequest) -> HttpResponse:
    """The front page: of the newest five one large (the first that has a photograph), what was read most, then what each category has besides."""
    store, now = current.shelf(), current.moment()
    newest = store.newest(now, limit=FRONT) if store else []
    top = next((card for card in newest if card.data["photo"]), newest[0] if newest else None)
    above = {card.id for card in newest}
    found = store.front(now, FRONT + EACH) if store else {}
    sections = []
    for one in store.categories() if store and found else []:
        cards = found.get(one[0], [])
        below = [card for card in cards if card.id not in above][:EACH]
        if below:
            sections.append((one[0], reading.name_of(one), below))
    read = reading.most_read(store, now) if store and newest else []
    rest = [card for card in newest if card is not top]
    return page(request, "publishing/articles.html", store, top=top, rest=rest, sections=sections, most_read=read, days=reading.DAYS)


def _list(request: HttpRequest, store: Shelf, title: str, kicker: str, feed: str = "", **wanted: Any) -> HttpResponse:
    """A list of articles, a page at a time. Raises Http404 for a page that there is not."""
    found = reading.leaf(request, store, current.moment(), **wanted)
    if found is None:
        raise Http404
    month = reading.month_of(store, found.cards[0].day[:7], current.moment()) if found.cards else None
    return page(request, "publishing/list.html", store, title=title, kicker=kicker, leaf=found, feed=feed, month=month, crumbs=crumbs((title, "")))


@reader
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles of a category."""
    store = opened()
    found = next((one for one in store.categories() if one[0] == slug), None)
    if found is None:
        raise Http404
    return _list(request, store, reading.name_of(found), _("Category"), slug, category=slug)


@reader
def tag(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The articles about a programme, a unit or a review."""
    store = opened()
    label = store.tag_label(kind, key, current.moment())
    if not label:
        raise Http404
    kinds = {"programme": _("Programme"), "unit": _("Unit"), "review": _("Review")}
    return _list(request, store, label, kinds.get(kind, _("Subject")), tag=(kind, key))


@reader
def archive(request: HttpRequest) -> HttpResponse:
    """The calendar of a month, its days with their number of articles and the newest titles, and the months of its year."""
    store, now = current.shelf(), current.moment()
    span = store.span(now) if store else None
    way = crumbs((_("Archive"), ""))
    if store is None or span is None:
        return page(request, "publishing/archive.html", store, month=None, crumbs=way)
    asked = request.GET.get("thang", "")
    key = asked if _MONTH.fullmatch(asked) and span[0][:7] <= asked <= span[1][:7] else span[1][:7]
    if asked and asked != key:
        raise Http404
    month = reading.month_of(store, key, now)
    numbers = sorted(store.days(key, now).items(), reverse=True)
    titles = store.first_of_days([day for day, _number in numbers], now, DAILY)
    days = [(date.fromisoformat(day), number, titles.get(day, []), max(0, number - DAILY)) for day, number in numbers]
    year = [f"{key[:4]}-{number:02}" for number in range(1, 13)]
    months = [(one, reading.month_day(one), span[0][:7] <= one <= span[1][:7]) for one in year]
    years = [(number, max(span[0][:7], min(span[1][:7], f"{number}-{key[5:]}"))) for number in range(int(span[0][:4]), int(span[1][:4]) + 1)]
    context = {"month": month, "first": date.fromisoformat(span[0]), "last": date.fromisoformat(span[1]), "days": days, "months": months, "years": years}
    return page(request, "publishing/archive.html", store, total=sum(number for _day, number in numbers), crumbs=way, **context)


@reader
def day(request: HttpRequest, day: str) -> HttpResponse:
    """The articles first published on a day. Raises Http404 for a day without any."""
    try:
        shown = date.fromisoformat(day if _DAY.fullmatch(day) else "")
    except ValueError:
        raise Http404 from None
    store, now = opened(), current.moment()
    found = reading.leaf(request, store, now, day=day)
    if found is None or not found.cards:
        raise Http404
    before, after = (date.fromisoformat(one) if one else None for one in store.days_beside(day, now))
    return page(
        request, "publishing/day.html", store, leaf=found, shown=shown, before=before, after=after, month=reading.month_of(store, day[:7], now, day),
        crumbs=crumbs((_("Archive"), reverse("publishing:archive")), (shown.strftime("%d/%m/%Y"), "")),
    )  # fmt: skip


@reader
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everyone can read, and what was not checked."""
    return page(request, "publishing/accessibility.html", current.shelf(), crumbs=crumbs((_("Accessibility"), "")))


@reader
def elsewhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Every other address below the newspaper's: an older newspaper's leads to its article, one without its last slash to the page."""
    if found := moved(request):
        return found
    path = f"{request.path}/"
    try:
        known = not rest.endswith("/") and resolve(path).url_name != "elsewhere"
    except Resolver404:
        known = False
    if not known:
        raise Http404
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)


@require_GET
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the reader's language in a cookie and go back. Nothing else is kept, so a plain link may do it."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("tiep", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if safe else reverse("publishing:articles"))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure())
    response["Cache-Control"] = "no-store"
    return response
