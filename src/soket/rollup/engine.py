"""Trees, places and totals in memory, kept until a decision or an act of succession changes them.

Everything can be made again from the reports, and a test compares it with plain SQL.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import RLock
from typing import Any, TypeVar, cast

from django.conf import settings

from soket.organisations import queries as organisations
from soket.reporting.models import Round
from soket.rollup import tables
from soket.rollup.core.cells import LeafTable
from soket.rollup.core.geography import Geography
from soket.rollup.core.placement import Placement, restate
from soket.rollup.core.rounds import RoundTotals
from soket.rollup.core.succession import Edge, Succession

T = TypeVar("T")
COUNTRY = 0
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = RLock()
LIMIT = 64


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """A bounded memory of this process. The key names everything the value depends on."""
    whole = (str(settings.DATABASES["default"]["NAME"]), key)
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            return cast(T, _kept[whole])
        value = make()
        _kept[whole] = value
        while len(_kept) > LIMIT:
            _kept.popitem(last=False)
        return value


def forget() -> None:
    """Empty the memory; tests do so between databases."""
    with _lock:
        _kept.clear()
    tables.forget()


def geography(day: date) -> Geography:
    """The map of a day with the country (id 0) above its provinces."""
    version, token = organisations.tree_version(), organisations.tree_token()

    def make() -> Geography:
        tree = organisations.area_tree(day)
        parents: list[int | None] = [None, *(tree.parent_of(area) or COUNTRY for area in tree.order)]
        levels = [0, *(tree.node(area).level for area in tree.order)]
        return Geography.of([COUNTRY, *tree.order], parents, levels, on=day, version=version)

    return kept(("geography", token, day), make)


def succession() -> Succession:
    """All acts between areas, with the chosen mapping and the decided shares."""
    def make() -> Succession:
        edges = organisations.area_edges(FIRST, LAST)
        return Succession(Edge(e.old, e.new, e.on, e.num, e.den) for e in edges)

    return kept(("succession", organisations.tree_token()), make)


def table(round_: Round) -> LeafTable:
    """The round as it stands now."""
    return tables.held(round_, geography).table


def placement(round_: Round, boundary: date | None) -> Placement:
    """Where the round's rows lie on the map of a day; None is the map of its own closing day."""
    leaf, day = table(round_), boundary or round_.ends
    mark = (round_.pk, organisations.tree_token(), day, len(leaf), hash(leaf.area_ids.tobytes()))
    return kept(("placement", mark), lambda: restate(leaf, succession(), geography(day), geography(round_.ends)))


def totals(round_: Round, boundary: date | None, lines: tuple[str, ...], targets: tuple[int, ...]) -> RoundTotals:
    """The round gathered under target areas, for the named lines (none named: all)."""
    at_hand = tables.held(round_, geography)
    mark = (round_.pk, at_hand.number, at_hand.tree, boundary, lines, targets)

    def make() -> RoundTotals:
        groups = placement(round_, boundary).group(targets, at_hand.table.keep(lines) if lines else None)
        return RoundTotals(at_hand.table, groups)

    return kept(("totals", mark), make)
