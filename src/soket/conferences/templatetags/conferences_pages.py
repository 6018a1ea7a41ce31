"""Small helps for the room's templates."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entry(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What the mapping holds under the key; empty when nothing."""
    return mapping.get(key, "")
