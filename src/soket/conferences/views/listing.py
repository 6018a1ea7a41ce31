"""Delegates put on the list by the hundred: by a rule over the sites, or from a pasted table."""
from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.conferences import actions
from soket.conferences.core.delegates import DelegateDraft, Fault, Pasted, joined, parted
from soket.conferences.forms.inviting import PasteForm, RuleForm
from soket.conferences.models import Conference
from soket.conferences.queries import delegates as queries
from soket.conferences.queries import planning
from soket.conferences.views.shared import actor, crumbs, done, run
from soket.kernel.clock import now
from soket.kernel.door import Refused

MOST = 2000
SHOWN = 300


@require_http_methods(["GET", "POST"])
@login_required
def by_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """One delegate for each site, shown by name before anyone is put on the list."""
    held = run(request, slug)
    asked = request.POST if request.method == "POST" else request.GET
    form = RuleForm(asked or None, choices={"line": [("", _("the host")), *planning.line_choices()]})
    context = {"form": form, "conference": held, "looked": False, "crumbs": _way(held, _("Delegates by rule"))}
    if asked and form.is_valid():
        fresh, known, none = queries.by_rule(held, form.cleaned_data["line"], form.titles(), form.cleaned_data["role"])
        if request.method == "POST":
            drafts = [one.draft for one in fresh]
            added = done(form, lambda: actions.add_delegates(conference=held, drafts=drafts, by=actor(request), at=now()))
            if added is not None:
                messages.success(request, _("%(count)s delegates were put on the list.") % {"count": added})
                return redirect("conferences:delegates", slug)
        kinds = Counter(one.draft.titles for one in fresh)
        context |= {"looked": True, "fresh": fresh[:SHOWN], "total": len(fresh), "more": max(len(fresh) - SHOWN, 0), "known": known, "none": none,
                    "kinds": len(kinds)}
    return render(request, "conferences/inviting/rule.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def pasted(request: HttpRequest, slug: str) -> HttpResponse:
    """A pasted table: good lines are taken, refused ones stay in the box with each wrong cell named."""
    held = run(request, slug)
    form, faults, added = PasteForm(request.POST or None), [], 0
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["table"]
        rows = parted(text)
        if not rows or len(rows) > MOST:
            form.add_error("table", _("Too many lines at once: at most %(most)s.") % {"most": MOST} if rows else _("The list is empty."))
        else:
            added, faults = _taken(request, held, rows)
            if added:
                messages.success(request, _("%(count)s delegates were put on the list.") % {"count": added})
            if not faults:
                return redirect("conferences:delegates", slug)
            faults, left = _renumbered(rows, faults)
            form = PasteForm({"table": joined(left, text)})
            form.is_valid()
            form.add_error("table", _("These lines were not taken. Mend the cells named below and send again."))
    context = {"form": form, "conference": held, "faults": [_worded(fault) for fault in faults], "crumbs": _way(held, _("Paste a list"))}
    return render(request, "conferences/inviting/paste.html", context)


def _way(held: Conference, heading: str) -> list[tuple[str, str]]:
    return crumbs(held, (_("Delegates"), reverse("conferences:delegates", args=[held.slug])), (heading, ""))


def _taken(request: HttpRequest, held: Conference, rows: list[Pasted]) -> tuple[int, list[Fault]]:
    """How many lines were taken, and the refused cells of the others."""
    good, faults = queries.read(held, rows)
    try:
        return _added(request, held, [draft for _row, draft in good]), faults
    except Refused as refused:
        if not refused.errors:
            return 0, [*faults, *(Fault(row.line, "titles", str(refused.message)) for row, _draft in good)]
        wrong = {}
        for key, message in refused.errors.items():
            index, _dot, column = key.partition(".")
            wrong[int(index)] = None
            faults.append(Fault(good[int(index)][0].line, column, str(message)))
        return _added(request, held, [draft for place, (_row, draft) in enumerate(good) if place not in wrong]), faults


def _added(request: HttpRequest, held: Conference, drafts: list[DelegateDraft]) -> int:
    return actions.add_delegates(conference=held, drafts=drafts, by=actor(request), at=now()) if drafts else 0


def _renumbered(rows: list[Pasted], faults: list[Fault]) -> tuple[list[Fault], list[Pasted]]:
    """The lines that stay in the box, and the faults with the numbers that these lines have there."""
    wrong = {fault.line for fault in faults}
    left = [row for row in rows if row.line in wrong]
    now_at = {row.line: place for place, row in enumerate(left, 1)}
    return sorted((Fault(now_at[one.line], one.column, one.message) for one in faults), key=lambda one: one.line), left


def _worded(fault: Fault) -> dict[str, object]:
    words = {"name": _("Full name"), "titles": _("Titles"), "unit": _("Unit"), "site": _("Site"), "role": _("Takes part as")}
    return {"line": fault.line, "column": words.get(fault.column, fault.column), "message": fault.message}
