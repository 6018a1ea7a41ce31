"""What this room does when something has happened."""
from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from soket.exemplars.actions import flag_figure
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.reviews.signals import citation_flagged


@receiver(citation_flagged)
def a_figure_of_an_exemplar_has_a_newer_edition(*, citation_id: int, kind: str, ref_id: str, changed: bool, edition_id: int, **_: Any) -> None:
    """Mark the exemplar that cites the figure; citations of other things are not ours."""
    if kind == "exemplars.exemplar":
        flag_figure(
            exemplar_id=int(ref_id), citation_id=citation_id, newer_id=edition_id, changed=changed, by=SystemActor("exemplars", "Soket"), at=now()
        )
