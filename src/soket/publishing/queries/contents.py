"""What stands beside a revision's text: photographs, tags, category; and what became of its article."""
from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from soket.kernel.clock import VIETNAM, day_of
from soket.organisations import queries as organisations
from soket.publishing import frozen
from soket.publishing.models import Article, ArticleState, ArticleStateName, ReleasedCopy, Revision
from soket.publishing.queries.desk import parsed
from soket.publishing.release import build, figure_entry, photo_entry
from soket.publishing.texts import Extras, Shown


def extras_of(revision: Revision | None) -> Extras:
    """Everything that was approved together with the text; empty before the first."""
    if revision is None:
        return Extras()
    photos = list(revision.photos.order_by("order"))
    return Extras(
        category=revision.category_id, byline=revision.byline, source=revision.source,
        photo=next((row.photo_id for row in photos if row.order == 0), None),
        shown=[Shown(row.photo_id, row.caption, row.credit, row.alt, row.decorative) for row in photos],
        tags=[(tag.kind, tag.key, tag.label) for tag in revision.tags.order_by("pk")],
    )


def photo_entries(revision: Revision) -> list[tuple[int, int, dict[str, Any]]]:
    """(order, photograph's id, entry of the released copy) for each photograph of the text. Order 0 stands under the lead."""
    found = []
    for row in revision.photos.select_related("photo").prefetch_related("photo__renditions__file").order_by("order"):
        sizes = sorted(
            (one.file.sha256, one.width, one.height, one.file.media_type, one.file.size) for one in row.photo.renditions.all()
        )
        sizes.sort(key=lambda size: size[1])
        entry = photo_entry(
            asset=row.photo_id, caption=row.caption, credit=row.credit, alt=row.alt, decorative=row.decorative, sizes=sizes
        )
        found.append((row.order, row.photo_id, entry))
    return found


def is_withdrawn(article: Article) -> bool:
    """Whether the newest released copy was taken down and none was released since."""
    last = ArticleState.objects.filter(
        article=article, state__in=[ArticleStateName.PUBLISHED, ArticleStateName.CORRECTED, ArticleStateName.WITHDRAWN]
    ).order_by("-pk").values_list("state", flat=True).first()
    return last == ArticleStateName.WITHDRAWN


def released_about(review_id: int) -> list[int]:
    """Articles about a review of which the public has had a copy."""
    return list(ReleasedCopy.objects.filter(article__review_id=review_id).order_by("article_id").values_list("article_id", flat=True).distinct())


def copy_of(
    article: Article, revision: Revision, previous: ReleasedCopy | None, at: datetime, *, first: datetime | None = None
) -> dict[str, Any]:
    """The content that a release of the revision at this instant would have; the desk's preview shows it too.

    `first`: when an older newspaper published it, for an imported article. Raises Refused where a text is no longer true of its edition.
    """
    edition, review, category = revision.edition, article.review, revision.category
    texts = parsed(revision.title, revision.lead, revision.body, edition, bound=not article.imported)
    figures = frozen.figures(edition) if edition else {}
    office = organisations.unit_nearest(article.office_id, day_of(at))
    before = json.loads(previous.content) if previous else None
    told_at = at.astimezone(VIETNAM).isoformat(timespec="seconds")
    photos = photo_entries(revision)
    head = {
        "slug": article.slug, "number": previous.number + 1 if previous else 1, "published_at": told_at,
        "first_published_at": before["first_published_at"] if before else (first or at).astimezone(VIETNAM).isoformat(timespec="seconds"),
        "office": {"id": str(article.office_id), "name": office.name if office else ""},
        "review": {"slug": review.slug, "code": review.code, "title": review.title} if review else None,
        "edition": {"number": edition.number, "digest": edition.digest} if edition else None,
        "category": {"slug": category.slug, "name": {"vi": category.name, "en": category.name_en}} if category else None,
        "byline": revision.byline, "source": revision.source, "imported": article.imported, "synthetic": article.synthetic,
        "photo": next((entry for order, _photo, entry in photos if order == 0), None),
        "tags": [{"kind": tag.kind, "key": tag.key, "label": tag.label} for tag in revision.tags.order_by("kind", "label", "pk")],
    }
    entries = [
        figure_entry(figures[code].body, figures[code].display("vi"), figures[code].display("en"), frozen.kind_of(figures[code]))
        for code in texts.codes
    ]
    placed = {photo: entry for order, photo, entry in photos if order}
    return build(texts, head=head, figures=entries, previous=before, note=revision.note, photos=placed)
