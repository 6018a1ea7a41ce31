"""Awards of the conference's reviews given their sites, and what commendations keeps when one was handed over there."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import actions as commendations
from soket.commendations.models import Award, Handing
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import Conference, Site, SiteAward
from soket.conferences.models.awards import HELD_AT
from soket.conferences.queries import awards as queries
from soket.conferences.queries import scope
from soket.conferences.queries.naming import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action


@action
def plan_awards(*, conference: Conference, places: Mapping[int, int | None], handed_by: str = "", by: Actor, at: datetime) -> int:
    """Give awards (by id) their site (by id), or none. Answers how many changed.

    `handed_by` is the office that hands those over; empty: the host of the site. Raises Refused for awards of other reviews, cancelled or
    handed over ones, those planned at another conference, and sites that are not of this one.
    """
    held = locked(conference)
    require_runs(by, held, at)
    office = clean(handed_by, "handed_by", 300, required=False)
    sites = {site.pk: site for site in scope.sites(held)}
    known = {row.award_id: row for row in SiteAward.objects.filter(award__in=list(places)).select_related("site")}
    changed = {pk: site for pk, site in places.items() if (known[pk].site_id if pk in known else None) != site}
    _may_be_planned(held, changed, known, sites)
    names = unit_names({site.host_id for site in sites.values()}, held)
    fresh = [
        SiteAward(award_id=pk, site=sites[site], handed_by=office or names[sites[site].host_id], at=at, by_label=by.actor_label)
        for pk, site in changed.items() if site is not None
    ]  # fmt: skip
    SiteAward.objects.filter(award__in=list(changed)).delete()
    SiteAward.objects.bulk_create(fresh, batch_size=500)
    if changed:
        record(event=events.day.AWARDS_PLANNED, by=by, subject=ref(held), at=at, payload={"count": len(changed)})
    return len(changed)


def _may_be_planned(conference: Conference, changed: Mapping[int, int | None], known: Mapping[int, SiteAward], sites: Mapping[int, Site]) -> None:
    rows = queries.by_id(conference, list(changed))
    done = {row.award_id for row in Handing.objects.filter(award__in=list(changed), strikes=None, struck_by=None)}
    for pk, site in changed.items():
        if pk not in rows or (site is not None and site not in sites):
            raise Refused(_("This award or this site is not of this conference."), field="site")
        if pk in known and known[pk].site.conference_id != conference.pk:
            raise Refused(_("This award is planned at another conference."), field="site")
        if site is not None and rows[pk].stage != "granted":
            raise Refused(_("An award that was cancelled is not handed over."), field="site")
        if pk in done:
            raise Refused(now_gettext("%(name)s: this award was handed over already.") % {"name": rows[pk].name}, field="site")


def handed(id: UUID, site: Site, award: Award, device_at: datetime, by: Actor, at: datetime) -> tuple[str, str, str]:
    """Commendations keeps that the award was handed over at the site; what, to whom, and by whom, in the words of its decision.

    The day is the device's, unless its clock lies before the decision: then it is the day on which the server heard of it.
    """
    plan = SiteAward.objects.filter(site=site, award=award).select_related("award__decision__campaign_form__form").defer("award__decision__body").first()
    if plan is None:
        raise Refused(_("This award is not planned at this site."), field="award_id")
    row, day = plan.award, day_of(min(device_at, at))
    who = ", ".join(filter(None, (row.name, row.detail)))
    commendations.hand_over(
        id=id, award=row, site=site.name, on=day if day >= row.decision.dated else day_of(at), handed_by=plan.handed_by, received_by=who[:300],
        held_kind=HELD_AT, held_key=str(site.pk), url=reverse("conferences:detail", args=[site.conference.slug]), by=by, at=at,
    )  # fmt: skip
    return row.decision.campaign_form.form.name_vi, who[:300], plan.handed_by


def kept_for(award: Award, id: UUID) -> bool:
    """Whether what commendations kept under that id is this award's."""
    return Handing.objects.filter(pk=id, award=award).exists()


def taken_back(id: UUID, handover: UUID, by: Actor, at: datetime) -> None:
    """Take back what commendations kept under the id of that handing over, if it was one of an award."""
    row = Handing.objects.filter(pk=handover, held_kind=HELD_AT).select_related("award").first()
    if row is not None:
        commendations.strike_handing(id=id, handing=row, by=by, at=at)
