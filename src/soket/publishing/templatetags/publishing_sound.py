"""Lengths of sound as readers see them."""
from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def clock(duration: int | None) -> str:
    """Milliseconds as 3:58 or 1:02:03, to the nearest second."""
    seconds = whole_seconds(duration)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def whole_seconds(duration: int | None) -> int:
    """Milliseconds as whole seconds, as `clock` counts them."""
    return ((duration or 0) + 500) // 1000
