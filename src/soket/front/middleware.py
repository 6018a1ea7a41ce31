"""Request log line, the memory of one request, and refusal of broken text before any view sees it."""
from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

from soket.kernel.memo import remembering

log = logging.getLogger("soket.request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """One structured line per request, with an id that the response repeats."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started, request_id = time.perf_counter(), uuid.uuid4().hex[:12]
        response = self.get_response(request)
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
    """A NUL in a query string or path can reach no database; it is answered with a plain sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any("\x00" in value for value in request.GET.values()):
            return HttpResponseBadRequest(_("The address contains a character that cannot be used."), content_type="text/plain; charset=utf-8")
        return self.get_response(request)
