"""Appraisals with their clocks: one nomination's side by side, an authority's on a board, what waits for a person."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.commendations import rules
from soket.commendations.core import clocks
from soket.commendations.core.states import LIVE
from soket.commendations.models import Appraisal, AppraisalAct, Campaign, Nomination, Twin, Wording
from soket.commendations.queries import binding, ruling
from soket.commendations.queries.recipients import labels
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.text import whole
from soket.ui.work import WorkItem

OPEN = ("confirmed", "incomplete")
FILTERS = ("", "tiep-nhan", "tham-dinh", "qua-han", "sap-den-han", "cho-hiep-y", "bo-sung", "xong")
JOINED = ("nomination__campaign_form__campaign__review", "nomination__campaign_form__form", "nomination__programme")


@dataclass(frozen=True)
class Side:
    """One authority's appraisal of a nomination as it stands on a day."""

    appraisal: Appraisal
    authority: str
    standing: clocks.Standing
    acts: list[AppraisalAct]

    @property
    def waits_for_authority(self) -> bool:
        return self.standing.state in clocks.WAITING or self.standing.state == "received"


@dataclass(frozen=True)
class Row:
    """A line of an authority's board: its own side, the others', and twins not settled."""

    nomination: Nomination
    label: str
    mine: Side
    others: list[Side]
    twins: int

    @property
    def waits_for_partner(self) -> bool:
        return self.mine.standing.state == "agreed" and any(side.standing.state != "agreed" for side in self.others)


def acts_of(appraisal: Appraisal) -> list[clocks.Act]:
    """The acts as the clocks read them."""
    return [clocks.Act(row.kind, day_of(row.at), row.due_on, row.known, row.rule) for row in appraisal.acts.all()]


def sides(appraisals: Iterable[Appraisal], day: date) -> list[Side]:
    """Each appraisal with its clock; `acts` are prefetched or read."""
    rows = list(appraisals)
    names, calendar = unit_names((row.authority_id for row in rows), day), ruling.calendar()
    return [Side(row, names[row.authority_id], clocks.standing(acts_of(row), day, calendar), list(row.acts.all())) for row in rows]


def of_nomination(nomination: Nomination, day: date) -> list[Side]:
    """The nomination's appraisals, the issuer's first."""
    return sides(nomination.appraisals.prefetch_related("acts"), day)


def one(nomination: Nomination, appraisal_id: int) -> Appraisal | None:
    return nomination.appraisals.filter(pk=appraisal_id).select_related("nomination").prefetch_related("acts").first()


def authorities(actor: Actor, day: date) -> set[int]:
    """The authorities for which the actor appraises and which appraise something."""
    return rules.held_at(actor, (Office.COMMEND,), Appraisal.objects.values_list("authority_id", flat=True).distinct(), day)


def chosen(actor: Actor, keys: Sequence[str], day: date) -> list[Appraisal]:
    """The appraisals of those ids that are the actor's authorities', in the order of their numbers."""
    wanted = [found for key in keys[:500] if (found := whole(key)) is not None]
    rows = Appraisal.objects.filter(pk__in=wanted, authority_id__in=authorities(actor, day)).select_related(*JOINED)
    return list(rows.order_by("nomination__campaign_form__campaign", "nomination__number", "pk"))


def appraises_any(actor: Actor, nomination: Nomination, day: date) -> bool:
    """Whether the actor appraises the nomination for one of its authorities."""
    return bool(rules.held_at(actor, (Office.COMMEND,), nomination.appraisals.values_list("authority_id", flat=True), day))


def open_twins(nominations: Sequence[Nomination]) -> QuerySet[Twin]:
    """Twins without a verdict that hinder one of the nominations: whichever of the two was found first, while both are live."""
    about = Q(nomination__in=nominations) | Q(other__in=nominations)
    return Twin.objects.filter(about, verdict=None, nomination__state__in=LIVE, other__state__in=LIVE)


def hindrances(nomination: Nomination, day: date) -> list[str]:
    """Why the nomination cannot go before the council yet, in words; empty when it can."""
    found = []
    for side in of_nomination(nomination, day):
        if side.standing.state == "declined" and not side.appraisal.lead:
            said = _("%(authority)s did not agree. Both must agree: the issuer declines, or %(authority)s takes it up again.")
            found.append(said % {"authority": side.authority})
        elif side.standing.state != "agreed":
            found.append(_("%(authority)s has not agreed yet.") % {"authority": side.authority})
    waits = open_twins([nomination]).count()
    if waits:
        found.append(_("%(count)s look-alikes have not been settled.") % {"count": waits})
    return found


def board(actor: Actor, day: date, shown: str = "", campaign: str = "") -> list[Row]:
    """The appraisals of the actor's authorities, those due first; `shown` is one of FILTERS, `campaign` a slug."""
    mine = authorities(actor, day)
    rows = Appraisal.objects.filter(authority_id__in=mine).select_related(*JOINED)
    rows = rows.exclude(nomination__state__in=OPEN) if shown == "xong" else rows.filter(nomination__state__in=OPEN)
    if campaign:
        rows = rows.filter(nomination__campaign_form__campaign__slug=campaign)
    everyone = Prefetch("nomination__appraisals", Appraisal.objects.prefetch_related("acts"))
    found = _rows(list(rows.order_by("nomination__campaign_form__campaign", "nomination__number", "pk").prefetch_related("acts", everyone)), day)
    return sorted((row for row in found if shows(row, shown)), key=_urgency)


