"""What is on record about a conference and a review, for a first draft: only what the actor may see."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from soket.commendations.models import Decision
from soket.commendations.queries import deciding
from soket.conferences.models import Conference, Delegate
from soket.conferences.queries import after, agenda, scope
from soket.directions import queries as directions
from soket.kernel.actor import Actor
from soket.kernel.clock import VIETNAM, day_of
from soket.organisations import queries as organisations
from soket.publishing import beginning, frozen
from soket.publishing.beginning import Dossier, Draft, Honour, Meeting, Order
from soket.publishing.models import Article
from soket.reviews import queries as reviews
from soket.reviews.models import Review

OFF = ("withdrawn", "replaced", "declined")


@dataclass(frozen=True)
class Start:
    """A first draft, the review that it may claim figures of, the programmes it is about, and whether its figures are illustrative."""

    draft: Draft
    review: Review | None
    tags: Sequence[tuple[str, str, str]]
    synthetic: bool


def start(conference: Conference | None, review: Review | None, by: Actor, at: datetime) -> Start:
    """From a conference, a review or both. A conference brings its first review that has a frozen edition unless another is given."""
    held = [row.review for row in conference.reviews.select_related("review").order_by("order", "pk")] if conference else []
    cited = review or next((one for one in held if reviews.current_edition(one) is not None), None)
    about = list(dict.fromkeys([*([cited] if cited else []), *held]))
    text = beginning.draft(_meeting(conference) if conference else None, _dossier(cited) if cited else None, _orders(about, by, at), _honours(about, by, at))
    programmes = [row.programme for one in about for row in one.programmes.select_related("programme").order_by("order", "pk")]
    tags = list(dict.fromkeys(("programme", one.slug, one.title[:300]) for one in programmes))
    return Start(text, cited, tags, bool((conference and conference.synthetic) or (cited and cited.synthetic)))


def free_slug(title: str) -> str:
    """An address made from a title that no article has."""
    made = beginning.slug_of(title) or "bai"
    taken = set(Article.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 3) if (slug := made if number == 1 else f"{made}-{number}") not in taken)


def _meeting(conference: Conference) -> Meeting:
    went, _sections = after.told(conference)
    sites = list(scope.sites(conference))
    centre = next((site for site in sites if site.kind == "centre"), None)
    items = [one for one in agenda.issued(conference) if one.parent is None and one.kind != "break"]
    return Meeting(
        conference.title, conference.chaired_by, conference.starts_at.astimezone(VIETNAM), conference.stage == "planning",
        went.began_at.astimezone(VIETNAM) if went.began_at else None, went.ended_at.astimezone(VIETNAM) if went.ended_at else None, len(sites),
        ", ".join(filter(None, [centre.name, centre.room, centre.address])) if centre else "", _chairs(conference),
        [(one.at.astimezone(VIETNAM).strftime("%H:%M"), one.title) for one in items],
    )  # fmt: skip


def _chairs(conference: Conference) -> list[str]:
    """Offices, never names: the titles of each chair in protocol order, with the unit where the titles do not say it."""
    rows = list(
        Delegate.objects.filter(conference=conference, role="chair").exclude(state__in=OFF).prefetch_related("titles").order_by("order", "number")
    )
    units = organisations.unit_names([row.unit_id for row in rows], day_of(conference.starts_at))
    found = []
    for row in rows:
        titles = ", ".join(title.text for title in row.titles.all())
        unit = units[row.unit_id]
        found.append(titles if titles and unit.lower() in titles.lower() else ", ".join(filter(None, [titles, unit])))
    return [one for one in found if one]


def _dossier(review: Review) -> Dossier | None:
    edition = reviews.current_edition(review)
    if edition is None:
        return None
    figures = [(one.code, one.label("vi"), "" if one.percent else one.measure("vi")) for one in frozen.figures(edition).values()]
    return Dossier(review.title, review.as_of, edition.number, [row.name for row in reviews.signatures_of(edition)], figures)


def _orders(about: Sequence[Review], by: Actor, at: datetime) -> list[Order]:
    day = day_of(at)
    rows = directions.visible(by, day).filter(review__in=about).order_by("issued_on", "number")[:100] if about else []
    issuers = organisations.unit_names([row.issuer_id for row in rows], day)
    return [Order(issuers[row.issuer_id], row.number, row.issued_on, row.text, row.due_on) for row in rows]


def _honours(about: Sequence[Review], by: Actor, at: datetime) -> list[Honour]:
    """Decisions that the actor may read, and those whose names are all open to everybody."""
    if not about:
        return []
    granted = Q(awards__stage="granted")
    rows = Decision.objects.filter(campaign_form__campaign__review__in=about, kind="award").select_related("entry", "campaign_form__form").annotate(
        persons=Count("awards", filter=granted & Q(awards__recipient="person")),
        collectives=Count("awards", filter=granted & Q(awards__recipient="collective")),
        closed=Count("awards", filter=granted & Q(awards__approval=None)),
    )
    seen = deciding.decisions(by, day_of(at)).order_by().values("pk")
    found: Any = rows.filter(Q(pk__in=seen) | Q(closed=0)).defer("body").order_by("dated", "at")[:100]
    return [Honour(row.entry.notation, row.dated, row.campaign_form.form.name_vi, row.collectives, row.persons) for row in found]
