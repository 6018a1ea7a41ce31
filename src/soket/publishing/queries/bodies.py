"""The register of organisations as the editor's advice reads it."""
from __future__ import annotations

from datetime import date

from soket.organisations import queries as organisations
from soket.organisations.models import UnitVersion
from soket.organisations.queries.cache import kept
from soket.publishing import bodies
from soket.publishing.bodies import Body, Register
from soket.publishing.typography import Advice


def register() -> Register:
    """Every name that a unit ever bore, by its key; kept until the register changes."""
    return kept(("publishing.bodies",), _register)


def _register() -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = {}
    rows = UnitVersion.objects.order_by("unit_id", "valid_from").values_list("unit_id", "name", "folded", "valid_from", "valid_to")
    for unit, name, plain, starts, ends in rows.iterator(20_000):
        found.setdefault(bodies.short_key(plain), []).append(Body(unit, name, starts, ends))
    return found


def advices(text: str, day: date, beside: str = "") -> list[Advice]:
    """Advice on the bodies that a text names, as they stand on the day. `beside`: what the reader has before them besides."""
    return bodies.advices(text, register(), day, lambda unit: [step.name for step in organisations.unit_successors(unit)], beside)
