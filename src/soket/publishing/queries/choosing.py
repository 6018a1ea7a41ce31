"""What an editor chooses from: conferences, categories, photographs of the library, programmes and units to tag."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soket.conferences.models import Conference
from soket.conferences.queries import scope
from soket.kernel.actor import Actor
from soket.kernel.text import name_search, whole
from soket.organisations import queries as organisations
from soket.programmes import queries as programmes
from soket.programmes.models import Programme
from soket.publishing.models import Article, Category, Photo
from soket.publishing.texts import Extras

Tag = tuple[str, str, str]
OFFERED = 12
NEWEST = 200


def conferences(actor: Actor, day: date) -> list[Conference]:
    """The newest conferences that the actor may see."""
    return list(scope.conferences(actor, day)[:NEWEST])


def categories(extras: Extras) -> list[tuple[str, str]]:
    """Open categories, and the one that the text has."""
    rows = Category.objects.all()
    return [(str(row.pk), row.name) for row in rows if not row.closed or row.pk == extras.category]


@dataclass(frozen=True)
class Choice:
    """A photograph of the library: its token, what it shows, and whether it may be published as it is."""

    id: int
    words: str
    ready: bool

    @property
    def token(self) -> str:
        return f"{{{{ảnh {self.id}}}}}"


def photographs(article: Article, extras: Extras) -> list[Choice]:
    """The office's photographs that may be chosen, newest first, and those that the text has."""
    rows = list(Photo.objects.filter(office_id=article.office_id, retired=False).order_by("-pk")[:NEWEST])
    own = {item.photo for item in extras.shown} | ({extras.photo} if extras.photo else set())
    rows += list(Photo.objects.filter(office_id=article.office_id, pk__in=own - {row.pk for row in rows}).order_by("-pk"))
    return [Choice(row.pk, row.caption or row.alt or row.place, bool(row.credit and (row.alt or row.decorative))) for row in rows]


def library_differs(article: Article, extras: Extras) -> bool:
    """Whether the library says something else now of a photograph of the text."""
    rows = Photo.objects.filter(office_id=article.office_id).in_bulk([item.photo for item in extras.shown])
    return any(
        (item.caption, item.credit, item.alt, item.decorative) != (row.caption, row.credit, row.alt, row.decorative)
        for item in extras.shown if (row := rows.get(item.photo)) is not None
    )


def tags_called(text: str, actor: Actor, day: date) -> list[Tag]:
    """Programmes and standing units whose name holds the text, programmes first."""
    if not text.strip():
        return []
    found: list[Tag] = [("programme", one.slug, _programme(one)) for one in programmes.search(text, actor)]
    found += [("unit", str(hit.id), hit.name) for hit in organisations.search(text, day) if hit.kind == "unit" and hit.ended is None and not hit.renamed]
    return found[:OFFERED]


def tag_named(text: str, actor: Actor, day: date) -> Tag | None:
    """The one that the text can only mean: the only one found, or the only one of just this name."""
    found = tags_called(text, actor, day)
    same = name_search(text)
    exact = [tag for tag in found if same(tag[2]) and len(tag[2]) == len(text.strip())]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def tags_of(values: Iterable[str], actor: Actor, day: date) -> list[Tag]:
    """Tags by what a form sends ("programme:slug", "unit:id"), with the names of today; what is unknown is left out."""
    told = [value.partition(":") for value in dict.fromkeys(values)]
    slugs, units = [key for kind, _c, key in told if kind == "programme"], [whole(key) for kind, _c, key in told if kind == "unit"]
    names = organisations.unit_names([unit for unit in units if unit is not None], day)
    known = {one.slug: one for one in programmes.programmes_seen(actor).filter(slug__in=slugs)}
    found: list[Tag] = []
    for kind, _colon, key in told:
        if kind == "programme" and key in known:
            found.append(("programme", key, _programme(known[key])))
        elif kind == "unit" and names.get(whole(key) or 0):
            found.append(("unit", key, names[whole(key) or 0]))
    return found


def programme_names(actor: Actor) -> list[str]:
    """What the box for tags offers by itself."""
    return [_programme(one) for one in programmes.programmes_seen(actor)[:NEWEST]]


def _programme(one: Programme) -> str:
    return one.title[:300]
