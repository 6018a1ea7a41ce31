"""The writes of this room: begin, revise, send, approve, publish. What the public reads is written here once."""
from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import queries as organisations
from soket.publishing import events, frozen, queries, rules
from soket.publishing.core import words_of
from soket.publishing.models import Article, ArticleState, ArticleStateName, ReleasedCopy, Revision
from soket.publishing.release import Parsed, build, figure_entry
from soket.reviews import actions as reviews_actions
from soket.reviews import queries as reviews
from soket.reviews.models import Edition, Review


def article_ref(article: Article, title: str = "") -> Ref:
    """How the record and the citation index name an article."""
    return Ref("publishing.article", str(article.pk), title or article.slug)


@action
def create_article(*, slug: str, review: Review, office: int, by: Actor, at: datetime, synthetic: bool | None = None) -> Article:
    """Begin a statement about a review that has a frozen edition, written by the unit `office` (id).

    Raises Refused at slug, review or office. `synthetic` follows the review unless given.
    """
    if organisations.unit_at(office, day_of(at)) is None or not rules.may_edit(by, office, day_of(at)):
        raise Refused(_("You do not write statements for this unit."), field="office")
    slug = slug.strip()
    if not rules.SLUG.fullmatch(slug) or len(slug) > 120:
        raise Refused(_("The address holds small letters without marks, digits and hyphens, for example so-ket-2026."), field="slug")
    if slug in rules.RESERVED or Article.objects.filter(slug=slug).exists():
        raise Refused(_("This address is already used or reserved."), field="slug")
    if reviews.current_edition(review) is None:
        raise Refused(_("Only a review with a frozen edition can be written about."), field="review")
    article = Article(slug=slug, review=review, office_id=office, synthetic=review.synthetic if synthetic is None else synthetic)
    article.save(force_insert=True)
    record(event=events.CREATED, by=by, subject=article_ref(article), at=at, payload={"review": review.title})
    return article


@action
def save_revision(
    *, article: Article, title: str, lead: str, body: str, by: Actor, at: datetime, note: str = "", base: int | None = None
) -> Revision:
    """Save a text on the review's current edition as a new revision, a draft that needs approval anew.

    Claims are held against the edition; after a release `note` (the public correction notice) is compulsory.
    `base` is the number of the revision that was edited: when another was saved since, nothing is overwritten.
    Raises Refused at title, lead, body or note.
    """
    article = _locked(article)
    if not rules.may_edit(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))
    head, edition = queries.head_of(article), reviews.current_edition(article.review)
    number = head.number if head else 0
    if base is not None and base != number:
        raise Refused(_("Someone saved a newer revision meanwhile. Open it, compare, and save again."))
    if edition is None:
        raise Refused(_("Only a review with a frozen edition can be written about."))
    released = queries.latest_release(article) is not None
    text = {"title": title, "lead": lead, "body": body, "note": note if released else ""}
    limits = {"title": 200, "lead": 1200, "body": 40_000, "note": 500}
    clean = _cleaned(text, limits, required={"title", "lead", "body"} | ({"note"} if released else set()), edition=edition)
    parsed = queries.parsed(clean["title"], clean["lead"], clean["body"], edition)
    if not parsed.codes:
        raise Refused(_("Bind at least one figure: write its code in double braces, for example {{01}}."), field="body")
    revision = Revision(article=article, number=number + 1, edition=edition, at=at, by_id=by.actor_id, by_label=by.actor_label, **clean)
    revision.save(force_insert=True)
    _enter(revision, ArticleStateName.DRAFT, by, at)
    subject = article_ref(article, words_of(parsed.title))
    payload = {"revision": revision.number, "edition": edition.number}
    record(event=events.REVISED, by=by, subject=subject, at=at, payload=payload, reason=clean["note"])
    return revision


