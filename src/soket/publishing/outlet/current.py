"""The public store as it stands now, for those who read the newspaper. Knows no model of Django, so the public process can use it."""
from __future__ import annotations

from django.conf import settings

from soket.kernel.clock import now
from soket.publishing.outlet.schema import StoreMissing
from soket.publishing.outlet.shelf import Kept, Shelf, open_shelf


def shelf() -> Shelf | None:
    """This thread's view of the public store; None before anything was published."""
    try:
        return open_shelf(settings.PUBLIC)
    except StoreMissing:
        return None


def moment() -> int:
    """Now, as the store counts time: seconds since 1970."""
    return int(now().timestamp())


def kept(slug: str) -> Kept | None:
    """The article at this address, also one taken down; None when there is none."""
    found = shelf()
    return found.article(slug, moment()) if found else None
