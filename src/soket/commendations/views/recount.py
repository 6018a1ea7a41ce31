"""The count for everyone who sees it: each ballot, each signature, the digests; counted again on every visit, without scripts."""
from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.commendations.models import Meeting
from soket.commendations.queries import recount as queries
from soket.commendations.views.meeting import title_of, way_to
from soket.commendations.views.shared import actor
from soket.kernel.clock import today


def _readable(request: HttpRequest, pk: int) -> tuple[Meeting, set[UUID] | None]:
    """A counted meeting and the nominations whose count this reader may see, or 404 when there is none."""
    meeting = queries.counted_meeting(pk)
    only = queries.readable(actor(request), meeting, today()) if meeting is not None else set()
    if meeting is None or only == set():
        raise Http404
    return meeting, only


@require_GET
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question counted again: for the council all, for others those of the nominations they see."""
    meeting, only = _readable(request, pk)
    rows = queries.check(meeting, today(), only)
    event, digest = queries.recorded(meeting)
    whole = queries.meeting_digest([row.tally for row in rows]) if only is None else ""
    heading = _("Recount of meeting %(number)s") % {"number": meeting.number}
    inside = only is None
    context = {
        "meeting": meeting, "council": meeting.council, "rows": rows, "event": event, "digest": digest, "whole": whole, "inside": inside, "heading": heading,
        "title": title_of(meeting), "holds": all(row.holds for row in rows) and (not inside or whole == digest),
        "crumbs": way_to(meeting, (_("Recount"), "")) if inside else [(_("Commendations"), reverse("commendations:list")), (heading, "")],
    }  # fmt: skip
    return render(request, "commendations/council/recount.html", context)


@require_GET
@login_required
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as one file, for a count of one's own."""
    meeting, only = _readable(request, pk)
    response = JsonResponse(queries.as_data(meeting, queries.check(meeting, today(), only)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="kiem-phieu-{meeting.pk}.json"'
    return response
