"""The only writes of this room."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.directions import core, events, queries, rules
from soket.directions.models import Assignment, DeadlineChange, Direction, Reliance, Reminder, Ruling, Step
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.kernel.text import nfc, showable
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.reviews.models import Review
from soket.reviews.queries import frozen_by_id, parts_of

FARTHEST = timedelta(days=3660)
REASONS = {
    "open": _("This direction is open: nothing waits for a decision."),
    "claimed": _("The owner has reported this direction done; the issuer decides first."),
    "closed": _("This direction is closed. The issuer can open it again."),
    "new": _("This direction has not been issued."),
}


@dataclass(frozen=True)
class DirectionDraft:
    """A direction before it is issued. `id` is made with the draft: issuing it twice gives one direction."""

    id: UUID
    issuer: Unit
    text: str
    source: str
    owner: Unit
    due_on: date
    supporting: tuple[Unit, ...] = field(default=())
    source_url: str = ""
    review: Review | None = None
    synthetic: bool = False


def ref(direction: Direction) -> Ref:
    """How the record names a direction."""
    return Ref(queries.KIND, str(direction.pk), f"Nhiệm vụ số {direction.number}")


def _clean(text: str, name: str, limit: int, *, required: bool = True) -> str:
    try:
        done = nfc(text).strip()
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=name) from None
    if done != showable(done):
        raise Refused(_("This text contains a character that cannot be stored."), field=name)
    if required and not done:
        raise Refused(_("This field is required."), field=name)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=name)
    return done


def _locked(direction: Direction) -> Direction:
    found: Direction = Direction.objects.select_for_update().get(pk=direction.pk)
    return found


def _due(due_on: date, at: datetime) -> date:
    if not day_of(at) <= due_on <= day_of(at) + FARTHEST:
        raise Refused(_("The deadline lies today or later, at most ten years ahead."), field="due_on")
    return due_on


def _rule(direction: Direction, kind: str, by: Actor, at: datetime, *, step: Step | None = None, reason: str = "") -> Ruling:
    """Append a ruling and repeat its state on the direction. Raises Refused when the state does not allow it."""
    rows = list(Ruling.objects.filter(direction=direction).order_by("number"))
    try:
        state = core.follow(core.state_of(core.Ruled(row.kind, day_of(row.at)) for row in rows), kind)
    except core.Misfit as misfit:
        raise Refused(REASONS[misfit.code], field="state") from None
    row = Ruling(direction=direction, number=len(rows) + 1, kind=kind, step=step, reason=reason, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    Direction.objects.filter(pk=direction.pk).update(state=state)
    return row


@action
def issue_many(*, drafts: Sequence[DirectionDraft], by: Actor, at: datetime) -> list[Direction]:
    """Issue directions, all or none, each with its issuer's next number. A draft that was issued before gives its direction again.

    Raises Refused at issuer, text, source, owner, supporting, due_on or id.
    """
    return [_issue(draft, by, at) for draft in drafts]


def _issue(draft: DirectionDraft, by: Actor, at: datetime) -> Direction:
    day = day_of(at)
    if not rules.issues(by, draft.issuer.pk, day):
        raise Refused(_("You do not hold the programme office at this unit."), field="issuer")
    Unit.objects.select_for_update().get(pk=draft.issuer.pk)  # numbers of one issuer are given one at a time
    text, source = _clean(draft.text, "text", 4000), _clean(draft.source, "source", 300)
    known: Direction | None = Direction.objects.filter(pk=draft.id).first()
    if known is not None:
        if (known.issuer_id, known.text) != (draft.issuer.pk, text):
            raise Refused(_("This id already belongs to another direction."), field="id")
        return known
    units = [draft.owner, *draft.supporting]
    if any(organisations.unit_at(unit.pk, day) is None for unit in units):
        raise Refused(_("The unit does not exist on that day."), field="owner")
    if len({unit.pk for unit in units}) != len(units):
        raise Refused(_("A unit is named once: the owner does not support itself."), field="supporting")
    due_on = _due(draft.due_on, at)
    last = Direction.objects.filter(issuer=draft.issuer).order_by("-number").values_list("number", flat=True).first() or 0
    made = Direction(
        id=draft.id, issuer=draft.issuer, number=last + 1, text=text, source=source, source_url=draft.source_url, review=draft.review, issued_on=day,
        due_on=due_on, synthetic=draft.synthetic,
    )  # fmt: skip
    made.save(force_insert=True)
    Assignment.objects.bulk_create(
        Assignment(direction=made, unit=unit, role="supporting" if place else "owner", due_on=due_on, at=at, by_label=by.actor_label)
        for place, unit in enumerate(units)
    )  # fmt: skip
    _rule(made, "issued", by, at)
    names = queries.names([draft.issuer.pk, draft.owner.pk], day)
    payload = {"number": made.number, "issuer": names[draft.issuer.pk], "owner": names[draft.owner.pk], "due_on": due_on.isoformat()}
    record(event=events.ISSUED, by=by, subject=ref(made), at=at, payload=payload)
    return made


@action
def pass_on(*, assignment: Assignment, units: Sequence[int], due_on: date, by: Actor, at: datetime, note: str = "") -> int:
    """The assigned unit gives the direction on to units below it, many in one act. Those that have it already keep it.

    Returns how many are new. Raises Refused at units (not below it), due_on (after its own deadline), note.
    """
    direction, day = _locked(assignment.direction), day_of(at)
    if not rules.passes_on(by, assignment, day):
        raise Refused(_("Only the assigned unit passes this direction on."), field="units")
    if direction.state == "closed":
        raise Refused(REASONS["closed"], field="units")
    if not day <= due_on <= direction.due_on:
        raise Refused(_("This deadline lies between today and the direction's own."), field="due_on")
    under = queries.below(assignment, day)
    if not units or not set(units) <= set(under):
        raise Refused(_("Choose units below this one."), field="units")
    known = set(Assignment.objects.filter(direction=direction, unit_id__in=units).values_list("unit_id", flat=True))
    fresh = [unit for unit in dict.fromkeys(units) if unit not in known]
    note = _clean(note, "note", 500, required=False)
    Assignment.objects.bulk_create(
        [
            Assignment(direction=direction, unit_id=unit, role="below", parent=assignment, due_on=due_on, note=note, at=at, by_label=by.actor_label)
            for unit in fresh
        ],
        batch_size=500,
    )  # fmt: skip
    if fresh:
        payload = {"unit": queries.names([assignment.unit_id], day)[assignment.unit_id], "count": len(fresh), "units": fresh[:5000]}
        record(event=events.PASSED_ON, by=by, subject=ref(direction), at=at, payload=payload)
    return len(fresh)


@action
def report_progress(
    *, id: UUID, assignment: Assignment, text: str, dated: date, by: Actor, at: datetime, document: str = "", upload: Upload | None = None, done: bool = False
) -> Step:  # fmt: skip
    """The assigned unit reports a step; with `done` the owner reports the whole direction done, on evidence.

    The same id with the same text gives the first step again. Raises Refused at text, dated (in the future, or before the issue),
    document (nothing to show for a finished direction), file, done (not the owner), id, state.
    """
    direction, day = _locked(assignment.direction), day_of(at)
    if not rules.reports(by, assignment, day):
        raise Refused(_("You do not report for this unit."), field="assignment")
    text, document = _clean(text, "text", 4000), _clean(document, "document", 80, required=False)
    known: Step | None = Step.objects.filter(pk=id).first()
    if known is not None:
        if (known.assignment_id, known.text, known.done) != (assignment.pk, text, done):
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    if direction.state == "closed":
        raise Refused(REASONS["closed"], field="state")
    if not direction.issued_on <= dated <= day:
        raise Refused(_("The day lies between the issue of the direction and today."), field="dated")
    if done and assignment.role != "owner":
        raise Refused(_("Only the owner reports the whole direction done."), field="done")
    if done and not document and upload is None:
        raise Refused(_("A direction is done on evidence: give the document or its file."), field="document")
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at) if upload else None
    step = Step(
        id=id, assignment=assignment, done=done, text=text, document=document, dated=dated, file=file, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    step.save(force_insert=True)
    if done:
        _rule(direction, "claimed", by, at, step=step)
    unit = queries.names([assignment.unit_id], day)[assignment.unit_id]
    payload = {"unit": unit, "step": str(id), "document": document, "file": file.sha256 if file else ""}
    record(event=events.CLAIMED if done else events.STEP_TAKEN, by=by, subject=ref(direction), at=at, payload=payload)
    return step


@action
def decide(*, step: Step, accepted: bool, by: Actor, at: datetime, reason: str = "") -> Ruling:
    """The issuer closes the direction on the evidence, or returns it with what is lacking. Never by who reported it."""
    direction = _locked(step.assignment.direction)
    if not rules.issues(by, direction.issuer_id, day_of(at)):
        raise Refused(_("Only the issuer closes a direction or returns it."), field="verdict")
    if step.by_id == by.actor_id:
        raise Refused(_("Nobody decides on what they sent themselves."), field="verdict")
    newest = Ruling.objects.filter(direction=direction).order_by("-number").first()
    if newest is None or newest.kind != "claimed" or newest.step_id != step.pk:
        raise Refused(REASONS.get(direction.state, REASONS["open"]), field="verdict")
    reason = _clean(reason, "reason", 1000, required=not accepted)
    row = _rule(direction, "accepted" if accepted else "returned", by, at, step=step, reason=reason)
    told = events.ACCEPTED if accepted else events.RETURNED
    record(event=told, by=by, subject=ref(direction), at=at, payload={"step": str(step.pk)}, reason=reason)
    return row


@action
def reopen(*, direction: Direction, reason: str, by: Actor, at: datetime) -> Ruling:
    """The issuer opens a closed direction again, under its old number. Raises Refused at reason or state."""
    direction = _locked(direction)
    if not rules.issues(by, direction.issuer_id, day_of(at)):
        raise Refused(_("Only the issuer opens a direction again."), field="reason")
    reason = _clean(reason, "reason", 1000)
    row = _rule(direction, "reopened", by, at, reason=reason)
    record(event=events.REOPENED, by=by, subject=ref(direction), at=at, payload={}, reason=reason)
    return row


@action
def change_deadline(*, direction: Direction, due_on: date, reason: str, by: Actor, at: datetime) -> DeadlineChange:
    """The issuer moves the deadline; the old one stays in sight. Raises Refused at due_on (the same, or past), reason or state."""
    direction = _locked(direction)
    if not rules.issues(by, direction.issuer_id, day_of(at)):
        raise Refused(_("Only the issuer moves the deadline."), field="due_on")
    if direction.state == "closed":
        raise Refused(REASONS["closed"], field="due_on")
    if _due(due_on, at) == direction.due_on:
        raise Refused(_("This is the deadline already."), field="due_on")
    row = DeadlineChange(direction=direction, was=direction.due_on, now=due_on, reason=_clean(reason, "reason", 500), at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    Direction.objects.filter(pk=direction.pk).update(due_on=due_on)
    payload = {"was": row.was.isoformat(), "now": due_on.isoformat()}
    record(event=events.DEADLINE_CHANGED, by=by, subject=ref(direction), at=at, payload=payload, reason=row.reason)
    return row


@action
def rely_on(*, direction: Direction, about: Ref, url: str, by: Actor, at: datetime) -> Reliance:
    """Keep that a text or decision stands on this direction; once for each."""
    known: Reliance | None = Reliance.objects.filter(direction=direction, kind=about.kind, key=about.id).first()
    if known is not None:
        return known
    row = Reliance(direction=direction, kind=about.kind, key=about.id, label=about.label[:300], url=url[:300], at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    record(event=events.RELIED_ON, by=by, subject=ref(direction), at=at, payload={"what": row.label, "url": row.url})
    return row


@action
def relied_on_by_edition(*, edition_id: int, by: Actor, at: datetime) -> int:
    """Keep that a frozen edition stands on each direction it carries. Again is harmless. Returns how many it carries."""
    edition = frozen_by_id(edition_id)
    body = next((body for part, body in parts_of(edition) if part.key == "directions"), None) if edition else None
    if edition is None or body is None:
        return 0
    label = f"{edition.review.title}, bản {edition.number}"[:300]
    about = Ref("reviews.edition", str(edition.pk), label)
    carried = Direction.objects.filter(pk__in=[row["id"] for row in body["directions"]])
    for direction in carried:
        rely_on(direction=direction, about=about, url=f"/so-ket/{edition.review.slug}/ban-{edition.number}/", by=by, at=at)
    return len(carried)


@action
def send_reminders(*, by: Actor, at: datetime) -> int:
    """Remind the owners of open directions and tell their superiors of those a fortnight late. Run as often as one likes: each
    reminder of a deadline is kept once. Returns how many are new."""
    day, made = day_of(at), 0
    rows = Direction.objects.filter(state="open", due_on__lte=day + timedelta(days=core.UPCOMING_DAYS)).prefetch_related("assignments")
    for direction in rows:
        owner = next(one.unit_id for one in direction.assignments.all() if one.role == "owner")
        heir = organisations.unit_heir(owner, day) or owner
        for kind in core.reminders_due(direction.due_on, day):
            unit = organisations.superior_for(heir, day, day) if kind == "escalated" else heir
            if unit is None or Reminder.objects.filter(direction=direction, kind=kind, due_on=direction.due_on, unit_id=unit).exists():
                continue
            Reminder(direction=direction, kind=kind, due_on=direction.due_on, unit_id=unit, at=at).save(force_insert=True)
            payload = {"unit": queries.names([unit], day)[unit], "kind": kind, "due_on": direction.due_on.isoformat()}
            record(event=events.REMINDED, by=by, subject=ref(direction), at=at, payload=payload)
            made += 1
    return made
