"""Filters of this room's pages."""
from __future__ import annotations

from datetime import date

from django import template

register = template.Library()


@register.filter
def as_day(text: str) -> date | None:
    """The day that a sealed body writes as text; None for an empty one."""
    return date.fromisoformat(text) if text else None
