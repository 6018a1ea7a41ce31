"""Archives read and taken over by the worker. Both may be broken off anywhere and begun again: what was decided stays."""
from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.utils import translation

from soket.files import queries as files
from soket.files.actions import Upload
from soket.jobs.declare import job
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.kernel.door import Refused
from soket.publishing import arrival_words, shelving
from soket.publishing.actions import arrivals as actions
from soket.publishing.actions.photos import drawn
from soket.publishing.arriving import table
from soket.publishing.arriving.items import BadArchive, Fault, Item
from soket.publishing.arriving.pictures import Pictures, Placed, chosen
from soket.publishing.arriving.preparing import Prepared, prepared
from soket.publishing.arriving.reading import read
from soket.publishing.models import Arrival, ArrivalRow
from soket.publishing.queries import arrivals as queries

IMPORTER = SystemActor("arrivals", "Nhập kho bài cũ")
TOGETHER = 50
"""Articles put on the public shelf in one change."""
SECTIONS = 300


@job
def read_archive(*, arrival: int) -> int:
    """Read what was brought (by id) and say of each article what would be taken. Answers how many there are."""
    found = queries.by_id(arrival)
    if found is None or found.state != "waiting":
        return 0
    content = files.read(found.file)
    try:
        pictures = pictures_of(found)
        told = list(read(content, found.form))
    except BadArchive as bad:
        actions.fail_reading(arrival=found, fault=_in_each_language(bad.why), by=IMPORTER, at=now())
        return 0
    at = now()
    items = _foreseen(told, pictures, at)
    sections = Counter(name[:200] for item in told for name in item.sections).most_common(SECTIONS)
    notes: list[Fault] = [("column", name) for name in table.unknown(content, found.form)] if found.form in {"csv", "json"} else []
    actions.keep_reading(arrival=found, items=items, sections=sections, notes=[*notes, *pictures.left[:200]], by=IMPORTER, at=at)
    return len(items)


def _foreseen(told: list[Item], pictures: Pictures, at: datetime) -> list[actions.Foreseen]:
    """Each item with everything that can be said before it is taken."""
    standing = queries.standing(item.key for item in told)
    seen: set[str] = set()
    found = []
    for item in told:
        text, faults = examined(item, pictures, at)
        if item.key in seen:
            faults.append(("twice", ""))
        elif item.key in standing:
            faults.append(("already", standing[item.key]))
        seen.add(item.key)
        found.append(actions.Foreseen(item.number, item.key, text.title, tuple(faults)))
    return found


def examined(item: Item, pictures: Pictures, at: datetime) -> tuple[Prepared, list[Fault]]:
    """What would be taken of an item, and all that would not."""
    text = prepared(item, at)
    return text, [*text.faults, *chosen(text, pictures)[1]]


@job
def take_archive(*, arrival: int) -> int:
    """Take over what was approved (by id), article by article. Answers how many were taken now."""
    found = queries.by_id(arrival)
    if found is None or found.state != "approved":
        return 0
    waiting, pictures = queries.waiting(found), pictures_of(found)
    done: list[int] = []
    for item in read(files.read(found.file), found.form):
        row = waiting.get(item.number)
        if row is None:
            continue
        row = _taken(found, row, item, pictures)
        done += [row.article_id] if row.article_id else []
        if len(done) % TOGETHER == 0 and row.article_id:
            shelving.shelve_many(done[-TOGETHER:])
    if rest := len(done) % TOGETHER:
        shelving.shelve_many(done[-rest:])
    actions.finish(arrival=found, by=IMPORTER, at=now())
    return len(done)


def _taken(arrival: Arrival, row: ArrivalRow, item: Item, pictures: Pictures) -> ArrivalRow:
    at = now()
    text, faults = examined(item, pictures, at)
    if slug := queries.standing([item.key]).get(item.key):
        faults.append(("already", slug))
    if text.grave or slug or item.at is None:
        return actions.refuse_item(row=row, faults=faults, by=IMPORTER, at=at)
    photos = _brought(chosen(text, pictures)[0], pictures, text.source or str(arrival.plan["paper"]), faults)
    try:
        return actions.take_item(row=row, text=text, first=item.at, sections=item.sections, photos=photos, faults=faults, by=IMPORTER, at=at)
    except Refused as refused:
        return actions.refuse_item(row=row, faults=[*faults, ("refused", str(refused.message))], by=IMPORTER, at=at)


def _brought(placed: list[Placed], pictures: Pictures, paper: str, faults: list[Fault]) -> list[actions.Brought]:
    """Photographs with their sizes drawn, before the article's transaction begins. The older newspaper is credited where nobody else is."""
    found = []
    for one in placed:
        try:
            upload = Upload(pictures.read(one.name), PurePosixPath(one.name).name)
            made = drawn(upload)
        except BadArchive:
            faults.append(("picture_broken", one.picture.src[:300]))
        except Refused as refused:
            faults.append(("picture_refused", f"{one.picture.src[:200]}: {refused.message}"))
        else:
            found.append(actions.Brought(one.place, upload, made, one.picture.caption, one.picture.credit or paper, one.picture.alt))
    return found


def pictures_of(arrival: Arrival) -> Pictures:
    """The ZIP that came with it. Raises BadArchive."""
    return Pictures(files.read(arrival.pictures) if arrival.pictures else None)


def _in_each_language(why: str) -> dict[str, str]:
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = str(arrival_words.WHOLE[why])
    return words
