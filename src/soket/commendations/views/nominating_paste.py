"""Many nominations at once from a pasted table: right lines become drafts, wrong ones stay in the box with their cells named."""
from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soket.commendations import actions
from soket.commendations.core.pasting import Fault, Pasted, joined, parted
from soket.commendations.forms.nominating import PasteForm
from soket.commendations.models import Campaign
from soket.commendations.queries import nominating as queries
from soket.commendations.queries import pasted as reading
from soket.commendations.queries.naming import UnitBook
from soket.commendations.views.nominating import list_crumbs
from soket.commendations.views.nominating_writing import programmes, shared_choices
from soket.commendations.views.shared import actor, scoped
from soket.kernel.clock import now, today
from soket.organisations import queries as organisations

MOST = 500


@require_http_methods(["GET", "POST"])
@login_required
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the right lines of a table as drafts."""
    campaign, day = scoped(request, slug), today()
    units = queries.proposing_units(actor(request), campaign, day)
    if not units:
        raise Http404
    listed = shared_choices(campaign, units, queries.form_choices(campaign, [int(unit) for unit, _name in units], day))
    form, faults = PasteForm(request.POST or None, choices=listed), []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rows = parted(data["table"])
        if not rows or len(rows) > MOST:
            form.add_error("table", _("Too many lines at once: at most %(most)s.") % {"most": MOST} if rows else _("The table is empty."))
        else:
            made, faults = _taken(request, campaign, data, rows)
            if made:
                messages.success(request, ngettext("%(count)s draft was kept.", "%(count)s drafts were kept.", made) % {"count": made})
            if not faults:
                return redirect("commendations:nominations", slug)
            faults, left = _renumbered(rows, faults)
            form = PasteForm({**data, "table": joined(left, data["table"])}, choices=listed)
            form.is_valid()
            form.add_error("table", _("These lines were not taken. Mend the cells named below and send again."))
    heading = _("Paste a table of nominations")
    way = list_crumbs(campaign, (heading, ""))
    context = {"form": form, "campaign": campaign, "faults": [_worded(one) for one in faults], "heading": heading, "crumbs": way}
    return render(request, "commendations/nominating/paste.html", context)


def _taken(request: HttpRequest, campaign: Campaign, data: dict[str, Any], rows: list[Pasted]) -> tuple[int, list[Fault]]:
    """How many lines became drafts, and the refused cells of the others."""
    proposer = organisations.unit_by_id(int(data["proposer"]))
    held = next(row for row in campaign.forms.all() if str(row.pk) == data["campaign_form"])
    if proposer is None:
        raise Http404
    programme = next((one for one in programmes(campaign) if str(one.pk) == data["programme"]), None)
    good, faults = reading.read(rows, UnitBook(proposer.pk, today()))
    drafts = [
        actions.NominationDraft(id=uuid4(), campaign_form=held, proposer=proposer, programme=programme, **told) for _row, told in good
    ]
    outcomes = actions.draft_many(drafts=drafts, by=request.user, at=now()) if drafts else []
    for (row, _told), outcome in zip(good, outcomes, strict=True):
        faults += [Fault(row.line, column, message) for column, message in outcome.errors.items()]
    return sum(not one.errors for one in outcomes), faults


def _renumbered(rows: list[Pasted], faults: list[Fault]) -> tuple[list[Fault], list[Pasted]]:
    """The lines that stay in the box, and the faults with the numbers that these lines have there."""
    wrong = {fault.line for fault in faults}
    left = [row for row in rows if row.line in wrong]
    now_at = {row.line: place for place, row in enumerate(left, 1)}
    return sorted((Fault(now_at[one.line], one.column, one.message) for one in faults), key=lambda one: one.line), left


def _worded(fault: Fault) -> dict[str, object]:
    words = {
        "recipient": _("Proposed for"), "unit": _("Unit"), "person_name": _("Name of the person"), "person_post": _("Post of the person"),
        "brief": _("Achievement in one line"), "achieved_from": _("Achievement from"), "achieved_to": _("Achievement until"),
        "campaign_form": _("Form of commendation"), "proposer": _("Proposing unit"), "programme": _("Programme"),
    }  # fmt: skip
    return {"line": fault.line, "column": words.get(fault.column, "–"), "message": fault.message}
