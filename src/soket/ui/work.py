"""One thing that waits for someone, as every room describes it for the worklist."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class WorkItem:
    """`title` names the thing, `detail` says what is expected, `count` how many are behind the link."""

    title: str
    detail: str
    url: str
    due: datetime | None = None
    late: bool = False
    count: int = 1
