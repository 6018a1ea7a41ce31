"""A decision with its list and papers, its names opened to the public, and the money of a campaign."""
from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from soket.commendations import actions, rules
from soket.commendations.forms.deciding import NamesForm
from soket.commendations.models import Award, Decision
from soket.commendations.queries import certificates, register
from soket.commendations.queries import deciding as queries
from soket.commendations.tasks import RENDER, set_decision_paper, set_now
from soket.commendations.views.shared import actor, crumbs, done, language, scoped
from soket.files.queries import FileDamaged
from soket.jobs import queries as jobs
from soket.jobs.actions import enqueue
from soket.kernel.clock import now, today
from soket.ui.shortcuts import csv_file

PAGE = 100
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def read(request: HttpRequest, pk: UUID) -> Decision:
    """The decision, or 404 when this reader does not work for its issuer or the campaign's office."""
    found = queries.decision(actor(request), pk, today())
    if found is None:
        raise Http404
    return found


def title_of(found: Decision) -> str:
    return _("Decision %(number)s") % {"number": found.entry.notation}


def way(found: Decision, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back over the campaign and the decision."""
    url = reverse("commendations:decision", args=[found.pk]) if more else ""
    return crumbs((title_of(found), url), *more, campaign=found.campaign_form.campaign)


@require_GET
@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was decided, on whom, with which numbers; what can be done next."""
    found, day = read(request, pk), today()
    body, campaign = json.loads(found.body), found.campaign_form.campaign
    listed = queries.awards_of(found) if found.kind == "award" else queries.cancelled_by(found)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    states = register.award_states([row.pk for row in page.object_list])
    closed = queries.closed_names(found).count()
    context = {
        "decision": found, "campaign": campaign, "body": body, "title": title_of(found), "form_name": register.form_name(found.campaign_form.form, language()),
        "page": page, "rows": [(row, states[row.pk], json.loads(row.money)) for row in page.object_list], "papers": _papers(found),
        "owed": queries.money(queries.awards_of(found)).owed if found.kind == "award" else None, "closed": closed, "named": page.paginator.count - closed,
        "opens": rules.opens_names(request.user, found, day), "hands": rules.hands_over(request.user, found, day),
        "decides": rules.decides(request.user, found.issuer_id, day), "prints": found.kind == "award" and certificates.makes_out(request.user, found),
        "all_decided": rules.runs(request.user, campaign, day) and campaign.stage not in ("decided", "closed") and queries.all_decided(campaign),
        "crumbs": way(found),
    }  # fmt: skip
    return render(request, "commendations/deciding/decision.html", context)


def _papers(found: Decision) -> list[dict[str, Any]]:
    """Each form of the paper: kept, or where its job stands."""
    rows, known = [], queries.kept_forms(found)
    for form in TYPES:
        kept = known.get(form)
        job = None if kept else jobs.latest(set_decision_paper, decision=str(found.pk), form=form)
        rows.append({"form": form, "file": kept.file if kept else None, "job": job})
    return rows


@require_GET
@login_required
def paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The paper as Word or PDF. Not kept yet, it is a worker's job; without a worker it is set in this request."""
    found = read(request, pk)
    if form not in RENDER:
        raise Http404
    kept = queries.kept_paper(found, form)
    if kept is None and jobs.worker_lives(now()):
        enqueue(job=set_decision_paper, arguments={"decision": str(found.pk), "form": form})
        messages.info(request, _("The paper is being set. Load the page again in a few seconds."))
        return redirect("commendations:decision", pk)
    kept = kept or set_now(found, form)
    try:
        content = queries.paper_bytes(kept)
    except FileDamaged:
        raise Http404 from None
    name = f"quyet-dinh-{found.entry.number:02d}-{found.dated.year}.{form}"
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
@login_required
def names(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the names of a decision to the public, all but those left out; not by who signed it."""
    found = read(request, pk)
    if found.kind != "award" or not rules.opens_names(request.user, found, today()):
        raise Http404
    closed = list(queries.closed_names(found))
    shown = queries.seen_awards(closed)
    form = NamesForm(request.POST or None, keys=[str(row.pk) for row in closed], initial={"seen": shown})
    if request.method == "POST" and form.is_valid() and _still(form, shown):
        wanted = [row for row in closed if str(row.pk) not in form.cleaned_data["left_out"]]
        count = done(form, lambda: actions.approve_names(awards=wanted, by=request.user, at=now()))
        if count is not None:
            said = ngettext("%(count)s name was opened to the public.", "%(count)s names were opened to the public.", count)
            messages.success(request, said % {"count": count})
            return redirect("commendations:decision", pk)
    left_out = set(form["left_out"].value() or [])
    context = {
        "decision": found, "campaign": found.campaign_form.campaign, "form": form, "rows": [(row, str(row.pk) in left_out) for row in closed],
        "total": queries.awards_of(found).count(), "crumbs": way(found, (_("Open the names to the public"), "")),
    }  # fmt: skip
    return render(request, "commendations/deciding/names.html", context)


def _still(form: NamesForm, shown: str) -> bool:
    if form.cleaned_data["seen"] == shown:
        return True
    form.data = form.data.copy()
    form.data["seen"] = shown
    form.add_error(None, _("The list has changed since it was shown. Look at it again."))
    return False


@require_GET
@login_required
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """What a campaign owes by the dated rules: of how many awards it is known, and by which rule; the same as a table to keep."""
    campaign = scoped(request, slug)
    awards = queries.campaign_awards(actor(request), campaign, today())
    if not awards.exists():
        raise Http404
    if request.GET.get("dang") == "csv":
        ordered = awards.order_by("decision__dated", "decision__entry_id", "place")
        return csv_file(f"tien-thuong-{campaign.slug}", _HEAD, (_money_line(row) for row in ordered))
    context = {"campaign": campaign, "money": queries.money(awards), "crumbs": crumbs((_("Money that goes with the awards"), ""), campaign=campaign)}
    return render(request, "commendations/deciding/money.html", context)


_HEAD = ("decision", "dated", "place", "form", "recipient", "name", "detail", "dong", "rule", "citation", "doubt", "stage")


def _money_line(row: Award) -> list[object]:
    told, decision = json.loads(row.money), row.decision
    given = ["" if told.get("dong") is None else told["dong"], *[told.get(name, "") for name in ("rule", "citation", "doubt")]]
    who = [decision.campaign_form.form.name_vi, row.recipient, row.name, row.detail]
    return [decision.entry.notation, decision.dated.isoformat(), row.place, *who, *given, row.stage]
