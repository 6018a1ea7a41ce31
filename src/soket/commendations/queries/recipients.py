"""How a nomination is called: the recipient's name with post and unit, on a day."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from soket.commendations.models import Nomination
from soket.commendations.queries.scope import unit_names
from soket.documents.kinds.shared import Recipient
from soket.organisations import queries as organisations


def label(nomination: Nomination, unit: str) -> str:
    """The collective's name, or the person's name, post and unit."""
    parts = (nomination.person_name, nomination.person_post, unit) if nomination.recipient == "person" else (unit,)
    return ", ".join(part for part in parts if part)


def labels(nominations: Iterable[Nomination], day: date) -> dict[UUID, str]:
    """The label of each nomination by its id."""
    rows = list(nominations)
    names = unit_names((row.unit_id for row in rows), day)
    return {row.pk: label(row, names[row.unit_id]) for row in rows}


def on_paper(nomination: Nomination, day: date) -> Recipient:
    """The recipient as official papers name it; a collective with the unit above it."""
    node = organisations.unit_nearest(nomination.unit_id, day)
    name = node.name if node else ""
    if nomination.recipient == "person":
        return Recipient("person", nomination.person_name, nomination.person_post, name)
    above = organisations.unit_nearest(node.parent, day) if node is not None and node.parent is not None else None
    return Recipient("collective", name, unit=above.name if above else "")
