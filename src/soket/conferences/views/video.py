"""Choosing the way of video."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.conferences import actions
from soket.conferences.forms.video import VideoForm
from soket.conferences.models import Conference
from soket.conferences.queries import video as queries
from soket.conferences.views.shared import crumbs, done, run
from soket.files.actions import Upload
from soket.files.core import MAX_SOUND
from soket.kernel.clock import now
from soket.kernel.door import Refused


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Set it; our own server is asked for its rooms at once, and what it answers is said."""
    found = run(request, slug)
    form = VideoForm(request.POST or None, initial={"kind": found.video_kind, "address": found.video_address})
    given = {"conference": found, "by": request.user, "at": now()}
    if request.method == "POST" and form.is_valid():
        done(form, lambda: actions.change_video(**given, **form.cleaned_data))
        if form.is_valid():
            found.refresh_from_db()
            trouble = queries.prepare(found)
            if trouble is None:
                messages.success(request, _("The way of video was set."))
            else:
                messages.error(request, _said(trouble.code))
            return redirect("conferences:detail", slug)
    heading = _("Video")
    context = {"form": form, "heading": heading, "label": _("Save"), "back": reverse("conferences:detail", args=[slug]), "crumbs": crumbs(found, (heading, ""))}
    return render(request, "conferences/form.html", context)


@require_POST
@login_required
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin recording the room, or end it and put the sound into the archive."""
    found = run(request, slug)
    on = request.POST.get("what") == "on"
    trouble = queries.record(found, on)
    if trouble is not None:
        messages.error(request, _("The video server did not do it. Sound can be put in as a file."))
    elif on:
        messages.success(request, _("The room is being recorded."))
    else:
        _keep(request, found)
    return redirect("conferences:official", slug)


def _keep(request: HttpRequest, found: Conference) -> None:
    kept = queries.sound(found)
    if kept is None:
        messages.error(request, _("The video server left no sound file."))
        return
    path, began = kept
    if path.stat().st_size > MAX_SOUND:
        messages.error(request, _("The sound is longer than what is kept at once: %(name)s. Put it in as an Ogg file.") % {"name": path.name})
        return
    given = {"began_at": began, "ended_at": max(began, now()), "note": _("recorded by the video server")}
    try:
        actions.keep_recording(conference=found, upload=Upload(path.read_bytes(), path.name), by=request.user, at=now(), **given)
        messages.success(request, _("The sound was kept."))
    except Refused as refused:
        messages.error(request, str(refused.message))


def _said(code: str) -> str:
    return {
        "unreachable": _("It was set, but the video server does not answer. The session does not depend on it."),
        "not_set_up": _("It was set, but no video server is set up on this machine."),
    }.get(code, _("It was set, but the video server refused to make the rooms."))
