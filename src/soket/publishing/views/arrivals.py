"""An older newspaper's archive moving in: bring it, see what would be taken, approve, read the report."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.files import core as limits
from soket.files import queries as files
from soket.files.actions import Upload
from soket.jobs import queries as jobs
from soket.kernel.clock import VIETNAM, now, today
from soket.kernel.door import Refused
from soket.publishing import queries as desk
from soket.publishing import showing
from soket.publishing.actions import arrivals as actions
from soket.publishing.arrival_words import said
from soket.publishing.arrivals_forms import BringForm, DeclineForm, SectionsForm
from soket.publishing.arriving.items import BadArchive
from soket.publishing.arriving.pictures import chosen
from soket.publishing.arriving.preparing import without_pictures
from soket.publishing.arriving.reading import one
from soket.publishing.models import Arrival, ArrivalRow
from soket.publishing.queries import arrivals as queries
from soket.publishing.queries import flow
from soket.publishing.release import build
from soket.publishing.tasks.arrivals import examined, pictures_of, read_archive, take_archive
from soket.publishing.views.desk.steps import tried
from soket.ui.shortcuts import csv_file


@require_http_methods(["GET", "POST"])
@login_required
def archives(request: HttpRequest) -> HttpResponse:
    """All archives of the reader's offices; an editor brings one here."""
    if not queries.is_there(request.user, today()):
        raise Http404
    offices = queries.offices(request.user, today())
    form = BringForm(request.POST or None, request.FILES or None, offices=offices) if offices else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _brought(request, form):
            messages.success(request, _("The archive was brought. It is read now; nothing is taken over before another person approves it."))
            return redirect("publishing:arrivals")
    page = queries.arrivals(request.user, today(), request.GET.get("page"))
    counts = queries.counts_of(page)
    rows = [(row, counts[row.pk]) for row in page]
    return render(request, "publishing/arrivals/list.html", {"rows": rows, "page": page, "form": form})


