"""The public register of awards: every award with its grounds and state, cancelled ones too; the same as JSON and as a table to keep."""
from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.commendations.queries import register as queries
from soket.commendations.views.shared import crumbs, language
from soket.kernel.clock import today
from soket.ui.shortcuts import csv_file, frame

PAGE = 25
NAMES = {"issuer": "co-quan", "year": "nam", "form": "hinh-thuc", "kind": "loai", "state": "tinh-trang", "words": "tim"}
HEAD = (
    "id", "decision", "dated", "issuer", "form", "recipient", "name", "detail", "achievement", "gold_number", "state", "cancelled_by", "cancelled_on", "ground",
    "basis", "handed_over_on", "figures", "url",
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Awards of every issuer, newest decision first; filters in the address."""
    asked = queries.Asked(**{own: request.GET.get(name, "").strip()[:100] for own, name in NAMES.items()})
    rows = queries.found(asked)
    shape = request.GET.get("dang")
    if shape in ("csv", "json"):
        return _file(request, rows, shape)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": queries.lines(page.object_list, language()), "asked": asked, "names": NAMES, "numbers": queries.numbers(rows),
        "choices": queries.choices(today(), language()), "query": _query(request), "frame": frame(request), "any": any(vars(asked).values()),
        "crumbs": crumbs((_("Register of awards"), "")),
    }  # fmt: skip
    return render(request, "commendations/register/list.html", context)


def _query(request: HttpRequest) -> str:
    """The filters as they stand, for the links to the other shapes."""
    kept = request.GET.copy()
    for name in ("page", "dang"):
        kept.pop(name, None)
    return kept.urlencode()


def _file(request: HttpRequest, rows: Any, shape: str) -> HttpResponse:
    told = [_plain(line) for line in queries.lines(rows, language())]
    if shape == "csv":
        return csv_file("so-dang-ky-khen-thuong", HEAD, ([" | ".join(one[name]) if name == "figures" else one[name] for name in HEAD] for one in told))
    numbers = queries.numbers(rows)
    body = {"total": numbers.total, "named": numbers.named, "cancelled": numbers.cancelled, "awards": told}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _plain(line: queries.Line) -> dict[str, Any]:
    """An award as data. Empty where it is not open or not known; the kind of recipient is always told."""
    ended, handed = line.state.ended, line.state.handed
    figures = [f"{ref.code}: {ref.old_display + ' → ' if ref.old_display else ''}{ref.display} {ref.url}".strip() for ref in line.figures]
    return {
        "id": line.award.pk, "decision": line.decision, "dated": line.dated.isoformat(), "issuer": line.issuer, "form": line.form,
        "recipient": line.award.recipient, "name": line.name, "detail": line.detail, "achievement": line.achievement, "gold_number": line.gold,
        "state": line.state.stage, "cancelled_by": ended.decision if ended else "", "cancelled_on": ended.dated.isoformat() if ended else "",
        "ground": ended.words if ended else "", "basis": ended.basis if ended else "", "handed_over_on": handed.on.isoformat() if handed else "",
        "figures": figures, "url": line.url,
    }  # fmt: skip


@require_GET
def detail(request: HttpRequest, award_id: int) -> HttpResponse:
    """One award: what it was given for, the figures it rests on, and everything that happened to it."""
    found = queries.one(award_id)
    if found is None:
        raise Http404
    line = queries.lines([found], language())[0]
    context = {
        "line": line, "campaign": found.decision.campaign_form.campaign, "history": queries.history(line), "frame": frame(request), "title": title_of(line),
        "crumbs": crumbs((_("Register of awards"), reverse("commendations:register")), (title_of(line), "")),
    }  # fmt: skip
    return render(request, "commendations/register/award.html", context)


def title_of(line: queries.Line) -> str:
    """The recipient, or while the name is closed the decision and its place."""
    return line.name or _("Decision %(decision)s, place %(place)s") % {"decision": line.decision, "place": line.award.place}
