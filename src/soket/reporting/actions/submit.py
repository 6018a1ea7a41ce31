"""Submitting: one core for one report and for thousands, the same checks and the same events.

A submission's id is made by the client. The same id with the same content gives the first receipt
again; the same id with other content is refused, and what came is kept for a person to settle.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.files.models import StoredFile
from soket.kernel.actor import Actor, Office, Reach
from soket.kernel.canonical import NotCanonical, canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reporting import events
from soket.reporting.actions.drafts import keep_draft
from soket.reporting.actions.shared import keeps, report_label
from soket.reporting.core import (
    BadContent,
    Content,
    Definition,
    EvidenceMark,
    NoSuchMove,
    Severity,
    definition_of,
    moved,
    pack,
    takes,
    typed_from,
    unexplained,
    validate,
)
from soket.reporting.models import Draft, DraftFile, Evidence, RejectedTwin, Report, RoundStateName, Submission
from soket.reporting.queries.state import previous_contents, round_states, unit_names
from soket.reporting.rules import sentence


@dataclass(frozen=True)
class Attachment:
    section: str
    file: StoredFile
    title: str


@dataclass(frozen=True)
class Incoming:
    """One report as it arrives. `content` is Content or its canonical JSON; `base` the submission it was
    written over (None: none); `files` None means those of the draft. `by` and `at` override the batch's."""

    id: UUID
    report: Report
    content: Content | Mapping[str, Any]
    base: UUID | None = None
    device_time: datetime | None = None
    files: Sequence[Attachment] | None = None
    by: Actor | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """What the server took: its id, version, digest, time, whether late, and the audit event that says so.
    `again` is true when the same submission had already been taken."""

    submission_id: UUID
    report_id: int
    number: int
    digest: str
    received_at: datetime
    late: bool
    event_id: int
    again: bool = False


@dataclass
class _Batch:
    """What all items need, read once."""

    by: Actor
    at: datetime
    reports: dict[int, Report] = field(default_factory=dict)
    known: dict[UUID, Submission] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    previous: dict[int, Content] = field(default_factory=dict)
    draft_times: dict[int, datetime] = field(default_factory=dict)
    draft_files: dict[int, list[Attachment]] = field(default_factory=dict)
    reaches: dict[tuple[str, date], Reach] = field(default_factory=dict)

    def reach(self, actor: Actor, day: date) -> Reach:
        key = (actor.actor_id, day)
        if key not in self.reaches:
            self.reaches[key] = actor.reach(Office.REPORT, day)
        return self.reaches[key]


def _batch(items: Sequence[Incoming], by: Actor, at: datetime) -> _Batch:
    ids = [item.report.pk for item in items]
    locked = (
        Report.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .select_related("head")
        .defer("head__content", "head__values", "head__states")
        .prefetch_related("round__template")  # a form is a long text: read once, not once a report
    )
    batch = _Batch(by, at, reports={report.pk: report for report in locked.order_by("pk")})
    reports = list(batch.reports.values())
    batch.known = Submission.objects.in_bulk([item.id for item in items])
    batch.states = round_states({report.round_id for report in reports})
    batch.names = unit_names(reports)
    batch.previous = previous_contents(reports)
    batch.draft_times = dict(Draft.objects.filter(report_id__in=ids).values_list("report_id", "saved_at"))
    for row in DraftFile.objects.filter(report_id__in=ids).select_related("file").order_by("id"):
        batch.draft_files.setdefault(row.report_id, []).append(Attachment(row.section, row.file, row.title))
    return batch


def _content(item: Incoming, files: Sequence[Attachment]) -> Content:
    try:
        given = item.content if isinstance(item.content, Content) else Content.from_json(item.content)
    except BadContent as problem:
        raise Refused(_("The report's content cannot be read: {problem}").format(problem=problem), field="content") from None
    marks = tuple(sorted(EvidenceMark(one.section, one.file.sha256, one.title) for one in files))
    return Content(given.cells, given.texts, given.explanations, marks)


def _checked(definition: Definition, content: Content, previous: Content | None) -> None:
    """Raise Refused with a message per cell when something must be mended or explained first."""
    findings = validate(definition, content, previous)
    errors = {one.cell: sentence(one, definition) for one in findings if one.severity is Severity.ERROR}
    if errors:
        raise Refused(_("The report cannot be sent yet: {count} places must be mended.").format(count=len(errors)), errors=errors)
    if waiting := unexplained(findings, content):
        raise Refused(
            _("Explain each warning, or mend the figure: {count} still to do.").format(count=len(waiting)),
            errors={f"explain:{one.key}": sentence(one, definition) for one in waiting},
        )


def _receipt(submission: Submission, again: bool = False) -> Receipt:
    return Receipt(
        submission.pk, submission.report_id, submission.number, submission.digest, submission.received_at,
        submission.late, submission.event_id, again,
    )


@dataclass
class _Taken:
    submission: Submission
    draft: EventDraft
    files: Sequence[Attachment]


