"""Units take an exemplar over, their superiors confirm it, and some stop."""
from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import events, queries, rules
from soket.exemplars.actions.shared import clean, exemplar_ref, locked, past_day
from soket.exemplars.models import Adoption, AdoptionAct, Exemplar
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit


@action
def adopt(
    *, id: UUID, exemplar: Exemplar, unit: Unit, dated: date, by: Actor, at: datetime, document: str = "", upload: Upload | None = None, note: str = "",
    synthetic: bool = False,
) -> Adoption:  # fmt: skip
    """The unit applies the exemplar from a day on, shown by a document, its file, or both. It waits for the superior's confirmation.

    The same id for the same unit gives the first row again. Raises Refused at unit (not its reporter, its own exemplar, not standing that
    day, open already), dated, document (neither number nor file), file, note, id or state (not published).
    """
    held = locked(exemplar)
    if not rules.reports(by, unit.pk, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    known: Adoption | None = Adoption.objects.filter(pk=id).first()
    if known is not None:
        if (known.exemplar_id, known.unit_id, known.dated) != (held.pk, unit.pk, dated):
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    _may_begin(held, unit.pk, dated, at)
    document = clean(document, "document", 80, required=False)
    if not document and upload is None:
        raise Refused(_("Give the number of the document or its file."), field="document")
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at, synthetic=synthetic) if upload else None
    row = Adoption(
        id=id, exemplar=held, unit=unit, dated=dated, document=document, file=file, note=clean(note, "note", 1000, required=False), synthetic=synthetic,
        at=at, by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    payload = {"unit": _name(unit.pk, at), "dated": dated.isoformat(), "document": document, "file": file.sha256 if file else ""}
    record(event=events.ADOPTED, by=by, subject=exemplar_ref(held), at=at, payload=payload)
    return row


def _may_begin(held: Exemplar, unit_id: int, dated: date, at: datetime) -> None:
    if held.state != "published":
        raise Refused(_("Only a published exemplar is taken over."), field="state")
    past_day(dated, "dated", at)
    if organisations.unit_at(unit_id, dated) is None:
        raise Refused(_("The unit does not exist on that day."), field="unit")
    stands_for = organisations.unit_and_before([unit_id])
    if held.unit_id in stands_for or unit_id in organisations.unit_and_before([held.unit_id]):
        raise Refused(_("The unit where the exemplar began does not take it over."), field="unit")
    if not stands_for.isdisjoint(held.adoptions.filter(stopped_on=None).values_list("unit_id", flat=True)):
        raise Refused(_("This unit applies the exemplar already."), field="unit")


@action
def confirm(*, adoption: Adoption, by: Actor, at: datetime) -> AdoptionAct:
    """The superior confirms that the unit applies the exemplar; said twice it is kept once. Never who recorded it.

    Raises Refused at by or state (stopped).
    """
    locked(adoption.exemplar)
    held: Adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if not rules.decides_over(by, held.unit_id, day_of(at)):
        raise Refused(_("Only the superior of the unit confirms."), field="by")
    if held.by_id == by.actor_id:
        raise Refused(_("Nobody decides on what they sent themselves."), field="by")
    known: AdoptionAct | None = held.acts.filter(kind="confirmed").first()
    if known is not None:
        return known
    if held.stopped_on is not None:
        raise Refused(_("The unit has stopped applying the exemplar."), field="state")
    row = AdoptionAct(adoption=held, kind="confirmed", on=day_of(at), at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    Adoption.objects.filter(pk=held.pk).update(confirmed_on=row.on)
    record(event=events.CONFIRMED, by=by, subject=exemplar_ref(held.exemplar), at=at, payload={"unit": _name(held.unit_id, at)})
    return row


@action
def stop(*, adoption: Adoption, stopped_on: date, reason: str, by: Actor, at: datetime) -> AdoptionAct:
    """The unit no longer applies the exemplar since a day; the adoption stays in sight. Raises Refused at unit, stopped_on, reason or state."""
    locked(adoption.exemplar)
    held: Adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if not rules.reports(by, held.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    if held.stopped_on is not None:
        raise Refused(_("The unit has stopped applying the exemplar."), field="state")
    if past_day(stopped_on, "stopped_on", at) < held.dated:
        raise Refused(_("The exemplar was taken over after that day."), field="stopped_on")
    row = AdoptionAct(
        adoption=held, kind="stopped", on=stopped_on, reason=clean(reason, "reason", 500), at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    row.save(force_insert=True)
    Adoption.objects.filter(pk=held.pk).update(stopped_on=stopped_on)
    payload = {"unit": _name(held.unit_id, at), "stopped_on": stopped_on.isoformat()}
    record(event=events.STOPPED, by=by, subject=exemplar_ref(held.exemplar), at=at, payload=payload, reason=row.reason)
    return row


def _name(unit_id: int, at: datetime) -> str:
    return queries.names([unit_id], day_of(at))[unit_id]
