"""National roll-up: 10,035 communes × 60 indicators × 20 quarters to all provinces, reported and restated.

The engine is the one the pages use: `soket.rollup.columns` maps the rounds, `soket.rollup.core` places and adds
them, and with `--data` the pages themselves are measured on a built world. "Cold" is a fresh process,
interpreter start included, that maps the rounds and computes every province × quarter × indicator with its six
counts of states; the operating system's page cache is warm. "Scan" is a fresh process that only adds up the
same bytes. SQL peers hold the same cells and return the sums alone, on warm caches, which favours them.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pysqlite3

from bench import _cold, _pages, _peers
from bench._country import BEFORE, COMMUNE, NATION, PROVINCE, Country, load
from soket.rollup.columns import Stored, read_geography, write_edges, write_geography, write_round
from soket.rollup.core import LeafTable, ReportRow, RoundTotals, Rule, State, Succession, TimeKind, UnitKind, figure, number, restate

SHARES = {State.VALUE: 0.80, State.ZERO: 0.08, State.NOTHING: 0.05, State.NOT_APPLICABLE: 0.02, State.MISSING: 0.05}


def make_rounds(country: Country, columns: int, rounds: int, seed: int) -> list[LeafTable]:
    """Synthetic quarters of every old commune, in the order of the tree; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    areas = np.array(country.old.at_level(COMMUNE), np.int64)
    names = tuple(f"i{at:02}" for at in range(columns))
    made = []
    for at in range(rounds):
        on = BEFORE - timedelta(days=91 * (rounds - 1 - at))
        states = rng.choice(np.array(list(SHARES), np.uint8), size=(columns, len(areas)), p=list(SHARES.values()))
        values = np.where(states == State.VALUE, rng.integers(1, 5000, size=states.shape), 0)
        rows = [np.zeros(len(areas), np.int64), np.full(len(areas), on.toordinal()), np.zeros(len(areas), np.int64)]
        made.append(LeafTable(f"round-{at:02}", on, names, ("",), areas, areas, *rows, values.T, states.T))
    return made


def write_world(folder: Path, country: Country, tables: list[LeafTable]) -> None:
    """The cut, both maps and the acts between them."""
    for table in tables:
        write_round(folder / f"{table.key}.cells", Stored(table, np.zeros((len(table), 32), np.uint8), "bench"))
    write_geography(folder / "old.map", country.old)
    write_geography(folder / "new.map", country.new)
    write_edges(folder / "acts", country.edges)


def fresh_process(what: str, folder: Path, times: int) -> dict[str, Any]:
    """Median wall time and inner time of fresh processes, after one that is not counted; and what they found."""
    out = folder / f"{what}.npz"
    walls, works, peaks = [], [], []
    for _ in range(times + 1):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "bench._cold", what, str(folder), str(out)], check=True, capture_output=True, text=True)
        walls.append(time.perf_counter() - began)
        said = json.loads(done.stdout)
        works.append(said["work_s"])
        peaks.append(said["peak_mb"])
    return {
        "wall_s": statistics.median(walls[1:]), "work_s": statistics.median(works[1:]), "peak_mb": max(peaks), "found": dict(np.load(out))
    }  # fmt: skip


def warm_ms(folder: Path, times: int = 7) -> float:
    """All provinces × quarters × indicators again in a process that holds the maps and the placement."""
    rounds = _cold.reported(folder)
    walls = []
    for _ in range(times):
        began = time.perf_counter()
        _cold.results([RoundTotals(one.table, one.groups) for one in rounds])
        walls.append(time.perf_counter() - began)
    return statistics.median(walls) * 1000


def patch_ms(folder: Path, times: int = 15) -> float:
    """From an accepted report in hand to the national figures of its round, in a copy of the table as the pages take it."""
    geography = read_geography(folder / "old.map")
    table = _cold.rounds(folder)[-1]
    groups = restate(table, Succession([]), geography).group([NATION])
    rules = [Rule(name, UnitKind.SUM, TimeKind.SUM) for name in table.columns]
    walls = []
    for at in range(times):
        unit = int(table.unit_ids[at * 97 % len(table)])
        row = ReportRow.of(unit, [number(at + column) for column in range(len(table.columns))], decision=at + 1)
        began = time.perf_counter()
        table = table.patched([row])
        totals = RoundTotals(table, groups)
        shown = [figure(rule, NATION, totals) for rule in rules]
        walls.append(time.perf_counter() - began)
        assert shown[0].numerator == int(table.values[:, 0].sum()), "the figure is not the sum of the cells"
    return statistics.median(walls) * 1000


