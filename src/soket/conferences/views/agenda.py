"""The agenda: as issued, as worked on, and issuing it."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions, rules
from soket.conferences.forms.agenda import IssueForm, ItemForm
from soket.conferences.models import AgendaItem, Conference
from soket.conferences.queries import agenda as queries
from soket.conferences.queries import choices
from soket.conferences.views.shared import actor, crumbs, done, run, scoped
from soket.conferences.words import change_words
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.ui.shortcuts import frame


@require_GET
def agenda(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """An issued version, the newest by default; each keeps its address."""
    conference = scoped(request, slug)
    versions = queries.versions(conference)
    found = next((one for one in versions if number is None or one.number == number), None)
    if number is not None and found is None:
        raise Http404
    context = {
        "conference": conference, "frame": frame(request), "version": found, "versions": versions, "lines": queries.lines_of(found),
        "changes": [change_words(row) for row in queries.change_list(found)] if found else [],
        "newest": versions[0] if versions else None, "runs": rules.runs(actor(request), conference, today()),
        "crumbs": crumbs(conference, (_("Agenda"), "")),
    }  # fmt: skip
    return render(request, "conferences/agenda/issued.html", context)


@require_GET
@login_required
def working(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda being worked on, with its times, overlaps and what issuing it would change."""
    conference = run(request, slug)
    plan = queries.working(conference)
    context = {
        "conference": conference, "plan": plan, "late": plan.ends_at is not None and plan.ends_at > conference.ends_at,
        "changes": [change_words(row) for row in queries.pending_changes(conference)], "newest": next(iter(queries.versions(conference)), None),
        "form": IssueForm(), "crumbs": crumbs(conference, (_("Working agenda"), "")),
    }  # fmt: skip
    return render(request, "conferences/agenda/working.html", context)


def _item(conference: Conference, item_id: int | None) -> AgendaItem | None:
    if item_id is None:
        return None
    found = choices.item(conference, item_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def item(request: HttpRequest, slug: str, item_id: int | None = None) -> HttpResponse:
    """Write a line."""
    conference = run(request, slug)
    row = _item(conference, item_id)
    form = ItemForm(request.POST or None, initial=_filled(row), choices=choices.for_item(conference, row))
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        found = choices.found_for_item(conference, data.pop("parent"), data.pop("speaker"), data.pop("paper"))
        if done(form, lambda: actions.put_item(conference=conference, item=row, by=request.user, at=now(), **found, **data)):
            messages.success(request, _("The line was saved."))
            return redirect("conferences:working", slug)
    heading = _("Change the line") if row else _("New line")
    back = reverse("conferences:working", args=[slug])
    way = crumbs(conference, (_("Working agenda"), back), (heading, ""))
    context = {"form": form, "heading": heading, "label": _("Save"), "crumbs": way, "back": back}
    return render(request, "conferences/form.html", context)


def _filled(row: AgendaItem | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"title": row.title, "kind": row.kind, "minutes": row.minutes, "parent": row.parent_id or "", "starts_at": row.starts_at,
            "speaker": row.speaker_id or "", "paper": row.paper_id or ""}  # fmt: skip


@require_POST
@login_required
def move(request: HttpRequest, slug: str, item_id: int) -> HttpResponse:
    row = _item(run(request, slug), item_id)
    assert row is not None
    actions.move_item(item=row, up=request.POST.get("to") == "up", by=request.user, at=now())
    return redirect(reverse("conferences:working", args=[slug]) + f"#line-{item_id}")


@require_POST
@login_required
def drop(request: HttpRequest, slug: str, item_id: int) -> HttpResponse:
    row = _item(run(request, slug), item_id)
    assert row is not None
    try:
        actions.drop_item(item=row, by=request.user, at=now())
        messages.success(request, _("The line was taken out of the working agenda."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:working", slug)


@require_POST
@login_required
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue the working agenda as the next version."""
    conference = run(request, slug)
    try:
        found = actions.issue_agenda(conference=conference, note=request.POST.get("note", ""), by=request.user, at=now())
        messages.success(request, _("Version %(number)s of the agenda was issued.") % {"number": found.number})
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("conferences:working", slug)
    return redirect("conferences:agenda", slug)
