"""Joint events: one activity, one identity, counted once in every area however many partners reported it."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.rollup.core.errors import BadTable
from soket.rollup.core.placement import Groups


@dataclass(frozen=True, slots=True)
class JointCount:
    """The events of an area, by identity, and the reporting areas of those that may lie outside it."""

    events: frozenset[str]
    gaps: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many events; a lower bound while there are gaps."""
        return len(self.events)


def joint_count(event_ids: Sequence[str], groups: Groups) -> dict[int, JointCount]:
    """Count events per target area. Row i of the placement is a partner's report of `event_ids[i]`.

    An event whose partners sit in two provinces counts once in each and once in the country, so the parts
    may sum to more than the whole. An area that reported an event and may lie partly in a target is a gap
    only for events that no other partner places there.
    """
    if len(event_ids) != len(groups.labels):
        raise BadTable(f"{len(event_ids)} events where {len(groups.labels)} reports were placed")
    inside: list[set[str]] = [set() for _ in groups.targets]
    for event, label in zip(event_ids, groups.labels.tolist(), strict=True):
        if label >= 0:
            inside[label].add(event)
    areas = groups.placement.area_ids.tolist()
    found = {}
    for at, target in enumerate(groups.targets):
        doubtful = set(groups.whole_gaps[at])
        open_ = {area for event, area in zip(event_ids, areas, strict=True) if area in doubtful and event not in inside[at]}
        found[target] = JointCount(frozenset(inside[at]), tuple(sorted(open_)))
    return found
