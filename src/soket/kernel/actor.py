"""Who acts: the protocol that a person, a job and an import satisfy.

Offices are named by what they may do (`Office`), never by job titles; low rooms ask
`actor.holds(office, at, on)` and `actor.reach(office, at)` and know nothing of accounts.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Office(StrEnum):
    """What a post at a unit allows. Codes are stored; words are made at display."""

    REPORT = "report"          # draft and submit for the unit
    DECIDE = "decide"          # accept or return what subordinate units send
    COMMEND = "commend"        # appraise commendations for an authority, run its council
    PROGRAMME = "programme"    # run a programme office: obligations, rounds, reviews
    SIGN = "sign"              # sign a review for a party
    WRITE = "write"            # write drafts of public statements
    EDIT = "edit"              # edit them, send them for approval
    PUBLISH = "publish"        # approve and publish them
    PICTURE = "picture"        # photographs of the newspaper
    SOUND = "sound"            # its recordings
    ADMINISTER = "administer"  # organisations, posts, settings


@dataclass(frozen=True)
class Reach:
    """Which units an actor's office covers on a day: every one, or those listed by id."""

    units: frozenset[int] = frozenset()
    everything: bool = False

    def covers(self, unit_id: int) -> bool:
        return self.everything or unit_id in self.units

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.units | other.units, self.everything or other.everything)


NOWHERE = Reach()


class Actor(Protocol):
    """Anyone on whose behalf a write happens."""

    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_id(self) -> str: ...
    @property
    def actor_label(self) -> str: ...
    def holds(self, office: Office, at: date, on: int) -> bool: ...
    def reach(self, office: Office, at: date) -> Reach: ...


@dataclass(frozen=True)
class SystemActor:
    """A job or an import: acts everywhere, under its own name, never as a person."""

    actor_id: str
    actor_label: str
    actor_kind: str = "system"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return True

    def reach(self, office: Office, at: date) -> Reach:
        return Reach(everything=True)


@dataclass(frozen=True)
class Anonymous:
    """A reader without an account: holds nothing, reaches nothing."""

    actor_id: str = "anonymous"
    actor_label: str = "anonymous"
    actor_kind: str = "anonymous"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return False

    def reach(self, office: Office, at: date) -> Reach:
        return NOWHERE
