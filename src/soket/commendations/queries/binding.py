"""The frozen figures on which the text of a nomination stands: `{{SK-2026-01}}` names one by its printed code."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soket.commendations.core.wording import loose_numbers
from soket.commendations.models import GroundFigure, Wording
from soket.documents.core import FigureRun
from soket.documents.errors import PaperError
from soket.documents.queries import figure_codes, figure_runs
from soket.kernel.door import Refused
from soket.reviews import queries as reviews
from soket.reviews.core import value_of
from soket.reviews.models import Edition, Review
from soket.reviews.queries.frozen import figures_of_all
from soket.reviews.rules import clean, said
from soket.ui.panel import FigureRef

LIMIT = 20_000
Naming = tuple[Edition, str]  # an edition and the code of a figure in it


@dataclass(frozen=True)
class Bound:
    """A figure on which a text stands."""

    edition: Edition
    figure: reviews.FrozenFigure

    @property
    def key(self) -> tuple[int, str]:
        return (self.edition.pk, self.figure.code)


def checked_text(text: str) -> str:
    """The achievement as it can be stored and printed. Raises Refused at summary."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"), "summary", LIMIT, required=False)


def bind(review: Review, text: str, figures: Sequence[Naming] = ()) -> list[Bound]:
    """The figures that the tokens of a text name in the current edition, and those named beside it, in this order; each once.

    A figure named beside the text in another frozen edition also answers for its token. Raises Refused at figures (not a frozen edition
    of this review, no such code) or summary (a code that is not known, a token that is not closed).
    """
    frozen = {edition.pk: edition for edition in reviews.frozen_editions(review)}
    named = [_named(frozen, edition, code) for edition, code in figures]
    known = {figure.printed: Bound(newest, figure) for newest in list(frozen.values())[:1] for figure in reviews.frozen_figures(newest)}
    known |= {one.figure.printed: one for one in named}
    codes = figure_codes(text)
    if unknown := [code for code in codes if code not in known]:
        listed = ", ".join(sorted(known)) or _("none: no edition of the review is frozen")
        message = _("No figure of this review has the code %(unknown)s. Codes that can be used: %(known)s.")
        raise Refused(message % {"unknown": ", ".join(unknown), "known": listed}, field="summary")
    try:
        for line in text.split("\n"):
            figure_runs(line, dict.fromkeys(codes, "0"), where="summary")
    except PaperError as error:
        raise Refused(said(error), field="summary") from None
    return list({one.key: one for one in [*(known[code] for code in codes), *named]}.values())


def _named(frozen: dict[int, Edition], edition: Edition, code: str) -> Bound:
    if edition.pk not in frozen:
        raise Refused(_("Only figures of a frozen edition of this review can be named."), field="figures")
    try:
        return Bound(frozen[edition.pk], reviews.frozen_figure(frozen[edition.pk], code))
    except reviews.UnknownFigure:
        raise Refused(_("The edition holds no figure of this code."), field="figures") from None


def current(review: Review) -> int | None:
    """The id of the edition whose figures a text names now."""
    found = reviews.current_edition(review)
    return found.pk if found else None


def choices(review: Review, language: str) -> list[tuple[str, str]]:
    """("edition id:code", printed code, what it counts and its value) of each figure of the current edition."""
    edition = reviews.current_edition(review)
    if edition is None:
        return []
    figures = reviews.frozen_figures(edition)
    return [(f"{edition.pk}:{one.code}", f"{one.printed} · {one.label(language)}: {_valued(one, language)}") for one in figures]


def _valued(figure: reviews.FrozenFigure, language: str) -> str:
    return f"{figure.display(language)} {figure.measure(language)}".strip()


def chosen(review: Review, keys: Sequence[str]) -> list[Naming]:
    """The figures that the keys of `choices` name; an edition that is not frozen for this review is left for `bind` to refuse."""
    editions = {str(edition.pk): edition for edition in reviews.frozen_editions(review)}
    parts = [key.partition(":") for key in keys]
    return [(editions[edition], code) for edition, _colon, code in parts if edition in editions]


def grounds(wording: Wording | None) -> list[GroundFigure]:
    """The figures of a wording, as bound."""
    if wording is None:
        return []
    return list(GroundFigure.objects.filter(wording=wording).select_related("edition__review", "edition__freeze").order_by("edition", "code"))


def figures_of(rows: Sequence[GroundFigure]) -> list[tuple[GroundFigure, reviews.FrozenFigure]]:
    """Each ground with its frozen figure; one query for any number."""
    found = figures_of_all(list({row.edition_id: row.edition for row in rows}.values()))
    known = {(edition, figure.code): figure for edition, figures in found.items() for figure in figures}
    return [(row, known[row.edition_id, row.code]) for row in rows]


def outdated(review: Review, wording: Wording | None) -> list[str]:
    """The printed codes of the figures of a wording that read otherwise in the edition that counts now, or are no longer in it."""
    newest, rows = reviews.current_edition(review), grounds(wording)
    older = [(row, figure) for row, figure in figures_of(rows) if newest is not None and row.edition_id != newest.pk] if rows else []
    now = {figure.code: value_of(figure.body) for figure in reviews.frozen_figures(newest)} if older and newest is not None else {}
    return [figure.printed for _row, figure in older if now.get(figure.code) != value_of(figure.body)]


def shown(wording: Wording, rows: Sequence[GroundFigure], language: str) -> list[list[dict[str, str | FigureRef]]]:
    """The text as paragraphs of words and figures that open."""
    known = {figure.printed: figure for _row, figure in figures_of(rows)}
    displays = {code: one.display(language) for code, one in known.items()}
    lines = [line for line in wording.summary.split("\n") if line.strip()]
    return [
        [{"figure": known[run.code].ref(language)} if isinstance(run, FigureRun) else {"text": run.text} for run in figure_runs(line, displays)]
        for line in lines
    ]  # fmt: skip


def advice(review: Review, text: str) -> list[str]:
    """Typed numbers before a unit word of the review's figures that are bound to nothing."""
    edition = reviews.current_edition(review)
    if edition is None or not text:
        return []
    figures = reviews.frozen_figures(edition)
    return loose_numbers(text, {one.measure(language) for one in figures for language in ("vi", "en")})
