"""What pages show of a review: its state in a list, its signatures, its editions one after another."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from soket.documents.core import FigureRun
from soket.documents.queries import figure_runs
from soket.reviews.models import Citation, Edition, Freeze, Review, ReviewProgramme
from soket.reviews.queries.citations import who_relied_on
from soket.reviews.queries.editions import frozen_editions, manifest_of, sections_of
from soket.reviews.queries.frozen import Change, FrozenFigure, changes, figures_of_all, frozen_figures
from soket.ui.panel import FigureRef


@dataclass(frozen=True)
class ReviewRow:
    """A review in the list: its newest freeze (None: none yet), whether a proposal waits, its programmes."""

    review: Review
    frozen: Freeze | None
    proposed: bool
    programmes: list[ReviewProgramme]


def listed(reviews: Iterable[Review]) -> list[ReviewRow]:
    """Rows of the list in a fixed number of queries."""
    ids = [review.pk for review in reviews]
    rows = Review.objects.filter(pk__in=ids).order_by("-as_of", "-pk").prefetch_related(
        Prefetch("freezes", Freeze.objects.order_by("-number")),
        Prefetch("editions", Edition.objects.defer("manifest").order_by("-number", "-attempt")),
        Prefetch("programmes", ReviewProgramme.objects.select_related("programme").order_by("order")),
    )
    found = []
    for review in rows:
        freezes, editions = list(review.freezes.all()), list(review.editions.all())
        newest = freezes[0] if freezes else None
        waiting = bool(editions) and (newest is None or editions[0].number > newest.number)
        found.append(ReviewRow(review, newest, waiting, list(review.programmes.all())))
    return found


@dataclass(frozen=True)
class SignatureRow:
    """A party of an edition: who acts for it, and its signature when there is one."""

    party_id: str
    name: str
    role: str
    signed_as: str
    programmes: str
    signer: str
    succeeded: bool
    at: datetime | None
    by: str


def signatures_of(edition: Edition) -> list[SignatureRow]:
    """The parties of an edition in signing order."""
    signed = {str(row.party_id): row for row in edition.signatures.all()}
    rows = []
    for party in manifest_of(edition)["parties"]:
        row = signed.get(party["id"])
        rows.append(SignatureRow(
            party["id"], party["name"], party["role"], party["signed_as"], ", ".join(party["programmes"]), party["signer"]["name"],
            party["signer"]["id"] != party["id"], row.at if row else None, row.by_label if row else "",
        ))
    return rows


@dataclass(frozen=True)
class EditionRow:
    """A frozen edition in the timeline, with what it changed."""

    edition: Edition
    current: bool
    changes: list[Change] = field(default_factory=list)


def history_of(review: Review) -> list[EditionRow]:
    """The frozen editions, newest first, each with its difference to the one before; two queries however many there are."""
    editions = frozen_editions(review)
    figures = figures_of_all(editions)
    older: Sequence[Edition | None] = [*editions, None][1:]
    return [
        EditionRow(edition, place == 0, changes(figures[before.pk], figures[edition.pk]) if before else [])
        for place, (edition, before) in enumerate(zip(editions, older, strict=True))
    ]


@dataclass(frozen=True)
class CitationRow:
    """A text that cites the review: which figure of which edition, and whether a newer edition changed it."""

    citation: Citation
    flagged: bool
    changed: bool


def citation_rows(review: Review) -> list[CitationRow]:
    """Everything that relies on the review, newest first."""
    rows = []
    for citation in who_relied_on(review):
        flags = list(citation.flags.all())
        rows.append(CitationRow(citation, bool(flags), any(flag.changed for flag in flags)))
    return rows


@dataclass(frozen=True)
class CitingText:
    """A text and the figures of one edition that it cites alike: all flagged the same way."""

    label: str
    url: str
    edition: int
    codes: list[str]
    flagged: bool
    changed: bool


def citing_texts(review: Review) -> list[CitingText]:
    """`citation_rows` with one row for a text, newest first, its figures by code."""
    groups: dict[tuple[str, str, int, bool, bool], list[str]] = {}
    for row in citation_rows(review):
        key = (row.citation.label, row.citation.url, row.citation.edition.number, row.flagged, row.changed)
        groups.setdefault(key, []).append(row.citation.figure)
    return [CitingText(key[0], key[1], key[2], sorted(codes), key[3], key[4]) for key, codes in groups.items()]


def text_of(edition: Edition, language: str, figures: list[FrozenFigure] | None = None) -> list[dict[str, Any]]:
    """The sections as frozen: heading and paragraphs of words and figures that open."""
    known = {figure.code: figure for figure in figures or frozen_figures(edition)}
    displays = {code: figure.display(language) for code, figure in known.items()}
    made = []
    for section in sections_of(edition):
        lines = [line for line in section["text"].split("\n") if line.strip()]
        paragraphs = [[_piece(run, known, language) for run in figure_runs(line, displays)] for line in lines]
        made.append({"heading": section["heading"], "paragraphs": paragraphs})
    return made


def _piece(run: Any, known: dict[str, FrozenFigure], language: str) -> dict[str, str | FigureRef]:
    return {"figure": known[run.code].ref(language)} if isinstance(run, FigureRun) else {"text": run.text}
