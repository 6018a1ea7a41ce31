"""The session as an Akoma Ntoso 1.0 debate (OASIS LegalDocML): sections by agenda line, speeches with their times.

People stand in it by office and unit; a name only where the unit gave one.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from soket.conferences.core.course import Course
from soket.conferences.models import Conference
from soket.conferences.queries import after
from soket.conferences.queries.after import Told
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.text import showable

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def debate_xml(conference: Conference, on: date) -> bytes:
    """The document's bytes. `on` is the day of the manifestation."""
    went, sections = after.told(conference)
    ET.register_namespace("", NS)
    root = ET.Element(f"{{{NS}}}akomaNtoso")
    debate = _add(root, "debate", name="bienBanHoiNghi")
    _meta(debate, conference, went, sections, on)
    preface = _add(debate, "preface")
    _text(_add(preface, "p"), conference.title)
    body = _add(debate, "debateBody")
    for place, one in enumerate(sections, 1):
        _section(body, place, one)
    if not sections:
        _text(_add(_add(_add(body, "debateSection", eId="dbsect_1", name="none"), "other"), "p"), "Chưa có diễn biến được ghi.")
    return HEAD + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _add(parent: ET.Element, tag: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{NS}}}{tag}", {key: showable(value) for key, value in attributes.items()})


def _text(element: ET.Element, words: str) -> None:
    element.text = showable(words)


def _iso(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


def _meta(debate: ET.Element, conference: Conference, went: Course, sections: Sequence[Told], on: date) -> None:
    meta = _add(debate, "meta")
    identification = _add(meta, "identification", source="#soket")
    held = day_of(went.began_at or conference.starts_at).isoformat()
    uri = f"/akn/vn/debate/{held}/{conference.slug}"
    for level, path, when in (("FRBRWork", uri, held), ("FRBRExpression", f"{uri}/vie@", held), ("FRBRManifestation", f"{uri}/vie@.xml", on.isoformat())):
        block = _add(identification, level)
        _add(block, "FRBRthis", value=f"{path}/!main" if level != "FRBRManifestation" else f"{uri}/vie@/!main.xml")
        _add(block, "FRBRuri", value=path)
        _add(block, "FRBRdate", date=when, name="held" if level != "FRBRManifestation" else "made")
        _add(block, "FRBRauthor", href="#office" if level == "FRBRWork" else "#soket")
        if level == "FRBRWork":
            _add(block, "FRBRcountry", value="vn")
        if level == "FRBRExpression":
            _add(block, "FRBRlanguage", language="vie")
        if level == "FRBRManifestation":
            _add(block, "FRBRformat", value="application/akn+xml")
    references = _add(meta, "references", source="#soket")
    _add(references, "TLCOrganization", eId="soket", href="/akn/ontology/organization/soket", showAs="Soket")
    _add(references, "TLCOrganization", eId="office", href=f"/akn/ontology/organization/unit-{conference.office_id}", showAs=conference.chaired_by)
    seen: dict[str, str] = {}
    for one in sections:
        for key, href, words in _voices(one):
            if seen.setdefault(key, words) == words and references.find(f"*[@eId='{key}']") is None:
                _add(references, "TLCPerson" if href.startswith("/akn/ontology/person") else "TLCOrganization", eId=key, href=href, showAs=words)


def _voices(one: Told) -> list[tuple[str, str, str]]:
    found = []
    speaker = one.item.speaker if one.item else None
    if speaker:
        key = _speaker(speaker)
        found.append((key, f"/akn/ontology/person/{key}", ", ".join(filter(None, [speaker["name"], *speaker["titles"], speaker["unit"]]))))
    for speech in one.section.speeches:
        words = ", ".join(dict.fromkeys(filter(None, [speech.who, one.units.get(speech.unit, "")])))
        found.append((f"unit-{speech.unit}-{speech.site}", f"/akn/ontology/organization/unit-{speech.unit}", words))
    return found


def _speaker(speaker: dict[str, Any]) -> str:
    return f"delegate-{speaker.get('number') or speaker.get('id') or speaker.get('site_id') or 0}"


def _section(body: ET.Element, place: int, one: Told) -> None:
    item = one.item
    section = _add(body, "debateSection", eId=f"dbsect_{place}", name=item.kind if item else "other")
    if item:
        _text(_add(section, "num"), item.number)
        _text(_add(section, "heading"), item.title)
    if item and item.speaker:
        speech = _timed(section, _speaker(item.speaker), one.section.began_at, one.section.ended_at)
        _text(_add(speech, "from"), ", ".join(filter(None, [item.speaker["name"], *item.speaker["titles"]])))
        _text(_add(speech, "p"), item.paper["title"] if item.paper else item.title)
    for given in one.section.speeches:
        speech = _timed(section, f"unit-{given.unit}-{given.site}", given.began_at, given.ended_at)
        _text(_add(speech, "from"), ", ".join(dict.fromkeys(filter(None, [given.who, one.units.get(given.unit, "")]))))
        _text(_add(speech, "p"), one.sites.get(given.site, ""))
    for at, words in one.section.announcements:
        scene = _add(section, "scene")
        _add(scene, "recordedTime", time=_iso(at))
        scene[-1].tail = showable(words)
    if len(section) == (2 if item else 0):
        _text(_add(section, "narrative"), "Không ghi phát biểu.")


def _timed(section: ET.Element, by: str, began: datetime, ended: datetime | None) -> ET.Element:
    times = {"startTime": _iso(began)} | ({"endTime": _iso(ended)} if ended else {})
    return _add(section, "speech", by=f"#{by}", **times)
