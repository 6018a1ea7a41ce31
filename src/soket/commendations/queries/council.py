"""What waits for somebody in councils, and what the deciding part asks of this one: who may be decided on."""
from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.commendations import rules
from soket.commendations.models import CampaignForm, Council, Meeting, Member, Objection, PaperCount
from soket.commendations.queries import meetings
from soket.commendations.queries.posting import ready_to_decide
from soket.kernel.actor import Office
from soket.kernel.clock import VIETNAM, day_of
from soket.ui.work import WorkItem

__all__ = ["ready_to_decide", "waiting"]


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Ballots of open meetings, paper counts to confirm, objections to answer."""
    return [*_ballots(person, day_of(at)), *_counts(person, day_of(at)), *_objections(person, day_of(at))]


def _title(meeting: Meeting) -> str:
    return _("Meeting %(number)s of %(council)s") % {"number": meeting.number, "council": meeting.council.name}


def _ballots(person: Person, day: date) -> list[WorkItem]:
    seats = {one.council_id: one for one in Member.objects.filter(person=person, left_at=None).select_related("person")}
    found = []
    for meeting in Meeting.objects.filter(council__in=seats, stage="open").select_related("council").order_by("pk"):
        seat, took = seats[meeting.council_id], meetings.taken(meeting)
        if seat.pk not in meetings.present_ids(meeting):
            continue
        asked = meetings.questions(meeting)
        bench = meetings.bench(meeting, [row.nomination for row in asked], day)
        left = sum(bench.of(seat, row.nomination).votes and seat.pk not in took[row.pk] for row in asked)
        if left:
            url = reverse("commendations:ballot", args=[meeting.pk])
            found.append(WorkItem(_title(meeting), _("The vote is open: your ballots"), url, meeting.held_at, False, left))
    return found


def _counts(person: Person, day: date) -> list[WorkItem]:
    rows = PaperCount.objects.filter(meeting__stage="open").exclude(by_id=person.actor_id).select_related("meeting__council").order_by("meeting", "number")
    newest: dict[int, PaperCount] = {row.meeting_id: row for row in rows}
    if not newest:
        return []
    units = {row.meeting.council.authority_id for row in newest.values()}
    mine = rules.held_at(person, (Office.COMMEND,), units, day)
    chairs = set(Member.objects.filter(person=person, role="chair", left_at=None).values_list("council_id", flat=True))
    return [
        WorkItem(_title(row.meeting), _("A count on paper waits for a second person"), reverse("commendations:meeting", args=[row.meeting_id]))
        for row in newest.values() if row.meeting.council.authority_id in mine or row.meeting.council_id in chairs
    ]  # fmt: skip


def _objections(person: Person, day: date) -> list[WorkItem]:
    rows = Objection.objects.filter(answer=None).exclude(by_id=person.actor_id).order_by("pk")
    by_form: dict[CampaignForm, list[Objection]] = defaultdict(list)
    for row in rows.select_related("posting__campaign_form__campaign", "posting__campaign_form__form"):
        by_form[row.posting.campaign_form].append(row)
    mine = rules.held_at(person, (Office.COMMEND,), {form.issuer_id for form in by_form}, day)
    found = []
    for form, listed in by_form.items():
        if form.issuer_id in mine:
            until = max(row.posting.until for row in listed)
            due = datetime.combine(until, time(23, 59), VIETNAM)
            url = reverse("commendations:posting", args=[listed[-1].posting_id])
            found.append(WorkItem(form.campaign.title, _("Objections to be answered"), url, due, until < day, len(listed)))
    return found


def councils_of(person: Person) -> list[Council]:
    """The councils on which the person sits."""
    seats = Member.objects.filter(person=person, left_at=None).values("council_id")
    return list(Council.objects.filter(pk__in=seats).select_related("campaign").order_by("-pk"))
