"""Small helps for this room's pages."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import template

from soket.conferences.models import Delegate
from soket.conferences.queries import inviting

register = template.Library()


@register.filter
def entry(table: Mapping[Any, Any], key: Any) -> Any:
    """table[key], or nothing."""
    return table.get(key, "")


@register.filter
def clock(seconds: int) -> str:
    """Seconds as 04:30; the sign is the caller's to say in words."""
    minutes, rest = divmod(abs(int(seconds)), 60)
    return f"{minutes:02d}:{rest:02d}"


@register.filter
def standing(delegate: Delegate) -> str:
    """In whose place a delegate comes and as what, or nothing."""
    return inviting.standing(delegate)


@register.simple_tag
def act_id() -> str:
    """A fresh id for one form, so that sending it twice is one act."""
    return str(uuid4())
