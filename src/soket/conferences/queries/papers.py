"""Papers asked of units, their versions and decisions, and the frozen figures they stand on."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import override

from soket.conferences import rules
from soket.conferences.models import Conference, Paper, PaperFigure, PaperRevision
from soket.kernel.actor import Actor
from soket.reviews import queries as reviews
from soket.reviews.models import CitationFlag, Edition
from soket.reviews.queries.words import unit_words
from soket.ui.panel import FigureRef

KIND = "conferences.paper"


@dataclass(frozen=True)
class PaperLine:
    """A paper with what its row shows."""

    paper: Paper
    unit: str
    newest: PaperRevision | None
    figures: list[FigureRef]
    flagged: bool


def visible_papers(actor: Actor, conference: Conference, day: date) -> QuerySet[Paper]:
    """All for the office; a unit's own for those who look after the unit; accepted ones for everyone who sees the conference."""
    papers = conference.papers.order_by("order", "pk")
    if rules.runs(actor, conference, day):
        return papers
    reach = rules.seen_units(actor, day)
    if reach.everything:
        return papers
    return papers.filter(Q(state="accepted") | Q(unit_id__in=list(reach.units)))


def revisions(paper: Paper) -> list[PaperRevision]:
    """All versions sent, newest first, each with its decision if there is one."""
    return list(paper.revisions.select_related("decision", "file").order_by("-at", "-pk"))


def figures_of(paper: Paper, language: str) -> list[tuple[FigureRef, str]]:
    """Each bound figure with the presenting unit's own part in it, in words; empty when the unit has no part."""
    return [(reviews.frozen_figure(row.edition, row.code).ref(language), _own(row, language)) for row in _rows(paper)]


def _rows(paper: Paper) -> list[PaperFigure]:
    return list(paper.figures.select_related("edition__review", "edition__freeze").order_by("order", "pk"))


def _own(row: PaperFigure, language: str) -> str:
    body = reviews.frozen_figure(row.edition, row.code).body
    parts = [one for one in reviews.figure_lists(row.edition, row.code)["contributors"] if one["id"] == row.paper.unit_id]
    with override(language):
        return "; ".join(filter(None, (unit_words(one, body, "en" if language.startswith("en") else "vi") for one in parts)))


def figure_rows(paper: Paper) -> list[dict[str, Any]]:
    """The figures as the agenda keeps them for every screen: both languages, code, edition and address."""
    made = []
    for row in _rows(paper):
        figure = reviews.frozen_figure(row.edition, row.code)
        made.append({
            "code": figure.printed, "edition": row.edition.number, "url": figure.url,
            **{f"{name}_{lang}": value for lang in ("vi", "en") for name, value in (
                ("label", figure.label(lang)), ("display", figure.display(lang)), ("measure", figure.measure(lang)), ("own", _own(row, lang)),
            )},
        })  # fmt: skip
    return made


def editions_of(conference: Conference) -> list[Edition]:
    """The current frozen editions of the conference's reviews, in their order."""
    found = [reviews.current_edition(row.review) for row in conference.reviews.select_related("review").order_by("order", "pk")]
    return [edition for edition in found if edition is not None]


def figure_choices(conference: Conference, language: str) -> list[tuple[str, str]]:
    """(edition id:code, printed code and label) of every figure that a paper may stand on."""
    return [
        (f"{edition.pk}:{figure.code}", f"{figure.printed} {figure.label(language)}: {figure.display(language)}")
        for edition in editions_of(conference) for figure in reviews.frozen_figures(edition)
    ]  # fmt: skip


def flagged(papers: list[Paper]) -> set[int]:
    """Papers that cite an edition which a newer one has replaced."""
    rows = CitationFlag.objects.filter(citation__kind=KIND, citation__ref_id__in=[str(paper.pk) for paper in papers])
    return {int(ref) for ref in rows.values_list("citation__ref_id", flat=True)}
