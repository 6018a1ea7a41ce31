"""Which achievements are held by which award: one achievement, one form, across issuers, campaigns and years."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from soket.commendations.models import Award, Holding, Nomination, TwinVerdict
from soket.commendations.queries.decision_facts import chunks
from soket.reviews.models import ReviewProgramme
from soket.ui import core as ui

TOGETHER = 0  # the key for the programmes of a review together


@dataclass(frozen=True)
class Held:
    """An achievement: whose, of which programme (TOGETHER: of these), over [since, until). `award` holds it, or it is only proposed."""

    recipient_key: str
    programme: int
    programmes: frozenset[int]
    since: date
    until: date
    nomination: Nomination
    award: Award | None = None

    def meets(self, other: Held) -> bool:
        """Whether the two are one achievement: the same recipient, times that meet, and a programme in common. Two that are both of
        programmes together meet whatever these are, as the database has it."""
        if self.recipient_key != other.recipient_key or self.since >= other.until or other.since >= self.until:
            return False
        if self.programme == other.programme:
            return True
        return (self.programme == TOGETHER and other.programme in self.programmes) or (other.programme == TOGETHER and self.programme in other.programmes)


def of(award: Award, nomination: Nomination) -> Holding:
    """The row by which the award holds the nomination's achievement."""
    return Holding(
        award=award, recipient_key=nomination.recipient_key, programme_key=nomination.programme_id or TOGETHER, valid_from=nomination.achieved_from,
        valid_to=nomination.achieved_to + timedelta(days=1),
    )  # fmt: skip


def lock_recipients(nominations: Iterable[Nomination]) -> None:
    """Hold every nomination of the same recipients, in whatever campaign, until the act ends: two issuers deciding at once wait here."""
    keys = sorted({row.recipient_key for row in nominations})
    for part in chunks(keys):
        list(Nomination.objects.select_for_update().filter(recipient_key__in=part).order_by("pk").values_list("pk", flat=True))


def clashes(nominations: Sequence[Nomination]) -> list[tuple[Held, Held]]:
    """(the proposed achievement, what it meets): held by an award, or by another of the same list."""
    keys = sorted({row.recipient_key for row in nominations})
    proposed = [_proposed(row) for row in nominations]
    standing = [one for part in chunks(keys) for one in _standing(part)]
    by_key: dict[str, list[Held]] = {}
    for one in standing:
        by_key.setdefault(one.recipient_key, []).append(one)
    programmes = _programmes([*(one.nomination for one in standing), *nominations])
    found: list[tuple[Held, Held]] = []
    for one in proposed:
        mine = _with(one, programmes)
        other = next((held for row in by_key.get(one.recipient_key, []) if mine.meets(held := _with(row, programmes))), None)
        if other is not None:
            found.append((mine, other))
        by_key.setdefault(one.recipient_key, []).append(one)
    return found


def _proposed(row: Nomination) -> Held:
    return Held(row.recipient_key, row.programme_id or TOGETHER, frozenset(), row.achieved_from, row.achieved_to + timedelta(days=1), row)


def _standing(keys: Sequence[str]) -> list[Held]:
    joined = ("award__decision__entry", "award__decision__campaign_form__form", "award__nomination__campaign_form__campaign")
    rows = Holding.objects.filter(recipient_key__in=keys).select_related(*joined).defer("award__decision__body")
    return [Held(row.recipient_key, row.programme_key, frozenset(), row.valid_from, row.valid_to, row.award.nomination, row.award) for row in rows]


def _programmes(nominations: Iterable[Nomination]) -> dict[int, frozenset[int]]:
    """The programmes of the reviews of those nominations that are of programmes together, by review."""
    reviews = {row.campaign_form.campaign.review_id for row in nominations if row.programme_id is None}
    found: dict[int, set[int]] = {review: set() for review in reviews}
    for review, programme in ReviewProgramme.objects.filter(review__in=reviews).values_list("review_id", "programme_id"):
        found[review].add(programme)
    return {review: frozenset(ids) for review, ids in found.items()}


def _with(one: Held, programmes: dict[int, frozenset[int]]) -> Held:
    if one.programme != TOGETHER:
        return one
    own = programmes.get(one.nomination.campaign_form.campaign.review_id, frozenset())
    return Held(one.recipient_key, one.programme, own, one.since, one.until, one.nomination, one.award)


def words(clash: tuple[Held, Held]) -> str:
    """Which award, or which other nomination, stands in the way."""
    mine, other = clash
    said: dict[str, Any] = {"number": mine.nomination.number, "other": other.nomination.number}
    if other.award is None:
        return _("Nominations %(number)s and %(other)s of this list are for one achievement.") % said
    decision = other.award.decision
    said |= {"form": decision.campaign_form.form.name_vi, "decision": decision.entry.notation, "day": ui.day(decision.dated), "place": other.award.place}
    return _("The achievement of nomination %(number)s is held by “%(form)s”, decision %(decision)s of %(day)s, place %(place)s.") % said


def judged_the_same(nominations: Sequence[Nomination]) -> list[str]:
    """Nominations that a person found to be the same achievement as another one that was to stand instead; in words."""
    found = []
    known: dict[UUID, int] = {row.pk: row.number for row in nominations}
    for part in chunks(list(known)):
        for own, attribute in (("twin__nomination", "nomination"), ("twin__other", "other")):
            rows = TwinVerdict.objects.filter(**{f"{own}__in": part}, same=True).select_related("twin", "stands")
            for row in rows:
                mine = getattr(row.twin, f"{attribute}_id")
                if row.stands_id != mine and row.stands is not None:
                    said = {"number": known[mine], "other": row.stands.number}
                    found.append(_("Nomination %(number)s was found to be the same achievement as nomination %(other)s, which stands instead.") % said)
    return found
