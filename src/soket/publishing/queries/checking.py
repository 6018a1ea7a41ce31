"""A text that is being written, looked at as saving would: everything that is wrong, what could be set better, and how it will read."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from soket.kernel.clock import VIETNAM, day_of
from soket.organisations import queries as organisations
from soket.publishing import core, frozen, markup, rules, typography
from soket.publishing.advice_words import said
from soket.publishing.models import Article, Category, Photo, Revision
from soket.publishing.queries import bodies
from soket.publishing.queries.desk import latest_release
from soket.publishing.release import Parsed, build, figure_entry, photo_entry
from soket.publishing.texts import Extras, field_of
from soket.reviews import queries as reviews
from soket.reviews.models import Edition

FIELDS = ("title", "lead", "body")
MOST = 60  # points of one kind that are shown
LONGEST = 60_000  # characters looked at for advice; a longer text is refused anyway
_MARKS = re.compile(r"(?:hơn|trên|gần|khoảng)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Fix:
    """One change of a text that the editor may ask for: at this place, this for that."""

    field: str
    at: int
    old: str
    new: str

    @property
    def value(self) -> str:
        return json.dumps([self.field, self.at, self.old, self.new], ensure_ascii=False)


@dataclass(frozen=True)
class Point:
    """Something to look at. `at` -1: its place is not known to the letter. `line` 0 in a text of one line. `where` names the field."""

    field: str
    kind: str
    words: str
    line: int
    at: int
    length: int
    fixes: Sequence[Fix] = ()

    @property
    def where(self) -> str:
        if self.field == "body" and self.line:
            return _("Body, line %(line)s") % {"line": self.line}
        return _where(self.field)


@dataclass(frozen=True)
class Checked:
    """`faults` keep the text from being saved; `advices` do not. `content` is the copy a release would have, faulty lines as they were written."""

    faults: Sequence[Point]
    advices: Sequence[Point]
    content: Mapping[str, Any]
    more: int = 0

    def words(self, field: str) -> list[str]:
        """The faults of one field, as a refusal says them."""
        return [rules.placed(point.words, point.line) for point in self.faults if point.field == field]


def checked(article: Article, head: Revision | None, texts: Mapping[str, str], extras: Extras, at: datetime) -> Checked:
    """The texts (title, lead, body) against the edition on which they would be saved."""
    texts = {name: texts.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    edition = reviews.current_edition(article.review) if article.review else None
    values = frozen.values(edition) if edition else {}
    bound = not article.imported
    blocks, wrong = markup.read(texts["body"], values, bound=bound)
    known = _photos(article, [*markup.photos(blocks), *([extras.photo] if extras.photo else [])], extras)
    wrong = wrong + [core.TextFault("photo", str(photo), token=f"{{{{ảnh {photo}}}}}") for photo in markup.photos(blocks) if photo not in known]
    faults = [point for name in ("title", "lead") for point in _points(name, texts[name], _line_faults(texts[name], values, bound), values)]
    faults += _points("body", texts["body"], wrong, values)
    placed = [*([extras.photo] if extras.photo else []), *markup.photos(blocks)]
    faults += [*_twice(texts["body"], placed), *_lacking(placed, known)]
    advices = list(_advised(_every_field(texts, extras, [known[photo] for photo in dict.fromkeys(placed) if photo in known]), day_of(at)))
    shown = Parsed(_lenient(texts["title"], values, bound), _lenient(texts["lead"], values, bound), tuple(_drawable(blocks, known)))
    content = _content(article, head, edition, shown, known, extras, at)
    return Checked(faults[:MOST], advices[:MOST], content, max(0, len(faults) - MOST) + max(0, len(advices) - MOST))


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _line_faults(text: str, values: Mapping[str, core.Value], bound: bool) -> list[core.TextFault]:
    return core.line_faults(_one_line(text), values, bound=bound)


def _lenient(text: str, values: Mapping[str, core.Value], bound: bool) -> tuple[core.Run, ...]:
    line = _one_line(text)
    try:
        return core.runs(line, values, bound=bound)
    except core.TextFault:
        return (core.Run("text", line),)


def _drawable(blocks: Sequence[markup.Block], known: Mapping[int, Any]) -> Iterator[markup.Block]:
    """Blocks that can be drawn: a photograph that the library has, a chart of known figures."""
    for block in blocks:
        if (block.kind != "photo" or block.photo in known) and (block.kind != "chart" or block.codes):
            yield block


def _points(field: str, text: str, faults: Sequence[core.TextFault], values: Mapping[str, core.Value]) -> list[Point]:
    taken: set[int] = set()
    found = []
    for fault in faults:
        at, length = _place(fault, text, taken)
        found.append(Point(field, fault.fault, rules.plainly(fault), fault.line, at, length, tuple(_fixes(field, text, fault, at, values)) if at >= 0 else ()))
    return found


def _place(fault: core.TextFault, text: str, taken: set[int]) -> tuple[int, int]:
    """Where the piece at fault stands; each place is given once. A number bound to nothing is looked for outside tokens."""
    wanted = fault.token or fault.found
    start = 0
    for _line in range(fault.line - 1):
        start = text.find("\n", start) + 1
    held = [] if fault.token else [match.span() for match in core.TOKEN.finditer(text)]
    at = text.find(wanted, start) if wanted else -1
    while at >= 0:
        if at not in taken and not any(first <= at < last for first, last in held):
            taken.add(at)
            return at, len(wanted)
        at = text.find(wanted, at + 1)
    return -1, 0


def _fixes(field: str, text: str, fault: core.TextFault, at: int, values: Mapping[str, core.Value]) -> Iterator[Fix]:
    """What could stand there: a figure that says just this, or the mark that it is from elsewhere."""
    if fault.fault == "drift":
        code = fault.token[2:].partition("|")[0].strip()
        for way in core.rewordings(fault.found, values[code]):
            yield Fix(field, at, fault.token, way)
    elif fault.fault == "unbound":
        yield from _bindings(field, text, fault.found, at, values)
        yield Fix(field, at, fault.found, f"[[{fault.found}]]")


def _bindings(field: str, text: str, found: str, at: int, values: Mapping[str, core.Value]) -> Iterator[Fix]:
    """Figures that say just this, two at most. A bare number stands for a figure only before the figure's own unit of measure."""
    mark = _MARKS.search(text[:at])
    start = mark.start() if mark else at
    whole = text[start : at + len(found)]
    ways = list(dict.fromkeys(["" if mark else re.split(r"[ \u00a0]", whole)[0], whole.rpartition(" ")[0], whole]))
    fixes = [fix for value in values.values() if (fix := _binding(field, text, start, ways, value)) is not None]
    yield from fixes[:2]


