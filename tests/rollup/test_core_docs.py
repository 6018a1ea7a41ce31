"""The worked numbers in docs/algorithms/rollup.md and restatement.md, computed again."""
from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from bench._country import COMMUNE, PROVINCE, load
from soket.rollup.core import (
    DECLARED,
    Area,
    Cell,
    Edge,
    FigureState,
    FigureValue,
    Geography,
    LeafTable,
    ReportRow,
    RoundTotals,
    Rule,
    State,
    Succession,
    TimeKind,
    UnitKind,
    apportion,
    figure,
    joint_count,
    number,
    over_time,
    restate,
)
from tests.rollup.core_world import FIRST

pytestmark = pytest.mark.one_database
DOCS = Path(__file__).parents[2] / "docs/algorithms"
COUNTRY = 1_000_000
LATER = FIRST + timedelta(days=100)
MARKS = {"–": State.MISSING, "n": State.NOTHING, "x": State.NOT_APPLICABLE, "e": State.EXCUSED}
Row = dict[str, str]


@cache
def worked(page: str, name: str) -> list[Row]:
    """The rows of the table under a mark, by column."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"<!-- worked: {re.escape(name)} -->\n((?:\|.*\n)+)", text)
    assert found, f"{page} has no table {name}"
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def by_first(page: str, name: str) -> dict[str, list[str]]:
    return {cells[0]: cells[1:] for cells in (list(row.values()) for row in worked(page, name))}


def cell(text: str) -> Cell:
    return (MARKS[text], 0) if text in MARKS else number(int(text))


def written(shown: FigureValue) -> str:
    """A figure as the tables print it."""
    if shown.state is FigureState.BLANK:
        return "blank"
    if shown.state is FigureState.NOT_COMPARABLE:
        return "not comparable"
    if shown.state is FigureState.RANGE:
        return f"{shown.numerator} … {shown.upper}"
    return f"{shown.numerator} / {shown.denominator}" if shown.denominator is not None else str(shown.numerator)


def map_of(rows: list[Row], on_later: bool = False) -> Geography:
    provinces = sorted({int(row["province"]) for row in rows})
    areas = [Area(COUNTRY, None, 0), *(Area(province, COUNTRY, 1) for province in provinces)]
    areas += [Area(int(row["commune"]), int(row["province"]), 3) for row in rows]
    return Geography.build(areas, on=LATER if on_later else FIRST)


def over_targets(table: LeafTable, map_: Geography, edges: list[Edge]) -> dict[int, RoundTotals]:
    """Totals for every area of a map, level by level."""
    placement = restate(table, Succession(edges), map_)
    found: dict[int, RoundTotals] = {}
    for level in (0, 1, 3):
        totals = RoundTotals(table, placement.group(map_.at_level(level)))
        found.update(dict.fromkeys(map_.at_level(level), totals))
    return found


@cache
def one_round() -> dict[int, RoundTotals]:
    rows = worked("rollup.md", "cells")
    listed = [ReportRow.of(int(row["commune"]), [cell(row[name]) for name in "aby"]) for row in rows]
    map_ = map_of(rows)
    return over_targets(LeafTable.from_rows(listed, key="q", on=FIRST, columns=list("aby"), geography=map_), map_, [])


UNITS = {
    "sum of a": Rule("a", UnitKind.SUM),
    "largest a": Rule("a", UnitKind.MAX),
    "smallest a": Rule("a", UnitKind.MIN),
    "a per member (ratio a : b)": Rule("r", UnitKind.RATIO, numerator="a", denominator="b"),
    "mean of a weighted by b": Rule("a", UnitKind.WMEAN, weight="b"),
    "share of units that say yes in y": Rule("y", UnitKind.SHARE),
    "members b, never summed (distinct)": Rule("b", UnitKind.DISTINCT),
    "a, not aggregated": Rule("a", UnitKind.NONE),
}


def test_docs_every_rule_over_units() -> None:
    table = by_first("rollup.md", "units")
    assert table.keys() == UNITS.keys()
    for name, shown in table.items():
        assert [written(figure(UNITS[name], area, one_round()[area])) for area in (1, 2, COUNTRY)] == shown, name
    assert figure(UNITS["a per member (ratio a : b)"], 2, one_round()[2]).unpaired == 1


def test_docs_coverage() -> None:
    covered = [one_round()[area].coverage("a", area) for area in (1, 2, COUNTRY)]
    names = {"nothing to report": "nothing", "not applicable": "not_applicable", "due (the denominator)": "due"}
    for name, shown in by_first("rollup.md", "coverage").items():
        assert [str(getattr(one, names.get(name, name))) for one in covered] == shown, name


def test_docs_the_declared_table() -> None:
    table = {units: {*shown[0].split(", ")} for units, shown in by_first("rollup.md", "declared").items()}
    assert table == {units.value: {time.value for time in times} for units, times in DECLARED.items()}


def test_docs_every_rule_over_time() -> None:
    rows = worked("rollup.md", "quarters")
    map_ = map_of([{"commune": row["commune"], "province": "1"} for row in rows])
    rounds = []
    for at in (1, 2, 3):
        listed = [ReportRow.of(int(row["commune"]), [cell(row[f"quarter {at}"])]) for row in rows]
        table = LeafTable.from_rows(listed, key=str(at), on=FIRST + timedelta(days=at), columns=["a"])
        rounds.append(RoundTotals(table, restate(table, Succession([]), map_).group([1])))
    for name, (shown, missing) in by_first("rollup.md", "time").items():
        made = over_time(Rule("a", UnitKind.SUM, TimeKind(name)), 1, rounds)
        assert (written(made), str(made.coverage.missing)) == (shown, missing), name
    assert over_time(Rule("a", UnitKind.SUM, TimeKind.LAST), 1, rounds).lacking == (102,)


def test_docs_joint_events() -> None:
    rows = worked("rollup.md", "joint")
    map_ = map_of(worked("rollup.md", "cells"))
    listed = [ReportRow(at, int(row["reported from commune"])) for at, row in enumerate(rows)]
    table = LeafTable.from_rows(listed, key="joint", on=FIRST, columns=())
    placement = restate(table, Succession([]), map_)
    events = [rows[unit]["event"] for unit in table.unit_ids.tolist()]
    counts = {**joint_count(events, placement.group([1, 2])), **joint_count(events, placement.group([COUNTRY]))}
    names = {"province 1": 1, "province 2": 2, "country": COUNTRY}
    assert {name: [str(counts[area].count)] for name, area in names.items()} == by_first("rollup.md", "joint counts")


def acts() -> list[Edge]:
    made = []
    for row in worked("restatement.md", "acts"):
        share = None if row["share"] == "undecided" else row["share"].split("/")
        made.append(Edge(int(row["old"]), int(row["new"]), LATER, *((int(share[0]), int(share[1])) if share else ())))
    return made


@pytest.mark.parametrize(("reports", "expected", "other"), [("before", "after", "new"), ("new", "back", "before")])
def test_docs_restatement_forwards_and_backwards(reports: str, expected: str, other: str) -> None:
    rows = worked("restatement.md", reports)
    listed = [ReportRow.of(int(row["commune"]), [number(int(row["number"]))]) for row in rows]
    table = LeafTable.from_rows(listed, key="q", on=LATER if reports == "new" else FIRST, columns=["a"])
    map_ = map_of(worked("restatement.md", other), on_later=other == "new")
    found = over_targets(table, map_, acts())
    assert len(worked("restatement.md", expected)) == len(map_)
    for row in worked("restatement.md", expected):
        area = COUNTRY if row["area"] == "country" else int(row["area"])
        above = map_.parents[map_.place(area)]
        assert row["above"] == ("" if above < 0 else str(map_.ids[above]).replace(str(COUNTRY), "country"))
        shown = figure(Rule("a", UnitKind.SUM), area, found[area])
        assert (written(shown), ", ".join(map(str, shown.gaps))) == (row["figure"], row["gaps"]), area
        notes = ", ".join(f"{note.amount} of {note.whole} from {note.area}" for note in shown.shares)
        assert notes == row.get("decided shares", ""), area


def test_docs_dividing_whole_numbers() -> None:
    for row in worked("restatement.md", "shares"):
        parts = apportion(int(row["whole"]), [Fraction(share) for share in row["shares"].split(", ")])
        assert ", ".join(map(str, parts)) == row["parts"]


@cache
def namesakes() -> set[int]:
    """Old communes that share their name and a successor with a commune of another old province."""
    country = load()
    names = country.old_names()
    successors: dict[int, set[int]] = {}
    for edge in country.edges:
        successors.setdefault(edge.old, set()).add(edge.new)
    places = country.old.positions(np.array(country.old.at_level(COMMUNE), np.int64))
    homes = country.old.target_of(places, country.old.at_level(PROVINCE)).tolist()
    alike: dict[str, list[tuple[int, int]]] = {}
    for area, home in zip(country.old.at_level(COMMUNE), homes, strict=True):
        alike.setdefault(names[area], []).append((area, home))
    pairs = [pair for listed in alike.values() for pair in combinations(listed, 2)]
    return {area for one, two in pairs if one[1] != two[1] and successors[one[0]] & successors[two[0]] for area in (one[0], two[0])}


def test_docs_the_map_of_1_july_2025() -> None:
    country = load()

    def placed(new: bool) -> tuple[list[int], RoundTotals, RoundTotals]:
        here, there = (country.new, country.old) if new else (country.old, country.new)
        rows = [ReportRow.of(area, [number(1)]) for area in here.at_level(COMMUNE)]
        table = LeafTable.from_rows(rows, key="q", on=here.on, columns=["a"], geography=here)
        placement = restate(table, Succession(country.edges), there)
        groups = [placement.group(there.at_level(level)) for level in (PROVINCE, COMMUNE)]
        return there.at_level(PROVINCE), RoundTotals(table, groups[0]), RoundTotals(table, groups[1])

    new_provinces, forward, divided = placed(False)
    old_provinces, backward, _ = placed(True)
    found = {
        "old communes": len(country.old.at_level(COMMUNE)),
        "new communes": len(country.new.at_level(COMMUNE)),
        "old provinces": len(old_provinces),
        "new provinces": len(new_provinces),
        "divided communes, shares undecided": len({area for gaps in divided.groups.gaps for area in gaps}),
        "old communes that are a gap for a new province": sum(map(len, forward.groups.gaps)),
        "old communes inside new Hưng Yên (33)": forward.reports(country.id_of(True, "33")).expected,
        "new communes inside old Thái Bình (34)": backward.reports(country.id_of(False, "34")).expected,
        "new communes that are a gap for an old province": len({area for gaps in backward.groups.gaps for area in gaps}),
        "old provinces with such a gap": sum(1 for gaps in backward.groups.gaps if gaps),
        "old communes that share their name and a successor with one of another old province": len(namesakes()),
        "of these, divided by mapping A": len(namesakes() & country.divided("mapping_a.csv")),
        "of these, divided by mapping B": len(namesakes() & country.divided("mapping_b/mapping_b.csv")),
    }
    assert {name: [str(count)] for name, count in found.items()} == by_first("restatement.md", "country")
    for crossing in {area for gaps in backward.groups.gaps for area in gaps}:
        others = [edge.old for edge in country.edges if edge.new == crossing and edge.old not in namesakes()]
        table = LeafTable.from_rows([ReportRow(area, area) for area in others], key="q", on=country.old.on, columns=())
        homes = restate(table, Succession([]), country.old).group(old_provinces).labels
        assert len(set(homes.tolist())) <= 1, "without the communes of one name nothing crosses the border"
