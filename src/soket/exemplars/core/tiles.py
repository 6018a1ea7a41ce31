"""The tile map: one tile for each province of 1 July 2025, the same size for all, where the country has it.

Hoàng Sa and Trường Sa are drawn always, beside the coast and joined to their province; what their communes do counts in the
province's tile.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

BOUNDARY = date(2025, 7, 1)
"""The day from which the 34 provinces stand; no division crosses one of them."""
CITY = "TP. Hồ Chí Minh"  # the one that is never named without its type
PLACES = {
    "Lai Châu": (1, 0), "Lào Cai": (2, 0), "Tuyên Quang": (3, 0), "Cao Bằng": (4, 0),
    "Điện Biên": (0, 1), "Sơn La": (1, 1), "Phú Thọ": (2, 1), "Thái Nguyên": (3, 1), "Lạng Sơn": (4, 1),
    "Hà Nội": (2, 2), "Bắc Ninh": (3, 2), "Hải Phòng": (4, 2), "Quảng Ninh": (5, 2),
    "Ninh Bình": (2, 3), "Hưng Yên": (3, 3), "Thanh Hóa": (2, 4), "Nghệ An": (2, 5), "Hà Tĩnh": (2, 6), "Quảng Trị": (3, 6),
    "Huế": (3, 7), "Đà Nẵng": (4, 7), "Quảng Ngãi": (4, 8), "Gia Lai": (4, 9), "Đắk Lắk": (4, 10),
    "Đồng Nai": (3, 11), "Lâm Đồng": (4, 11), "Khánh Hòa": (5, 11), "Tây Ninh": (2, 12), CITY: (3, 12),
    "An Giang": (0, 13), "Đồng Tháp": (1, 13), "Vĩnh Long": (2, 13), "Cà Mau": (0, 14), "Cần Thơ": (1, 14),
}  # fmt: skip
ISLANDS = (("Hoàng Sa", "Đà Nẵng", 5, 7), ("Trường Sa", "Khánh Hòa", 5, 12))
ROWS = 15
STEPS = (1, 2, 4, 8, 16)
"""Where each of the five steps of the ramp begins; none is white."""


@dataclass(frozen=True)
class Tile:
    """One tile: column and row from the upper left, the step of the ramp (0 for none). An island zone names its province and has no
    count of its own; nor has a province whose boundaries are not loaded."""

    name: str
    column: int
    row: int
    count: int | None
    step: int
    province: str = ""


def step_of(count: int) -> int:
    """0 for none, then 1 to 5."""
    return sum(count >= edge for edge in STEPS)


def short_name(name: str, kind: str) -> str:
    """The province without its type: "tỉnh Cao Bằng" is "Cao Bằng"."""
    short = name[len(kind) :].strip() if kind and name.lower().startswith(f"{kind.lower()} ") else name
    return CITY if CITY.endswith(f" {short}") else short


def lay(counts: Mapping[str, int]) -> list[Tile]:
    """A tile for every province in reading order, and the two island zones. `counts` are by short names; a province that is not
    among them (its boundaries are not loaded) has no number, and one that the map has no place for stands in a row below."""
    tiles, extra = [Tile(name, column, row, None, 0) for name, (column, row) in PLACES.items() if name not in counts], 0
    for name, count in counts.items():
        if name in PLACES:
            column, row = PLACES[name]
        else:
            column, row, extra = extra % 6, ROWS + extra // 6, extra + 1
        tiles.append(Tile(name, column, row, count, step_of(count)))
    tiles += [Tile(name, column, row, None, 0, province) for name, province, column, row in ISLANDS]
    return sorted(tiles, key=lambda tile: (tile.row, tile.column))
