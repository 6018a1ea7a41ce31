"""Certificates of a decision: made out, made out again, looked at one by one, printed."""
from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.audit.badge import Badge, credential_jwt
from soket.commendations import actions
from soket.commendations.forms.certificates import BatchForm, ReissueForm
from soket.commendations.models import Award, Certificate, Decision
from soket.commendations.queries import certificates as queries
from soket.commendations.queries import keys
from soket.commendations.views.shared import actor, crumbs, done
from soket.documents.certificates import SHEETS, per_sheet, picture
from soket.documents.certificates import render as printed
from soket.documents.errors import PaperError
from soket.jobs import queries as jobs
from soket.kernel.clock import now
from soket.kernel.door import Refused

PAGE = 50


def _decision(request: HttpRequest, pk: UUID) -> Decision:
    found = queries.decision_of(actor(request), pk)
    if found is None:
        raise Http404
    return found


def _award(request: HttpRequest, pk: UUID, award_id: int) -> Award:
    found = queries.all_of(_decision(request, pk)).filter(pk=award_id).first()
    if found is None:
        raise Http404
    return found


def _crumbs(found: Decision, *more: tuple[str, str]) -> list[tuple[str, str]]:
    url = reverse("commendations:certificates", args=[found.pk]) if more else ""
    return crumbs((_("Certificates of decision %(number)s") % {"number": found.entry.notation}, url), *more, campaign=found.campaign_form.campaign)


@never_cache
@require_GET
@login_required
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The awards of a decision, each with its newest certificate; what can be printed, and how far print runs are."""
    found = _decision(request, pk)
    page = Paginator(queries.all_of(found), PAGE).get_page(request.GET.get("page"))
    rows = [{"award": award, "certificate": next(iter(award.certificates.all()), None)} for award in page]
    context = {
        "decision": found, "page": page, "rows": rows, "made": len(queries.newest_of(found)), "total": page.paginator.count,
        "design": queries.design_of(found.campaign_form.form), "crumbs": _crumbs(found), "sheets": _sheets(found), **_runs(found),
    }  # fmt: skip
    return render(request, "commendations/certificates/list.html", context)


def _sheets(found: Decision) -> list[tuple[str, int]]:
    """How many certificates each press sheet holds; sheets that hold none are not offered."""
    design = queries.design_of(found.campaign_form.form)
    held = [(code.upper(), columns * rows) for code, sheet in SHEETS.items() for columns, rows, _turned in [per_sheet(design, sheet)]]
    return [(code, count) for code, count in held if count]


def _runs(found: Decision) -> dict[str, Any]:
    runs = list(queries.batches_of(found)[:20])
    pending = any(run.file is None and not run.fault for run in runs)
    return {"runs": runs, "pending": pending, "worker_lives": not pending or jobs.worker_lives(now())}


@never_cache
@require_GET
@login_required
def runs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the print runs are: a fragment that the page asks for while one is pending."""
    found = _decision(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("commendations:certificates", pk)
    return render(request, "commendations/certificates/runs.html", {"decision": found, **_runs(found)})


@require_POST
@login_required
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make out what has no certificate yet."""
    found = _decision(request, pk)
    try:
        made = actions.issue_certificates(decision=found, by=request.user, at=now())
        messages.success(request, _("%(count)s certificates were made out.") % {"count": len(made)})
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:certificates", pk)


@require_http_methods(["GET", "POST"])
@login_required
def print_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a print run."""
    found = _decision(request, pk)
    form = BatchForm(request.POST or None, initial={"id": uuid4(), "kind": "pdf"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.ask_batch(decision=found, by=request.user, at=now(), **data)):
            messages.success(request, _("The print run was asked for; the worker makes it."))
            return redirect("commendations:certificates", pk)
    heading = _("Print certificates")
    url = reverse("commendations:certificates", args=[pk])
    context = {"form": form, "heading": heading, "label": _("Ask for the print run"), "back": url, "crumbs": _crumbs(found, (heading, ""))}
    return render(request, "commendations/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def again(request: HttpRequest, pk: UUID, award_id: int) -> HttpResponse:
    """Make a certificate out again with its words put right."""
    award = _award(request, pk, award_id)
    form = ReissueForm(request.POST or None, initial={"name": award.name, "detail": award.detail})
    if request.method == "POST" and form.is_valid():
        row = done(form, lambda: actions.reissue(award=award, by=request.user, at=now(), **form.cleaned_data))
        if row:
            messages.success(request, _("Certificate %(serial)s was made out; the one before now says that it was superseded.") % {"serial": row.serial})
            return redirect("commendations:certificates", pk)
    heading = _("Make the certificate out again")
    url = reverse("commendations:certificates", args=[pk])
    context = {"form": form, "heading": heading, "label": heading, "lead": award.name, "back": url, "crumbs": _crumbs(award.decision, (heading, ""))}
    return render(request, "commendations/form.html", context)


def _own(request: HttpRequest, serial: str) -> Certificate:
    found = queries.by_serial(serial)
    if found is None or not queries.makes_out(actor(request), found.award.decision):
        raise Http404
    return found


@require_GET
@login_required
def one(request: HttpRequest, serial: str, form: str) -> HttpResponse:
    """One certificate as PDF, as a picture, or as an Open Badges credential (jwt) for its holder; for who makes it out."""
    if form not in ("pdf", "png", "jwt"):
        raise Http404
    found = _own(request, serial)
    decision = found.award.decision
    if form == "jwt":
        return _credential(found)
    design = queries.design_of(decision.campaign_form.form)
    ready = queries.printable([found], decision.campaign_form.campaign.synthetic)
    try:
        content = picture(design, ready[0], dpi=80) if form == "png" else printed(design, ready, day=decision.dated)
    except PaperError as error:
        messages.error(request, error.vi)
        return redirect("commendations:certificates", decision.pk)
    response = HttpResponse(content, content_type="image/png" if form == "png" else "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.serial}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _credential(found: Certificate) -> HttpResponse:
    """Open Badges 3.0 as VC-JWT. It holds the name, so it is given to the holder by the office, never fetched by a serial from outside."""
    decision, values = found.award.decision, json.loads(found.values)
    badge = Badge(
        serial=found.serial, issuer=values["issuer"], form=decision.campaign_form.form.name_vi, recipient=values["recipient"],
        achievement=values["achievement"], criteria=decision.campaign_form.campaign.standards, issued_at=found.at, status_index=found.status_index,
    )  # fmt: skip
    response = HttpResponse(credential_jwt(badge, base_url=settings.BASE_URL, signer=keys.signer()), content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="{found.serial}.jwt"'
    response["Cache-Control"] = "private, no-store"
    return response
