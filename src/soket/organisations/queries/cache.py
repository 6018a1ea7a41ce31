"""What is read once per state of the tree: a bounded store keyed by the tree's token."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any, TypeVar, cast

from django.db.models import Q

from soket.kernel.memo import once
from soket.organisations.models import TreeVersion

T = TypeVar("T")
KEPT = 48  # some twenty distinct trees, the lives and the edges, for two states of the tree
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def on_day(day: date, prefix: str = "") -> Q:
    """Rows whose [valid_from, valid_to) holds the day."""
    ends = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & ends


def _standing() -> tuple[int, str]:
    """Number and token of the tree as the database has it now."""
    return TreeVersion.objects.filter(pk=1).values_list("number", "token").first() or (0, "")


def _read() -> tuple[int, str]:
    """The same, read once for a request or an action."""
    return once("organisations.tree", _standing)


def tree_version() -> int:
    """How often the tree has changed; 0 before anything is loaded."""
    return _read()[0]


def state() -> str:
    """The token of the tree as it stands; empty before anything is loaded."""
    return _read()[1]


def kept(key: tuple[Any, ...], build: Callable[[], T], token: str | None = None) -> T:
    """What `build` makes, kept under the tree's state (`token`, when several reads must be of one state); not
    kept when the tree changed while it was built, which only a fresh look can tell."""
    token = state() if token is None else token
    full = (token, *key)
    with _lock:
        if full in _kept:
            _kept.move_to_end(full)
            return cast(T, _kept[full])
    built = build()
    if token and _standing()[1] == token:
        with _lock:
            _kept[full] = built
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return built
