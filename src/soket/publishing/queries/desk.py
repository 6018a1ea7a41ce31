"""The desk's reads: articles of the offices where the actor writes or approves."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused
from soket.kernel.text import name_search
from soket.organisations import queries as organisations
from soket.publishing import core, frozen, markup, rules
from soket.publishing.models import Article, ArticleState, ReleasedCopy, Revision
from soket.publishing.release import Parsed
from soket.reviews import queries as reviews
from soket.reviews.models import Edition, Freeze, Review

PER_PAGE = 50


@dataclass(frozen=True)
class DeskArticle:
    """One row of the desk. `state` is that of the newest revision ("" before the first), `state_by` who entered it and for what `reason`,
    `due` when it goes out by itself; `released` the number of the newest released copy (0: none); `outdated`: that copy cites an edition
    that a newer one replaced; `category` its (name, English name); `holder` has the text open until `until`; `author` wrote the newest
    text, `at` is when it was last saved or taken a step further; `embargo` and `expires` as set, also when past."""

    id: int
    slug: str
    office_id: int
    title: str
    review_title: str
    state: str
    state_by: str
    reason: str
    due: datetime | None
    author_id: str
    revision: int
    released: int
    outdated: bool
    redrafted: bool
    synthetic: bool
    category: tuple[str, str]
    holder: str
    until: datetime | None
    author: str
    at: datetime | None
    embargo: datetime | None
    expires: datetime | None


@dataclass(frozen=True)
class Wanted:
    """Which rows of the desk: by state ("due": a correction is due), office, category, own texts alone, words of the title or the author, and
    the days between which the newest text was saved."""

    state: str = ""
    office: int | None = None
    category: int | None = None
    mine: bool = False
    q: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Planned:
    """What is set for a time to come: `kind` "due" (goes out), "embargo" (may go out from then) or "expires" (leaves the public pages)."""

    at: datetime
    kind: str
    article: DeskArticle


def _rows() -> QuerySet[Any]:
    head = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    newest = ReleasedCopy.objects.filter(article=OuterRef("pk")).order_by("-number")
    state = ArticleState.objects.filter(article=OuterRef("pk"), revision__number=OuterRef("head_number")).order_by("-pk")
    rows: QuerySet[Any] = Article.objects.select_related("review", "lock").annotate(
        head_number=Subquery(head.values("number")[:1]), head_title=Subquery(head.values("title")[:1]),
        head_author=Subquery(head.values("by_id")[:1]), head_edition=Subquery(head.values("edition_id")[:1]),
        head_category=Subquery(head.values("category_id")[:1]), head_by=Subquery(head.values("by_label")[:1]), head_at=Subquery(head.values("at")[:1]),
        release_number=Subquery(newest.values("number")[:1]), release_edition=Subquery(newest.values("revision__edition_id")[:1]),
        current_edition=Subquery(Freeze.objects.filter(review=OuterRef("review_id")).order_by("-number").values("edition_id")[:1]),
    ).annotate(
        head_state=Subquery(state.values("state")[:1]), head_state_by=Subquery(state.values("by_id")[:1]), head_due=Subquery(state.values("due")[:1]),
        head_reason=Subquery(state.values("reason")[:1]), step_at=Subquery(state.values("at")[:1]),
        name=Subquery(head.values("category__name")[:1]), name_en=Subquery(head.values("category__name_en")[:1]),
    )
    return rows.order_by("-changed_at", "-pk")


def _told(row: Any, at: datetime, prints: Mapping[tuple[int, str], str]) -> DeskArticle:
    outdated = row.release_edition is not None and row.release_edition != row.current_edition
    held = getattr(row, "lock", None)
    lock = held if held is not None and held.until > at else None
    title = core.TOKEN.sub(lambda found: found[3] or found[2] or prints.get((row.head_edition or 0, found[1]), "…"), row.head_title or "")
    return DeskArticle(
        id=row.pk, slug=row.slug, office_id=row.office_id, title=title or row.slug, review_title=row.review.title if row.review else "",
        state=row.head_state or "", state_by=row.head_state_by or "", reason=row.head_reason or "", due=row.head_due, author_id=row.head_author or "",
        revision=row.head_number or 0, released=row.release_number or 0, outdated=outdated, redrafted=row.head_edition == row.current_edition,
        synthetic=row.synthetic, category=(row.name or "", row.name_en or ""), holder=lock.holder_label if lock else "",
        until=lock.until if lock else None, author=row.head_by or "", at=row.step_at, embargo=row.embargo_until, expires=row.expires_at,
    )


def _tell(rows: Iterable[Any], at: datetime) -> list[DeskArticle]:
    """Rows with their titles as they read; only an edition that a title claims is asked for its figures."""
    rows = list(rows)
    claimed = {row.head_edition for row in rows if row.head_edition and "{{" in (row.head_title or "")}
    prints = {
        (edition.pk, code): figure.display for edition in Edition.objects.filter(pk__in=claimed) for code, figure in frozen.values(edition).items()
    } if claimed else {}
    return [_told(row, at, prints) for row in rows]


def _within(actor: Actor, day: date) -> QuerySet[Any] | None:
    """Rows of the offices where the actor works; None when there is no such office."""
    reach = rules.desk_reach(actor, day)
    if not reach.everything and not reach.units:
        return None
    return _rows() if reach.everything else _rows().filter(office_id__in=reach.units)


def desk_articles(actor: Actor, at: datetime, wanted: Wanted, number: Any) -> Page[Any]:
    """One page of fifty of the articles of the actor's offices, the last changed first. Titles and authors are found with or without marks."""
    rows = _within(actor, day_of(at))
    if rows is None:
        return Paginator(Article.objects.none(), PER_PAGE).page(1)
    rows = _narrowed(rows, wanted, actor)
    if wanted.q:
        fits = name_search(wanted.q)
        told = rows.values_list("pk", "head_title", "head_by")
        ids: Any = [pk for pk, title, author in told if fits(core.TOKEN.sub(r"\3\2", title or "")) or fits(author or "")]
    else:
        ids = rows.values_list("pk", flat=True)
    page = Paginator(ids, PER_PAGE).get_page(number)
    page.object_list = _tell(_rows().filter(pk__in=list(page.object_list)), at)
    return page


