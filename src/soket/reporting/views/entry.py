"""Writing a report: one section a page, kept as typed, with the files of the section."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.files.actions import store
from soket.files.core import EVIDENCE
from soket.kernel.clock import VIETNAM, now
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.reporting import actions, core, queries
from soket.reporting.forms import FileForm, sheet_of, show, steps_of, typed_section
from soket.reporting.models import Report
from soket.reporting.queries import Desk
from soket.reporting.views.common import head_of, own_report_or_404


@dataclass
class Work:
    """The desk of a report with the draft that the form starts from and the counter it stands at."""

    report: Report
    desk: Desk
    draft: core.DraftContent
    counter: int

    @property
    def section_keys(self) -> list[str]:
        return [section.key for section in self.desk.definition.sections]


def work_of(request: HttpRequest, report_id: int) -> Work:
    """The newer of the stored draft and what was last sent; an empty draft before either."""
    report = own_report_or_404(request, report_id)
    desk = queries.desk(report)
    stored, head = desk.draft, report.head
    if stored is not None and (head is None or stored.saved_at >= head.received_at):
        draft = core.DraftContent.from_text(stored.content)
    elif head is not None:
        draft = core.typed_from(desk.definition, queries.content_of(head))
    else:
        draft = core.DraftContent()
    return Work(report, desk, draft, stored.counter if stored else 0)


def _section(work: Work, key: str) -> core.Section:
    found = next((section for section in work.desk.definition.sections if section.key == key), None)
    if found is None:
        raise Http404
    return found


def _counter(request: HttpRequest) -> int:
    given = request.POST.get("counter", "0")
    return whole(given) or 0


@require_http_methods(["GET", "POST"])
@login_required
def form(request: HttpRequest, report_id: int, section: str = "") -> HttpResponse:
    """One section of the draft. POST keeps it as typed, then stays, goes on, or goes to the check."""
    work = work_of(request, report_id)
    if not section:
        return redirect("reporting:section", report_id, work.section_keys[0])
    shown = _section(work, section)
    if request.method == "POST":
        typed = typed_section(work.draft, shown, work.desk.definition, request.POST.dict())
        try:
            actions.save_draft(report=work.report, content=typed, counter=_counter(request), by=request.user, at=now())
        except Refused as refused:
            return _page(request, work, typed, section, str(refused.message))
        return _onward(request, work, section)
    return _page(request, work, work.draft, section)


def _onward(request: HttpRequest, work: Work, section: str) -> HttpResponse:
    if "check" in request.POST:
        return redirect("reporting:check", work.report.pk)
    keys = work.section_keys
    at = keys.index(section)
    if "next" in request.POST and at + 1 < len(keys):
        return redirect("reporting:section", work.report.pk, keys[at + 1])
    messages.success(request, _("The draft was saved."))
    return redirect("reporting:section", work.report.pk, section)


def _page(
    request: HttpRequest, work: Work, typed: core.DraftContent, section: str, refusal: str = "", file_form: FileForm | None = None
) -> HttpResponse:
    definition, report = work.desk.definition, work.report
    content, findings = core.read_draft(definition, typed)
    previous = queries.previous_contents([report]).get(report.pk)
    findings += [one for one in core.validate(definition, content, previous) if one.code not in ("required", "required_text")]
    sheet = sheet_of(
        definition, content, typed=typed, previous=previous, joint=queries.joint_counts(report), findings=findings
    )
    steps = steps_of(definition, typed, section)
    differing = core.differing(definition, work.draft, typed) if refusal else _twin_differences(work)
    keys = work.section_keys
    context = {
        **head_of(request, report, work.desk.unit_name),
        "section": sheet.section(section), "steps": steps, "filled": sum(step.filled for step in steps),
        "total": sum(step.total for step in steps), "counter": work.counter, "last": keys[-1] == section, "refusal": refusal,
        "differing": differing, "twin": work.desk.twin, "files": [one for one in work.desk.files if one.section == section],
        "file_form": file_form or FileForm(prefix=f"file-{section}"),
    }
    return render(request, "reporting/form.html", context, status=409 if refusal else 200)


def _twin_differences(work: Work) -> list[tuple[str, str, str]]:
    if work.desk.twin is None:
        return []
    return core.differing(work.desk.definition, work.draft, core.DraftContent.from_text(work.desk.twin.content))


@require_POST
@login_required
def autosave(request: HttpRequest, report_id: int, section: str) -> JsonResponse:
    """Keep the section as typed; answers with the new counter, or with why it was refused."""
    work = work_of(request, report_id)
    typed = typed_section(work.draft, _section(work, section), work.desk.definition, request.POST.dict())
    try:
        saved = actions.save_draft(report=work.report, content=typed, counter=_counter(request), by=request.user, at=now())
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=409)
    told: dict[str, Any] = {"saved_at": f"{saved.saved_at.astimezone(VIETNAM):%H:%M:%S}", "fields": {"counter": str(saved.counter)}}
    return JsonResponse(told)


@require_POST
@login_required
def add_file(request: HttpRequest, report_id: int, section: str) -> HttpResponse:
    """Store a file and add it to the section; a wrong kind or size is told at the field."""
    work = work_of(request, report_id)
    _section(work, section)
    given = FileForm(request.POST, request.FILES, prefix=f"file-{section}")
    if given.is_valid():
        upload = given.cleaned_data["file"]
        try:
            file = store(
                content=upload.read(), name=upload.name, allowed=EVIDENCE, by=request.user, at=now(), synthetic=work.report.round.synthetic
            )
            actions.add_draft_file(
                report=work.report, section=section, file=file, title=given.cleaned_data["title"], by=request.user, at=now()
            )
        except Refused as refused:
            show(given, {"file": refused.message}, refused.message)
        else:
            messages.success(request, _("The file was added."))
            return redirect("reporting:section", report_id, section)
    return _page(request, work, work.draft, section, file_form=given)


@require_POST
@login_required
def remove_file(request: HttpRequest, report_id: int, file_id: int) -> HttpResponse:
    work = work_of(request, report_id)
    row = queries.draft_file(work.report, file_id)
    if row is None:
        raise Http404
    actions.remove_draft_file(draft_file=row, by=request.user, at=now())
    messages.success(request, _("The file was taken off the draft."))
    return redirect("reporting:section", report_id, row.section)
