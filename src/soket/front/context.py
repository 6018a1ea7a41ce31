"""What every page needs: navigation along the chain, place of work, demonstration label."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from soket.front import rooms
from soket.kernel.clock import day_of, now


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for ui/base.html. The place of work is the person's first post today."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo_world": settings.DEMO_WORLD, "nav_items": [], "server_time": now()}
    at = now()
    posts = rooms.posts(user, day_of(at))
    place = {"unit": rooms.unit_name(posts[0].unit_id, day_of(at)), "title": posts[0].title} if posts else {"unit": user.label, "title": ""}
    return {"demo_world": settings.DEMO_WORLD, "nav_items": rooms.navigation(request.path), "place_of_work": place, "server_time": at}
