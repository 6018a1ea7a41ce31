"""The list of the desk with its filters, and what is set for a time to come."""
from __future__ import annotations

from datetime import date
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.kernel.clock import day_of, now, today
from soket.kernel.text import whole
from soket.publishing import queries, rules
from soket.publishing.models import ArticleStateName
from soket.publishing.queries import arrivals, flow
from soket.publishing.queries.desk import Wanted


@require_GET
@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """The articles of the reader's offices, fifty a page, narrowed by state, office, category, author, day and title."""
    day, asked = today(), request.GET
    states = _states()
    state = asked.get("tinh-trang", "")
    wanted = Wanted(
        state=state if state in dict(states) else "", office=whole(asked.get("co-quan", "")), category=whole(asked.get("chuyen-muc", "")),
        mine=asked.get("cua-toi") == "1", q=asked.get("q", "").strip()[:200], since=_day(asked.get("tu", "")),
        until=_day(asked.get("den", "")),
    )
    page = queries.desk_articles(request.user, now(), wanted, asked.get("page"))
    reach = rules.desk_reach(request.user, day)
    names = queries.office_names([*reach.units, *(row.office_id for row in page)], day)
    english = get_language() == "en"
    context = {
        "rows": [(row, names[row.office_id]) for row in page], "page": page, "asked": wanted, "states": states,
        "offices": sorted(((pk, names[pk]) for pk in reach.units), key=lambda pair: pair[1]) if len(reach.units) > 1 else [],
        "categories": [(row.pk, row.name_en if english else row.name) for row in flow.categories()],
        "narrowed": wanted != Wanted(), "may_begin": bool(queries.may_begin(request.user, day)), "may_shelve": rules.may_shelve(request.user, day),
        "may_import": arrivals.is_there(request.user, day),
    }
    return render(request, "publishing/desk.html", context)


@require_GET
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """What goes out, may go out or ends by itself, day by day. 404 for who works at no desk."""
    at = now()
    reach = rules.desk_reach(request.user, day_of(at))
    if not reach.everything and not reach.units:
        raise Http404
    days = [(day, list(rows)) for day, rows in groupby(queries.planned(request.user, at), key=lambda row: day_of(row.at))]
    return render(request, "publishing/plan.html", {"days": days, "at": at})


def _day(text: str) -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _states() -> list[tuple[str, str]]:
    """What a row can be narrowed to: (value, words)."""
    return [("due", _("Correction due")), ("none", _("No text yet")), *((value, str(words)) for value, words in ArticleStateName.choices)]
