"""Who may change organisations. Reading them is open to everyone who is signed in."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from soket.kernel.actor import Actor, Office
from soket.organisations.models import Area, Unit, UnitVersion


def may_administer(actor: Actor, subject: Unit | Area, day: date) -> bool:
    """A unit is changed by who administers it; an area by who administers every unit that sits on it,
    for the change reaches them all; an area without units by who administers everything."""
    return may_administer_all(actor, [subject.pk] if isinstance(subject, Unit) else seated(subject), day)


def may_administer_all(actor: Actor, units: Iterable[int], day: date) -> bool:
    """Whether the actor's administering office covers every one of the units."""
    reach = actor.reach(Office.ADMINISTER, day)
    listed = list(units)
    return reach.everything or (bool(listed) and all(reach.covers(unit) for unit in listed))


def administers_everything(actor: Actor, day: date) -> bool:
    """Choices that concern the whole country belong to who administers everything."""
    return actor.reach(Office.ADMINISTER, day).everything


def seated(area: Area) -> list[int]:
    """Every unit whose present version sits on the area."""
    return list(UnitVersion.objects.filter(area=area, valid_to=None).values_list("unit_id", flat=True))
