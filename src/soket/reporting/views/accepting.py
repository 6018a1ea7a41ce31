"""Accepting several reports at once: tick, look again, confirm; what changed meanwhile is left and says so."""
from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.reporting import actions, queries
from soket.reporting.queries import Weighed
from soket.reporting.rules import in_language, sentence

TICK = re.compile(r"([0-9a-f-]{36}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Row:
    """A report in the preview; `value` is what the tick sends: its version and the digest of what is shown here."""

    one: Weighed
    value: str
    round_title: str
    findings: list[tuple[str, str]]


def _ticks(request: HttpRequest) -> list[actions.Ticked]:
    """What was ticked, each once; anything else that came is left out."""
    found: dict[uuid.UUID, actions.Ticked] = {}
    for text in request.POST.getlist("report"):
        if match := TICK.fullmatch(text):
            try:
                key = uuid.UUID(match[1])
            except ValueError:
                continue
            found[key] = actions.Ticked(key, match[2])
    return list(found.values())


def _row(one: Weighed) -> Row:
    round_, sent = one.report.round, one.submission
    findings = [(sentence(finding, one.definition), explained) for finding, explained in one.findings]
    return Row(one, f"{sent.pk}:{sent.digest}", in_language(round_.title_vi, round_.title_en), findings)


@require_http_methods(["GET", "POST"])
@login_required
def accept(request: HttpRequest) -> HttpResponse:
    """POST with ticks shows what would be accepted; confirmed, it accepts and shows what became of each."""
    ticks = _ticks(request)
    if request.method != "POST" or not ticks:
        if request.method == "POST":
            messages.error(request, _("Mark at least one report."))
        return redirect("reporting:queue")
    if "confirmed" in request.POST:
        return _accepted(request, ticks)
    weighed = queries.weighed_for(request.user, [one.submission_id for one in ticks], today())
    shown = {one.submission_id: one.digest for one in ticks}
    rows = [_row(one) for one in weighed if one.yours and shown[one.submission.pk] == one.submission.digest]
    context = {
        "rows": rows, "gone": len(ticks) - len(rows), "warned": sum(bool(row.findings) for row in rows),
        "empty": sum(row.one.empty for row in rows), "late": sum(row.one.submission.late for row in rows),
        "crumbs": [(_("Reports waiting for your decision"), reverse("reporting:queue")), (_("Accept together"), "")],
    }  # fmt: skip
    return render(request, "reporting/accept.html", context)


def _accepted(request: HttpRequest, ticks: list[actions.Ticked]) -> HttpResponse:
    try:
        outcomes = actions.accept_ticked(ticked=ticks, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("reporting:queue")
    context = {
        "accepted": [one for one in outcomes if one.accepted], "left": [one for one in outcomes if not one.accepted],
        "crumbs": [(_("Reports waiting for your decision"), reverse("reporting:queue")), (_("Accepted together"), "")],
    }  # fmt: skip
    return render(request, "reporting/accepted.html", context)
