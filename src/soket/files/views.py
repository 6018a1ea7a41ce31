"""One address: the bytes of a file, for whoever may read it."""
from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from soket.files import queries
from soket.kernel.actor import Anonymous


@require_safe
def get(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """Send the file as a download that no browser runs or guesses at; 404 outside the reader's scope."""
    actor = request.user if request.user.is_authenticated else Anonymous()
    file = queries.visible(actor, sha256)
    if file is None:
        raise Http404
    response = FileResponse(queries.open_path(file).open("rb"), content_type=file.media_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=3600" if queries.is_public(file) else "private, no-store"
    return response
