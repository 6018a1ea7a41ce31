"""WordPress's export (WXR 1.0 to 1.2): posts, with their attachments looked up by number."""
from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from soket.kernel.clock import VIETNAM
from soket.publishing.arriving.items import BadArchive, Fault, Item, Picture

OURS = {"post", "page"}  # menus, revisions and attachments are no articles


def items(content: bytes) -> Iterator[Item]:
    """Posts and pages in the order of the file. Raises BadArchive."""
    attachments = {one.pop("id"): one for one in _attachments(content)}
    number = 0
    for told in _told(content):
        if told["type"] in OURS:
            number += 1
            yield _item(number, told, attachments)


def _attachments(content: bytes) -> Iterator[dict[str, str]]:
    for told in _told(content):
        if told["type"] == "attachment" and told["file"]:
            yield {"id": told["id"], "src": told["file"], "alt": told["meta"].get("_wp_attachment_image_alt", ""), "caption": told["excerpt"]}


def _item(number: int, told: dict[str, Any], attachments: dict[str, dict[str, str]]) -> Item:
    faults: list[Fault] = []
    if told["type"] == "page":
        faults.append(("kind", "page"))
    if told["status"] != "publish":
        faults.append(("unpublished", told["status"]))
    if told["password"]:
        faults.append(("private", ""))
    cover = attachments.get(told["meta"].get("_thumbnail_id", ""))
    return Item(
        number=number, url=told["link"], title=told["title"], lead=told["excerpt"], body=told["content"], at=_when(told), byline=told["creator"],
        sections=tuple(dict.fromkeys(told["sections"])), featured=Picture(**cover) if cover else None, faults=tuple(faults),
    )


def _when(told: dict[str, Any]) -> datetime | None:
    """UTC as WordPress keeps it; else its local time, read as Viet Nam's; else the feed's date. None also for a year that no clock has."""
    found = _read(told)
    try:
        return found and found.astimezone(VIETNAM)
    except OverflowError:
        return None


def _read(told: dict[str, Any]) -> datetime | None:
    for text, zone in ((told["gmt"], UTC), (told["local"], VIETNAM)):
        try:
            if text and not text.startswith("0000"):
                return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        except ValueError:
            continue
    try:
        found = parsedate_to_datetime(told["date"]) if told["date"] else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _told(content: bytes) -> Iterator[dict[str, Any]]:
    """Every item of the channel as plain words. Each is thrown away when it was read."""
    try:
        for _event, element in iterparse(io.BytesIO(content), events=("end",), forbid_dtd=True):
            if element.tag == "item":
                yield _words(element)
                element.clear()
    except (DefusedXmlException, ParseError) as error:
        raise BadArchive("bomb" if isinstance(error, DefusedXmlException) else "not_xml") from error
    except (ValueError, LookupError) as error:  # a declared encoding that does not exist
        raise BadArchive("not_xml") from error


def _words(element: Element) -> dict[str, Any]:
    names = {
        "title": "title", "link": "link", "pubDate": "date", "creator": "creator", "post_id": "id", "post_date": "local", "post_date_gmt": "gmt",
        "status": "status", "post_type": "type", "post_password": "password", "attachment_url": "file",
    }
    found: dict[str, Any] = {**dict.fromkeys([*names.values(), "content", "excerpt"], ""), "sections": [], "meta": {}}
    for child in element:
        space, _cut, name = child.tag.rpartition("}")
        text = (child.text or "").strip()
        if name == "encoded":
            found["excerpt" if "excerpt" in space else "content"] = text
        elif name == "category" and child.get("domain") == "category" and text:
            found["sections"].append(text)
        elif name == "postmeta":
            pair = {part.tag.rpartition("}")[2]: part.text or "" for part in child}
            found["meta"][pair.get("meta_key", "")] = pair.get("meta_value", "").strip()
        elif name in names:
            found[names[name]] = text
    return found
