"""The picture of a succession: boxes on two sides and the lines between them, drawn on the server."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from soket.organisations.queries import UnitStep

HEIGHT = 140
SHOWN = 8


@dataclass(frozen=True)
class Flow:
    """The other side's steps (at most `SHOWN`, `more` beyond), the day and basis of the first, one path."""

    steps: list[UnitStep]
    more: int
    on: date
    basis: str
    path: str
    whole: bool
    """Every step carries the whole, so figures of the earlier units add up to those of the later."""

    @property
    def last(self) -> date:
        """The last day before the succession."""
        return self.on - timedelta(days=1)


def flows(steps: list[UnitStep], *, inward: bool) -> list[Flow]:
    """One picture for each day of succession, in the order of the steps."""
    return [_flow(list(of_day), inward) for _day, of_day in groupby(steps, key=lambda step: step.on)]


def _flow(steps: list[UnitStep], inward: bool) -> Flow:
    """Many lead into one (`inward`), or one leads out to many."""
    shown = steps[:SHOWN]
    middle = HEIGHT // 2
    lines = []
    for at in range(len(shown)):
        here = (2 * at + 1) * HEIGHT // (2 * len(shown))
        start, end = (here, middle) if inward else (middle, here)
        lines.append(f"M8 {start}C70 {start} 50 {end} 112 {end}")
    return Flow(shown, len(steps) - len(shown), steps[0].on, steps[0].basis, "".join(lines), all(step.share == 1 for step in steps))
