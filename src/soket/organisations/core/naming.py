"""How units are called after the area they sit on, and what names are sorted by.

Names are Vietnamese proper names and are stored, not translated.
"""
from __future__ import annotations

import re
from datetime import date
from typing import Any

from soket.kernel.text import canonical_text, folded, sort_key

POLICE, FRONT, MASS, PEOPLE = "police", "front", "mass", "people"
BOARDS_MERGED = date(2025, 3, 1)

_PARTY_COMMITTEE = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "xã": "Đảng ủy xã",
    "phường": "Đảng ủy phường",
    "đặc khu": "Đảng ủy đặc khu",
}
_DIGITS = re.compile(r"\d+")


def bare(name: str, kind: str) -> str:
    """The area's name without its type: "xã An Phú" is "An Phú"."""
    return name[len(kind) + 1 :] if kind and name.startswith(f"{kind} ") else name


def area_sort_text(name: str, kind: str) -> str:
    """Areas are ordered by their own name, then by type; numbered wards by their number."""
    return numbered(f"{bare(name, kind)} {kind}")


def numbered(text: str) -> str:
    """Numbers padded so that phường 2 comes before phường 10."""
    return _DIGITS.sub(lambda found: found[0].zfill(4), text)


def unit_name(line: str, area_name: str, kind: str, on: date) -> str:
    """The name that a line's unit bears on an area, by the names in use on that day.

    Raises KeyError for a line that names its units otherwise.
    """
    if line == MASS:
        board = "Ban Tuyên giáo và Dân vận" if on >= BOARDS_MERGED else "Ban Dân vận"
        return f"{board} {_PARTY_COMMITTEE[kind]} {bare(area_name, kind)}"
    before = {POLICE: "Công an", FRONT: "Ủy ban MTTQ Việt Nam", PEOPLE: "Ủy ban nhân dân"}[line]
    return f"{before} {area_name}"


def renamed_after(unit: str, old_area: str, old_kind: str, new_area: str, new_kind: str) -> str:
    """The unit's name with the new name of its area in the place of the old one; unchanged when the
    old name does not stand in it."""
    if unit.endswith(f" {old_area}"):
        return f"{unit[: -len(old_area)]}{new_area}"
    old_committee, new_committee = (
        f"{_PARTY_COMMITTEE.get(kind, kind)} {bare(name, kind)}" for name, kind in ((old_area, old_kind), (new_area, new_kind))
    )
    return f"{unit[: -len(old_committee)]}{new_committee}" if unit.endswith(f" {old_committee}") else unit


def forms(name: str, sort_text: str, key: bytes | None = None) -> dict[str, Any]:
    """The name with its search and sort forms, as a dated row stores them."""
    return {"name": name, "canonical": canonical_text(name), "folded": folded(name), "sort_key": key or sort_key(sort_text)}


def unit_sort_text(name: str, area_name: str = "", kind: str = "") -> str:
    """Units are ordered by the area they sit on, then by their own name."""
    return numbered(f"{bare(area_name, kind)} {kind} {name}".strip())