@action
def send_for_approval(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """Hand the newest revision, a draft, to those who approve. Raises Refused."""
    article = _head(revision, {ArticleStateName.DRAFT})
    if not rules.may_edit(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))
    state = _enter(revision, ArticleStateName.EDITED, by, at)
    record(event=events.SENT, by=by, subject=_subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def approve(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """Approve the newest revision, and only this one. Its author never approves it. Raises Refused."""
    article = _head(revision, {ArticleStateName.EDITED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    if by.actor_id == revision.by_id:
        raise Refused(_("Whoever wrote a revision does not approve it. Ask another holder of the office."))
    state = _enter(revision, ArticleStateName.APPROVED, by, at)
    record(event=events.APPROVED, by=by, subject=_subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def publish(*, revision: Revision, by: Actor, at: datetime) -> ReleasedCopy:
    """Release the approved revision: one canonical copy for the public, and a citation for every claim.

    The second and later releases are corrections; their notice lists each changed figure, computed here.
    Raises Refused when the revision is not approved, or a newer edition was frozen since it was written.
    """
    article = _head(revision, {ArticleStateName.APPROVED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    edition = reviews.current_edition(article.review)
    if edition is None or edition.pk != revision.edition_id:
        raise Refused(_("A newer edition was frozen since this revision was written. Save the text on it and have it approved."))
    parsed = queries.parsed(revision.title, revision.lead, revision.body, edition)
    previous = queries.latest_release(article)
    content = _content(article, revision, parsed, previous, at)
    number = previous.number + 1 if previous else 1
    copy = ReleasedCopy(
        article=article, revision=revision, number=number, content=canonical(content).decode(), digest=hex_digest(content), published_at=at
    )
    copy.save(force_insert=True)
    _enter(revision, ArticleStateName.CORRECTED if previous else ArticleStateName.PUBLISHED, by, at)
    subject = article_ref(article, content["title"])
    for code in parsed.codes:
        url = reverse("publishing:article", args=[article.slug])
        reviews_actions.cite(edition=edition, figure=code, ref=subject, url=url, by=by, at=at)
    payload = {"number": number, "edition": edition.number, "digest": copy.digest}
    record(event=events.CORRECTED if previous else events.PUBLISHED, by=by, subject=subject, at=at, payload=payload, reason=revision.note)
    return copy


def _content(article: Article, revision: Revision, parsed: Parsed, previous: ReleasedCopy | None, at: datetime) -> dict[str, Any]:
    edition = revision.edition
    figures = frozen.figures(edition)
    office = organisations.unit_nearest(article.office_id, day_of(at))
    before = json.loads(previous.content) if previous else None
    told_at = at.astimezone(VIETNAM).isoformat(timespec="seconds")
    head = {
        "slug": article.slug, "number": previous.number + 1 if previous else 1, "published_at": told_at,
        "first_published_at": before["first_published_at"] if before else told_at,
        "office": {"id": str(article.office_id), "name": office.name if office else ""},
        "review": {"slug": article.review.slug, "code": article.review.code, "title": article.review.title},
        "edition": {"number": edition.number, "digest": edition.digest}, "synthetic": article.synthetic,
    }
    entries = [
        figure_entry(figures[code].body, figures[code].display("vi"), figures[code].display("en"), frozen.kind_of(figures[code]))
        for code in parsed.codes
    ]
    return build(parsed, head=head, figures=entries, previous=before, note=revision.note)


def _locked(article: Article) -> Article:
    """The article's row, held until the act ends, so that two acts on it never run at once."""
    found: Article = Article.objects.select_for_update(of=("self",)).select_related("review").get(pk=article.pk)
    return found


def _head(revision: Revision, allowed: set[str]) -> Article:
    """The revision's article, held; refused unless the revision is the newest and in one of the states."""
    article = _locked(revision.article)
    head = queries.head_of(article)
    if head is None or head.pk != revision.pk:
        raise Refused(_("A newer revision exists. Look at that one."))
    if queries.state_of(revision) not in allowed:
        raise Refused(_("The revision is not in the state that this step needs. Reload the page."))
    return article


def _subject(revision: Revision) -> Ref:
    parsed = queries.parsed(revision.title, "", "", revision.edition)
    return article_ref(revision.article, words_of(parsed.title))


def _enter(revision: Revision, state: str, by: Actor, at: datetime) -> ArticleState:
    row = ArticleState(article_id=revision.article_id, revision=revision, state=state, at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    return row


def _cleaned(text: dict[str, str], limits: dict[str, int], required: set[str], edition: Edition) -> dict[str, str]:
    """All four texts, or every refusal at once: what cannot be stored, what is empty, what is not true of its figure."""
    done: dict[str, str] = dict.fromkeys(text, "")
    errors: dict[str, Any] = {}
    for field, given in text.items():
        try:
            done[field] = rules.clean(given, field, limits[field], required=field in required)
        except Refused as refused:
            errors.update(refused.errors)
    try:
        queries.parsed(done["title"], done["lead"], done["body"], edition)
    except Refused as refused:
        errors = {**refused.errors, **errors}
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return done
