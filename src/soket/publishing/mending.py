"""The public store made right again: what could not be put there when it was released, and what has expired since."""
from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from soket.kernel.clock import now
from soket.publishing import queries, shelving
from soket.publishing.models import Article, ArticleState, ArticleStateName, Category, Narration, PressFile, ReleasedCopy
from soket.publishing.outlet import stock
from soket.publishing.queries import library, sound
from soket.publishing.release import plain_text
from soket.reviews.models import Freeze

log = logging.getLogger("soket.publishing")
State = ArticleStateName
Entry = tuple[str, str, int | None]
"""Digest, state and end (epoch seconds) of an article in the store."""
AT_ONCE = 500
"""Articles of the store whose additions are read together."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a copy in the store, as far as it can change while the copy stays: hashes of files ("" none), whether the reading is of an
    older text, and the number of the edition that replaced the cited one (0: none)."""

    mp3: str = ""
    stale: bool = False
    kit: str = ""
    card: str = ""
    newer: int = 0


def mend() -> int:
    """Put in what is missing or not the newest, take out what has expired, renew the frame. Returns how many articles changed.

    Nothing that this database does not know is taken out: a database that is being restored must not empty the newspaper.
    """
    at = now()
    wanted, kept = _wanted(at), _kept()
    changed = 0
    for article_id in [*(one for one, entry in wanted.items() if kept.get(one) != entry), *_behind(wanted, kept)]:
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


def _behind(wanted: Mapping[int, Entry], kept: Mapping[int, Entry]) -> list[int]:
    """Articles whose copy is in its place, but not the sound, press files or newer edition that belong to it now."""
    right = {pk: entry[0] for pk, entry in wanted.items() if entry[1] == "published" and kept.get(pk) == entry}
    heard = _heard(right)
    now = _beside(right, heard)
    return sorted(pk for pk, there in _there(now.keys()) if now[pk] != there)


@lru_cache(maxsize=20_000)
def _words(digest: str) -> str:
    """The digest of the words of a released copy; a copy never changes."""
    content = ReleasedCopy.objects.filter(digest=digest).values_list("content", flat=True)[:1].get()
    return sound.digest_of(plain_text(json.loads(content)))


def _heard(right: Mapping[int, str]) -> dict[int, tuple[str, bool]]:
    """As `sound.current`, of all articles that ever had a released reading: the MP3 ("" none) and whether the text has moved on."""
    rows = Narration.objects.filter(released_at__isnull=False)
    found: dict[int, tuple[str, bool]] = {}
    told = rows.order_by("-released_at", "-pk").values_list("article_id", "text_digest", "mp3__sha256", "withdrawn_at", "revision__release")
    for pk, digest, mp3, withdrawn, release in told:
        if pk not in right:
            continue
        before = found.setdefault(pk, ("", False))
        if withdrawn is None and release is not None and (not before[0] or before[1]):
            fits = digest == _words(right[pk])
            if fits or not before[0]:
                found[pk] = (mp3 or "", not fits)
    return found


def _beside(right: Mapping[int, str], heard: Mapping[int, tuple[str, bool]]) -> dict[int, Beside]:
    """What should stand beside the copies, for each article where anything ever did."""
    newer, files = _newer(), _press(right, heard)
    found = {}
    for pk in right.keys() & (heard.keys() | newer.keys() | files.keys()):
        mp3, stale = heard.get(pk, ("", False))
        found[pk] = Beside(mp3, stale, newer=newer.get(pk, 0), **files.get(pk, {}))
    return found


def _press(right: Mapping[int, str], heard: Mapping[int, tuple[str, bool]]) -> dict[int, dict[str, str]]:
    """As `library.press_files`, of all articles that ever had any: hashes by kind."""
    found: dict[int, dict[str, str]] = {}
    for pk, digest, kind, key, sha256 in PressFile.objects.order_by("pk").values_list("copy__article_id", "copy__digest", "kind", "key", "file__sha256"):
        files = found.setdefault(pk, {})
        mp3, stale = heard.get(pk, ("", False))
        if digest == right.get(pk) and key == library.key_of(digest, "" if stale else mp3):
            files[kind] = sha256
    return found


def _newer() -> dict[int, int]:
    """The current edition's number of each released article about a review, where its newest copy cites an older one; else 0."""
    current = Freeze.objects.filter(review=OuterRef("article__review")).order_by("-number").values("edition__number")[:1]
    last = ReleasedCopy.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    rows = ReleasedCopy.objects.filter(article__review__isnull=False).annotate(last=Subquery(last), current=Subquery(current)).filter(pk=F("last"))
    told = rows.filter(revision__edition__isnull=False).values_list("article_id", "revision__edition__number", "current")
    return {pk: now if now and now > cited else 0 for pk, cited, now in told}


def _there(wanted: Iterable[int]) -> Iterator[tuple[int, Beside]]:
    """What does stand beside those articles in the store."""
    shelf, ids = queries.shelf(), sorted(wanted)
    for start in range(0, len(ids), AT_ONCE):
        if shelf is None:
            return
        some = ids[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        for pk, text in shelf.link.execute(f"SELECT id, extra FROM article WHERE id IN ({marks})", some):
            yield pk, _told(json.loads(text))


def _told(extra: Mapping[str, Any]) -> Beside:
    audio = extra.get("audio") or {}
    files = {name: (extra.get(key) or {}).get("sha256", "") for name, key in (("kit", "kit"), ("card", "og"))}
    mp3 = (audio.get("mp3") or {}).get("sha256", "")
    return Beside(mp3, bool(audio.get("stale")), newer=int((extra.get("newer") or {}).get("number", 0)), **files)


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