def _rows(appraisals: list[Appraisal], day: date) -> list[Row]:
    called, waits = labels((one.nomination for one in appraisals), day), _twins([one.nomination for one in appraisals])
    every = {side.appraisal.pk: side for side in sides({one.pk: one for row in appraisals for one in row.nomination.appraisals.all()}.values(), day)}
    return [
        Row(
            row.nomination, called[row.nomination_id], every[row.pk],
            [every[one.pk] for one in row.nomination.appraisals.all() if one.pk != row.pk], waits[row.nomination_id],
        )
        for row in appraisals
    ]  # fmt: skip


def _twins(nominations: list[Nomination]) -> dict[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for pair in open_twins(nominations).values_list("nomination_id", "other_id"):
        for key in pair:
            found[key] += 1
    return found


def shows(row: Row, shown: str) -> bool:
    """Whether the filter shows the row."""
    standing = row.mine.standing
    tests = {
        "tiep-nhan": standing.state in clocks.WAITING, "tham-dinh": standing.state == "received", "qua-han": standing.late and standing.running,
        "sap-den-han": standing.soon, "cho-hiep-y": row.waits_for_partner, "bo-sung": standing.state == "asked",
    }  # fmt: skip
    return tests.get(shown, True)


def _urgency(row: Row) -> tuple[bool, date, int]:
    standing = row.mine.standing
    return not standing.running, standing.due_on or date.max, row.nomination.number


def numbers(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows of a board each filter shows."""
    listed = list(rows)
    return {name: sum(shows(row, name) for row in listed) for name in FILTERS if name != "xong"}


def campaigns_of(actor: Actor, day: date) -> list[Campaign]:
    """The campaigns in which the actor's authorities appraise."""
    rows = Campaign.objects.filter(forms__nominations__appraisals__authority_id__in=authorities(actor, day))
    return list(rows.distinct().order_by("-opens_on", "-pk"))


def twins_of(nomination: Nomination) -> list[Twin]:
    """Every pair the nomination stands in, whichever was found first, with its verdict if there is one."""
    joined = ("nomination__campaign_form__campaign", "nomination__campaign_form__form", "nomination__programme", "other__campaign_form__campaign",
              "other__campaign_form__form", "other__programme", "verdict")  # fmt: skip
    return list(Twin.objects.filter(Q(nomination=nomination) | Q(other=nomination)).select_related(*joined).order_by("pk"))


@dataclass(frozen=True)
class Compared:
    """One of two look-alikes as the page sets them side by side."""

    nomination: Nomination
    label: str
    proposer: str
    issuer: str
    text: list[list[dict[str, Any]]]


def compared(pair: Sequence[Nomination], language: str, day: date) -> list[Compared]:
    """The pair with what a verdict needs."""
    called = labels(pair, day)
    names = unit_names([unit for one in pair for unit in (one.proposer_id, one.campaign_form.issuer_id)], day)
    newest = {row.nomination_id: row for row in Wording.objects.filter(nomination__in=pair).order_by("number")}
    texts = {key: binding.shown(row, binding.grounds(row), language) for key, row in newest.items()}
    return [
        Compared(one, called[one.pk], names[one.proposer_id], names[one.campaign_form.issuer_id], texts.get(one.pk, [])) for one in pair
    ]


def progress(campaign: Campaign, day: date) -> list[tuple[str, dict[str, int]]]:
    """Each authority of the campaign with how many of its appraisals stand where, in one read."""
    rows = Appraisal.objects.filter(nomination__campaign_form__campaign=campaign).exclude(nomination__state__in=("withdrawn",)).select_related("nomination")
    listed = sides(rows.prefetch_related("acts").order_by("pk"), day)
    found: dict[str, dict[str, int]] = {}
    for side in listed:
        one = found.setdefault(side.authority, dict.fromkeys(("all", "waiting", "received", "asked", "agreed", "declined", "late"), 0))
        one["all"] += 1
        fell = side.appraisal.nomination.state not in OPEN and side.standing.state not in clocks.ENDED  # settled as a twin, or the issuer declined
        one["declined" if fell else "waiting" if side.standing.state in clocks.WAITING else side.standing.state] += 1
        one["late"] += side.standing.late and side.standing.running and not fell
    return list(found.items())


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Dossiers to be received and appraisals to be ended, by campaign, with the nearest day."""
    day = day_of(at)
    by_campaign: dict[Campaign, list[Row]] = defaultdict(list)
    for row in board(person, day):
        if row.mine.waits_for_authority:
            by_campaign[row.nomination.campaign_form.campaign].append(row)
    found = []
    for campaign, rows in by_campaign.items():
        for shown, detail in (("tiep-nhan", _("Dossiers to be received or returned")), ("tham-dinh", _("Appraisals to be ended"))):
            listed = [row for row in rows if shows(row, shown)]
            if listed:
                due = min((row.mine.standing.due_on for row in listed if row.mine.standing.due_on), default=None)
                url = f"{reverse('commendations:appraisals')}?hien={shown}&dot={campaign.slug}"
                ends = datetime.combine(due, time(23, 59), VIETNAM) if due else None
                found.append(WorkItem(campaign.title, detail, url, ends, due is not None and due < day, len(listed)))
    return found
