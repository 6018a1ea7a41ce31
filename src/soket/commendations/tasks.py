"""Work after the request: decisions set as papers, moved figures flagged, print runs set by the worker with their progress."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from soket.commendations import actions
from soket.commendations.models import Attachment, Batch, Certificate, Decision, DecisionPaper, Meeting
from soket.commendations.queries import certificates as queries
from soket.commendations.queries import deciding, decision_papers, grounds, meetings, minutes
from soket.documents.certificates import SHEETS, Design, faults, render, render_many, render_sheets
from soket.documents.certificates import Certificate as Printed
from soket.documents.errors import PaperError
from soket.documents.queries import render_docx, render_pdf
from soket.jobs.declare import job
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now, today

PRINTER = SystemActor("certificate-printer", "Soket")
FLAGGER = SystemActor("ground-flagger", "Soket")
SETTER = SystemActor("paper-setter", "Soket")
KEEPER = SystemActor("ballot-keys", "Soket")
RENDER = {"pdf": render_pdf, "docx": render_docx}
STEP = 20  # single files between two notes of progress


def printed(batch: Batch, design: Design, rows: list[Certificate]) -> tuple[bytes, str]:
    """The bytes of a print run and how its file ends. Its progress is noted as the words of one after another are set."""
    decision = batch.decision
    ready = queries.printable(rows, decision.campaign_form.campaign.synthetic)

    def told(done: int, total: int) -> None:
        if done % STEP == 0 or done == total:
            actions.note_progress(batch=batch, done=done, by=PRINTER, at=now())

    if batch.kind == "zip":
        return _archived(ready, render_many(design, ready, told, size=1, day=decision.dated), decision.dated), "zip"
    for start in range(0, len(ready), STEP):
        part = ready[start : start + STEP]
        if wrong := faults(design, part):
            raise wrong[0]
        told(min(start + STEP, len(ready) - 1), len(ready))  # the last one is done when the file is there
    if batch.kind == "sheets":
        return render_sheets(design, ready, SHEETS[batch.sheet], day=decision.dated), "pdf"
    return render(design, ready, day=decision.dated), "pdf"


def _archived(ready: list[Printed], files: Iterable[bytes], day: date) -> bytes:
    """One PDF for each certificate under its serial; the archive's days are the decision's, so that the same run gives the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in zip(ready, files, strict=True):
            archive.writestr(zipfile.ZipInfo(f"{one.label}.pdf", (day.year, day.month, day.day, 0, 0, 0)), content)
    return kept.getvalue()


@job
def make_batch(*, batch: str) -> str:
    """Set a print run (by id) and keep its file; done already, it stays. Answers the file's SHA-256, or why it could not be set."""
    row = queries.batch(UUID(batch))
    if row is None or row.file is not None:
        return "" if row is None or row.file is None else row.file.sha256
    try:
        content, ending = printed(row, queries.design_of(row.decision.campaign_form.form), queries.newest_of(row.decision))
    except PaperError as error:
        actions.fail_batch(batch=row, fault=error.vi, by=PRINTER, at=now())
        return error.vi
    name = f"{row.decision.entry.symbol}-{row.decision.entry.number}-{row.kind}.{ending}"
    kept = actions.keep_batch(batch=row, content=content, name=name, by=PRINTER, at=now())
    return kept.file.sha256 if kept.file else ""


def set_now(decision: Decision, form: str) -> DecisionPaper:
    """The kept paper of a decision, set first when there is none. Rendering holds no transaction: only keeping does."""
    known = deciding.kept_paper(decision, form)
    if known is not None:
        return known
    content = RENDER[form](decision_papers.paper_of(decision))
    return actions.keep_decision_paper(decision=decision, form=form, content=content, by=SETTER, at=now())


@job
def set_decision_paper(*, decision: str, form: str) -> str:
    """Set one paper of a decision (by id) and keep it; done already, it stays. Answers its SHA-256."""
    found = deciding.decision_by_id(UUID(decision))
    return "" if found is None else set_now(found, form).file.sha256


@job
def flag_ground(*, citation: int, nomination: str, edition: int) -> int:
    """Flag a nomination whose newest wording rests on the figure of that citation, which reads otherwise in that edition. Answers the flag's
    id, 0 when there is nothing to flag."""
    row, moved = grounds.nomination_by_id(UUID(nomination)), grounds.citation_flag(citation, edition)
    made = actions.flag_nomination(nomination=row, citation_flag=moved, by=FLAGGER, at=now()) if row is not None and moved is not None else None
    return made.pk if made is not None else 0


@job
def make_ballot_keys(*, meeting: int) -> int:
    """Make the keys of a prepared secret vote (by id), each kept as soon as it is made; those made already stay. Answers how many there are."""
    row = meetings.meeting_by_id(meeting)
    while row is not None and actions.make_keys(meeting=row, most=1, by=KEEPER, at=now()):
        pass
    return meetings.keys_made(row) if row is not None else 0


def set_minutes_now(meeting: Meeting) -> Attachment:
    """The issued minutes of a meeting as kept in the dossiers, set first when they are not there. Rendering holds no transaction."""
    known = minutes.kept(meeting)
    if known is not None:
        return known
    return actions.keep_minutes(meeting=meeting, content=RENDER["pdf"](minutes.paper(meeting, today())), by=SETTER, at=now())
