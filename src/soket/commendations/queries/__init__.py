"""Reads of commendations; each takes who asks and the day."""
from __future__ import annotations

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from soket.accounts.models import Person
from soket.ui.work import WorkItem

PARTS = ("campaigns", "nominating", "appraising", "council", "deciding", "grounds")


def waiting_for(person: Person, at: datetime) -> list[WorkItem]:
    """What waits for the person in every part of the room, in the order of the chain."""
    found: list[WorkItem] = []
    for part in PARTS:
        name = f"soket.commendations.queries.{part}"
        if find_spec(name):
            found += getattr(import_module(name), "waiting", lambda _person, _at: [])(person, at)
    return found
