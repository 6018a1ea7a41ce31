"""From accepted reports to tables and trees in memory, kept until a decision or an act of succession changes them.

Nothing here is stored: every table can be made again from the reports, and a test compares it with plain SQL.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from threading import RLock
from typing import Any, TypeVar, cast

from django.conf import settings

from soket.organisations import queries as organisations
from soket.reporting import queries as reporting
from soket.reporting.core import definition_of
from soket.reporting.models import Round
from soket.rollup.core.cells import LeafTable, ReportRow
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
        _held.clear()


def geography(day: date) -> Geography:
    """The map of a day with the country (id 0) above its provinces."""
    version = organisations.tree_version()

    def make() -> Geography:
        tree = organisations.area_tree(day)
        parents: list[int | None] = [None, *(tree.parent_of(area) or COUNTRY for area in tree.order)]
        levels = [0, *(tree.node(area).level for area in tree.order)]
        return Geography.of([COUNTRY, *tree.order], parents, levels, on=day, version=version)

    return kept(("geography", version, day), make)


def succession() -> Succession:
    """All acts between areas, with the chosen mapping and the decided shares."""
    version = organisations.tree_version()

    def make() -> Succession:
        edges = organisations.area_edges(FIRST, LAST)
        return Succession(Edge(e.old, e.new, e.on, e.num, e.den) for e in edges)

    return kept(("succession", version), make)


@dataclass(frozen=True)
class Held:
    """A round's table with what it was made from; `number` names this state of the table and no other."""

    table: LeafTable
    mark: reporting.RoundMark
    tree: int
    number: int


_held: dict[Hashable, tuple[Hashable, Held]] = {}
_numbers = count(1)


def held(round_: Round) -> Held:
    """The round as it stands now: every owed report, with the cells of its accepted version.

    Nothing changed anywhere: the table at hand. A decision since: only its rows are read and taken into a copy.
    Anything else (an excuse, an act of succession, a decision that no longer counts): the whole round is read again.
    """
    place = (str(settings.DATABASES["default"]["NAME"]), round_.pk)
    tree, state = organisations.tree_version(), reporting.change_mark()
    with _lock:
        seen, at_hand = _held.get(place, (None, None))
        if at_hand is None or seen != (state, tree):
            at_hand = _brought_up(round_, at_hand, tree)
            _held[place] = (state, tree), at_hand
            while len(_held) > LIMIT:
                del _held[next(iter(_held))]
        return at_hand


def _brought_up(round_: Round, old: Held | None, tree: int) -> Held:
    """The table at hand with what was decided since, or one read anew."""
    mark = reporting.round_mark(round_.pk)
    if old is not None and old.tree == tree and old.mark == mark:
        return old
    if old is not None and old.tree == tree and _only_decisions(old.mark, mark):
        later = reporting.accepted_rows(round_.pk, after_decision=old.mark.last)
        rows = [
            ReportRow(unit=row.unit_id, area=row.area_id or -1, line=row.line, values=row.values, states=row.states, decision=row.decision_id)
            for row in later
        ]
        patched = old.table.patched(rows)
        if int(patched.decisions.sum()) == mark.total:
            return Held(patched, mark, tree, next(_numbers))
    return Held(_fresh(round_), mark, tree, next(_numbers))


def _only_decisions(old: reporting.RoundMark, new: reporting.RoundMark) -> bool:
    """Whether nothing but later decisions lies between two marks, and what the old one knew still stands."""
    same = (old.rows, old.excused) == (new.rows, new.excused)
    return same and new.last > old.last and reporting.decided_digest(old.last) == old.digest


def table(round_: Round) -> LeafTable:
    """The round as it stands now."""
    return held(round_).table


def _fresh(round_: Round) -> LeafTable:
    accepted = {row.report_id: row for row in reporting.accepted_rows(round_.pk)}
    rows = []
    for owed in reporting.expected(round_.pk):
        row = ReportRow(unit=owed.unit_id, area=owed.area_id or -1, line=owed.line, day=owed.covers_to, excused=owed.excused)
        if owed.report_id in accepted:
            given = accepted[owed.report_id]
            row = replace(row, values=given.values, states=given.states, decision=given.decision_id)
        rows.append(row)
    columns = definition_of(round_.template.definition).columns
    return LeafTable.from_rows(rows, key=round_.slug, on=round_.ends, columns=columns, geography=geography(round_.ends))


def placement(round_: Round, boundary: date | None) -> Placement:
    """Where the round's rows lie on the map of a day; None is the map of its own closing day."""
    leaf, day = table(round_), boundary or round_.ends
    mark = (round_.pk, organisations.tree_version(), day, len(leaf), hash(leaf.area_ids.tobytes()))
    return kept(("placement", mark), lambda: restate(leaf, succession(), geography(day), geography(round_.ends)))


def totals(round_: Round, boundary: date | None, lines: tuple[str, ...], targets: tuple[int, ...]) -> RoundTotals:
    """The round gathered under target areas, for the named lines (none named: all)."""
    at_hand = held(round_)
    mark = (round_.pk, at_hand.number, at_hand.tree, boundary, lines, targets)

    def make() -> RoundTotals:
        groups = placement(round_, boundary).group(targets, at_hand.table.keep(lines) if lines else None)
        return RoundTotals(at_hand.table, groups)

    return kept(("totals", mark), make)
