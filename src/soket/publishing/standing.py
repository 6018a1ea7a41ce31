"""Around every answer of the public process: the headers that bind the browser, and what its templates may know."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from soket.publishing.styling import Gathered

Handler = Callable[[HttpRequest], HttpResponse]
POLICY = "; ".join([
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'", "font-src 'self'", "connect-src 'self'",
    "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
])  # fmt: skip
"""No nonce: it would make every rendering another page, and nothing inline is run."""
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Frame-Options": "DENY", "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


class StaticNames(Gathered):
    """Names with their digest where the files were gathered, plain names where not: the pages never fail for it."""

    def stored_name(self, name: str) -> str:
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))


class PublicHeaders:
    """Sets the headers that no view set itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response


def chrome(_request: HttpRequest) -> dict[str, Any]:
    """Whether the figures are a demonstration's."""
    return {"demo_world": settings.DEMO_WORLD}
