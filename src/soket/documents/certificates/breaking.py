"""Words broken into even lines by the widths of the type; lengths in ems, so that one measure serves every size."""
from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from soket.documents.metrics import MM_PER_POINT, face


@lru_cache(maxsize=65536)
def ems(text: str, bold: bool, italic: bool) -> float:
    """The width of a text in ems of its size; kerning, which only narrows, is not counted."""
    return face(bold=bold, italic=italic).width(text, 1.0) / MM_PER_POINT


def even_lines(text: str, room: float, bold: bool, italic: bool) -> tuple[str, ...] | None:
    """The text in as few lines as fit into `room` ems, then as even as they can be; its own line ends are kept.

    None when a single word is wider than the room.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        words = part.split(" ")
        widths = [ems(word, bold, italic) for word in words]
        if max(widths) > room:
            return None
        blank = ems(" ", bold, italic)
        fewest, low, high = len(_starts(widths, blank, room)), max(widths), room
        for _ in range(14):
            middle = (low + high) / 2
            low, high = (middle, high) if len(_starts(widths, blank, middle)) > fewest else (low, middle)
        starts = [*_starts(widths, blank, high), len(words)]
        lines += [" ".join(words[first:after]) for first, after in zip(starts, starts[1:], strict=False)]
    return tuple(lines)


def _starts(widths: Sequence[float], blank: float, room: float) -> list[int]:
    """The first word of each line when lines are filled in order."""
    starts, used = [0], widths[0]
    for at in range(1, len(widths)):
        longer = used + blank + widths[at]
        if longer <= room:
            used = longer
        else:
            starts.append(at)
            used = widths[at]
    return starts