def _narrowed(rows: QuerySet[Any], wanted: Wanted, actor: Actor) -> QuerySet[Any]:
    if wanted.state == "due":
        rows = rows.filter(release_edition__isnull=False).exclude(release_edition=F("current_edition")).exclude(head_edition=F("current_edition"))
    elif wanted.state == "none":
        rows = rows.filter(head_number__isnull=True)
    elif wanted.state:
        rows = rows.filter(head_state=wanted.state)
    if wanted.office is not None:
        rows = rows.filter(office_id=wanted.office)
    if wanted.category is not None:
        rows = rows.filter(head_category=wanted.category)
    if wanted.since is not None:
        rows = rows.filter(head_at__gte=datetime.combine(wanted.since, time.min, VIETNAM))
    if wanted.until is not None:
        rows = rows.filter(head_at__lt=datetime.combine(wanted.until, time.min, VIETNAM) + timedelta(days=1))
    return rows.filter(head_author=actor.actor_id) if wanted.mine else rows


def planned(actor: Actor, at: datetime) -> list[Planned]:
    """What is set to happen by itself with the articles of the actor's offices, the soonest first; also a set time that has just passed."""
    rows = _within(actor, day_of(at))
    if rows is None:
        return []
    due = ArticleState.objects.filter(due__isnull=False).values("article_id")
    found = []
    for one in _tell(rows.filter(Q(pk__in=due) | Q(embargo_until__gt=at) | Q(expires_at__gt=at)), at):
        times = (("due", one.due), ("embargo", one.embargo), ("expires", one.expires))
        found += [Planned(when, kind, one) for kind, when in times if when is not None and (kind == "due" or when > at)]
    return sorted(found, key=lambda item: (item.at, item.article.id, item.kind))


def unfinished(actor: Actor, at: datetime) -> list[DeskArticle]:
    """Articles of the actor's offices whose newest text is not out, or that are about a review: the others never wait for anyone."""
    rows = _within(actor, day_of(at))
    if rows is None:
        return []
    open_texts = Revision.objects.filter(release__isnull=True).values("article_id")
    return _tell(rows.filter(Q(pk__in=open_texts) | Q(review__isnull=False) | Q(head_number__isnull=True)), at)


def desk_article(actor: Actor, slug: str, day: date) -> Article | None:
    """One article of such an office; None for everyone else."""
    reach = rules.desk_reach(actor, day)
    found: Article | None = Article.objects.select_related("review").filter(slug=slug).first()
    return found if found is not None and reach.covers(found.office_id) else None


def may_begin(actor: Actor, day: date) -> list[tuple[int, str]]:
    """The offices for which the actor may begin an article: (unit id, name)."""
    reach = actor.reach(Office.EDIT, day) | actor.reach(Office.WRITE, day)
    nodes = (organisations.unit_at(unit, day) for unit in sorted(reach.units))
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


def parsed(title: str, lead: str, body: str, edition: Edition | None, *, bound: bool = True) -> Parsed:
    """The three texts as runs, held against the edition. Raises Refused with every field that is wrong."""
    values = frozen.values(edition) if edition else {}
    errors: dict[str, str] = {}
    done: dict[str, tuple[core.Run, ...]] = {"title": (), "lead": ()}
    blocks: tuple[markup.Block, ...] = ()
    for field, text in (("title", title), ("lead", lead)):
        try:
            done[field] = core.runs(" ".join(text.split("\n")), values, bound=bound)
        except core.TextFault as fault:
            errors[field] = rules.said(fault)
    try:
        blocks = markup.blocks(body, values, bound=bound)
    except core.TextFault as fault:
        errors["body"] = rules.said(fault)
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return Parsed(done["title"], done["lead"], blocks)


def title_of(revision: Revision | None) -> str:
    """The title as it reads, claims in words."""
    if revision is None:
        return ""
    values = frozen.values(revision.edition) if revision.edition else {}
    return core.words_of(core.runs(revision.title, values, bound=not revision.article.imported))


def is_outdated(article: Article) -> bool:
    """Whether the newest text stands on an edition that a newer one replaced."""
    head = head_of(article)
    return head is not None and head.edition is not None and reviews.replaced_by(head.edition) is not None
