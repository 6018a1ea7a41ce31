"""The conferences one may see, and how far each has come, as counted figures."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from soket.conferences.models import Conference, ConferenceReview
from soket.conferences.models.planning import DelegateState
from soket.conferences.queries import scope
from soket.kernel.actor import Actor
from soket.kernel.text import name_search


@dataclass(frozen=True)
class Numbers:
    """What is on the list now. Those taken off or replaced are not invited and not counted."""

    sites: int
    delegates: int
    invited: int
    accepted: int
    declined: int
    papers: int
    papers_accepted: int
    version: int


def found(actor: Actor, day: date, asked: str) -> QuerySet[Conference]:
    """Visible conferences whose title or code holds the words asked for, with or without tone marks; newest first."""
    rows = scope.conferences(actor, day)
    if not asked:
        return rows
    holds = name_search(asked)
    return rows.filter(pk__in=[pk for pk, title, code in rows.values_list("pk", "title", "code") if holds(title) or holds(code)])


def numbers(conference: Conference) -> Numbers:
    """Counted on the rows themselves."""
    on = conference.delegates.exclude(state__in=[DelegateState.WITHDRAWN, DelegateState.REPLACED])
    delegates = on.aggregate(
        all=Count("pk"), invited=Count("pk", filter=~Q(state=DelegateState.LISTED)), accepted=Count("pk", filter=Q(state=DelegateState.ACCEPTED)),
        declined=Count("pk", filter=Q(state=DelegateState.DECLINED)),
    )  # fmt: skip
    papers = conference.papers.exclude(state="dropped").aggregate(all=Count("pk"), accepted=Count("pk", filter=Q(state="accepted")))
    newest = conference.versions.order_by("-number").values_list("number", flat=True).first()
    return Numbers(
        scope.sites(conference).count(), delegates["all"], delegates["invited"], delegates["accepted"], delegates["declined"], papers["all"],
        papers["accepted"], newest or 0,
    )


def reviews_of(conference: Conference) -> list[ConferenceReview]:
    """The reviews that the conference holds, in its order."""
    return list(conference.reviews.select_related("review").order_by("order", "pk"))
