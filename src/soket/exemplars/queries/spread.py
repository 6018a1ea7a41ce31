"""How an exemplar spread: its adoptions as of a day, on the map, in lists and as a curve."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from soket.exemplars import core, rules
from soket.exemplars.models import Adoption, AdoptionAct, Exemplar
from soket.exemplars.queries.naming import heirs, in_order, names, province_of, provinces
from soket.kernel.actor import Actor
from soket.ui.panel import NameValue

WIDE, NARROW = (660, 270, 7), (360, 250, 4)


def _taken(rows: Iterable[Adoption], day: date) -> dict[UUID, core.Taken]:
    listed = list(rows)
    units = {row.unit_id for row in listed}
    stands, places = heirs(units, day), province_of(units, day)
    return {
        row.pk: core.Taken(str(row.pk), stands[row.unit_id], places[row.unit_id], row.dated, row.confirmed_on, row.stopped_on) for row in listed
    }


def taken_of(exemplar_ids: Iterable[int], day: date) -> dict[int, list[core.Taken]]:
    """The adoptions of several exemplars, in one query."""
    rows = list(Adoption.objects.filter(exemplar_id__in=list(exemplar_ids)))
    found: dict[int, list[core.Taken]] = defaultdict(list)
    known = _taken(rows, day)
    for row in rows:
        found[row.exemplar_id].append(known[row.pk])
    return found


@dataclass(frozen=True)
class AdoptionRow:
    """One adoption as listed. `was` names the unit that adopted where another stands for it now."""

    id: UUID
    unit: str
    was: str
    place: str | None
    dated: date
    document: str
    sha256: str
    file_name: str
    note: str
    confirmed_on: date | None
    stopped_on: date | None
    reason: str
    may_confirm: bool
    may_stop: bool
    may_read: bool


@dataclass(frozen=True)
class SpreadPage:
    """Everything the page says of the spread, as of a day."""

    on: date
    first: date | None
    counts: core.Spread
    applied: list[AdoptionRow]
    waiting: list[AdoptionRow]
    stopped: list[AdoptionRow]
    tiles: list[core.Tile]
    places: list[NameValue]
    none: list[str]
    months: list[core.Month]
    wide: core.Curve | None
    narrow: core.Curve | None
    boundary: date = core.BOUNDARY


def spread_page(exemplar: Exemplar, actor: Actor, day: date, today: date) -> SpreadPage:
    """The spread as of `day`; what the actor may do with a row is judged as of `today`."""
    rows = list(exemplar.adoptions.select_related("file").order_by("dated", "at", "pk"))
    taken = _taken(rows, day)
    counts = core.spread(taken.values(), day)
    lines = {str(row.id): row for row in _rows(exemplar, rows, taken, actor, day, today)}
    known = in_order(provinces(day).values(), key=str)
    by_place = {name: counts.places.get(name, 0) for name in known}
    months = core.months(taken.values(), day)
    wide, narrow = (core.draw(months, day, core.BOUNDARY, *size) if months else None for size in (WIDE, NARROW))
    return SpreadPage(
        day, rows[0].dated if rows else None, counts, [lines[key] for key in counts.applied], [lines[key] for key in counts.waiting],
        [lines[key] for key in counts.stopped], core.lay(by_place), _places(by_place), [name for name, count in by_place.items() if not count],
        months, wide, narrow,
    )  # fmt: skip


def _places(by_place: dict[str, int]) -> list[NameValue]:
    return [NameValue(name, str(count)) for name, count in sorted(by_place.items(), key=lambda pair: -pair[1]) if count]


def _rows(exemplar: Exemplar, rows: list[Adoption], taken: dict[UUID, core.Taken], actor: Actor, day: date, today: date) -> list[AdoptionRow]:
    known = names([unit for row in rows for unit in (row.unit_id, taken[row.pk].unit)], day)
    reasons = dict(AdoptionAct.objects.filter(adoption__exemplar=exemplar, kind="stopped").values_list("adoption_id", "reason"))
    reach = rules.seen_units(actor, today)
    made = []
    for row in rows:
        stands = taken[row.pk].unit
        confirms = row.confirmed_on is None and row.stopped_on is None and row.by_id != actor.actor_id and rules.decides_over(actor, row.unit_id, today)
        stops = row.stopped_on is None and rules.reports(actor, row.unit_id, today)
        made.append(AdoptionRow(
            row.pk, known[stands], known[row.unit_id] if stands != row.unit_id else "", taken[row.pk].place, row.dated, row.document,
            row.file.sha256 if row.file else "", row.file.name if row.file else "", row.note,
            row.confirmed_on if row.confirmed_on and row.confirmed_on <= day else None,
            row.stopped_on if row.stopped_on and row.stopped_on <= day else None, reasons.get(row.pk, ""), confirms, stops,
            reach.covers(row.unit_id) or reach.covers(stands),
        ))  # fmt: skip
    return made


def adoption_of(exemplar: Exemplar, key: UUID) -> Adoption | None:
    return exemplar.adoptions.filter(pk=key).select_related("exemplar").first()


def as_data(exemplar: Exemplar, title: str, page: SpreadPage) -> dict[str, Any]:
    """The list of adoptions as data, for anyone: units, days and document numbers; notes and files stay inside."""
    groups = (("applied", page.applied), ("unconfirmed", page.waiting), ("stopped", page.stopped))
    return {
        "exemplar": exemplar.slug, "title": title, "as_of": page.on.isoformat(), "boundary": max(page.on, core.BOUNDARY).isoformat(),
        "units_applying": page.counts.units, "provinces": page.counts.places, "above_provinces": page.counts.central,
        "adoptions": [
            {
                "state": state, "unit": row.unit, "unit_then": row.was or row.unit, "province": row.place or "", "since": row.dated.isoformat(),
                "document": row.document, "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else "",
                "stopped_on": row.stopped_on.isoformat() if row.stopped_on else "", "reason": row.reason if row.stopped_on else "",
            }
            for state, rows in groups for row in rows
        ],
    }  # fmt: skip
