"""What a nomination's page says of figures that moved below it."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from soket.commendations.models import Nomination
from soket.commendations.queries import grounds
from soket.kernel.clock import today

Part = tuple[str, dict[str, Any]]


def nomination_part(request: HttpRequest, nomination: Nomination) -> Part | None:
    """Each moved figure, the verdicts on it, and who has still to judge."""
    found = grounds.flags(nomination, today())
    return ("commendations/grounds/nomination_part.html", {"ground_flags": found}) if found else None
