"""After the session: conclusions that become directions, minutes, official papers, speeches, sound, the debate record."""
from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions, rules
from soket.conferences.debate import debate_xml
from soket.conferences.forms.after import ConclusionForm, MinutesForm, RecordingForm, SpeechForm
from soket.conferences.models import Conference
from soket.conferences.papers.agenda import agenda_paper
from soket.conferences.papers.attendance import attendance_paper
from soket.conferences.papers.invitation import invitation_paper
from soket.conferences.papers.minutes import minutes_paper
from soket.conferences.papers.notice import notice_paper
from soket.conferences.queries import after as queries
from soket.conferences.queries import inviting, paper_facts, scope
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.shared import actor, crumbs, done, language, run, scoped
from soket.documents.core import Paper, PaperError
from soket.documents.queries import render_docx, render_pdf
from soket.files.actions import Upload
from soket.files.core import MAX_BYTES, MAX_SOUND
from soket.files.rules import is_public
from soket.kernel.clock import day_of, now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.ui.shortcuts import frame

RENDER = {"pdf": render_pdf, "docx": render_docx}
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
KINDS = ("agenda", "minutes", "notice", "attendance", "debate")


def read(request: HttpRequest, slug: str) -> tuple[Conference, bool]:
    """(the conference, whether the reader runs it): before it is concluded only those who run it read what comes after."""
    found = scoped(request, slug)
    runs = rules.runs(actor(request), found, today())
    if not runs and found.stage != "concluded":
        raise Http404
    return found, runs


