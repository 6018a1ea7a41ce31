"""Reading a report: its versions, decisions and receipts; deciding on it; excusing the unit."""
from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.audit.queries import position_of
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.reporting import actions, core, queries
from soket.reporting.forms import DecisionForm, ExcuseForm, show
from soket.reporting.forms.sheet import Sheet, change_rows, sheet_of
from soket.reporting.models import Report, Verdict
from soket.reporting.queries import Filters, Version
from soket.reporting.views.common import head_of, report_or_404


def _sheet(report: Report, version: Version | None) -> Sheet | None:
    if version is None:
        return None
    previous = queries.previous_contents([report]).get(report.pk)
    content = queries.content_of(version.submission)
    definition = core.definition_of(report.round.template.definition)
    findings = core.validate(definition, content, previous)
    return sheet_of(definition, content, previous=previous, joint=queries.joint_counts(report), findings=findings)


def _context(request: HttpRequest, report: Report) -> dict[str, Any]:
    name = queries.unit_names([report])[report.pk]
    versions = queries.history(report)
    shown = queries.chosen_version(versions, request.GET.get("version", ""))
    definition = core.definition_of(report.round.template.definition)
    return {
        **head_of(request, report, name),
        "versions": versions, "shown": shown, "sheet": _sheet(report, shown),
        "changes": change_rows(definition, shown.cell_changes, shown.text_changes) if shown else [],
        "excuse": getattr(report, "excuse", None), "twins": queries.twins_of(report),
    }


@require_GET
@login_required
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report with its versions, newest first; `?version=2` shows another one."""
    found = report_or_404(request, report_id)
    context = _context(request, found)
    if queries.may_excuse(request.user, found, today()):
        context["excuse_form"] = ExcuseForm()
    return render(request, "reporting/report.html", context)


@require_GET
@login_required
def receipt(request: HttpRequest, report_id: int, submission_id: uuid.UUID) -> HttpResponse:
    """What the server took, when, and its place in the record once it has one."""
    found = report_or_404(request, report_id)
    taken = queries.submission_of(found, submission_id)
    if taken is None:
        raise Http404
    name = queries.unit_names([found])[found.pk]
    context = {**head_of(request, found, name), "taken": taken, "position": position_of(taken.event_id)}
    return render(request, "reporting/receipt.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """The last version with the form to accept or return it; only for who may decide on it."""
    found = report_or_404(request, report_id)
    if not queries.may_decide(request.user, found, today()):
        raise Http404
    context = _context(request, found)
    sections = [(one.key, one.title) for one in context["sheet"].sections]
    form = DecisionForm(sections, request.POST or None)
    if request.method == "POST" and form.is_valid():
        submission = queries.submission_of(found, uuid.UUID(request.POST["submission"])) if _is_uuid(request.POST) else None
        if submission is None:
            raise Http404
        try:
            actions.decide(
                submission=submission, verdict=Verdict(form.cleaned_data["verdict"]), remarks=form.cleaned_data["remarks"],
                section_remarks=form.section_remarks(), by=request.user, at=now(),
            )
        except Refused as refused:
            show(form, refused.errors, refused.message)
        else:
            messages.success(request, _("The decision was recorded."))
            return _onward(request, found)
    return render(request, "reporting/decide.html", {**context, "form": form}, status=422 if form.errors else 200)


def _onward(request: HttpRequest, decided: Report) -> HttpResponse:
    """To the report, or to the next one that waits: of the same round first."""
    if "next" not in request.POST:
        return redirect("reporting:report", decided.pk)
    waiting = queries.listed(queries.waiting_for_decision(request.user, today()), Filters(), now())
    following = waiting.filter(round=decided.round_id).first() or waiting.first()
    return redirect("reporting:decide", following.pk) if following else redirect("reporting:queue")


def _is_uuid(data: Any) -> bool:
    try:
        uuid.UUID(data.get("submission", ""))
    except ValueError:
        return False
    return True


@require_POST
@login_required
def excuse(request: HttpRequest, report_id: int) -> HttpResponse:
    found = report_or_404(request, report_id)
    if not queries.may_excuse(request.user, found, today()):
        raise Http404
    form = ExcuseForm(request.POST)
    if form.is_valid():
        try:
            actions.excuse_report(report=found, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refused as refused:
            show(form, refused.errors, refused.message)
        else:
            messages.success(request, _("The unit was excused from this round."))
            return redirect("reporting:report", found.pk)
    return render(request, "reporting/report.html", {**_context(request, found), "excuse_form": form}, status=422)
