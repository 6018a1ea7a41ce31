"""What every page needs: navigation along the chain, place of work, demonstration label."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from soket.front import rooms
from soket.kernel.clock import today


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for ui/base.html. The place of work is the person's first post today."""
    context: dict[str, Any] = {"demo_world": settings.DEMO_WORLD, "sign_links": True, "nav_items": []}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        context["nav_items"] = rooms.public_navigation(request.path)
        return context
    day = today()
    posts = rooms.posts(user, day)
    if posts:
        context.update(place_title=rooms.unit_name(posts[0].unit_id, day), place_note=posts[0].title)
    else:
        context["place_title"] = user.label
    context["nav_items"] = rooms.navigation(request.path, request.resolver_match.namespace if request.resolver_match else "")
    return context
