"""What this room does when something has happened."""
from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from soket.jobs.actions import enqueue
from soket.reviews.signals import edition_frozen
from soket.reviews.tasks import RENDER, set_paper


@receiver(edition_frozen)
def papers_are_set(*, edition_id: int, **_: Any) -> None:
    """A frozen edition is set as its papers at once, so that they lie ready when someone asks."""
    for form in RENDER:
        enqueue(job=set_paper, arguments={"edition": edition_id, "form": form})