def _binding(field: str, text: str, start: int, ways: Sequence[str], value: core.Value) -> Fix | None:
    for words in ways:
        after = text[start + len(words) :].lstrip().lower()
        if words and core.true_of(words, value) and (value.percent or after.startswith(value.measure.lower()) or words.endswith(value.measure)):
            same = words == value.display.replace("\u00a0", " ")
            return Fix(field, start, words, f"{{{{{value.code}}}}}" if same else f"{{{{{value.code}|{words}}}}}")
    return None


def fixed(texts: Mapping[str, str], value: str) -> dict[str, str]:
    """The texts with one change made; as they were when the place no longer holds what was to be changed."""
    done = {name: text.replace("\r\n", "\n") for name, text in texts.items()}
    try:
        field, at, old, new = json.loads(value)
        if field in done and isinstance(at, int) and at >= 0 and done[field][at : at + len(old)] == old:
            done[field] = done[field][:at] + str(new) + done[field][at + len(old) :]
    except (ValueError, TypeError, KeyError):
        return done
    return done


def _twice(text: str, placed: Sequence[int]) -> Iterator[Point]:
    """A photograph that stands in the text a second time."""
    for photo in {photo for photo in placed if placed.count(photo) > 1}:
        token = f"{{{{ảnh {photo}}}}}"
        at = text.rfind(token)
        yield Point("body", "photo", _("A photograph stands once in a text."), text.count("\n", 0, at) + 1 if at >= 0 else 0, at, len(token) if at >= 0 else 0)


def _lacking(placed: Sequence[int], known: Mapping[int, Mapping[str, Any]]) -> Iterator[Point]:
    """What keeps a photograph of the text from being published."""
    for photo in dict.fromkeys(photo for photo in placed if photo in known):
        entry = known[photo]
        if not entry["credit"]:
            yield Point(field_of(photo, "credit"), "photo", _("The photograph has no credit."), 0, 0, 0)
        if not entry["alt"] and not entry["decorative"]:
            yield Point(field_of(photo, "alt"), "photo", _("Write what one sees, or mark the photograph as decorative."), 0, 0, 0)


