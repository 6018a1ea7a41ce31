"""Pages to read: the tree, a unit, an area, search, acts, the two mappings."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.kernel.clock import today
from soket.organisations import queries, rules
from soket.organisations.core import Tree
from soket.organisations.models import Level, Line, SuccessionKind
from soket.organisations.views.asof import AsOf, as_of, crumbs, kept, plain, presets
from soket.organisations.views.shapes import flows

ROWS = 60


def _frame(request: HttpRequest, shown: AsOf) -> dict[str, Any]:
    return {"shown": shown, "presets": presets(request, shown), "keep": kept(request), "search_url": reverse("organisations:search")}


def _page(request: HttpRequest, rows: Any, size: int = ROWS) -> Any:
    return Paginator(rows, size).get_page(request.GET.get("page"))


@require_GET
@login_required
def tree(request: HttpRequest) -> HttpResponse:
    """A line's tree on a day, opened along one branch."""
    known = queries.lines()
    line = next((line for line in known if line.code == request.GET.get("he")), known[0] if known else None)
    return _tree_page(request, line, known)


@require_GET
@login_required
def area_map(request: HttpRequest) -> HttpResponse:
    """The map on a day, opened along one branch."""
    return _tree_page(request, None, queries.lines())


def _tree_page(request: HttpRequest, line: Line | None, known: list[Line]) -> HttpResponse:
    shown = as_of(request)
    code = line.code if line else None
    index = queries.area_tree(shown.day) if code is None else queries.unit_tree(code, shown.day)
    wanted = request.GET.get("tu", "")
    opened = int(wanted) if wanted.isdecimal() and int(wanted) in index else _only_root(index)
    path = index.path(opened) if opened is not None else []
    below = index.children(opened) if opened is not None else index.roots
    page = _page(request, below)
    page.object_list = [(index.node(key), len(index.subtree(key)) - 1, bool(index.children(key))) for key in page.object_list]
    context = _frame(request, shown) | {
        "line": line, "title": _tree_title(line), "tabs": _tabs(shown, line, known), "path": path, "page": page,
        "counts": [(str(Level(level).label), number) for level, number in queries.level_counts(code, shown.day, opened).items()],
        "missing": queries.not_loaded(code, shown.day), "base": request.path, "roots": [index.node(key) for key in index.roots],
    }  # fmt: skip
    context["crumbs"] = [*crumbs(shown)[:1], (context["title"], "")]
    return render(request, "organisations/tree.html", context)


def _only_root(index: Tree) -> int | None:
    """A line opens at its head: the first root that has anything below it."""
    heads = [key for key in index.roots if index.node(key).level == Level.CENTRE and index.children(key)]
    return heads[0] if heads else None


def _tree_title(line: Line | None) -> str:
    return queries.line_words(line) if line else _("Administrative map")


def _tabs(shown: AsOf, line: Line | None, known: list[Line]) -> list[tuple[str, str, bool]]:
    day = f"&ngay={shown.day.isoformat()}" if not shown.current else ""
    page, here = reverse("organisations:tree"), line.code if line else ""
    tabs = [(queries.line_words(one), f"{page}?he={one.code}{day}", one.code == here) for one in known]
    return [*tabs, (_("Administrative map"), reverse("organisations:map") + shown.query, line is None)]


