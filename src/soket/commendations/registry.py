"""What a nomination may be begun from: rooms that this one cannot know are read through `front`, which registers a source at start-up."""
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
