"""What a rule's value must be, by its key. Values are plain data, so that they can be written as canonical JSON and read years later."""
from __future__ import annotations

import re
from typing import Any

ABSENT = ("left_out", "against", "by_letter")
GROUPS = ("principle", "clock", "council", "threshold", "money", "salary")  # as the page of rules lists them
PRINCIPLES = ("one_form", "no_discipline", "thematic_apart", "old_dossiers")
_UNIT = re.compile(r"council\.[1-9][0-9]{0,9}")
_MONEY = re.compile(r"money\.[a-z0-9_]+(\.[a-z0-9_]+)*")
_TWO_PARTS = re.compile(r"(clock|notice|threshold)\.[a-z_]+(\.[a-z_]+)*")
MOST_DAYS = 250


class Unfit(Exception):
    """A value that is none for its key; `field` names the part that is wrong, `code` what is wrong with it."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


def group_of(key: str) -> str:
    """The group of a key; empty for a key that is none."""
    if key in PRINCIPLES:
        return "principle"
    if key == "base_salary":
        return "salary"
    if key == "council" or _UNIT.fullmatch(key):
        return "council"
    if _MONEY.fullmatch(key):
        return "money"
    found = _TWO_PARTS.fullmatch(key)
    return {"clock": "clock", "notice": "clock", "threshold": "threshold"}[found.group(1)] if found else ""


def unit_of(key: str) -> int | None:
    """The unit whose council the key is about; None for every other key."""
    return int(key.removeprefix("council.")) if _UNIT.fullmatch(key) else None


def checked(key: str, value: dict[str, Any]) -> dict[str, Any]:
    """The value with exactly the parts that its key has. Raises Unfit."""
    check = {"principle": _principle, "clock": _clock, "council": _council, "threshold": _threshold, "money": _money, "salary": _salary}
    group = group_of(key)
    if not group:
        raise Unfit("key", "unknown")
    return check[group](value)


def _principle(value: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value.get("enforced"), bool):
        raise Unfit("enforced", "missing")
    return {"enforced": value["enforced"]}


def _clock(value: dict[str, Any]) -> dict[str, Any]:
    return {"working_days": _whole(value, "working_days", 1, MOST_DAYS)}


def _salary(value: dict[str, Any]) -> dict[str, Any]:
    return {"dong": _whole(value, "dong", 1, 10**9)}


def _threshold(value: dict[str, Any]) -> dict[str, Any]:
    return {"threshold": share(value.get("threshold"), "threshold")}


def _council(value: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value.get("secret"), bool):
        raise Unfit("secret", "missing")
    if value.get("absent") not in ABSENT:
        raise Unfit("absent", "unknown")
    quorum, threshold = share(value.get("quorum"), "quorum"), share(value.get("threshold"), "threshold")
    return {"quorum": quorum, "threshold": threshold, "secret": value["secret"], "absent": value["absent"]}


def _money(value: dict[str, Any]) -> dict[str, Any]:
    given = {kind: multiple(value[kind], kind) for kind in ("person", "collective") if value.get(kind) is not None}
    if not given:
        raise Unfit("person", "missing")
    return {**given, "at_most": True} if value.get("at_most") is True else given


def _whole(value: dict[str, Any], field: str, least: int, most: int) -> int:
    found = value.get(field)
    if not isinstance(found, int) or isinstance(found, bool):
        raise Unfit(field, "missing")
    if not least <= found <= most:
        raise Unfit(field, "outside")
    return found


def pair(value: Any, field: str) -> list[int]:
    """Two whole numbers, the second above nothing. Raises Unfit."""
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
        raise Unfit(field, "missing")
    top, bottom = value
    if top < 0 or not 1 <= bottom <= 1000:
        raise Unfit(field, "outside")
    return [top, bottom]


def share(value: Any, field: str) -> list[int]:
    """A part of a whole, above nothing and at most all of it. Raises Unfit."""
    top, bottom = pair(value, field)
    if not 1 <= top <= bottom:
        raise Unfit(field, "share")
    return [top, bottom]


def multiple(value: Any, field: str) -> list[int]:
    """How many times the base salary: above nothing, at most 100 times. Raises Unfit."""
    top, bottom = pair(value, field)
    if not 1 <= top <= 100 * bottom:
        raise Unfit(field, "outside")
    return [top, bottom]
