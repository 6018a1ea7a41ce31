"""The article as sound, at the desk: bring a recording, have the machine read, listen, give it to the public, take it back."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from soket.files import queries as files
from soket.files.actions import Upload
from soket.files.core import MAX_SOUND
from soket.jobs import queries as jobs
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.publishing import queries, rules, voices
from soket.publishing.actions import sound as actions
from soket.publishing.models import Article, Narration, NarrationState
from soket.publishing.queries import sound
from soket.publishing.serving import ranged
from soket.publishing.sound_forms import MachineForm, RecordingForm, TakeBackForm
from soket.publishing.tasks.sound import make_sound
from soket.publishing.views.desk.steps import asked, tried
from soket.publishing.views.desk_parts import found_article


def _at_sound(request: HttpRequest, slug: str) -> Article:
    """The article, for those who make its sound or give it to the public; 404 for everyone else."""
    article = found_article(request, slug)
    if not (rules.may_sound(request.user, article.office_id, today()) or rules.may_publish(request.user, article.office_id, today())):
        raise Http404
    return article


@require_http_methods(["GET", "POST"])
@login_required
def narrations(request: HttpRequest, slug: str) -> HttpResponse:
    """Every reading of the article with its state; a recording is brought here."""
    article = _at_sound(request, slug)
    makes = rules.may_sound(request.user, article.office_id, today())
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not makes:
            raise Http404
        if form.is_valid() and _brought(request, article, form):
            messages.success(request, _("The recording was brought. It is made ready now."))
            return redirect("publishing:sound", slug)
    context = _context(request, article, form, makes)
    part = bool(request.headers.get("HX-Request"))
    return render(request, "publishing/sound/readings.html" if part else "publishing/sound/page.html", context)


def _brought(request: HttpRequest, article: Article, form: RecordingForm) -> bool:
    sent = form.cleaned_data["file"]
    if sent.size > MAX_SOUND:
        form.add_error("file", _("The file is larger than %(limit)s MB.") % {"limit": MAX_SOUND // 1_000_000})
        return False
    upload, reader = Upload(sent.read(MAX_SOUND + 1), sent.name), form.cleaned_data["reader"]
    return tried(form, lambda: actions.keep_recording(article=article, upload=upload, reader=reader, by=request.user, at=now()))


def _context(request: HttpRequest, article: Article, form: RecordingForm, makes: bool) -> dict[str, Any]:
    readable, rows, offered = sound.readable(article), sound.narrations(article), voices.offered()
    current = sound.current(article)
    told = [_told(row, current) for row in rows]
    text = sound.digest_of(sound.text_of(readable, now())) if readable else ""
    return {
        "article": article, "title": queries.title_of(readable or queries.head_of(article)) or article.slug, "form": form, "makes": makes,
        "publishes": rules.may_publish(request.user, article.office_id, today()), "readable": readable, "rows": told, "text": text,
        "machine": MachineForm(voices=offered, auto_id="id_machine_%s") if offered else None, "voices": offered,
        "missing": [] if offered else list(voices.VOICES.values()),
        "worker_lives": jobs.worker_lives(now()),
    }


def _told(row: Narration, current: sound.Current | None) -> dict[str, Any]:
    """One reading for the page. Why it failed stands in the reader's language."""
    waits = row.state == NarrationState.WAITING
    return {
        "row": row, "fault": row.fault.get(get_language() or "vi") or row.fault.get("vi", ""),
        "current": current is not None and current.narration.pk == row.pk,
        "job": jobs.latest(make_sound, narration=row.pk) if waits else None,
        "loudness": f"{row.loudness / 100:.1f}".replace("-", "−").replace(".", ",") if row.loudness is not None else "",
        "copy": row.revision.release.number if hasattr(row.revision, "release") else 0,
    }


@require_POST
@login_required
def machine(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the machine read the text."""
    article = _at_sound(request, slug)
    if not rules.may_sound(request.user, article.office_id, today()):
        raise Http404
    _done(request, lambda: actions.ask_machine(article=article, voice=request.POST.get("voice", ""), by=request.user, at=now()),
          _("The machine reads the text now."))
    return redirect("publishing:sound", slug)


@require_POST
@login_required
def release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a reading to the public."""
    row = _publishing(request, slug, pk)
    _done(request, lambda: actions.release_sound(narration=row, by=request.user, at=now()),
          _("The sound was given to the public. It is heard as soon as the text it reads is published."))
    return redirect("publishing:sound", slug)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a reading from the public, with the reason."""
    row = _publishing(request, slug, pk)
    if row.released_at is None or row.withdrawn_at is not None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _taken(request, row, form):
        messages.success(request, _("The sound was taken from the public."))
        return redirect("publishing:sound", slug)
    lines = [_("The article stays as it is; an older reading that was not taken back is heard in its place.")]
    back = reverse("publishing:sound", args=[slug])
    return asked(request, row.article, form, heading=_("Take the sound from the public"), label=_("Take it from the public"), lines=lines, back=back)


@require_safe
@login_required
def listen(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponseBase:
    """The bytes of one reading, for those who work on it: `mp3`, `opus`, or `goc` for the recording as it was brought."""
    _at_sound(request, slug)
    row = sound.narration_of(request.user, slug, pk, today())
    file = {"mp3": row.mp3, "opus": row.opus, "goc": row.original}.get(kind) if row is not None else None
    if file is None:
        raise Http404
    response = ranged(request, files.open_path(file), file.media_type, file.name, file.sha256)
    response["Cache-Control"], response["X-Content-Type-Options"] = "private, no-store", "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _publishing(request: HttpRequest, slug: str, pk: int) -> Narration:
    row = sound.narration_of(request.user, slug, pk, today())
    if row is None or not rules.may_publish(request.user, row.article.office_id, today()):
        raise Http404
    return row


def _taken(request: HttpRequest, row: Narration, form: TakeBackForm) -> bool:
    return tried(form, lambda: actions.withdraw_sound(narration=row, reason=form.cleaned_data["reason"], by=request.user, at=now()))


def _done(request: HttpRequest, act: Any, words: str) -> None:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, words)
