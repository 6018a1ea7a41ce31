"""Whole numbers of a campaign: how many stand in which state, by form and kind of recipient."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from soket.commendations.core.states import BEFORE_AUTHORITIES
from soket.commendations.models import Award, Campaign, CampaignForm, Handing, Nomination

AGREED = frozenset({"agreed", "chosen", "reserve", "left_out", "decided", "cancelled"})
AWARDED = frozenset({"decided", "cancelled"})


@dataclass(frozen=True)
class Tally:
    """Of the nominations confirmed and not withdrawn: those on which every authority agreed, those awarded, and awards cancelled since
    (counted among the awarded, because they were given)."""

    nominated: int
    agreed: int
    awarded: int
    cancelled: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.nominated + other.nominated, self.agreed + other.agreed, self.awarded + other.awarded, self.cancelled + other.cancelled
        )


@dataclass(frozen=True)
class TallyRow:
    """One form and kind of recipient."""

    form: CampaignForm
    recipient: str
    tally: Tally


def by_state(campaign: Campaign) -> Counter[str]:
    """How many nominations stand in each state."""
    rows = Nomination.objects.filter(campaign_form__campaign=campaign).order_by().values_list("state").annotate(count=Count("pk"))
    return Counter(dict(rows))


def tallies(campaign: Campaign, forms: list[CampaignForm]) -> tuple[list[TallyRow], Tally]:
    """Every form with each kind of recipient it is given to, nominated or not, and the total."""
    rows = Nomination.objects.filter(campaign_form__campaign=campaign).order_by()
    counts = {(form, kind, state): count for form, kind, state, count in rows.values_list("campaign_form_id", "recipient", "state").annotate(count=Count("pk"))}
    found = [
        TallyRow(form, kind, _tally({state: count for (of, one, state), count in counts.items() if (of, one) == (form.pk, kind)}))
        for form in forms
        for kind in ("collective", "person")
        if form.form.recipients in ("both", kind)
    ]
    total = Tally(0, 0, 0, 0)
    for row in found:
        total += row.tally
    return found, total


def _tally(states: dict[str, int]) -> Tally:
    def of(wanted: frozenset[str]) -> int:
        return sum(count for state, count in states.items() if state in wanted)

    return Tally(of(BEFORE_AUTHORITIES), of(AGREED), of(AWARDED), states.get("cancelled", 0))


def not_handed(campaign: Campaign) -> int:
    """Awards in force that nobody has handed over yet."""
    standing = Handing.objects.filter(award=OuterRef("pk"), strikes=None, struck_by=None)
    return Award.objects.filter(decision__campaign_form__campaign=campaign, stage="granted").exclude(Exists(standing)).count()
