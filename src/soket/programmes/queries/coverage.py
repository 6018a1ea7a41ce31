"""Coverage of an obligation on a day: accepted over owed, with every unit by name in one of four lists."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from soket.organisations.core import Lives, Node, Tree
from soket.organisations.models import Level
from soket.organisations.queries import area_tree, lines, unit_tree
from soket.organisations.queries.units import lives
from soket.programmes import core
from soket.programmes.models import DueRule, Duty, DutyState, Obligation


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty on the day: whose, in which state since when, and what it rests on.

    `unit_name` is the name on that day, for an ended unit its last one. `province_id` and `place` are the
    province-level area it lies in. `successor` is the name of the unit that took over ("" without one).
    """

    duty_id: int
    unit_id: int
    unit_name: str
    area_id: int | None
    line: str
    level: int
    state: str
    on: date
    due_on: date | None
    claim_number: str
    claim_dated: date | None
    file_id: int | None
    basis: str
    successor: str
    successor_id: int | None
    occasion: str
    overdue: bool
    ended: bool
    province_id: int | None
    place: str


@dataclass
class Part:
    """Counts of one share of a coverage: a line at a level, or a province."""

    accepted: int = 0
    outstanding: int = 0
    excused: int = 0
    closed: int = 0
    overdue: int = 0

    @property
    def owed(self) -> int:
        return self.accepted + self.outstanding


@dataclass(frozen=True)
class Coverage:
    """Everyone who owes the obligation on a day, in four lists in the order of the map."""

    on: date
    accepted: list[DutyLine] = field(default_factory=list)
    outstanding: list[DutyLine] = field(default_factory=list)
    excused: list[DutyLine] = field(default_factory=list)
    closed: list[DutyLine] = field(default_factory=list)

    @property
    def numerator(self) -> int:
        return len(self.accepted)

    @property
    def denominator(self) -> int:
        """Units that owe: accepted and outstanding; excused and closed stand apart."""
        return len(self.accepted) + len(self.outstanding)

    @property
    def overdue_lines(self) -> list[DutyLine]:
        return [line for line in self.outstanding if line.overdue]

    @property
    def overdue(self) -> int:
        return sum(line.overdue for line in self.outstanding)

    def lists(self) -> dict[str, list[DutyLine]]:
        return {"accepted": self.accepted, "outstanding": self.outstanding, "excused": self.excused, "closed": self.closed}

    def by_line_and_level(self) -> dict[tuple[str, int], Part]:
        """Counts per line code and level, in first appearance."""
        return self._grouped(lambda line: (line.line, line.level))

    def by_province(self) -> dict[tuple[int | None, str], Part]:
        """Counts per province-level area (id, name), in the order of the map."""
        return self._grouped(lambda line: (line.province_id, line.place))

    def _grouped(self, key: Any) -> dict[Any, Part]:
        parts: dict[Any, Part] = {}
        for name, listed in self.lists().items():
            for line in listed:
                part = parts.setdefault(key(line), Part())
                setattr(part, name, getattr(part, name) + 1)
                part.overdue += line.overdue
        return parts


_COLUMNS = (
    "duty_id", "state", "on", "basis", "claim__number", "claim__dated", "claim__file_id", "successor_id",
    "duty__unit_id", "duty__due_on", "duty__occasion", "duty__unit__line_id",
)  # fmt: skip


def _counting(states: QuerySet[DutyState], on: date) -> QuerySet[DutyState]:
    """For each duty begun by the day the row that counts: of those dated by then, the one written last."""
    by_then = states.filter(on__lte=on, duty__since__lte=on)
    newest = by_then.order_by().values("duty_id").annotate(newest=Max("id")).values("newest")
    return DutyState.objects.filter(id__in=newest)


def _occasion(obligation: Obligation, on: date) -> str:
    """Of an "every round" obligation the round begun last by the day."""
    if obligation.due_rule != DueRule.EVERY_ROUND:
        return ""
    begun = Duty.objects.filter(obligation=obligation, since__lte=on).order_by("-since", "-id")
    return begun.values_list("occasion", flat=True).first() or ""


def coverage(
    obligation: Obligation,
    on: date,
    under_area: int | None = None,
    lines: Collection[str] | None = None,
    occasion: str | None = None,
) -> Coverage:
    """Who owes the obligation on the day and how each stands, in the whole country or under an area, for all
    lines or those named by code. A unit that ended stays in its list until an act closes the duty."""
    chosen = _occasion(obligation, on) if occasion is None else occasion
    rows = _counting(DutyState.objects.filter(duty__obligation=obligation, duty__occasion=chosen), on)
    places = _Places(on, under_area)
    found: dict[str, list[tuple[tuple[int, int, str], DutyLine]]] = {}
    for row in rows.values_list(*_COLUMNS):
        code = places.codes[row[11]]
        if lines is not None and len(lines) > 0 and code not in lines:
            continue
        placed = places.line(row, code)
        if placed is not None:
            found.setdefault(core.bucket_of(row[1]), []).append(placed)
    whole = Coverage(on)
    for name, listed in whole.lists().items():
        listed += [line for _key, line in sorted(found.get(name, []), key=lambda pair: pair[0])]
    return whole


