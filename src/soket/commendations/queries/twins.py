"""Nominations that may be one achievement: found across issuers, campaigns and years."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from soket.commendations.core.states import LIVE
from soket.commendations.core.twins import Claim, squeezed, twin
from soket.commendations.models import AwardForm, Nomination, Twin, TwinVerdict
from soket.commendations.queries import scope
from soket.kernel.actor import Actor
from soket.kernel.text import folded
from soket.organisations.core import Lives
from soket.organisations.queries.units import lives

FIELDS = ("pk", "recipient_key", "recipient", "person_name", "unit_id", "programme_id", "achieved_from", "achieved_to")


def recipient_key(recipient: str, unit_id: int, person_name: str) -> str:
    """Who a nomination is about, for finding the same again; the name must be NFC."""
    return f"person:{folded(person_name)[:160]}@{unit_id}" if recipient == "person" else f"unit:{unit_id}"


def claim(row: Sequence[Any], day: date, known: Lives) -> Claim:
    """What the row (`FIELDS`) asks to be rewarded; a collective goes by the name that its unit has that day, or had last."""
    pk, key, recipient, name, unit, programme, start, end = row
    if recipient == "person":
        return Claim(pk, key, True, name, unit, frozenset({unit}), None, programme, start, end)
    life = known.nearest(unit, day)
    called, above = (life.name, life.parent) if life else ("", None)
    return Claim(pk, key, False, called, unit, known.before([unit]), above, programme, start, end)


def claim_of(nomination: Nomination, day: date) -> Claim:
    return claim([getattr(nomination, name) for name in FIELDS], day, lives())


class Book:
    """The nominations that may be the same achievement as one of those asked about, laid out by recipient, by name and by unit."""

    def __init__(self, start: date, end: date, day: date) -> None:
        rows = Nomination.objects.filter(state__in=LIVE, achieved_from__lte=end, achieved_to__gte=start).order_by("at", "pk")
        self._by_key: dict[str, list[Claim]] = defaultdict(list)
        self._by_name: dict[str, list[Claim]] = defaultdict(list)
        self._by_unit: dict[int, list[Claim]] = defaultdict(list)
        known = lives()
        for row in rows.values_list(*FIELDS):
            one = claim(row, day, known)
            self._by_key[one.key].append(one)
            self._by_name[squeezed(one.name)].append(one)
            for unit in one.kin:
                self._by_unit[unit].append(one)

    def twins(self, mine: Claim) -> list[tuple[Any, bool]]:
        """(id of the other nomination, whether the recipient is exactly the same), each once, the exact ones first."""
        near = [*self._by_key[mine.key], *self._by_name[squeezed(mine.name)], *(one for unit in mine.kin for one in self._by_unit[unit])]
        found = {one.id: kind for one in near if (kind := twin(mine, one))}
        return sorted(((pk, kind == "exact") for pk, kind in found.items()), key=lambda pair: not pair[1])


def book_for(nominations: Iterable[Nomination], day: date) -> Book:
    """The book for these nominations: read once, asked for each."""
    rows = list(nominations)
    return Book(min(row.achieved_from for row in rows), max(row.achieved_to for row in rows), day)


def double_of(nomination: Nomination) -> Nomination | None:
    """The nomination in which the same unit proposes the same recipient for the same form and achievement already: a plain double entry."""
    ended = ("withdrawn", "declined", "left_out", "cancelled")
    rows = Nomination.objects.filter(
        campaign_form_id=nomination.campaign_form_id, proposer_id=nomination.proposer_id, recipient_key=nomination.recipient_key,
        achieved_from__lte=nomination.achieved_to, achieved_to__gte=nomination.achieved_from,
    )  # fmt: skip
    if nomination.programme_id is not None:
        rows = rows.filter(Q(programme=None) | Q(programme_id=nomination.programme_id))
    return rows.exclude(pk=nomination.pk).exclude(state__in=ended).order_by("number").first()


def of_nomination(nomination: Nomination) -> QuerySet[Twin]:
    """Every pair that the nomination is part of, on whichever side, with its verdict where there is one."""
    joined = ("verdict", "nomination__campaign_form__campaign", "nomination__campaign_form__form", "nomination__campaign_form__issuer",
              "other__campaign_form__campaign", "other__campaign_form__form", "other__campaign_form__issuer")  # fmt: skip
    return Twin.objects.filter(Q(nomination=nomination) | Q(other=nomination)).select_related(*joined)


def judged(nomination: Nomination) -> bool:
    """Whether a person has said of the nomination that it is, or is not, the same achievement as another."""
    return TwinVerdict.objects.filter(Q(twin__nomination=nomination) | Q(twin__other=nomination)).exists()


@dataclass(frozen=True)
class Seen:
    """A pair as a reader may see it: the other nomination's issuer, form and campaign; `other` only when the reader may see it too."""

    twin: Twin
    issuer: str
    form: AwardForm
    campaign: str
    other: Nomination | None

    @property
    def settled(self) -> bool:
        return hasattr(self.twin, "verdict")


def seen(actor: Actor, nomination: Nomination, day: date) -> list[Seen]:
    """The pairs of the nomination, those that wait for a verdict first."""
    rows = list(of_nomination(nomination))
    others = {row.pk: row.other if row.nomination_id == nomination.pk else row.nomination for row in rows}
    if not rows:
        return []
    open_to = set(scope.nominations(actor, day).filter(pk__in=[one.pk for one in others.values()]).values_list("pk", flat=True))
    names = scope.unit_names([one.campaign_form.issuer_id for one in others.values()], day)
    made = []
    for row in rows:
        other = others[row.pk]
        held = other.campaign_form
        made.append(Seen(row, names[held.issuer_id], held.form, held.campaign.code, other if other.pk in open_to else None))
    return sorted(made, key=lambda one: one.settled)


def undecided(ids: Iterable[Any]) -> set[Any]:
    """Which of these nominations are part of a pair that waits for a verdict; two queries for any number."""
    wanted = list(ids)
    rows = Twin.objects.filter(verdict=None)
    mine = set(rows.filter(nomination__in=wanted).values_list("nomination_id", flat=True))
    return mine | set(rows.filter(other__in=wanted).values_list("other_id", flat=True))