def province_ms(folder: Path, times: int = 7) -> float:
    """Every figure of one province: all indicators × quarters with state and coverage, the totals kept as pages keep them."""
    rounds = _cold.reported(folder)
    _cold.results(rounds)
    rules = [Rule(name, UnitKind.SUM, TimeKind.SUM) for name in rounds[0].columns]
    province = rounds[0].groups.targets[0]
    walls = []
    for _ in range(times):
        began = time.perf_counter()
        for one in rounds:
            for rule in rules:
                figure(rule, province, one)
        walls.append(time.perf_counter() - began)
    return statistics.median(walls) * 1000


def new_province_of(country: Country) -> dict[int, int]:
    """Each old commune's new province by the plain way: up from any successor, all of which must agree."""
    successors: dict[int, list[int]] = {}
    for edge in country.edges:
        successors.setdefault(edge.old, []).append(edge.new)
    found = {}
    for commune in country.old.at_level(COMMUNE):
        homes = {_above(country.new, area) for area in successors[commune]}
        (found[commune],) = homes
    return found


def _above(map_: Any, area: int) -> int:
    at = map_.place(area)
    while map_.levels[at] != PROVINCE:
        at = map_.parents[at]
    return int(map_.ids[at])


def agrees(peer: _peers.Peer, area: str, targets: list[int], found: dict[str, np.ndarray], times: int) -> tuple[bool, float]:
    """Whether a database returns the engine's sums and counts, and its time for the sums."""
    place = {target: at for at, target in enumerate(targets)}
    took, rows = peer.timed(_peers.LONG_SUMS, area, times)
    sums = np.zeros_like(found["sums"])
    listed = np.array(rows, np.int64)
    sums[listed[:, 1], listed[:, 2], [place[one] for one in listed[:, 0].tolist()]] = listed[:, 3]
    counts = np.zeros_like(found["counts"])
    listed = np.array(peer.ask(_peers.LONG_COUNTS.format(area=area)), np.int64)
    counts[listed[:, 1], listed[:, 3], listed[:, 2], [place[one] for one in listed[:, 0].tolist()]] = listed[:, 4]
    return bool(np.array_equal(sums, found["sums"]) and np.array_equal(counts, found["counts"])), took


def against(peer: _peers.Peer, country: Country, reported: dict[str, np.ndarray], restated: dict[str, np.ndarray]) -> dict[str, Any]:
    """Times and agreement of one database on both boundaries, and its time in the wide shape."""
    same_old, sums_s = agrees(peer, "old_province", country.old.at_level(PROVINCE), reported, 2)
    same_new, _ = agrees(peer, "new_province", country.new.at_level(PROVINCE), restated, 1)
    return {"equal": same_old and same_new, "sql_s": sums_s, "wide_s": peer.wide(2)}


def compare(folder: Path, country: Country, tables: list[LeafTable], cold: dict[str, Any], restated: dict[str, Any], skip: bool) -> dict[str, Any]:
    """Both databases, one after the other, on the same cells."""
    if skip:
        return {"sqlite": None, "postgres": None, "notes": "peers left out by --no-sql"}
    new = new_province_of(country)
    communes = [(area, _above(country.old, area), new[area]) for area in country.old.at_level(COMMUNE)]
    values = np.stack([table.values.T for table in tables], axis=1)
    states = np.stack([table.states.T for table in tables], axis=1)
    out: dict[str, Any] = {"notes": ""}
    with _peers.sqlite(folder, communes, values, states) as peer:
        out["sqlite"] = against(peer, country, cold["found"], restated["found"])
    if not (_peers.PGBIN / "initdb").exists():
        return {**out, "postgres": None, "notes": "PostgreSQL 15 is not installed: apt-get install postgresql-15"}
    with _peers.postgres(communes, values, states) as peer:
        out["postgres"] = against(peer, country, cold["found"], restated["found"])
    return out


