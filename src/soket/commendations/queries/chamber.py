"""A meeting's page: each question with who may vote, who has, what conflicts stand, and its count once there is one."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from soket.commendations.core.ballots import PublicKey
from soket.commendations.core.council import Rules, least
from soket.commendations.models import Meeting, Member, Nomination, PaperCount, Question, Tally
from soket.commendations.models.campaign import CampaignForm
from soket.commendations.queries import meetings
from soket.commendations.queries.recipients import labels
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of


@dataclass(frozen=True)
class Line:
    """A question as the page shows it. `took`: members who took a ballot or voted by name."""

    question: Question
    label: str
    entitled: int
    took: int
    conflicts: list[tuple[Member, meetings.Conflict]]
    tally: Tally | None

    @property
    def nomination(self) -> Nomination:
        return self.question.nomination

    @property
    def form(self) -> CampaignForm:
        return self.question.nomination.campaign_form


@dataclass(frozen=True)
class Chamber:
    """A meeting with its members and questions."""

    meeting: Meeting
    rules: Rules
    members: list[Member]
    present: set[int]
    lines: list[Line]
    keys: int

    @property
    def least(self) -> int:
        """Members that make a quorum."""
        return least(len(self.members), self.rules.quorum)

    @property
    def ready(self) -> bool:
        """Whether every question of a secret vote has its key."""
        return not self.meeting.secret or self.keys == len(self.lines)

    @property
    def voted(self) -> bool:
        return any(line.took for line in self.lines)


def chamber(meeting: Meeting, day: date) -> Chamber:
    """The meeting as it stands; the same number of reads for any agenda."""
    asked = meetings.questions(meeting)
    nominations = [row.nomination for row in asked]
    bench = meetings.bench(meeting, nominations, day_of(meeting.opened_at) if meeting.opened_at else day)
    took, called = meetings.taken(meeting), labels(nominations, day)
    lines = [
        Line(
            row, called[row.nomination_id], len(bench.entitled(row.nomination)), len(took.get(row.pk, ())),
            [(one, found) for one in bench.members if (found := bench.of(one, row.nomination)) != meetings.Conflict()], getattr(row, "tally", None),
        )
        for row in asked
    ]  # fmt: skip
    keys = sum(bool(row.public_key) for row in asked)
    return Chamber(meeting, meetings.rules_of(meeting.council), bench.members, set(meetings.present_ids(meeting)), lines, keys)


@dataclass(frozen=True)
class Slip:
    """A member's own ballot on a question. `why`: the reason for having none; `modulus`: of the question's public key, in hexadecimal."""

    question: Question
    label: str
    posts: tuple[str, ...]
    why: str
    taken: bool
    modulus: str
    choice: str


def slips(meeting: Meeting, member: Member, day: date) -> list[Slip]:
    """Every question for the member: what can be voted on, what was, what cannot and why ("recused", "barred", "gone")."""
    asked = meetings.questions(meeting)
    bench = meetings.bench(meeting, [row.nomination for row in asked], day)
    took, called = meetings.taken(meeting), labels((row.nomination for row in asked), day)
    named = dict(member.open_ballots.filter(question__meeting=meeting).values_list("question_id", "choice"))
    found = []
    for row in asked:
        conflict = bench.of(member, row.nomination)
        why = "recused" if conflict.recused is not None else "barred" if conflict.barred else "gone" if row.nomination.state != "agreed" else ""
        modulus = f"{PublicKey.read(row.public_key).n:x}" if row.public_key and meeting.stage == "open" else ""
        found.append(Slip(row, called[row.nomination_id], conflict.posts, why, member.pk in took.get(row.pk, ()), modulus, named.get(row.pk, "")))
    return found


@dataclass(frozen=True)
class OnPaper:
    """The newest paper count of a meeting, as entered."""

    row: PaperCount
    lines: list[tuple[str, dict[str, int]]]
    may_confirm: bool


def paper_count(meeting: Meeting, actor: Actor, called: dict[int, str], confirms: bool) -> OnPaper | None:
    """The newest entry; nobody confirms their own."""
    row = meeting.paper_counts.select_related("file").order_by("-number").first()
    if row is None:
        return None
    listed = [(called.get(one["question"], ""), one) for one in json.loads(row.body)]
    return OnPaper(row, listed, confirms and row.by_id != actor.actor_id)


def unvoted(meeting: Meeting, question: Question, day: date) -> list[Member]:
    """The members whose vote by name may still be noted: present ones of an open vote, absent ones where the rules take letters."""
    bench = meetings.bench(meeting, [question.nomination], day)
    took, here = meetings.taken(meeting).get(question.pk, set()), set(meetings.present_ids(meeting))
    letters = meetings.rules_of(meeting.council).absent == "by_letter"
    free = [one for one in bench.entitled(question.nomination) if one.pk not in took]
    return [one for one in free if (not meeting.secret if one.pk in here else letters)]
