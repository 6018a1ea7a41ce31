"""What is approved together with a text, as plain data. Pure."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Shown:
    """A photograph as this text shows it. None keeps what the library says."""

    photo: int
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    decorative: bool | None = None


def field_of(photo: int, name: str) -> str:
    """The name of a form's field that holds a photograph's caption, credit, alt or decorative in this text."""
    return f"anh{photo}-{name}"


@dataclass(frozen=True)
class Extras:
    """What is approved together with the text. `photo` stands under the lead; `shown` says how photographs are shown here;
    `tags` are (kind, key, label). `category` is an id."""

    category: int | None = None
    byline: str = ""
    source: str = ""
    photo: int | None = None
    shown: Sequence[Shown] = field(default_factory=tuple)
    tags: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