@require_GET
def conclusions(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbered conclusions, what became of each, and what is still open from earlier."""
    found, runs = read(request, slug)
    rows = queries.conclusions(found)
    context = {
        "conference": found, "runs": runs, "rows": rows, "frame": frame(request), "complete": sum(row.complete for row in rows),
        "earlier": queries.earlier(found, today()) if runs else [], "crumbs": crumbs(found, (_("Conclusions"), "")),
    }  # fmt: skip
    return render(request, "conferences/after/conclusions.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def conclusion(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Write or change a conclusion."""
    found = run(request, slug)
    row = queries.conclusion(found, pk) if pk else None
    if found.stage == "concluded" or (pk and row is None):
        raise Http404
    items = list(found.agenda.order_by("order", "pk"))
    form = ConclusionForm(request.POST or None, initial=_initial(found, row), choices={"item": [("", "–"), *[(str(one.pk), one.title) for one in items]]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        item = next((one for one in items if str(one.pk) == data["item"]), None)
        put = done(form, lambda: actions.put_conclusion(
            conference=found, conclusion=row, text=data["text"], owner=_unit(data["owner"], "owner"), supporting=_units(data["supporting"]),
            due_on=data["due_on"], item=item, by=request.user, at=now(),
        ))  # fmt: skip
        if put is not None:
            messages.success(request, _("The conclusion was kept."))
            return redirect("conferences:conclusions", slug)
    url = reverse("conferences:conclusions", args=[slug])
    heading = _("Conclusion %(number)s") % {"number": row.number} if row else _("Write a conclusion")
    context = {"form": form, "heading": heading, "label": _("Save"), "back": url, "crumbs": crumbs(found, (_("Conclusions"), url), (heading, ""))}
    return render(request, "conferences/form.html", context)


def _initial(found: Conference, row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    item = next(one for one in queries.conclusions(found) if one.conclusion.pk == row.pk)
    return {"text": row.text, "owner": item.owner, "supporting": "\n".join(item.supporting), "due_on": row.due_on, "item": row.item_id}


def _units(lines: str) -> list[Unit]:
    found = [_unit(line, "supporting") for line in lines.splitlines()]
    return [unit for unit in found if unit is not None]


def _unit(name: str, field: str) -> Unit | None:
    return organisations.unit_called(name, field, today()) if name.strip() else None


@require_POST
@login_required
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = queries.conclusion(run(request, slug), pk)
    if row is None:
        raise Http404
    try:
        actions.drop_conclusion(conclusion=row, by=request.user, at=now())
        messages.success(request, _("The conclusion was taken out."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:conclusions", slug)


@require_POST
@login_required
def take_up(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """An earlier direction is carried on by a conclusion."""
    found = run(request, slug)
    row = next((one for one in queries.earlier(found, today()) if one.direction.pk == pk), None)
    if row is None:
        raise Http404
    try:
        actions.take_up(conference=found, direction=row.direction, by=request.user, at=now())
        messages.success(request, _("The direction was taken up as a conclusion."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:conclusions", slug)


@require_POST
@login_required
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sound is made public, with a reason."""
    row = next((one for one in run(request, slug).recordings.select_related("file", "conference") if one.pk == pk), None)
    if row is None:
        raise Http404
    try:
        actions.release_recording(recording=row, reason=request.POST.get("reason", ""), by=request.user, at=now())
        messages.success(request, _("The sound is public now."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:official", slug)


@require_http_methods(["GET", "POST"])
@login_required
def conclude(request: HttpRequest, slug: str) -> HttpResponse:
    """What would become a direction, by name; then it does."""
    found = run(request, slug)
    url, rows = reverse("conferences:conclusions", args=[slug]), queries.conclusions(found)
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        try:
            made = actions.conclude(conference=found, by=request.user, at=now())
            messages.success(request, _("The conference was concluded; %(count)s directions were issued.") % {"count": len(made)})
        except Refused as refused:
            messages.error(request, str(refused.message))
        return redirect(url)
    given = [f"{row.conclusion.number}. {row.conclusion.text[:120]} – {row.owner}" for row in rows if row.complete]
    context = {
        "frame": frame(request), "conference": found, "heading": _("Conclude the conference?"),
        "text": _("%(count)s of %(total)s conclusions become directions. After this the conclusions no longer change.")
        % {"count": len(given), "total": len(rows)},
        "consequences": given, "label": _("Conclude the conference"), "back_url": url, "action": reverse("conferences:conclude", args=[slug]),
        "crumbs": crumbs(found, (_("Conclusions"), url), (_("Conclude the conference"), "")),
    }  # fmt: skip
    return render(request, "conferences/live/sure.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """The working text of the minutes, begun with what happened."""
    found = run(request, slug)
    kept, fresh = queries.minutes(found), queries.drafted(found)
    anew = request.GET.get("soan-lai") == "1"
    initial = {"course": kept.course if kept and not anew else fresh, "notice": kept.notice if kept else ""}
    form = MinutesForm(request.POST or None, initial=initial)
    writing = {"conference": found, "by": request.user, "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.write_minutes(**writing, **form.cleaned_data)):
        messages.success(request, _("The text was kept."))
        return redirect("conferences:minutes", slug)
    context = {
        "conference": found, "form": form, "kept": kept, "differs": bool(kept) and kept.course != fresh, "anew": anew,  # type: ignore[union-attr]
        "crumbs": crumbs(found, (_("Minutes of the session"), "")),
    }  # fmt: skip
    return render(request, "conferences/after/minutes.html", context)


@never_cache
@require_GET
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The official papers: drafts for those who run it, everything issued, speeches and sound."""
    found, runs = read(request, slug)
    sound = [(one, is_public(one.file)) for one in found.recordings.select_related("file", "site")]
    context = {
        "conference": found, "runs": runs, "frame": frame(request), "issued": queries.issued(found), "kinds": [(kind, _kind_words()[kind]) for kind in KINDS],
        "speeches": found.speeches.select_related("file", "item"), "recordings": sound,
        "crumbs": crumbs(found, (_("Official papers"), "")),
    }  # fmt: skip
    return render(request, "conferences/after/papers.html", context)


def _kind_words() -> dict[str, str]:
    return {
        "agenda": _("Agenda"), "minutes": _("Minutes of the session"), "notice": _("Notice of conclusions"), "attendance": _("Attendance annex"),
        "debate": _("Debate record"),
    }  # fmt: skip


def paper_of(found: Conference, kind: str) -> Paper | None:
    """The paper as the rows stand; None for an agenda that was never issued."""
    if kind == "agenda":
        facts = paper_facts.agenda_facts(found)
        return agenda_paper(facts) if facts else None
    if kind == "minutes":
        return minutes_paper(paper_facts.minutes_facts(found, now()))
    if kind == "notice":
        return notice_paper(paper_facts.notice_facts(found, now()))
    return attendance_paper(paper_facts.attendance_facts(found, now()))


@never_cache
@require_GET
@login_required
def preview(request: HttpRequest, slug: str, kind: str, form: str) -> HttpResponse:
    """A draft of the paper, as it would be issued now."""
    found = run(request, slug)
    if kind not in KINDS or kind == "debate" or form not in RENDER:
        raise Http404
    made = paper_of(found, kind)
    if made is None:
        raise Http404
    return _set(request, made, form, f"{found.code}-{kind}.{form}", reverse("conferences:official", args=[slug]))


def _set(request: HttpRequest, paper: Paper, form: str, name: str, back: str) -> HttpResponse:
    """The paper as a file; what it cannot show is named on the page behind."""
    try:
        return _file(RENDER[form](paper), name, TYPES[form])
    except PaperError as error:
        messages.error(request, _said(error))
        return redirect(back)


def _said(error: PaperError) -> str:
    return error.en if language() == "en" else error.vi


def _file(content: bytes, name: str, media: str) -> HttpResponse:
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@login_required
def issue(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Keep the paper as issued under its next number."""
    found = run(request, slug)
    if kind not in KINDS:
        raise Http404
    made = paper_of(found, kind) if kind != "debate" else None
    try:
        if kind == "notice" and found.stage != "concluded":
            raise Refused(_("Conclude the conference first: the notice names the directions."))
        if made is None and kind != "debate":
            raise Refused(_("Issue the agenda first."))
        contents = {"xml": debate_xml(found, today())} if made is None else {form: render(made) for form, render in RENDER.items()}
        actions.keep_issued(conference=found, kind=kind, contents=contents, by=request.user, at=now())
        messages.success(request, _("%(kind)s was issued.") % {"kind": _kind_words()[kind]})
    except Refused as refused:
        messages.error(request, str(refused.message))
    except PaperError as error:
        messages.error(request, _said(error))
    return redirect("conferences:official", slug)


@never_cache
@require_GET
@login_required
def invitation(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The invitation of one delegate as a paper, from what was frozen when it was sent."""
    found = scoped(request, slug)
    delegate = found.delegates.filter(number=number).first()
    if delegate is None or form not in RENDER:
        raise Http404
    if not (rules.runs(actor(request), found, today()) or rules.answers_for(actor(request), delegate.unit_id, today())):
        raise Http404
    sent = inviting.newest(found, [delegate.pk]).get(delegate.pk)
    if sent is None:
        raise Http404
    office = unit_names([found.office_id], found)[found.office_id]
    url = f"{settings.BASE_URL}{reverse('conferences:unit_replies', args=[slug])}"
    paper = invitation_paper(inviting.said(sent), office=office, sent_on=day_of(sent.at), reply_url=url, synthetic=found.synthetic)
    return _set(request, paper, form, f"{found.code}-giay-moi-{number}.{form}", reverse("conferences:unit_replies", args=[slug]))


def _upload(request: HttpRequest, form: Any, limit: int) -> Upload | None:
    """The file, unless it is larger than is read into memory."""
    sent = form.cleaned_data["file"]
    if sent.size > limit:
        form.add_error("file", _("The file is larger than %(limit)s MB.") % {"limit": limit // 1_000_000})
        return None
    return Upload(sent.read(limit + 1), sent.name)


@require_http_methods(["GET", "POST"])
@login_required
def speech(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach the text of a speech."""
    found = run(request, slug)
    items = list(found.agenda.order_by("order", "pk"))
    form = SpeechForm(request.POST or None, request.FILES or None, choices={"item": [("", "–"), *[(str(one.pk), one.title) for one in items]]})
    if request.method == "POST" and form.is_valid():
        upload = _upload(request, form, MAX_BYTES)
        item = next((one for one in items if str(one.pk) == form.cleaned_data["item"]), None)
        if upload and done(form, lambda: actions.keep_speech(conference=found, upload=upload, item=item, by=request.user, at=now())):
            messages.success(request, _("The speech was attached."))
            return redirect("conferences:official", slug)
    return _attaching(request, found, form, _("Attach a speech"))


@require_http_methods(["GET", "POST"])
@login_required
def recording(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep sound of the session."""
    found = run(request, slug)
    sites = list(scope.sites(found))
    initial = {"began_at": found.starts_at, "ended_at": found.ends_at}
    choices = {"site": [("", _("the whole conference")), *[(str(one.pk), one.name) for one in sites]]}
    form = RecordingForm(request.POST or None, request.FILES or None, initial=initial, choices=choices)
    if request.method == "POST" and form.is_valid():
        data, upload = form.cleaned_data, _upload(request, form, MAX_SOUND)
        site = next((one for one in sites if str(one.pk) == data["site"]), None)
        given = {"site": site, "began_at": data["began_at"], "ended_at": data["ended_at"], "note": data["note"]}
        if upload and done(form, lambda: actions.keep_recording(conference=found, upload=upload, by=request.user, at=now(), **given)):
            messages.success(request, _("The sound was kept."))
            return redirect("conferences:official", slug)
    return _attaching(request, found, form, _("Keep sound of the session"))


def _attaching(request: HttpRequest, found: Conference, form: Any, heading: str) -> HttpResponse:
    url = reverse("conferences:official", args=[found.slug])
    way = crumbs(found, (_("Official papers"), url), (heading, ""))
    context = {"form": form, "heading": heading, "label": heading, "upload": True, "back": url, "crumbs": way}
    return render(request, "conferences/form.html", context)


@never_cache
@require_GET
def debate(request: HttpRequest, slug: str) -> HttpResponse:
    """The session as an Akoma Ntoso debate."""
    found, _runs = read(request, slug)
    return _file(debate_xml(found, today()), f"{found.code}.akn.xml", "application/akn+xml")
