"""Mapping B: join the name rows of `vietnam-address-converter` to official codes.

Three steps, each inside the parent already found: the printed name; the name without its
marks where exactly one area answers to it; the reviewed table `mapping_b/aliases.csv`.
Whatever is left is listed with its reason, never guessed.
"""

from __future__ import annotations

from collections import defaultdict

from units_names import Links, Row, exact, fold

NOT_A_UNIT = {
    "Trung Tâm Huấn Luyện Cấm Sơn": "a military training centre, not an administrative unit",
}
UNKNOWN = "no commune of this name in the list of early 2025; the other names of its district are all joined"
UNREACHED = "no row of mapping B leads to this new unit"
Aliases = dict[tuple[str, str, str], str]


class Names:
    """Children of each parent by name, in falling order of strictness."""

    def __init__(self, areas: list[Row], aliases: Aliases, level: str) -> None:
        self.aliases = aliases
        self.strict: dict[tuple[str, str], str] = {}
        self.loose: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in (r for r in areas if r["level"] == level):
            full = f"{row['type']} {row['name']}"
            self.strict[row["parent_code"], exact(full)] = row["code"]
            self.loose[row["parent_code"], fold(full)].add(row["code"])

    def code(self, parent: str, name: str, path: tuple[str, str, str]) -> str:
        """The code, or "" when nothing answers or more than one area does."""
        if path in self.aliases:
            return self.aliases[path]
        if (parent, exact(name)) in self.strict:
            return self.strict[parent, exact(name)]
        found = self.loose[parent, fold(name)]
        return next(iter(found)) if len(found) == 1 else ""


def join_b(
    rows: list[dict[str, Row]], before: list[Row], after: list[Row], table: list[Row]
) -> tuple[Links, list[Row]]:
    """Pairs (old code, new code) and the list of what could not be joined."""
    aliases = {(r["province_b"], r["district_b"], r["name_b"]): r["code"] for r in table}
    provinces, districts, communes = (Names(before, aliases, level) for level in "123")
    new_provinces, new_communes = (Names(after, {}, level) for level in "13")
    joined: Links = set()
    missing: dict[str, Row] = {}
    for row in rows:
        was, now = row["old"], row["new"]
        p, d, c = was["province_name"], was["district_name"], was["ward_name"]
        province = provinces.code("", p, (p, "", ""))
        old = districts.code(province, d, (p, d, ""))
        if c:  # an island district has no communes and is itself what went over
            old = communes.code(old, c, (p, d, c))
        path = (now["province_name"], "", now["ward_name"])
        new = new_communes.code(new_provinces.code("", path[0], (path[0], "", "")), path[2], path)
        if old and new:
            joined.add((old, new))
        else:
            names = {"name_b": f"{p} / {d} / {c}", "new_name_b": f"{path[0]} / {path[2]}"}
            missing[str(names)] = {"kind": "old", **names, "code": "", "reason": NOT_A_UNIT.get(c, UNKNOWN)}
    reached = {new for _, new in joined}
    unreached = [r["code"] for r in after if r["level"] == "3" and r["code"] not in reached]
    blank = {"kind": "new", "name_b": "", "new_name_b": "", "reason": UNREACHED}
    return joined, sorted(missing.values(), key=str) + [{**blank, "code": code} for code in unreached]
