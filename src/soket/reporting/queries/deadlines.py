"""Deadlines of a round: one for each line and level, and who asked for and agreed to a later one."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from soket.kernel.actor import Actor
from soket.kernel.text import whole
from soket.organisations.models import Level
from soket.organisations.queries import unit_tree
from soket.reporting.models import Extension, Round, RoundScope
from soket.reporting.queries.state import unit_name
from soket.reporting.rules import in_language


@dataclass(frozen=True)
class Request:
    """A request to move a deadline. `answer` is waiting, agreed or refused; `mine` forbids answering it."""

    row: Extension
    answer: str
    by_label: str
    at: datetime | None
    mine: bool


@dataclass(frozen=True)
class Deadline:
    """The deadline of one scope with the requests to move it, oldest first."""

    scope: RoundScope
    label: str
    due_at: datetime
    requests: list[Request] = field(default_factory=list)


def deadlines_of(round_: Round, actor: Actor) -> list[Deadline]:
    """Every scope of the round, in the order of lines and levels."""
    scopes = round_.scopes.select_related("line").order_by("line__order", "level", "id")
    asked: dict[int, list[Request]] = {}
    for row in Extension.objects.filter(scope__round=round_).select_related("answer").order_by("id"):
        answer = getattr(row, "answer", None)
        word = "waiting" if answer is None else "agreed" if answer.agreed else "refused"
        request = Request(row, word, answer.by_label if answer else "", answer.at if answer else None, row.by_id == actor.actor_id)
        asked.setdefault(row.scope_id, []).append(request)
    return [Deadline(scope, _label(scope, round_), scope.due_at, asked.get(scope.pk, [])) for scope in scopes]


def _label(scope: RoundScope, round_: Round) -> str:
    line = in_language(scope.line.name_vi, scope.line.name_en)
    words = [line, str(Level(scope.level).label).lower()]
    if scope.under_id is not None:
        tree = unit_tree(scope.line.code, round_.ends)  # kept in memory, unlike the name of a unit that ended before
        words.append(tree.node(scope.under_id).name if scope.under_id in tree else unit_name(scope.under_id, round_.ends))
    return ", ".join(words)


def extension_in(round_: Round, key: str) -> Extension | None:
    """A request of this round that has no answer yet."""
    rows = Extension.objects.filter(scope__round=round_, answer=None)
    return rows.filter(pk=whole(key) or 0).first()


def scope_in(round_: Round, key: str) -> RoundScope | None:
    return round_.scopes.filter(pk=whole(key) or 0).first()
