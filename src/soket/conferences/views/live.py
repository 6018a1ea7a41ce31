"""The session: the chair's console, the screens of halls and sites, the reader's page, and the state for those who poll."""
from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from soket.conferences import actions, rules
from soket.conferences.models import Conference, Site
from soket.conferences.queries import live as queries
from soket.conferences.queries import screens, video
from soket.conferences.views.shared import actor, crumbs, run, scoped, served
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.live import publish
from soket.ui.shortcuts import frame

GIVEN = ("item", "site", "request", "text", "seconds", "code", "sequence", "topic", "delegate", "minutes", "who")


def stream_of(conference: Conference) -> str:
    """Where a page of this conference listens."""
    return publish.stream_url(queries.channel_of(conference))


def _feed(conference: Conference, shown: dict[str, Any], *, first: bool = False) -> dict[str, Any]:
    parts = queries.channel_of(conference)
    return {
        "feed_url": publish.stream_url(parts, first=first), "feed_ack": publish.confirm_url(parts), "feed_sequence": shown["sequence"],
        "feed_poll": reverse("conferences:state", args=[conference.slug]),
    }  # fmt: skip


def _screen(request: HttpRequest, conference: Conference, **more: Any) -> HttpResponse:
    shown = queries.snapshot(conference, now())
    language = "en" if getattr(request, "LANGUAGE_CODE", "vi").startswith("en") else "vi"
    context = {
        "conference": conference, "s": screens.dated(shown), "state": canonical(shown).decode(), "figures": screens.figures(shown, language), "lang": language,
        **_feed(conference, shown), **more,
    }  # fmt: skip
    return render(request, "conferences/live/screen.html", context)


@never_cache
@require_GET
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen of a hall: for everyone who may see the conference."""
    return _screen(request, scoped(request, slug))


@never_cache
@require_GET
@login_required
def site(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """The screen of one site, with its own state and its requests to speak."""
    return site_page(request, served(request, slug, site_id))


def site_page(request: HttpRequest, found: Site, message: str = "", status: int = 200, **urls: str) -> HttpResponse:
    """The site's screen; `urls` replaces the addresses where a device of the desk opened it (speak_url, poll_url, beat_url)."""
    slug = found.conference.slug
    state = queries.state(found.conference)
    mine = [one for one in state.requests if one.site == found.pk and one.state in ("waiting", "granted", "speaking")]
    answer = _screen(
        request, found.conference, site=found, called=found.pk in state.called, mine=mine, delegates=screens.delegates_at(found), message=message,
        act_id=uuid4(), video=video.join(found), speak_url=urls.get("speak_url") or reverse("conferences:speak", args=[slug, found.pk]),
        beat_url=urls.get("beat_url") or reverse("conferences:beat", args=[slug, found.pk]), **({"feed_poll": urls["poll_url"]} if "poll_url" in urls else {}),
    )  # fmt: skip
    answer.status_code = status
    return answer


@require_POST
@login_required
def speak(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """A site asks for the floor, or takes that back."""
    found = served(request, slug, site_id)
    try:
        act_of(request, found.conference, found, actor(request))
    except Refused as refused:
        return site_page(request, found, str(refused.message), 409)
    return redirect("conferences:site_screen", slug, site_id)


def act_of(request: HttpRequest, conference: Conference, site: Site | None, by: Actor) -> None:
    """The act that a form sent."""
    try:
        id, seen = UUID(request.POST.get("id", "")), int(request.POST.get("seen", "0"))
    except ValueError:
        raise Refused(_("This page was sent incompletely. Load it again.")) from None
    payload = {name: request.POST[name] for name in GIVEN if request.POST.get(name)}
    actions.act(conference=conference, id=id, kind=request.POST.get("kind", ""), payload=payload, seen=seen, site=site, by=by, at=now())


@never_cache
@require_GET
@login_required
def console(request: HttpRequest, slug: str) -> HttpResponse:
    """What the chair steers the session with."""
    return _console(request, run(request, slug))


def _console(request: HttpRequest, conference: Conference, message: str = "", status: int = 200) -> HttpResponse:
    board = screens.console(conference, now(), request.GET.get("tim", "").strip()[:100])
    shown = queries.snapshot(conference, now())
    context = {
        "conference": conference, "board": board, "s": screens.dated(shown), "message": message, "frame": frame(request),
        "connected": publish.connected(queries.channel_of(conference)), "crumbs": crumbs(conference, (_("Chair's console"), "")),
        "asked": request.GET.get("tim", "").strip()[:100], **_feed(conference, shown, first=True),
    }  # fmt: skip
    return render(request, "conferences/live/console.html", context, status=status)


@require_POST
@login_required
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """One act of the chair. Opening and closing the session are asked twice."""
    conference = run(request, slug)
    kind = request.POST.get("kind", "")
    if kind in ("begin", "end") and request.POST.get("confirmed") != "1":
        return _sure(request, conference, kind)
    try:
        act_of(request, conference, None, actor(request))
    except Refused as refused:
        return _console(request, conference, str(refused.message), 409)
    return redirect("conferences:console", slug)


def _sure(request: HttpRequest, conference: Conference, kind: str) -> HttpResponse:
    begin = kind == "begin"
    context = {
        "frame": frame(request), "conference": conference, "heading": _("Open the session?") if begin else _("Close the session?"),
        "text": _("Every screen shows the first line of the agenda.") if begin else _("Every screen shows that the session is over. It can be opened again."),
        "label": _("Open the session") if begin else _("Close the session"), "back_url": reverse("conferences:console", args=[conference.slug]),
        "action": reverse("conferences:act", args=[conference.slug]), "crumbs": crumbs(conference, (_("Chair's console"), "")),
        "hidden": [("id", request.POST.get("id", "")), ("seen", request.POST.get("seen", "0")), ("kind", kind)],
    }  # fmt: skip
    return render(request, "conferences/live/sure.html", context)


@never_cache
@require_GET
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """The snapshot for those who poll: whole when it is newer than `sau`, else only its sequence and the server's time."""
    return state_answer(request, scoped(request, slug))


def state_answer(request: HttpRequest, conference: Conference) -> JsonResponse:
    """The snapshot as an answer to a question."""
    after = whole(request.GET.get("sau", "0"))
    if after is None:
        raise Http404
    at, sequence = now(), queries.sequence_of(conference)
    answer: dict[str, Any] = {"sequence": sequence, "at": at.isoformat(timespec="milliseconds")}
    if sequence != after:
        answer["snapshot"] = queries.snapshot(conference, at)
    return JsonResponse(answer)


@never_cache
@require_GET
@login_required
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The desks that a person may open."""
    conference = scoped(request, slug)
    rows = screens.desks(actor(request), conference, today())
    if not rows:
        raise Http404
    context = {
        "conference": conference, "rows": rows, "frame": frame(request), "runs": rules.runs(actor(request), conference, today()),
        "crumbs": crumbs(conference, (_("Site screens"), "")),
    }  # fmt: skip
    return render(request, "conferences/live/desks.html", context)
