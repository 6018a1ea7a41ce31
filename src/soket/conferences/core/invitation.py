"""What an invitation says, and who stands in for whom. Pure.

`Invitation.body` is the canonical JSON of `body(…)`. Its keys are a contract: the invitation paper, the calendar file, the reply page
and the minutes read them, and nothing else about the invited.

    {"v": 1,
     "conference": {"code", "title", "chaired_by", "starts_at", "ends_at", "place", "symbol"},     instants in ISO 8601 with offset
     "delegate": {"number", "name", "role", "titles": [text, …], "unit_id", "unit", "stands_for", "capacity"},
     "site": {"id", "name", "kind", "room", "address"},
     "agenda": number of the agenda issued when it was sent, 0 for none}

`titles` stand in the order in which they are read out; `name` is empty until the unit names somebody; `role` is a code of
DelegateRole; `stands_for` is the number of the delegate replaced, 0 for none, and `capacity` says as what.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from soket.kernel.actor import NOWHERE, Office, Reach
from soket.kernel.text import canonical_text

LONGEST = 5  # delegates in one chain of substitutes


@dataclass(frozen=True)
class Standing:
    """One link of a chain of substitutes."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class InvitedActor:
    """Whoever holds the key of one delegate's reply page: answers for that delegate and holds no office anywhere."""

    delegate_id: int
    actor_label: str
    actor_kind: str = "invited"

    @property
    def actor_id(self) -> str:
        return f"delegate-{self.delegate_id}"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return False

    def reach(self, office: Office, at: date) -> Reach:
        return NOWHERE


def body(conference: Mapping[str, Any], delegate: Mapping[str, Any], site: Mapping[str, Any], agenda: int) -> dict[str, Any]:
    return {"v": 1, "conference": dict(conference), "delegate": dict(delegate), "site": dict(site), "agenda": agenda}


def differs(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the invited must be told anew. A newer agenda alone, or a name given where none stood, is no change."""
    return _told(was, was) != _told(now, was)


def asks_anew(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether an answer given before no longer holds: another time, another site, or another person."""
    return _stakes(was, was) != _stakes(now, was)


def _told(said: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "agenda": 0, "delegate": {**said["delegate"], "name": said["delegate"]["name"] if was["delegate"]["name"] else ""}}


def _stakes(said: Mapping[str, Any], was: Mapping[str, Any]) -> tuple[Any, ...]:
    return (said["conference"]["starts_at"], said["conference"]["ends_at"], said["site"]["id"], _told(said, was)["delegate"]["name"])


def same(one: Standing, other: Standing) -> bool:
    """Whether two links name the same person: the same name, or the same titles where one has no name."""
    if one.name and other.name:
        return canonical_text(one.name) == canonical_text(other.name)
    return tuple(map(canonical_text, one.titles)) == tuple(map(canonical_text, other.titles))


def stands_in(chain: Iterable[Standing], new: Standing) -> bool:
    """Whether the new one already stands in the chain, so that adding it would close a circle."""
    return any(same(one, new) for one in chain)