def _brought(request: HttpRequest, form: BringForm) -> bool:
    told = form.cleaned_data
    for field, limit in (("file", limits.MAX_ARCHIVE), ("pictures", limits.MAX_PICTURES)):
        if told[field] and told[field].size > limit:
            form.add_error(field, _("The file is larger than %(limit)s MB.") % {"limit": limit // 1_000_000})
            return False
    uploads = {field: Upload(told[field].read(), told[field].name) if told[field] else None for field in ("file", "pictures")}
    return tried(form, lambda: actions.bring(
        office=told["office"], upload=uploads["file"], pictures=uploads["pictures"], paper=told["paper"], by=request.user, at=now(),
    ))  # fmt: skip


def _found(request: HttpRequest, pk: int) -> Arrival:
    found = queries.arrival(request.user, pk, today())
    if found is None:
        raise Http404
    return found


def _sections(found: Arrival, data: Any = None) -> SectionsForm:
    english = get_language() == "en"
    categories = [(row.pk, row.name_en if english else row.name) for row in flow.categories() if not row.closed]
    return SectionsForm(data, sections=[(name, number) for name, number in found.plan.get("sections", [])], categories=categories)


@require_GET
@login_required
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """One archive: what would be taken of each article, or what was."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, found: Arrival, form: SectionsForm | None = None, declining: DeclineForm | None = None) -> HttpResponse:
    outcome = request.GET.get("ket-qua", "")
    outcome = outcome if outcome in queries.OUTCOMES else ""
    counts = queries.counts(found)
    page = queries.rows(found, outcome, request.GET.get("page"))
    approves = queries.may_approve(request.user, found, today())
    job = {"waiting": read_archive, "approved": take_archive}.get(found.state)
    context = {
        "arrival": found, "counts": counts, "outcome": outcome, "page": page, "rows": [(row, _said(row.faults)) for row in page],
        "notes": [said(*note) for note in found.plan.get("notes", [])], "form": (form or _sections(found)) if approves else None,
        "declining": (declining or DeclineForm()) if queries.may_decline(request.user, found, today()) else None,
        "own": found.state == "ready" and found.by_id == request.user.actor_id,
        "office": desk.office_names([found.office_id], today())[found.office_id], "fault": found.fault.get(get_language() or "vi", found.fault.get("vi", "")),
        "job": jobs.latest(job, arrival=found.pk) if job else None, "worker_lives": jobs.worker_lives(now()), "done": found.total - counts["waiting"],
        "outcomes": [(name, dict(ArrivalRow._meta.get_field("outcome").choices)[name], counts[name]) for name in queries.OUTCOMES],
    }
    return render(request, "publishing/arrivals/archive.html", context)


def _said(faults: list[list[str]]) -> list[str]:
    return [said(code, words) for code, words in faults]


@require_POST
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it taken over, with the category of each section."""
    found = _found(request, pk)
    if not queries.may_approve(request.user, found, today()):
        raise Http404
    form = _sections(found, request.POST)
    if form.is_valid() and tried(form, lambda: actions.approve_arrival(arrival=found, sections=form.chosen(), by=request.user, at=now())):
        messages.success(request, _("Approved. The articles are taken over now, one after the other."))
        return redirect("publishing:arrival", pk)
    return _page(request, found, form)


@require_POST
@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it aside, with the reason."""
    found = _found(request, pk)
    if not queries.may_decline(request.user, found, today()):
        raise Http404
    form = DeclineForm(request.POST)
    if form.is_valid() and tried(form, lambda: actions.decline_arrival(arrival=found, reason=form.cleaned_data["reason"], by=request.user, at=now())):
        messages.success(request, _("Nothing of this archive is taken over. It can be brought again at any time."))
        return redirect("publishing:arrival", pk)
    return _page(request, found, declining=form)


@require_POST
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker go on with what broke off."""
    found = _found(request, pk)
    try:
        actions.ask_again(arrival=found, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("publishing:arrival", pk)


@require_GET
@login_required
def preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One article as it would be taken, its photographs named beside it."""
    found = _found(request, pk)
    row = queries.row(found, number)
    if row is None:
        raise Http404
    try:
        item, pictures = one(files.read(found.file), found.form, number), pictures_of(found)
    except BadArchive:
        raise Http404 from None
    if item is None:
        raise Http404
    text, faults = examined(item, pictures, now())
    placed = chosen(text, pictures)[0]
    context = {
        "arrival": found, "row": row, "item": item, "text": text, "faults": _said(row.faults or [list(fault) for fault in faults]),
        "first": item.at.astimezone(VIETNAM) if item.at else None, "placed": [one.picture for one in placed], "body": _drawn(text),
        "url": "" if row.old_url.startswith("urn:") else row.old_url, "title": text.title or _("Article %(number)s") % {"number": number},
    }
    return render(request, "publishing/arrivals/item.html", context)


def _drawn(text: Any) -> Any:
    """The text as a page draws it, without its photographs; None where it cannot be."""
    try:
        parsed = desk.parsed(text.title or "-", text.lead or "-", without_pictures(text.body), None, bound=False)
    except Refused:
        return None
    at = now().astimezone(VIETNAM).isoformat(timespec="seconds")
    head = {
        "slug": text.slug, "number": 1, "published_at": at, "first_published_at": at, "office": {"id": "0", "name": ""}, "review": None, "edition": None,
        "category": None, "byline": "", "source": "", "imported": True, "synthetic": False, "photo": None, "tags": [],
    }
    return showing.told(build(parsed, head=head, figures=[], previous=None, note="", photos={}), "0" * 64, "").body


@require_GET
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Every article of the file with what became of it, a line for each thing that could not be taken."""
    found = _found(request, pk)
    words = dict(ArrivalRow._meta.get_field("outcome").choices)
    head = [_("Number"), _("Old address"), _("Title"), _("Result"), _("New address"), _("What could not be taken")]
    rows = [
        (row.number, "" if row.old_url.startswith("urn:") else row.old_url, row.title, str(words[row.outcome]), row.article.slug if row.article else "", told)
        for row in queries.report(found) for told in (_said(row.faults) or [""])
    ]
    return csv_file(f"nhap-kho-{found.pk}", head, rows)
