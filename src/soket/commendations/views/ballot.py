"""A member's ballots: the page, the signing of a blinded ballot for who is signed in, and the casting that knows nobody."""
from __future__ import annotations

import json
import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from soket.commendations import actions
from soket.commendations.core import ballots
from soket.commendations.forms.council import choice_words
from soket.commendations.models import Meeting, Member, Question
from soket.commendations.queries import chamber
from soket.commendations.queries import meetings as queries
from soket.commendations.views.meeting import scoped_meeting, title_of, way_to
from soket.commendations.views.shared import actor
from soket.kernel.clock import now, today
from soket.kernel.door import Refused

LARGEST = 4096  # bytes of a ballot as JSON, with much to spare
_BLINDED = re.compile(r"[0-9a-f]{1,512}")


def _seated(request: HttpRequest, pk: int) -> tuple[Meeting, Member]:
    """A meeting of the reader's own council, or 404."""
    meeting = scoped_meeting(request, pk)
    member = queries.member_for(actor(request), meeting.council)
    if member is None:
        raise Http404
    return meeting, member


def _question(meeting: Meeting, question_id: int) -> Question:
    found = next((row for row in queries.questions(meeting) if row.pk == question_id), None)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One's ballots of a meeting. A vote by name is sent from here; a secret one by the page's script."""
    meeting, member = _seated(request, pk)
    if request.method == "POST":
        return _by_name(request, meeting, member)
    slips = chamber.slips(meeting, member, today())
    heading = _("Ballots of meeting %(number)s") % {"number": meeting.number}
    context = {
        "meeting": meeting, "council": meeting.council, "member": member, "slips": slips, "present": member.pk in queries.present_ids(meeting),
        "choices": choice_words(), "heading": heading, "left": sum(not one.why and not one.taken for one in slips), "title": title_of(meeting),
        "crumbs": way_to(meeting, (_("Ballots"), "")),
    }  # fmt: skip
    return render(request, "commendations/council/ballot.html", context)


def _by_name(request: HttpRequest, meeting: Meeting, member: Member) -> HttpResponse:
    found = re.fullmatch(r"[0-9]{1,9}", request.POST.get("question", ""))
    question = _question(meeting, int(found[0]) if found else 0)
    try:
        actions.vote_openly(question=question, member=member, choice=request.POST.get("choice", ""), by=actor(request), at=now())
        messages.success(request, _("Your vote was kept under your name."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect(reverse("commendations:ballot", args=[meeting.pk]) + f"#cau-{question.pk}")


@never_cache
@require_POST
@login_required
def take(request: HttpRequest, pk: int, question_id: int) -> JsonResponse:
    """Sign the blinded ballot of the member who is signed in."""
    meeting, member = _seated(request, pk)
    question, blinded = _question(meeting, question_id), request.POST.get("blinded", "")
    try:
        if not _BLINDED.fullmatch(blinded):
            raise Refused(_("This ballot is not in form."))
        signed = actions.take_ballot(question=question, member=member, blinded=int(blinded, 16), by=actor(request), at=now())
    except Refused as refused:
        return JsonResponse({"error": str(refused.message)}, status=409)
    return JsonResponse({"signature": f"{signed:0512x}"})


@never_cache
@csrf_exempt
@require_POST
def cast(request: HttpRequest, pk: int, question_id: int) -> JsonResponse:
    """Put a ballot into the urn. The browser sends it without cookies; one that comes with them is turned away unread, so that nobody's
    session ever stands beside a ballot. The request is not logged."""
    response = _cast(request, pk, question_id)
    response.unlogged = True  # type: ignore[attr-defined]
    return response


def _cast(request: HttpRequest, pk: int, question_id: int) -> JsonResponse:
    if request.META.get("HTTP_COOKIE"):
        return JsonResponse({"error": _("A ballot is sent without cookies.")}, status=400)
    question = queries.question(pk, question_id)
    if question is None:
        return JsonResponse({"error": _("There is no such vote.")}, status=404)
    try:
        told = json.loads(request.body) if len(request.body) <= LARGEST else None
        ballot = ballots.Ballot.read(told if isinstance(told, dict) else {})
    except (ValueError, ballots.BadBallot):
        return JsonResponse({"error": _("This ballot is not in form.")}, status=400)
    try:
        actions.cast_ballot(question=question, ballot=ballot)
    except Refused as refused:
        return JsonResponse({"error": str(refused.message)}, status=409)
    return JsonResponse({"cast": True})
