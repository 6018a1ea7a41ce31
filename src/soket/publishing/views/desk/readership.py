"""How often an article was read, day by day, for those who work on it."""
from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from soket.publishing import queries
from soket.publishing.outlet import counting, counts
from soket.publishing.views.desk_parts import found_article

DAYS = 30


@require_GET
@login_required
def readership(request: HttpRequest, slug: str) -> HttpResponse:
    """The last thirty days with every kind of hit, and the readers of all time."""
    article = found_article(request, slug)
    days = counts.days_of(settings.PUBLIC, slug, DAYS)
    kinds = [kind for kind in counting.KINDS if kind != counting.UNKNOWN]
    sums = {kind: sum(day.kinds.get(kind, 0) for day in days) for kind in kinds}
    context = {
        "article": article, "title": queries.title_of(queries.head_of(article)) or slug, "total": counts.readers_of(settings.PUBLIC, slug),
        "rows": [(day, [day.kinds.get(kind, 0) for kind in kinds]) for day in days if day.raw],
        "sums": [sums[kind] for kind in kinds], "raw": sum(sums.values()), "most": max((day.readers for day in days), default=0),
        "released": queries.latest_release(article),
    }
    return render(request, "publishing/readership.html", context)
