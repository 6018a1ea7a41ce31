"""A campaign begun, changed, moved and taken through its stages by the office that runs it."""
from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.audit.registry import EventType
from soket.commendations import events, rules
from soket.commendations.actions.shared import campaign_ref, locked_campaign
from soket.commendations.core.course import AFTER, DAYS, NEXT, Calendar
from soket.commendations.models import Campaign, CampaignAct
from soket.commendations.models.campaign import Stage
from soket.commendations.queries import campaign_counts
from soket.commendations.queries.campaigns import calendar_of, missing
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.reviews.models import Review
from soket.reviews.rules import clean

CODE = re.compile(r"[A-Z0-9Đ][A-Z0-9Đ.-]{1,29}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({
    "quy-dinh", "so-dang-ky", "moi", "de-nghi", "mau-in", "ban-in", "quyet-dinh", "hoi-dong", "phien-hop", "tham-dinh", "niem-yet", "trao", "so-vang",
    "can-cu", "kiem-tra", "danh-gia", "thu-hoi", "huy", "phieu",
})  # fmt: skip - addresses of the room beside the campaigns'
LONGEST = timedelta(days=3660)
MOST_OBJECTION_DAYS = 60
TOLD: dict[str, EventType] = {
    "opened": events.campaign.OPENED, "appraising": events.campaign.APPRAISING, "decided": events.campaign.DECIDED, "closed": events.campaign.CLOSED,
}


def require_runs(by: Actor, campaign: Campaign, at: datetime) -> None:
    """Raises Refused for who does not run the campaign's office."""
    if not rules.runs(by, campaign, day_of(at)):
        raise Refused(_("Only the office that runs this campaign does this."))


