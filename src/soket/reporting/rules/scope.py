"""Scope over reports: one rule gives both "may she" and "which ones".

A reporter reaches the reports of the units she reports for; an approver those decided in her part of
the tree; a programme office those of every unit it covers, and of the units these succeeded.
Everything else does not exist for the reader.
"""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.kernel.actor import Actor, Office, Reach
from soket.organisations import queries as organisations
from soket.organisations.queries.cache import kept
from soket.reporting.models import Report

KEPT = 256


def _and_before(units: frozenset[int]) -> tuple[int, ...]:
    """The units and all they succeeded; remembered as long as the tree stands, since a ministry has thousands."""
    known: dict[frozenset[int], tuple[int, ...]] = kept(("reporting.and_before",), dict)
    if units not in known:
        if len(known) >= KEPT:
            known.clear()
        known[units] = tuple(sorted(organisations.unit_and_before(units)))
    return known[units]


def within(field: str, reach: Reach) -> Q:
    """Rows whose `field` (a unit id) lies in the reach, or was succeeded by a unit that does."""
    if reach.everything:
        return Q()
    return Q(**{f"{field}__in": _and_before(reach.units)})


def visible_reports(actor: Actor, day: date) -> Q:
    """The reports an actor may read on a day."""
    own, decides, runs = (actor.reach(office, day) for office in (Office.REPORT, Office.DECIDE, Office.PROGRAMME))
    reach = decides | runs
    if own.everything or reach.everything:
        return Q()
    return own_units(actor, day) | within("unit_id", reach) | within("decider_id", decides)


def own_units(actor: Actor, day: date) -> Q:
    """The reports of units the actor reports for."""
    reach = actor.reach(Office.REPORT, day)
    return Q() if reach.everything else Q(unit_id__in=sorted(reach.units))


def visible_rounds(actor: Actor, day: date) -> Q:
    """The rounds in which an actor may read at least one report."""
    return Q(Exists(Report.objects.filter(visible_reports(actor, day), round_id=OuterRef("pk"))))


def may_report(actor: Actor, unit_id: int, day: date) -> bool:
    """Whether the actor writes and sends for the unit."""
    return actor.holds(Office.REPORT, day, unit_id)


def own_report(actor: Actor, unit_id: int, day: date) -> bool:
    """Whether a person reports for the unit and so never decides on what it sends. A job holds no post."""
    return actor.actor_kind == "person" and actor.holds(Office.REPORT, day, unit_id)


def decides_at(actor: Actor, day: date) -> Reach:
    """The very units at which the actor decides: for a person her posts, not all that lies below them."""
    if isinstance(actor, Person):
        return Reach(frozenset(post.unit_id for post in posts_of(actor, day) if post.office == Office.DECIDE))
    return actor.reach(Office.DECIDE, day)


def runs_programmes(actor: Actor, unit_ids: Iterable[int], day: date) -> bool:
    """Whether the actor's programme office covers one of the units. A joint programme has several leads,
    each over its own line, so one of them is enough to open and close a round."""
    reach = actor.reach(Office.PROGRAMME, day)
    return any(reach.covers(unit_id) for unit_id in unit_ids)
