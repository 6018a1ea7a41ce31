"""Opening a round: form and period, then who reports and by when, then a preview by name, then the act.

The first three steps live in the address; only the act is sent. A round with thousands of reports is the
worker's to open; its page says how far that is.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from soket.jobs import queries as jobs
from soket.jobs.actions import enqueue
from soket.kernel.actor import Office
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.periods import PeriodKind
from soket.reporting import actions, queries
from soket.reporting.forms import PeriodForm, ScopeForm, show
from soket.reporting.models import Round
from soket.reporting.queries import Plan, RoundDraft
from soket.reporting.rules import in_language
from soket.reporting.tasks import LARGE, open_large

PER_PAGE = 60
OWN_FIELDS = ("page", "xem", "csrfmiddlewaretoken", "confirmed")


@dataclass
class Steps:
    """How far the form has come: the period (checked against what stands), the scopes, the plan."""

    period: PeriodForm
    scope: ScopeForm | None = None
    draft: RoundDraft | None = None
    span: Round | None = None
    plan: Plan | None = None


def runs_any(request: HttpRequest) -> bool:
    reach = request.user.reach(Office.PROGRAMME, today())
    return bool(reach.everything or reach.units)


def _draft(data: dict[str, Any]) -> RoundDraft:
    template, rule = queries.template_and_rule(int(data["template"]), data["rule"])
    return RoundDraft(
        template, rule, PeriodKind(data["kind"]), data["year"] or 0, data["index"] or 0, [], False, "", data["starts"], data["ends"],
        data["title_vi"], data["title_en"],
    )  # fmt: skip


def _steps(request: HttpRequest, data: QueryDict) -> Steps:
    asked = {"templates": queries.template_choices(), "rules": queries.rule_choices()}
    steps = Steps(PeriodForm(data if "template" in data else None, **asked))
    if not steps.period.is_bound or not steps.period.is_valid():
        return steps
    draft = _draft(steps.period.cleaned_data)
    try:
        span = queries.round_of(draft)
        if span.starts > today():
            raise Refused(_("This period has not begun yet."), field="starts" if draft.kind is PeriodKind.AD_HOC else "index")
    except Refused as refused:
        show(steps.period, refused.errors, refused.message)
        return steps
    steps.span = span
    _scopes(steps, request, data, draft, span)
    return steps


def _scopes(steps: Steps, request: HttpRequest, data: QueryDict, draft: RoundDraft, span: Round) -> None:
    areas, area = queries.areas_on(span.ends), data.get("area", "")
    chosen = int(area) if area in dict(areas) else None
    form = ScopeForm(
        data if "xem" in data else None, choices=queries.scope_choices(span.starts, span.ends, chosen), areas=areas, ends=span.ends
    )
    steps.scope = form
    if not form.is_bound or not form.is_valid():
        return
    under = {one.line: queries.unit_on(one.line, chosen, span.ends) for one in form.chosen()}
    steps.draft = RoundDraft(**{**draft.__dict__, "scopes": form.scopes(under)})
    try:
        steps.plan = queries.planned(steps.draft, request.user, now())
    except Refused as refused:
        show(form, {}, refused.message)


@require_http_methods(["GET", "POST"])
@login_required
def open_round(request: HttpRequest) -> HttpResponse:
    """The steps of opening a round, for programme offices."""
    if not runs_any(request):
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    steps = _steps(request, data)
    if request.method == "POST" and steps.plan is not None and steps.draft is not None:
        return _open(request, steps.draft, steps.plan)
    wrong = steps.period.errors or (steps.scope is not None and steps.scope.errors)
    context = {
        "period": steps.period, "scope": steps.scope, "span": steps.span, "ad_hoc": PeriodKind.AD_HOC.value,
        "titles": (in_language(steps.span.title_vi, steps.span.title_en) if steps.span else ""),
        "crumbs": [(_("Rounds"), reverse("reporting:rounds")), (_("Open a round"), "")],
        **(_preview(request, data, steps.plan) if steps.plan else {}),
    }  # fmt: skip
    template = "reporting/open_preview.html" if steps.plan else "reporting/open_round.html"
    return render(request, template, context, status=422 if wrong else 200)


@dataclass
class Part:
    """How many reports a line and level would owe."""

    label: str
    due_at: Any
    owed: int = 0
    closing: int = 0
    opening: int = 0
    nobody: int = 0


def _preview(request: HttpRequest, data: QueryDict, plan: Plan) -> dict[str, Any]:
    """Who would owe: counts by line and level, and every unit by name."""
    round_, labels = plan.round, {one.key: one.label for one in queries.scope_choices(plan.round.starts, plan.round.ends, None)}
    parts: dict[str, Part] = {}
    for one, scope in plan.owed:
        key = f"{scope.line}-{scope.level}"
        part = parts.setdefault(key, Part(labels.get(key, key), scope.due_at))
        part.owed += 1
        part.closing += one.covers_to < round_.ends
        part.opening += one.covers_from > round_.starts
        part.nobody += one.decider is None
    text = data.get("q", "").strip()[:100]
    rows = queries.owed_by_name(plan, text)
    return {
        "parts": list(parts.values()), "total": len(plan.owed), "nobody": sum(part.nobody for part in parts.values()), "q": text,
        "page": Paginator(rows, PER_PAGE).get_page(data.get("page")), "unfinished": round_.ends > today(),
        "shared": [in_language(one.title_vi, one.title_en) for one in queries.sharing_days(round_)],
        "kept": [(name, value) for name, value in data.items() if name not in (*OWN_FIELDS, "q")], "large": len(plan.owed) >= LARGE,
    }  # fmt: skip


def _open(request: HttpRequest, draft: RoundDraft, plan: Plan) -> HttpResponse:
    """Open it here, or ask the worker when it is long and one lives."""
    if len(plan.owed) >= LARGE and jobs.worker_lives(now()):
        wanted = queries.draft_text(draft)
        enqueue(job=open_large, arguments={"person": request.user.actor_id, "wanted": wanted})
        request.session["opening"] = wanted
        return redirect("reporting:opening")
    try:
        made = actions.open_rounds(rounds=[draft], by=request.user, at=now())[0]
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("reporting:rounds")
    count = len(plan.owed)
    words = ngettext("The round is open: %(count)s report is owed.", "The round is open: %(count)s reports are owed.", count)
    messages.success(request, words % {"count": count})
    return redirect("reporting:round", made.slug)


@require_GET
@login_required
def being_opened(request: HttpRequest) -> HttpResponse:
    """How far the worker is with the round this person asked for last."""
    wanted = request.session.get("opening", "")
    job = jobs.latest(open_large, person=request.user.actor_id, wanted=wanted) if wanted else None
    if job is None:
        return redirect("reporting:rounds")
    round_ = queries.opened_from(queries.draft_from(wanted))
    context = {
        "job": job, "round": round_, "worker_lives": jobs.worker_lives(now()),
        "crumbs": [(_("Rounds"), reverse("reporting:rounds")), (_("Open a round"), "")],
    }  # fmt: skip
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "reporting/opening_state.html" if fragment else "reporting/opening.html", context)
