"""The curve of adoptions as lines in whole pixels: the same months drawn wide for a desk and narrow for a telephone."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soket.exemplars.core.spread import Month

LEFT, RIGHT, TOP, BOTTOM = 34, 44, 14, 26


@dataclass(frozen=True)
class Curve:
    """`path` is the step line; `ticks` are (y, number) on the left, `days` are (x, first day of a month) below; `reform` is the x of
    1 July 2025 where it lies inside; `end` is where the last value is printed."""

    width: int
    height: int
    path: str
    ticks: tuple[tuple[int, int], ...]
    days: tuple[tuple[int, date], ...]
    reform: int | None
    end: tuple[int, int]
    last: int

    @property
    def words_right(self) -> bool:
        """Whether the words at the reform's line stand right of it, where there is no room on the left."""
        return self.reform is not None and self.reform < LEFT + 80

    @property
    def base(self) -> int:
        return self.height - BOTTOM

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def left(self) -> int:
        return LEFT


def _top(value: int) -> int:
    """The smallest round number that the axis can end at; even, so that its half is a whole number."""
    for power in (1, 10, 100, 1000, 10_000, 100_000):
        for step in (2, 4, 6, 8, 10) if power == 1 else (2, 3, 4, 5, 6, 8, 10):
            if value <= step * power:
                return step * power
    return value + value % 2


def draw(rows: Sequence[Month], on: date, reform: date, width: int, height: int, labels: int) -> Curve:
    """The months up to the day `on`. `labels` is how many days may be printed below. Raises ValueError without a month."""
    if not rows:
        raise ValueError("a curve needs a month")
    first, end = rows[0].first, max(on, rows[0].first + timedelta(days=1))
    days, top = (end - first).days, _top(max(1, rows[-1].ever))
    across, up = width - LEFT - RIGHT, height - TOP - BOTTOM

    def x(day: date) -> int:
        return LEFT + across * (day - first).days // days

    def y(value: int) -> int:
        return TOP + up - up * value // top

    parts = [f"M{LEFT} {y(0)}"]
    for row in rows:  # the count of a month is reached at its end, or on the day looked at
        closes = min((row.first + timedelta(days=31)).replace(day=1), end)
        parts.append(f"L{x(closes)} {y(row.ever)}")
    every = max(1, -(-len(rows) // labels))
    below = tuple((x(row.first), row.first) for row in rows[::every] if x(row.first) <= width - RIGHT - 20)
    inside = x(reform) if first < reform < end else None
    return Curve(
        width, height, " ".join(parts), tuple((y(value), value) for value in (0, top // 2, top)), below, inside, (x(end), y(rows[-1].ever)), rows[-1].ever
    )
