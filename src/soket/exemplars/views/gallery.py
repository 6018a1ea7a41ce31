"""What anyone may read: the gallery, an exemplar with its spread, and the list of adoptions as data."""
from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.exemplars import queries, registry, rules
from soket.exemplars.models import Exemplar, Field, Publication
from soket.exemplars.views.shared import actor, day_asked, exemplar_crumbs, language
from soket.kernel.clock import today
from soket.ui.shortcuts import csv_file, frame

PAGE, UNITS = 12, 50


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The published exemplars, with photographs; search and filters stand in the address."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "linh-vuc", "tinh")}
    field = asked["linh-vuc"] if asked["linh-vuc"] in Field.values else ""
    found, provinces = queries.gallery(asked["q"], field, asked["tinh"], today())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "frame": frame(request), "cards": queries.cards(page, today()), "page": page, "asked": asked["q"], "field": field, "province": asked["tinh"],
        "provinces": provinces, "fields": Field.choices, "any": bool(found) or bool(provinces), "public_home_url": reverse("exemplars:gallery"),
    }  # fmt: skip
    return render(request, "exemplars/gallery.html", context)


def _found(request: HttpRequest, slug: str) -> tuple[Exemplar, Publication | None, bool]:
    """(the exemplar, its newest public copy, whether the reader sees it inside), or 404."""
    row = queries.exemplar_inside(actor(request), slug, today()) if request.user.is_authenticated else None
    public = queries.published(slug)
    found = row or (public.exemplar if public else None)
    if found is None:
        raise Http404
    return found, public, row is not None


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One exemplar: for everyone the published copy with its spread; for those concerned also the draft and what can be done."""
    exemplar, public, inside = _found(request, slug)
    day, error = day_asked(request)
    draft = inside and exemplar.state not in rules.PUBLIC and not (public and request.GET.get("xem") == "cong-bo")
    as_draft = draft or public is None
    page = queries.draft_page(exemplar, today(), language()) if as_draft else queries.published_page(public, today(), language(), inside)
    spread = queries.spread_page(exemplar, actor(request), day, today()) if public else None
    context = {
        "frame": frame(request), "exemplar": exemplar, "page": page, "draft": draft, "inside": inside, "public": public, "day": day, "error": error,
        "withdrawal": queries.withdrawal_of(exemplar) if public else None, "today": today(), "public_home_url": reverse("exemplars:gallery"),
        "spread": spread, "crumbs": exemplar_crumbs(None, (page.content["title"], "")),
        "page_of_units": Paginator(spread.applied if spread else [], UNITS).get_page(request.GET.get("page")),
        **(_inside(request, exemplar) if inside else {}), "may_adopt": _may_adopt(request, exemplar),
        "links": registry.links(exemplar) if request.user.is_authenticated and exemplar.state in ("recognised", "published") else [],
    }  # fmt: skip
    return render(request, "exemplars/detail.html", context)


def _may_adopt(request: HttpRequest, exemplar: Exemplar) -> bool:
    return exemplar.state == "published" and request.user.is_authenticated and bool(queries.own_units(request.user, today()))


def _inside(request: HttpRequest, exemplar: Exemplar) -> dict[str, Any]:
    """What those concerned may do, and everything that happened."""
    who, day, state = request.user, today(), exemplar.state
    reports = rules.reports(who, exemplar.unit_id, day)
    another = not queries.had_a_hand(who, [exemplar.pk])
    return {
        "history": queries.history(exemplar), "may_edit": reports and state == "draft", "may_reopen": reports and state == "withdrawn",
        "may_recognise": another and state == "proposed" and rules.recognises(who, exemplar, day),
        "may_publish": another and state == "recognised" and rules.publishes(who, exemplar, day),
        "may_withdraw": state == "published" and rules.publishes(who, exemplar, day),
    }  # fmt: skip


def _data(request: HttpRequest, slug: str) -> dict[str, Any]:
    public = queries.published(slug)
    if public is None:
        raise Http404
    day, _error = day_asked(request)
    return queries.as_data(public.exemplar, public.title, queries.spread_page(public.exemplar, actor(request), day, today()))


@require_GET
def adoptions_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of adoptions as of ?ngay=, as JSON."""
    return JsonResponse(_data(request, slug), json_dumps_params={"ensure_ascii": False})


@require_GET
def adoptions_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table: UTF-8 with a mark for spreadsheets; no cell can start a formula."""
    data = _data(request, slug)
    names = ["state", "unit", "unit_then", "province", "since", "document", "confirmed_on", "stopped_on", "reason"]
    heads = [
        _("State"), _("Unit"), _("Unit at the time"), _("Province"), _("Applied since"), _("Document"), _("Confirmed on"), _("No longer applied since"),
        _("Reason"),
    ]  # fmt: skip
    words = {"applied": _("applied, confirmed"), "unconfirmed": _("not confirmed yet"), "stopped": _("stopped")}
    rows = ([words[row[name]] if name == "state" else row[name] for name in names] for row in data["adoptions"])
    return csv_file(f"{slug}-nhan-rong-{data['as_of']}", heads, rows)
