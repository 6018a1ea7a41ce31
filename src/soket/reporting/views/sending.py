"""Check and send: what must be mended, what must be explained, and the sending itself."""
from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now
from soket.kernel.door import Refused
from soket.reporting import actions, core, queries
from soket.reporting.forms import sheet_of, with_explanations
from soket.reporting.views.common import head_of
from soket.reporting.views.entry import Work, work_of


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@login_required
def check(request: HttpRequest, report_id: int) -> HttpResponse:
    """The whole draft with its findings. POST keeps the explanations and, with the button, sends the report."""
    work = work_of(request, report_id)
    if request.method != "POST":
        return _page(request, work, work.draft)
    typed = with_explanations(work.draft, request.POST.dict())
    try:
        if typed != work.draft or work.desk.draft is None:
            saved = actions.save_draft(report=work.report, content=typed, counter=work.counter, by=request.user, at=now())
            work.counter = saved.counter
        if "send" not in request.POST:
            return redirect("reporting:check", report_id)
        content, findings = core.read_draft(work.desk.definition, typed)
        if findings:
            return _page(request, work, typed, status=422)
        receipt = actions.submit(
            id=_uuid(request.POST.get("submission_id", "")) or uuid.uuid4(), report=work.report, content=content,
            base=_uuid(request.POST.get("base", "")), by=request.user, at=now(),
        )
    except Refused as refused:
        return _page(request, work, typed, str(refused.message), 409 if refused.field in ("id", "base", "round", "counter") else 422)
    return redirect("reporting:receipt", report_id, receipt.submission_id)


def _page(request: HttpRequest, work: Work, typed: core.DraftContent, refusal: str = "", status: int = 200) -> HttpResponse:
    definition, report = work.desk.definition, work.report
    content, findings = core.read_draft(definition, typed)
    previous = queries.previous_contents([report]).get(report.pk)
    unread = {one.cell for one in findings}
    findings += [one for one in core.validate(definition, content, previous) if one.cell not in unread]
    sheet = sheet_of(definition, content, typed=typed, previous=previous, joint=queries.joint_counts(report), findings=findings)
    places = [
        (section, place, finding)
        for section in sheet.sections
        for place in [*section.rows, *section.texts]
        for finding in place.findings
    ]
    context: dict[str, Any] = {
        **head_of(request, report, work.desk.unit_name),
        "sheet": sheet, "errors": [one for one in places if one[2].error], "warnings": [one for one in places if not one[2].error],
        "refusal": refusal, "files": work.desk.files, "submission_id": request.POST.get("submission_id") or uuid.uuid4(),
        "base": report.head_id or "",
    }
    return render(request, "reporting/check.html", context, status=status)
