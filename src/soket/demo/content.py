"""Synthetic report contents: seeded by unit and period, so every build makes the same figures. No figure is real."""
from __future__ import annotations

import random
from dataclasses import dataclass

from soket.reporting.core import Content
from soket.reporting.core.cells import Cell, CellState, number

SEED = 20260715
ASSESSMENTS = (
    "Đơn vị thực hiện đúng kế hoạch phối hợp đã ký; chưa có vướng mắc lớn (minh họa).",
    "Hoạt động tuyên truyền tăng so với kỳ trước; việc thống nhất số liệu giữa hai bên còn chậm (minh họa).",
    "Duy trì các mô hình hiện có; nguồn lực tại cơ sở còn hạn chế (minh họa).",
)
NOTHING, NOT_APPLICABLE = Cell(CellState.NOTHING), Cell(CellState.NOT_APPLICABLE)


@dataclass(frozen=True)
class Shape:
    """What decides the size of a report: the unit, the period, how many days it covers, urban or not."""

    unit: int
    period: str
    days: int
    urban: bool
    line: str
    opening: int | None = None


def generator(*parts: object) -> random.Random:
    """A random source that depends on its parts alone."""
    return random.Random(f"{SEED}:" + ":".join(str(part) for part in parts))


def _fields(rng: random.Random, total: int) -> list[int]:
    """Split a total into four parts."""
    cuts = sorted(rng.randint(0, total) for _ in range(3))
    return [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], total - cuts[2]]


def _movement(rng: random.Random) -> dict[str, int]:
    groups, persons = rng.randint(0, 5), rng.randint(0, 4)
    cells = {"DV02": groups, "DV03": persons, "DV01": groups + persons, "DV04": rng.randint(0, groups + persons)}
    cells.update(zip(("DV21", "DV22", "DV23", "DV24"), _fields(rng, groups), strict=True))
    cells.update(zip(("DV31", "DV32", "DV33", "DV34"), _fields(rng, persons), strict=True))
    return cells


def _propaganda(base: random.Random, rng: random.Random, months: float, urban: bool) -> dict[str, int]:
    """A unit keeps its own size from period to period; periods differ by a third at most."""
    sessions = max(1, round(base.uniform(1.0, 2.2) * months * rng.uniform(0.8, 1.2)))
    each = round(base.randint(45, 100 if urban else 75) * rng.uniform(0.85, 1.15))
    people, more = sessions * each, rng.randint(each // 4 + 1, each // 2 + 12)
    # The largest and the smallest audience must be possible beside the total: a list of sessions is attached.
    most = each + (0 if sessions == 1 else min(more, each - 1) if sessions == 2 else more)
    least = each if sessions == 1 else 2 * each - most if sessions == 2 else each // 2
    return {
        "TT01": sessions, "TT02": people, "TT07": most, "TT08": least,
        "TT06": rng.randint(450, 1200), "TT04": round(base.randint(60, 300) * rng.uniform(0.7, 1.3)),
        "TT05": rng.randint(0, 3 * max(1, round(months))), "TT09": rng.randint(0, 2), "TT10": rng.randint(15, 80), "TT11": rng.randint(10, 40),
    }


def _models(rng: random.Random, opening: int | None) -> dict[str, int]:
    start = rng.randint(1, 9) if opening is None else opening
    new, closed = rng.randint(0, 2), rng.randint(0, min(1, start))
    closing = start + new - closed
    return {"MH01": start, "MH02": new, "MH03": closed, "MH04": closing, "MH05": rng.randint(0, 1), "MH06": closing * rng.randint(6, 14),
            "MH07": rng.randint(closing // 2, closing)}


def report(shape: Shape) -> Content:
    """One plausible report; about one in fifty had no activity at all and says so."""
    rng = generator("report", shape.unit, shape.period)
    if rng.random() < 0.02:
        return _quiet(shape)
    months, base = shape.days / 30, generator("base", shape.unit)
    households = base.randint(1200, 9000 if shape.urban else 4200)
    cells: dict[str, int] = {
        "CD01": rng.randint(1, 5), "CD06": rng.randint(0, 6), "CD07": rng.randint(10, 35), "PT01": rng.randint(0, 3),
        "PT02": rng.randint(households * 6 // 10, households), "PT03": households, "KT01": rng.randint(0, 3), "KT02": rng.randint(0, 6),
        "XH01": rng.randint(120, 900),
    }
    cells.update(_propaganda(base, rng, months, shape.urban) | _models(rng, shape.opening) | _movement(rng))
    made = {code: number(value) for code, value in cells.items()}
    for code, odds in (("CD02", 0.96), ("CD03", 0.93), ("PT05", 0.88)):
        made[code] = number(1 if rng.random() < odds else 0)
    if rng.random() < 0.1:
        made["TT05"] = NOTHING
    if not shape.urban and rng.random() < 0.15:
        made["XH01"] = NOT_APPLICABLE
    return Content(made, {"t5": rng.choice(ASSESSMENTS)})


def _quiet(shape: Shape) -> Content:
    """A period without activity: nothing to report, opening models carried on."""
    opening = shape.opening or 0
    quiet = ("CD01", "TT01", "TT02", "MH02", "MH03", "DV01", "DV02", "DV03")
    cells = dict.fromkeys(quiet, NOTHING)
    cells.update(MH01=number(opening), MH04=number(opening), CD02=number(0), CD03=number(0))
    return Content(cells, {"t5": "Trong kỳ không phát sinh hoạt động phối hợp (minh họa)."})
