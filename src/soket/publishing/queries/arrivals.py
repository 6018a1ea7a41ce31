"""Reads of archives that moved in: within reach, their rows, what is known already, addresses that are free."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from soket.kernel.actor import Actor, Office, Reach
from soket.organisations import queries as organisations
from soket.publishing import rules
from soket.publishing.arriving.items import path_of
from soket.publishing.beginning import slug_of
from soket.publishing.models import Arrival, ArrivalRow, Article, Category, Redirect

OUTCOMES = ("waiting", "taken", "partly", "refused")
PER_PAGE = 50


def reach_of(actor: Actor, day: date) -> Reach:
    """The units whose archives the actor sees: whoever edits or approves there."""
    return actor.reach(Office.EDIT, day) | actor.reach(Office.PUBLISH, day)


def is_there(actor: Actor, day: date) -> bool:
    """Whether there is a page of archives for the actor at all."""
    reach = reach_of(actor, day)
    return reach.everything or bool(reach.units)


def offices(actor: Actor, day: date) -> list[tuple[int, str]]:
    """The offices for which the actor may bring an archive: (unit id, name)."""
    nodes = (organisations.unit_at(unit, day) for unit in sorted(actor.reach(Office.EDIT, day).units))
    return [(node.id, node.name) for node in nodes if node is not None]


def _within(actor: Actor, day: date) -> QuerySet[Arrival]:
    reach, rows = reach_of(actor, day), Arrival.objects.select_related("file", "pictures")
    return rows if reach.everything else rows.filter(office_id__in=reach.units)


def arrivals(actor: Actor, day: date, number: object) -> Page[Arrival]:
    """One page of archives, newest first."""
    return Paginator(_within(actor, day).order_by("-pk"), 20).get_page(number)  # type: ignore[arg-type]


def arrival(actor: Actor, pk: int, day: date) -> Arrival | None:
    """One archive within reach; None for everyone else."""
    return _within(actor, day).filter(pk=pk).first()


def by_id(pk: int) -> Arrival | None:
    """One archive, for the worker."""
    return Arrival.objects.select_related("file", "pictures").filter(pk=pk).first()


def may_approve(actor: Actor, found: Arrival, day: date) -> bool:
    """Whether the actor decides on it: approves there and did not bring it."""
    return found.state == "ready" and rules.may_publish(actor, found.office_id, day) and actor.actor_id != found.by_id


def may_decline(actor: Actor, found: Arrival, day: date) -> bool:
    """Whether the actor may leave it aside: brought it and still edits there, or approves there; only before anything is taken over."""
    brought = actor.actor_id == found.by_id and rules.may_edit(actor, found.office_id, day)
    return found.state in {"ready", "failed"} and (brought or rules.may_publish(actor, found.office_id, day))


def counts(found: Arrival) -> dict[str, int]:
    """How many rows have each outcome; together they are all."""
    return counts_of([found])[found.pk]


def counts_of(listed: Iterable[Arrival]) -> dict[int, dict[str, int]]:
    """As `counts`, for the archives of a list, by id."""
    found = {one.pk: dict.fromkeys(OUTCOMES, 0) for one in listed}
    for pk, outcome, number in ArrivalRow.objects.filter(arrival__in=list(found)).values_list("arrival", "outcome").annotate(number=Count("pk")):
        found[pk][outcome] = number
    return found


def rows(found: Arrival, outcome: str, number: object) -> Page[ArrivalRow]:
    """One page of rows in the order of the file, of one outcome ("" all)."""
    kept = ArrivalRow.objects.filter(arrival=found).select_related("article").order_by("number")
    return Paginator(kept.filter(outcome=outcome) if outcome else kept, PER_PAGE).get_page(number)  # type: ignore[arg-type]


def report(found: Arrival) -> Iterable[ArrivalRow]:
    """Every row, for the report."""
    return ArrivalRow.objects.filter(arrival=found).select_related("article").order_by("number").iterator(500)


def row(found: Arrival, number: int) -> ArrivalRow | None:
    """One row by its number in the file."""
    return ArrivalRow.objects.filter(arrival=found, number=number).select_related("article").first()


def waiting(found: Arrival) -> dict[int, ArrivalRow]:
    """Rows that are still to be taken, by number."""
    return {one.number: one for one in ArrivalRow.objects.filter(arrival=found, outcome="waiting")}


def standing(keys: Iterable[str]) -> dict[str, str]:
    """Which of these articles stand here already: key → address."""
    wanted = list(dict.fromkeys(keys))
    paths = {path_of(key): key for key in wanted if path_of(key)}
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        taken = ArrivalRow.objects.filter(old_url__in=part, outcome__in=["taken", "partly"])
        found.update((key, slug) for key, slug in taken.values_list("old_url", "article__slug") if key and slug)
    listed = list(paths)
    for start in range(0, len(listed), 500):
        led = Redirect.objects.filter(old_path__in=listed[start : start + 500]).values_list("old_path", "article__slug")
        found.update((paths[path], slug) for path, slug in led)
    return found


def free_slug(wanted: str) -> str:
    """The address, or the next one like it that no article has."""
    base = wanted[:110].strip("-") or "bai"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | rules.RESERVED
    return next(slug for number in range(1, len(taken) + 3) if (slug := base if number == 1 else f"{base}-{number}") not in taken)


def free_category(name: str) -> str:
    """An address for a category of that name."""
    base = slug_of(name)[:50].strip("-") or "chuyen-muc"
    taken = set(Category.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 3) if (slug := base if number == 1 else f"{base}-{number}") not in taken)
