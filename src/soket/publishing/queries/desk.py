"""The desk's reads: articles of the offices where the actor writes or approves."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from soket.kernel.actor import Actor, Office
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.publishing import core, frozen, rules
from soket.publishing.models import Article, ArticleState, ReleasedCopy, Revision
from soket.publishing.release import Parsed
from soket.reviews import queries as reviews
from soket.reviews.models import Edition, Freeze, Review
from soket.reviews.queries import FrozenFigure
from soket.ui.panel import FigureRef

Piece = tuple[str, str | FigureRef]


@dataclass(frozen=True)
class DeskArticle:
    """One row of the desk. `state` is that of the newest revision ("" before the first); `released` the number of
    the newest released copy (0: none); `outdated`: that copy cites an edition that a newer one replaced."""

    id: int
    slug: str
    office_id: int
    title: str
    review_title: str
    state: str
    author_id: str
    revision: int
    released: int
    outdated: bool
    redrafted: bool
    synthetic: bool


@dataclass(frozen=True)
class Citable:
    """A figure that a text may claim: what to write, what it prints, what it counts and in which unit."""

    token: str
    display: str
    label: str
    measure: str


def _rows() -> QuerySet[Any]:
    head = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    newest = ReleasedCopy.objects.filter(article=OuterRef("pk")).order_by("-number")
    state = ArticleState.objects.filter(article=OuterRef("pk"), revision__number=OuterRef("head_number")).order_by("-pk")
    rows: QuerySet[Any] = Article.objects.select_related("review").annotate(
        head_number=Subquery(head.values("number")[:1]), head_title=Subquery(head.values("title")[:1]),
        head_author=Subquery(head.values("by_id")[:1]), head_edition=Subquery(head.values("edition_id")[:1]),
        release_number=Subquery(newest.values("number")[:1]), release_edition=Subquery(newest.values("revision__edition_id")[:1]),
        current_edition=Subquery(Freeze.objects.filter(review=OuterRef("review_id")).order_by("-number").values("edition_id")[:1]),
    ).annotate(head_state=Subquery(state.values("state")[:1]))
    return rows.order_by("-pk")


def _told(row: Any) -> DeskArticle:
    outdated = row.release_edition is not None and row.release_edition != row.current_edition
    return DeskArticle(
        id=row.pk, slug=row.slug, office_id=row.office_id, title=row.head_title or row.slug, review_title=row.review.title,
        state=row.head_state or "", author_id=row.head_author or "", revision=row.head_number or 0, released=row.release_number or 0,
        outdated=outdated, redrafted=row.head_edition == row.current_edition, synthetic=row.synthetic,
    )


def desk_articles(actor: Actor, day: date) -> list[DeskArticle]:
    """The articles of the offices where the actor writes or approves, newest first, in one query."""
    reach = rules.desk_reach(actor, day)
    if not reach.everything and not reach.units:
        return []
    rows = _rows() if reach.everything else _rows().filter(office_id__in=reach.units)
    return [_told(row) for row in rows]


def desk_article(actor: Actor, slug: str, day: date) -> Article | None:
    """One article of such an office; None for everyone else."""
    reach = rules.desk_reach(actor, day)
    found: Article | None = Article.objects.select_related("review").filter(slug=slug).first()
    return found if found is not None and reach.covers(found.office_id) else None


def may_begin(actor: Actor, day: date) -> list[tuple[int, str]]:
    """The offices for which the actor may begin an article: (unit id, name)."""
    nodes = (organisations.unit_at(unit, day) for unit in sorted(actor.reach(Office.EDIT, day).units))
    return [(node.id, node.name) for node in nodes if node is not None]


def reviews_to_cite() -> list[Review]:
    """The reviews that have a frozen edition, newest first."""
    frozen_ids = Freeze.objects.values("review_id")
    return list(Review.objects.filter(pk__in=frozen_ids).order_by("-as_of", "-pk"))


def office_names(ids: list[int], day: date) -> dict[int, str]:
    """Each office's name on the day, or the last it had."""
    nodes = {unit: organisations.unit_nearest(unit, day) for unit in set(ids)}
    return {unit: node.name if node else "" for unit, node in nodes.items()}


def head_of(article: Article) -> Revision | None:
    """The newest revision with its edition."""
    rows = Revision.objects.filter(article=article).select_related("edition__review", "article__review")
    found: Revision | None = rows.order_by("-number").first()
    return found


def state_of(revision: Revision) -> str:
    """The newest state of the revision."""
    return str(ArticleState.objects.filter(revision=revision).order_by("-pk").values_list("state", flat=True).first() or "")


def latest_release(article: Article) -> ReleasedCopy | None:
    """The copy that the public reads now."""
    found: ReleasedCopy | None = ReleasedCopy.objects.filter(article=article).order_by("-number").first()
    return found


def history_of(article: Article) -> list[ArticleState]:
    """What was done to the article, newest first."""
    return list(ArticleState.objects.filter(article=article).select_related("revision").order_by("-pk"))


def parsed(title: str, lead: str, body: str, edition: Edition) -> Parsed:
    """The three texts as runs, held against the edition. Raises Refused with every field that is wrong."""
    values = frozen.values(edition)
    errors: dict[str, str] = {}
    done: dict[str, tuple[core.Run, ...]] = {"title": (), "lead": ()}
    blocks: tuple[core.Block, ...] = ()
    for field, text in (("title", title), ("lead", lead)):
        try:
            done[field] = core.runs(" ".join(text.split("\n")), values)
        except core.TextFault as fault:
            errors[field] = rules.said(fault)
    try:
        blocks = core.blocks(body, values)
    except core.TextFault as fault:
        errors["body"] = rules.said(fault)
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return Parsed(done["title"], done["lead"], blocks)


def title_of(revision: Revision | None) -> str:
    """The title as it reads, claims in words."""
    return core.words_of(core.runs(revision.title, frozen.values(revision.edition))) if revision else ""


def is_outdated(article: Article) -> bool:
    """Whether the newest text stands on an edition that a newer one replaced."""
    head = head_of(article)
    return head is not None and reviews.replaced_by(head.edition) is not None


def figures_to_cite(article: Article, language: str) -> list[Citable]:
    """The figures of the edition that a new revision is written on, in the order of the dossier."""
    edition = reviews.current_edition(article.review)
    known = frozen.figures(edition).values() if edition else []
    return [Citable(f"{{{{{figure.code}}}}}", figure.display("vi"), figure.label(language), figure.measure(language)) for figure in known]


def preview(revision: Revision | None) -> tuple[list[Piece], list[tuple[str, list[Piece]]]] | None:
    """Lead and body of a revision as a page will draw them: pairs of run kind and words or figure."""
    if revision is None:
        return None
    known = frozen.figures(revision.edition)
    done = parsed(revision.title, revision.lead, revision.body, revision.edition)

    def drawn(parts: Sequence[core.Run]) -> list[Piece]:
        return [(run.kind, _drawn(run, known) if run.kind == "claim" else run.text) for run in parts]

    return drawn(done.lead), [(block.kind, drawn(block.runs)) for block in done.body]


def _drawn(run: core.Run, known: Mapping[str, FrozenFigure]) -> FigureRef:
    figure = known[run.code]
    return FigureRef(label=figure.label("vi"), display=run.text, unit=figure.measure("vi"), code=figure.printed, state=frozen.kind_of(figure))
