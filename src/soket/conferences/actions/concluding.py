"""Conclusions, minutes, and the papers that come out of a session."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import AgendaItem, Conclusion, ConclusionUnit, Conference, Delegate, Issued, Minutes, Recording, Site, Speech
from soket.conferences.models.after import IssuedKind
from soket.conferences.queries import after as queries
from soket.conferences.queries.naming import unit_names
from soket.directions.actions import DirectionDraft, issue_many, rely_on
from soket.directions.models import Direction
from soket.files import core as files
from soket.files.actions import Upload, release, store
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import queries as organisations
from soket.organisations.models import Unit

KINDS = {"pdf": frozenset({files.PDF}), "docx": frozenset({files.DOCX}), "xml": frozenset({files.XML})}


def _open(conference: Conference) -> None:
    if conference.stage == "concluded":
        raise Refused(_("The conference has been concluded: its conclusions no longer change."), field="text")


def _still_there(conference: Conference, conclusion: Conclusion) -> Conclusion:
    """The row as it stands now: another page may have taken it out or moved it up meanwhile."""
    found: Conclusion | None = Conclusion.objects.filter(pk=conclusion.pk, conference=conference).first()
    if found is None:
        raise Refused(_("This conclusion was taken out meanwhile."), field="text")
    return found


@action
def put_conclusion(
    *, conference: Conference, text: str, by: Actor, at: datetime, owner: Unit | None = None, supporting: Sequence[Unit] = (), due_on: date | None = None,
    item: AgendaItem | None = None, conclusion: Conclusion | None = None,
) -> Conclusion:  # fmt: skip
    """Write a conclusion, the last in order, or change one. With an owner and a deadline it becomes a direction when the conference is
    concluded; without, it is printed alone. Raises Refused at text, owner, supporting, due_on."""
    conference = locked(conference)
    require_runs(by, conference, at)
    _open(conference)
    text = clean(text, "text", 4000)
    units = [unit for unit in (owner, *supporting) if unit is not None]
    if any(organisations.unit_at(unit.pk, day_of(at)) is None for unit in units):
        raise Refused(_("The unit does not exist on that day."), field="owner")
    if len({unit.pk for unit in units}) != len(units):
        raise Refused(_("A unit is named once: the owner does not support itself."), field="supporting")
    if supporting and owner is None:
        raise Refused(_("Name the owner first."), field="owner")
    if (owner is None) != (due_on is None):
        raise Refused(_("An owner and a deadline go together."), field="due_on")
    if due_on is not None and due_on < day_of(at):
        raise Refused(_("The deadline lies today or later, at most ten years ahead."), field="due_on")
    if conclusion is not None:
        conclusion = _still_there(conference, conclusion)
    number = conclusion.number if conclusion else (conference.conclusions.aggregate(last=Max("number"))["last"] or 0) + 1
    row = conclusion or Conclusion(conference=conference, number=number, draft_id=uuid4())
    row.text, row.owner, row.due_on, row.item = text, owner, due_on, item
    row.save()
    ConclusionUnit.objects.filter(conclusion=row).delete()
    ConclusionUnit.objects.bulk_create(ConclusionUnit(conclusion=row, unit=unit) for unit in supporting)
    names = unit_names([owner.pk], conference) if owner else {}
    payload = {"number": number, "text": text[:200], "owner": names.get(owner.pk, "") if owner else "", "due_on": due_on.isoformat() if due_on else ""}
    record(event=events.after.CONCLUSION_PUT, by=by, subject=ref(conference), at=at, payload=payload)
    return row


@action
def drop_conclusion(*, conclusion: Conclusion, by: Actor, at: datetime) -> None:
    """Take a conclusion out; those after it move up. Refused once the conference is concluded."""
    conference = locked(conclusion.conference)
    require_runs(by, conference, at)
    _open(conference)
    conclusion = _still_there(conference, conclusion)
    ConclusionUnit.objects.filter(conclusion=conclusion).delete()
    Conclusion.objects.filter(pk=conclusion.pk).delete()
    for pk in Conclusion.objects.filter(conference=conference, number__gt=conclusion.number).order_by("number").values_list("pk", flat=True):
        Conclusion.objects.filter(pk=pk).update(number=F("number") - 1)
    payload = {"number": conclusion.number, "text": conclusion.text[:200]}
    record(event=events.after.CONCLUSION_DROPPED, by=by, subject=ref(conference), at=at, payload=payload)


@action
def write_minutes(*, conference: Conference, course: str, notice: str, by: Actor, at: datetime) -> Minutes:
    """Keep the working text of the minutes and of the notice. Raises Refused at course or notice."""
    conference = locked(conference)
    require_runs(by, conference, at)
    course, notice = clean(course, "course", 40_000, required=False), clean(notice, "notice", 8000, required=False)
    row = Minutes.objects.filter(conference=conference).first() or Minutes(conference=conference)
    row.course, row.notice, row.changed_at, row.changed_by = course, notice, at, by.actor_label
    row.save()
    digest = hashlib.sha256(f"{course}\0{notice}".encode()).hexdigest()
    record(event=events.after.MINUTES_WRITTEN, by=by, subject=ref(conference), at=at, payload={"sha256": digest})
    return row


@action
def conclude(*, conference: Conference, by: Actor, at: datetime) -> list[Direction]:
    """Close the book: each conclusion with an owner and a deadline is issued as a direction of the conference's office. Again is harmless.

    Raises Refused at stage (the session has not ended) or text (no conclusion), and what issuing directions refuses.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    if conference.stage == "concluded":
        return [row.direction for row in conference.conclusions.exclude(direction=None).select_related("direction").order_by("number") if row.direction]
    if conference.stage != "ended":
        raise Refused(_("Close the session first."), field="stage")
    rows = queries.conclusions(conference)
    if not rows:
        raise Refused(_("Write at least one conclusion first."), field="text")
    wanted = [one.conclusion for one in rows if one.complete and one.conclusion.direction_id is None]
    made = issue_many(drafts=[_draft(conference, row) for row in wanted], by=by, at=at)
    for row, direction in zip(wanted, made, strict=True):
        Conclusion.objects.filter(pk=row.pk).update(direction=direction)
    Conference.objects.filter(pk=conference.pk).update(stage="concluded")
    payload = {"count": len(made), "numbers": [direction.number for direction in made]}
    record(event=events.after.CONCLUDED, by=by, subject=ref(conference), at=at, payload=payload)
    return made


