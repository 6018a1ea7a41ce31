"""Awards of the conference's reviews: where each is handed over, where it fits best, and whether it was."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from soket.commendations.models import Award
from soket.commendations.queries import register
from soket.conferences.models import Conference, Site, SiteAward
from soket.conferences.queries import scope
from soket.organisations.core import Life, Lives
from soket.organisations.models import Level
from soket.organisations.queries.units import lives

JOINED = ("decision__entry", "decision__campaign_form__form", "decision__issuer", "nomination", "planned_at__site")


def of(conference: Conference) -> QuerySet[Award]:
    """Every award decided in a campaign of the conference's reviews, in the order of decisions and lists."""
    reviews = conference.reviews.values("review_id")
    rows = Award.objects.filter(decision__campaign_form__campaign__review__in=reviews)
    return rows.select_related(*JOINED).defer("decision__body").order_by("decision__dated", "decision__entry_id", "place")


def by_id(conference: Conference, ids: Sequence[int]) -> dict[int, Award]:
    return {row.pk: row for row in of(conference).filter(pk__in=ids)}


@dataclass(frozen=True)
class Row:
    """An award, its site here (None: not given one yet), the site that fits best, and where it stands."""

    award: Award
    plan: SiteAward | None
    fits: Site | None
    state: register.AwardState

    @property
    def settled(self) -> bool:
        """Nothing can be changed any more: it was handed over, or cancelled."""
        return self.state.handed is not None or self.state.stage != "granted"


def rows(conference: Conference, awards: Iterable[Award]) -> list[Row]:
    listed = list(awards)
    states, best = register.award_states([row.pk for row in listed]), suggested(conference, listed)
    return [Row(row, plan_of(row, conference), best.get(row.pk), states[row.pk]) for row in listed]


def plan_of(award: Award, conference: Conference) -> SiteAward | None:
    """The award's place at this conference; one whose site was taken out has none."""
    plan: SiteAward | None = getattr(award, "planned_at", None)
    return plan if plan is not None and plan.site.conference_id == conference.pk and plan.site.withdrawn_at is None else None


def suggested(conference: Conference, awards: Iterable[Award]) -> dict[int, Site]:
    """The site of each award by its recipient's unit: hosted by the unit itself, else by a unit above it, else in its province, else the
    centre above it. An award without any of these is left out."""
    sites, known, day = list(scope.sites(conference)), lives(), conference.starts_at.date()
    hosts = {site.host_id: site for site in sites}
    provinces = _provincial(sites, known, day)
    found = {}
    for row in awards:
        path = _above(row.nomination.unit_id, known, day)
        own = next((hosts[life.unit] for life in path if life.unit in hosts and (life.level != Level.CENTRE or len(path) == 1)), None)
        near = next((provinces[life.area] for life in path if life.area in provinces), None)
        last = next((hosts[life.unit] for life in path if life.unit in hosts), None)
        if (best := own or near or last) is not None:
            found[row.pk] = best
    return found


def _above(unit: int, known: Lives, day: Any) -> list[Life]:
    """The unit and all above it, as they stand that day or last stood."""
    path: list[Life] = []
    life = known.nearest(unit, day)
    while life is not None and len(path) < 9:
        path.append(life)
        life = known.nearest(life.parent, day) if life.parent else None
    return path


def _provincial(sites: Iterable[Site], known: Lives, day: Any) -> dict[int, Site]:
    """Sites hosted by a provincial unit, by its province."""
    found: dict[int, Site] = {}
    for site in sites:
        life = known.nearest(site.host_id, day)
        if life is not None and life.level == Level.PROVINCE and life.area is not None:
            found.setdefault(life.area, site)
    return found


def at_site(site: Site) -> list[Row]:
    """The awards planned at a site, in the order of decisions and lists."""
    return rows(site.conference, of(site.conference).filter(planned_at__site=site))


def at_desk(site: Site) -> list[dict[str, Any]]:
    """The same as a desk keeps it while it is cut off: what, for whom, by whom, and whether it is still to be handed over."""
    return [
        {
            "id": one.award.pk, "what": one.award.decision.campaign_form.form.name_vi, "who": ", ".join(filter(None, (one.award.name, one.award.detail))),
            "by": one.plan.handed_by if one.plan else "", "state": "gone" if one.state.stage != "granted" else "done" if one.state.handed else "open",
        }
        for one in at_site(site)
    ]  # fmt: skip


def planned(site: Site, award_id: int) -> Award | None:
    """An award planned at the site."""
    return of(site.conference).filter(planned_at__site=site, pk=award_id).first()


@dataclass(frozen=True)
class Counts:
    """How many awards there are, with a site, handed over, cancelled."""

    total: int
    placed: int
    handed: int
    cancelled: int


def counts(conference: Conference) -> Counts:
    plain = of(conference).order_by().select_related(None)
    done = plain.filter(handings__isnull=False, handings__strikes=None, handings__struck_by=None, stage="granted").distinct().count()
    placed = plain.filter(planned_at__site__conference=conference, planned_at__site__withdrawn_at=None, stage="granted").count()
    granted = plain.filter(stage="granted").count()
    return Counts(granted, placed, done, plain.filter(stage="cancelled").count())
