"""Content that came under a used id: both contents side by side, and a person of the unit says which stands."""
from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.reporting import actions, core, queries, rules
from soket.reporting.forms import TwinForm, change_rows, sheet_of, show
from soket.reporting.models import Report, TwinOutcome
from soket.reporting.views.common import head_of, report_or_404


@require_http_methods(["GET", "POST"])
@login_required
def twin(request: HttpRequest, report_id: int, twin_id: int) -> HttpResponse:
    """Reading it, for whoever may read the report; settling it, for whoever writes it."""
    report = report_or_404(request, report_id)
    found = queries.twin_in(report, twin_id)
    if found is None:
        raise Http404
    may = found.settled is None and rules.may_report(request.user, report.unit_id, today())
    form = TwinForm(request.POST or None, initial={"id": uuid.uuid4(), "base": report.head_id}) if may else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("This has already been settled."))
            return redirect("reporting:twin", report_id, twin_id)
        if form.is_valid() and _settled(request, found, form):
            return redirect("reporting:report", report_id)
    return _page(request, report, found, form)


def _settled(request: HttpRequest, found: queries.Twin, form: TwinForm) -> bool:
    data = form.cleaned_data
    try:
        actions.settle_twin(
            twin=found.row, outcome=TwinOutcome(data["outcome"]), reason=data["reason"], id=data["id"], base=data["base"],
            by=request.user, at=now(),
        )  # fmt: skip
    except Refused as refused:
        known = {name: text for name, text in refused.errors.items() if name in form.fields and name not in ("id", "base")}
        show(form, known, refused.message)
        return False
    messages.success(request, _("It was settled; both contents are kept."))
    return True


def _page(request: HttpRequest, report: Report, found: queries.Twin, form: TwinForm | None) -> HttpResponse:
    definition = core.definition_of(report.round.template.definition)
    previous = queries.previous_contents([report]).get(report.pk)
    try:
        both = queries.compared(found.row, report)
    except core.BadContent:
        both = None
    context = {
        **head_of(request, report, queries.unit_names([report])[report.pk]),
        "twin": found.row, "settled": found.settled, "form": form, "both": both,
        "changes": change_rows(definition, both.cells, both.texts) if both else [],
        "sheet": sheet_of(definition, both.content, previous=previous, joint=queries.joint_counts(report)) if both else None,
    }  # fmt: skip
    return render(request, "reporting/twin.html", context, status=422 if form is not None and form.errors else 200)