def act(campaign: Campaign, kind: str, by: Actor, at: datetime, reason: str = "") -> CampaignAct:
    """Append an act of the campaign. Its row must be locked."""
    row = CampaignAct(
        campaign=campaign, number=campaign.acts.count() + 1, kind=kind, reason=reason, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    row.save(force_insert=True)
    return row


def explained(campaign: Campaign, reason: str) -> str:
    """The reason of a change, compulsory once the campaign is open. Raises Refused at reason."""
    return clean(reason, "reason", 500, required=campaign.stage != Stage.PLANNING)


def _ordered(calendar: Calendar) -> Calendar:
    wrong = calendar.disorder()
    if wrong:
        raise Refused(_("This day lies before the one it follows: opening, nominations, appraisal, decision stand in this order."), field=wrong)
    if calendar.decide_until - calendar.opens_on > LONGEST:
        raise Refused(_("A campaign lasts at most ten years."), field="decide_until")
    return calendar


def _objection_days(days: int) -> int:
    if not 0 <= days <= MOST_OBJECTION_DAYS:
        raise Refused(_("This number lies outside what is possible here."), field="objection_days")
    return days


def _listed(calendar: Calendar) -> list[str]:
    return [getattr(calendar, name).isoformat() for name in DAYS]


@action
def create_campaign(
    *, review: Review, office: Unit, slug: str, code: str, title: str, standards: str, calendar: Calendar, by: Actor, at: datetime, place: str = "Hà Nội",
    concurrence: bool = True, objection_days: int = 10, synthetic: bool = False,
) -> Campaign:  # fmt: skip
    """Begin a campaign of a review, run by the programme office of `office`. It may be prepared before the review is frozen, not opened.

    Raises Refused at office, slug, code, title, standards, place, objection_days or the first day of the calendar that is out of order.
    """
    if not rules.begins_at(by, office.pk, day_of(at)):
        raise Refused(_("You do not hold the programme office at this unit."), field="office")
    if organisations.unit_at(office.pk, day_of(at)) is None:
        raise Refused(_("The unit does not exist on that day."), field="office")
    slug, code = slug.strip(), code.strip()
    if not SLUG.fullmatch(slug) or len(slug) > 60 or slug in RESERVED or Campaign.objects.filter(slug=slug).exists():
        raise Refused(_("This address is already used or reserved."), field="slug")
    if not CODE.fullmatch(code):
        raise Refused(_("The code holds capitals, digits, dots and hyphens, for example KT-2026."), field="code")
    if Campaign.objects.filter(code=code).exists():
        raise Refused(_("Another campaign has this code."), field="code")
    days = _ordered(calendar)
    made = Campaign(
        slug=slug, code=code, review=review, office=office, title=clean(title, "title", 300), standards=clean(standards, "standards", 8000),
        place=clean(place, "place", 60), concurrence=concurrence, objection_days=_objection_days(objection_days), opens_on=days.opens_on,
        nominate_until=days.nominate_until, appraise_until=days.appraise_until, decide_until=days.decide_until, synthetic=synthetic,
    )  # fmt: skip
    made.save(force_insert=True)
    act(made, "begun", by, at)
    payload = {"code": code, "review": review.title, "days": _listed(days)}
    record(event=events.campaign.BEGUN, by=by, subject=campaign_ref(made), at=at, payload=payload)
    return made


@action
def change_campaign(
    *, campaign: Campaign, title: str, standards: str, place: str, concurrence: bool, objection_days: int, by: Actor, at: datetime, reason: str = ""
) -> Campaign:
    """Change what a campaign says. Once it is open a reason is needed and kept, and whether issuers ask each other no longer changes.

    Raises Refused at title, standards, place, objection_days, concurrence, reason, or once it is decided.
    """
    campaign = locked_campaign(campaign)
    require_runs(by, campaign, at)
    if campaign.stage in (Stage.DECIDED, Stage.CLOSED):
        raise Refused(_("The campaign is decided: what it said stays as it was."))
    wanted: Mapping[str, Any] = {
        "title": clean(title, "title", 300), "standards": clean(standards, "standards", 8000), "place": clean(place, "place", 60),
        "concurrence": concurrence, "objection_days": _objection_days(objection_days),
    }  # fmt: skip
    changed = [name for name, value in wanted.items() if getattr(campaign, name) != value]
    if not changed:
        return campaign
    if campaign.stage != Stage.PLANNING and "concurrence" in changed:
        raise Refused(_("Nominations may have been sent to the issuers already, so this no longer changes."), field="concurrence")
    reason = explained(campaign, reason)
    for name in changed:
        setattr(campaign, name, wanted[name])
    campaign.save(update_fields=changed)
    if campaign.stage != Stage.PLANNING:
        act(campaign, "changed", by, at, reason)
    record(event=events.campaign.CHANGED, by=by, subject=campaign_ref(campaign), at=at, payload={"changed": changed}, reason=reason)
    return campaign


@action
def move_calendar(*, campaign: Campaign, calendar: Calendar, by: Actor, at: datetime, reason: str = "") -> Campaign:
    """Change the days. Once the campaign is open this is an act with a reason that keeps the days before in sight.

    Raises Refused at the first day out of order, at a day that has already done its work, reason, or when nothing changes.
    """
    campaign = locked_campaign(campaign)
    require_runs(by, campaign, at)
    was, now = calendar_of(campaign), _ordered(calendar)
    if was == now:
        raise Refused(_("These are the days already."), field="opens_on")
    for name in _past(campaign):
        if getattr(was, name) != getattr(now, name):
            raise Refused(_("This part of the campaign is over, so its day no longer changes."), field=name)
    reason = explained(campaign, reason)
    for name in DAYS:
        setattr(campaign, name, getattr(now, name))
    campaign.save(update_fields=list(DAYS))
    number = act(campaign, "moved", by, at, reason).number if campaign.stage != Stage.PLANNING else 0
    payload = {"act": number, "was": _listed(was), "now": _listed(now)}
    record(event=events.campaign.MOVED, by=by, subject=campaign_ref(campaign), at=at, payload=payload, reason=reason)
    return campaign


def _past(campaign: Campaign) -> list[str]:
    """The days that have done their work at the campaign's stage."""
    done = {Stage.PLANNING: 0, Stage.OPEN: 1, Stage.APPRAISING: 2, Stage.DECIDED: 4, Stage.CLOSED: 4}
    return list(DAYS[: done[Stage(campaign.stage)]])


@action
def advance_campaign(*, campaign: Campaign, kind: str, by: Actor, at: datetime, reason: str = "") -> Campaign:
    """Take the campaign on to its next stage: opened, appraising (nominations closed), decided, closed.

    Raises Refused when that is not the next stage, with what is missing for it, or at reason (nominations closed before their day).
    """
    campaign, day = locked_campaign(campaign), day_of(at)
    require_runs(by, campaign, at)
    if kind != NEXT[campaign.stage] or not kind:
        raise Refused(_("This is not the next step of the campaign. Read its page again."))
    lacking = missing(campaign, day)
    if lacking:
        raise Refused(" ".join(lacking))
    early = kind == "appraising" and day <= campaign.nominate_until
    reason = clean(reason, "reason", 500, required=early)
    payload = _payload(campaign, kind)
    campaign.stage = AFTER[kind]
    campaign.save(update_fields=["stage"])
    act(campaign, kind, by, at, reason)
    record(event=TOLD[kind], by=by, subject=campaign_ref(campaign), at=at, payload=payload, reason=reason)
    return campaign


def _payload(campaign: Campaign, kind: str) -> dict[str, Any]:
    if kind == "opened":
        return {"days": _listed(calendar_of(campaign))}
    states = campaign_counts.by_state(campaign)
    if kind == "appraising":
        return {"nominations": sum(states.values()), "left": states["draft"] + states["submitted"]}
    return {"awards": states["decided"]} if kind == "decided" else {"not_handed": campaign_counts.not_handed(campaign)}