def heading(country: Country, arguments: argparse.Namespace, cells: int) -> None:
    print(f"machine    {platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}")
    print(f"versions   Python {platform.python_version()}, numpy {np.__version__}, SQLite {pysqlite3.sqlite_version}, psycopg {psycopg.__version__}")
    print(f"data       {cells:,} cells ({cells * 9 / 1e6:.0f} MB), seed {arguments.seed}, map: {country.source}")
    print("settings   page cache warm; SQLite file, 256 MB cache; PostgreSQL 15, fsync on, 1 GB buffers; median of 5, SQL best of 2\n")


def table_of(line: dict[str, Any]) -> None:
    def row(label: str, value: float | None, unit: str, note: str = "") -> None:
        shown = "—" if value is None else f"{value:,.3f}" if unit == "s" else f"{value:,.1f}"
        print(f"{label:44} {shown:>10} {unit:3} {note}")

    row("cold, reported boundaries (63 provinces)", line["cold_s"], "s", f"of which {line['cold_work_s']:.3f} s after imports")
    row("cold, restated boundaries (34 provinces)", line["restated_cold_s"], "s", f"of which {line['restated_work_s']:.3f} s after imports")
    row("reading the columns alone", line["scan_s"], "s", f"cold work is {line['cold_to_scan']:.1f} × this")
    row("warm, all provinces × rounds × indicators", line["warm_ms"], "ms")
    row("every figure of one province, totals kept", line["province_ms"], "ms")
    row("accepted row to the national figures", line["patch_ms"], "ms")
    row("page of one province, warm", line["page_ms"], "ms", line["page_note"])
    row("page of the country, first of a process", line["page_cold_ms"], "ms")
    row("acceptance recorded to national figure", line["fresh_ms"], "ms", "the act itself left out" if line["fresh_ms"] else "")
    row("peak memory of the cold process", line["peak_mb"], "MB")
    for name in ("postgres", "sqlite"):
        sums, wide = line[f"{name}_sql_s"], line[f"{name}_wide_s"]
        note = "" if sums is None else f"{sums / line['cold_s']:.1f} × cold, {sums * 1000 / line['warm_ms']:.0f} × warm"
        row(f"{name}, GROUP BY over cells", sums, "s", note)
        row(f"{name}, GROUP BY over wide reports", wide, "s", "" if wide is None else f"{wide / line['cold_s']:.1f} × cold")
    print(f"{'all engines agree, both boundaries':44} {str(line['equal']):>10}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--columns", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--data", default="data", help="folder of a world built by make demo, for the measures through the pages")
    parser.add_argument("--no-sql", action="store_true", help="leave the peers out")
    arguments = parser.parse_args()
    country = load()
    tables = make_rounds(country, arguments.columns, arguments.rounds, arguments.seed)
    cells = sum(table.values.size for table in tables)
    heading(country, arguments, cells)
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as name:
        folder = Path(name)
        write_world(folder, country, tables)
        cold, again, scan = (fresh_process(what, folder, 5) for what in ("reported", "restated", "scan"))
        peers = compare(folder, country, tables, cold, again, arguments.no_sql)
        line = {
            "cells": cells, "cold_s": cold["wall_s"], "cold_work_s": cold["work_s"], "scan_s": scan["work_s"],
            "cold_to_scan": cold["work_s"] / scan["work_s"], "restated_cold_s": again["wall_s"], "restated_work_s": again["work_s"],
            "warm_ms": warm_ms(folder), "province_ms": province_ms(folder), "patch_ms": patch_ms(folder), "peak_mb": cold["peak_mb"],
            "equal": all(peers[one]["equal"] for one in ("sqlite", "postgres") if peers[one]) if not arguments.no_sql else None,
        }  # fmt: skip
        pages = _pages.measure(Path(arguments.data))
        line |= pages | {"notes": "; ".join(note for note in (peers["notes"], pages["notes"]) if note)}
        for one in ("postgres", "sqlite"):
            line[f"{one}_sql_s"] = peers[one]["sql_s"] if peers[one] else None
            line[f"{one}_wide_s"] = peers[one]["wide_s"] if peers[one] else None
    table_of(line)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
