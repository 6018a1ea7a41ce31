"""The papers of a frozen edition: how far they are, the files themselves, and asking again when one failed."""
from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.files.queries import FileDamaged
from soket.jobs import queries as jobs
from soket.jobs.actions import enqueue
from soket.jobs.core import JobState
from soket.kernel.clock import now
from soket.reviews import queries
from soket.reviews.core import PAPER_TYPES
from soket.reviews.dossier import file_name
from soket.reviews.models import Edition, Paper
from soket.reviews.tasks import set_now, set_paper
from soket.reviews.views.downloads import attached
from soket.reviews.views.shared import frozen
from soket.ui.shortcuts import frame


@dataclass(frozen=True)
class PaperRow:
    """One form of the paper: kept (`paper`), or where its job stands (`job`; None when nobody has asked yet)."""

    form: str
    url: str
    paper: Paper | None
    job: JobState | None


def paper_rows(edition: Edition) -> list[PaperRow]:
    """The forms of the paper in the order in which they are offered."""
    kept = queries.kept_forms(edition)
    rows = []
    for form in PAPER_TYPES:
        paper = kept.get(form)
        job = None if paper else jobs.latest(set_paper, edition=edition.pk, form=form)
        rows.append(PaperRow(form, reverse("reviews:paper", args=[edition.review.slug, edition.number, form]), paper, job))
    return rows


def papers_context(request: HttpRequest, edition: Edition) -> dict[str, object]:
    """What `reviews/papers_list.html` shows; it looks again by itself while something is pending and a worker lives."""
    rows = paper_rows(edition)
    pending = any(row.job and row.job.pending for row in rows)
    return {
        "edition": edition, "review": edition.review, "papers": rows, "pending": pending,
        "worker_lives": not pending or jobs.worker_lives(now()),
        "may_ask_again": request.user.is_authenticated and any(row.job and row.job.failed for row in rows),
    }


@require_GET
def paper(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The paper as Word or PDF. Not kept yet, it is a worker's job; without a worker it is set in this request."""
    edition = frozen(slug, number)
    if form not in PAPER_TYPES:
        raise Http404
    kept = queries.kept_paper(edition, form)
    if kept is None:
        job = jobs.latest(set_paper, edition=edition.pk, form=form)
        if job is not None and job.failed:
            return _progress(request, edition, status=503)
        if jobs.worker_lives(now()):
            enqueue(job=set_paper, arguments={"edition": edition.pk, "form": form})
            return _progress(request, edition, status=503)
        kept = set_now(edition, form)
    try:
        return attached(queries.paper_bytes(kept), PAPER_TYPES[form], file_name(edition, f".{form}"))
    except FileDamaged:
        return _progress(request, edition, status=503)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How far the papers are; a fragment for the page that shows it. POST asks again for what failed."""
    edition = frozen(slug, number)
    if request.method == "POST":
        if not request.user.is_authenticated:
            raise Http404
        for row in paper_rows(edition):
            if row.job is not None and row.job.failed:
                enqueue(job=set_paper, arguments={"edition": edition.pk, "form": row.form})
        return redirect("reviews:papers", slug, number)
    if request.headers.get("HX-Request"):
        return render(request, "reviews/papers_list.html", papers_context(request, edition))
    return _progress(request, edition)


def _progress(request: HttpRequest, edition: Edition, status: int = 200) -> HttpResponse:
    review = edition.review
    context = {
        **papers_context(request, edition), "frame": frame(request),
        "crumbs": [(_("Reviews"), reverse("reviews:list")), (review.title, reverse("reviews:edition", args=[review.slug, edition.number])),
                   (_("Papers"), "")],
    }
    response = render(request, "reviews/papers.html", context, status=status)
    if status == 503:
        response["Retry-After"] = "2"
    return response
