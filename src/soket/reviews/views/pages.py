"""The list, a review with its editions, an older edition, a figure and its units."""
from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.kernel.actor import Office
from soket.kernel.clock import now, today
from soket.kernel.text import name_search
from soket.reviews import queries, rules
from soket.reviews.core import GROUPS
from soket.reviews.models import Edition, Review
from soket.reviews.views.papers import papers_context
from soket.reviews.views.shared import actor, frozen, inside, language, scoped
from soket.ui.shortcuts import frame, panel_response


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The reviews the reader may see, newest first."""
    page = Paginator(queries.visible_reviews(actor(request), today()), 20).get_page(request.GET.get("page"))
    may_begin = bool(actor(request).reach(Office.PROGRAMME, today()).units)
    context = {"rows": queries.listed(page.object_list), "page": page, "may_begin": may_begin, "frame": frame(request)}
    return render(request, "reviews/list.html", context)


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A review: its current edition, or the way to its first."""
    review = scoped(request, slug)
    return _show(request, review, queries.current_edition(review))


@require_GET
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition at its own address for ever, with a note when another has replaced it."""
    found = frozen(slug, number)
    return _show(request, found.review, found)


def _show(request: HttpRequest, review: Review, shown: Edition | None) -> HttpResponse:
    who, day = actor(request), today()
    proposal = queries.open_proposal(review) if inside(request, review) else None
    context: dict[str, Any] = {
        "review": review, "edition": shown, "frame": frame(request), "proposal": proposal,
        "may_draft": rules.may_draft(who, review.office_id, day),
        "programmes": queries.listed([review])[0].programmes,
        "history": queries.history_of(review),
        "crumbs": [(_("Reviews"), reverse("reviews:list")), (review.title, "")],
    }
    if proposal is not None:
        context.update(waiting=queries.signatures_of(proposal), may_sign=queries.signings_of(who, proposal, now()))
    if shown is not None:
        context.update(papers_context(request, shown))
        figures = queries.frozen_figures(shown)
        context.update(
            signatures=queries.signatures_of(shown), sections=queries.text_of(shown, language(), figures),
            figures=[(figure, figure.ref(language())) for figure in figures], later=queries.replaced_by(shown),
            parts=queries.parts_of(shown), citations=queries.citing_texts(review), changes=_changes(context["history"]),
        )
    return render(request, "reviews/detail.html", context)


def _changes(history: list[queries.EditionRow]) -> dict[int, list[dict[str, Any]]]:
    """Rows of the difference tables by edition number."""
    return {row.edition.number: [_change(change) for change in row.changes] for row in history}


def _change(change: queries.Change) -> dict[str, Any]:
    one = change.now or change.was
    assert one is not None
    return {
        "label": one.label(language()), "was": change.was.display(language()) if change.was else "",
        "now": change.now.ref(language()) if change.now else None, "gap": queries.gap_words(change, language()),
    }


@require_GET
def figure(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """The provenance of a frozen figure; public."""
    found = frozen(slug, number)
    try:
        panel = queries.panel(found, code, language(), public=not inside(request, found.review))
    except queries.UnknownFigure:
        raise Http404 from None
    crumbs = [(_("Reviews"), reverse("reviews:list")), (found.review.title, reverse("reviews:edition", args=[slug, number])), (panel.code, "")]
    return panel_response(request, panel, public=not request.user.is_authenticated, crumbs=crumbs)


@require_GET
def units(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """The whole lists behind a figure, a hundred names a page."""
    found = frozen(slug, number)
    try:
        shown, lists = queries.frozen_figure(found, code), queries.figure_lists(found, code)
    except queries.UnknownFigure:
        raise Http404 from None
    group = request.GET.get("nhom", "")
    group = group if group in GROUPS else "contributors"
    asked = request.GET.get("q", "").strip()[:100]
    holds = name_search(asked)
    named = [row for row in lists[group] if holds(row["name"])] if asked else lists[group]
    page = Paginator(named, 100).get_page(request.GET.get("page"))
    rows = [_unit_row(found, shown, group, row) for row in page]
    context = {
        "figure": shown, "label": shown.label(language()), "display": shown.display(language()), "page": page, "rows": rows, "group": group, "q": asked,
        "valued": any(value for _name, value, _note, _url in rows), "noted": any(note for _name, _value, note, _url in rows),
        "tabs": [(name, words, shown.body["counts"][name]) for name, words in _group_words()], "edition": found, "review": found.review,
        "frame": frame(request), "claims": _claims(lists, page, group),
        "crumbs": [(_("Reviews"), reverse("reviews:list")), (found.review.title, reverse("reviews:edition", args=[slug, number])),
                   (shown.printed, shown.url), (_("Units"), "")],
    }
    return render(request, "reviews/units.html", context)


def _unit_row(edition: Edition, figure: queries.FrozenFigure, group: str, row: dict[str, Any]) -> tuple[str, str, str, str]:
    """A unit's name, part, remark and the page of what it gave; areas that cannot be compared have none."""
    url = "" if group == "not_comparable" else reverse("reviews:unit", args=[figure.slug, edition.number, figure.code, row["id"]])
    note = "" if len(figure.body["spec"].get("rounds", [])) == 1 else queries.note_words(row, figure.body, group)
    return row["name"], queries.unit_words(row, figure.body, language()), note, url


@require_GET
def unit(request: HttpRequest, slug: str, number: int, code: str, unit_id: int) -> HttpResponse:
    """What one unit gave to a figure: its counted reports in their public part, its documents, the evidence released."""
    found = frozen(slug, number)
    try:
        figure, given = queries.frozen_figure(found, code), queries.given(found, code, unit_id, language(), public=not inside(request, found.review))
    except queries.UnknownFigure:
        raise Http404 from None
    context = {
        "figure": figure, "label": figure.label(language()), "display": figure.display(language()), "given": given, "edition": found,
        "review": found.review, "frame": frame(request), "later": queries.replaced_by(found),
        "crumbs": [(_("Reviews"), reverse("reviews:list")), (found.review.title, reverse("reviews:edition", args=[slug, number])),
                   (figure.printed, figure.url), (_("Units"), reverse("reviews:units", args=[slug, number, code])), (given.name, "")],
    }
    return render(request, "reviews/unit.html", context)


def _group_words() -> list[tuple[str, str]]:
    words = (_("In the figure"), _("Not yet in"), _("Excused or closed"), _("Not comparable"))
    return list(zip(GROUPS, words, strict=True))


def _claims(lists: dict[str, Any], page: Any, group: str) -> bool:
    """Whether the rows carry document numbers rather than remarks."""
    return group == "contributors" and bool(lists["claims"]) and bool(page)
