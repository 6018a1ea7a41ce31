"""Drafts: kept as typed, counted, and never written over by an older screen."""
from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.audit.registry import EventType
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.reporting import events, rules
from soket.reporting.actions.shared import keeps, report_ref
from soket.reporting.core import DraftContent, NoSuchMove, clean, definition_of, moved
from soket.reporting.models import Draft, DraftFile, DraftTwin, Report
from soket.reporting.queries.state import unit_name

MAX_FILES = 20


class DraftSaved(NamedTuple):
    """The counter to send with the next save, and the server's time."""

    counter: int
    saved_at: datetime


def _locked(report: Report, by: Actor, at: datetime) -> Report:
    row: Report = Report.objects.select_for_update(of=("self",)).select_related("round__template").get(pk=report.pk)
    if not rules.may_report(by, row.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."))
    return row


def keep_draft(report: Report, content: DraftContent, counter: int | None, by: Actor, at: datetime) -> DraftSaved | Refused:
    """Write the draft inside the caller's action. `counter` None means: keep it whatever there was."""
    text = content.to_text()
    draft = Draft.objects.select_for_update().filter(report=report).first()
    if draft is None:
        Draft(report=report, content=text, saved_at=at, by_id=by.actor_id, by_label=by.actor_label).save(force_insert=True)
        record(event=events.DRAFT_STARTED, by=by, subject=report_ref(report, unit_name(report.unit_id, report.covers_to)), at=at)
        return DraftSaved(1, at)
    if draft.content == text:
        return DraftSaved(draft.counter, draft.saved_at)
    if counter != draft.counter:
        return _twin(report, draft, text, counter, by, at)
    draft.content, draft.counter, draft.saved_at = text, draft.counter + 1, at
    draft.by_id, draft.by_label = by.actor_id, by.actor_label
    draft.save()
    return DraftSaved(draft.counter, at)


def _twin(report: Report, draft: Draft, text: str, counter: int | None, by: Actor, at: datetime) -> Refused:
    twin = DraftTwin.objects.filter(report=report).order_by("-id").first()
    if twin is None or twin.content != text:
        DraftTwin(
            report=report, content=text, counter=counter or 0, saved_at=at, by_id=by.actor_id, by_label=by.actor_label
        ).save(force_insert=True)
        record(
            event=events.DRAFT_TWIN_KEPT, by=by, subject=report_ref(report, unit_name(report.unit_id, report.covers_to)), at=at,
            payload={"counter": draft.counter},
        )
    when = draft.saved_at.astimezone(VIETNAM)
    told = _("Another screen saved this draft at {time} on {day} ({who}). Yours is kept beside it. Open the form again to compare.")
    return Refused(told.format(time=f"{when:%H:%M:%S}", day=f"{when:%d/%m/%Y}", who=draft.by_label), field="counter")


@keeps
@action
def save_draft(
    *, report: Report, content: DraftContent, counter: int, by: Actor, at: datetime
) -> DraftSaved | Refused:
    """Keep what was typed, right or wrong. `counter` is the one the screen was opened with (0: no draft then).

    A screen older than the stored draft is refused; its content is kept beside as a DraftTwin.
    """
    row = _locked(report, by, at)
    try:
        state = moved(row.state, "save")
    except NoSuchMove:
        raise Refused(_("This report was excused; nothing is owed.")) from None
    saved = keep_draft(row, content, counter, by, at)
    if state != row.state and not isinstance(saved, Refused):
        row.state = state
        row.save(update_fields=["state"])
    return saved


@action
def add_draft_file(*, report: Report, section: str, file: StoredFile, title: str, by: Actor, at: datetime) -> DraftFile:
    """Add a stored file to a section's evidence. The same file in the same section is added once."""
    row = _locked(report, by, at)
    definition = definition_of(row.round.template.definition)
    if section not in {one.key for one in definition.sections if one.evidence}:
        raise Refused(_("This section takes no files."), field=f"file-{section}")
    known: DraftFile | None = DraftFile.objects.filter(report=row, section=section, file=file).first()
    if known is not None:
        return known
    if DraftFile.objects.filter(report=row).count() >= MAX_FILES:
        raise Refused(_("At most {count} files to a report.").format(count=MAX_FILES), field=f"file-{section}")
    try:
        named = clean(title) or file.name
    except ValueError:
        raise Refused(_("The title contains characters that cannot be read. Type it again."), field=f"file-{section}") from None
    added = DraftFile(report=row, section=section, file=file, title=named[:200])
    added.save(force_insert=True)
    _record_file(events.FILE_ADDED, added, by, at)
    return added


@action
def remove_draft_file(*, draft_file: DraftFile, by: Actor, at: datetime) -> None:
    """Take a file off the draft; what was already submitted keeps it."""
    _locked(draft_file.report, by, at)
    _record_file(events.FILE_REMOVED, draft_file, by, at)
    draft_file.delete()


def _record_file(event: EventType, row: DraftFile, by: Actor, at: datetime) -> None:
    report = row.report
    record(
        event=event, by=by, subject=report_ref(report, unit_name(report.unit_id, report.covers_to)), at=at,
        payload={"name": row.title, "sha256": row.file.sha256, "section": row.section},
    )
