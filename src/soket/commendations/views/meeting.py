"""A meeting of the council: agenda, conflicts, opening, votes noted, the count on screen or on paper, the minutes."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.commendations import actions
from soket.commendations.actions.counting import confirms
from soket.commendations.forms.council import MinutesForm, NotedForm, OpenForm, PaperCountForm, RecuseForm
from soket.commendations.models import Meeting, Question
from soket.commendations.queries import chamber, minutes
from soket.commendations.queries import meetings as queries
from soket.commendations.tasks import KEEPER, make_ballot_keys, set_minutes_now
from soket.commendations.views.council import FORM, way
from soket.commendations.views.shared import actor, done, sent
from soket.documents.errors import PaperError
from soket.documents.queries import render_docx, render_pdf
from soket.files.actions import Upload
from soket.files.core import DOCX, MAX_BYTES, PDF
from soket.jobs import queries as jobs
from soket.kernel.clock import now, today
from soket.kernel.door import Refused

AT_ONCE = 4  # keys made while the reader waits; the worker makes the rest


def scoped_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, or 404 when this reader does not see its council."""
    found = queries.meeting(actor(request), pk, today())
    if found is None:
        raise Http404
    return found


def kept_meeting(request: HttpRequest, pk: int, *stages: str) -> Meeting:
    """The meeting at one of the stages, or 404 when this reader does not keep its council."""
    found = scoped_meeting(request, pk)
    if not queries.keeps(actor(request), found.council, today()) or (stages and found.stage not in stages):
        raise Http404
    return found


def title_of(meeting: Meeting) -> str:
    return _("Meeting %(number)s") % {"number": meeting.number}


