"""What the pages share: finding a report in scope, and its head."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.kernel.clock import now, today
from soket.reporting import queries, rules
from soket.reporting.models import Report, Round, RoundStateName
from soket.reporting.queries import Filters
from soket.reporting.rules import in_language

PER_PAGE = 50
TAGS = {"not_started": "", "draft": "", "submitted": "wait", "returned": "ret", "accepted": "ok", "excused": "ex"}


def report_or_404(request: HttpRequest, report_id: int) -> Report:
    found = queries.report_for(request.user, report_id, today())
    if found is None:
        raise Http404
    return found


def own_report_or_404(request: HttpRequest, report_id: int) -> Report:
    """A report that the reader writes; for everyone else the form does not exist."""
    found = report_or_404(request, report_id)
    if not rules.may_report(request.user, found.unit_id, today()):
        raise Http404
    return found


def round_or_404(request: HttpRequest, slug: str) -> Round:
    found = queries.round_for(request.user, slug, today())
    if found is None:
        raise Http404
    return found


def filters_of(request: HttpRequest) -> Filters:
    given = request.GET
    return Filters(
        round=given.get("round", "")[:60], state=given.get("state", "")[:20], text=given.get("q", "")[:100], line=given.get("line", "")[:20],
        level=given.get("level", "")[:2], late=given.get("late") == "1",
    )


def paged(request: HttpRequest, rows: QuerySet[Report]) -> Page[Any]:
    """A page of reports, each with `tag` and `is_late`."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        dress(row, now())
    return page


def dress(row: Any, at: datetime) -> None:
    """What a list shows of a report besides its columns."""
    row.tag = TAGS[row.state]
    row.is_late = bool(row.first_late) if row.first_late is not None else row.state != "excused" and row.due_at < at
    row.round_title = in_language(row.round.title_vi, row.round.title_en)


def head_of(request: HttpRequest, report: Report, name: str) -> dict[str, Any]:
    """Context of the report's head on every page about it."""
    template = report.round.template
    state = queries.round_state(report.round_id)
    mine = rules.may_report(request.user, report.unit_id, today())
    return {
        "report": report,
        "round": report.round,
        "round_title": in_language(report.round.title_vi, report.round.title_en),
        "form_title": in_language(template.title_vi, template.title_en),
        "unit_name": name,
        "decider_name": queries.unit_name(report.decider_id, report.covers_to),
        "tag": TAGS[report.state],
        "closed": state == RoundStateName.CLOSED,
        "closing": state == RoundStateName.CLOSING,
        "days_left": (report.due_at.date() - today()).days,
        "may_write": mine and report.state != "excused",
        "may_decide": queries.may_decide(request.user, report, today()),
        "crumbs": [
            (_("Reports"), reverse("reporting:list")),
            (in_language(report.round.title_vi, report.round.title_en), reverse("reporting:round", args=[report.round.slug])),
            (name, ""),
        ],
    }
