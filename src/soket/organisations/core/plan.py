"""What an act will do, before it does it: rows to end, to change and to open, and who follows whom.

A preview shows a plan, an action writes it; so the preview cannot differ from the act.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


@dataclass(eq=False)
class Opening:
    """A new area (`line` None) or a new unit of a line. `parent` and `area` may be openings of the same
    plan. `follows` are the ids it takes over from, each with its share (None while undecided)."""

    name: str
    level: int
    kind: str = ""
    line: int | None = None
    parent: int | Opening | None = None
    area: int | Opening | None = None
    sort_text: str = ""
    code: str = ""
    follows: list[tuple[int, Fraction | None]] = field(default_factory=list)


@dataclass
class Change:
    """The open version `version` goes on with other values; a value may be an opening."""

    version: Any
    values: dict[str, Any]


@dataclass
class Plan:
    """`endings` are open versions that end. `title` says the act in one line."""

    title: str
    openings: list[Opening] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    endings: list[Any] = field(default_factory=list)
    follows: list[tuple[int, int, Fraction | None]] = field(default_factory=list)
    """Steps between existing units: old, new, share."""

    def touched(self) -> list[Any]:
        """Every version that ends or changes."""
        return [*self.endings, *(change.version for change in self.changes)]


@dataclass(frozen=True)
class Part:
    """One part of a division: its name, its share (None: undecided) and the children that go to it.
    `kind` is the type of a new area, `code` its code."""

    name: str
    share: Fraction | None = None
    children: Sequence[int] = ()
    kind: str = ""
    code: str = ""
