"""The table of a round as it stands now: at hand in memory, else from its file, else read anew from the reports.

Whichever way it comes, it holds what a fresh reading holds; tests compare them after every kind of change.
"""
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from threading import RLock

import numpy as np
from django.conf import settings
from django.db import connection

from soket.organisations import queries as organisations
from soket.reporting import queries as reporting
from soket.reporting.core import definition_of
from soket.reporting.models import Round
from soket.rollup.columns import Array, Stored, read_round, write_round
from soket.rollup.core.cells import LeafTable, ReportRow, State
from soket.rollup.core.errors import BadTable, CutDamaged
from soket.rollup.core.geography import Geography

LIMIT = 64
NOWHERE = -1
FEW = 2000
"""A file that lacks at most so many decisions is brought up to date; else the round is read anew."""


@dataclass(frozen=True)
class Held:
    """A round's table with what it was made from; `number` names this state of the table and no other."""

    table: LeafTable
    mark: reporting.RoundMark
    tree: str
    number: int


_held: dict[Hashable, tuple[Hashable, Held]] = {}
_numbers = count(1)
_lock = RLock()


def forget() -> None:
    """Empty the memory; files stay."""
    with _lock:
        _held.clear()


def held(round_: Round, geography: Callable[[date], Geography]) -> Held:
    """The round as it stands now: every owed report, with the cells of its accepted version.

    Nothing changed anywhere: the table at hand. A decision since: only its rows are read and taken into a copy.
    Anything else (an excuse, an act of succession, a decision that no longer counts): the whole round is read again.
    """
    place = (str(settings.DATABASES["default"]["NAME"]), round_.pk)
    tree, state = organisations.tree_token(), reporting.change_mark()
    with _lock:
        seen, at_hand = _held.get(place, (None, None))
        if at_hand is None or seen != (state, tree):
            at_hand = _brought_up(round_, at_hand, tree, geography)
            _held[place] = (state, tree), at_hand
            while len(_held) > LIMIT:
                del _held[next(iter(_held))]
        return at_hand


def _brought_up(round_: Round, old: Held | None, tree: str, geography: Callable[[date], Geography]) -> Held:
    """The table at hand with what was decided since, or one from the file, or one read anew."""
    mark = reporting.round_mark(round_.pk)
    if old is not None and old.tree == tree:
        if old.mark == mark:
            return old
        if _only_decisions(old.mark, mark):
            patched = old.table.patched(_rows(reporting.accepted_rows(round_.pk, after_decision=old.mark.last)))
            if int(patched.decisions.sum()) == mark.total:
                return Held(patched, mark, tree, next(_numbers))
    return Held(from_file(round_, tree) or _kept_in_file(round_, fresh(round_, geography(round_.ends)), tree), mark, tree, next(_numbers))


def _only_decisions(old: reporting.RoundMark, new: reporting.RoundMark) -> bool:
    """Whether nothing but later decisions lies between two marks, and what the old one knew still stands."""
    same = (old.rows, old.excused) == (new.rows, new.excused)
    return same and new.last > old.last and reporting.decided_digest(old.last) == old.digest


def _rows(accepted: Iterable[reporting.AcceptedRow]) -> list[ReportRow]:
    return [
        ReportRow(row.unit_id, row.area_id or NOWHERE, row.line, row.values, row.states, None, False, row.decision_id) for row in accepted
    ]


def fresh(round_: Round, geography: Geography) -> LeafTable:
    """The round read anew from its reports."""
    accepted = {row.report_id: row for row in reporting.accepted_rows(round_.pk)}
    rows = []
    for owed in reporting.expected(round_.pk):
        row = ReportRow(unit=owed.unit_id, area=owed.area_id or NOWHERE, line=owed.line, day=owed.covers_to, excused=owed.excused)
        if owed.report_id in accepted:
            given = accepted[owed.report_id]
            row = replace(row, values=given.values, states=given.states, decision=given.decision_id)
        rows.append(row)
    columns = definition_of(round_.template.definition).columns
    return LeafTable.from_rows(rows, key=round_.slug, on=round_.ends, columns=columns, geography=geography)


def drop(round_: Round) -> None:
    """Forget the round's table in memory and on disk: what is read next comes from the reports alone."""
    with _lock:
        _held.pop((str(settings.DATABASES["default"]["NAME"]), round_.pk), None)
        _path(round_).unlink(missing_ok=True)


def _path(round_: Round) -> Path:
    return Path(settings.DATA) / "cut" / f"{round_.pk}-{round_.slug}.cells"


def _standing(round_: Round) -> tuple[Array, Array, Array, Array]:
    """Unit, decision, digest and excuse of every report owed, by unit."""
    rows = reporting.standing(round_.pk)
    digests = np.frombuffer(b"".join(bytes.fromhex(row[2]) or bytes(32) for row in rows), np.uint8).reshape(len(rows), 32)
    units, decisions, excused = (np.array([row[at] for row in rows], np.int64) for at in (0, 1, 3))
    return units, decisions, digests, excused


def from_file(round_: Round, tree: str) -> LeafTable | None:
    """The table of the file with what was decided since; None when there is no file, or when it is of another tree,
    other reports or excuses, or a decision that it holds no longer counts."""
    try:
        stored = read_round(_path(round_))
    except CutDamaged:
        return None
    table, order = stored.table, np.argsort(stored.table.unit_ids)
    units, decisions, digests, excused = _standing(round_)
    alike = stored.tree == tree and (table.key, table.columns) == (round_.slug, definition_of(round_.template.definition).columns)
    if not alike or not np.array_equal(table.unit_ids[order], units) or not len(table.columns):
        return None
    differs = (table.decisions[order] != decisions) | (stored.digests[order] != digests).any(axis=1)
    gone = (table.states[order, 0] == State.EXCUSED) != (excused != 0)
    if gone.any() or (decisions[differs] <= table.decisions[order][differs]).any() or int(differs.sum()) > FEW:
        return None
    if not differs.any():
        return table
    wanted = set(units[differs].tolist())
    later = [row for row in reporting.accepted_rows(round_.pk, after_decision=int(decisions[differs].min()) - 1) if row.unit_id in wanted]
    try:
        return table.patched(_rows(later))
    except BadTable:
        return None


def _kept_in_file(round_: Round, table: LeafTable, tree: str) -> LeafTable:
    """Keep the table for the next process, unless it was read inside a transaction that may yet be rolled back."""
    if not connection.in_atomic_block and len(table):
        units, decisions, digests, _excused = _standing(round_)
        order = np.argsort(table.unit_ids)
        if np.array_equal(table.unit_ids[order], units) and np.array_equal(table.decisions[order], decisions):
            laid = np.empty_like(digests)
            laid[order] = digests
            path = _path(round_)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_round(path, Stored(table, laid, tree))
    return table
