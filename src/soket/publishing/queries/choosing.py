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
from soket.publishing import frozen, markup, wordings
from soket.publishing.models import Article, Category, Photo
from soket.publishing.texts import Extras
from soket.reviews import queries as reviews

Tag = tuple[str, str, str]
OFFERED = 12
NEWEST = 200
PICKED = 24
"""Photographs shown at once beside the text."""


def conferences(actor: Actor, day: date) -> list[Conference]:
    """The newest conferences that the actor may see."""
    return list(scope.conferences(actor, day)[:NEWEST])


def categories(extras: Extras) -> list[tuple[str, str]]:
    """Open categories, and the one that the text has."""
    rows = Category.objects.all()
    return [(str(row.pk), row.name) for row in rows if not row.closed or row.pk == extras.category]


@dataclass(frozen=True)
class Choice:
    """A photograph of the library: its token, what it shows, whether it may be published as it is, and its smallest size."""

    id: int
    words: str
    ready: bool
    credit: str = ""
    width: int = 0
    height: int = 0

    @property
    def token(self) -> str:
        return f"{{{{ảnh {self.id}}}}}"


@dataclass(frozen=True)
class Placed:
    """A photograph of the text, as the library has it; `choice` also has its smallest size. `lead`: it stands under the lead."""

    choice: Choice
    caption: str
    credit: str
    alt: str
    decorative: bool
    lead: bool


def photographs(article: Article, extras: Extras, also: int | None = None) -> list[Choice]:
    """The office's photographs that may be chosen, newest first, and those that the text has or names."""
    rows = list(Photo.objects.filter(office_id=article.office_id, retired=False).order_by("-pk")[:NEWEST])
    own = {item.photo for item in extras.shown} | {photo for photo in (extras.photo, also) if photo}
    rows += list(Photo.objects.filter(office_id=article.office_id, pk__in=own - {row.pk for row in rows}).order_by("-pk"))
    return [_choice(row) for row in rows]


def offered(article: Article, words: str = "") -> list[Choice]:
    """The newest photographs that the office offers, each with its smallest size; with `words` those of whose caption, alternative text, place or
    credit they are part, with or without marks."""
    rows = Photo.objects.filter(office_id=article.office_id, retired=False).order_by("-pk")
    if words.strip():
        fits = name_search(words)
        told = rows.values_list("pk", "caption", "alt", "place", "credit")
        rows = rows.filter(pk__in=[pk for pk, *texts in told if any(fits(text) for text in texts)][:PICKED])
    return [_choice(row, sized=True) for row in rows.prefetch_related("renditions")[:PICKED]]


def placed(article: Article, body: str, lead: int | None) -> list[Placed]:
    """The photographs of a text that is being written: the one under the lead, then those named in the body; each once."""
    blocks, _wrong = markup.read(body, {}, bound=False)
    wanted = list(dict.fromkeys([*([lead] if lead else []), *markup.photos(blocks)]))
    rows = Photo.objects.filter(office_id=article.office_id).prefetch_related("renditions").in_bulk(wanted) if wanted else {}
    found = [rows[pk] for pk in wanted if pk in rows]
    return [Placed(_choice(row, sized=True), row.caption, row.credit, row.alt, row.decorative, row.pk == lead) for row in found]


def _choice(row: Photo, *, sized: bool = False) -> Choice:
    words, ready = row.caption or row.alt or row.place, bool(row.credit and (row.alt or row.decorative))
    small = min(row.renditions.all(), key=lambda size: size.width, default=None) if sized else None
    return Choice(row.pk, words, ready, row.credit, small.width if small else 0, small.height if small else 0)


@dataclass(frozen=True)
class Figure:
    """A figure that may be inserted: its token, value, name and unit of measure; `ways`: (token, words) of true round words.

    `group`: figures of one group may stand in one chart; empty where a figure has no single value to draw.
    """

    token: str
    display: str
    label: str
    measure: str
    ways: list[tuple[str, str]]
    group: str

    @property
    def code(self) -> str:
        return self.token[2:-2]


def figures(article: Article, language: str) -> list[Figure]:
    """The figures of the edition that a new revision is written on, in the order of the dossier."""
    edition = reviews.current_edition(article.review) if article.review else None
    found = []
    for code, figure in (frozen.figures(edition) if edition else {}).items():
        value = frozen.value(figure)
        ways = [(f"{{{{{code}|{words}}}}}", words) for words in wordings.ways(value)]
        group = "" if value.amount is None else "%" if value.percent else f"={value.measure}"
        measure = "" if value.percent else figure.measure(language)
        found.append(Figure(f"{{{{{code}}}}}", figure.display("vi"), figure.label(language), measure, ways, group))
    return found


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
