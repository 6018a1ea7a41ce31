"""Request log line, the memory of one request, and refusal of broken text before any view sees it."""
from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.utils.translation import gettext as _

from soket.kernel.memo import remembering
from soket.kernel.text import showable

log = logging.getLogger("soket.request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """One structured line per request, with an id that the response repeats."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started, request_id = time.perf_counter(), uuid.uuid4().hex[:12]
        response = self.get_response(request)
        if getattr(response, "unlogged", False):  # a secret ballot: a line with its hour would stand beside the line of who took one
            return response
        user = getattr(request, "user", None)
        log.info(
            "request",
            extra={
                "path": request.path,
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000),
                "actor": str(user.pk) if user is not None and user.is_authenticated else "",
                "request_id": request_id,
            },
        )
        response["X-Request-Id"] = request_id
        return response


class ReadOnce:
    """While one request is answered, facts that every read asks for are read once."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering():
            return self.get_response(request)


class SafeInput:
    """Broken text reaches neither database nor page: a NUL in the address is answered with a plain sentence, other control
    characters become �, which every room refuses at its field, with the rest of what was typed kept."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any("\x00" in value for value in request.GET.values()):
            return HttpResponseBadRequest(_("The address contains a character that cannot be used."), content_type="text/plain; charset=utf-8")
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.method == "POST":
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _cleaned(sent: QueryDict) -> QueryDict:
    """The same data when nothing is wrong with it, else a copy with the wrong signs replaced."""
    if all(showable(value) == value for _name, values in sent.lists() for value in values):
        return sent
    copy = sent.copy()
    for name, values in sent.lists():
        copy.setlist(name, [showable(value) for value in values])
    return copy
