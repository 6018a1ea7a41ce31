"""Parts that rooms above add to a review: built when an edition is proposed, sealed with it, shown and printed."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from soket.documents.core import Block
from soket.reviews.models import Review


@dataclass(frozen=True)
class Part:
    """`build` gives the canonical body as of an instant, None when there is nothing; `template` shows a body on a page (context:
    `body`, `sealed`); `printed` makes it blocks of the report."""

    key: str
    build: Callable[[Review, datetime], dict[str, Any] | None]
    template: str
    printed: Callable[[dict[str, Any]], list[Block]]


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a part under its key. Raises ValueError when the key is taken by another."""
    if _parts.get(part.key, part) is not part:
        raise ValueError(f"the part {part.key} is registered already")
    _parts[part.key] = part


def parts() -> list[Part]:
    """All parts in the order of their keys, so that dossiers are the same whatever was loaded first."""
    return [_parts[key] for key in sorted(_parts)]
