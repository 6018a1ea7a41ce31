"""What a campaign's and a nomination's page is put together from: each part of the room adds its own section."""
from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest

from soket.commendations.models import Campaign, Nomination

Part = tuple[str, dict[str, Any]]  # template, its context
NOMINATION = ("nominating", "appraising", "council", "deciding", "certificates", "grounds")
CAMPAIGN = ("nominating", "appraising", "council", "deciding", "certificates", "grounds")


def _offered(names: tuple[str, ...], function: str) -> list[Any]:
    found = [import_module(f"soket.commendations.views.{name}_part") for name in names if find_spec(f"soket.commendations.views.{name}_part")]
    return [getattr(module, function) for module in found if hasattr(module, function)]


def of_nomination(request: HttpRequest, nomination: Nomination) -> list[Part]:
    """The sections of a nomination's page for this reader, in order; a part without anything to say gives None."""
    return [part for read in _offered(NOMINATION, "nomination_part") if (part := read(request, nomination)) is not None]


def of_campaign(request: HttpRequest, campaign: Campaign) -> list[Part]:
    """The sections of a campaign's page for this reader, in order."""
    return [part for read in _offered(CAMPAIGN, "campaign_part") if (part := read(request, campaign)) is not None]
