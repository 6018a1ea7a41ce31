"""What a nomination can stand on: an exemplar that was recognised, with its frozen figures."""
from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from soket.exemplars.models import Exemplar


@dataclass(frozen=True)
class Ground:
    """`text` is the unit's own description; `figures` are (edition id, code) of the frozen figures it is bound to, without those cited
    from outside."""

    unit_id: int
    title: str
    text: str
    url: str
    figures: list[tuple[int, str]]


def as_ground(exemplar_id: int) -> Ground | None:
    """The exemplar as the ground of a nomination; None unless it is recognised or published."""
    row = Exemplar.objects.filter(pk=exemplar_id, state__in=["recognised", "published"]).first()
    if row is None:
        return None
    bound = row.figures.exclude(edition=None).order_by("pk").values_list("edition_id", "code")
    figures = [(edition, code) for edition, code in bound if edition is not None]
    return Ground(row.unit_id, row.title, row.description, reverse("exemplars:detail", args=[row.slug]), list(dict.fromkeys(figures)))
