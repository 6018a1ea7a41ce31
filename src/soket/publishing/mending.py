"""The public store made right again: what could not be put there when it was released, and what has expired since."""
from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery

from soket.kernel.clock import now
from soket.publishing import queries, shelving
from soket.publishing.models import Article, ArticleState, ArticleStateName, Category, ReleasedCopy
from soket.publishing.outlet import stock

log = logging.getLogger("soket.publishing")
State = ArticleStateName
Entry = tuple[str, str, int | None]
"""Digest, state and end (epoch seconds) of an article in the store."""


def mend() -> int:
    """Put in what is missing or not the newest, take out what has expired, renew the frame. Returns how many articles changed.

    Nothing that this database does not know is taken out: a database that is being restored must not empty the newspaper.
    """
    at = now()
    wanted, kept = _wanted(at), _kept()
    changed = 0
    for article_id, entry in wanted.items():
        if kept.get(article_id) != entry:
            changed += _put(article_id)
    expired = [one for one, (_digest, state, until) in kept.items() if state == "published" and until is not None and until <= at.timestamp()]
    gone = [one for one in expired if one not in wanted]
    if gone:
        with stock.writing(settings.PUBLIC) as link:
            for article_id in gone:
                stock.remove(link, article_id)
    if _frame_differs():
        shelving.frame_soon()
    return changed + len(gone)


def _put(article_id: int) -> bool:
    try:
        shelving.shelve(article_id)
    except Exception:
        log.exception("article %s could not be put into the public store", article_id)
        return False
    return True


def _kept() -> dict[int, Entry]:
    """What stands in the store, by article."""
    shelf = queries.shelf()
    rows = shelf.link.execute("SELECT id, digest, state, until FROM article") if shelf else ()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _wanted(at: datetime) -> dict[int, Entry]:
    """What should stand there: every released article that has not expired."""
    digests = dict(ReleasedCopy.objects.order_by("article_id", "number").values_list("article_id", "digest"))
    ends = {pk: int(end.timestamp()) for pk, end in Article.objects.values_list("pk", "expires_at").exclude(expires_at=None) if end}
    down = _withdrawn()
    return {
        pk: (digest, "withdrawn", None) if pk in down else (digest, "published", ends.get(pk))
        for pk, digest in digests.items() if pk in down or ends.get(pk, at.timestamp() + 1) > at.timestamp()
    }


def _withdrawn() -> set[int]:
    """Articles whose newest released copy was taken down."""
    shown = [State.PUBLISHED, State.CORRECTED, State.WITHDRAWN]
    last = ArticleState.objects.filter(article=OuterRef("article"), state__in=shown).order_by("-pk").values("state")[:1]
    rows = ArticleState.objects.filter(state=State.WITHDRAWN).annotate(last=Subquery(last))
    return set(rows.filter(last=State.WITHDRAWN).values_list("article_id", flat=True))


def _frame_differs() -> bool:
    rows = [(row.slug, row.name, row.name_en) for row in Category.objects.order_by("order", "pk")]
    shelf = queries.shelf()
    return shelf is None or rows != shelf.categories() or any(shelf.meta(key) != value for key, value in shelving.told().items())
