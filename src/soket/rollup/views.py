"""The board of live figures, one figure's panel, and the units behind it."""
from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.kernel.clock import today
from soket.kernel.text import whole
from soket.organisations import queries as organisations
from soket.rollup import display, engine, queries
from soket.rollup.core.cells import State
from soket.rollup.core.errors import RollupError
from soket.rollup.core.figures import FigureState
from soket.rollup.spec import REPORTED, BadSpec, Spec
from soket.ui.shortcuts import panel_response

BOUNDARIES = (REPORTED, "2025-06-30", "2025-07-01")


def _asked(request: HttpRequest) -> Spec:
    """The spec of the address, if the reader may open it; 404 otherwise."""
    try:
        spec = Spec.from_query({**request.GET.dict(), "loai": request.GET.get("loai") or "indicator"})
        if spec.kind in ("indicator", "completeness") and queries.may_open(request.user, spec, today()):
            return spec
    except (BadSpec, queries.NoFigure):
        pass
    raise Http404


@require_GET
@login_required
def figure(request: HttpRequest) -> HttpResponse:
    """The provenance panel of a live figure."""
    spec = _asked(request)
    try:
        found = queries.figure(spec)
    except (queries.NoFigure, RollupError):
        raise Http404 from None
    return panel_response(request, display.panel(found), crumbs=[(_("Roll-up"), "..")])


@require_GET
@login_required
def units(request: HttpRequest) -> HttpResponse:
    """Every unit behind a figure, by state; as a page or as CSV."""
    spec = _asked(request)
    wanted = request.GET.get("trang-thai", "")
    states = [State[wanted.upper()]] if wanted.upper() in State.__members__ else []
    try:
        found = queries.figure(spec)
        cells = queries.unit_cells(spec, *states)
    except (queries.NoFigure, RollupError):
        raise Http404 from None
    if request.GET.get("dang") == "csv":
        return _csv(found, cells)
    page = Paginator(cells, 100).get_page(request.GET.get("page"))
    rows = [(cell, display.cell_words(cell, found.indicator)) for cell in page]
    context = {"figure": found, "title": display.title(found), "page": page, "rows": rows, "wanted": wanted, "query": spec.query(),
               "states": [(state.name.lower(), words) for state, words in _state_names().items()], "panel_url": display.address(spec, found.area)}
    return render(request, "rollup/units.html", context)


def _state_names() -> dict[State, str]:
    return {
        State.VALUE: _("with a number"), State.ZERO: _("zero"), State.NOTHING: _("nothing to report"),
        State.NOT_APPLICABLE: _("not applicable"), State.MISSING: _("missing"), State.EXCUSED: _("excused"),
    }


def _csv(found: queries.Figure, cells: list[queries.UnitCell]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-lieu.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Unit"), _("Period"), _("State"), _("Value in the smallest unit"), _("Decimals")])
    names = _state_names()
    scale = found.indicator.scale if found.indicator else 0
    for cell in cells:
        name = f"'{cell.unit_name}" if cell.unit_name[:1] in "=+-@" else cell.unit_name
        value = str(cell.value) if cell.state in (State.VALUE, State.ZERO) else ""
        writer.writerow([name, cell.round.slug, names[cell.state], value, scale])
    return response


@require_GET
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """One indicator by area: value, coverage and what is missing, on reported or restated boundaries."""
    rounds = queries.offered_rounds()
    if not rounds:
        return render(request, "rollup/board.html", {"rounds": []})
    chosen = next((item for item in rounds if item.slug == request.GET.get("ky")), None) or queries.first_round(rounds)
    indicators = queries.offered_indicators(chosen)
    indicator = next((item for item in indicators if item.code == request.GET.get("chi-tieu")), None)
    indicator = indicator or next((item for item in indicators if item.code == "TT01"), indicators[0])
    boundary = request.GET.get("ranh-gioi", REPORTED)
    area = request.GET.get("dia-ban", "")
    lines = [line for line in organisations.lines() if line.code == request.GET.get("he")]
    spec = Spec("indicator", indicator.code, (chosen.slug,), tuple(line.code for line in lines),
                named if (named := whole(area)) is not None else _own_area(request), boundary if boundary in BOUNDARIES else REPORTED)
    if not queries.may_open(request.user, spec, today()):
        raise Http404
    context: dict[str, Any] = {"rounds": rounds, "round": chosen, "indicators": indicators, "indicator": indicator, "spec": spec,
                               "lines": organisations.lines(), "boundaries": _boundaries(), "labels": _labels(rounds, indicators)}
    context.update(_rows(spec))
    return render(request, "rollup/board.html", context)


def _own_area(request: HttpRequest) -> int | None:
    areas = queries.visible_areas(request.user, today())
    return None if areas is None else min(areas, default=-1)


def _labels(rounds: list[Any], indicators: list[Any]) -> dict[str, list[tuple[str, str]]]:
    english = display.lang() == "en"
    return {
        "rounds": [(item.slug, item.title_en if english else item.title_vi) for item in rounds],
        "indicators": [(item.code, display.name_of(item)) for item in indicators],
    }


def _boundaries() -> list[tuple[str, str]]:
    return [
        (REPORTED, _("As reported")),
        ("2025-06-30", _("Boundaries of 30/06/2025 (63 provinces)")),
        ("2025-07-01", _("Boundaries of 01/07/2025 (34 provinces)")),
    ]


def _rows(spec: Spec) -> dict[str, Any]:
    try:
        whole = queries.figure(spec)
        below = queries.children(spec)
        received = queries.figure(replace(spec, kind="completeness", indicator=""))
    except (queries.NoFigure, RollupError) as error:
        return {"problem": str(error)}
    rows = [(item, display.ref(item), item.value.coverage, _drill(item)) for item in below]
    gaps = sum(1 for item in below if item.value.state is FigureState.NOT_COMPARABLE)
    return {"whole": display.ref(whole), "whole_figure": whole, "received": display.ref(received), "received_value": received.value,
            "rows": rows, "gaps": gaps, "title": display.title(whole), "path": _path(whole)}


def _drill(item: queries.Figure) -> str:
    return "?" + display.of_area(item.spec, item.area).query() if engine.geography(item.tree_day).children(item.area) else ""


def _path(whole: queries.Figure) -> list[tuple[str, str]]:
    tree = organisations.area_tree(whole.tree_day)
    steps = [(_("The whole country"), "?" + display.of_area(whole.spec, 0).query())]
    if whole.area:
        steps += [(node.name, "?" + display.of_area(whole.spec, node.id).query()) for node in tree.path(whole.area)]
    return steps
