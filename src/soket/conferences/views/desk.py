"""The page of a site's desk, kept by a device that was let in, with or without a connection.

A device comes with its secret behind the # of the address, which browsers never send: the page hands it in once and gets a cookie
of /ban/ alone, so that neither this server's log nor a proxy's holds it.
"""
from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles.finders import find
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions
from soket.conferences.actions.checkin import ScanDraft
from soket.conferences.forms.desk import DeviceForm, GivenForm, HandoverForm, HeadcountForm, KeyForm, ScanForm
from soket.conferences.models import Device, Site
from soket.conferences.queries import attendance, awards, desk, live
from soket.conferences.rules import DeskActor
from soket.conferences.views import live as session
from soket.conferences.views.shared import crumbs, done, served
from soket.conferences.words import outcome_words
from soket.documents.queries import qr_svg
from soket.kernel.clock import now
from soket.kernel.door import Refused

COOKIE = "soket-ban"
SHELL = (
    "conferences/css/desk.css", "conferences/js/desk.js", "conferences/js/desk-store.js", "conferences/js/desk-line.js", "conferences/js/desk-camera.js",
    "conferences/js/desk-list.js", "conferences/js/desk-forms.js", "conferences/js/desk-awards.js", "ui/vendor/jsqr.js", "ui/js/live-feed.js",
    "ui/img/favicon.svg",
)  # fmt: skip


class Desk(NamedTuple):
    """Who asks: the device, acting for its site."""

    device: Device
    site: Site
    by: DeskActor


def known(request: HttpRequest) -> Desk | None:
    """The desk of this browser's cookie."""
    found = desk.device(request.COOKIES.get(COOKIE, ""), now())
    return Desk(found[0], found[0].site, found[1]) if found else None


