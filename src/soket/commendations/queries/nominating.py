"""Nominations of a campaign as a reader lists them, who had a hand in one, and what waits for somebody."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.commendations import rules
from soket.commendations.models import Campaign, CampaignForm, Move, Nomination, Wording
from soket.commendations.models.nominating import State
from soket.commendations.queries import campaigns, scope, twins
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.text import name_search, whole
from soket.organisations import queries as organisations
from soket.ui.work import WorkItem


def newest_wording(nomination: Nomination) -> Wording | None:
    """The text that counts."""
    found: Wording | None = nomination.wordings.order_by("-number").first()
    return found


def writers(nomination: Nomination) -> set[str]:
    """The ids of those who wrote the nomination or sent it."""
    sent = nomination.moves.filter(kind__in=("drafted", "submitted", "completed")).values_list("by_id", flat=True)
    return {*sent, *nomination.wordings.values_list("by_id", flat=True)}


def confirming_unit(nomination: Nomination, by: Actor, day: date) -> int:
    """The unit at which the actor confirms: the highest one over the proposer where the actor decides."""
    for node in campaigns.placed(nomination.proposer_id, day):
        if by.holds(Office.DECIDE, day, node.id):
            return node.id
    return nomination.proposer_id


@dataclass(frozen=True)
class Confirmed:
    """What the level that submits stated. `clear` None: nothing was stated about discipline."""

    unit_id: int
    on: date
    clear: bool | None
    rule: str
    at: datetime
    by_label: str


def confirmation(nomination: Nomination) -> Confirmed | None:
    """The confirmation of a nomination that has one."""
    row: Move | None = nomination.moves.filter(kind="confirmed").order_by("-number").first()
    return None if row is None else confirmed(row, nomination)


def confirmed(row: Move, nomination: Nomination) -> Confirmed:
    """What the move of a confirmation states."""
    told = json.loads(row.payload)
    unit = int(told.get("unit") or nomination.proposer_id)
    return Confirmed(unit, day_of(row.at), told.get("clear"), str(told.get("rule") or ""), row.at, row.by_label)


def confirming_unit_of(nomination: Nomination, day: date) -> int:
    """The unit that confirmed; before that the one over the proposer, or the proposer when nobody stands over it."""
    found = confirmation(nomination)
    path = campaigns.placed(nomination.proposer_id, day)
    return found.unit_id if found else path[-2].id if len(path) > 1 else nomination.proposer_id


@dataclass(frozen=True)
class Row:
    """A nomination with what its line shows. `twin`: part of a pair that waits for a verdict."""

    nomination: Nomination
    unit: str
    proposer: str
    twin: bool

    @property
    def title(self) -> str:
        """Who is proposed: the person's name, or the unit's."""
        return self.nomination.person_name or self.unit


def rows(nominations: Iterable[Nomination], day: date) -> list[Row]:
    """Each with its names; four queries for any number."""
    found = list(nominations)
    names = scope.unit_names([unit for row in found for unit in (row.unit_id, row.proposer_id)], day)
    paired = twins.undecided([row.pk for row in found]) if found else set()
    return [Row(row, names[row.unit_id], names[row.proposer_id], row.pk in paired) for row in found]


def counts(seen: QuerySet[Nomination]) -> list[tuple[str, str, int]]:
    """(state, its words, how many) of those seen, in the order of the way, states without any left out."""
    found = dict(seen.order_by().values_list("state").annotate(count=Count("pk")))
    return [(state.value, str(state.label), found[state.value]) for state in State if state.value in found]


def filtered(seen: QuerySet[Nomination], asked: Mapping[str, str], day: date) -> QuerySet[Nomination]:
    """The list's filters, all of them in the address; what names nothing filters nothing."""
    if asked.get("tinh-trang") in State.values:
        seen = seen.filter(state=asked["tinh-trang"])
    if (form := whole(asked.get("hinh-thuc", ""))) is not None:
        seen = seen.filter(campaign_form_id=form)
    if asked.get("loai") in ("collective", "person"):
        seen = seen.filter(recipient=asked["loai"])
    if (unit := whole(asked.get("don-vi", ""))) is not None:
        seen = seen.filter(proposer_id__in=_under(seen, unit, day))
    return _holding(seen, asked["q"], day) if asked.get("q") else seen


def _under(seen: QuerySet[Nomination], unit: int, day: date) -> list[int]:
    proposers = seen.order_by().values_list("proposer_id", flat=True).distinct()
    return [one for one in proposers if any(node.id == unit for node in campaigns.placed(one, day))]


def _holding(seen: QuerySet[Nomination], text: str, day: date) -> QuerySet[Nomination]:
    holds, listed = name_search(text), list(seen.values_list("pk", "number", "person_name", "brief", "unit_id", "proposer_id"))
    names = scope.unit_names([unit for row in listed for unit in row[4:]], day)
    wanted = [pk for pk, number, name, brief, unit, proposer in listed
              if text == str(number) or holds(f"{name}\n{names[unit]}\n{names[proposer]}\n{brief}")]  # fmt: skip
    return seen.filter(pk__in=wanted)


