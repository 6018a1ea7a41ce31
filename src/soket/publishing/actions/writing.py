"""Writing: begin an article, save a revision, take an older one up again."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.publishing import events, markup, queries, rules
from soket.publishing.actions import locks
from soket.publishing.actions.base import article_ref, enter, held
from soket.publishing.core import words_of
from soket.publishing.models import Article, ArticleStateName, Category, Photo, Revision, RevisionPhoto, RevisionTag
from soket.publishing.queries import flow
from soket.publishing.release import Parsed
from soket.publishing.texts import Extras, Shown, field_of
from soket.reviews import queries as reviews
from soket.reviews.models import Edition, Review

LIMITS = {"title": 200, "lead": 1200, "body": 40_000, "note": 500, "byline": 200, "source": 200}
SHOWN_LIMITS = {"caption": 500, "credit": 200, "alt": 300}


@action
def create_article(*, slug: str, review: Review | None, office: int, by: Actor, at: datetime, synthetic: bool | None = None) -> Article:
    """Begin an article of the unit `office` (id), about a review that has a frozen edition or about none.

    Raises Refused at slug, review or office. `synthetic` follows the review unless given.
    """
    if organisations.unit_at(office, day_of(at)) is None or not rules.may_write(by, office, day_of(at)):
        raise Refused(_("You do not write statements for this unit."), field="office")
    slug = slug.strip()
    if not rules.SLUG.fullmatch(slug) or len(slug) > 120:
        raise Refused(_("The address holds small letters without marks, digits and hyphens, for example so-ket-2026."), field="slug")
    if slug in rules.RESERVED or Article.objects.filter(slug=slug).exists():
        raise Refused(_("This address is already used or reserved."), field="slug")
    if review is not None and reviews.current_edition(review) is None:
        raise Refused(_("Only a review with a frozen edition can be written about."), field="review")
    illustrative = (review.synthetic if review else False) if synthetic is None else synthetic
    article = Article(slug=slug, review=review, office_id=office, synthetic=illustrative, changed_at=at)
    article.save(force_insert=True)
    if review is not None:
        record(event=events.CREATED, by=by, subject=article_ref(article), at=at, payload={"review": review.title})
    else:
        record(event=events.BEGUN, by=by, subject=article_ref(article), at=at, payload={})
    return article


@action
def save_revision(
    *, article: Article, title: str, lead: str, body: str, by: Actor, at: datetime, note: str = "", base: int | None = None, extras: Extras | None = None
) -> Revision:
    """Save a text on the review's current edition as a new revision, a draft that needs approval anew.

    Claims are held against the edition; a text about a review binds at least one figure; after a release `note` (the public
    correction notice) is compulsory. `base` is the number of the revision that was edited: when another was saved since,
    nothing is overwritten. `extras` None keeps those of the revision before.
    Raises Refused at title, lead, body, note, byline, source, category or photo.
    """
    article = held(article)
    if not rules.may_write(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))
    locks.check(article, by, at)
    newest = queries.head_of(article)
    if not rules.may_edit(by, article.office_id, day_of(at)) and flow.with_editors(newest):
        raise Refused(_("The editors have this text now. They return it if you are to change it."))
    edition = reviews.current_edition(article.review) if article.review else None
    number = newest.number if newest else 0
    if base is not None and base != number:
        raise Refused(_("Someone saved a newer revision meanwhile. Open it, compare, and save again."))
    if article.review is not None and edition is None:
        raise Refused(_("Only a review with a frozen edition can be written about."))
    extras = extras or queries.extras_of(newest)
    released = queries.latest_release(article) is not None
    text = {"title": title, "lead": lead, "body": body, "note": note if released else "", "byline": extras.byline, "source": extras.source}
    clean = _cleaned(text, required={"title", "lead", "body"} | ({"note"} if released else set()), edition=edition, bound=not article.imported)
    parsed = queries.parsed(clean["title"], clean["lead"], clean["body"], edition, bound=not article.imported)
    if article.review is not None and not parsed.codes:
        raise Refused(_("Bind at least one figure: write its code in double braces, for example {{01}}."), field="body")
    category = _category(extras.category, newest)
    photos = _photos(article, extras, parsed)
    revision = Revision(
        article=article, number=number + 1, edition=edition, category=category, at=at, by_id=by.actor_id, by_label=by.actor_label, **clean
    )
    revision.save(force_insert=True)
    _attach(revision, photos, extras.tags)
    enter(revision, ArticleStateName.DRAFT, by, at)
    locks.extend(article, by, at)
    told = {"edition": edition.number} if edition else {}
    record(
        event=events.REVISED if edition else events.SAVED, by=by, subject=article_ref(article, words_of(parsed.title)), at=at,
        payload={"revision": revision.number, **told}, reason=clean["note"],
    )
    return revision


@action
def restore_revision(*, revision: Revision, by: Actor, at: datetime, note: str = "") -> Revision:
    """Undo: an older revision's text becomes a new revision, a draft held against today's edition. Nothing is erased. Raises Refused."""
    return save_revision(
        article=revision.article, title=revision.title, lead=revision.lead, body=revision.body, by=by, at=at, note=note or revision.note,
        extras=queries.extras_of(revision),
    )


def _category(wanted: int | None, newest: Revision | None) -> Category | None:
    if wanted is None:
        return None
    found = Category.objects.filter(pk=wanted).first()
    if found is None or (found.closed and (newest is None or newest.category_id != found.pk)):
        raise Refused(_("Choose an open category."), field="category")
    return found


def _photos(article: Article, extras: Extras, parsed: Parsed) -> list[RevisionPhoto]:
    """Rows for the photograph under the lead (order 0) and those placed in the body, each fit to be published."""
    told = {item.photo: item for item in extras.shown}
    placed = [photo for photo in markup.photos(parsed.body) if photo != extras.photo]
    if len(set(placed)) != len(placed) or (extras.photo and extras.photo in markup.photos(parsed.body)):
        raise Refused(_("A photograph stands once in a text."), field="body")
    wanted = [(0, extras.photo)] if extras.photo else []
    wanted += [(order, photo) for order, photo in enumerate(placed, 1)]
    known = Photo.objects.filter(office_id=article.office_id).in_bulk([photo for _order, photo in wanted])
    rows = []
    for order, photo in wanted:
        where = "photo" if order == 0 else "body"
        if photo not in known:
            raise Refused(_("The library of this office has no photograph %(number)s.") % {"number": photo}, field=where)
        rows.append(_shown(known[photo], order, told.get(photo), where))
    return rows


def _shown(photo: Photo, order: int, told: Shown | None, where: str) -> RevisionPhoto:
    """Caption, credit and alt of the photograph in this text; refused without a credit, or without either alt or decorative."""
    mine = {name: getattr(told, name) for name in ("caption", "credit", "alt", "decorative") if told and getattr(told, name) is not None}
    mine |= {name: rules.clean(mine[name], field_of(photo.pk, name), limit, required=False) for name, limit in SHOWN_LIMITS.items() if name in mine}
    values: dict[str, Any] = {name: mine.get(name, getattr(photo, name)) for name in ("caption", "credit", "alt", "decorative")}
    if values["decorative"]:
        values["alt"] = ""
    if not values["credit"] or not (values["alt"] or values["decorative"]):
        raise Refused(
            _("Photograph %(number)s needs a credit, and either words for those who cannot see it or the mark “decorative”.") % {"number": photo.pk},
            field=where,
        )
    return RevisionPhoto(photo=photo, order=order, **values)


def _attach(revision: Revision, photos: Sequence[RevisionPhoto], tags: Sequence[tuple[str, str, str]]) -> None:
    for row in photos:
        row.revision = revision
        row.save(force_insert=True)
    for kind, key, label in dict.fromkeys(tags):
        RevisionTag(revision=revision, kind=kind, key=key, label=label[:300]).save(force_insert=True)


def _cleaned(text: Mapping[str, str], *, required: set[str], edition: Edition | None, bound: bool) -> dict[str, str]:
    """All texts, or every refusal at once: what cannot be stored, what is empty, what is not true of its figure."""
    done: dict[str, str] = dict.fromkeys(text, "")
    errors: dict[str, Any] = {}
    for name, given in text.items():
        try:
            done[name] = rules.clean(given, name, LIMITS[name], required=name in required)
        except Refused as refused:
            errors.update(refused.errors)
    try:
        queries.parsed(done["title"], done["lead"], done["body"], edition, bound=bound)
    except Refused as refused:
        errors = {**refused.errors, **errors}
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return done
