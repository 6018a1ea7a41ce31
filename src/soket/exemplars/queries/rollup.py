"""What all units registered and had recognised in a year: sums by line and level, with who has registered and who has not."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.exemplars import core, rules
from soket.exemplars.models import Movement, Recognition, Registration
from soket.exemplars.queries.movements import Sheet, line_name, sheets, stood_in
from soket.exemplars.queries.naming import heirs, in_order
from soket.kernel.actor import Actor
from soket.organisations import queries as organisations
from soket.organisations.core import Node
from soket.organisations.models import Level


@dataclass(frozen=True)
class UnitLine:
    """One unit's registration in the year: its name then, its newest sheet and version, and what was recognised."""

    unit_id: int
    name: str
    version: int
    sheet: Sheet
    recognised: Sheet | None
    ended: bool

    @property
    def total(self) -> int | None:
        """All four fields, None while one is missing."""
        return _total(self.sheet)

    @property
    def recognised_total(self) -> int | None:
        return _total(self.recognised) if self.recognised is not None else None


def _total(sheet: Sheet) -> int | None:
    totals = [row.total for row in sheet.values()]
    return None if None in totals else sum(one or 0 for one in totals)


@dataclass(frozen=True)
class Group:
    """One line and level: of `expected` units `covered` have registered; `missing` by name; sums over `rows`, each counted once."""

    line: str
    level: int
    words: str
    expected: int
    rows: list[UnitLine]
    missing: list[Node]
    registered: dict[str, core.Sums]
    recognised: dict[str, core.Sums]
    decided: int

    @property
    def covered(self) -> int:
        return self.expected - len(self.missing)

    @property
    def key(self) -> str:
        return f"{self.line}/{self.level}"

    @property
    def fields(self) -> list[tuple[str, core.Sums, core.Sums]]:
        """(field or "all", registered, recognised) for the table of sums."""
        return [(name, self.registered[name], self.recognised[name]) for name in (*core.FIELDS, "all")]


@dataclass(frozen=True)
class RollUp:
    """The year as of a day: its last, or today in a running year. The lists of units are those of that day."""

    year: int
    on: date
    groups: list[Group]


def roll_up(movement: Movement, actor: Actor, year: int, today: date) -> RollUp:
    """All groups of the movement's scope over the units that the actor reaches; all units for the office that runs the movement."""
    on = min(date(year, 12, 31), today)
    everything, reach = rules.manages(actor, movement.office_id, today), rules.seen_units(actor, today)
    lines = _lines(movement, year, today)
    stands_for = heirs([line.unit_id for line, _group in lines], on)
    groups = []
    for scope in movement.scopes.select_related("line"):
        expected = organisations.units_of(scope.line.code, scope.level, None, on)
        expected = expected if everything else [node for node in expected if reach.covers(node.id)]
        mine = [line for line, key in lines if key == (scope.line.code, scope.level)]
        mine = mine if everything else [line for line in mine if reach.covers(line.unit_id) or reach.covers(stands_for[line.unit_id])]
        covered = {unit for line in mine for unit in (line.unit_id, stands_for[line.unit_id])}
        missing = [node for node in expected if node.id not in covered]
        if expected or mine:
            words = f"{line_name(scope.line)}, {Level(scope.level).label}"
            groups.append(_group(scope.line.code, scope.level, words, len(expected), mine, missing))
    return RollUp(year, on, groups)


def _group(line: str, level: int, words: str, expected: int, rows: list[UnitLine], missing: list[Node]) -> Group:
    decided = [row.recognised for row in rows if row.recognised is not None]
    return Group(line, level, words, expected, rows, missing, core.sum_up(row.sheet for row in rows), core.sum_up(decided), len(decided))


def _lines(movement: Movement, year: int, today: date) -> list[tuple[UnitLine, tuple[str, int]]]:
    """Every unit that registered in the year, by name, with its line and level as it stood in the year."""
    newest = {row.unit_id: row for row in Registration.objects.filter(movement=movement, year=year).order_by("version")}
    said: dict[int, Recognition] = {}
    decided = Recognition.objects.filter(registration__movement=movement, registration__year=year).select_related("registration")
    for one in decided.order_by("version"):
        said[one.registration.unit_id] = one
    registered, recognised = sheets(newest.values()), sheets(said.values())
    lines = organisations.unit_lines(newest)
    found = []
    for unit, row in newest.items():
        node = stood_in(unit, year, today) or organisations.unit_nearest(unit, date(year, 12, 31))
        if node is None:
            continue
        last = organisations.last_day(unit)
        told = recognised[said[unit].pk] if unit in said else None
        ended = last is not None and last < min(date(year, 12, 31), today)
        found.append((UnitLine(unit, node.name, row.version, registered[row.pk], told, ended), (lines[unit].code, node.level)))
    return in_order(found, key=lambda pair: pair[0].name)
