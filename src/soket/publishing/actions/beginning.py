"""Begin an article with a first draft made of what is on record."""
from __future__ import annotations

from datetime import datetime

from soket.conferences.models import Conference
from soket.kernel.actor import Actor
from soket.kernel.door import action
from soket.publishing.actions.writing import create_article, save_revision
from soket.publishing.models import Article
from soket.publishing.queries import beginning
from soket.publishing.texts import Extras
from soket.reviews.models import Review


@action
def begin_from(*, slug: str, office: int, review: Review | None, conference: Conference | None, by: Actor, at: datetime) -> Article:
    """An article about the conference or the review whose first revision says what is on record and nothing else.

    `slug` "" is made from the title. Raises Refused like `create_article` and `save_revision`; then nothing was begun.
    """
    found = beginning.start(conference, review, by, at)
    slug = slug.strip() or beginning.free_slug(found.draft.title)
    article = create_article(slug=slug, review=found.review, office=office, by=by, at=at, synthetic=found.synthetic)
    text = found.draft
    save_revision(article=article, title=text.title, lead=text.lead, body=text.body, by=by, at=at, base=0, extras=Extras(tags=found.tags))
    return article
