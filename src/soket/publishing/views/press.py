"""The press kit of a text that is not out yet, for those of its desk."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from soket.kernel.clock import now
from soket.kernel.door import Refused
from soket.publishing import kit, queries
from soket.publishing.queries import press
from soket.publishing.views.desk_parts import found_article


@require_GET
@login_required
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The kit of the newest text, with its embargo in every file of words. What is published has its kit on the public page."""
    article = found_article(request, slug)
    head = queries.head_of(article)
    if head is None or hasattr(head, "release"):
        raise Http404
    try:
        content = kit.zipped(press.of_draft(article, head, now()))
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("publishing:edit", slug)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="cam-cong-bo-{slug}-{head.number}.zip"'
    response["Cache-Control"], response["X-Content-Type-Options"] = "private, no-store", "nosniff"
    return response
