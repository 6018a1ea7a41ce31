"""Facts this room announces after commit."""
from __future__ import annotations

from django.dispatch import Signal

# edition_id: int, review_id: int, number: int
edition_frozen = Signal()
# citation_id: int, kind: str, ref_id: str, figure: str, changed: bool, edition_id: int
citation_flagged = Signal()
