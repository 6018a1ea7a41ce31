"""The record for people: a list to search, one event with its proof, the newest checkpoint."""
from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.audit import queries
from soket.audit.registry import declared
from soket.kernel.clock import today
from soket.ui.shortcuts import frame


def _day(text: str) -> tuple[date | None, str]:
    try:
        return (date.fromisoformat(text) if text else None), ""
    except ValueError:
        return None, _("Enter the day as year-month-day, for example 2025-07-01.")


@require_GET
@login_required
def log(request: HttpRequest) -> HttpResponse:
    """The events the reader may see, newest first, fifty a page."""
    day, error = _day(request.GET.get("ngay", ""))
    name, subject = request.GET.get("viec", ""), request.GET.get("ve", "").strip()
    visible = queries.visible_events(request.user, today())
    events = queries.filtered(visible, name=name if name in declared() else "", subject=subject, on=day)
    page = Paginator(events, 50).get_page(request.GET.get("page"))
    rows = [(event, queries.sentence_of(event)) for event in page]
    context = {"rows": rows, "page": page, "names": sorted(declared()), "name": name, "subject": subject, "day": request.GET.get("ngay", ""),
               "day_error": error, "checkpoint": queries.latest_checkpoint()}
    return render(request, "audit/log.html", context)


@require_GET
@login_required
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    """One event: its words, its exact body, its place and proof."""
    found = queries.event_in(queries.visible_events(request.user, today()), event_id)
    if found is None:
        raise Http404
    context = {"event": found, "sentence": queries.sentence_of(found), "proof": queries.proof_of(found.pk)}
    return render(request, "audit/event.html", context)


@require_GET
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint as plain text; public, so that anyone may keep it as a witness."""
    newest = queries.latest_checkpoint()
    if newest is None:
        raise Http404
    return HttpResponse(newest.text, content_type="text/plain; charset=utf-8")


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, this server's key and its fingerprint, and how to check the record without this server; public."""
    newest = queries.latest_checkpoint()
    key, fingerprint = queries.public_key()
    context = {"checkpoint": newest, "root": bytes(newest.root).hex() if newest else "", "key": key, "fingerprint": fingerprint, "frame": frame(request)}
    return render(request, "audit/check.html", context)
