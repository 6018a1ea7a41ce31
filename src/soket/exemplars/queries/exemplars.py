"""Exemplars, reached only through what the actor may see; the public gallery; what a form may choose."""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from soket.audit.models import Event
from soket.exemplars import core, rules, words
from soket.exemplars.models import Exemplar, Movement, Publication, Standing
from soket.exemplars.queries.naming import held_units, in_order, names, province_of
from soket.exemplars.queries.spread import taken_of
from soket.kernel.actor import Actor, Office
from soket.kernel.text import name_search
from soket.reviews import queries as reviews
from soket.reviews.models import Edition, Review
from soket.reviews.queries.frozen import figures_of_all

Choices = list[tuple[str, str]]
HANDS = (
    "exemplars.drafted", "exemplars.changed", "exemplars.part_added", "exemplars.part_dropped", "exemplars.proposed", "exemplars.reopened",
)  # fmt: skip - acts of the side that proposes


def inside(actor: Actor, day: date) -> QuerySet[Exemplar]:
    """Those whose drafts and papers the actor reads, the newest change first."""
    seen = Exemplar.objects.filter(rules.inside(actor, day)).values("pk")
    return Exemplar.objects.filter(pk__in=seen).order_by("-changed_at", "-pk")


def exemplar_inside(actor: Actor, slug: str, day: date) -> Exemplar | None:
    """One exemplar that the actor reads inside, else None."""
    return inside(actor, day).filter(slug=slug).select_related("movement", "office", "unit").first()


def publication_of(exemplar: Exemplar) -> Publication | None:
    """The newest sealed copy, None before the first publication."""
    return exemplar.publications.order_by("-number").first()


def published(slug: str) -> Publication | None:
    """The newest sealed copy at a public address, withdrawn or not."""
    return Publication.objects.filter(exemplar__slug=slug).select_related("exemplar").order_by("-number").first()


def history(exemplar: Exemplar) -> list[Standing]:
    """Every act on it, in order."""
    return list(exemplar.standings.order_by("number"))


def had_a_hand(actor: Actor, exemplars: Iterable[int]) -> set[int]:
    """Those of the exemplars (by id) that the actor wrote, changed, gave a part or proposed, in whatever round, by the record: the newest
    writer alone would let an earlier one decide on their own work."""
    keys = {str(pk) for pk in exemplars}
    rows = Event.objects.filter(subject_kind="exemplars.exemplar", actor_kind=actor.actor_kind, actor_id=actor.actor_id, name__in=HANDS)
    return {int(key) for key in rows.values_list("subject_id", flat=True) if key in keys}


def withdrawal_of(exemplar: Exemplar) -> Standing | None:
    """The act that took a published exemplar back and has not been followed by another publication."""
    newest = exemplar.standings.filter(act__in=["published", "withdrawn"]).order_by("-number").first()
    return newest if newest is not None and newest.act == "withdrawn" else None


@dataclass(frozen=True)
class Card:
    """One exemplar of the gallery."""

    slug: str
    title: str
    unit: str
    holder: str
    province: str | None
    field: str
    photo: dict[str, Any] | None
    units: int
    withdrawn: bool
    synthetic: bool


@dataclass(frozen=True)
class Found:
    """One published exemplar before its card is made."""

    row: Publication
    content: dict[str, Any]
    province: str | None


def gallery(asked: str, field: str, province: str, day: date) -> tuple[list[Found], list[str]]:
    """(the published exemplars that fit, newest first; the provinces that have one). Those withdrawn stand last."""
    newest = Publication.objects.filter(exemplar=OuterRef("exemplar"), number__gt=OuterRef("number"))
    rows = Publication.objects.filter(~Exists(newest)).select_related("exemplar").order_by("-at", "-pk")
    listed = [(row, json.loads(row.content)) for row in rows]
    places = province_of({content["unit"]["id"] for _row, content in listed}, day)
    found = [Found(row, content, places[content["unit"]["id"]]) for row, content in listed]
    known = in_order({one.province for one in found if one.province}, key=str)
    holds = name_search(asked)
    fitting = [
        one for one in found
        if (not asked or holds(one.row.title) or holds(one.content["unit"]["name"]) or holds(one.content["holder"]))
        and (not field or one.row.field == field) and (not province or one.province == province)
    ]  # fmt: skip
    return sorted(fitting, key=lambda one: one.row.exemplar.state != "published"), known


def cards(found: Iterable[Found], day: date) -> list[Card]:
    """The cards of one page, with how many units apply each that day."""
    listed = list(found)
    taken = taken_of([one.row.exemplar_id for one in listed], day)
    units = names({one.content["unit"]["id"] for one in listed}, day)
    return [
        Card(
            one.row.exemplar.slug, one.row.title, units[one.content["unit"]["id"]], one.content["holder"], one.province,
            str(words.FIELD_WORDS[one.row.field]), next(iter(one.content["photos"]), None),
            core.spread(taken.get(one.row.exemplar_id, []), day).units, one.row.exemplar.state != "published", one.content["synthetic"],
        )
        for one in listed
    ]  # fmt: skip


def of_movement(movement: Movement) -> list[tuple[str, str]]:
    """(address part, title) of the movement's exemplars that the public reads, newest first."""
    rows = Publication.objects.filter(exemplar__movement=movement, exemplar__state="published").values_list("exemplar__slug", "exemplar__title")
    return list(rows.annotate(newest=Max("at")).order_by("-newest").values_list("exemplar__slug", "exemplar__title"))


@dataclass(frozen=True)
class Mine:
    """One line of the list inside."""

    exemplar: Exemplar
    unit: str


def listed(rows: Iterable[Exemplar], day: date) -> list[Mine]:
    found = list(rows)
    units = names({row.unit_id for row in found}, day)
    return [Mine(row, units[row.unit_id]) for row in found]


def own_units(actor: Actor, day: date) -> Choices:
    """Units for which the actor reports."""
    return [(str(unit), name) for unit, name in held_units(actor, Office.REPORT, day)]


def can_be_bound(edition: Edition, code: str) -> bool:
    """Whether the edition is the current frozen one of its review and holds the figure."""
    current = reviews.current_edition(edition.review)
    if current is None or current.pk != edition.pk:
        return False
    try:
        reviews.frozen_figure(edition, code)
    except reviews.UnknownFigure:
        return False
    return True


def figure_choices(language: str) -> Choices:
    """(edition id:code, printed code, label and value) of every figure of the current editions, the newest review first."""
    editions = []
    for review in Review.objects.filter(freezes__isnull=False).distinct().order_by("-as_of", "-pk"):
        current = reviews.current_edition(review)
        if current is not None:
            editions.append(current)
    figures = figures_of_all(editions)
    return [
        (f"{edition.pk}:{figure.code}", f"{figure.printed} {figure.label(language)}: {figure.display(language)} {figure.measure(language)}".strip())
        for edition in editions for figure in figures[edition.pk]
    ]  # fmt: skip


def chosen_figure(key: str) -> tuple[Edition, str] | None:
    """What "edition id:code" names."""
    number, _colon, code = key.partition(":")
    edition = reviews.frozen_by_id(int(number)) if number.isascii() and number.isdigit() and len(number) <= 9 else None
    return (edition, code) if edition is not None else None
