"""The number of readers as pages print it."""
from __future__ import annotations

from django import template
from django.conf import settings

from soket.publishing.outlet import counts

register = template.Library()


@register.simple_tag
def readers(slug: str) -> int | None:
    """Readers of an article so far; None when the counts cannot be read now."""
    return counts.readers_of(settings.PUBLIC, slug)
