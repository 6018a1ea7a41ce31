"""Declared events: nothing is recorded that was not declared with its exact payload keys.

Codes are stored; words are made at display, in the reader's language, from the declared sentence.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class UndeclaredEvent(Exception):
    """An event, or a payload key, that no room declared."""


@dataclass(frozen=True)
class EventType:
    """`name` is room.past_tense; `keys` are all payload keys; `sentence` is a lazily translated
    text that may use {subject}, {actor} and any key, e.g. "{subject} was renamed to {new_name}"."""

    name: str
    keys: frozenset[str]
    sentence: Any
    public: bool = False


_types: dict[str, EventType] = {}


def declare(name: str, sentence: Any, *keys: str, public: bool = False) -> EventType:
    """Declare one event; a second declaration of the name is a programming error."""
    if name in _types:
        raise UndeclaredEvent(f"{name} is declared twice")
    _types[name] = EventType(name, frozenset(keys), sentence, public)
    return _types[name]


def event_type(name: str) -> EventType:
    try:
        return _types[name]
    except KeyError:
        raise UndeclaredEvent(name) from None


def declared() -> dict[str, EventType]:
    """All declared events by name."""
    return dict(_types)
