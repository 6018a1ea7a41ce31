"""Closing a vote: the count of every question, once, with all that is needed to count again. On screen or from the tellers' minutes."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.council import locked_meeting, require_keeps
from soket.commendations.actions.shared import take_sides
from soket.commendations.core import ballots
from soket.commendations.core.council import base, reaches
from soket.commendations.models import Meeting, Member, OpenBallot, PaperCount, Question, Tally, Urn
from soket.commendations.models.appraising import MemberRole
from soket.commendations.models.nominating import Side
from soket.commendations.queries import meetings as queries
from soket.commendations.queries.recount import meeting_digest
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action


@dataclass(frozen=True)
class PaperLine:
    """What the tellers counted for one question."""

    question: int
    issued: int
    yes: int
    no: int
    blank: int


@dataclass(frozen=True)
class _Votes:
    issued: int
    yes: int
    no: int
    blank: int
    text: str


def _open(meeting: Meeting) -> Meeting:
    held = locked_meeting(meeting)
    if held.stage != "open":
        raise Refused(_("This meeting is not open."))
    return held


@action
def count_meeting(*, meeting: Meeting, by: Actor, at: datetime) -> list[Tally]:
    """Close the vote, wipe the private keys, count every question and keep the sorted ballots with their digest.

    The record keeps the digest of the whole and who took part, in the order of their posts, not of their coming.
    """
    held = _open(meeting)
    require_keeps(by, held.council, at)
    asked = _held(held)
    if held.secret and not queries.any_ballot(held):
        raise Refused(_("No ballot has been taken. Votes on paper are entered from the tellers' minutes."))
    took, seats = queries.taken(held), {one.pk: one.post for one in queries.members_at(held)}
    votes = {row.pk: _cast(row, len(took[row.pk]), seats) for row in asked}
    return _close(held, asked, votes, sorted({seats[one] for rows in took.values() for one in rows}), by, at)


def _held(meeting: Meeting) -> list[Question]:
    """The questions and their urns, held until the act ends: a ballot under way is in the urn, or comes too late."""
    list(Question.objects.select_for_update().filter(meeting=meeting).order_by("pk").values_list("pk", flat=True))
    list(Urn.objects.select_for_update().filter(question__meeting=meeting).order_by("pk").values_list("pk", flat=True))
    return queries.questions(meeting)


def _cast(question: Question, issued: int, seats: dict[int, str]) -> _Votes:
    """Ballots of the urn and votes by name, together: a named one stands with the member's post."""
    urn = Urn.objects.filter(question=question).first()
    rows: list[dict[str, Any]] = json.loads(urn.ballots) if urn else []
    rows += [{"member": seats[one.member_id], "choice": one.choice} for one in OpenBallot.objects.filter(question=question)]
    chosen = [row["choice"] for row in rows]
    if len(chosen) > issued:
        raise Refused(_("The urn holds more ballots than were given out: the vote cannot be counted."))
    return _Votes(issued, chosen.count("yes"), chosen.count("no"), chosen.count("blank"), ballots.sealed(rows))


def _close(meeting: Meeting, asked: list[Question], votes: dict[int, _Votes], voters: list[str], by: Actor, at: datetime) -> list[Tally]:
    take_sides([row.nomination for row in asked], Side.DECIDE, "counted", by, at)
    told, here = queries.rules_of(meeting.council), set(queries.present_ids(meeting))
    bench = queries.bench(meeting, [row.nomination for row in asked], day_of(at))
    made = []
    for row in asked:
        entitled = bench.entitled(row.nomination)
        present = sum(one.pk in here for one in entitled)
        cast, of = votes[row.pk], base(told.absent, len(entitled), present)
        tally = Tally(
            question=row, members=len(entitled), present=present, issued=cast.issued, yes=cast.yes, no=cast.no, blank=cast.blank, base=of,
            passed=reaches(cast.yes, of, told.threshold), ballots=cast.text, digest=ballots.digest(cast.text), at=at, by_label=by.actor_label,
        )  # fmt: skip
        tally.save(force_insert=True)
        made.append(tally)
    Question.objects.filter(meeting=meeting).update(private_key="")
    meeting.stage, meeting.counted_at = "counted", at
    meeting.save(update_fields=["stage", "counted_at"])
    payload = {"digest": meeting_digest(made), "questions": len(made), "voters": voters}
    record(event=events.council.COUNTED, by=by, subject=queries.meeting_ref(meeting), at=at, payload=payload)
    return made


