"""One fresh process of the roll-up bench: `python -m bench._cold WHAT FOLDER OUT`.

WHAT is `reported`, `restated` (all provinces × rounds × indicators from the cells on disk) or `scan` (only
read every byte of them). Writes the totals to OUT and prints one line of JSON.
"""
from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from soket.rollup.columns import read_edges, read_geography, read_round
from soket.rollup.core import LeafTable, RoundTotals, Succession, restate


def rounds(folder: Path) -> list[LeafTable]:
    """Every round of the folder, mapped as the pages map it."""
    return [read_round(path).table for path in sorted(folder.glob("*.cells"))]


def reported(folder: Path) -> list[RoundTotals]:
    """Every round on the tree it was reported on."""
    return _gather(rounds(folder), folder, "old")


def restated(folder: Path) -> list[RoundTotals]:
    """Every round on the later boundaries."""
    return _gather(rounds(folder), folder, "new")


def _gather(tables: list[LeafTable], folder: Path, map_: str) -> list[RoundTotals]:
    geography = read_geography(folder / f"{map_}.map")
    succession = Succession(read_edges(folder / "acts") if map_ == "new" else [])
    groups = restate(tables[0], succession, geography).group(geography.at_level(1))
    made = []
    for table in tables:
        if not np.array_equal(table.area_ids, tables[0].area_ids):
            groups = restate(table, succession, geography).group(groups.targets)
        made.append(RoundTotals(table, groups))
    return made


def results(rounds: list[RoundTotals]) -> dict[str, np.ndarray]:
    """Sums [rounds, columns, areas] and counts [rounds, states, columns, areas]."""
    return {"sums": np.stack([one.sums for one in rounds]), "counts": np.stack([one.counts for one in rounds])}


def scan(folder: Path) -> dict[str, np.ndarray]:
    """The floor: add up every byte of every column, in the order they lie on disk, without any grouping."""
    values, states = [], []
    for table in rounds(folder):
        values.append(np.add.reduce(table.values.T, axis=None))
        plain = np.ascontiguousarray(table.states.T).reshape(-1)
        states.append(np.add.reduce(plain[: plain.size // 8 * 8].view(np.int64)))
    return {"values": np.array(values), "states": np.array(states)}


def main(what: str, folder: Path, out: Path) -> None:
    began = time.perf_counter()
    found = scan(folder) if what == "scan" else results((restated if what == "restated" else reported)(folder))
    took = time.perf_counter() - began
    np.savez(out, **found)
    print(json.dumps({"work_s": took, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
