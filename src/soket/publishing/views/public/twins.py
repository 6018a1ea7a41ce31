"""The same as data: the copy's own bytes, its signed manifest, its figures, the panel behind each, and the files that it shows."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.kernel.canonical import canonical
from soket.publishing import tabling
from soket.publishing.manifest import envelope
from soket.publishing.outlet import current
from soket.publishing.outlet.shelf import Kept
from soket.publishing.serving import ranged
from soket.publishing.views.public.frame import crumbs, opened, page, published, reader
from soket.ui.shortcuts import csv_file, wants_fragment

_JSON = "application/json; charset=utf-8"


@reader
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """The released copy itself: the canonical bytes whose SHA-256 the page prints."""
    found = published(slug)
    return _tagged(request, found.raw.encode(), found.digest)


@reader
def seal(request: HttpRequest, slug: str) -> HttpResponse:
    """The signed manifest that the page carries, as a file. Raises Http404 where the copy has none."""
    found = published(slug)
    if "seal" not in found.extra:
        raise Http404
    body = json.dumps(envelope(found.raw, found.extra["seal"]), ensure_ascii=False).encode()
    response = _tagged(request, body, hashlib.sha256(body).hexdigest())
    response["Content-Disposition"] = f'attachment; filename="{slug}.ban-ke.json"'
    return response


@reader
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The claimed figures as CSV."""
    found = published(slug)
    return _table(slug, found, found.content["figures"])


@reader
def figure_table(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One figure as CSV."""
    found = published(slug)
    return _table(f"{slug}-{code}", found, [_figure(found, code)])


@reader
def figure_data(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One figure as canonical JSON, with the copy and the edition that it stands in."""
    found = published(slug)
    copy = {"slug": slug, "number": found.card.number, "digest": found.digest, "published_at": found.content["published_at"]}
    body = canonical({"article": copy, "edition": found.content["edition"], "figure": _figure(found, code)})
    return _tagged(request, body, hashlib.sha256(body).hexdigest())


@reader
def figure(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The panel of a figure that the released article claims, as it was kept when the copy was released."""
    found, store = published(slug), opened()
    panel = store.panel(found.card.id, code, get_language() or "vi")
    if panel is None:
        raise Http404
    if wants_fragment(request):
        response = HttpResponse(panel["html"])
    else:
        way = crumbs((str(found.card.title), reverse("publishing:article", args=[slug])), (_("Provenance of the figure"), ""))
        response = page(request, "publishing/figure.html", store, panel_html=panel["html"], title=panel["title"], slug=slug, code=code, crumbs=way)
    response["Vary"] = "X-Partial"
    return response


@reader
def file(request: HttpRequest, sha256: str, ext: str) -> HttpResponseBase:
    """Bytes that a published article offers, also in part; everything else is 404. Kept briefly: what is taken down must go."""
    found = opened().file(sha256, current.moment())
    if found is None:
        raise Http404
    path, name, media_type, _size = found
    response = ranged(request, path, media_type, name, sha256)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _figure(found: Kept, code: str) -> Mapping[str, Any]:
    entry = next((one for one in found.content["figures"] if one["code"] == code), None)
    if entry is None:
        raise Http404
    return dict(entry)


def _table(name: str, found: Kept, figures: Sequence[Mapping[str, Any]]) -> HttpResponse:
    return csv_file(name, tabling.COLUMNS, tabling.rows(found.content, figures))


def _tagged(request: HttpRequest, body: bytes, digest: str) -> HttpResponse:
    """The bytes under their SHA-256, or 304 to who has them."""
    told = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if f'"{digest}"' in told else HttpResponse(body, content_type=_JSON)
    response["ETag"] = f'"{digest}"'
    return response
