"""What the public reads: released copies, and no other row of this room."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language

from soket.publishing.models import ReleasedCopy
from soket.ui.core import language
from soket.ui.panel import FigureRef

Piece = str | FigureRef
Pieces = list[tuple[str, Piece]]


@dataclass(frozen=True)
class ReleasedNotice:
    """One correction: when, why, and each figure with its old and its new value."""

    number: int
    at: datetime
    note: str
    edition: int
    figures: Sequence[tuple[str, FigureRef]]
    old_title: str = ""


@dataclass(frozen=True)
class Released:
    """A released copy ready for a page. Runs are pairs of kind (text, plain, claim) and words or figure."""

    slug: str
    number: int
    digest: str
    raw: str
    title: str
    lead: Pieces
    body: Sequence[tuple[str, Pieces]]
    published_at: datetime
    first_published_at: datetime
    office: str
    review_title: str
    review_slug: str
    edition: int
    edition_digest: str
    synthetic: bool
    codes: frozenset[str]
    notices: Sequence[ReleasedNotice]

    @property
    def lead_words(self) -> str:
        return "".join(piece.display if isinstance(piece, FigureRef) else piece for _kind, piece in self.lead)


def _newest() -> QuerySet[ReleasedCopy]:
    last = ReleasedCopy.objects.filter(article=OuterRef("article_id")).order_by("-number")
    rows: QuerySet[ReleasedCopy] = ReleasedCopy.objects.filter(pk=Subquery(last.values("pk")[:1])).order_by("-published_at", "-pk")
    return rows


def released_articles() -> QuerySet[ReleasedCopy]:
    """The copy that counts of every article, newest first; `told` turns a row into what a page needs."""
    return _newest()


def release_of(slug: str) -> Released | None:
    """The copy that counts of the article with this address."""
    row = _newest().filter(article__slug=slug).first()
    return told(row) if row is not None else None


def same_review(released: Released, limit: int = 5) -> list[Released]:
    """Other released articles about the same review."""
    rows = _newest().filter(article__review__slug=released.review_slug).exclude(article__slug=released.slug)
    return [told(row) for row in rows[:limit]]


def other_reviews(released: Released, limit: int = 5) -> list[Released]:
    """The newest released articles about other reviews."""
    return [told(row) for row in _newest().exclude(article__review__slug=released.review_slug)[:limit]]


def told(row: ReleasedCopy) -> Released:
    """A row's content as a page shows it, in the reader's language where the content has both."""
    content: dict[str, Any] = json.loads(row.content)
    figures = {item["code"]: item for item in content["figures"]}
    lang = language(get_language())

    def pieces(runs: Sequence[Mapping[str, Any]]) -> Pieces:
        return [(run["kind"], _claim(run, figures, content["slug"], lang) if run["kind"] == "claim" else run["text"]) for run in runs]

    return Released(
        slug=content["slug"], number=content["number"], digest=row.digest, raw=row.content, title=content["title"],
        lead=pieces(content["lead"]), body=[(block["kind"], pieces(block["runs"])) for block in content["body"]],
        published_at=datetime.fromisoformat(content["published_at"]), first_published_at=datetime.fromisoformat(content["first_published_at"]),
        office=content["office"]["name"], review_title=content["review"]["title"], review_slug=content["review"]["slug"],
        edition=content["edition"]["number"], edition_digest=content["edition"]["digest"], synthetic=content["synthetic"],
        codes=frozenset(figures), notices=[_notice(item, figures, content["slug"], lang) for item in reversed(content["notices"])],
    )


def _claim(run: Mapping[str, Any], figures: Mapping[str, Any], slug: str, lang: str) -> FigureRef:
    figure = figures[run["code"]]
    return FigureRef(
        label=figure["label"][lang], display=run["text"], unit=figure["measure"][lang], code=figure["printed"],
        state="corrected" if "old" in run else figure["kind"], old_display=run.get("old", ""),
        url=reverse("publishing:figure", args=[slug, run["code"]]),
    )


def _notice(item: Mapping[str, Any], figures: Mapping[str, Any], slug: str, lang: str) -> ReleasedNotice:
    changed = []
    for change in item["figures"]:
        url = reverse("publishing:figure", args=[slug, change["code"]]) if change["code"] in figures else ""
        words = {"label": change["label"][lang], "display": change["new"], "old_display": change["old"], "code": change["printed"]}
        ref = FigureRef(state="corrected", url=url, **words)
        if not (change["old"] and change["new"]):
            ref = replace(ref, state="bound" if change["new"] else "plain", display=change["new"] or change["old"])
        changed.append(("" if change["old"] and change["new"] else "added" if change["new"] else "dropped", ref))
    return ReleasedNotice(
        item["number"], datetime.fromisoformat(item["at"]), item["note"], item["edition"], changed,
        old_title=item["title"]["old"] if item["title"] else "",
    )
