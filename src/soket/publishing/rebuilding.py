"""The public store made again from what was released (`python -m soket shelve`)."""
from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings

from soket.publishing import shelving
from soket.publishing.models import Article, ReleasedCopy
from soket.publishing.outlet import anew
from soket.publishing.outlet.stock import Shelved


def rebuild(say: Callable[[int, int], None] = lambda _done, _all: None) -> tuple[int, int]:
    """Make it again while readers read the old one. `say` hears (done, all). Returns (articles, files deleted that nothing names)."""
    folder = settings.PUBLIC
    before = anew.marks_in(folder)
    ids = list(ReleasedCopy.objects.order_by("article_id").values_list("article_id", flat=True).distinct())
    with anew.new_store(folder) as (link, file):
        done = anew.fill(link, folder, _items(ids), lambda told: say(told, len(ids)))
        with anew.within(link):
            shelving.put_frame(link)
        anew.swap(folder, link, file, before, _look)
    return done, anew.prune(folder)


def _items(ids: list[int]) -> Iterator[Shelved]:
    for start in range(0, len(ids), anew.BATCH):
        rows = Article.objects.select_related("review").in_bulk(ids[start : start + anew.BATCH])
        for article in rows.values():
            item = shelving.shelved(article)
            if item is not None:
                yield item


def _look(article_id: int) -> Shelved | None:
    article = Article.objects.select_related("review").filter(pk=article_id).first()
    return shelving.shelved(article) if article else None
