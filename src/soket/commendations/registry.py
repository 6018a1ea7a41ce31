"""What other rooms give this one at start-up, which cannot know them.

A *source* is what a nomination may be begun from (registered through `front`); a *keeper* says who keeps the handing over of an award at
a place that the other room knows, such as a conference's site.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from soket.kernel.actor import Actor


@dataclass(frozen=True)
class Begun:
    """The start of a nomination: whose it is, a text, where it stands, and the frozen figures it names (edition id, code)."""

    unit_id: int
    title: str
    text: str
    url: str
    figures: tuple[tuple[int, str], ...] = ()


Source = Callable[[Actor, str, date], Begun | None]
_sources: dict[str, Source] = {}


def register_source(kind: str, source: Source) -> None:
    """Add a source under its kind. Raises ValueError when the kind is taken by another."""
    if _sources.get(kind, source) is not source:
        raise ValueError(f"the source {kind} is registered already")
    _sources[kind] = source


def begun_from(actor: Actor, kind: str, key: str, day: date) -> Begun | None:
    """What the source gives under that key for this reader; None for an unknown kind or what the reader may not see."""
    source = _sources.get(kind)
    return source(actor, key, day) if source is not None else None


Keeper = Callable[[Actor, int, str, date], bool]  # who, id of the award, key of the place, day
_keepers: dict[str, Keeper] = {}


def register_keeper(kind: str, keeper: Keeper) -> None:
    """Add a keeper of handings over under the kind of place. Raises ValueError when the kind is taken by another."""
    if _keepers.get(kind, keeper) is not keeper:
        raise ValueError(f"the keeper {kind} is registered already")
    _keepers[kind] = keeper


def keeps_place(kind: str, actor: Actor, award: int, key: str, day: date) -> bool:
    """Whether the room that knows the place lets this actor keep that the award was handed over there; False for an unknown kind."""
    keeper = _keepers.get(kind)
    return keeper is not None and keeper(actor, award, key, day)
