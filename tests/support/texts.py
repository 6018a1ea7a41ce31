"""Which source texts were asked for without having a Vietnamese translation."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import trans_real

OWN = {"django", "allauth"}


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the English texts that a request used and that no part translates."""
    missing: set[str] = set()
    vietnamese = trans_real.translation("vi")
    catalog = vietnamese._catalog
    original = trans_real.gettext

    def watched(message: str) -> str:
        result = original(message)
        if trans_real.get_language() == "vi" and message.strip() and message not in catalog and result == message:
            missing.add(message)
        return result

    trans_real.gettext = watched
    try:
        yield missing
    finally:
        trans_real.gettext = original