def branches(seen: QuerySet[Nomination], day: date) -> list[tuple[str, str]]:
    """(id, name) of the centres and provinces under which somebody proposes, to filter by."""
    found: dict[int, str] = {}
    for proposer in seen.order_by().values_list("proposer_id", flat=True).distinct():
        found.update({node.id: node.name for node in campaigns.placed(proposer, day) if node.level == 1})
    return sorted(((str(key), name) for key, name in found.items()), key=lambda pair: pair[1])


def proposing_units(actor: Actor, campaign: Campaign, day: date) -> list[tuple[str, str]]:
    """(id, name) of the units for which the actor writes nominations in this campaign that day."""
    units = actor.reach(Office.REPORT, day).units if campaigns.takes_nominations(campaign, day) else ()
    standing = {heir for unit in units if (heir := organisations.unit_heir(unit, day)) is not None}
    known = scope.unit_names(standing, day)
    return sorted(((str(unit), known[unit]) for unit in standing if campaigns.is_proposer(campaign, unit, day)), key=lambda pair: pair[1])


def form_choices(campaign: Campaign, units: Iterable[int], day: date) -> list[CampaignForm]:
    """The forms for which one of the units may propose somebody, in the order of the campaign."""
    found = {row.pk: row for unit in units for kind in ("collective", "person") for row in campaigns.form_choices(campaign, unit, kind, day)}
    return sorted(found.values(), key=lambda row: (row.order, row.pk))


def confirmable(actor: Actor, campaign: Campaign, day: date) -> QuerySet[Nomination]:
    """The nominations of the campaign that wait for the actor to confirm them; those the actor wrote or sent are not among them."""
    waiting = scope.nominations(actor, day, campaign).filter(state="submitted")
    units = rules.held_at(actor, (Office.DECIDE,), waiting.order_by().values_list("proposer_id", flat=True).distinct(), day)
    return _not_own(waiting.filter(proposer_id__in=units), actor)


def _not_own(found: QuerySet[Nomination], actor: Actor) -> QuerySet[Nomination]:
    own = Move.objects.filter(by_id=actor.actor_id, kind__in=("drafted", "submitted", "completed")).values("nomination_id")
    return found.exclude(pk__in=own).exclude(pk__in=Wording.objects.filter(by_id=actor.actor_id).values("nomination_id"))


def by_ids(seen: QuerySet[Nomination], keys: Iterable[str]) -> list[Nomination]:
    """Those of the nominations that the keys name, in their order; a key that is none names nothing."""
    wanted: list[UUID] = []
    for key in keys:
        try:
            wanted.append(UUID(key))
        except ValueError:
            continue
    return list(seen.filter(pk__in=wanted))


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Nominations returned to the person, those of a campaign to confirm, and those that an authority asked to be completed."""
    day = day_of(at)
    newest = Nomination.objects.annotate(last=Max("moves__number")).filter(Q(state="draft", last__gt=1) | Q(state="incomplete"))
    found = list(newest.select_related("campaign_form__campaign").order_by("campaign_form__campaign", "number"))
    mine = rules.held_at(person, (Office.REPORT,), {row.proposer_id for row in found}, day)
    own = [row for row in found if row.proposer_id in mine]
    return [*(_own_item(row, day) for row in own), *_to_confirm(person, day)]


def _own_item(row: Nomination, day: date) -> WorkItem:
    title = _("Nomination no. %(number)s, %(campaign)s") % {"number": row.number, "campaign": row.campaign_form.campaign.code}
    returned = row.state == "draft"
    until = row.campaign_form.campaign.nominate_until if returned else row.campaign_form.campaign.appraise_until
    detail = _("It was returned to you: change it and send it again") if returned else _("Complete the dossier as the authority asked")
    return WorkItem(title=title, detail=detail, url=reverse("commendations:nomination", args=[row.pk]), due=_end(until), late=until < day)


def _to_confirm(person: Person, day: date) -> list[WorkItem]:
    waits = _not_own(Nomination.objects.filter(state="submitted"), person)
    listed = list(waits.order_by().values_list("campaign_form__campaign_id", "proposer_id").annotate(count=Count("pk")))
    mine = rules.held_at(person, (Office.DECIDE,), {proposer for _campaign, proposer, _count in listed}, day)
    totals: dict[int, int] = {}
    for campaign, proposer, count in listed:
        if proposer in mine:
            totals[campaign] = totals.get(campaign, 0) + count
    return [
        WorkItem(
            title=_("Nominations to confirm, %(campaign)s") % {"campaign": row.code}, detail=_("Confirm them or return them"), count=totals[row.pk],
            url=reverse("commendations:nominations_confirm", args=[row.slug]), due=_end(row.nominate_until), late=row.nominate_until < day,
        )
        for row in Campaign.objects.filter(pk__in=list(totals)).order_by("pk")
    ]  # fmt: skip


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=VIETNAM)


def source_of(nomination: Nomination) -> dict[str, Any] | None:
    """What the nomination was begun from."""
    return {"label": nomination.source_label, "url": nomination.source_url} if nomination.source_kind else None
