"""One-time loader: read the published packages, write the small CSV files of `organisations/data`.

    python scripts/extract_units.py WHEELS_DIR

WHEELS_DIR holds the two wheels named in `WHEELS`, fetched with `pip download --no-deps`.
The reviewed tables `respelt.csv` and `mapping_b/aliases.csv` are inputs written by hand.
Nothing is guessed: what cannot be joined goes to `mapping_b/unjoined.csv`. Running the
script again gives the same bytes.
"""

from __future__ import annotations

import ast
import csv
import json
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from units_mapping_b import join_b
from units_names import Links, Row, split_name
from units_sources import write_sources

DATA = Path(__file__).resolve().parents[1] / "src/soket/organisations/data"
WHEELS = {
    "a": "vietnamadminunits-1.0.4-py3-none-any.whl",
    "b": "vietnam_address_converter-1.0.5-py3-none-any.whl",
}


def area(code: str, level: int, full: str, parent: str) -> Row:
    kind, name = split_name(full)
    return {"code": code, "level": str(level), "type": kind, "name": name, "parent_code": parent}


def write(path: str, header: str, rows: list[Row]) -> None:
    with (DATA / path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, header.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read(path: str) -> list[Row]:
    with (DATA / path).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def load_a(wheel: Path) -> tuple[list[sqlite3.Row], list[sqlite3.Row], dict[str, Any]]:
    """Old rows, new rows and the conversion table of `vietnamadminunits`."""
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        base = archive.extract("vietnamadminunits/data/dataset.db", folder)
        db = sqlite3.connect(base)
        db.row_factory = sqlite3.Row
        old = db.execute("SELECT * FROM admin_units_legacy").fetchall()
        new = db.execute("SELECT * FROM admin_units").fetchall()
        db.close()
        links = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
    return old, new, links


def load_b(wheel: Path) -> list[dict[str, Row]]:
    """The rows of `vietnam-address-converter`, read from its module without running it."""
    with zipfile.ZipFile(wheel) as archive:
        source = archive.read("vietnam_address_converter/data.py").decode()
    calls = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and n.args)
    rows: list[dict[str, Row]] = json.loads(ast.literal_eval(next(calls).args[0]))["mapping"]["rows"]
    return rows


def by_level_and_code(row: Row) -> tuple[str, str]:
    return row["level"], row["code"]


def pair_rows(pairs: Links) -> list[Row]:
    return [{"old_code": old, "new_code": new} for old, new in sorted(pairs)]


def areas(old: list[sqlite3.Row], new: list[sqlite3.Row]) -> tuple[list[Row], list[Row]]:
    before, after = {}, {}
    for r in old:
        p, d = r["provinceCode"], r["districtCode"]
        before[p] = area(p, 1, r["province"], "")
        before[d] = area(d, 2, r["district"], p)
        if r["ward"]:  # five island districts have no communes
            before[r["wardCode"]] = area(r["wardCode"], 3, r["ward"], d)
    for r in new:
        p = r["provinceCode"]
        after[p] = area(p, 1, r["province"], "")
        after[r["wardCode"]] = area(r["wardCode"], 3, r["ward"], p)
    return sorted(before.values(), key=by_level_and_code), sorted(after.values(), key=by_level_and_code)


def links_a(old: list[sqlite3.Row], new: list[sqlite3.Row], table: dict[str, Any]) -> tuple[Links, Links]:
    """Province links and commune links, the package's text keys turned into codes."""
    old_code = {
        f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r["wardCode"] or r["districtCode"] for r in old
    }
    new_code = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    before = {r["provinceKey"]: r["provinceCode"] for r in old}
    after = {r["provinceKey"]: r["provinceCode"] for r in new}
    provinces = {(before[o], after[n]) for n, olds in table["DICT_PROVINCE"].items() for o in olds}
    communes = set()
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        communes |= {(old_code[o], new_code[province, n]) for n, olds in wards.items() for o in olds}
    for province, wards in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        communes |= {(old_code[o], new_code[province, n["newWardKey"]]) for o, parts in wards.items() for n in parts}
    return provinces, communes


def mark_continuing(before: list[Row], after: list[Row], provinces: Links, communes: Links) -> None:
    """Fill `continues`: one predecessor, whole, same code and type, same name (letter case
    and the reviewed respellings of `respelt.csv` aside)."""
    old = {row["code"]: row for row in before}
    respelt = {row["code"] for row in read("respelt.csv")}
    for row in after:
        links = provinces if row["level"] == "1" else communes
        into = [o for o, n in links if n == row["code"]]
        row["continues"] = ""
        if into == [row["code"]] and sum(o == row["code"] for o, _ in links) == 1:
            was = old[row["code"]]
            named = was["name"].lower() == row["name"].lower() or row["code"] in respelt
            if named and was["type"] == row["type"] and was["level"] == row["level"]:
                row["continues"] = row["code"]


def main(wheels: Path) -> None:
    old, new, table = load_a(wheels / WHEELS["a"])
    before, after = areas(old, new)
    provinces, communes = links_a(old, new, table)
    mark_continuing(before, after, provinces, communes)
    write("old_areas.csv", "code,level,type,name,parent_code", before)
    write("new_areas.csv", "code,level,type,name,parent_code,continues", after)
    write("province_links.csv", "old_code,new_code", pair_rows(provinces))
    write("mapping_a.csv", "old_code,new_code", pair_rows(communes))
    joined, unjoined = join_b(load_b(wheels / WHEELS["b"]), before, after, read("mapping_b/aliases.csv"))
    write("mapping_b/mapping_b.csv", "old_code,new_code", pair_rows(joined))
    write("mapping_b/unjoined.csv", "kind,name_b,new_name_b,code,reason", unjoined)
    write_sources(DATA, {key: wheels / name for key, name in WHEELS.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
