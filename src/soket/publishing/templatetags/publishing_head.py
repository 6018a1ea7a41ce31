"""What an article's page carries for programs: the signed manifest and the structured data, as data blocks that no browser runs."""
from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from soket.publishing import structured
from soket.publishing.manifest import data_block, envelope
from soket.publishing.outlet.shelf import Kept

register = template.Library()


@register.simple_tag
def page_manifest(kept: Kept) -> SafeString:
    """The manifest's element; nothing where the copy has no seal. The policy for scripts leaves data blocks alone."""
    if not isinstance(kept, Kept) or "seal" not in kept.extra:
        return SafeString()
    block = data_block(envelope(kept.raw, kept.extra["seal"]))
    return mark_safe(f'<script type="application/json" id="soket-manifest">{block}</script>')  # noqa: S308 - no sign of markup in it


@register.simple_tag
def page_facts(kept: Kept, base_url: str) -> structured.Facts:
    """What the head says of the article."""
    return structured.facts(kept, base_url)


@register.simple_tag
def news_article(kept: Kept, base_url: str) -> SafeString:
    """The NewsArticle's element."""
    block = data_block(structured.news_article(kept, base_url))
    return mark_safe(f'<script type="application/ld+json">{block}</script>')  # noqa: S308 - no sign of markup in it
