"""Editions: the frozen ones, the one that waits for signatures, and what they hold."""
from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from soket.reviews.models import Edition, Entry, Review
from soket.reviews.registry import Part, parts

_HEX = re.compile(r"[0-9a-f]{16}|[0-9a-f]{64}")


def frozen_editions(review: Review) -> list[Edition]:
    """All frozen editions, the current one first, each with its freeze."""
    rows = Edition.objects.filter(freeze__isnull=False, review=review).select_related("freeze", "review")
    return list(rows.order_by("-number"))


def current_edition(review: Review) -> Edition | None:
    """The frozen edition that counts; None before the first freeze."""
    rows = Edition.objects.filter(freeze__isnull=False, review=review).select_related("freeze", "review")
    found: Edition | None = rows.order_by("-number").first()
    return found


def edition_of(review: Review, number: int) -> Edition | None:
    """The frozen edition of that number."""
    rows = Edition.objects.filter(freeze__isnull=False, review=review, number=number).select_related("freeze", "review")
    found: Edition | None = rows.first()
    return found


def frozen_by_id(edition_id: int) -> Edition | None:
    """The frozen edition with that id."""
    found: Edition | None = Edition.objects.filter(freeze__isnull=False, pk=edition_id).select_related("freeze", "review").first()
    return found


def open_proposal(review: Review) -> Edition | None:
    """The proposal that may be signed: the newest one, unless it is frozen already."""
    newest: Edition | None = Edition.objects.filter(review=review).select_related("review", "freeze").order_by("-number", "-attempt").first()
    return newest if newest is not None and not hasattr(newest, "freeze") else None


def proposals_after(review: Review, number: int) -> int:
    """How often the edition after the frozen one of that number has been proposed."""
    return Edition.objects.filter(review=review, number=number + 1).count()


def replaced_by(edition: Edition) -> Edition | None:
    """The current edition when it is a later one than this."""
    current = current_edition(edition.review)
    return current if current is not None and current.number > edition.number else None


def by_digest(text: str) -> Edition | None:
    """The frozen edition with this digest or seal code (its first 16 digits, with or without hyphens)."""
    wanted = text.strip().lower().replace("-", "")
    if not _HEX.fullmatch(wanted):
        return None
    rows = Edition.objects.filter(digest__startswith=wanted, freeze__isnull=False).select_related("freeze", "review")
    found: Edition | None = rows.first()
    return found


def manifest_of(edition: Edition) -> dict[str, Any]:
    """The manifest that all parties signed."""
    manifest: dict[str, Any] = json.loads(edition.manifest)
    return manifest


def entries_of(edition: Edition) -> list[Entry]:
    """All entries in the order of the manifest."""
    return list(Entry.objects.filter(edition=edition).order_by("order"))


def body_of(entry: Entry) -> dict[str, Any]:
    """The body of an entry as it was frozen."""
    body: dict[str, Any] = json.loads(entry.body)
    return body


def parts_of(edition: Edition) -> list[tuple[Part, dict[str, Any]]]:
    """What rooms above added to the edition, as frozen."""
    known = {part.key: part for part in parts()}
    rows = Entry.objects.filter(edition=edition, key__in=list(known)).order_by("order")
    return [(known[row.key], json.loads(row.body)) for row in rows]


def live_parts(review: Review, at: datetime) -> list[tuple[Part, dict[str, Any]]]:
    """What the next edition would take over as of now."""
    return [(part, body) for part in parts() if (body := part.build(review, at)) is not None]


def sections_of(edition: Edition) -> list[dict[str, Any]]:
    """Heading and text of each section as frozen, in order."""
    rows = Entry.objects.filter(edition=edition, key__startswith="section/").order_by("order")
    return [json.loads(row.body) for row in rows]
