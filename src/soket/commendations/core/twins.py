"""Whether two nominations may be one achievement: the same recipient, or names that look alike, over days that meet. Pure.

The law gives one form for one achievement, whoever issues it. The machine only points; a person settles it.
"""
from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from soket.kernel.text import canonical_text, folded

TITLES = (
    "đồng chí", "đ/c", "ông", "bà", "anh", "chị", "gs.", "pgs.", "ts.", "ths.", "giáo sư", "tiến sĩ", "thạc sĩ", "bác sĩ", "đại tướng", "thượng tướng",
    "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "thượng úy", "trung úy", "thiếu úy", "thượng sĩ",
    "trung sĩ", "hạ sĩ",
)  # fmt: skip
_PLAIN = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True)
class Claim:
    """What one nomination asks to be rewarded. `key` says who (the recipient key), `name` as printed; `kin` are the unit and all it
    followed, `above` the unit over it; `programme` None: all programmes of the review. Both days of the achievement are included."""

    id: Hashable
    key: str
    person: bool
    name: str
    unit: int
    kin: frozenset[int]
    above: int | None
    programme: int | None
    start: date
    end: date


@lru_cache(maxsize=65536)
def squeezed(name: str) -> str:
    """A name without marks, blanks and the titles in front of it: what is compared.

    >>> squeezed("Đồng chí Thượng tá Lê  Văn Á")
    'levana'
    """
    text = canonical_text(name)
    while title := next((one for one in TITLES if text.startswith(f"{one} ")), ""):
        text = text[len(title) :].strip()
    return _PLAIN.sub("", folded(text))


def near(one: str, other: str) -> bool:
    """Whether at most one letter was put in, left out or changed."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[at:] == long[at + 1 :] or (len(short) == len(long) and short[at + 1 :] == long[at + 1 :])


def meets(one: Claim, other: Claim) -> bool:
    """Whether the achievements share a programme and a day."""
    same = one.programme is None or other.programme is None or one.programme == other.programme
    return same and one.start <= other.end and other.start <= one.end


def kinship(one: Claim, other: Claim) -> str:
    """"exact" for the same recipient, "alike" for one that may be, "" for another."""
    if one.key == other.key:
        return "exact"
    if one.person != other.person:
        return ""
    mine, theirs = squeezed(one.name), squeezed(other.name)
    if one.person:
        return "alike" if mine == theirs or (one.unit == other.unit and near(mine, theirs)) else ""
    followed = one.unit in other.kin or other.unit in one.kin
    return "alike" if followed or (mine == theirs and one.above == other.above) else ""


def twin(one: Claim, other: Claim) -> str:
    """How two nominations may be one achievement: "exact", "alike" or ""."""
    return kinship(one, other) if one.id != other.id and meets(one, other) else ""
