"""What the public reads: the public store, and no row of this room."""
from __future__ import annotations

from soket.publishing import showing
from soket.publishing.outlet.current import kept, moment, shelf
from soket.publishing.outlet.shelf import Card
from soket.publishing.showing import Released

__all__ = ["kept", "moment", "newest", "release_of", "shelf"]


def release_of(slug: str) -> Released | None:
    """The copy that counts, ready for a page; None when there is none or it was taken down."""
    found = kept(slug)
    return showing.told(found.content, found.digest, found.raw) if found and found.card.state == "published" else None


def newest(limit: int, offset: int = 0) -> list[Card]:
    """Published articles, newest first."""
    found = shelf()
    return found.newest(moment(), limit=limit, offset=offset) if found else []
