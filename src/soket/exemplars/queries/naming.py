"""Names of units, and who stands for them on a day."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.exemplars import core
from soket.kernel.actor import Actor, Office
from soket.kernel.text import sort_keys
from soket.organisations import queries as organisations
from soket.organisations.queries.units import lives

T = TypeVar("T")


def in_order(rows: Iterable[T], key: Callable[[T], str]) -> list[T]:
    """The rows by a name of theirs, in Vietnamese order."""
    listed = list(rows)
    keys = sort_keys([key(row) for row in listed])
    return [row for _key, _place, row in sorted(zip(keys, range(len(listed)), listed, strict=True), key=lambda one: one[:2])]


names = organisations.unit_names


def heirs(unit_ids: Iterable[int], day: date) -> dict[int, int]:
    """Who stands for each unit that day; the unit itself where nobody is known to."""
    known = lives()
    return {unit: known.heir(unit, day) or unit for unit in set(unit_ids)}


def top_of(unit_id: int, day: date) -> int:
    """The unit at the top of the unit's line that day."""
    line = organisations.unit_lines([unit_id])[unit_id]
    tree = organisations.unit_tree(line.code, day)
    return tree.path(unit_id)[0].id if unit_id in tree else unit_id


def provinces(day: date) -> dict[int, str]:
    """The provinces by area id, under their short names, on the boundaries of that day but never on those before 1 July 2025."""
    tree = organisations.area_tree(max(day, core.BOUNDARY))
    return {area: core.short_name(tree.node(area).name, tree.node(area).kind) for area in tree.at_level(1)}


def province_of(unit_ids: Iterable[int], day: date) -> dict[int, str | None]:
    """The province in which each unit, or who stands for it, has its seat; None for a unit above the provinces."""
    on = max(day, core.BOUNDARY)
    tree, known, seated = organisations.area_tree(on), provinces(day), heirs(unit_ids, on)
    found: dict[int, str | None] = {}
    for unit, heir in seated.items():
        life = lives().nearest(heir, on)
        path = tree.path(life.area) if life and life.area is not None else []
        found[unit] = next((known[node.id] for node in path if node.id in known), None)
    return found


def held_units(actor: Actor, office: Office, day: date) -> list[tuple[int, str]]:
    """The units at which a person holds the office that day and that stand, by name: (id, name)."""
    held = {post.unit_id for post in posts_of(actor, day) if post.office == office} if isinstance(actor, Person) else actor.reach(office, day).units
    standing = [unit for unit in held if organisations.unit_at(unit, day) is not None]
    return in_order(names(standing, day).items(), key=lambda pair: pair[1])
