"""The committed lists of administrative units, read and, for small worlds, cut to some provinces."""
from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Listed:
    """A row of a list. `continues` is the old code of the same area, empty for one formed anew."""

    code: str
    level: int
    kind: str
    name: str
    parent: str
    continues: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Published:
    """`old` and `new` by code in the order of the files; mappings as pairs of codes."""

    old: dict[str, Listed]
    new: dict[str, Listed]
    province_links: list[tuple[str, str]]
    mapping_a: list[tuple[str, str]]
    mapping_b: list[tuple[str, str]]
    files: dict[str, dict[str, Any]]

    @cached_property
    def kept_codes(self) -> dict[str, str]:
        """Old code → new code of the areas that go on."""
        return {row.continues: code for code, row in self.new.items() if row.continues}

    def old_province(self, code: str) -> str:
        row = self.old[code]
        while row.parent:
            row = self.old[row.parent]
        return row.code


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _areas(name: str) -> dict[str, Listed]:
    listed = (
        Listed(row["code"], int(row["level"]), row["type"], row["name"], row["parent_code"], row.get("continues", ""))
        for row in _rows(name)
    )
    return {row.code: row for row in listed}


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(row["old_code"], row["new_code"]) for row in _rows(name)]


def read(only: Iterable[str] | None = None) -> Published:
    """The lists; `only` keeps the provinces of 1 July 2025 with these codes and all that became them.

    Raises KeyError for a code that is no province.
    """
    files = json.loads((DATA / "SOURCES.json").read_text(encoding="utf-8"))["files"]
    whole = Published(
        _areas("old_areas.csv"), _areas("new_areas.csv"), _pairs("province_links.csv"), _pairs("mapping_a.csv"),
        _pairs("mapping_b/mapping_b.csv"), files,
    )  # fmt: skip
    return whole if only is None else _cut(whole, set(only))


def _cut(whole: Published, provinces: set[str]) -> Published:
    for code in provinces:
        if whole.new[code].level != 1:
            raise KeyError(code)
    before = {old for old, new in whole.province_links if new in provinces}
    old = {code: row for code, row in whole.old.items() if whole.old_province(code) in before}
    new = {code: row for code, row in whole.new.items() if (row.parent or code) in provinces}

    def inside(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [pair for pair in pairs if pair[0] in old and pair[1] in new]

    links = [pair for pair in whole.province_links if pair[1] in provinces]
    return Published(old, new, links, inside(whole.mapping_a), inside(whole.mapping_b), whole.files)
