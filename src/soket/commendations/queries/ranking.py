"""The order after the vote: who passed with which share, how many places there are, who is next in reserve."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from soket.commendations.core.council import Candidate, Ranking, ranked, ties
from soket.commendations.models import CampaignForm, Council, Nomination, Quota, Tally
from soket.commendations.models.campaign import RecipientKind
from soket.commendations.queries.meetings import latest_tallies
from soket.commendations.queries.recipients import labels

PLACED = ("chosen", "decided")


@dataclass(frozen=True)
class Standing:
    """A form and kind of recipient after the vote. `limit` None: no quota for the whole campaign. `placed`: chosen and awarded so far."""

    campaign_form: CampaignForm
    recipient: str
    limit: int | None
    placed: int
    voted: list[tuple[Nomination, Tally]]
    unvoted: int

    @property
    def places(self) -> int | None:
        """Places still free; None without a quota."""
        return None if self.limit is None else max(self.limit - self.placed, 0)

    @property
    def kind(self) -> str:
        return str(RecipientKind(self.recipient).label)

    @property
    def candidates(self) -> list[Candidate]:
        return [Candidate(str(row.pk), tally.yes, tally.base, tally.passed, place) for place, (row, tally) in enumerate(self.voted)]

    @property
    def tied(self) -> list[list[Candidate]]:
        return ties(self.candidates)

    def ranking(self, order: Mapping[str, int] | None = None) -> Ranking:
        return ranked(self.candidates, self.places, order)


def limit_of(campaign_form: CampaignForm, recipient: str) -> int | None:
    """The quota for the whole campaign (level 0)."""
    return Quota.objects.filter(campaign_form=campaign_form, level=0, recipient=recipient).values_list("limit", flat=True).first()


def standing(campaign_form: CampaignForm, recipient: str) -> Standing:
    """Those that wait to be ranked, in the order in which the council voted on them."""
    rows = Nomination.objects.filter(campaign_form=campaign_form, recipient=recipient)
    waiting = list(rows.filter(state="agreed").select_related("campaign_form__campaign__review", "campaign_form__form").order_by("number"))
    tallies = latest_tallies(waiting)
    voted = [(row, tallies[str(row.pk)]) for row in waiting if str(row.pk) in tallies]
    voted.sort(key=lambda pair: (pair[1].question.meeting.number, pair[1].question.order))
    placed = rows.filter(state__in=PLACED).count()
    return Standing(campaign_form, recipient, limit_of(campaign_form, recipient), placed, voted, len(waiting) - len(voted))


def last_rank(campaign_form: CampaignForm, recipient: str) -> int:
    """The highest place given so far."""
    rows = Nomination.objects.filter(campaign_form=campaign_form, recipient=recipient, rank__isnull=False)
    return rows.order_by("-rank").values_list("rank", flat=True).first() or 0


def reserve(campaign_form: CampaignForm, recipient: str) -> list[Nomination]:
    """Those in reserve, the next first."""
    return list(Nomination.objects.filter(campaign_form=campaign_form, recipient=recipient, state="reserve").order_by("rank", "number"))


def in_reserve(council: Council, pk: UUID) -> Nomination | None:
    """One in reserve for a form of the council's authority."""
    rows = Nomination.objects.filter(campaign_form__campaign=council.campaign, campaign_form__issuer=council.authority, state="reserve", pk=pk)
    return rows.select_related("campaign_form__campaign", "campaign_form__form").first()


def free_places(campaign_form: CampaignForm, recipient: str) -> int | None:
    """Places that the quota leaves free now; None without a quota."""
    limit = limit_of(campaign_form, recipient)
    placed = Nomination.objects.filter(campaign_form=campaign_form, recipient=recipient, state__in=PLACED).count()
    return None if limit is None else max(limit - placed, 0)


@dataclass(frozen=True)
class Placed:
    """One placed after the vote, as a council's page lists it."""

    nomination: Nomination
    label: str
    tally: Tally | None
    next_up: bool


def placed_rows(council: Council, day: date) -> list[tuple[CampaignForm, str, int | None, list[Placed]]]:
    """(form, kind of recipient in words, free places, rows by rank) of the council's authority, for forms with somebody placed."""
    states = (*PLACED, "reserve", "left_out")
    rows = list(
        Nomination.objects.filter(campaign_form__campaign=council.campaign, campaign_form__issuer=council.authority, state__in=states)
        .select_related("campaign_form__form", "campaign_form__campaign").order_by("campaign_form__order", "recipient", "rank", "number")
    )  # fmt: skip
    called, tallies = labels(rows, day), latest_tallies(rows)
    quotas = {(one.campaign_form_id, one.recipient): one.limit for one in Quota.objects.filter(campaign_form__campaign=council.campaign, level=0)}
    groups: dict[tuple[int, str], list[Nomination]] = {}
    for row in rows:
        groups.setdefault((row.campaign_form_id, row.recipient), []).append(row)
    found = []
    for key, group in groups.items():
        limit, used = quotas.get(key), sum(row.state in PLACED for row in group)
        free = None if limit is None else max(limit - used, 0)
        first = next((row.pk for row in group if row.state == "reserve"), None)
        listed = [Placed(row, called[row.pk], tallies.get(str(row.pk)), bool(free) and row.pk == first) for row in group if row.rank is not None]
        listed += [Placed(row, called[row.pk], tallies.get(str(row.pk)), False) for row in group if row.rank is None]
        found.append((group[0].campaign_form, str(RecipientKind(key[1]).label), free, listed))
    return found
