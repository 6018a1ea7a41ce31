"""Choosing the way of video."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.conferences import actions
from soket.conferences.forms.video import VideoForm
from soket.conferences.queries import video as queries
from soket.conferences.views.shared import crumbs, done, run
from soket.kernel.clock import now


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


def _said(code: str) -> str:
    return {
        "unreachable": _("It was set, but the video server does not answer. The session does not depend on it."),
        "not_set_up": _("It was set, but no video server is set up on this machine."),
    }.get(code, _("It was set, but the video server refused to make the rooms."))
