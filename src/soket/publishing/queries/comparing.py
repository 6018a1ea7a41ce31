"""Two revisions of an article beside each other, part by part."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.publishing import comparing
from soket.publishing.models import Revision


@dataclass(frozen=True)
class Part:
    """One part of the text: its name, whether it changed, and its paragraphs."""

    label: str
    lines: list[comparing.Line]

    @property
    def changed(self) -> bool:
        return any(line.kind != "same" for line in self.lines)


def compared(old: Revision, new: Revision) -> list[Part]:
    """Every part that either revision has."""
    parts: list[tuple[str, Callable[[Revision], str | list[str]]]] = [
        (_("Statement title"), lambda one: one.title), (_("Lead"), lambda one: one.lead), (_("Body"), lambda one: one.body),
        (_("Category"), _category), (_("Byline"), lambda one: one.byline), (_("Source"), lambda one: one.source),
        (_("Photographs"), _photos), (_("Programmes and units it is about"), _tags), (_("Correction notice"), lambda one: one.note),
        (_("Edition of the figures"), _edition),
    ]
    found = [Part(label, comparing.lines(read(old), read(new))) for label, read in parts]
    return [part for part in found if part.lines]


def _category(revision: Revision) -> str:
    row = revision.category
    if row is None:
        return ""
    return str(row.name_en if get_language() == "en" else row.name)


def _photos(revision: Revision) -> list[str]:
    told = []
    for row in revision.photos.order_by("order"):
        place = _("under the lead") if row.order == 0 else _("in the body")
        seen = _("decorative") if row.decorative else row.alt
        told.append(" · ".join(filter(None, [f"{_('Photograph')} {row.photo_id} ({place})", row.caption, row.credit, seen])))
    return told


def _tags(revision: Revision) -> list[str]:
    return [tag.label for tag in revision.tags.order_by("kind", "label", "pk")]


def _edition(revision: Revision) -> str:
    return _("Edition %(number)s") % {"number": revision.edition.number} if revision.edition else ""
