"""What this room does when something has happened."""
from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from soket.directions.actions import relied_on_by_edition
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.reviews.signals import edition_frozen


@receiver(edition_frozen)
def the_edition_stands_on_what_it_carries(*, edition_id: int, **_: Any) -> None:
    """A frozen edition that took over open directions is kept among those who rely on each."""
    relied_on_by_edition(edition_id=edition_id, by=SystemActor("directions", "Soket"), at=now())