def required(request: HttpRequest) -> Desk:
    """The desk of this browser, else 404."""
    found = known(request)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def devices(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """The devices of a site: let one in (its address is shown once), or shut one out."""
    site = served(request, slug, site_id)
    form, fresh = DeviceForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        made = done(form, lambda: actions.let_in_device(site=site, label=form.cleaned_data["label"], by=request.user, at=now()))
        if made is not None and "here" in request.POST:
            return _welcomed(redirect("conferences:desk"), made[1], made[0].until)
        if made is not None:
            address = f"{settings.BASE_URL}{reverse('conferences:desk')}#{made[1]}"
            drawn = mark_safe(qr_svg(address).decode())  # noqa: S308  made of numbers alone
            fresh, form = {"device": made[0], "address": address, "qr": drawn}, DeviceForm()
    way = crumbs(site.conference, (_("Site screens"), reverse("conferences:desks", args=[slug])), (_("Devices of the desk"), ""))
    context = {"conference": site.conference, "site": site, "form": form, "fresh": fresh, "devices": desk.devices(site), "crumbs": way}
    return render(request, "conferences/desk/devices.html", context)


@require_POST
@login_required
def shut_out(request: HttpRequest, slug: str, site_id: int, device_id: int) -> HttpResponse:
    site = served(request, slug, site_id)
    found = desk.one_device(site, device_id)
    if found is None:
        raise Http404
    actions.shut_out_device(device=found, by=request.user, at=now())
    messages.success(request, _("The device no longer keeps the desk."))
    return redirect("conferences:devices", slug, site_id)


def _welcomed(response: HttpResponse, token: str, until: datetime) -> HttpResponse:
    response.set_cookie(COOKIE, token, expires=until, path="/ban/", httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The desk. Without scripts each button is a form; without a device the key is asked for. `vo` is the page without its list, which
    browsers keep for when the site is cut off."""
    found = known(request)
    if found is None:
        return render(request, "conferences/desk/door.html", {"form": KeyForm()}, status=200 if request.method == "GET" else 404)
    if request.method == "POST" and request.POST.get("what") == "strike":
        return _struck(request, found)
    told, forms = None, {"scan": ScanForm(), "heads": HeadcountForm(), "award": HandoverForm(), "given": GivenForm()}
    if request.method == "POST":
        kind = request.POST.get("what", "")
        if kind not in forms:
            raise Http404
        forms[kind] = type(forms[kind])(request.POST)
        if forms[kind].is_valid():
            told = done(forms[kind], lambda: _wrote(found, kind, forms[kind].cleaned_data, request.POST.get("id", "")))
            if told:
                (messages.error if told[0] == "!" else messages.success)(request, told.removeprefix("!"))
                return redirect("conferences:desk")
    return render(request, "conferences/desk/page.html", _page(found, forms, request))


def _struck(request: HttpRequest, found: Desk) -> HttpResponse:
    """A handing over kept by mistake is taken back."""
    row = next((one for one in attendance.handovers(found.site.conference, found.site) if str(one.pk) == request.POST.get("raw")), None)
    if row is None:
        raise Http404
    actions.strike_handover(id=uuid4(), handover=row, by=found.by, at=now())
    messages.success(request, _("Taken back: “%(award)s”.") % {"award": row.award})
    return redirect("conferences:desk")


def _wrote(found: Desk, kind: str, data: dict[str, Any], id: str) -> str:
    """One write of a form, in words; a text that begins with "!" says that it was not taken."""
    try:
        key = UUID(id)
    except ValueError:
        raise Refused(_("This page was sent incompletely. Load it again.")) from None
    at = now()
    if kind == "heads":
        counted = actions.count_heads(id=key, site=found.site, device_at=at, by=found.by, at=at, **data)
        return _("Counted: %(count)s people in the hall.") % {"count": counted.count}
    if kind == "given":
        return _given(found, key, data["award_id"])
    if kind == "award":
        return _("Kept: “%(award)s” was handed over.") % {"award": actions.hand_over(id=key, site=found.site, device_at=at, by=found.by, at=at, **data).award}
    draft = ScanDraft(key, data["raw"], data["way"], "typed", at)
    row = actions.check_in_many(site=found.site, scans=[draft], device_now=at, by=found.by, at=at, device=found.device)[0]
    good = row.outcome in attendance.TAKEN
    return ("" if good else "!") + outcome_words(row)


def _given(found: Desk, key: UUID, award_id: int) -> str:
    """An award planned at this site is handed over; what stands in the way is said and not taken."""
    at, award = now(), awards.planned(found.site, award_id)
    if award is None:
        raise Http404
    try:
        row = actions.hand_over(id=key, site=found.site, given=award, device_at=at, by=found.by, at=at)
    except Refused as refused:
        return f"!{refused.message}"
    return _("Kept: “%(award)s” was handed over.") % {"award": f"{row.award}, {row.recipient}"}


def _page(found: Desk, forms: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    shown, bare = live.snapshot(found.site.conference, now()), request.GET.get("vo") == "1"
    return {
        "site": found.site, "conference": found.site.conference, "device": found.device, "forms": forms, "rows": [] if bare else desk.listed(found.site),
        "ids": {name: uuid4() for name in forms}, "s": session.screens.dated(shown), "feed_url": session.stream_of(found.site.conference),
        "feed_sequence": shown["sequence"], "heads": [] if bare else attendance.headcounts(found.site)[:1],
        "awards": [] if bare else attendance.handovers(found.site.conference, found.site), "planned": [] if bare else awards.at_desk(found.site),
    }  # fmt: skip


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """The secret behind the # is handed in once; the device gets its cookie."""
    form = KeyForm(request.POST)
    token = form.cleaned_data["key"].rpartition("#")[2] if form.is_valid() else ""
    found = desk.device(token, now())
    if found is None:
        form.add_error("key", _("This key is not valid, or its day is over. Ask who keeps the site for a new one."))
        return render(request, "conferences/desk/door.html", {"form": form}, status=404)
    return _welcomed(redirect("conferences:desk"), token, found[0].until)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser no longer keeps the desk; the device itself is shut out by who keeps the site."""
    response = redirect("conferences:desk")
    response.delete_cookie(COOKIE, path="/ban/", samesite="Strict")
    return response


@never_cache
@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """The screen of the desk's site, for its projector."""
    found = required(request)
    return session.site_page(request, found.site, **_own())


def _own() -> dict[str, str]:
    """The addresses that a device of a desk may use."""
    return {"speak_url": reverse("conferences:desk_speak"), "poll_url": reverse("conferences:desk_state"), "beat_url": reverse("conferences:desk_beat")}


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """The desk asks for the floor for its site, or takes that back."""
    found = required(request)
    try:
        session.act_of(request, found.site.conference, found.site, found.by)
    except Refused as refused:
        return session.site_page(request, found.site, str(refused.message), 409, **_own())
    return redirect("conferences:desk_screen")


@never_cache
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the desk's page while the site is cut off. It holds for /ban/ alone."""
    path = find("conferences/js/desk-worker.js")
    if not isinstance(path, str):
        raise Http404
    names = [static(name) for name in SHELL]
    body = f"const SHELL = {json.dumps(names)};\n" + Path(path).read_text(encoding="utf-8")
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/ban/"})
