"""Words broken into even lines by the widths of the type; lengths in ems, so that one measure serves every size.

Vietnamese writes one syllable a word, so a machine without a dictionary cannot know which two belong together. It can prefer to end a
line after a comma, and not to part a name: “tỉnh | Hưng Yên” and “Hưng | Yên” cost more than a break between two small words.
"""
from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from soket.documents.metrics import MM_PER_POINT, face

AFTER_STOP, PLAIN, AT_NAME, INSIDE_NAME = 0.0, 0.06, 0.16, 0.24


@lru_cache(maxsize=65536)
def ems(text: str, bold: bool, italic: bool) -> float:
    """The width of a text in ems of its size; kerning, which only narrows, is not counted."""
    return face(bold=bold, italic=italic).width(text, 1.0) / MM_PER_POINT


@lru_cache(maxsize=4096)
def even_lines(text: str, room: float, bold: bool, italic: bool) -> tuple[str, ...] | None:
    """The text in as few lines as fit into `room` ems, then as even and as well parted as they can be; its own line ends are kept.

    None when a single word is wider than the room.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        words = part.split(" ")
        widths = [ems(word, bold, italic) for word in words]
        if max(widths) > room:
            return None
        starts = [*_best(words, widths, ems(" ", bold, italic), room), len(words)]
        lines += [" ".join(words[first:after]) for first, after in zip(starts, starts[1:], strict=False)]
    return tuple(lines)


def _fewest(widths: Sequence[float], blank: float, room: float) -> int:
    lines, used = 1, widths[0]
    for width in widths[1:]:
        if used + blank + width <= room:
            used += blank + width
        else:
            lines, used = lines + 1, width
    return lines


def _best(words: Sequence[str], widths: Sequence[float], blank: float, room: float) -> list[int]:
    """The first word of each line at the least cost: the squares of what stays free, and what each break parts."""
    count, total = _fewest(widths, blank, room), len(words)
    if count == 1:
        return [0]
    costs = [_parting(words[at - 1], words[at]) if at else 0.0 for at in range(total)]
    # best[end]: the least cost of setting words[:end] in the lines so far, and where the last of them starts.
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, starts) in best.items():
            used = -blank
            for end in range(start + 1, total + 1):
                used += blank + widths[end - 1]
                if used > room:
                    break
                sum_ = cost + ((room - used) / room) ** 2 + (costs[end] if end < total else 0.0)
                if end not in following or sum_ < following[end][0]:
                    following[end] = (sum_, [*starts, start])
        best = following
    return best[total][1]


def _parting(before: str, after: str) -> float:
    """What it costs to end a line between two words."""
    if before[-1:] in (",", ";", ".", ":", "-"):
        return AFTER_STOP
    left, right = (word[:1].isupper() or word[:1].isdigit() for word in (before, after))
    return INSIDE_NAME if left and right else AT_NAME if left or right else PLAIN