def _every_field(texts: Mapping[str, str], extras: Extras, photos: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """All words that a reader gets, by the field in which they are written, in reading order."""
    shown = {field_of(int(entry["asset"]), name): entry[name] for entry in photos for name in ("caption", "credit", "alt")}
    return {"title": texts["title"], "lead": texts["lead"], **shown, "body": texts["body"], "byline": extras.byline, "source": extras.source}


def _where(field: str) -> str:
    """The field's name as the form has it."""
    photo, _dash, name = field.removeprefix("anh").partition("-")
    if name:
        told = {"caption": _("caption"), "credit": _("credit"), "alt": _("alternative text")}[name]
        return _("Photograph %(number)s, %(field)s") % {"number": photo, "field": told}
    names = {"title": _("Statement title"), "lead": _("Lead"), "body": _("Body"), "byline": _("Byline"), "source": _("Source line")}
    return names[field]


def _advised(fields: Mapping[str, str], day: Any) -> Iterator[Point]:
    """The advice on every field. One way of placing tone marks holds for all; an abbreviation is told in full once, in whichever field."""
    fields = {name: text[:LONGEST] for name, text in fields.items()}
    set_well, shortened = typography.together(fields), set()
    for field, text in fields.items():
        beside = "\n".join(other for name, other in fields.items() if name != field)
        found = sorted([*set_well[field], *bodies.advices(text, day, beside)], key=lambda one: (one.start, one.kind))
        for one in found:
            if one.kind == "abbreviation" and one.found in shortened:
                continue
            shortened |= {one.found} if one.kind == "abbreviation" else set()
            fixes = (Fix(field, one.start, one.found, one.suggestion),) if one.sure and (one.suggestion or one.kind == "before_mark") else ()
            yield Point(field, one.kind, said(one), one.line if "\n" in text else 0, one.start, one.end - one.start, fixes)


def _photos(article: Article, wanted: Sequence[int], extras: Extras) -> dict[int, dict[str, Any]]:
    """Entries of the photographs that the office's library has and that have been made ready for a page."""
    told = {item.photo: item for item in extras.shown}
    found = {}
    for photo in Photo.objects.filter(office_id=article.office_id, pk__in=set(wanted)).prefetch_related("renditions__file"):
        sizes = sorted(((one.file.sha256, one.width, one.height, one.file.media_type, one.file.size) for one in photo.renditions.all()), key=lambda s: s[1])
        mine = told.get(photo.pk)
        words = {name: getattr(mine, name) if mine and getattr(mine, name) is not None else getattr(photo, name) for name in ("caption", "credit", "alt")}
        decorative = mine.decorative if mine and mine.decorative is not None else photo.decorative
        if sizes:
            found[photo.pk] = photo_entry(asset=photo.pk, decorative=decorative, sizes=sizes, **{**words, **({"alt": ""} if decorative else {})})
    return found


def _content(
    article: Article, head: Revision | None, edition: Edition | None, shown: Parsed, photos: Mapping[int, dict[str, Any]], extras: Extras, at: datetime
) -> dict[str, Any]:
    """As `contents.copy_of`, of a text that is not saved."""
    review, previous = article.review, latest_release(article)
    before = json.loads(previous.content) if previous else None
    category = Category.objects.filter(pk=extras.category).first() if extras.category else None
    office, now = organisations.unit_nearest(article.office_id, day_of(at)), at.astimezone(VIETNAM).isoformat(timespec="seconds")
    figures = frozen.figures(edition) if edition else {}
    top = {
        "slug": article.slug, "number": previous.number + 1 if previous else 1, "published_at": now,
        "first_published_at": before["first_published_at"] if before else now, "office": {"id": str(article.office_id), "name": office.name if office else ""},
        "review": {"slug": review.slug, "code": review.code, "title": review.title} if review else None,
        "edition": {"number": edition.number, "digest": edition.digest} if edition else None,
        "category": {"slug": category.slug, "name": {"vi": category.name, "en": category.name_en}} if category else None,
        "byline": extras.byline, "source": extras.source, "imported": article.imported, "synthetic": article.synthetic,
        "photo": photos.get(extras.photo or 0), "tags": [{"kind": kind, "key": key, "label": label} for kind, key, label in extras.tags],
    }  # fmt: skip
    entries = [
        figure_entry(figures[code].body, figures[code].display("vi"), figures[code].display("en"), frozen.kind_of(figures[code])) for code in shown.codes
    ]
    return build(shown, head=top, figures=entries, previous=before, note=head.note if head else "", photos=photos)
