"""The posted list of those put forward: how long it hangs, what was objected, and whether a decision may follow."""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.commendations import rules
from soket.commendations.core.calendar import Deadline, after
from soket.commendations.models import Campaign, CampaignForm, Nomination, Objection, Posting
from soket.commendations.queries import ruling
from soket.commendations.queries.recipients import labels
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor, Office
from soket.organisations import queries as organisations
from soket.ui import core as words

RULE = "notice.objections"


@dataclass(frozen=True)
class Window:
    """Working days during which a posted list may be objected to."""

    days: int

    def ends(self, day: date) -> Deadline:
        """The last day of a list posted on that day."""
        return after(day, self.days, ruling.calendar())


def spoken(day: date) -> str:
    """A day in the reader's language."""
    return words.day(day, "en" if (get_language() or "vi").startswith("en") else "vi")


def window(campaign: Campaign) -> Window | None:
    """The campaign's own days; None when it asks for no posting (0 days)."""
    return Window(campaign.objection_days) if campaign.objection_days else None


def cited(days: int, day: date) -> str:
    """The citation of the rule on notices when it says as many days; else empty: the campaign's own calendar says so."""
    found = ruling.rule(RULE, day)
    return found.citation if found is not None and found.value["working_days"] == days else ""


def usual_days(day: date) -> int | None:
    """The working days with which a campaign is begun: those of the rule on notices, None without one."""
    found = ruling.rule(RULE, day)
    return None if found is None else int(found.value["working_days"])


def listed(posting: Posting) -> list[str]:
    """Ids of the nominations on a posted list, in its order."""
    found: list[str] = json.loads(posting.listed)
    return found


def postings_of(campaign_form: CampaignForm) -> list[Posting]:
    """Every list posted for the form, oldest first."""
    return list(campaign_form.postings.order_by("number"))


def chosen(campaign_form: CampaignForm) -> list[Nomination]:
    """Those put forward for the form, by kind of recipient and rank."""
    rows = Nomination.objects.filter(campaign_form=campaign_form, state="chosen").select_related("campaign_form__campaign__review", "campaign_form__form")
    return list(rows.order_by("recipient", "rank", "number"))


def unlisted(campaign_form: CampaignForm) -> list[Nomination]:
    """Those put forward that stand on no posted list yet."""
    known = {one for posting in postings_of(campaign_form) for one in listed(posting)}
    return [row for row in chosen(campaign_form) if str(row.pk) not in known]


def unanswered(nominations: Iterable[Nomination]) -> dict[str, int]:
    """How many objections to each of the nominations wait for an answer, by nomination id; none: no entry."""
    found: dict[str, int] = {}
    for pk in Objection.objects.filter(nomination__in=list(nominations), answer=None).values_list("nomination_id", flat=True):
        found[str(pk)] = found.get(str(pk), 0) + 1
    return found


def ready_to_decide(campaign_form: CampaignForm, day: date) -> tuple[list[Nomination], list[str]]:
    """Those put forward about whom a decision may be made that day, and in words why the others must wait; no reason: all are ready.

    One is ready when it stood on a posted list whose last day is over and every objection to it is answered, or when the campaign asks
    for no posting.
    """
    rows = chosen(campaign_form)
    if not rows:
        return [], [_("Nobody is put forward for this form.")]
    posted = {one: posting for posting in postings_of(campaign_form) for one in listed(posting)}
    waits, asked = unanswered(rows), window(campaign_form.campaign)
    ready: list[Nomination] = []
    reasons: list[str] = []
    for row in rows:
        reason = _hindrance(row, posted.get(str(row.pk)), waits.get(str(row.pk), 0), asked is not None, day)
        if reason:
            reasons.append(reason)
        else:
            ready.append(row)
    return ready, reasons


def _hindrance(row: Nomination, posting: Posting | None, waits: int, asked: bool, day: date) -> str:
    if posting is None:
        return _("Nomination %(number)s has not been posted for objections.") % {"number": row.number} if asked else ""
    if day <= posting.until:
        return _("Nomination %(number)s may be objected to until %(day)s.") % {"number": row.number, "day": spoken(posting.until)}
    if waits:
        return _("%(count)s objections to nomination %(number)s have not been answered.") % {"count": waits, "number": row.number}
    return ""


def visible(actor: Actor, day: date) -> QuerySet[Posting]:
    """Posted lists that the actor may read: those of campaigns in which units of the actor's lines may propose, and of the actor's own
    campaigns and authorities. Never for who is not signed in."""
    reach = rules.seen_units(actor, day)
    rows = Posting.objects.select_related("campaign_form__campaign", "campaign_form__form").order_by("-at", "-pk")
    if reach.everything:
        return rows
    if not reach.units:
        return rows.none()
    lines = {line.pk for line in organisations.unit_lines(reach.units).values()}
    units = set(Campaign.objects.values_list("office_id", flat=True).distinct())
    issuers = set(CampaignForm.objects.values_list("issuer_id", flat=True).distinct())
    mine = rules.held_at(actor, (Office.PROGRAMME,), units, day)
    held = rules.held_at(actor, rules.AUTHORITY, issuers, day)
    of_lines = Campaign.objects.filter(proposers__line_id__in=lines).values("pk")
    return rows.filter(campaign_form__campaign__in=of_lines) | rows.filter(campaign_form__campaign__office_id__in=mine) | rows.filter(
        campaign_form__issuer_id__in=held
    )


@dataclass(frozen=True)
class Row:
    """A nomination on a posted list, in its order."""

    nomination: Nomination
    label: str
    proposer: str


def rows(posting: Posting, day: date) -> list[Row]:
    """Those on the list, also who has fallen out since."""
    found = {str(row.pk): row for row in Nomination.objects.filter(pk__in=listed(posting)).select_related("campaign_form__form")}
    called, names = labels(found.values(), day), unit_names((row.proposer_id for row in found.values()), day)
    return [Row(found[key], called[found[key].pk], names[found[key].proposer_id]) for key in listed(posting) if key in found]


def objections(posting: Posting, actor: Actor, everyone: bool) -> list[Objection]:
    """The objections to a list with their answers: all for the issuer and the campaign's office, their own for who raised one."""
    found = posting.objections.select_related("nomination", "answer").order_by("at", "pk")
    return list(found if everyone else found.filter(by_id=actor.actor_id))


def objection_count(posting: Posting) -> tuple[int, int]:
    """(objections raised, those answered): what every reader of the list sees."""
    return posting.objections.count(), posting.objections.exclude(answer=None).count()


def objection(pk: int) -> Objection | None:
    joined = ("posting__campaign_form__campaign", "nomination__campaign_form__campaign", "nomination__campaign_form__form", "answer")
    return Objection.objects.filter(pk=pk).select_related(*joined).first()


def form_to_post(pk: int) -> CampaignForm | None:
    return CampaignForm.objects.filter(pk=pk).select_related("campaign", "form").first()


def of_campaign(actor: Actor, campaign: Campaign, day: date) -> list[Posting]:
    """The posted lists of a campaign that the actor may read, newest first."""
    return list(visible(actor, day).filter(campaign_form__campaign=campaign))