def way_to(meeting: Meeting, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back over the council."""
    return way(meeting.council, (title_of(meeting), reverse("commendations:meeting", args=[meeting.pk]) if more else ""), *more)


def _form(request: HttpRequest, meeting: Meeting, form: forms.Form, heading: str, **more: Any) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "lead": meeting.council.name, "label": heading, "back": reverse("commendations:meeting", args=[meeting.pk]),
        "crumbs": way_to(meeting, (heading, "")), **more,
    }  # fmt: skip
    return render(request, FORM, context)


@require_GET
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as it stands, with what this reader may do."""
    meeting, who, day = scoped_meeting(request, pk), actor(request), today()
    found, keeps, mine = chamber.chamber(meeting, day), queries.keeps(who, meeting.council, day), queries.member_for(who, meeting.council)
    called = {line.question.pk: line.label for line in found.lines}
    confirming = meeting.stage == "open" and confirms(who, meeting, now())
    context = {
        "meeting": meeting, "council": meeting.council, "found": found, "keeps": keeps, "mine": mine, "votes": mine is not None and mine.pk in found.present,
        "paper": chamber.paper_count(meeting, who, called, confirming), "entry": minutes.entry_of(meeting) if meeting.stage == "counted" else None,
        "kept": minutes.kept(meeting) if meeting.stage == "counted" else None, "heading": title_of(meeting), "crumbs": way_to(meeting),
        "job": jobs.latest(make_ballot_keys, meeting=meeting.pk) if meeting.stage == "preparing" and not found.ready else None,
    }  # fmt: skip
    return render(request, "commendations/council/meeting.html", context)


@require_POST
@login_required
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the agenda; a few keys are made at once."""
    meeting = kept_meeting(request, pk, "planned")
    try:
        held = actions.prepare_meeting(meeting=meeting, by=actor(request), at=now())
        if held.secret:
            actions.make_keys(meeting=held, most=AT_ONCE, by=KEEPER, at=now())
        messages.success(request, _("The agenda is fixed."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:meeting", pk)


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the vote with those present."""
    meeting = kept_meeting(request, pk, "preparing")
    found = chamber.chamber(meeting, today())
    listed = [(str(one.pk), f"{one.post} ({one.get_role_display()})") for one in found.members]
    form = OpenForm(sent(request), choices={"present": listed})
    if request.method == "POST" and form.is_valid():
        here = [one for one in found.members if str(one.pk) in form.cleaned_data["present"]]
        if done(form, lambda: actions.open_meeting(meeting=meeting, present=here, by=actor(request), at=now())):
            messages.success(request, _("The vote is open."))
            return redirect("commendations:meeting", pk)
    quorum = _("at least %(least)s of %(members)s (%(part)s/%(whole)s)") % {
        "least": found.least, "members": len(found.members), "part": found.rules.quorum[0], "whole": found.rules.quorum[1],
    }  # fmt: skip
    facts = [(_("Quorum"), quorum), (_("Rule in force"), meeting.council.rule_citation)]
    return _form(request, meeting, form, _("Open the vote"), facts=facts)


@require_POST
@login_required
def arrival(request: HttpRequest, pk: int, member_id: int) -> HttpResponse:
    """A member came after the opening."""
    meeting = kept_meeting(request, pk, "open")
    member = next((one for one in queries.members(meeting.council) if one.pk == member_id), None)
    if member is None:
        raise Http404
    actions.note_arrival(meeting=meeting, member=member, by=actor(request), at=now())
    messages.success(request, _("%(member)s is noted as present.") % {"member": member.post})
    return redirect("commendations:meeting", pk)


def _question(meeting: Meeting, question_id: int) -> Question:
    found = next((row for row in queries.questions(meeting) if row.pk == question_id), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def recuse(request: HttpRequest, pk: int, question_id: int) -> HttpResponse:
    """Declare a conflict of interest: a member for herself, the secretary for anyone."""
    meeting = scoped_meeting(request, pk)
    if meeting.stage == "counted":
        raise Http404
    question, who = _question(meeting, question_id), actor(request)
    seats = queries.members(meeting.council) if queries.keeps(who, meeting.council, today()) else []
    mine = queries.member_for(who, meeting.council)
    seats = seats or ([mine] if mine is not None else [])
    if not seats:
        raise Http404
    form = RecuseForm(sent(request), choices={"member": [(str(one.pk), one.post) for one in seats]}, initial={"member": str((mine or seats[0]).pk)})
    if request.method == "POST" and form.is_valid():
        member = next(one for one in seats if str(one.pk) == form.cleaned_data["member"])
        given = {"member": member, "nomination": question.nomination, "reason": form.cleaned_data["reason"]}
        if done(form, lambda: actions.recuse(by=who, at=now(), **given)):
            messages.success(request, _("The conflict of interest was noted."))
            return redirect("commendations:meeting", pk)
    facts = [(_("Nomination"), f"{question.nomination.number}. {chamber.labels([question.nomination], today())[question.nomination_id]}")]
    return _form(request, meeting, form, _("Declare a conflict of interest"), facts=facts)


@require_http_methods(["GET", "POST"])
@login_required
def noted(request: HttpRequest, pk: int, question_id: int) -> HttpResponse:
    """The secretary notes votes by name: hands raised, letters of the absent."""
    meeting = kept_meeting(request, pk, "open")
    question = _question(meeting, question_id)
    members = chamber.unvoted(meeting, question, today())
    if not members:
        raise Http404
    form = NotedForm(sent(request), members=[(one.pk, one.post) for one in members])
    if request.method == "POST" and form.is_valid():
        seats, votes = {one.pk: one for one in members}, form.votes()
        given: dict[str, Any] = {"question": question, "by": actor(request), "at": now()}
        kept = [done(form, lambda m=m, c=c: actions.vote_openly(member=seats[m], choice=c, **given)) for m, c in votes.items()]  # type: ignore[misc]
        if kept and all(kept):
            messages.success(request, _("The votes were noted."))
            return redirect("commendations:meeting", pk)
    facts = [(_("Nomination"), f"{question.nomination.number}. {chamber.labels([question.nomination], today())[question.nomination_id]}")]
    return _form(request, meeting, form, _("Note votes by name"), facts=facts)


@require_http_methods(["GET", "POST"])
@login_required
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the vote and count, on a page that says what follows."""
    meeting = kept_meeting(request, pk, "open")
    form, back = forms.Form(sent(request)), reverse("commendations:meeting", args=[pk])
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.count_meeting(meeting=meeting, by=actor(request), at=now())):
        messages.success(request, _("The votes were counted."))
        return redirect(back)
    found = chamber.chamber(meeting, today())
    missing = [(line.nomination.number, line.label, line.took, line.entitled) for line in found.lines if line.took < line.entitled]
    heading = _("Close the vote and count")
    context = {"meeting": meeting, "form": form, "missing": missing, "heading": heading, "back_url": back, "crumbs": way_to(meeting, (heading, ""))}
    return render(request, "commendations/council/count.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def paper_count(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the tellers' count of a vote on paper."""
    meeting = kept_meeting(request, pk, "open")
    found = chamber.chamber(meeting, today())
    if not meeting.secret or found.voted:
        raise Http404
    asked = [(line.question.pk, f"{line.nomination.number}. {line.label}") for line in found.lines]
    form = PaperCountForm(sent(request), request.FILES if request.method == "POST" else None, questions=asked)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _enter(request, meeting, form)):
        messages.success(request, _("The count was entered. A second person confirms it."))
        return redirect("commendations:meeting", pk)
    heading = _("Enter a count on paper")
    back = reverse("commendations:meeting", args=[pk])
    context = {"meeting": meeting, "form": form, "heading": heading, "back": back, "crumbs": way_to(meeting, (heading, ""))}
    return render(request, "commendations/council/paper.html", context)


def _enter(request: HttpRequest, meeting: Meeting, form: PaperCountForm) -> object:
    data, sent = form.cleaned_data, form.cleaned_data["file"]
    lines = [actions.PaperLine(pk, *(data[f"q{pk}_{name}"] for name, _words in form.NUMBERS)) for pk, _label in form.questions]
    try:
        upload = Upload(sent.read(MAX_BYTES + 1), sent.name)
        return actions.enter_paper_count(meeting=meeting, lines=lines, minutes=upload, by=actor(request), at=now())
    except Refused as refused:
        # A refusal about a question stands at its first number.
        raise Refused(refused.message, field=f"{refused.field}_issued" if refused.field.startswith("q") else refused.field) from None


@require_POST
@login_required
def paper_confirm(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A second person confirms the paper count."""
    meeting = scoped_meeting(request, pk)
    row = meeting.paper_counts.filter(number=number).select_related("meeting__council", "file").first()
    if row is None or not confirms(actor(request), meeting, now()):
        raise Http404
    try:
        actions.confirm_paper_count(count=row, by=actor(request), at=now())
        messages.success(request, _("The votes were counted."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:meeting", pk)


@require_http_methods(["GET", "POST"])
@login_required
def minutes_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Number the minutes and put them into the dossiers."""
    meeting = kept_meeting(request, pk, "counted")
    form = MinutesForm(sent(request), initial={"dated": today()})
    if request.method == "POST" and form.is_valid() and done(form, lambda: _issue(request, meeting, form.cleaned_data["dated"])):
        messages.success(request, _("The minutes were issued and put into the dossiers."))
        return redirect("commendations:meeting", pk)
    return _form(request, meeting, form, _("Issue the minutes"))


def _issue(request: HttpRequest, meeting: Meeting, dated: Any) -> object:
    actions.issue_minutes(meeting=meeting, dated=dated, by=actor(request), at=now())
    return set_minutes_now(meeting)


@require_GET
@login_required
def minutes_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The minutes of a counted meeting as PDF or Word; without a number until they are issued."""
    meeting = scoped_meeting(request, pk)
    made = {"pdf": (render_pdf, PDF), "docx": (render_docx, DOCX)}.get(form)
    if made is None or meeting.stage != "counted":
        raise Http404
    try:
        content = made[0](minutes.paper(meeting, today()))
    except PaperError as error:
        messages.error(request, error.vi)
        return redirect("commendations:meeting", pk)
    response = HttpResponse(content, content_type=made[1])
    response["Content-Disposition"] = f'inline; filename="bien-ban-hoi-dong-{meeting.number}.{form}"'
    return response
