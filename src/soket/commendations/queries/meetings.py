"""Councils and their meetings: who sees them, who may vote on what, how far a meeting has come."""
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.commendations import rules
from soket.commendations.core.council import Rules
from soket.commendations.models import Campaign, Council, Hand, Meeting, Member, Nomination, OpenBallot, Question, Recusal, Tally, Turnout
from soket.commendations.models.nominating import Side
from soket.kernel.actor import Actor, Office
from soket.kernel.references import Ref

MEETING = "commendations.meeting"
COUNCIL = "commendations.council"


def meeting_ref(meeting: Meeting) -> Ref:
    """How the record names a meeting."""
    return Ref(MEETING, str(meeting.pk), f"Phiên họp số {meeting.number}, {meeting.council.name}")


def council_ref(council: Council) -> Ref:
    """How the record names a council."""
    return Ref(COUNCIL, str(council.pk), council.name)


def rules_of(council: Council) -> Rules:
    """The rules that held when the council was set up."""
    return Rules.read(council.rules)


def councils(actor: Actor, day: date) -> QuerySet[Council]:
    """The councils seen by the actor: as its member, from its authority, from the campaign's office."""
    rows = Council.objects.select_related("campaign__review", "authority").order_by("-pk")
    if actor.reach(Office.ADMINISTER, day).everything:
        return rows
    own = rules.seats(actor).values("council_id")
    issuers = rules.held_at(actor, rules.AUTHORITY, Council.objects.values_list("authority_id", flat=True).distinct(), day)
    offices = rules.held_at(actor, (Office.PROGRAMME,), Council.objects.values_list("campaign__office_id", flat=True).distinct(), day)
    return rows.filter(Q(pk__in=own) | Q(authority_id__in=issuers) | Q(campaign__office_id__in=offices))


def council(actor: Actor, pk: int, day: date) -> Council | None:
    return councils(actor, day).filter(pk=pk).first()


def meeting(actor: Actor, pk: int, day: date) -> Meeting | None:
    """A meeting of a council that the actor sees."""
    found = Meeting.objects.filter(council__in=councils(actor, day).values("pk"), pk=pk)
    return found.select_related("council__campaign__review", "council__authority").first()


def meeting_by_id(pk: int) -> Meeting | None:
    """The meeting, whoever asks: for the worker."""
    return Meeting.objects.filter(pk=pk).select_related("council__campaign__review", "council__authority").first()


def of_campaign(actor: Actor, campaign: Campaign, day: date) -> list[Council]:
    return list(councils(actor, day).filter(campaign=campaign).prefetch_related("meetings"))


def authorities_with_council(campaign: Campaign) -> set[int]:
    """The authorities that have set up their council for the campaign, whoever asks."""
    return set(campaign.councils.values_list("authority_id", flat=True))


def keeps(actor: Actor, council: Council, day: date) -> bool:
    """Whether the actor keeps the council: appraises for its authority."""
    return rules.appraises(actor, council.authority_id, day)


def members(council: Council) -> list[Member]:
    """Those who sit on the council now."""
    return list(council.members.filter(left_at=None).select_related("person").order_by("pk"))


def members_at(meeting: Meeting) -> list[Member]:
    """Those who sat on the council when the meeting was opened; before that, those who sit now."""
    if meeting.opened_at is None:
        return members(meeting.council)
    then = Q(since__lte=meeting.opened_at) & (Q(left_at=None) | Q(left_at__gt=meeting.opened_at))
    rows = meeting.council.members.filter(then | Q(pk__in=present_ids(meeting)))
    return list(rows.select_related("person").order_by("pk"))


def member_for(actor: Actor, council: Council) -> Member | None:
    """The actor's own seat."""
    if actor.actor_kind != "person":
        return None
    return rules.seats(actor).filter(council=council).select_related("person").first()


def present_ids(meeting: Meeting) -> list[int]:
    found: list[int] = json.loads(meeting.present)
    return found


def questions(meeting: Meeting) -> list[Question]:
    """What is voted on, in the order of the agenda."""
    joined = ("nomination__campaign_form__form", "nomination__campaign_form__campaign", "tally")
    return list(meeting.questions.select_related(*joined).order_by("order"))


