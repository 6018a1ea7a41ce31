"""What a unit registers for a year, and what its superior recognises of it. Each correction is a new version."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import core, events, queries, rules
from soket.exemplars.actions.shared import clean, movement_ref, past_day
from soket.exemplars.models import Count, Movement, Recognition, Registration
from soket.exemplars.words import refused
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit


@action
def register(
    *, id: UUID, movement: Movement, unit: Unit, year: int, typed: core.Typed, by: Actor, at: datetime, version: int = 1, reason: str = "",
    synthetic: bool = False,
) -> Registration:  # fmt: skip
    """Register the unit's models for a year, or correct what was registered: `version` is the one that this makes.

    The same id with the same counts gives the first row again. Raises Refused at unit (not its reporter, not in the movement), year,
    version (another came first), reason (a correction has one), id, or at each cell that does not agree, all at once.
    """
    movement = Movement.objects.select_for_update().get(pk=movement.pk)
    if not rules.reports(by, unit.pk, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    rows = _checked(typed)
    known: Registration | None = Registration.objects.filter(pk=id).first()
    if known is not None:
        if (known.movement_id, known.unit_id, known.year) != (movement.pk, unit.pk, year) or queries.sheet_of(known) != rows:
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    _in_scope(movement, unit.pk, year, at)
    before = queries.newest_registration(movement, unit.pk, year)
    if version != (before.version + 1 if before else 1):
        raise Refused(_("Another version has come in since you opened the form. Look at it, then correct that one."), field="version")
    recognised = queries.newest_recognition(movement, unit.pk, year)
    if recognised is not None and (faults := core.within(queries.sheet_of(recognised), rows)):
        raise refused(faults, less=True)
    row = Registration(
        id=id, movement=movement, unit=unit, year=year, version=version, reason=clean(reason, "reason", 500, required=version > 1), synthetic=synthetic,
        at=at, by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    _keep(rows, registration=row)
    payload = {"unit": _name(unit.pk, year), "year": year, "version": version, "counts": _told(rows)}
    record(event=events.REGISTERED, by=by, subject=movement_ref(movement), at=at, payload=payload, reason=row.reason)
    return row


@action
def recognise_counts(
    *, id: UUID, registration: Registration, typed: core.Typed, dated: date, document: str, by: Actor, at: datetime, reason: str = ""
) -> Recognition:
    """The superior recognises models of the newest registration, by a dated decision; again makes a new version with its reason.

    Raises Refused at registration (not the newest), by (not the superior, or who registered), dated, document, reason, id, or at each
    cell that does not agree or holds more than was registered.
    """
    movement = Movement.objects.select_for_update().get(pk=registration.movement_id)
    unit, year = registration.unit_id, registration.year
    if not rules.decides_over(by, unit, day_of(at)):
        raise Refused(_("Only the superior of this unit recognises its models."), field="by")
    versions = list(Registration.objects.filter(movement=movement, unit_id=unit, year=year).order_by("version"))
    if any(row.by_id == by.actor_id for row in versions):
        raise Refused(_("Whoever registered does not recognise. Ask another holder of the office."), field="by")
    rows = _checked(typed)
    known: Recognition | None = Recognition.objects.filter(pk=id).first()
    if known is not None:
        if known.registration_id != registration.pk or queries.sheet_of(known) != rows:
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    if versions[-1].pk != registration.pk:
        raise Refused(_("A newer version has come in. Read that one."), field="registration")
    if faults := core.within(rows, queries.sheet_of(registration)):
        raise refused(faults)
    before = queries.newest_recognition(movement, unit, year)
    version = before.version + 1 if before else 1
    row = Recognition(
        id=id, registration=registration, version=version, dated=past_day(dated, "dated", at), document=clean(document, "document", 80),
        reason=clean(reason, "reason", 500, required=version > 1), at=at, by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    _keep(rows, recognition=row)
    payload = {
        "unit": _name(unit, year), "year": year, "version": version, "counts": _told(rows), "document": row.document, "dated": row.dated.isoformat(),
    }
    record(event=events.RECOGNISED_COUNTS, by=by, subject=movement_ref(movement), at=at, payload=payload, reason=row.reason)
    return row


def _checked(typed: core.Typed) -> dict[str, core.Row]:
    rows, faults = core.check(typed)
    if faults:
        raise refused(faults)
    return rows


def _in_scope(movement: Movement, unit_id: int, year: int, at: datetime) -> None:
    first = movement.begun_on.year if movement.begun_on else 1945
    if not first <= year <= day_of(at).year:
        raise Refused(_("Enter a year in which the movement ran, at the latest this year."), field="year")
    if not queries.takes_part(movement, unit_id, year, day_of(at)):
        raise Refused(_("This unit does not take part in the movement in that year."), field="unit")


def _keep(rows: Mapping[str, core.Row], **parent: Registration | Recognition) -> None:
    Count.objects.bulk_create(
        Count(**parent, field=name, state=row.state, collective=row.collective, individual=row.individual) for name, row in rows.items()
    )


def _name(unit_id: int, year: int) -> str:
    node = organisations.unit_nearest(unit_id, date(year, 12, 31))
    return node.name if node else ""


def _told(rows: Mapping[str, core.Row]) -> list[str]:
    """Each field as a word: "economy 2+1", "culture nothing"."""
    return [f"{name} {row.collective}+{row.individual}" if row.state == "number" else f"{name} {row.state}" for name, row in rows.items()]