def _take(item: Incoming, batch: _Batch) -> _Taken | Receipt | Refused:
    """Judge one item: taken, already taken, or a refusal that keeps what came."""
    by, at = item.by or batch.by, item.at or batch.at
    report = batch.reports[item.report.pk]
    if not batch.reach(by, day_of(at)).covers(report.unit_id):
        raise Refused(_("You do not report for this unit."))
    files = item.files if item.files is not None else batch.draft_files.get(report.pk, [])
    content = _content(item, files)
    try:
        body = canonical(content.to_json())
    except NotCanonical as problem:
        raise Refused(_("The report's content cannot be read: {problem}").format(problem=problem), field="content") from None
    digest = hashlib.sha256(body).hexdigest()
    if (first := batch.known.get(item.id)) is not None:
        if first.report_id == report.pk and first.digest == digest:
            return _receipt(first, again=True)
        return _twin(first, report, body, digest, by, at)
    state = batch.states.get(report.round_id, RoundStateName.OPEN.value)
    saved = batch.draft_times.get(report.pk)
    if not takes(state, saved_in_time=saved is not None and saved <= report.due_at, sent_before=report.head_id is not None):
        return _too_late(report, content, state, by, at)
    _fresh(item, report)
    _checked(definition_of(report.round.template.definition), content, batch.previous.get(report.pk))
    return _made(item, report, content, body.decode(), digest, batch, by, at, files)


def _fresh(item: Incoming, report: Report) -> None:
    """Refuse an excused report and one written over another version than the last."""
    try:
        moved(report.state, "submit")
    except NoSuchMove:
        raise Refused(_("This report was excused; nothing is owed.")) from None
    if item.base != report.head_id:
        raise Refused(
            _("A newer version of this report has been sent. Open the form again and compare; your draft is kept."), field="base"
        )


def _made(
    item: Incoming, report: Report, content: Content, body: str, digest: str, batch: _Batch, by: Actor, at: datetime,
    files: Sequence[Attachment],
) -> _Taken:
    values, states = pack(json.loads(report.round.template.columns), content)
    submission = Submission(
        id=item.id, report=report, number=report.head.number + 1 if report.head else 1, content=body, digest=digest,
        values=values, states=states, base_id=item.base, device_time=item.device_time, received_at=at,
        late=at > report.due_at, by_id=by.actor_id, by_label=by.actor_label,
    )
    label = report_label(report, batch.names[report.pk])
    payload = {"report": str(report.pk), "number": submission.number, "digest": digest, "late": submission.late}
    draft = EventDraft(events.REPORT_SUBMITTED, by, Ref("reporting.submission", str(item.id), label), at, payload)
    return _Taken(submission, draft, files)


def _twin(first: Submission, report: Report, body: bytes, digest: str, by: Actor, at: datetime) -> Refused:
    if not RejectedTwin.objects.filter(submission=first, report=report, digest=digest).exists():
        RejectedTwin(
            submission=first, report=report, content=body.decode(), digest=digest, received_at=at, by_label=by.actor_label
        ).save(force_insert=True)
        subject = Ref("reporting.submission", str(first.pk), str(first.pk))
        record(event=events.TWIN_KEPT, by=by, subject=subject, at=at, payload={"digest": digest})
    return Refused(
        _("This id already belongs to other content. The first stays as it is; yours is kept apart for a person to settle."), field="id"
    )


def _too_late(report: Report, content: Content, state: str, by: Actor, at: datetime) -> Refused:
    keep_draft(report, typed_from(definition_of(report.round.template.definition), content), None, by, at)
    if state == RoundStateName.CLOSING:
        return Refused(_("The round is closing: it takes only what was saved here before the deadline. Your draft is kept."), field="round")
    return Refused(_("The round is closed. Your draft is kept; ask the programme office to open the round again."), field="round")


def _write(taken: Sequence[_Taken]) -> None:
    for one, event in zip(taken, record_many(drafts=[one.draft for one in taken]), strict=True):
        one.submission.event_id = event.pk
    Submission.objects.bulk_create([one.submission for one in taken], batch_size=1000)
    Evidence.objects.bulk_create(
        [
            Evidence(submission=one.submission, section=file.section, file=file.file, title=file.title[:200])
            for one in taken
            for file in one.files
        ]
    )
    last = Submission.objects.filter(report=OuterRef("pk")).order_by("-number").values("id")[:1]
    reports = Report.objects.filter(pk__in=[one.submission.report_id for one in taken])
    reports.update(state=moved("draft", "submit"), head=Subquery(last))


@action
def submit_many(*, items: Sequence[Incoming], by: Actor, at: datetime) -> list[Receipt]:
    """Take many reports, all or none, one item per report; receipts in the order given. Raises Refused."""
    if len({item.report.pk for item in items}) != len(items) or len({item.id for item in items}) != len(items):
        raise Refused(_("One batch takes one submission per report."))
    batch = _batch(items, by, at)
    judged = [_take(item, batch) for item in items]
    for one in judged:
        if isinstance(one, Refused):
            raise one
    _write([one for one in judged if isinstance(one, _Taken)])
    return [_receipt(one.submission) if isinstance(one, _Taken) else one for one in judged if not isinstance(one, Refused)]


@keeps
@action
def submit(
    *, id: UUID, report: Report, content: Content | Mapping[str, Any], by: Actor, at: datetime, base: UUID | None = None,
    device_time: datetime | None = None, files: Sequence[Attachment] | None = None,
) -> Receipt | Refused:
    """Take a report. Raises Refused: not the actor's unit, an unknown or broken content, cells to mend or
    warnings to explain (`errors` by cell), a newer version (field "base"), a used id (field "id", kept as
    RejectedTwin), a closed round (field "round", kept as draft). Server time decides whether it is late."""
    batch = _batch([Incoming(id, report, content)], by, at)
    one = _take(Incoming(id, report, content, base, device_time, files), batch)
    if isinstance(one, _Taken):
        _write([one])
        return _receipt(one.submission)
    return one
