"""What waits for a person: registrations and exemplars to recognise, exemplars to publish, adoptions to confirm."""
from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soket.accounts.models import Person
from soket.exemplars import rules
from soket.exemplars.models import Adoption, Exemplar
from soket.exemplars.queries.exemplars import had_a_hand
from soket.exemplars.queries.movements import waiting
from soket.kernel.actor import Office
from soket.kernel.clock import day_of
from soket.ui.work import WorkItem


def waiting_for(person: Person, at: datetime) -> list[WorkItem]:
    """In this order; nothing is asked of the database for a person without one of the deciding offices."""
    day = day_of(at)
    decides = bool(person.reach(Office.DECIDE, day).units)
    runs = bool(person.reach(Office.PROGRAMME, day).units)
    publishes = bool(person.reach(Office.PUBLISH, day).units)
    items: list[WorkItem] = []
    if decides or runs:
        items += _registrations(person, day)
    if decides or runs or publishes:
        items += _exemplars(person, day)
    if decides or runs:
        items += _adoptions(person, day)
    return items


def _registrations(person: Person, day: date) -> list[WorkItem]:
    rows = waiting(person, day)
    counts = Counter((row.movement.slug, row.movement.title) for row in rows)
    return [
        WorkItem(
            title=ngettext("%(title)s: %(count)s registration", "%(title)s: %(count)s registrations", count) % {"title": title, "count": count},
            detail=_("Recognise models"), url=reverse("exemplars:waiting", args=[slug]), count=count,
        )
        for (slug, title), count in counts.items()
    ]  # fmt: skip


def _exemplars(person: Person, day: date) -> list[WorkItem]:
    items, rows = [], list(Exemplar.objects.filter(state__in=["proposed", "recognised"]).order_by("changed_at", "pk"))
    own = had_a_hand(person, [row.pk for row in rows]) if rows else set()
    for row in rows:
        mine = row.pk not in own
        if row.state == "proposed" and mine and rules.recognises(person, row, day):
            items.append(WorkItem(title=row.title, detail=_("Recognise an exemplar"), url=reverse("exemplars:recognise", args=[row.slug])))
        if row.state == "recognised" and mine and rules.publishes(person, row, day):
            items.append(WorkItem(title=row.title, detail=_("Publish an exemplar"), url=reverse("exemplars:publish", args=[row.slug])))
    return items


def _adoptions(person: Person, day: date) -> list[WorkItem]:
    rows = Adoption.objects.filter(confirmed_on=None, stopped_on=None).exclude(by_id=person.actor_id).select_related("exemplar").order_by("at", "pk")
    mine: dict[int, bool] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.unit_id not in mine:
            mine[row.unit_id] = rules.decides_over(person, row.unit_id, day)
        if mine[row.unit_id]:
            counts[row.exemplar.slug, row.exemplar.title] += 1
    return [
        WorkItem(
            title=ngettext("%(title)s: %(count)s unit", "%(title)s: %(count)s units", count) % {"title": title, "count": count},
            detail=_("Confirm adoptions"), url=reverse("exemplars:detail", args=[slug]) + "#cho-xac-nhan", count=count,
        )
        for (slug, title), count in counts.items()
    ]  # fmt: skip
