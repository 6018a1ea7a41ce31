"""The documented tables (docs/operations/archive.md): a CSV with a head, or JSON."""
from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from soket.kernel.clock import VIETNAM
from soket.publishing.arriving.items import BadArchive, Fault, Item, Picture

NAMES = frozenset({
    "url", "title", "lead", "body", "published_at", "byline", "source", "category", "categories", "picture", "picture_alt", "picture_caption", "picture_credit",
    "pictures",
})  # fmt: skip
LARGEST_CELL = 2_000_000
_SHAPES = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y %H:%M", "%d-%m-%Y")


def from_csv(content: bytes) -> Iterator[Item]:
    """Rows under the head. Raises BadArchive."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadArchive("not_utf8") from error
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
        if "title" not in names or "body" not in names:
            raise BadArchive("no_head")
        rows.fieldnames = names
        for number, row in enumerate(rows, 1):
            odd = [("bad_row", "")] if None in row or None in row.values() else []
            yield _item(number, {name: value for name, value in row.items() if isinstance(value, str) and name}, odd)
    except csv.Error as error:
        raise BadArchive("not_csv") from error
    finally:
        csv.field_size_limit(before)


def from_json(content: bytes) -> Iterator[Item]:
    """A list of articles, or an object that has it as "articles". Raises BadArchive."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadArchive("not_utf8") from error
    except (ValueError, RecursionError) as error:
        raise BadArchive("not_json") from error
    rows = told.get("articles") if isinstance(told, dict) else told
    if not isinstance(rows, list):
        raise BadArchive("no_list")
    for number, row in enumerate(rows, 1):
        yield _item(number, row, []) if isinstance(row, dict) else Item(number, faults=(("bad_row", ""),))


def unknown(content: bytes, form: str) -> list[str]:
    """Names in a table that nobody reads, for the report. The file was read before."""
    text = content.decode("utf-8-sig")
    if form == "csv":
        head = text.partition("\n")[0]
        names = {name.strip().lower() for row in csv.reader([head], delimiter=max(",;\t", key=head.count)) for name in row}
    else:
        told = json.loads(text)
        names = {str(name) for row in (told["articles"] if isinstance(told, dict) else told) if isinstance(row, dict) for name in row}
    return sorted(names - NAMES - {""})[:50]


def _item(number: int, row: Mapping[str, Any], faults: list[Fault]) -> Item:
    def word(name: str) -> str:
        value = row.get(name)
        if value is None or value == "" or isinstance(value, str):
            return (value or "").strip()
        faults.append(("bad_value", name))
        return ""

    listed = row.get("categories")
    sections = [str(one).strip() for one in listed] if isinstance(listed, list) else word("categories").split(";")
    sections = [*word("category").split(";"), *sections]
    told = word("published_at")
    at = _when(told)
    if told and at is None:
        faults.append(("bad_date", told[:100]))
    featured = Picture(word("picture"), word("picture_alt"), word("picture_caption"), word("picture_credit")) if word("picture") else None
    return Item(
        number=number, url=word("url"), title=word("title"), lead=word("lead"), body=word("body"), at=at, byline=word("byline"), source=word("source"),
        sections=tuple(dict.fromkeys(one.strip() for one in sections if one.strip())), featured=featured, pictures=_pictures(row.get("pictures"), faults),
        faults=tuple(faults),
    )


def _pictures(told: Any, faults: list[Fault]) -> tuple[Picture, ...]:
    """Photographs of a JSON article that its text does not place: they follow it. A CSV has none."""
    found = []
    for one in told if isinstance(told, list) else []:
        if isinstance(one, dict) and isinstance(one.get("file"), str) and one["file"]:
            words = {name: one[name].strip() for name in ("alt", "caption", "credit") if isinstance(one.get(name), str)}
            found.append(Picture(one["file"], **words))
        else:
            faults.append(("bad_value", "pictures"))
    return tuple(found)


def _when(text: str) -> datetime | None:
    """ISO 8601, or a day as it is written in Viet Nam; without a zone it is Viet Nam's time."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        for shape in _SHAPES:
            try:
                found = datetime.strptime(re.sub(r"\s+", " ", text), shape)  # noqa: DTZ007 - the zone follows
                break
            except ValueError:
                continue
        else:
            return None
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=VIETNAM)
        aware.astimezone(VIETNAM)
    except OverflowError:
        return None
    return aware
