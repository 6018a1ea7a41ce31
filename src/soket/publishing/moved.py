"""An address of an older newspaper that was taken over leads to its article. Reads the public store alone."""
from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from soket.publishing.outlet import current

_ADDED = ("utm_", "fbclid", "gclid", "zarsrc", "mc_")
"""What advertisers and networks hang on to an address."""


def moved(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """301 to the article that an old address led to; None for every other address."""
    store = current.shelf()
    slug = next((found for one in _names(request) if (found := store.redirect(one))), "") if store else ""
    return HttpResponsePermanentRedirect(reverse("publishing:article", args=[slug])) if slug else None


def _names(request: HttpRequest) -> Iterator[str]:
    """How the address may have been kept: with its query as it is or without what was hung on to it, with and without the last slash."""
    path, query = unicodedata.normalize("NFC", request.path), request.META.get("QUERY_STRING", "")
    paths = [path, path.rstrip("/") if path.endswith("/") and len(path) > 1 else f"{path}/"]
    own = [part for part in query.split("&") if part and not part.startswith(_ADDED)] if len(query) <= 500 else []
    queries = list(dict.fromkeys(["&".join(own), *own[:1], ""])) if parse_qsl(query) else [""]
    for one in queries:
        for place in paths:
            if place != "/" or one:
                yield f"{place}?{one}" if one else place
