"""A count done again from what was kept: the ballots, their signatures, their digest, and the digest in the record."""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from soket.audit.models import Event
from soket.audit.queries import events_about
from soket.commendations.core import ballots
from soket.commendations.core.council import reaches
from soket.commendations.models import Meeting, Question, Tally
from soket.commendations.queries import meetings, scope
from soket.commendations.queries.recipients import labels
from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest

COUNTED = "commendations.counted"


@dataclass(frozen=True)
class Checked:
    """A question counted again. `rows`: its ballots, each with its place and whether it holds. `adds_up`: the list gives the tally."""

    question: Question
    label: str
    tally: Tally
    rows: list[dict[str, Any]]
    found: ballots.Recount
    adds_up: bool
    paper: dict[str, Any] | None

    @property
    def not_cast(self) -> int:
        """Ballots taken and not cast."""
        return self.tally.issued - self.tally.yes - self.tally.no - self.tally.blank

    @property
    def holds(self) -> bool:
        return self.adds_up and not self.found.bad and not self.found.twice and self.found.digest == self.tally.digest


def meeting_digest(tallies: Iterable[Tally]) -> str:
    """SHA-256 over the digests of all questions, in the order of the agenda."""
    return hex_digest([tally.digest for tally in sorted(tallies, key=lambda one: one.question.order)])


def recorded(meeting: Meeting) -> tuple[Event | None, str]:
    """The event that the record keeps of the count, and the digest in it."""
    ref = meetings.meeting_ref(meeting)
    event = events_about(ref.kind, ref.id).filter(name=COUNTED).first()
    return event, json.loads(event.body)["payload"]["digest"] if event else ""


def counted_meeting(pk: int) -> Meeting | None:
    """A meeting whose votes were counted, whoever asks."""
    joined = ("council__campaign__review", "council__authority")
    return Meeting.objects.filter(pk=pk, stage="counted").select_related(*joined).first()


def readable(actor: Actor, meeting: Meeting, day: date) -> set[UUID] | None:
    """The nominations whose count the actor may see: None means all, for who sees the council; else those that the actor sees."""
    if meetings.councils(actor, day).filter(pk=meeting.council_id).exists():
        return None
    return set(scope.nominations(actor, day).filter(questions__meeting=meeting).values_list("pk", flat=True))


def check(meeting: Meeting, day: date, only: set[UUID] | None = None) -> list[Checked]:
    """Every question of a counted meeting counted again; `only` names the nominations to show."""
    asked = [row for row in meetings.questions(meeting) if only is None or row.nomination_id in only]
    called = labels((row.nomination for row in asked), day)
    return [checked(row, called[row.nomination_id]) for row in asked]


def checked(question: Question, label: str) -> Checked:
    """One counted question counted again."""
    tally: Tally = question.tally
    rows: list[dict[str, Any]] = json.loads(tally.ballots)
    paper = next((row for row in rows if "paper" in row), None)
    if paper is not None:
        same = all(paper[name] == getattr(tally, name) for name in ("issued", "yes", "no", "blank"))
        found = ballots.Recount(paper["yes"], paper["no"], paper["blank"], (), (), ballots.digest(tally.ballots))
        return Checked(question, label, tally, [], found, same, paper)
    key = ballots.PublicKey.read(question.public_key) if question.public_key else None
    found = ballots.recount(tally.ballots, key)
    same = (found.yes, found.no, found.blank) == (tally.yes, tally.no, tally.blank) and found.cast <= tally.issued <= tally.members
    told = meetings.rules_of(question.meeting.council)
    same = same and tally.passed == reaches(tally.yes, tally.base, told.threshold)
    listed = [{**row, "place": place, "bad": place in found.bad} for place, row in enumerate(rows, 1)]
    return Checked(question, label, tally, listed, found, same, None)


def as_data(meeting: Meeting, rows: list[Checked]) -> dict[str, Any]:
    """The counts as one file that anybody counts again: ballots, public keys, digests, rules."""
    event, digest = recorded(meeting)
    return {
        "meeting": meetings.meeting_ref(meeting).label, "rules": json.loads(meeting.council.rules), "citation": meeting.council.rule_citation,
        "scheme": "RSABSSA-SHA384-PSS-Deterministic (RFC 9474); signed: TOKEN:CHOICE", "recorded_digest": digest,
        "event": event.pk if event else None,
        "questions": [
            {
                "order": row.question.order, "nomination": row.question.nomination.number, "public_key": row.question.public_key,
                "ballots": json.loads(row.tally.ballots), "digest": row.tally.digest,
                **{name: getattr(row.tally, name) for name in ("members", "present", "issued", "yes", "no", "blank", "base", "passed")},
            }
            for row in rows
        ],
    }  # fmt: skip

