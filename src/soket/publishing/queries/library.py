"""Reads of the media library: photographs within reach, what keeps one from being published, where one is used; and a copy's press files."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest
from soket.kernel.text import name_search
from soket.publishing import core, rules
from soket.publishing.models import Photo, PressFile, ReleasedCopy, RevisionPhoto
from soket.publishing.queries import sound

PER_PAGE = 24
STATES = ("", "chua-dung", "con-thieu", "ngung")
PRESS = 2
"""Grows when kits or drawn pictures are made differently, so that they are made anew."""


@dataclass(frozen=True)
class Wanted:
    """Which photographs: one of STATES ("" those offered; unused; incomplete; retired), of one office, words of caption, place or credit."""

    state: str = ""
    office: int | None = None
    q: str = ""


@dataclass(frozen=True)
class Use:
    """A revision that shows the photograph; `copy` is the number of the released copy made of it, 0 where there is none."""

    slug: str
    revision: int
    title: str
    copy: int
    under_lead: bool


def _within(actor: Actor, day: date) -> QuerySet[Any]:
    """Photographs of the offices at whose desk the actor works."""
    reach = rules.desk_reach(actor, day)
    rows: QuerySet[Any] = Photo.objects.select_related("original").prefetch_related("renditions__file")
    return rows if reach.everything else rows.filter(office_id__in=reach.units)


def is_at_desk(actor: Actor, day: date) -> bool:
    """Whether there is a library for the actor at all."""
    reach = rules.desk_reach(actor, day)
    return reach.everything or bool(reach.units)


def keeps(actor: Actor, day: date) -> list[int]:
    """Ids of the offices whose photographs the actor keeps."""
    return [unit for unit in sorted(rules.desk_reach(actor, day).units) if rules.may_picture(actor, unit, day)]


def photos(actor: Actor, day: date, wanted: Wanted, number: Any) -> Page[Any]:
    """One page of the library, newest first. Words are found with or without marks."""
    rows = _narrowed(_within(actor, day), wanted)
    if wanted.q:
        fits = name_search(wanted.q)
        told = rows.values_list("pk", "caption", "place", "credit").order_by("-pk")
        ids: Any = [pk for pk, *words in told if any(fits(text) for text in words)]
        page = Paginator(ids, PER_PAGE).get_page(number)
        page.object_list = list(_within(actor, day).filter(pk__in=list(page.object_list)).order_by("-pk"))
        return page
    return Paginator(rows.order_by("-pk"), PER_PAGE).get_page(number)


def _narrowed(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    rows = rows.filter(office_id=wanted.office) if wanted.office else rows
    rows = rows.filter(retired=wanted.state == "ngung")
    if wanted.state == "chua-dung":
        return rows.filter(~Exists(RevisionPhoto.objects.filter(photo=OuterRef("pk"))))
    if wanted.state == "con-thieu":
        return rows.filter(Q(credit="") | Q(alt="", decorative=False))
    return rows


def photo(actor: Actor, pk: int, day: date) -> Photo | None:
    """One photograph within reach; None for everyone else."""
    found: Photo | None = _within(actor, day).filter(pk=pk).first()
    return found


def chosen(actor: Actor, ids: Sequence[int], day: date) -> list[Photo]:
    """Those of the given photographs that the actor keeps."""
    return [row for row in _within(actor, day).filter(pk__in=ids).order_by("pk") if rules.may_picture(actor, row.office_id, day)]


def lacks(photo: Photo) -> list[str]:
    """What keeps the photograph from being published: "credit", "alt"."""
    return [*([] if photo.credit else ["credit"]), *([] if photo.alt or photo.decorative else ["alt"])]


def uses(photo: Photo) -> list[Use]:
    """Revisions that show it, newest first."""
    rows = RevisionPhoto.objects.filter(photo=photo).select_related("revision__article", "revision__release").order_by("-revision__pk")
    found = []
    for row in rows:
        copy = getattr(row.revision, "release", None)
        title = core.TOKEN.sub(lambda token: token[3] or token[2] or "…", row.revision.title)
        found.append(Use(row.revision.article.slug, row.revision.number, title, copy.number if copy else 0, row.order == 0))
    return found


def same_bytes(office: int, sha256: str) -> int | None:
    """The number of the photograph that the office has of these bytes."""
    found: int | None = Photo.objects.filter(office_id=office, original__sha256=sha256).values_list("pk", flat=True).first()
    return found


def press_key(copy: ReleasedCopy) -> str:
    """What the press files of a copy are made from: its words and photographs, and the sound that the public hears."""
    heard = sound.current(copy.article)
    mp3 = heard.narration.mp3.sha256 if heard and heard.narration.mp3 and not heard.stale else ""
    return key_of(copy.digest, mp3)


def key_of(copy: str, mp3: str) -> str:
    """The same from the copy's digest and the hash of the sound ("" none)."""
    return hex_digest({"press": PRESS, "copy": copy, "sound": mp3})


def press_files(copy: ReleasedCopy) -> dict[str, PressFile]:
    """The copy's newest press kit and drawn picture that fit what the public has now, by kind."""
    rows = list(PressFile.objects.filter(copy=copy).select_related("file"))
    key = press_key(copy) if rows else ""
    return {row.kind: row for row in rows if row.key == key}
