"""Home, worklist, search, health and error pages: the only views that know every room."""
from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from soket.files.queries import storage_fault
from soket.front import rooms
from soket.kernel.clock import day_of, now, today
from soket.publishing.moved import moved


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """A signed-in person starts at the worklist, the public at what is published."""
    if request.GET and (found := moved(request)):  # an older newspaper's addresses may be this one with a number behind it
        return found
    if request.user.is_authenticated:
        return redirect("front:worklist")
    return render(request, "front/home.html", {"counts": rooms.map_counts(today()), "statements": rooms.statements(), "today": today()})


@require_GET
@login_required
def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for the person, room by room along the chain."""
    at = now()
    groups = rooms.waiting_for(request.user, at)
    context: dict[str, Any] = {"groups": groups, "total": sum(item.count for _, items in groups for item in items), "at": at}
    context["posts"] = rooms.posts(request.user, day_of(at))
    context["usual"] = rooms.usual(context["posts"])
    return render(request, "front/worklist.html", context)


@require_GET
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and is migrated and files can be kept; 503 with the reason otherwise.

    A missing worker is said but is no reason to send readers elsewhere: the pages work without it.
    """
    try:
        if pending := rooms.pending_migrations(connection):
            return _unavailable("database", f"{pending} migrations waiting")
        worker, waiting = rooms.worker_state(now())
    except DatabaseError as error:
        return _unavailable("database", type(error).__name__)
    if fault := storage_fault():
        return _unavailable("storage", fault)
    return JsonResponse({"status": "ok", "database": connection.vendor, "storage": "ok", "worker": worker, "waiting_jobs": waiting})


def _unavailable(part: str, reason: str) -> JsonResponse:
    return JsonResponse({"status": "unavailable", "part": part, "reason": reason}, status=503)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return moved(request) or render(request, "front/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "front/500.html", status=500)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    return render(request, "front/403.html", status=403)
