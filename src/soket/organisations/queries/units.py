"""A unit's life: where it stood on a day, who followed it, who stands above it, who stands beside it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Q

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.organisations.core import Life, Lives, Node
from soket.organisations.models import Line, Unit, UnitVersion
from soket.organisations.queries.cache import kept, on_day
from soket.organisations.queries.links import area_steps, unit_steps
from soket.organisations.queries.trees import area_tree


@dataclass(frozen=True)
class UnitStep:
    """The unit at the other end of a succession on the day `on`. `share` of the predecessor's figures
    is None while undecided; `basis` is the act's legal basis."""

    unit_id: int
    name: str
    on: date
    share: Fraction | None
    basis: str


def lives() -> Lives:
    """Every unit's life and successions, by the mapping and shares in force."""
    return kept(("lives",), _lives)


def _lives() -> Lives:
    fields = ("unit_id", "unit__line_id", "valid_from", "valid_to", "parent_id", "area_id", "level", "name")
    rows = UnitVersion.objects.order_by("unit_id", "valid_from").values_list(*fields)
    return Lives((Life(*row) for row in rows.iterator(20_000)), unit_steps(), area_steps())


def _node(life: Life, as_of: date) -> Node:
    kind = area_tree(as_of).kind_of(life.area)
    return Node(life.unit, life.name, kind, life.level, life.parent, life.area, 0)


def unit_at(unit_id: int, as_of: date) -> Node | None:
    """The unit as it stood on that day; None when it did not. Its `order` is 0."""
    life = lives().at(unit_id, as_of)
    return _node(life, as_of) if life else None


def unit_nearest(unit_id: int, as_of: date) -> Node | None:
    """The unit as it stood on that day, else as it last stood before, else as it first stood."""
    life = lives().nearest(unit_id, as_of)
    return _node(life, life.nearest_day(as_of)) if life else None


def unit_lines(unit_ids: Iterable[int]) -> dict[int, Line]:
    """The line of each unit that exists."""
    return {unit.pk: unit.line for unit in Unit.objects.filter(pk__in=list(unit_ids)).select_related("line")}


def last_day(unit_id: int) -> date | None:
    """The last day on which the unit existed; None while it exists or when it is unknown."""
    return lives().last_day(unit_id)


def unit_successors(unit_id: int) -> list[UnitStep]:
    """Who followed the unit, one generation on; empty while it stands or when nobody followed."""
    known = lives()
    return [UnitStep(s.new, known.of(s.new)[0].name, s.on, s.share, s.basis) for s in known.successors(unit_id)]


def unit_predecessors(unit_id: int) -> list[UnitStep]:
    """Whom the unit followed, one generation back."""
    known = lives()
    return [UnitStep(s.old, known.of(s.old)[-1].name, s.on, s.share, s.basis) for s in known.predecessors(unit_id)]


def unit_and_before(units: Iterable[int]) -> frozenset[int]:
    """The units and all they followed, through every generation."""
    return lives().before(units)


def unit_heir(unit_id: int, at: date | datetime) -> int | None:
    """The unit itself while it stands; else its one successor's heir; else the heir of its superior."""
    return lives().heir(unit_id, _day(at))


def unit_names(unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """The name of each unit that day, or the last it had."""
    known = lives()
    found = {unit: known.nearest(unit, day) for unit in set(unit_ids)}
    return {unit: life.name if life else "" for unit, life in found.items()}


def acts_for(actor: Actor, office: Office, unit_id: int, day: date) -> bool:
    """Whether the actor holds the office at the unit, or at the unit that took over from it."""
    if actor.holds(office, day, unit_id):
        return True
    heir = unit_heir(unit_id, day)
    return heir is not None and heir != unit_id and actor.holds(office, day, heir)


def superior_for(unit_id: int, as_of: date, at: date | datetime) -> int | None:
    """Who decides on what the unit sent for a period closing on `as_of`: the unit above it that day, or
    who took over from that one by `at`. None for a unit without a superior."""
    return lives().superior(unit_id, as_of, _day(at))


def _day(at: date | datetime) -> date:
    return day_of(at) if isinstance(at, datetime) else at


def counterparts(unit_id: int, as_of: date) -> list[Node]:
    """The other lines' units on the same area that day; for a central unit, the other central units."""
    life = lives().at(unit_id, as_of)
    if life is None:
        return []
    return [node for _line, node in _seated(life.area, life.level, as_of, life.line)]


def _seated(area: int | None, level: int, as_of: date, but_line: int | None) -> list[tuple[str, Node]]:
    seated = UnitVersion.objects.filter(on_day(as_of), Q(area=None) if area is None else Q(area_id=area), level=level)
    rows = seated if but_line is None else seated.exclude(unit__line_id=but_line)
    others = rows.order_by("unit__line__order", "sort_key", "unit_id")
    kind = area_tree(as_of).kind_of(area)
    found = others.values_list("unit__line__code", "unit_id", "name", "level", "parent_id", "area_id")
    return [(line, Node(key, name, kind, level, parent, on, 0)) for line, key, name, level, parent, on in found]


def units_on(area_id: int, as_of: date) -> list[tuple[str, Node]]:
    """(line code, unit) for every unit that sat on the area that day, in the order of the lines."""
    node = area_tree(as_of).get(area_id)
    return _seated(area_id, node.level, as_of, None) if node else []