def _draft(conference: Conference, row: Conclusion) -> DirectionDraft:
    first = conference.reviews.select_related("review").order_by("order", "pk").first()
    assert row.owner is not None and row.due_on is not None  # noqa: S101  `complete` says so
    return DirectionDraft(
        id=row.draft_id, issuer=conference.office, text=row.text, source=f"Kết luận số {row.number}, {conference.title}"[:300], owner=row.owner,
        due_on=row.due_on, supporting=tuple(one.unit for one in row.supporting.select_related("unit")), source_url=f"/hoi-nghi/{conference.slug}/ket-luan/",
        review=first.review if first else None, synthetic=conference.synthetic,
    )  # fmt: skip


@action
def keep_issued(*, conference: Conference, kind: str, contents: Mapping[str, bytes], by: Actor, at: datetime, unit: Unit | None = None) -> list[Issued]:
    """Keep an official paper as issued, under the kind's next number: the bytes of each form ("pdf", "docx", "xml"). Older numbers stay.

    Raises Refused at kind, or at file when bytes are not of their form.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    if kind not in IssuedKind.values or not contents:
        raise Refused(_("Choose one from the list."), field="kind")
    number = (Issued.objects.filter(conference=conference, kind=kind, unit=unit).aggregate(last=Max("number"))["last"] or 0) + 1
    made = []
    for form, content in contents.items():
        name = f"{conference.code}-{kind}-{number}.{form}"
        file = store(content=content, name=name, allowed=KINDS[form], by=by, at=at, synthetic=conference.synthetic)
        row = Issued(conference=conference, kind=kind, number=number, form=form, file=file, unit=unit, at=at, by_label=by.actor_label)
        row.save(force_insert=True)
        made.append(row)
    payload = {"kind": str(IssuedKind(kind).label), "number": number, "files": [row.file.sha256 for row in made]}
    record(event=events.after.PAPER_ISSUED, by=by, subject=ref(conference), at=at, payload=payload)
    return made


@action
def keep_speech(
    *, conference: Conference, upload: Upload, by: Actor, at: datetime, item: AgendaItem | None = None, delegate: Delegate | None = None
) -> Speech:
    """Attach the text of a speech as it was held. Raises Refused at file."""
    conference = locked(conference)
    require_runs(by, conference, at)
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at, synthetic=conference.synthetic)
    row = Speech(conference=conference, item=item, delegate=delegate, file=file, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    record(event=events.after.SPEECH_KEPT, by=by, subject=ref(conference), at=at, payload={"file": file.sha256, "item": item.title if item else ""})
    return row


@action
def release_recording(*, recording: Recording, reason: str, by: Actor, at: datetime) -> None:
    """Make the sound public, once and with a reason, so that statements may carry it. Raises Refused at reason."""
    require_runs(by, recording.conference, at)
    release(file=recording.file, reason=clean(reason, "reason", 300), by=by, at=at)


@action
def take_up(*, conference: Conference, direction: Direction, by: Actor, at: datetime) -> Conclusion:
    """An earlier direction that is still open becomes a conclusion: it is carried on, under its old number and its own deadline.

    Once for each conference. Raises Refused at text when the conference is concluded or the direction closed.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    _open(conference)
    if direction.state == "closed":
        raise Refused(_("This direction is closed. The issuer can open it again."), field="text")
    text = f"Tiếp tục thực hiện nhiệm vụ chỉ đạo số {direction.number}: {direction.text}"[:4000]
    known: Conclusion | None = conference.conclusions.filter(text=text).first()
    if known is not None:
        return known
    made = put_conclusion(conference=conference, text=text, by=by, at=at)
    about = Ref("conferences.conclusion", str(made.pk), f"Kết luận số {made.number}, {conference.title}"[:300])
    rely_on(direction=direction, about=about, url=f"/hoi-nghi/{conference.slug}/ket-luan/", by=by, at=at)
    return made


@action
def keep_recording(
    *, conference: Conference, upload: Upload, began_at: datetime, ended_at: datetime, by: Actor, at: datetime, site: Site | None = None, note: str = ""
) -> Recording:
    """Keep sound of the session (WAV or Ogg) in the archive. Raises Refused at file or ended_at."""
    conference = locked(conference)
    require_runs(by, conference, at)
    if ended_at < began_at:
        raise Refused(_("This ends before it begins."), field="ended_at")
    file = store(content=upload.content, name=upload.name, allowed=files.SOUND, by=by, at=at, synthetic=conference.synthetic)
    row = Recording(
        conference=conference, site=site, file=file, began_at=began_at, ended_at=ended_at, note=clean(note, "note", 300, required=False), at=at,
        by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    payload = {"file": file.sha256, "began_at": began_at.isoformat(), "ended_at": ended_at.isoformat()}
    record(event=events.after.RECORDING_KEPT, by=by, subject=ref(conference), at=at, payload=payload)
    return row