def question(meeting_id: int, question_id: int) -> Question | None:
    """One question, whoever asks: for a ballot that says nothing of who casts it."""
    return Question.objects.filter(meeting_id=meeting_id, pk=question_id).select_related("meeting").first()


def candidates(council: Council) -> list[Nomination]:
    """The appraised nominations for forms of the council's authority that stand on no agenda still to be counted. One that was voted on and
    not ranked yet may be put to the vote again; its newest count holds."""
    busy = Question.objects.filter(meeting__council=council).exclude(meeting__stage="counted").values("nomination_id")
    rows = Nomination.objects.filter(campaign_form__campaign=council.campaign, campaign_form__issuer=council.authority, state="agreed")
    waiting = rows.exclude(pk__in=busy).select_related("campaign_form__form", "campaign_form__campaign")
    return list(waiting.order_by("campaign_form__order", "recipient", "number"))


def keys_made(meeting: Meeting) -> int:
    """How many questions have their key."""
    return meeting.questions.exclude(public_key="").count()


@dataclass(frozen=True)
class Conflict:
    """A member's nearness to a nomination. `barred`: had a hand in proposing it and is given no ballot. `recused`: declared, why."""

    posts: tuple[str, ...] = ()
    barred: bool = False
    recused: str | None = None

    @property
    def votes(self) -> bool:
        return not self.barred and self.recused is None


@dataclass(frozen=True)
class Bench:
    """Members and nominations of a meeting with every conflict between them, read at once."""

    members: list[Member]
    conflicts: dict[tuple[int, str], Conflict]

    def of(self, member: Member, nomination: Nomination) -> Conflict:
        return self.conflicts.get((member.pk, str(nomination.pk)), Conflict())

    def entitled(self, nomination: Nomination) -> list[Member]:
        """The members who may vote on the nomination, present or not."""
        return [one for one in self.members if self.of(one, nomination).votes]


def bench(meeting: Meeting, nominations: Collection[Nomination], day: date) -> Bench:
    """Declared conflicts of the meeting's members, hands in proposing, and posts held that day at the recipient's or the proposer's unit."""
    seated = members_at(meeting)
    ids = [one.person_id for one in seated]
    hands = set(Hand.objects.filter(nomination__in=nominations, side=Side.PROPOSE, by_id__in=[str(pk) for pk in ids]).values_list("by_id", "nomination_id"))
    recused = {
        (row.member_id, str(row.nomination_id)): row.reason for row in Recusal.objects.filter(member__in=seated, nomination__in=nominations)
    }
    posts = {one.person_id: [(post.unit_id, post.title) for post in posts_of(one.person, day)] for one in seated}
    found = {}
    for one in seated:
        for row in nominations:
            near = tuple(title for unit, title in posts[one.person_id] if unit in (row.unit_id, row.proposer_id))
            barred, reason = (str(one.person_id), row.pk) in hands, recused.get((one.pk, str(row.pk)))
            if near or barred or reason is not None:
                found[one.pk, str(row.pk)] = Conflict(near, barred, reason)
    return Bench(seated, found)


def taken(meeting: Meeting) -> dict[int, set[int]]:
    """Which members took a ballot or voted by name, by question."""
    found: dict[int, set[int]] = defaultdict(set)
    for rows in (Turnout.objects.filter(question__meeting=meeting), OpenBallot.objects.filter(question__meeting=meeting)):
        for question, member in rows.values_list("question_id", "member_id"):
            found[question].add(member)
    return found


def any_ballot(meeting: Meeting) -> bool:
    """Whether somebody has voted here, secretly or by name."""
    return bool(taken(meeting))


def latest_tallies(nominations: Iterable[Nomination]) -> dict[str, Tally]:
    """The newest count of each nomination that was voted on, by nomination id."""
    rows = Tally.objects.filter(question__nomination__in=list(nominations)).select_related("question__meeting__council").order_by("at", "pk")
    return {str(row.question.nomination_id): row for row in rows}


def person_called(name: str) -> Person | None:
    """The live account of that name."""
    return Person.objects.filter(username=name.strip(), ended_at=None).first()
