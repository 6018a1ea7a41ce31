"""One filter for the pages of reviews."""
from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def of_edition(changes: dict[int, Any], number: int) -> Any:
    """The difference rows of an edition by its number."""
    return changes.get(number, [])
