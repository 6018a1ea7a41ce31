"""The conferences one may see, and how far each has come, as counted figures."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from soket.accounts.models import Person
from soket.conferences.models import Conference, ConferenceReview, Delegate, Site
from soket.conferences.models.planning import DelegateState
from soket.conferences.queries import scope
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.text import name_search
from soket.organisations import queries as organisations
from soket.organisations.core import Node
from soket.organisations.models import Unit
from soket.reviews import queries as reviews
from soket.reviews.models import Review


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


def offices(person: Person) -> list[tuple[str, str]]:
    """Units at which the person may begin a conference."""
    return [(str(pk), name) for pk, name in reviews.office_choices(person)]


def review_choices(actor: Actor, day: date) -> list[tuple[str, str]]:
    """Reviews that the actor sees, by title."""
    return [(str(row.pk), f"{row.code}: {row.title}") for row in reviews.visible_reviews(actor, day)]


def chosen_reviews(actor: Actor, day: date, keys: list[str]) -> list[Review]:
    known = {str(row.pk): row for row in reviews.visible_reviews(actor, day)}
    return [known[key] for key in keys if key in known]


def proposed(conference: Conference, line: str, level: int, under: int | None) -> tuple[list[Node], list[Node]]:
    """Units of one line and level on the conference's day, everywhere or below one: (without a site yet, with one)."""
    nodes = organisations.units_of(line, level, under, day_of(conference.starts_at))
    held = set(scope.sites(conference).values_list("host_id", flat=True))
    return [node for node in nodes if node.id not in held], [node for node in nodes if node.id in held]


def provinces(conference: Conference, line: str) -> list[tuple[str, str]]:
    """(id, name) of the line's provincial units on the conference's day."""
    return [(str(node.id), node.name) for node in organisations.units_of(line, 1, None, day_of(conference.starts_at))]


def line_choices() -> list[tuple[str, str]]:
    return [(line.code, line.name_vi if language().startswith("vi") else line.name_en) for line in organisations.lines()]


def language() -> str:
    return get_language() or "vi"


def delegates(conference: Conference) -> QuerySet[Delegate]:
    """Those on the list, in protocol order."""
    return (
        conference.delegates.exclude(state__in=[DelegateState.WITHDRAWN, DelegateState.REPLACED])
        .select_related("site", "stands_for").prefetch_related("titles")
        .order_by("order", "number")
    )  # fmt: skip


def delegate(conference: Conference, delegate_id: int) -> Delegate | None:
    return delegates(conference).filter(pk=delegate_id).select_related("conference").first()


def host_choices(conference: Conference) -> list[tuple[str, str]]:
    """(site id, its name): a delegate represents the host of the site, or one of the host's counterparts."""
    return [(str(site.pk), site.name) for site in scope.sites(conference)]


def unit_for(site: Site, line: str) -> Unit | None:
    """The unit of that line at the site: its host, or the host's counterpart there on the conference's day."""
    if not line:
        return site.host
    ids = [site.host_id, *(node.id for node in organisations.counterparts(site.host_id, day_of(site.conference.starts_at)))]
    return next((organisations.unit_by_id(pk) for pk, found in organisations.unit_lines(ids).items() if found.code == line), None)
