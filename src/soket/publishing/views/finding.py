"""Search, feeds and sitemaps. They read the public store alone; a browser or a reader program that has the newest bytes is told so."""
from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from soket.kernel.clock import VIETNAM
from soket.publishing import reading, structured
from soket.publishing.outlet import feeds, finding
from soket.publishing.outlet.current import moment, shelf
from soket.publishing.outlet.shelf import Shelf
from soket.publishing.views.public.frame import crumbs

PAGE, MOST_PARTS = 20, 1_000_000
_RSS, _ATOM, _XML = "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8", "application/xml; charset=utf-8"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Articles that hold all words, best first, within a category and days."""
    store, asked = shelf(), request.GET.get("q", "").strip()[: finding.LONGEST]
    names = [(slug, vi if get_language() == "vi" else en or vi) for slug, vi, en in store.categories()] if store else []
    category, since, until = request.GET.get("chuyen-muc", ""), _day(request, "tu"), _day(request, "den")
    filters = finding.Filters(category, _start(since), _start(until + timedelta(days=1)) if until else None)
    at, found = _page_number(request), finding.Found(0, [])
    if store and asked:
        found = finding.search(store, asked, moment(), PAGE, (at - 1) * PAGE, filters)
    page = Paginator(range(found.total), PAGE).get_page(at)
    told: dict[str, Any] = {
        "q": asked, "found": found, "page": page, "categories": names, "category": category, "since": since, "until": until,
        "narrowed": bool(category or since or until), "searched": bool(asked), "most": finding.MOST,
        "words": finding.read_query(asked).words, "unmarked": _unmarked(store, asked) if asked and not found.total else ("", 0),
        "crumbs": crumbs((_("Search"), "")),
    }  # fmt: skip
    return render(request, "publishing/search.html", reading.frame(request, store, **told))


def _unmarked(store: Shelf | None, asked: str) -> tuple[str, int]:
    """The same words without marks, and how many articles they would find: what to try when marks found nothing."""
    query = finding.read_query(asked)
    if store is None or not query.marked:
        return "", 0
    plain = finding.without_marks(asked)
    return plain, finding.count(store, plain, moment())


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _day(request: HttpRequest, name: str) -> date | None:
    """A day as the form sends it; anything else is no bound."""
    try:
        found = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return found if 1900 < found.year < 2200 else None


def _start(day: date | None) -> int | None:
    return int(datetime.combine(day, time(), VIETNAM).timestamp()) if day else None


def _whole(name: str, *args: Any) -> str:
    return f"{settings.BASE_URL}{reverse(f'publishing:{name}', args=args)}"


def _channel(store: Shelf | None, category: str) -> feeds.Channel:
    """The feed of the whole newspaper, or of a category. Raises Http404 when there is no such category."""
    title, prefix, args = structured.site_name(), "", ()
    home = _whole("articles")
    if category:
        names = {slug: name for slug, name, _english in store.categories()} if store else {}
        if category not in names:
            raise Http404
        title, prefix, args = f"{names[category]} – {title}", "category_", (category,)
        home = f"{home}chuyen-muc/{category}/"
    return feeds.Channel(
        title=title, description=_("Articles whose figures open to the frozen reports they come from."), home=home,
        rss=_whole(f"{prefix}rss", *args), atom=_whole(f"{prefix}atom", *args), origin=settings.LOG_ORIGIN.partition("/")[0],
        article=lambda slug: structured.article_url(slug, settings.BASE_URL), sound=_sound,
    )  # fmt: skip


def _sound(extra: Any) -> tuple[str, int, str] | None:
    """The first form of an article's sound as an enclosure: address, bytes, media type."""
    found = structured.audio_of(extra, settings.BASE_URL)
    return (found[0]["contentUrl"], int(found[0]["contentSize"]), found[0]["encodingFormat"]) if found else None


@require_safe
def rss(request: HttpRequest, slug: str = "") -> HttpResponse:
    """RSS 2.0 of the newest articles."""
    store = shelf()
    channel = _channel(store, slug)
    found = feeds.entries(store, channel, moment(), slug) if store else []
    return _told(request, feeds.rss(channel, found), _RSS, _latest(found))


@require_safe
def atom(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Atom 1.0 of the newest articles."""
    store = shelf()
    channel = _channel(store, slug)
    found = feeds.entries(store, channel, moment(), slug) if store else []
    return _told(request, feeds.atom(channel, found), _ATOM, _latest(found))


def _latest(found: list[feeds.Entry]) -> int:
    return max((int(one.card.latest.timestamp()) for one in found), default=0)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap's parts."""
    store = shelf()
    rows = [(_whole("sitemap_part", number), changed) for number, changed in feeds.parts(store, moment())] if store else []
    lists = feeds.lists(store, moment()) if store else []
    return _told(request, feeds.sitemap_index([*([(_whole("sitemap_lists"), lists[0][1])] if lists else []), *rows]), _XML)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part: articles with their last change."""
    store = shelf()
    rows = feeds.part(store, number, moment()) if store and number < MOST_PARTS else []
    if not rows:
        raise Http404
    return _told(request, feeds.sitemap([(structured.article_url(slug, settings.BASE_URL), changed) for slug, changed in rows]), _XML)


@require_safe
def sitemap_lists(request: HttpRequest) -> HttpResponse:
    """The home page and the categories; each changed when its newest article did."""
    store, home = shelf(), _whole("articles")
    rows = feeds.lists(store, moment()) if store else []
    return _told(request, feeds.sitemap([(f"{home}chuyen-muc/{slug}/" if slug else home, changed) for slug, changed in rows]), _XML)


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    """The news sitemap: the last two days."""
    store = shelf()
    cards = feeds.recent(store, moment()) if store else []
    return _told(request, feeds.news_sitemap(cards, structured.site_name(), lambda slug: structured.article_url(slug, settings.BASE_URL)), _XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything public but search, counting and the desk."""
    lines = ["User-agent: *", "Disallow: /toa-soan/", f"Disallow: {reverse('publishing:search')}", "Disallow: /cong-bo/dem/", "Allow: /cong-bo/", "",
             f"Sitemap: {_whole('sitemap')}", f"Sitemap: {_whole('sitemap_news')}", ""]  # fmt: skip
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _told(request: HttpRequest, body: bytes, kind: str, changed: int = 0) -> HttpResponse:
    """The bytes, or 304 to who has them. A date alone never gives 304: what was taken down leaves no newer one."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    given = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if tag in given or "*" in given else HttpResponse(body, content_type=kind)
    response["ETag"], response["Cache-Control"] = tag, "public, max-age=60"
    if changed:
        response["Last-Modified"] = http_date(changed)
    return response
