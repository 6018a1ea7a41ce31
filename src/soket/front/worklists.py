"""Which rooms have something waiting, in the order of the chain. Rooms are looked up at call time."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.accounts.models import Person
from soket.ui.work import WorkItem

Source = Callable[[Person, datetime], list[WorkItem]]


def _room(name: str) -> Source:
    def source(person: Person, at: datetime) -> list[WorkItem]:
        module = import_module(f"soket.{name}.queries")
        found: list[WorkItem] = module.waiting_for(person, at)
        return found

    return source


SOURCES: list[tuple[Any, Source]] = [
    (_("Obligations"), _room("programmes")),
    (_("Reports"), _room("reporting")),
    (_("Reviews"), _room("reviews")),
    (_("Conferences"), _room("conferences")),
    (_("Directions"), _room("directions")),
    (_("Commendations"), _room("commendations")),
    (_("Exemplars"), _room("exemplars")),
    (_("Statements"), _room("publishing")),
]