@require_GET
@login_required
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit on a day: place, succession, counterparts, codes, what stands below it, history."""
    shown = as_of(request)
    found = queries.unit_by_id(unit_id)
    card = queries.unit_card(found, shown.day) if found else None
    if found is None or card is None:
        raise Http404
    base = f"{reverse('organisations:tree')}?he={found.line.code}" + (f"&ngay={shown.day.isoformat()}" if not shown.current else "")
    way = [(queries.line_words(found.line), base), *((capfirst(node.name), _url("unit", node.id, shown)) for node in card.path)]
    context = _frame(request, shown) | {
        "card": card, "line_words": queries.line_words(found.line), "page": _page(request, card.children),
        "flows_in": flows(card.predecessors, inward=True), "flows_out": flows(card.successors, inward=False),
        "missing": queries.not_loaded(found.line.code, shown.day), "crumbs": crumbs(shown, *way, (capfirst(card.name), "")),
        "history": _timeline(card.history), "may": rules.may_administer(request.user, found, today()) and card.until is None,
    }  # fmt: skip
    return render(request, "organisations/unit.html", context)


@require_GET
@login_required
def area(request: HttpRequest, area_id: int) -> HttpResponse:
    """One area on a day: its units, where it came from and went by each source, codes, history."""
    shown = as_of(request)
    found = queries.area_by_id(area_id)
    card = queries.area_card(found, shown.day) if found else None
    if found is None or card is None:
        raise Http404
    forth, back = queries.successors_by_source(area_id), queries.predecessors_by_source(area_id)
    way = [(_("Administrative map"), reverse("organisations:map") + shown.query), *((capfirst(node.name), _url("area", node.id, shown)) for node in card.path)]
    context = _frame(request, shown) | {
        "card": card, "page": _page(request, card.children), "forth": forth, "back": back,
        "forth_day": _one_day(forth), "back_day": _one_day(back),
        "divided": any(version.divided for version in forth), "decision": queries.decision_on(area_id),
        "missing": queries.not_loaded(None, shown.day), "crumbs": crumbs(shown, *way, (capfirst(card.name), "")),
        "history": _timeline(card.history), "may": card.until is None and rules.may_administer(request.user, found, today()),
        "may_decide": rules.administers_everything(request.user, today()),
    }  # fmt: skip
    return render(request, "organisations/area.html", context)


def _one_day(versions: list[Any]) -> date | None:
    """The day of all steps, when it is one."""
    days = {heir.on for version in versions for heir in version.heirs}
    return days.pop() if len(days) == 1 else None


def _url(name: str, key: int, shown: AsOf) -> str:
    return reverse(f"organisations:{name}", args=[key]) + shown.query


def _timeline(items: list[Any]) -> list[dict[str, Any]]:
    return [
        {"date": i.date, "title": capfirst(i.title), "text": i.text, "kind": i.kind, "url": reverse("organisations:act", args=[i.act_id]) if i.act_id else ""}
        for i in items
    ]


@require_GET
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Names and codes of any day."""
    shown, text = as_of(request), plain(request.GET.get("q", ""))
    line = request.GET.get("he") or None
    words = {line.code: queries.line_words(line) for line in queries.lines()}
    hits = queries.search(text, shown.day, line if line in words else None)
    context = _frame(request, shown) | {
        "q": text, "hits": [(hit, words.get(hit.line, _("Administrative map")), str(Level(hit.level).label)) for hit in hits],
        "more": len(hits) == queries.SEARCHED, "asked": bool(text.strip()), "crumbs": crumbs(shown, (_("Search"), "")),
    }  # fmt: skip
    return render(request, "organisations/search.html", context)


@require_GET
@login_required
def acts(request: HttpRequest) -> HttpResponse:
    """Succession acts, latest effect first."""
    kind = request.GET.get("loai", "")
    page = _page(request, queries.acts(kind), 40)
    kinds = [(str(label), f"?loai={value}", value == kind) for value, label in SuccessionKind.choices]
    tabs = [(_("All"), request.path, kind not in SuccessionKind.values), *kinds]
    return render(request, "organisations/acts.html", {"page": page, "tabs": tabs, "crumbs": crumbs(as_of(request), (_("Acts"), ""))})


@require_GET
@login_required
def act(request: HttpRequest, act_id: int) -> HttpResponse:
    """One act, what it touched, what undid it."""
    found = queries.act_by_id(act_id)
    if found is None:
        raise Http404
    undone = getattr(found, "undone_by", None)
    context = {
        "act": found, "page": _page(request, queries.touched(found)), "undone": undone,
        "may_undo": queries.may_undo(request.user, found, today()), "kind": found.get_kind_display(),
        "crumbs": crumbs(as_of(request), (_("Acts"), reverse("organisations:acts")), (capfirst(found.title), "")),
    }  # fmt: skip
    return render(request, "organisations/act.html", context)


@require_GET
@login_required
def mappings(request: HttpRequest) -> HttpResponse:
    """The two published mappings, what each divides, and the choice between them."""
    listed = queries.mappings()
    wanted = request.GET.get("tinh", "")
    provinces = queries.divided_by_province()
    opened = next((row for row in provinces if str(row[1]) == wanted), None)
    rows = [(one.id, one.name, [one.parts.get(item.source.code, 1) for item in listed]) for one in opened[2]] if opened else []
    totals = [(name, key, [sum(1 for one in ones if item.source.code in one.parts) for item in listed]) for name, key, ones in provinces]
    context = {
        "mappings": listed, "choices": queries.choices(), "totals": totals, "opened": opened, "page": _page(request, rows),
        "sources": queries.sources(), "may": rules.administers_everything(request.user, today()),
        "crumbs": crumbs(as_of(request), (_("Divided communes"), "")),
    }  # fmt: skip
    return render(request, "organisations/mappings.html", context)
