"""What the papers have in common; the words are those of every official paper."""
from __future__ import annotations

from soket.documents.kinds.shared import BLANK, clock, day, pair, person, post, short, text

__all__ = ["BLANK", "clock", "day", "pair", "person", "post", "short", "text"]
