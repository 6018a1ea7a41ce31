"""From released copies to the public store: what the public may have of an article, put there after commit.

Each part of a page that does not stand in the copy itself (panels, seal, sound, press kit, drawn picture) is a function in `PARTS`;
it adds to `extra`, `panels` and `files` and reads released things alone.
"""
from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from soket.files import queries as files
from soket.publishing import cards, manifest, queries
from soket.publishing.models import Article, ArticleState, ArticleStateName, Category, Redirect, ReleasedCopy
from soket.publishing.outlet import stock
from soket.publishing.queries import library
from soket.publishing.queries import sound as heard
from soket.publishing.release import every_photo
from soket.reviews import queries as reviews

log = logging.getLogger("soket.publishing")
_ = translation.gettext_noop
PLACES = (
    (_("Signed reviews"), "reviews:list"), (_("Commendations"), "commendations:register"), (_("Good models"), "exemplars:gallery"),
    (_("Check a certificate"), "commendations:check"), (_("Check a dossier"), "reviews:verify"), (_("Check the record"), "audit:check"),
)  # fmt: skip


@dataclass
class Gathering:
    """One article on its way to the store."""

    article: Article
    copy: ReleasedCopy
    content: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)
    panels: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    files: list[stock.PublicFile] = field(default_factory=list)

    def offer(self, sha256: str, name: str = "") -> None:
        """Offer a stored file to the public together with this article."""
        kept = files.find(sha256)
        if kept is not None:
            self.files.append(stock.PublicFile(sha256, name or kept.name, kept.media_type, kept.size, files.open_path(kept)))


def photos(gathering: Gathering) -> None:
    """Every size of every photograph that the copy shows."""
    for photo in every_photo(gathering.content):
        for size in photo["sizes"]:
            gathering.offer(size["sha256"])


def panels(gathering: Gathering) -> None:
    """The panel behind every claim, in each language, as the edition that the copy cites gives it."""
    cited = gathering.content["edition"]
    edition = reviews.by_digest(cited["digest"]) if cited else None
    if edition is None:
        return
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            for figure in gathering.content["figures"]:
                panel = reviews.panel(edition, figure["code"], lang, True)
                html = render_to_string("ui/components/figure_panel.html", {"panel": panel})
                gathering.panels[figure["code"], lang] = {"title": panel.title, "html": html}


def seal(gathering: Gathering) -> None:
    """The signature by which a saved copy of the page proves itself, where the edition that the copy cites is read, and which newer one replaces it."""
    gathering.extra["seal"] = manifest.seal(gathering.copy.content, gathering.copy.digest)
    if gathering.content["edition"]:
        address = reverse("reviews:edition", args=[gathering.content["review"]["slug"], gathering.content["edition"]["number"]])
        gathering.extra["cites"] = {"url": f"{settings.BASE_URL}{address}"}
        cited = reviews.by_digest(gathering.content["edition"]["digest"])
        if cited is not None and (newer := reviews.replaced_by(cited)) is not None:
            address = reverse("reviews:edition", args=[gathering.content["review"]["slug"], newer.number])
            gathering.extra["newer"] = {"number": newer.number, "url": f"{settings.BASE_URL}{address}"}


def sound(gathering: Gathering) -> None:
    """The reading that the public hears, with what it says of the text it reads."""
    found = heard.current(gathering.article)
    if found is not None:
        gathering.extra["audio"] = told = heard.told(found)
        for ending in ("opus", "mp3"):
            gathering.offer(told[ending]["sha256"], f"{gathering.article.slug}.{ending}")


def press(gathering: Gathering) -> None:
    """The copy's press kit and drawn picture, once the worker has made them. Those of an older copy are not offered."""
    made = library.press_files(gathering.copy)
    if "card" in made:
        file, alt = made["card"].file, cards.card_of(gathering.content).alt
        gathering.extra["og"] = {"sha256": file.sha256, "width": cards.WIDTH, "height": cards.HEIGHT, "media_type": cards.MEDIA_TYPE, "alt": alt}
        gathering.offer(file.sha256)
    if "kit" in made:
        file = made["kit"].file
        gathering.extra["kit"] = {"sha256": file.sha256, "size": file.size, "number": gathering.copy.number}
        gathering.offer(file.sha256)


