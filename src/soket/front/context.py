"""What every page needs: navigation along the chain, place of work, demonstration label."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for ui/base.html."""
    return {"demo_world": settings.DEMO_WORLD, "nav_items": []}
