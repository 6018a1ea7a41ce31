"""The public page that says what a digest is, whether it still counts, and how to check it without us."""
from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.audit.queries import position_of, public_key
from soket.reviews import queries
from soket.reviews.dossier import file_name
from soket.reviews.forms import CodeForm
from soket.ui.shortcuts import frame


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Enter the code printed on a paper."""
    form = CodeForm(request.GET if "ma" in request.GET else None)
    if form.is_bound and form.is_valid():
        found = queries.by_digest(form.cleaned_data["ma"])
        if found is not None:
            return redirect("reviews:verified", found.digest)
        form.add_error("ma", _("No frozen edition carries this code. Compare it with the paper digit by digit."))
    return render(request, "reviews/verify.html", {"form": form, "frame": frame(request), **_key()})


@require_GET
def verified(request: HttpRequest, digest: str) -> HttpResponse:
    """The edition with this digest or seal code; 404 with plain words when there is none."""
    edition = queries.by_digest(digest)
    context: dict[str, Any] = {"edition": edition, "frame": frame(request), **_key()}
    if edition is None:
        return render(request, "reviews/verified.html", context, status=404)
    context.update(
        review=edition.review, later=queries.replaced_by(edition), signatures=queries.signatures_of(edition),
        position=position_of(edition.freeze.event_id), file=file_name(edition, ".soket"), entries=len(queries.manifest_of(edition)["entries"]),
    )
    return render(request, "reviews/verified.html", context)


@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """The verifier key, as the offline verifier takes it."""
    return HttpResponse(public_key()[0] + "\n", content_type="text/plain; charset=utf-8")


def _key() -> dict[str, str]:
    text, print_ = public_key()
    return {"key": text, "fingerprint": print_}
