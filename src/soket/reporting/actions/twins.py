"""Settling content that came under a used id: a person says which stands. Both contents are kept either way."""
from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.files.queries import by_hash
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reporting import events, rules
from soket.reporting.actions.shared import report_label
from soket.reporting.actions.submit import Attachment, submit
from soket.reporting.core import BadContent, Content
from soket.reporting.models import RejectedTwin, Report, Submission, TwinOutcome, TwinSettled
from soket.reporting.queries.state import unit_name


def _report(twin: RejectedTwin, by: Actor, at: datetime) -> Report:
    owner = twin.report_id or twin.submission.report_id
    report: Report = Report.objects.select_for_update(of=("self",)).select_related("round__template").get(pk=owner)
    if not rules.may_report(by, report.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."))
    return report


def _files(content: Content) -> list[Attachment]:
    """The files the content names. Raises Refused when one is no longer here."""
    stored = by_hash(mark.sha256 for mark in content.evidence)
    if gone := [mark for mark in content.evidence if mark.sha256 not in stored]:
        raise Refused(_("The file {title} named in this content is not here. Add it to a draft and send that.").format(title=gone[0].title))
    return [Attachment(mark.section, stored[mark.sha256], mark.title) for mark in content.evidence]


def _sent(twin: RejectedTwin, report: Report, id: UUID, base: UUID | None, by: Actor, at: datetime) -> UUID:
    try:
        content = Content.from_json(json.loads(twin.content))
    except BadContent as problem:
        raise Refused(_("The report's content cannot be read: {problem}").format(problem=problem)) from None
    receipt = submit(id=id, report=report, content=content, base=base, by=by, at=at, files=_files(content))
    return receipt.submission_id


@action
def settle_twin(
    *, twin: RejectedTwin, outcome: TwinOutcome, reason: str, by: Actor, at: datetime, id: UUID | None = None, base: UUID | None = None
) -> TwinSettled:
    """Say which content stands. FIRST sets the twin aside. SENT submits it as a new version under `id`, written over
    the version `base`, through every check that a submission meets; the unit above then decides on it.

    The same answer again returns the first. Raises Refused: not the actor's unit, no reason, another answer given before,
    whatever `submit` refuses."""
    report = _report(twin, by, at)
    known: TwinSettled | None = TwinSettled.objects.filter(twin=twin).first()
    if known is not None:
        if known.outcome == outcome and known.submission_id in (None, id):
            return known
        raise Refused(_("This has already been settled."))
    text = rules.said(reason, "reason")
    if not text:
        raise Refused(_("State the reason."), field="reason")
    sent = None
    if outcome == TwinOutcome.SENT:
        if id is None:
            raise Refused(_("A new version needs its own id."), field="id")
        sent = _sent(twin, report, id, base, by, at)
    row = TwinSettled(
        twin=twin, outcome=outcome, submission=Submission.objects.get(pk=sent) if sent else None, reason=text[:400], at=at, by_label=by.actor_label
    )
    row.save(force_insert=True)
    subject = Ref("reporting.submission", str(twin.submission_id), report_label(report, unit_name(report.unit_id, report.covers_to)))
    payload = {"digest": twin.digest, "sent": str(sent)} if sent else {"digest": twin.digest}
    record(event=events.TWIN_SENT if sent else events.TWIN_SET_ASIDE, by=by, subject=subject, at=at, payload=payload, reason=row.reason)
    return row
