"""The real map before and after 1 July 2025 as trees and acts, from the committed lists; made up when they are absent.

Our own ids, not codes: most codes of the new communes repeat an old one.
"""
from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from soket.rollup.core import Area, Edge, Geography

DATA = Path(__file__).parents[1] / "src/soket/organisations/data"
BEFORE, REFORM, AFTER = date(2025, 6, 14), date(2025, 7, 1), date(2025, 9, 14)
NATION, PROVINCE, COMMUNE = 0, 1, 3


@dataclass(frozen=True)
class Country:
    """Both trees, the acts between them, and where they come from."""

    source: str
    old: Geography
    new: Geography
    edges: list[Edge]

    def id_of(self, new: bool, code: str) -> int:
        """The id of a code: districts, provinces and communes differ in their number of digits."""
        return _id(new, code)

    def old_names(self) -> dict[int, str]:
        """Names of the old areas by id, from the published list."""
        return {_id(False, row["code"]): row["name"] for row in _rows("old_areas.csv")}

    def divided(self, mapping: str) -> set[int]:
        """Old areas with more than one successor in a published mapping."""
        counts = Counter(_id(False, row["old_code"]) for row in _rows(mapping))
        return {area for area, count in counts.items() if count > 1}


def _id(new: bool, code: str) -> int:
    return (2 if new else 1) * 10_000_000 + len(code) * 1_000_000 + int(code)


def load() -> Country:
    """The published map, or one of the same shape."""
    if not (DATA / "old_areas.csv").exists():
        return made_up()
    old = Geography.build(_areas("old_areas.csv", False), on=BEFORE, version=1)
    new = Geography.build(_areas("new_areas.csv", True), on=AFTER, version=1)
    return Country("published lists, mapping A", old, new, [*_edges("mapping_a.csv"), *_edges("province_links.csv")])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _areas(name: str, new: bool) -> Iterator[Area]:
    yield Area(NATION, None, 0)
    for row in _rows(name):
        parent = _id(new, row["parent_code"]) if row["parent_code"] else NATION
        yield Area(_id(new, row["code"]), parent, int(row["level"]), row["code"])


def _edges(name: str) -> list[Edge]:
    pairs = [(_id(False, row["old_code"]), _id(True, row["new_code"])) for row in _rows(name)]
    successors = Counter(old for old, _ in pairs)
    return [Edge(old, new, REFORM, *((1, 1) if successors[old] == 1 else (None, None))) for old, new in pairs]


def made_up(provinces: int = 63, districts: int = 11, communes: int = 10_035) -> Country:
    """A country of the same shape: communes merge by threes inside provinces that merge by twos, some divided."""
    old, new = [Area(NATION, None, 0)], [Area(NATION, None, 0)]
    edges: list[Edge] = []
    for province in range(provinces):
        old.append(Area(_id(False, f"{province:02}"), NATION, PROVINCE, province))
        home = _id(True, f"{province // 2:02}")
        if province % 2 == 0:
            new.append(Area(home, NATION, PROVINCE, province))
        old += [Area(_id(False, f"{province * districts + at:03}"), _id(False, f"{province:02}"), 2, at) for at in range(districts)]
    for commune in range(communes):
        province = commune * provinces // communes
        district = province * districts + commune % districts
        here = _id(False, f"{commune:05}")
        old.append(Area(here, _id(False, f"{district:03}"), COMMUNE, commune))
        first = province * 1000 + commune % 50
        targets = [first, province * 1000 + (commune + 1) % 50] if commune % 22 == 0 else [first]
        whole = (1, 1) if len(targets) == 1 else (None, None)
        edges += [Edge(here, _id(True, f"{target:05}"), REFORM, *whole) for target in targets]
    for target in sorted({edge.new for edge in edges}):
        province = target % 1_000_000 // 1000
        new.append(Area(target, _id(True, f"{province // 2:02}"), COMMUNE, target))
    return Country("made up", Geography.build(old, on=BEFORE), Geography.build(new, on=AFTER), edges)
