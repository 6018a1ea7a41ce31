"""A sheet of counts: four fields, collective and individual models, and the typed totals that cross-check them.

Three states of a field are kept apart: a number (0 included), *nothing to report*, and *missing* (no figure yet). A cell is
named FIELD_COLUMN, as in the form: `economy_collective`, `economy_total`, `all_individual`.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FIELDS = ("economy", "culture", "defence", "system")
PARTS = ("collective", "individual")
COLUMNS = (*PARTS, "total")
ALL = "all"
LARGEST = 999_999_999


@dataclass(frozen=True)
class Row:
    """One field: a number in each part, nothing to report, or missing."""

    state: str = "missing"
    collective: int | None = None
    individual: int | None = None

    def __post_init__(self) -> None:
        if (self.state == "number") != (self.collective is not None and self.individual is not None):
            raise ValueError("a number has both parts, every other state has none")

    @property
    def total(self) -> int | None:
        """Collective and individual together; 0 for nothing to report, None while missing."""
        return self.part("collective") if self.state != "number" else (self.collective or 0) + (self.individual or 0)

    def part(self, name: str) -> int | None:
        """The amount of one part: nothing to report is an amount of 0, missing is none."""
        if self.state == "missing":
            return None
        return 0 if self.state == "nothing" else int(getattr(self, name))


@dataclass(frozen=True)
class Typed:
    """What a person typed: whole numbers by cell (None where left empty), and the fields with nothing to report."""

    cells: Mapping[str, int | None]
    nothing: frozenset[str] = frozenset()

    def at(self, row: str, column: str) -> int | None:
        return self.cells.get(f"{row}_{column}")

    def row(self, name: str) -> list[int | None]:
        return [self.at(name, column) for column in COLUMNS]


@dataclass(frozen=True)
class Fault:
    """What is wrong at a cell: a code that the wording knows, and the numbers it names."""

    cell: str
    code: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    about: str = ""  # another field that the sentence names


def check(typed: Typed) -> tuple[dict[str, Row], list[Fault]]:
    """The four rows, and every disagreement. With a fault the rows are not to be kept."""
    rows: dict[str, Row] = {}
    faults: list[Fault] = []
    for name in FIELDS:
        rows[name], found = _row(typed, name)
        faults += found
    if not faults:
        faults += _empty(rows) or _totals(typed, rows)
    return rows, faults


def _row(typed: Typed, name: str) -> tuple[Row, list[Fault]]:
    given = dict(zip(COLUMNS, typed.row(name), strict=True))
    known = [column for column in COLUMNS if given[column] is not None]
    if name in typed.nothing:
        return Row("nothing"), [Fault(f"{name}_{known[0]}", "nothing_and_number")] if known else []
    if not known:
        return Row(), []
    if len(known) < len(COLUMNS):
        return Row(), [Fault(f"{name}_{column}", "incomplete") for column in COLUMNS if column not in known]
    collective, individual, total = (int(given[column] or 0) for column in COLUMNS)
    faults = _large(name, collective, individual, total)
    if not faults and collective + individual != total:
        faults = [Fault(f"{name}_total", "parts", {"made": collective + individual, "stated": total})]
    return Row("number", collective, individual), faults


def _large(name: str, *values: int) -> list[Fault]:
    return [Fault(f"{name}_{column}", "range") for column, value in zip(COLUMNS, values, strict=True) if not 0 <= value <= LARGEST]


def _empty(rows: Mapping[str, Row]) -> list[Fault]:
    if all(row.state == "missing" for row in rows.values()):
        return [Fault(f"{FIELDS[0]}_collective", "empty")]
    return []


def _totals(typed: Typed, rows: Mapping[str, Row]) -> list[Fault]:
    """The row of totals against the four fields. Where a field is missing there is no total yet, and none may be typed."""
    stated = dict(zip(COLUMNS, typed.row(ALL), strict=True))
    missing = [name for name in FIELDS if rows[name].state == "missing"]
    if missing:
        return [Fault(f"{ALL}_{column}", "total_of_missing", about=missing[0]) for column in COLUMNS if stated[column] is not None]
    if all(row.state == "nothing" for row in rows.values()) and not any(stated.values()):
        return []
    faults = []
    for column in COLUMNS:
        made = sum((row.total if column == "total" else row.part(column)) or 0 for row in rows.values())
        if stated[column] is None:
            faults.append(Fault(f"{ALL}_{column}", "incomplete"))
        elif stated[column] != made:
            faults.append(Fault(f"{ALL}_{column}", "fields", {"made": made, "stated": int(stated[column] or 0)}))
    return faults


def within(recognised: Mapping[str, Row], registered: Mapping[str, Row]) -> list[Fault]:
    """Where more is recognised than was registered; a field without a registered figure has nothing to recognise."""
    faults = []
    for name in FIELDS:
        for part in PARTS:
            given, limit = recognised[name].part(part), registered[name].part(part)
            if given is None:
                continue
            if limit is None:
                faults.append(Fault(f"{name}_{part}", "not_registered"))
            elif given > limit:
                faults.append(Fault(f"{name}_{part}", "more", {"stated": given, "limit": limit}))
    return faults


def differing(old: Mapping[str, Row], new: Mapping[str, Row]) -> list[str]:
    """The fields whose state or numbers changed, in their order."""
    return [name for name in FIELDS if old.get(name, Row()) != new.get(name, Row())]


@dataclass(frozen=True)
class Sums:
    """Several sheets of one field added up, and how many sheets stand behind: with a number, with nothing to report, without a figure."""

    collective: int
    individual: int
    numbers: int
    nothing: int
    missing: int

    @property
    def total(self) -> int:
        return self.collective + self.individual


def sum_up(sheets: Iterable[Mapping[str, Row]]) -> dict[str, Sums]:
    """By field, and `all` for the four together. A missing field adds nothing and is counted."""
    listed = list(sheets)
    made = {name: _sums([sheet.get(name, Row()) for sheet in listed]) for name in FIELDS}
    parts = made.values()
    made[ALL] = Sums(
        sum(one.collective for one in parts), sum(one.individual for one in parts), sum(one.numbers for one in parts),
        sum(one.nothing for one in parts), sum(one.missing for one in parts),
    )  # fmt: skip
    return made


def _sums(rows: list[Row]) -> Sums:
    states = [row.state for row in rows]
    return Sums(
        sum(row.part("collective") or 0 for row in rows), sum(row.part("individual") or 0 for row in rows),
        states.count("number"), states.count("nothing"), states.count("missing"),
    )  # fmt: skip
