"""Joint events of a unit in a round: record one, answer the partner's, settle what looks alike."""
from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.reporting import actions, core, queries, rules
from soket.reporting.forms import JointForm, show
from soket.reporting.models import Answer, Report
from soket.reporting.rules import in_language
from soket.reporting.views.common import head_of


@require_http_methods(["GET", "POST"])
@login_required
def joint(request: HttpRequest, slug: str, unit_id: int) -> HttpResponse:
    """The unit's joint events in the round; for whoever may read its report, writing for whoever reports."""
    report = queries.report_in(request.user, slug, unit_id, today())
    if report is None:
        raise Http404
    may = rules.may_report(request.user, unit_id, today())
    form = _form(request, report) if may else None
    if request.method == "POST":
        if form is None:
            raise Http404
        done = _answered(request, report) if "event" in request.POST else _made(request, report, form)
        if done:
            return redirect("reporting:joint", slug, unit_id)
    return _page(request, report, form)


def _form(request: HttpRequest, report: Report) -> JointForm:
    definition = core.definition_of(report.round.template.definition)
    kinds = [(code, in_language(definition.facts[code].name_vi, definition.facts[code].name_en)) for code in definition.joint]
    partners = queries.partners(report.unit_id, report.covers_to)
    typed = request.POST if request.method == "POST" and "event" not in request.POST else None
    return JointForm(kinds, partners, typed, initial={"id": uuid.uuid4(), "held_on": report.covers_to})


def _made(request: HttpRequest, report: Report, form: JointForm) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        actions.make_joint_event(
            id=data["id"], round=report.round, indicator=queries.indicator(data["indicator"]), held_on=data["held_on"], title=data["title"],
            reporter=report.unit_id, counterpart=int(data["counterpart"]), by=request.user, at=now(),
        )
    except Refused as refused:
        show(form, refused.errors, refused.message)
        return False
    messages.success(request, _("The joint event was recorded; your partner is asked to confirm it."))
    return True


def _answered(request: HttpRequest, report: Report) -> bool:
    events = {str(one.pk): one for one in queries.joint_events_of([report.unit_id], report.round_id)}
    event, other = events.get(request.POST["event"]), events.get(request.POST.get("same_as", ""))
    if event is None or request.POST.get("answer") not in Answer.values:
        raise Http404
    try:
        actions.answer_joint_event(event=event, answer=Answer(request.POST["answer"]), same_as=other, by=request.user, at=now())
        messages.success(request, _("The answer was recorded."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return True


def _page(request: HttpRequest, report: Report, form: JointForm | None) -> HttpResponse:
    events = queries.joint_events_of([report.unit_id], report.round_id)
    definition = core.definition_of(report.round.template.definition)
    rows = []
    for event in events:
        mine = event.reporter_id == report.unit_id
        fact = definition.facts.get(event.indicator.code)
        rows.append(
            {
                "event": event,
                "kind": in_language(fact.name_vi, fact.name_en) if fact else event.indicator.code,
                "partner": queries.unit_name(event.counterpart_id if mine else event.reporter_id, event.held_on),
                "mine": mine,
                "answers": form is not None and not mine,
                "answer_word": Answer(event.answer).label if event.answer else "",
            }
        )
    name = queries.unit_names([report])[report.pk]
    context: dict[str, Any] = {**head_of(request, report, name), "rows": rows, "form": form}
    return render(request, "reporting/joint.html", context, status=422 if form is not None and form.errors else 200)