PARTS: list[Callable[[Gathering], None]] = [photos, panels, seal, sound, press]


def shelved(article: Article) -> stock.Shelved | None:
    """What the public may have of the article; None before its first release."""
    copy = queries.latest_release(article)
    if copy is None:
        return None
    content = json.loads(copy.content)
    if queries.is_withdrawn(article):
        last = ArticleState.objects.filter(article=article, state=ArticleStateName.WITHDRAWN).order_by("-pk")[0]
        gone = {"at": last.at.isoformat(), "reason": last.reason}
        return stock.Shelved(id=article.pk, content=copy.content, digest=copy.digest, state="withdrawn", extra={"withdrawn": gone})
    gathering = Gathering(article, copy, content)
    for part in PARTS:
        part(gathering)
    return stock.Shelved(
        id=article.pk, content=copy.content, digest=copy.digest, until=article.expires_at, extra=gathering.extra, panels=gathering.panels,
        files=gathering.files,
    )


def shelve(article_id: int) -> None:
    """Put one article into the store as it stands now. It is read while nobody else writes there, so of two that come together the newer stays."""
    with stock.writing(settings.PUBLIC) as link:
        item = shelved(Article.objects.select_related("review").get(pk=article_id))
        if item is None:
            stock.remove(link, article_id)
        else:
            stock.put(link, settings.PUBLIC, item)
        stock.set_meta(link, manifest.KEYS, manifest.public_keys())


def shelve_many(article_ids: Sequence[int]) -> None:
    """As `shelve`, several in one change: for what came with an archive. It fails quietly: the worker tries again."""
    try:
        with stock.writing(settings.PUBLIC) as link:
            for article in Article.objects.select_related("review").filter(pk__in=article_ids):
                if (item := shelved(article)) is not None:
                    stock.put(link, settings.PUBLIC, item)
            stock.set_meta(link, manifest.KEYS, manifest.public_keys())
    except Exception:
        log.exception("%s articles could not be put into the public store", len(article_ids))


def shelve_soon(article_id: int) -> None:
    """As `shelve`, but a store that cannot be written never undoes what was decided inside: the worker tries again."""
    try:
        shelve(article_id)
    except Exception:
        log.exception("article %s could not be put into the public store", article_id)


def shelve_frame() -> None:
    """Categories, old addresses, and what the public process is told of the product."""
    with stock.writing(settings.PUBLIC) as link:
        put_frame(link)


def put_frame(link: Connection) -> None:
    """As `shelve_frame`, into any store."""
    rows = Category.objects.order_by("order", "pk")
    stock.put_categories(link, [(row.slug, number, row.name, row.name_en) for number, row in enumerate(rows)])
    stock.put_redirects(link, list(Redirect.objects.values_list("old_path", "article__slug")))
    stock.set_meta(link, manifest.KEYS, manifest.public_keys())
    for key, value in told().items():
        stock.set_meta(link, key, value)


def told() -> dict[str, Any]:
    """What the public process is told: the product's other public places in both languages, its address, whether it is a demonstration."""
    places = []
    for label, name in PLACES:
        with suppress(NoReverseMatch):
            places.append({"url": f"{settings.BASE_URL}{reverse(name)}", **{lang: _in(lang, label) for lang, _name in settings.LANGUAGES}})
    return {"places": places, "base_url": settings.BASE_URL, "demo": settings.DEMO_WORLD}


def _in(lang: str, text: str) -> str:
    with translation.override(lang):
        return translation.gettext(text)


def frame_soon() -> None:
    """As `shelve_frame`, but it fails quietly: the worker tries again."""
    try:
        shelve_frame()
    except Exception:
        log.exception("categories could not be put into the public store")


def shelve_all() -> int:
    """Make the whole store again from what was released. Returns how many articles it holds."""
    from soket.publishing.rebuilding import rebuild  # it needs this module

    return rebuild()[0]
