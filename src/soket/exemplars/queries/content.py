"""What an exemplar shows: the same for a draft and for the sealed copy that the public reads."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from soket.exemplars import words
from soket.exemplars.models import Exemplar, Figure, FigureFlag, Publication
from soket.exemplars.queries.naming import names, province_of
from soket.files import queries as files
from soket.reviews import queries as reviews
from soket.reviews.models import Edition
from soket.reviews.queries.frozen import figures_of_all
from soket.ui.panel import FigureRef


def content_of(exemplar: Exemplar, day: date) -> dict[str, Any]:
    """The whole exemplar as canonical data: texts, figures by edition and code, photographs and documents by the hash of their file."""
    known = names([exemplar.unit_id, exemplar.office_id], day)
    movement = exemplar.movement
    return {
        "slug": exemplar.slug, "title": exemplar.title, "holder_kind": exemplar.holder_kind, "holder": exemplar.holder, "field": exemplar.field,
        "description": exemplar.description, "origin": exemplar.origin, "since": exemplar.since.isoformat() if exemplar.since else "",
        "unit": {"id": exemplar.unit_id, "name": known[exemplar.unit_id]}, "office": {"id": exemplar.office_id, "name": known[exemplar.office_id]},
        "movement": {"slug": movement.slug, "title": movement.title} if movement else None, "synthetic": exemplar.synthetic,
        "figures": _figures(exemplar), "photos": _photos(exemplar), "evidence": _evidence(exemplar),
    }  # fmt: skip


def _figures(exemplar: Exemplar) -> list[dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for row in exemplar.figures.select_related("edition__review"):
        made.setdefault(row.label, {"label": row.label, "before": None, "after": None})[row.side] = _side(row)
    return list(made.values())


def _side(row: Figure) -> dict[str, Any]:
    if row.edition is not None:
        about = row.edition
        return {"part": row.pk, "period": row.period, "edition": about.pk, "number": about.number, "review": about.review.code, "code": row.code}
    said = {"value": str(row.value), "measure": row.measure, "precision": row.precision, "citation": row.citation}
    return {"part": row.pk, "period": row.period, **said}


def _photos(exemplar: Exemplar) -> list[dict[str, Any]]:
    return [
        {
            "part": row.pk, "sha256": row.file.sha256, "caption": row.caption, "credit": row.credit, "alternative": row.alternative,
            "decorative": row.decorative, "width": row.width, "height": row.height,
        }
        for row in exemplar.photos.select_related("file")
    ]  # fmt: skip


def _evidence(exemplar: Exemplar) -> list[dict[str, Any]]:
    return [
        {
            "part": row.pk, "title": row.title, "number": row.number, "dated": row.dated.isoformat() if row.dated else "",
            "sha256": row.file.sha256 if row.file else "", "name": row.file.name if row.file else "", "public": row.public,
        }
        for row in exemplar.evidence.select_related("file")
    ]  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """A newer edition says otherwise than the one that was cited."""

    was: str
    now: str
    on: datetime
    edition: int


@dataclass(frozen=True)
class Side:
    """One side of a comparison. `source` is the citation of a number from outside; `correction` is set where its edition was corrected."""

    ref: FigureRef
    period: str
    source: str
    part: int
    correction: Correction | None = None


@dataclass(frozen=True)
class Comparison:
    label: str
    before: Side | None
    after: Side | None

    @property
    def sides(self) -> list[tuple[str, Side]]:
        return [(name, side) for name, side in (("before", self.before), ("after", self.after)) if side is not None]


@dataclass(frozen=True)
class Document:
    """A document as the reader may see it: its address is empty where the file is not open to the reader."""

    title: str
    number: str
    dated: date | None
    url: str
    opening: str  # what the public sees of it: whole, once (released on publication), or number
    part: int


@dataclass(frozen=True)
class Page:
    """An exemplar ready to show. `content` holds the texts; the rest was resolved for the reader."""

    content: Mapping[str, Any]
    unit_now: str
    province: str | None
    comparisons: list[Comparison]
    photos: list[dict[str, Any]]
    documents: list[Document]
    since: date | None
    corrected: bool
    published_at: datetime | None = None
    digest: str = ""

    @property
    def field(self) -> str:
        return str(words.FIELD_WORDS[self.content["field"]])


def draft_page(exemplar: Exemplar, day: date, language: str) -> Page:
    """The exemplar as it stands, for those who may read its draft."""
    return _page(content_of(exemplar, day), [], day, language, inside=True)


def published_page(row: Publication, day: date, language: str, inside: bool) -> Page:
    """The sealed copy, with the corrections that came since. `inside` readers may open every file."""
    flags = list(FigureFlag.objects.filter(exemplar_id=row.exemplar_id).select_related("cited__review", "newer__review").order_by("at", "pk"))
    page = _page(json.loads(row.content), flags, day, language, inside)
    return replace(page, published_at=row.at, digest=row.digest)


def _page(content: Mapping[str, Any], flags: list[FigureFlag], day: date, language: str, inside: bool) -> Page:
    unit = content["unit"]["id"]
    newest = {(flag.cited_id, flag.code): flag for flag in flags}
    figures = _frozen(content, newest.values())
    comparisons = [
        Comparison(row["label"], *(_shown(row[side], figures, newest, language) if row[side] else None for side in ("before", "after")))
        for row in content["figures"]
    ]
    photos = [{**row, "url": reverse("files:get", args=[row["sha256"]])} for row in content["photos"]]
    return Page(
        content, names([unit], day)[unit], province_of([unit], day)[unit], comparisons, photos, _documents(content, inside),
        date.fromisoformat(content["since"]) if content["since"] else None,
        any(side.correction for one in comparisons for _name, side in one.sides),
    )  # fmt: skip


def _frozen(content: Mapping[str, Any], flags: Iterable[FigureFlag]) -> dict[tuple[int, str], reviews.FrozenFigure]:
    """Every frozen figure that the page names, of the cited editions and of those that replaced them."""
    wanted = {side["edition"] for row in content["figures"] for side in (row["before"], row["after"]) if side and "edition" in side}
    wanted |= {flag.newer_id for flag in flags}
    if not wanted:
        return {}
    editions = list(Edition.objects.filter(pk__in=wanted).select_related("review"))
    return {(pk, figure.code): figure for pk, found in figures_of_all(editions).items() for figure in found}


def _shown(
    side: Mapping[str, Any], figures: Mapping[tuple[int, str], reviews.FrozenFigure], flags: Mapping[tuple[int, str], FigureFlag], language: str
) -> Side:
    if "edition" not in side:
        display = f"{words.cited(int(side['value']), side['precision'])} {side['measure']}"
        return Side(FigureRef(label="", display=display, state="external"), side["period"], side["citation"], side["part"])
    key = (side["edition"], side["code"])
    figure, flag = figures[key], flags.get(key)
    ref = figure.ref(language)
    if flag is None or not flag.changed:
        return Side(ref, side["period"], "", side["part"])
    now = figures.get((flag.newer_id, side["code"]))
    told = now.display(language) if now else _("no value")
    marked = replace(ref, state="corrected", display=told, old_display=ref.display, url=now.url if now else ref.url)
    return Side(marked, side["period"], "", side["part"], Correction(ref.display, told, flag.at, flag.newer.number))


def _documents(content: Mapping[str, Any], inside: bool) -> list[Document]:
    kept = files.by_hash(row["sha256"] for row in content["evidence"])
    open_ids = files.public_ids(file.pk for file in kept.values())
    made = []
    for row in content["evidence"]:
        file = kept.get(row["sha256"])
        readable = file is not None and (inside or file.pk in open_ids)
        url = reverse("files:get", args=[row["sha256"]]) if readable else ""
        dated = date.fromisoformat(row["dated"]) if row["dated"] else None
        opening = "whole" if file is not None and file.pk in open_ids else "once" if row["public"] else "number"
        made.append(Document(row["title"], row["number"], dated, url, opening, row["part"]))
    return made