@action
def enter_paper_count(*, meeting: Meeting, lines: Sequence[PaperLine], minutes: Upload, by: Actor, at: datetime) -> PaperCount:
    """Enter what the tellers counted, with their signed minutes; a second person confirms it. Raises Refused at "q<question id>" (numbers
    that do not add up), file, or when ballots were taken on screen."""
    held = _open(meeting)
    require_keeps(by, held.council, at)
    if not held.secret or queries.any_ballot(held):
        raise Refused(_("Votes have been taken on screen: count them here."))
    asked = queries.questions(held)
    take_sides([row.nomination for row in asked], Side.DECIDE, "counted", by, at)
    _adds_up(held, asked, lines, at)
    file = store(content=minutes.content, name=minutes.name, allowed=files.EVIDENCE, by=by, at=at)
    body = canonical([asdict(line) for line in lines]).decode()
    made = PaperCount(
        meeting=held, number=held.paper_counts.count() + 1, body=body, file=file, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    made.save(force_insert=True)
    payload = {"file": file.sha256, "number": made.number}
    record(event=events.council.PAPER_ENTERED, by=by, subject=queries.meeting_ref(held), at=at, payload=payload)
    return made


def _adds_up(meeting: Meeting, asked: list[Question], lines: Sequence[PaperLine], at: datetime) -> None:
    told = {line.question: line for line in lines}
    if set(told) != {row.pk for row in asked} or len(lines) != len(asked):
        raise Refused(_("Enter every question once."))
    bench = queries.bench(meeting, [row.nomination for row in asked], day_of(at))
    for row in asked:
        line, most = told[row.pk], len(bench.entitled(row.nomination))
        if min(line.issued, line.yes, line.no, line.blank) < 0 or line.yes + line.no + line.blank > line.issued:
            raise Refused(_("More ballots were counted than handed out."), field=f"q{row.pk}")
        if line.issued > most:
            raise Refused(_("At most %(count)s members may vote on this nomination.") % {"count": most}, field=f"q{row.pk}")


@action
def confirm_paper_count(*, count: PaperCount, by: Actor, at: datetime) -> list[Tally]:
    """A second person, of the authority or the council's chair, confirms the newest entry: the vote is closed with it."""
    held = _open(count.meeting)
    if not confirms(by, held, at):
        raise Refused(_("A second person confirms: one who appraises for the authority, or the chair."))
    if by.actor_id == count.by_id:
        raise Refused(_("Nobody confirms what they entered themselves."))
    if held.paper_counts.filter(number__gt=count.number).exists():
        raise Refused(_("A newer count has been entered."))
    asked = _held(held)
    if queries.any_ballot(held):
        raise Refused(_("Votes have been taken on screen: count them here."))
    told = {line["question"]: PaperLine(**line) for line in json.loads(count.body)}
    _adds_up(held, asked, list(told.values()), at)
    votes = {row.pk: _on_paper(told[row.pk], count, by) for row in asked}
    return _close(held, asked, votes, [], by, at)


def confirms(by: Actor, meeting: Meeting, at: datetime) -> bool:
    """Whether the actor may confirm a paper count of the meeting: keeps its council, or chairs it."""
    member: Member | None = queries.member_for(by, meeting.council)
    return queries.keeps(by, meeting.council, day_of(at)) or (member is not None and member.role == MemberRole.CHAIR)


def _on_paper(line: PaperLine, count: PaperCount, by: Actor) -> _Votes:
    """The tally's list for a vote on paper: the tellers' minutes by their SHA-256, the numbers, who entered and who confirmed."""
    row = {"paper": count.file.sha256, "issued": line.issued, "yes": line.yes, "no": line.no, "blank": line.blank, "entered": count.by_label,
           "confirmed": by.actor_label}  # fmt: skip
    return _Votes(line.issued, line.yes, line.no, line.blank, ballots.sealed([row]))
