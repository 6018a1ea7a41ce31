"""What goes into a press kit: the newest released copy as the public has it, or a text that is not out yet."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from soket.files import queries as files
from soket.publishing import manifest
from soket.publishing.kit import Material, Picture
from soket.publishing.models import Article, ReleasedCopy, Revision
from soket.publishing.queries import flow, sound
from soket.publishing.queries.contents import copy_of, is_withdrawn
from soket.publishing.queries.desk import latest_release
from soket.publishing.release import every_photo


def copy_for_press(article_id: int) -> ReleasedCopy | None:
    """The copy that the public reads now. None also for what was taken down, and for an older newspaper's archive, which has no kit."""
    article = Article.objects.filter(pk=article_id, imported=False).first()
    if article is None or is_withdrawn(article):
        return None
    return latest_release(article)


def of_copy(copy: ReleasedCopy) -> Material:
    """The material of a released copy, with its seal and the sound that fits it."""
    content, heard = json.loads(copy.content), sound.current(copy.article)
    mp3 = heard.narration.mp3 if heard and not heard.stale else None
    seal = manifest.envelope(copy.content, manifest.seal(copy.content, copy.digest))
    return Material(
        content=content, pictures=_pictures(content), raw=copy.content, digest=copy.digest, seal=seal, sound=files.read(mp3) if mp3 else b"",
        **_addresses(content),
    )


def of_draft(article: Article, revision: Revision, at: datetime) -> Material:
    """The material of a text that is not out yet. Raises Refused where it is no longer true of its edition."""
    content = copy_of(article, revision, latest_release(article), at)
    due = flow.due_of(revision) or article.embargo_until
    return Material(content=content, pictures=_pictures(content), until=due if due and due > at else None, **_addresses(content))


def _pictures(content: Mapping[str, Any]) -> list[Picture]:
    """The bytes of each photograph: its largest size, and the one nearest the width of a Word page."""
    return [Picture(_bytes(photo["sizes"][-1]), _bytes(_inline(photo["sizes"]))) for photo in every_photo(content)]


def _inline(sizes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return min(sizes, key=lambda size: abs(int(size["width"]) - 960))


def _bytes(size: Mapping[str, Any]) -> bytes:
    kept = files.find(size["sha256"])
    if kept is None:
        raise files.FileDamaged(f"{size['sha256']}: missing")
    return files.read(kept)


def _addresses(content: Mapping[str, Any]) -> dict[str, Any]:
    base, edition = settings.BASE_URL, content["edition"]
    told = {"page": f"{base}{reverse('publishing:article', args=[content['slug']])}"}
    if edition:
        told["dossier"] = f"{base}{reverse('reviews:edition', args=[content['review']['slug'], edition['number']])}"
        told["verify"] = f"{base}{reverse('reviews:verified', args=[edition['digest']])}"
    return told
