"""Reads of the article as sound: what may be read aloud, what was, and what the public hears."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from soket.kernel.actor import Actor
from soket.publishing.models import Article, Narration, ReleasedCopy, Revision
from soket.publishing.models import ArticleStateName as State
from soket.publishing.queries.contents import copy_of
from soket.publishing.queries.desk import desk_article, latest_release, state_of
from soket.publishing.release import plain_text

READABLE = {State.APPROVED, State.SCHEDULED, State.PUBLISHED, State.CORRECTED}


@dataclass(frozen=True)
class Current:
    """The reading that the public hears. `copy`: the copy whose text it reads; `stale`: the newest copy reads otherwise."""

    narration: Narration
    copy: int
    stale: bool


def digest_of(text: str) -> str:
    """The name of a text by which a reading knows it: SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def readable(article: Article) -> Revision | None:
    """The newest revision that is approved or released, and so may be read aloud."""
    for revision in Revision.objects.filter(article=article).select_related("edition__review", "category", "article__review").order_by("-number"):
        if state_of(revision) in READABLE:
            return revision
    return None


def text_of(revision: Revision, at: datetime) -> str:
    """The words of the revision's copy, or of the copy that it would be. Raises Refused where the text is no longer true of its edition."""
    copy = ReleasedCopy.objects.filter(revision=revision).first()
    content = json.loads(copy.content) if copy else copy_of(revision.article, revision, latest_release(revision.article), at)
    return plain_text(content)


def narrations(article: Article) -> list[Narration]:
    """Every reading, newest first."""
    return list(Narration.objects.filter(article=article).select_related("revision__release", "mp3", "opus", "original").order_by("-pk"))


def narration(pk: int) -> Narration | None:
    """One reading by its id, for the worker."""
    found: Narration | None = Narration.objects.select_related("revision__article__review", "revision__edition", "original").filter(pk=pk).first()
    return found


def narration_of(actor: Actor, slug: str, pk: int, day: date) -> Narration | None:
    """One reading of an article of the actor's offices; None for everyone else."""
    article = desk_article(actor, slug, day)
    rows = Narration.objects.select_related("article", "revision", "mp3", "opus", "original")
    found: Narration | None = rows.filter(article=article, pk=pk).first() if article is not None else None
    return found


def current(article: Article) -> Current | None:
    """The newest released reading of the text that the public reads; else the newest released one, which is then out of date."""
    copy = latest_release(article)
    if copy is None:
        return None
    rows = Narration.objects.filter(article=article, released_at__isnull=False, withdrawn_at__isnull=True, revision__release__isnull=False)
    heard = list(rows.select_related("revision__release", "mp3", "opus").order_by("-released_at", "-pk"))
    wanted = digest_of(plain_text(json.loads(copy.content)))
    for row in heard:
        if row.text_digest == wanted:
            return Current(row, copy.number, stale=False)
    return Current(heard[0], heard[0].revision.release.number, stale=True) if heard else None


def told(found: Current) -> dict[str, Any]:
    """The reading as plain data for the public page."""
    row = found.narration
    files = {name: {"sha256": file.sha256, "size": file.size} for name, file in (("mp3", row.mp3), ("opus", row.opus)) if file}
    return {
        "kind": row.kind, "reader": row.reader, "voice": row.voice, "copy": found.copy, "stale": found.stale, "duration": row.duration,
        "waveform": row.waveform, **files,
    }