class _Places:
    """Names, places and order of units on the day; what ended is looked up as it last stood."""

    def __init__(self, on: date, under_area: int | None) -> None:
        self.on, self.under, self.map = on, under_area, area_tree(on)
        listed = lines()
        self.codes = {line.pk: line.code for line in listed}
        self.rank = {line.code: place for place, line in enumerate(listed)}
        self.trees: dict[str, Tree] = {code: unit_tree(code, on) for code in self.rank}
        self.lives: Lives = lives()
        self.inside: set[int] = set(self.map.subtree(under_area)) if under_area is not None and under_area in self.map else set()
        self._provinces: dict[tuple[int, int], tuple[int | None, str]] = {}

    def line(self, row: tuple[Any, ...], code: str) -> tuple[tuple[int, int, str], DutyLine] | None:
        """The duty's line with its place in the order; None outside the area asked for."""
        unit_id, successor_id = row[8], row[7]
        node, known = self.trees[code].get(unit_id), self.map
        ended = node is None
        if node is None:
            node, known = self._as_it_stood(unit_id)
        if self.under is not None and not self._is_inside(node, known, unit_id, ended):
            return None
        province_id, place = self._province(node.area, known)
        heir = self.lives.nearest(successor_id, self.on) if successor_id else None
        line = DutyLine(
            duty_id=row[0], unit_id=unit_id, unit_name=node.name, area_id=node.area, line=code, level=node.level,
            state=row[1], on=row[2], due_on=row[9], claim_number=row[4] or "", claim_dated=row[5], file_id=row[6],
            basis=row[3], successor=heir.name if heir else "", successor_id=successor_id, occasion=row[10],
            overdue=core.is_overdue(row[1], row[9], self.on), ended=ended, province_id=province_id, place=place,
        )  # fmt: skip
        area = known.get(node.area)
        return (area.order if area else -1, self.rank[code], node.name), line

    def _as_it_stood(self, unit_id: int) -> tuple[Node, Tree]:
        life = self.lives.nearest(unit_id, self.on)
        if life is None:
            return Node(unit_id, "", "", Level.CENTRE, None, None, 0), self.map
        return Node(unit_id, life.name, "", life.level, life.parent, life.area, 0), area_tree(life.nearest_day(self.on))

    def _is_inside(self, node: Node, known: Tree, unit_id: int, ended: bool) -> bool:
        if node.area in self.inside:
            return True
        if not ended or self.under is None:
            return False
        if node.area is not None and node.area in known and any(step.id == self.under for step in known.path(node.area)):
            return True
        heir = self.lives.heir(unit_id, self.on)
        life = self.lives.at(heir, self.on) if heir is not None else None
        return life is not None and life.area in self.inside

    def _province(self, area: int | None, known: Tree) -> tuple[int | None, str]:
        if area is None or area not in known:
            return None, ""
        key = (id(known), area)
        if key not in self._provinces:
            above = next((step for step in known.path(area) if step.level == Level.PROVINCE), None)
            self._provinces[key] = (above.id, above.name) if above else (None, "")
        return self._provinces[key]


@dataclass
class Counts(Part):
    """Counts of one obligation on a day, and for an "every round" obligation the round they are of."""

    occasion: str = ""


def counts(obligations: Iterable[Obligation], on: date) -> dict[int, Counts]:
    """The four counts of each obligation by id, read in one query whatever their number."""
    wanted = [obligation.pk for obligation in obligations]
    rows = _counting(DutyState.objects.filter(duty__obligation__in=wanted), on)
    late = Q(duty__due_on__lt=on, state__in=[core.State.DUE, core.State.RETURNED])
    grouped = rows.order_by().values("duty__obligation_id", "duty__occasion", "state")
    found: dict[int, dict[str, tuple[date, Counts]]] = {pk: {} for pk in wanted}
    for row in grouped.annotate(number=Count("id"), late=Count("id", filter=late), began=Max("duty__since")):
        of_rounds = found[row["duty__obligation_id"]]
        began, total = of_rounds.get(row["duty__occasion"], (date.min, Counts(occasion=row["duty__occasion"])))
        name = core.bucket_of(row["state"])
        setattr(total, name, getattr(total, name) + row["number"])
        total.overdue += row["late"]
        of_rounds[row["duty__occasion"]] = (max(began, row["began"]), total)
    empty = (date.min, Counts())
    return {pk: max(of_rounds.values(), key=lambda pair: pair[0], default=empty)[1] for pk, of_rounds in found.items()}
