"""What the public process answers besides the newspaper: whether it lives, where its front page is, and errors."""
from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from soket.publishing.moved import moved
from soket.publishing.outlet import current
from soket.publishing.views.public import missing


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers, and which generation of the store it reads; 503 before there is a store."""
    store = current.shelf()
    if store is None:
        return JsonResponse({"status": "unavailable", "part": "store", "reason": "nothing was published yet"}, status=503)
    return JsonResponse({"status": "ok", "generation": store.generation()}, headers={"Cache-Control": "no-store"})


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The newspaper's front page; an older newspaper's address may be this one with a number behind it."""
    return moved(request) or HttpResponsePermanentRedirect(reverse("publishing:articles"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address of an older newspaper leads to its article; anything else is the newspaper's own page of what is not there."""
    return moved(request) or missing(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Plain words without a template, which may be what failed."""
    words = "Trang tạm thời không đọc được. Xin thử lại sau ít phút.\nThe page cannot be read just now. Please try again in a few minutes.\n"
    return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
