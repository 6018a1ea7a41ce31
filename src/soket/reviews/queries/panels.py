"""The provenance panel of a frozen figure, filled from its edition alone."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.kernel.clock import day_of
from soket.reviews.models import Edition
from soket.reviews.queries.editions import edition_of, manifest_of, replaced_by
from soket.reviews.queries.frozen import FrozenFigure, UnknownFigure, figure_lists, frozen_figure
from soket.reviews.queries.given import opened
from soket.reviews.queries.words import kind_words, note_words, unit_words
from soket.ui import core as ui
from soket.ui.panel import ChainStep, Correction, EvidenceRow, FigurePanel, FigureState, NameValue, Seal

FIRST_ROWS = 24


def panel(edition: Edition, code: str, language: str, public: bool) -> FigurePanel:
    """Everything behind the figure. `public` hides documents that were not released. Raises UnknownFigure."""
    figure, lists = frozen_figure(edition, code), figure_lists(edition, code)
    lang = ui.language(language)
    with override(lang):
        return _panel(edition, figure, lists, lang, public)


def _panel(edition: Edition, figure: FrozenFigure, lists: Mapping[str, Any], lang: ui.Language, public: bool) -> FigurePanel:
    body, page = figure.body, reverse("reviews:units", args=[figure.slug, figure.edition, figure.code])
    later = replaced_by(edition)
    listed = not figure.external
    counts = body["counts"]
    return FigurePanel(
        title=figure.label(lang),
        display=figure.display(lang),
        state=_state(figure),
        code=figure.printed,
        unit_of_measure="" if figure.percent else figure.measure(lang),
        kind_of_figure=kind_words(str(body["kind"])),
        definition=body["definition"][lang],
        formula=body["formula"][lang],
        notices=[notice[lang] for notice in body["notices"]],
        correction=_correction(edition, figure, lang),
        superseded_url=_in(later, figure.code),
        numerator=_plain(body["numerator"], 0 if figure.percent else figure.scale, lang) if figure.denominator is not None else None,
        numerator_label=body["numerator_label"][lang],
        denominator=_plain(body["denominator"], 0, lang),
        denominator_label=body["denominator_label"][lang],
        excluded=_excluded(body),
        boundary_date=date.fromisoformat(body["boundary"]) if body["boundary"][:1].isdigit() else None,
        boundary_label=_("as reported, each period on its own") if body["boundary"] == "reported" else "",
        as_of=date.fromisoformat(body["as_of"]) if body["as_of"] else None,
        chain=_chain(edition, body, page),
        contributors=_names(figure, lists, "contributors", lang) if listed else None,
        contributors_total=counts["contributors"],
        contributors_more_url=f"{page}?nhom=contributors" if counts["contributors"] > FIRST_ROWS else "",
        missing=_names(figure, lists, "missing", lang) if listed else None,
        missing_total=counts["missing"],
        missing_more_url=f"{page}?nhom=missing" if counts["missing"] > FIRST_ROWS else "",
        excused=_names(figure, lists, "excused", lang) if counts["excused"] else None,
        excused_total=counts["excused"],
        excused_more_url=f"{page}?nhom=excused" if counts["excused"] > FIRST_ROWS else "",
        not_comparable=_names(figure, lists, "not_comparable", lang) if lists["not_comparable"] else None,
        evidence=_evidence(lists, public) if lists["claims"] else None,
        evidence_total=len(lists["claims"]),
        evidence_more_url=f"{page}?nhom=contributors" if len(lists["claims"]) > FIRST_ROWS else "",
        source=body["citation"],
        csv_url=reverse("reviews:units_csv", args=[figure.slug, figure.edition, figure.code]) if listed else "",
        seal=Seal(
            edition=_("Edition %(number)s") % {"number": edition.number},
            digest=edition.digest,
            verify_url=reverse("reviews:verified", args=[edition.digest]),
        ),
    )


def _state(figure: FrozenFigure) -> FigureState:
    if figure.external:
        return "external"
    return "not_comparable" if figure.state == "not_comparable" else "bound"


def _plain(value: str | None, scale: int, lang: ui.Language) -> str | None:
    return None if value is None else ui.number(int(value), scale, lang)


def _in(edition: Edition | None, code: str) -> str:
    """The figure's page in another edition, when it stands there."""
    if edition is None:
        return ""
    try:
        return frozen_figure(edition, code).url
    except UnknownFigure:
        return reverse("reviews:detail", args=[edition.review.slug])


def _correction(edition: Edition, figure: FrozenFigure, lang: ui.Language) -> Correction | None:
    """What the edition before said, when it said something else."""
    before = edition_of(edition.review, edition.number - 1) if edition.number > 1 else None
    if before is None:
        return None
    try:
        was = frozen_figure(before, figure.code)
    except UnknownFigure:
        return None
    if was.display(lang) == figure.display(lang):
        return None
    compared = reverse("reviews:detail", args=[figure.slug])
    return Correction(was.display(lang), figure.display(lang), day_of(edition.freeze.at), edition.reason, compared)


def _excluded(body: Mapping[str, Any]) -> list[tuple[str, int]]:
    coverage = body["coverage"] or {}
    words = {"excused": _("excused"), "closed": _("closed by succession or lapse"), "not_applicable": _("not applicable")}
    return [(words[name], count) for name, count in coverage.items() if name in words]


def _chain(edition: Edition, body: Mapping[str, Any], page: str) -> list[ChainStep]:
    if body["spec"]["kind"] == "external":
        return []
    evidence = body["evidence"]
    steps = [ChainStep(body["counts"]["contributors"], _("units in the figure"), page)]
    if evidence["submissions"]:
        steps.append(ChainStep(evidence["submissions"], _("accepted reports, by their digests")))
    if evidence["submissions"] and evidence.get("files"):
        steps.append(ChainStep(evidence["files"], _("files of evidence with them"), page))
    if evidence["claims"]:
        steps.append(ChainStep(evidence["claims"], _("accepted documents")))
    signed = reverse("reviews:edition", args=[edition.review.slug, edition.number])
    steps.append(ChainStep(len(manifest_of(edition)["parties"]), _("parties signed"), signed))
    number = _("Edition %(number)s") % {"number": edition.number}
    return [*steps, ChainStep(number, _("frozen"), reverse("reviews:verified", args=[edition.digest]))]


def _names(figure: FrozenFigure, lists: Mapping[str, Any], group: str, lang: ui.Language) -> list[NameValue]:
    body = figure.body
    rows = lists[group][:FIRST_ROWS]
    at = [figure.slug, figure.edition, figure.code]
    # Where all come from one round its title is the figure's own and would only be repeated at every name.
    noted = len(body["spec"].get("rounds", [])) != 1
    pages = ["" if group == "not_comparable" else reverse("reviews:unit", args=[*at, row["id"]]) for row in rows]
    return [
        NameValue(row["name"], unit_words(row, body, lang), note_words(row, body, group) if noted else "", url)
        for row, url in zip(rows, pages, strict=True)
    ]


def _evidence(lists: Mapping[str, Any], public: bool) -> list[EvidenceRow]:
    """The first documents: always number and day; the text itself when it was released, or to those inside."""
    claims, names = lists["claims"][:FIRST_ROWS], {row["id"]: row["name"] for row in lists["contributors"]}
    return [
        EvidenceRow(
            names.get(claim["unit"], ""), claim["number"], date.fromisoformat(claim["dated"]), _("full text") if released else _("number and day"), url
        )
        for claim, url, released in opened(claims, public)
    ]
